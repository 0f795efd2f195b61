/* flags_private.h: a rule as flags.c reads it and flags_run.c compiles it. */
#ifndef BOTTEGA_FLAGS_PRIVATE_H
#define BOTTEGA_FLAGS_PRIVATE_H

#include "formats/flags.h"

struct flag_rule {
    char *name, *help;
    struct strv patterns[FLAG_PLACES];
    struct strv needs[FLAG_PLACES];    /* of each pattern: words, "" for none */
    int64_t repeat, alternate, silent; /* 0: not such a rule */
};

/* flags_words.c: which of at most 64 words a text has, in one pass. */
struct words;
struct words *words_new(void);
void words_free(struct words *w);
/* The bits of the words of `list`, separated by blanks. E_USAGE: too many, or less than three
 * letters. */
WARN_UNUSED int words_add(struct words *w, const char *list, uint64_t *bits, struct error *err);
uint64_t words_in(const struct words *w, const char *text, size_t n);

struct flag_rules {
    struct flag_rule v[MOST_FLAGS];
    size_t n;
};

#endif
