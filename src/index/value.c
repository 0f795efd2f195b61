#include "index/store.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct unit {
    enum key_type type;
    const char *suffix;
    double factor;
} units[] = {
    { KEY_SECONDS, "s", 1 },         { KEY_SECONDS, "m", 60 },       { KEY_SECONDS, "h", 3600 },
    { KEY_SECONDS, "d", 86400 },     { KEY_TIME, "m", 60 },          { KEY_TIME, "h", 3600 },
    { KEY_TIME, "d", 86400 },        { KEY_TIME, "w", 7 * 86400 },   { KEY_BYTES, "k", 1024 },
    { KEY_BYTES, "m", 1024 * 1024 }, { KEY_BYTES, "g", 1024 << 20 }, { KEY_NUMBER, "k", 1000 },
};

static bool read_number(enum key_type type, const char *text, double *x)
{
    char *end;
    if (!isdigit((unsigned char)*text) && *text != '.')
        return false;
    *x = strtod(text, &end);
    if (!*end)
        return type != KEY_TIME;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (units[i].type == type && strcasecmp(units[i].suffix, end) == 0) {
            *x *= units[i].factor;
            return true;
        }
    }
    return false;
}

/* "2024", "2024-03", "2024-03-01" or a moment: the first second of it, and the first after. */
static bool read_date(const char *text, int64_t *first, int64_t *after)
{
    int year, month, used = 0;
    struct str full = STR_INIT;
    bool ok = false;
    if (sscanf(text, "%4d-%2d%n", &year, &month, &used) == 2 && !text[used]) {
        str_setf(&full, "%04d-%02d-01", year, month);
        ok = clock_parse(full.s, first);
        str_setf(&full, "%04d-%02d-01", month == 12 ? year + 1 : year, month % 12 + 1);
        ok = ok && clock_parse(full.s, after);
    } else if (sscanf(text, "%4d%n", &year, &used) == 1 && used == 4 && !text[used]) {
        str_setf(&full, "%04d-01-01", year);
        ok = clock_parse(full.s, first);
        str_setf(&full, "%04d-01-01", year + 1);
        ok = ok && clock_parse(full.s, after);
    } else if (clock_parse(text, first)) {
        *after = *first + (strlen(text) == 10 ? 86400 : 1);
        ok = true;
    }
    str_release(&full);
    return ok;
}

/* A value as the half-open range that it stands for. */
bool value_range(enum key_type type, const char *text, double *first, double *after)
{
    if (type == KEY_TIME) {
        int64_t a, b;
        double age;
        if (read_date(text, &a, &b)) {
            *first = (double)a;
            *after = (double)b;
            return true;
        }
        if (!read_number(type, text, &age))
            return false;
        *first = *after = (double)clock_utc() - age;
        return true;
    }
    bool ok = read_number(type, text, first);
    *after = *first;
    return ok;
}

const char *value_words(enum key_type type)
{
    switch (type) {
    case KEY_SECONDS:
        return "a time span (60, 90s, 2m, 1h)";
    case KEY_BYTES:
        return "a size (500m, 2g)";
    case KEY_TIME:
        return "a date (2024, 2024-03, 2024-03-01) or an age (30m, 24h, 7d)";
    default:
        return "a number";
    }
}
