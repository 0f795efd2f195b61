#include "ui/widgets/bar.h"

void bar_add(struct str *out, int64_t part, int64_t whole, int width)
{
    static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    int64_t n = whole > 0 ? part * width * 8 / whole : 0;
    int used = 0;
    if (n > (int64_t)width * 8)
        n = (int64_t)width * 8;
    for (; used < n / 8; used++)
        str_add(out, "█");
    if (n % 8) {
        str_add(out, eighths[n % 8]);
        used++;
    }
    for (; used < width; used++)
        str_addc(out, ' ');
}
