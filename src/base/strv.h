/* strv.h: growing lists of strings. `v[n]` is always NULL, so `v` serves as an argv.
 * The list owns copies of its strings. */
#ifndef BOTTEGA_STRV_H
#define BOTTEGA_STRV_H

#include "base/macros.h"

#include <stdbool.h>

struct strv {
    char **v;
    size_t n;
    size_t cap;
};

extern char *strv_none[1];

#define STRV_INIT                                                                                  \
    {                                                                                              \
        strv_none, 0, 0                                                                            \
    }

void strv_init(struct strv *l);
void strv_release(struct strv *l);
void strv_clear(struct strv *l);

void strv_add(struct strv *l, const char *text);
void strv_addn(struct strv *l, const char *text, size_t n);
void strv_addf(struct strv *l, const char *fmt, ...) PRINTF(2, 3);
/* Adds NULL-terminated arguments, one after the other. */
void strv_add_all(struct strv *l, ...) __attribute__((sentinel));
void strv_add_list(struct strv *l, const struct strv *more);
/* Adds `text` unless an equal one is there; says whether it was added. */
bool strv_add_once(struct strv *l, const char *text);
/* Cuts `text` at any byte of `seps`, drops empty pieces. */
void strv_split(struct strv *l, const char *text, const char *seps);
void strv_remove(struct strv *l, size_t i);
void strv_sort(struct strv *l);

/* The place of an equal string, or -1. */
long strv_find(const struct strv *l, const char *text);
bool strv_has(const struct strv *l, const char *text);

#endif
