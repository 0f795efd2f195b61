#include "formats/private.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cursor {
    const char *p, *end;
};

static void skip_blanks(struct cursor *c)
{
    while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\r' || *c->p == '\n'))
        c->p++;
}

static bool take_char(struct cursor *c, char want)
{
    skip_blanks(c);
    if (c->p >= c->end || *c->p != want)
        return false;
    c->p++;
    return true;
}

/* At a quote: passes the string, `*s` and `*n` are what stands between the quotes. Does not move
 * when there is none or it does not end. */
static bool take_string(struct cursor *c, const char **s, size_t *n)
{
    skip_blanks(c);
    if (c->p >= c->end || *c->p != '"')
        return false;
    *s = c->p + 1;
    for (const char *q = *s; (q = memchr(q, '"', (size_t)(c->end - q))); q++) {
        const char *back = q;
        while (back > *s && back[-1] == '\\')
            back--;
        if ((q - back) % 2 == 0) {
            *n = (size_t)(q - *s);
            c->p = q + 1;
            return true;
        }
    }
    return false;
}

/* Passes a value of any kind; brackets are only counted. */
static bool skip_value(struct cursor *c)
{
    const char *s;
    size_t n;
    int depth = 0;
    do {
        skip_blanks(c);
        if (c->p >= c->end)
            return false;
        if (*c->p == '"') {
            if (!take_string(c, &s, &n))
                return false;
            continue;
        }
        if (depth == 0 && (*c->p == ',' || *c->p == '}' || *c->p == ']'))
            return false;
        depth += *c->p == '{' || *c->p == '[';
        depth -= *c->p == '}' || *c->p == ']';
        c->p++;
        while (depth == 0 && c->p < c->end && !strchr(",}] \t\r\n", *c->p))
            c->p++;
    } while (depth > 0);
    return true;
}

/* The last of equal keys counts, as for every parser of ours. */
bool row_id(const char *s, size_t n, const char **id, size_t *len)
{
    static const char want[] = "instance_id";
    struct cursor c = { s, s + n };
    bool found = false;
    if (!take_char(&c, '{'))
        return false;
    do {
        const char *key;
        size_t key_len;
        if (!take_string(&c, &key, &key_len) || memchr(key, '\\', key_len) || !take_char(&c, ':'))
            return false;
        if (key_len != sizeof(want) - 1 || memcmp(key, want, key_len) != 0) {
            if (!skip_value(&c))
                return false;
        } else if (!take_string(&c, id, len) || memchr(*id, '\\', *len)) {
            return false;
        } else {
            found = true;
        }
    } while (take_char(&c, ','));
    return found && take_char(&c, '}');
}

static size_t number_length(const char *p, const char *end)
{
    size_t n = 0;
    while (p + n < end && strchr("0123456789+-.eE", p[n]) && p[n])
        n++;
    return n;
}

/* Whether the digits stay what they are in 64 bits or a double. */
static bool number_fits(const char *digits)
{
    if (strpbrk(digits, ".eE"))
        return isfinite(strtod(digits, NULL));
    errno = 0;
    strtoll(digits, NULL, 10);
    return errno == 0;
}

static unsigned mend_number(struct cursor *c, struct str *out)
{
    char *digits = xstrndup(c->p, number_length(c->p, c->end));
    bool fits = number_fits(digits);
    str_addf(out, fits ? "%s" : "\"%s\"", digits);
    c->p += strlen(digits);
    free(digits);
    return fits ? 0 : MENDED_NUMBER;
}

static bool mend_word(struct cursor *c, struct str *out)
{
    static const char *const words[] = { "NaN", "Infinity", "-Infinity" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t n = strlen(words[i]);
        if ((size_t)(c->end - c->p) < n || memcmp(c->p, words[i], n) != 0)
            continue;
        str_add(out, "null");
        c->p += n;
        return true;
    }
    return false;
}

unsigned row_mend(const char *s, size_t n, struct str *out)
{
    struct cursor c = { s, s + n };
    unsigned met = 0;
    while (c.p < c.end) {
        const char *text;
        size_t len;
        if (*c.p == '"' && take_string(&c, &text, &len))
            str_addn(out, text - 1, len + 2);
        else if (mend_word(&c, out))
            met |= MENDED_NAN;
        else if (number_length(c.p, c.end))
            met |= mend_number(&c, out);
        else
            str_addc(out, *c.p++);
    }
    return met;
}
