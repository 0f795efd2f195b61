/* error.h: errors name the thing, the place and the mend.
 *
 * A fallible function returns 0 or one of the negative classes below and fills the
 * `struct error` that it was handed (NULL: nobody wants the words). The message is one
 * sentence without a final dot; `error_prefix` adds the place in front while the error
 * travels up ("dev.jsonl:17: base_commit is missing"). Start from ERROR_INIT, end with
 * error_release. A filled error may be filled again: the last word wins.
 */
#ifndef BOTTEGA_ERROR_H
#define BOTTEGA_ERROR_H

#include "base/macros.h"

enum error_class {
    E_OK = 0,
    E_FAIL = -1,      /* it did not work; the message says what */
    E_USAGE = -2,     /* the command or the config was wrong (exit 2) */
    E_MISSING = -3,   /* something it needs is not there (exit 3) */
    E_NOTFOUND = -4,  /* the named thing does not exist */
    E_CANCELLED = -5, /* somebody said stop (exit 130) */
    E_NETWORK = -6,   /* a remote did not answer: retry, never a verdict */
    E_TIMEOUT = -7,   /* a time limit of ours was reached */
    E_PARSE = -8,     /* foreign bytes do not have the form they claim */
    E_IO = -9,        /* the file system said no */
    E_ENGINE = -10,   /* the container engine died or misbehaved */
    E_DISK = -11,     /* no space left */
    E_NEWER = -12,    /* a file of ours in a format version from the future */
};

struct error {
    enum error_class code;
    char *message; /* owned; NULL until filled */
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        E_OK, NULL                                                                                 \
    }

/* Fills `err` (may be NULL) and returns `code`. */
int error_set(struct error *err, int code, const char *fmt, ...) PRINTF(3, 4);

/* Like error_set, with ": " and the text of `errnum` at the end; ENOSPC becomes E_DISK. */
int error_errno(struct error *err, int errnum, const char *fmt, ...) PRINTF(3, 4);

/* Puts "text: " in front of the message; does nothing to an empty error. */
void error_prefix(struct error *err, const char *fmt, ...) PRINTF(2, 3);

/* The message, or "unknown error" when nobody filled it; borrowed. */
const char *error_text(const struct error *err);

void error_clear(struct error *err);
void error_release(struct error *err);

/* Memory that cannot fail: says so and aborts. */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

#endif
