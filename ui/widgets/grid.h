/* grid.h: a table whose cells are texts in memory: counts, results of a SELECT.
 *
 * Whoever fills it hands over all rows at once; a row may have a door.
 */
#ifndef BOTTEGA_UI_GRID_H
#define BOTTEGA_UI_GRID_H

#include "ui/widgets/table.h"

/* What it shows. Column i is titles.v[i]; cells stand row after row. */
struct grid_data {
    struct strv titles, cells;
    struct strv doors; /* one per row, "" for none; or empty */
    uint32_t right;    /* bit i: column i is aligned right */
    int grow;          /* the column that takes the room that is left; -1: none */
};
void grid_data_init(struct grid_data *d);
void grid_data_release(struct grid_data *d);

struct grid {
    struct table *table;
    struct grid_data data;
    struct str empty; /* why there are no rows */
};

struct grid *grid_new(struct window *parent);
void grid_free(struct grid *g); /* NULL is no error */
/* Takes `data` over; the cursor stays on its row when `keep`. */
void grid_set(struct grid *g, struct grid_data *data, bool keep);
/* No rows, and why. */
void grid_set_empty(struct grid *g, const char *why);
/* The door of the row under the cursor; "" for none. */
const char *grid_door(const struct grid *g);

#endif
