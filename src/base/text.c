#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

static utf8proc_ssize_t decode(const char *s, size_t n, utf8proc_int32_t *cp)
{
    return utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, cp);
}

void text_add_utf8(struct str *out, const char *bytes, size_t n)
{
    while (n) {
        utf8proc_int32_t cp;
        utf8proc_ssize_t k = decode(bytes, n, &cp);
        if (k > 0)
            str_addn(out, bytes, (size_t)k);
        else
            str_add(out, "\xef\xbf\xbd");
        bytes += k > 0 ? k : 1;
        n -= k > 0 ? (size_t)k : 1;
    }
}

static bool is_format(utf8proc_int32_t cp)
{
    if (cp == 0x200d || (cp >= 0xfe00 && cp <= 0xfe0f))
        return false; /* joiner and variation selectors belong to graphemes */
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_CC || c == UTF8PROC_CATEGORY_CF || c == UTF8PROC_CATEGORY_ZL ||
           c == UTF8PROC_CATEGORY_ZP || c == UTF8PROC_CATEGORY_CO || c == UTF8PROC_CATEGORY_CS;
}

static void add_one_shown(struct str *out, const char *s, size_t n, utf8proc_int32_t cp,
                          size_t start)
{
    if (cp == '\t') {
        int at = text_width(out->s + start, out->len - start);
        str_addn(out, "        ", (size_t)(8 - at % 8));
    } else if (cp < 0x20) {
        str_addf(out, "^%c", (char)(cp + '@'));
    } else if (cp == 0x7f) {
        str_add(out, "^?");
    } else if (is_format(cp)) {
        str_addf(out, "<U+%04X>", (unsigned)cp);
    } else {
        str_addn(out, s, n);
    }
}

void text_add_shown(struct str *out, const char *bytes, size_t n)
{
    size_t start = out->len;
    while (n) {
        utf8proc_int32_t cp;
        utf8proc_ssize_t k = decode(bytes, n, &cp);
        if (k <= 0) {
            str_addf(out, "<%02x>", (unsigned char)*bytes);
            k = 1;
        } else {
            add_one_shown(out, bytes, (size_t)k, cp, start);
        }
        bytes += k;
        n -= (size_t)k;
    }
}

size_t text_grapheme(const char *s, size_t n, int *columns)
{
    utf8proc_int32_t prev, cp, state = 0;
    utf8proc_ssize_t k = decode(s, n, &prev);
    if (k <= 0) {
        *columns = 1;
        return 1;
    }
    size_t used = (size_t)k;
    int width = utf8proc_charwidth(prev);
    while (used < n && (k = decode(s + used, n - used, &cp)) > 0) {
        if (utf8proc_grapheme_break_stateful(prev, cp, &state))
            break;
        if (cp == 0xfe0f)
            width = 2;
        used += (size_t)k;
        prev = cp;
    }
    *columns = width;
    return used;
}

int text_width(const char *s, size_t n)
{
    int total = 0;
    while (n) {
        int w = 1;
        size_t k = 1;
        if ((unsigned char)*s >= 0x80 || (n > 1 && (unsigned char)s[1] >= 0x80))
            k = text_grapheme(s, n, &w);
        total += w;
        s += k;
        n -= k;
    }
    return total;
}

void text_add_clipped(struct str *out, const char *s, size_t n, int columns)
{
    if (columns <= 0)
        return;
    if (text_width(s, n) <= columns) {
        str_addn(out, s, n);
        return;
    }
    int used = 0, w;
    while (n) {
        size_t k = text_grapheme(s, n, &w);
        if (used + w > columns - 1)
            break;
        str_addn(out, s, k);
        used += w;
        s += k;
        n -= k;
    }
    str_add(out, "…");
}

void text_add_bytes(struct str *out, int64_t bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
    double x = (double)bytes;
    size_t u = 0;
    for (; x >= 1024 && u + 1 < ARRAY_LEN(units); u++)
        x /= 1024;
    str_addf(out, u && x < 10 ? "%.1f %s" : "%.0f %s", x, units[u]);
}

void text_add_seconds(struct str *out, double seconds)
{
    long s = (long)(seconds + 0.5);
    if (seconds < 9.95)
        str_addf(out, "%.1f s", seconds);
    else if (s < 60)
        str_addf(out, "%ld s", s);
    else if (s < 3600)
        str_addf(out, "%ldm %02lds", s / 60, s % 60);
    else
        str_addf(out, "%ldh %02ldm", s / 3600, s / 60 % 60);
}

void text_add_count(struct str *out, int64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof(digits), "%lld", (long long)n);
    for (int i = 0; i < len; i++) {
        if (i && digits[i - 1] != '-' && (len - i) % 3 == 0)
            str_addc(out, ',');
        str_addc(out, digits[i]);
    }
}

void text_add_ago(struct str *out, int64_t now, int64_t then)
{
    static const struct {
        int64_t below, unit;
        char letter;
    } steps[] = { { 3600, 60, 'm' }, { 172800, 3600, 'h' }, { INT64_MAX, 86400, 'd' } };
    int64_t age = now - then;
    if (age < 60) {
        str_add(out, "now");
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (age < steps[i].below) {
            str_addf(out, "%lld%c", (long long)(age / steps[i].unit), steps[i].letter);
            return;
        }
    }
}
