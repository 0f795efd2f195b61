/* str.h: growing byte strings, after git's strbuf.
 *
 * `s` is never NULL and always NUL-terminated at s[len], so it can be printed as it is;
 * the bytes before may hold NULs of their own. Start from STR_INIT, end with str_release.
 * A released string is STR_INIT again and may be reused.
 */
#ifndef BOTTEGA_STR_H
#define BOTTEGA_STR_H

#include "base/macros.h"

#include <stdarg.h>
#include <stdbool.h>

struct str {
    char *s;
    size_t len;
    size_t cap; /* 0: `s` points at the shared empty string, nothing is owned */
};

extern char str_empty[1];

#define STR_INIT                                                                                   \
    {                                                                                              \
        str_empty, 0, 0                                                                            \
    }

void str_init(struct str *b);
void str_release(struct str *b);
void str_clear(struct str *b); /* keeps the memory */
void str_grow(struct str *b, size_t extra);

void str_add(struct str *b, const char *text);
void str_addn(struct str *b, const void *bytes, size_t n);
void str_addc(struct str *b, char c);
void str_addf(struct str *b, const char *fmt, ...) PRINTF(2, 3);
void str_vaddf(struct str *b, const char *fmt, va_list ap)
    __attribute__((nonnull, format(printf, 2, 0)));
void str_set(struct str *b, const char *text);
void str_setf(struct str *b, const char *fmt, ...) PRINTF(2, 3);

/* Adds `text` so that a POSIX shell reads it back as one word. */
void str_add_quoted(struct str *b, const char *text);

/* Cuts to `len` bytes (len <= b->len). */
void str_truncate(struct str *b, size_t len);
/* Drops white space at the end, newlines included. */
void str_rtrim(struct str *b);

/* Hands out the bytes (free() them); `b` is empty afterwards. */
char *str_detach(struct str *b);
/* Exchanges two strings. */
void str_swap(struct str *a, struct str *b);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* printf into a fresh string; free() it. */
char *str_format(const char *fmt, ...) PRINTF(1, 2);

#endif
