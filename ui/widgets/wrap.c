#include "ui/widgets/wrap.h"

size_t wrap_take(const char *s, size_t n, size_t from, int width)
{
    size_t at = from, blank = 0;
    int used = 0, columns;
    while (at < n) {
        size_t k = text_grapheme(s + at, n - at, &columns);
        if (used + columns > width && at > from)
            return (blank ? blank : at) - from;
        used += columns;
        at += k;
        if (s[at - 1] == ' ' && used > width / 2) /* words that are far too long are cut */
            blank = at;
    }
    return at - from;
}

size_t wrap_rows(const char *s, size_t n, int width)
{
    size_t rows = 0;
    for (size_t at = 0; at < n; rows++)
        at += wrap_take(s, n, at, width);
    return rows ? rows : 1;
}

size_t wrap_column(const char *s, size_t n, int *column)
{
    int at = 0, columns;
    size_t i = 0;
    while (i < n && at < *column) {
        i += text_grapheme(s + i, n - i, &columns);
        at += columns;
    }
    *column = at;
    return i;
}
