/* listing.h: a list of the index as the rows of a table.
 *
 * The first page comes by key, before all ids are known; then all ids (4 bytes a row); cells
 * only of what shows. Every query runs on a lane with the lane's own handle; a new filter drops
 * the one before. Cursor and marks follow the rows' ids.
 */
#ifndef BOTTEGA_UI_LISTING_H
#define BOTTEGA_UI_LISTING_H

#include "index/index.h"
#include "ui/lane.h"
#include "ui/widgets/table.h"

struct app;

struct listing {
    struct app *app;
    enum list_kind kind;
    const char *empty; /* why there can be none, and the key that mends it */
    struct table *table;
    struct window *line; /* shows the filter; hidden without one */
    int chosen[TABLE_COLUMNS];
    struct str filter;
    int sort; /* place in list_columns */
    bool desc;
    struct id_vec ids;
    bool loaded, whole; /* a page at least; all of it */
    int64_t total;      /* without the filter; -1: not known */
    struct row *rows;   /* of ids[first_row, first_row + n_rows) */
    size_t first_row, n_rows;
    struct job *load, *fetch, *count;
    struct str trouble;
};

/* A table under `parent` (a split by rows, the filter's line comes first) with these columns,
 * named as in list_columns and ended by NULL. */
struct listing *listing_new(struct app *a, struct window *parent, enum list_kind kind,
                            const char *const *columns);
void listing_free(struct listing *l);

/* Shows what matches; "" shows all. E_USAGE when it is no query. */
WARN_UNUSED int listing_filter(struct listing *l, const char *text, struct error *err);
/* The index changed. */
void listing_refresh(struct listing *l);
/* The row under the cursor, all columns of its kind; NULL when it is not there (yet). */
const struct row *listing_row(const struct listing *l);
/* A text column of a row. */
const char *listing_text(const struct listing *l, const struct row *row, const char *column);
/* " · 3 marked", "row 1 of 41 of 2,053" for the line of state. */
void listing_state(const struct listing *l, struct str *left, struct str *right);

#endif
