#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_utc(void)
{
    return (int64_t)time(NULL);
}

/* Seconds east of UTC in "Z", "+02:00", "-0530" or "" (taken as UTC). */
static bool parse_zone(const char *p, int *seconds)
{
    *seconds = 0;
    if (!*p || strcmp(p, "Z") == 0 || strcmp(p, " UTC") == 0)
        return true;
    int sign = *p == '-' ? -1 : 1;
    int h = 0, m = 0, end = 0;
    if (*p != '-' && *p != '+')
        return false;
    if (sscanf(p + 1, "%2d:%2d%n", &h, &m, &end) < 2 && sscanf(p + 1, "%2d%2d%n", &h, &m, &end) < 2)
        return false;
    *seconds = sign * (h * 3600 + m * 60);
    return p[1 + end] == '\0';
}

bool clock_parse(const char *text, int64_t *utc)
{
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    const char *p = strptime(text, "%Y-%m-%d", &tm);
    int zone = 0;
    if (!p)
        return false;
    if (*p == 'T' || *p == ' ') {
        p = strptime(p + 1, "%H:%M:%S", &tm);
        if (!p)
            return false;
        if (*p == '.')
            p += 1 + strspn(p + 1, "0123456789");
    }
    if (!parse_zone(p, &zone))
        return false;
    *utc = (int64_t)timegm(&tm) - zone;
    return true;
}

void clock_format(int64_t utc, struct str *out)
{
    time_t t = (time_t)utc;
    struct tm tm;
    char text[40];
    gmtime_r(&t, &tm);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
    str_add(out, text);
}
