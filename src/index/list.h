/* list.h: lists as the command line prints them and the screen scrolls them.
 *
 * A virtual list holds the ids of its rows (list_ids: 4 bytes a row) and fetches what shows
 * (list_rows). list_page gives a first screen before all ids are known. Names of columns are
 * the words of `list … --json`.
 */
#ifndef BOTTEGA_INDEX_LIST_H
#define BOTTEGA_INDEX_LIST_H

#include "index/query.h"

enum column_type { COL_TEXT, COL_INT, COL_SECONDS, COL_BYTES, COL_TIME, COL_MONEY };

enum column_flags {
    COL_SHOWN = 1,  /* in a list when nobody chose columns */
    COL_RIGHT = 2,  /* aligned right */
    COL_INDEXED = 4 /* sorting by it needs no pass over all rows */
};

struct list_column {
    const char *name;  /* "failure_class" */
    const char *title; /* "class" */
    enum column_type type;
    int width; /* columns on the screen that usually do */
    unsigned flags;
    const char *sql; /* the expression, over the tables of the kind */
    const char *help;
};

const struct list_column *list_columns(enum list_kind kind, size_t *n);
/* The place in the table, or -1. */
int list_column_find(enum list_kind kind, const char *name);
const char *list_kind_name(enum list_kind kind);    /* "instances" */
enum list_kind list_kind_by_name(const char *name); /* LIST_KINDS: unknown */
/* The order when nobody chose one, as a place in list_columns. */
int list_sort_usual(enum list_kind kind, bool *desc);

/* What to list and how; zero is everything, in the order of the kind's first column. */
struct list_spec {
    enum list_kind kind;
    const struct query *query; /* NULL: everything */
    int sort;                  /* place in list_columns */
    bool desc;
    int64_t limit;             /* of list_each; 0: none */
    const struct cancel *stop; /* of list_page */
};

struct id_vec {
    uint32_t *v;
    size_t n, cap;
};
void id_vec_release(struct id_vec *ids);

/* All ids in order; `out` is replaced. E_CANCELLED within milliseconds of `stop`. */
WARN_UNUSED int list_ids(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
                         struct id_vec *out, struct error *err);
/* The `n` ids after the row `after` in order (0: from the start); by key, at any depth. */
WARN_UNUSED int list_page(struct index *idx, const struct list_spec *spec, uint32_t after, size_t n,
                          struct id_vec *out, struct error *err);
WARN_UNUSED int list_count(struct index *idx, const struct list_spec *spec,
                           const struct cancel *stop, int64_t *out, struct error *err);

/* One value; which member holds it follows from the column's type. */
struct cell {
    char *text; /* COL_TEXT: owned, never NULL, "" when there is none */
    int64_t n;  /* COL_INT, COL_BYTES, COL_TIME (UTC seconds; 0: never) */
    double x;   /* COL_SECONDS, COL_MONEY */
};
struct row {
    uint32_t id;        /* 0: the row is gone */
    struct cell *cells; /* one per column of the kind */
    size_t n;
};
/* Fills out[0..n) for ids[0..n); row_release each. */
WARN_UNUSED int list_rows(struct index *idx, enum list_kind kind, const uint32_t *ids, size_t n,
                          struct row *out, struct error *err);
void row_release(struct row *r);

/* Rows one after the other, ties in the order of names, so that equal files give equal
 * output. A result of `fn` other than 0 ends it and is returned. */
typedef int (*list_row_fn)(void *payload, const struct row *row);
WARN_UNUSED int list_each(struct index *idx, const struct list_spec *spec,
                          const struct cancel *stop, list_row_fn fn, void *payload,
                          struct error *err);

/* Appends the value as people read it ("1m 02s", "3h", "–" for none); text is made safe for
 * a terminal. `now`: UTC seconds for ages; 0 writes times out. */
void cell_add_text(struct str *out, const struct list_column *col, const struct cell *cell,
                   int64_t now);
/* A new object with the columns in `chosen` (places in list_columns; NULL: all), as `--json`
 * writes them: no text and no time is null. */
json_t *row_to_json(enum list_kind kind, const struct row *row, const int *chosen, size_t n);

/* Counts of equal values, most frequent first: by the column by[0], and by[1] unless it is -1. */
struct group {
    char *key, *key2; /* owned; key2 NULL with one column */
    int64_t n;
    double seconds; /* spent on these, for instances; else 0 */
    int64_t last;   /* latest end among them, UTC seconds, for instances; else 0 */
};
struct group_vec {
    struct group *v;
    size_t n, cap;
};
WARN_UNUSED int list_groups(struct index *idx, const struct list_spec *spec, const int by[2],
                            const struct cancel *stop, struct group_vec *out, struct error *err);
void group_vec_release(struct group_vec *g);

/* From pull request to training data, counted over instances and their latest runs. */
struct funnel {
    int64_t collected;   /* all */
    int64_t screened_in; /* not dropped by screen */
    int64_t tried;       /* some run began */
    int64_t built;       /* an image was built and tests ran in it */
    int64_t proven;      /* accepted */
};
WARN_UNUSED int list_funnel(struct index *idx, struct funnel *out, struct error *err);

#endif
