/* query.h: the query language of lists, `/`, `:` and `bottega list --where` (DESIGN 8).
 *
 *   state:failed,rejected   any of         repo:pallets*    * and ? match
 *   f2p:>0  seconds:60..2m  compare        -class:timeout   not
 *   sandbox "exact words"   free words: every one must start a word of id, title or reason
 *
 * Words are joined by "and". Times are dates ("2024-03", "2024-03-01T10:00:00Z") or ages:
 * `ended:>24h` is "after the moment 24 hours ago". Values never reach SQL as text.
 */
#ifndef BOTTEGA_INDEX_QUERY_H
#define BOTTEGA_INDEX_QUERY_H

#include "base/base.h"

struct index;

enum list_kind {
    LIST_REPOSITORIES,
    LIST_INSTANCES,
    LIST_RUNS,
    LIST_BATCHES,
    LIST_ROUNDS,
    LIST_FAILURES,
    LIST_TRAJECTORIES,
    LIST_KINDS
};

/* KEY_REVIEW: what curators say of an instance, of the kind that its column names. KEY_SIGNAL: a
 * quality signal that is flagged, by its name or what it hints at; KEY_MEASURE: the number of the
 * signal that its column names. */
enum key_type {
    KEY_TEXT,
    KEY_NUMBER,
    KEY_SECONDS,
    KEY_BYTES,
    KEY_TIME,
    KEY_REVIEW,
    KEY_SIGNAL,
    KEY_MEASURE
};

/* One row per key; completion, help and docs read this table. */
struct query_key {
    const char *name;   /* "class" */
    const char *column; /* of the list: "failure_class" */
    enum key_type type;
    const char *words; /* "accepted|rejected": what it may be; NULL: anything */
    const char *help;
};
const struct query_key *query_keys(enum list_kind kind, size_t *n);

/* Where a query went wrong: bytes of its text. */
struct query_error {
    size_t start, len;
};

struct query;

/* `text` may be NULL or blank: everything. E_USAGE fills `where` (may be NULL) and `err`. */
WARN_UNUSED int query_parse(const char *text, enum list_kind kind, struct query **out,
                            struct query_error *where, struct error *err);
void query_free(struct query *q);
/* Whether a word of the query names this key. */
bool query_has_key(const struct query *q, const char *key);

/* What is being typed at the byte `cursor`: a key or free word, or a value of `key`. */
struct query_place {
    size_t start; /* where a completion goes; it takes the place of the bytes up to the cursor */
    bool has_key;
    struct str key;
    struct str prefix; /* so far, without quotes */
};
void query_place_at(const char *text, size_t cursor, struct query_place *out);
void query_place_release(struct query_place *p);

/* Values of `key` that start with `prefix`, most frequent first, at most 100; none for keys
 * whose values no index has in order (title:, reason:). */
WARN_UNUSED int query_complete(struct index *idx, enum list_kind kind, const char *key,
                               const char *prefix, const struct cancel *stop, struct strv *out,
                               struct error *err);

/* Appends "key:value" so that query_parse reads it back: what a door (a count on a screen)
 * puts into the filter line. */
void query_add_word(struct str *out, const char *key, const char *value);
/* The value alone, quoted where it must be. */
void query_add_value(struct str *out, const char *value);

#endif
