#include "base/str.h"

#include "base/error.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char str_empty[1];

void str_init(struct str *b)
{
    b->s = str_empty;
    b->len = b->cap = 0;
}

void str_release(struct str *b)
{
    if (b->cap)
        free(b->s);
    str_init(b);
}

void str_clear(struct str *b)
{
    if (b->cap)
        b->s[0] = '\0';
    b->len = 0;
}

void str_grow(struct str *b, size_t extra)
{
    size_t need = b->len + extra + 1;
    if (need <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 32;
    while (cap < need)
        cap += cap / 2 + 16;
    b->s = b->cap ? xrealloc(b->s, cap) : xmalloc(cap);
    b->cap = cap;
    b->s[b->len] = '\0';
}

void str_addn(struct str *b, const void *bytes, size_t n)
{
    if (!n)
        return;
    str_grow(b, n);
    memcpy(b->s + b->len, bytes, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void str_add(struct str *b, const char *text)
{
    str_addn(b, text, strlen(text));
}

void str_addc(struct str *b, char c)
{
    str_addn(b, &c, 1);
}

void str_vaddf(struct str *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n <= 0)
        return;
    str_grow(b, (size_t)n);
    vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
    b->len += (size_t)n;
}

void str_addf(struct str *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(b, fmt, ap);
    va_end(ap);
}

void str_set(struct str *b, const char *text)
{
    str_clear(b);
    str_add(b, text);
}

void str_setf(struct str *b, const char *fmt, ...)
{
    str_clear(b);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(b, fmt, ap);
    va_end(ap);
}

void str_add_quoted(struct str *b, const char *text)
{
    static const char plain[] = "%+,-./0123456789:=@_"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (*text && !text[strspn(text, plain)]) {
        str_add(b, text);
        return;
    }
    str_addc(b, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            str_add(b, "'\\''");
        else
            str_addc(b, *text);
    }
    str_addc(b, '\'');
}

void str_truncate(struct str *b, size_t len)
{
    if (len >= b->len)
        return;
    b->len = len;
    b->s[len] = '\0';
}

void str_rtrim(struct str *b)
{
    size_t n = b->len;
    while (n && isspace((unsigned char)b->s[n - 1]))
        n--;
    str_truncate(b, n);
}

char *str_detach(struct str *b)
{
    str_grow(b, 0);
    char *s = b->s;
    str_init(b);
    return s;
}

void str_swap(struct str *a, struct str *b)
{
    struct str t = *a;
    *a = *b;
    *b = t;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

char *str_format(const char *fmt, ...)
{
    struct str b = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&b, fmt, ap);
    va_end(ap);
    return str_detach(&b);
}
