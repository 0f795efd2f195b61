#include "base/strv.h"

#include "base/error.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

char *strv_none[1];

void strv_init(struct strv *l)
{
    l->v = strv_none;
    l->n = l->cap = 0;
}

void strv_clear(struct strv *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i]);
    l->n = 0;
    if (l->cap)
        l->v[0] = NULL;
}

void strv_release(struct strv *l)
{
    strv_clear(l);
    if (l->cap)
        free(l->v);
    strv_init(l);
}

static void strv_take(struct strv *l, char *owned)
{
    if (l->n + 2 > l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 8;
        l->v = xrealloc(l->cap ? l->v : NULL, cap * sizeof(*l->v));
        l->cap = cap;
    }
    l->v[l->n++] = owned;
    l->v[l->n] = NULL;
}

void strv_add(struct strv *l, const char *text)
{
    strv_take(l, xstrdup(text));
}

void strv_addn(struct strv *l, const char *text, size_t n)
{
    strv_take(l, xstrndup(text, n));
}

void strv_addf(struct strv *l, const char *fmt, ...)
{
    struct str b = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&b, fmt, ap);
    va_end(ap);
    strv_take(l, str_detach(&b));
}

void strv_add_all(struct strv *l, ...)
{
    va_list ap;
    va_start(ap, l);
    const char *text;
    while ((text = va_arg(ap, const char *)))
        strv_add(l, text);
    va_end(ap);
}

void strv_add_list(struct strv *l, const struct strv *more)
{
    for (size_t i = 0; i < more->n; i++)
        strv_add(l, more->v[i]);
}

bool strv_add_once(struct strv *l, const char *text)
{
    if (strv_has(l, text))
        return false;
    strv_add(l, text);
    return true;
}

void strv_split(struct strv *l, const char *text, const char *seps)
{
    while (*text) {
        size_t n = strcspn(text, seps);
        if (n)
            strv_addn(l, text, n);
        text += n;
        text += strspn(text, seps);
    }
}

void strv_remove(struct strv *l, size_t i)
{
    free(l->v[i]);
    memmove(l->v + i, l->v + i + 1, (l->n - i) * sizeof(*l->v));
    l->n--;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *l)
{
    qsort(l->v, l->n, sizeof(*l->v), compare_text);
}

long strv_find(const struct strv *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->v[i], text) == 0)
            return (long)i;
    return -1;
}

bool strv_has(const struct strv *l, const char *text)
{
    return strv_find(l, text) >= 0;
}
