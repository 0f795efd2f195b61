#include "ui/widgets/spark.h"

void spark_add(struct str *out, const double *v, size_t n)
{
    static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = v[i] > most ? v[i] : most;
    for (size_t i = 0; i < n; i++) {
        size_t height = most > 0 && v[i] > 0 ? (size_t)(v[i] / most * 7.999) : 0;
        str_add(out, v[i] > 0 ? heights[height < 7 ? height : 7] : "·");
    }
}
