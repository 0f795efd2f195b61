#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static NORETURN void out_of_memory(size_t size)
{
    fprintf(stderr, "bottega: out of memory (%zu bytes wanted)\n", size);
    abort();
}

void *xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory(size);
    return p;
}

void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p)
        out_of_memory(n * size);
    return p;
}

void *xrealloc(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        out_of_memory(size);
    return p;
}

char *xstrndup(const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = xmalloc(len + 1);
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

static char *format_new(const char *fmt, va_list ap)
{
    char *text = NULL;
    if (vasprintf(&text, fmt, ap) < 0)
        out_of_memory(strlen(fmt));
    return text;
}

static int error_take(struct error *err, int code, char *message)
{
    free(err->message);
    err->code = code;
    err->message = message;
    return code;
}

int error_set(struct error *err, int code, const char *fmt, ...)
{
    if (!err)
        return code;
    va_list ap;
    va_start(ap, fmt);
    char *message = format_new(fmt, ap);
    va_end(ap);
    return error_take(err, code, message);
}

int error_errno(struct error *err, int errnum, const char *fmt, ...)
{
    int code = errnum == ENOSPC || errnum == EDQUOT ? E_DISK : errnum == ENOENT ? E_NOTFOUND : E_IO;
    if (!err)
        return code;
    va_list ap;
    va_start(ap, fmt);
    char *what = format_new(fmt, ap);
    va_end(ap);
    error_set(err, code, "%s: %s", what, strerror(errnum));
    free(what);
    return code;
}

void error_prefix(struct error *err, const char *fmt, ...)
{
    if (!err || !err->message)
        return;
    va_list ap;
    va_start(ap, fmt);
    char *place = format_new(fmt, ap);
    va_end(ap);
    char *message = NULL;
    if (asprintf(&message, "%s: %s", place, err->message) < 0)
        out_of_memory(strlen(place));
    free(place);
    error_take(err, err->code, message);
}

const char *error_text(const struct error *err)
{
    return err && err->message ? err->message : "unknown error";
}

void error_clear(struct error *err)
{
    free(err->message);
    err->message = NULL;
    err->code = E_OK;
}

void error_release(struct error *err)
{
    error_clear(err);
}
