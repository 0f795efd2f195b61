#include "formats/flags_private.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 64, PAIRS = 65536 };

struct words {
    uint64_t pair[PAIRS / 64]; /* a bit: first two bytes of a word, or its next two */
    uint64_t by_first[256];    /* words that begin with this byte */
    char *v[MOST_WORDS];
    size_t len[MOST_WORDS], n;
};

struct words *words_new(void)
{
    return xcalloc(1, sizeof(struct words));
}

void words_free(struct words *w)
{
    for (size_t i = 0; w && i < w->n; i++)
        free(w->v[i]);
    free(w);
}

static unsigned pair_at(const char *s)
{
    uint16_t both;
    memcpy(&both, s, sizeof(both));
    return both;
}

static void add_pair(struct words *w, const char *s)
{
    w->pair[pair_at(s) / 64] |= (uint64_t)1 << pair_at(s) % 64;
}

/* "rm~": with a blank behind it. */
static int add_word(struct words *w, const char *word, uint64_t *bits, struct error *err)
{
    size_t i = 0;
    char *plain = xstrdup(word);
    for (char *p = plain; (p = strchr(p, '~'));)
        *p = ' ';
    while (i < w->n && strcmp(w->v[i], plain) != 0)
        i++;
    if (i == MOST_WORDS || strlen(plain) < 3) {
        free(plain);
        return error_set(err, E_USAGE, "needs = %s: at most %d words, of three letters or more",
                         word, MOST_WORDS);
    }
    if (i == w->n) {
        w->len[i] = strlen(plain);
        w->by_first[(unsigned char)*plain] |= (uint64_t)1 << i;
        add_pair(w, plain);
        add_pair(w, plain + 1);
        w->v[w->n++] = plain;
    } else {
        free(plain);
    }
    *bits |= (uint64_t)1 << i;
    return 0;
}

int words_add(struct words *w, const char *list, uint64_t *bits, struct error *err)
{
    struct strv words = STRV_INIT;
    int rc = 0;
    strv_split(&words, list, " ");
    for (size_t i = 0; rc == 0 && i < words.n; i++)
        rc = add_word(w, words.v[i], bits, err);
    strv_release(&words);
    return rc;
}

/* `found`, and what begins here. */
static uint64_t words_at(const struct words *w, const char *s, size_t n, uint64_t found)
{
    for (uint64_t left = w->by_first[(unsigned char)*s] & ~found; left; left &= left - 1) {
        int i = __builtin_ctzll(left);
        if (w->len[i] <= n && memcmp(w->v[i], s, w->len[i]) == 0)
            found |= (uint64_t)1 << i;
    }
    return found;
}

/* Of three letters or more: one of its first two pairs stands at an even place. */
uint64_t words_in(const struct words *w, const char *text, size_t n)
{
    uint64_t found = 0;
    for (size_t i = 0; i + 2 <= n; i += 2) {
        unsigned pair = pair_at(text + i);
        if (!(w->pair[pair / 64] >> pair % 64 & 1))
            continue;
        found = words_at(w, text + i, n - i, found);
        if (i)
            found = words_at(w, text + i - 1, n - i + 1, found);
    }
    return found;
}
