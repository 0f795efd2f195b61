/* table.h: one virtual table for every list: it asks its model for what shows, and no more.
 *
 * The model owns the rows; ids (not 0) name them across reloads, so that cursor and marks stay
 * where they were. Columns come from a table of the view. What does not fit is cut with a sign
 * or reached by moving right; the first column stays.
 */
#ifndef BOTTEGA_UI_TABLE_H
#define BOTTEGA_UI_TABLE_H

#include "ui/loop.h"
#include "ui/window.h"

enum { TABLE_COLUMNS = 32, TABLE_GUTTER = 2 }; /* columns; of the screen, for cursor and mark */

struct table_column {
    const char *name, *title;
    bool right;  /* aligned */
    bool grow;   /* takes the room that is left; shrinks first */
    bool middle; /* a name: cut there */
};

struct table_model {
    size_t (*count)(void *model);
    /* Appends the cell's text and says its ink; false: it is on its way. */
    bool (*cell)(void *model, size_t row, size_t column, struct str *out, ink_t *ink);
    uint32_t (*id)(void *model, size_t row);
    /* The rows [first, first + n) show now; may be NULL. */
    void (*need)(void *model, size_t first, size_t n);
    /* Appends why there are no rows, and which key mends it. */
    void (*empty)(void *model, struct str *out);
    /* New order; NULL: the table cannot be sorted. */
    void (*sort)(void *model, size_t column, bool desc);
    /* Shows only what matches; NULL: it cannot be filtered. E_USAGE: `text` is no query. */
    int (*filter)(void *model, const char *text, struct error *err);
    /* The filter as it stands; goes with `filter`. */
    const char *(*filter_text)(void *model);
    /* The query language's kind, for completion; -1: plain words. */
    int (*kind)(void *model);
};

struct table {
    struct window *win;
    const struct table_model *ops;
    void *model;
    struct table_column cols[TABLE_COLUMNS];
    int seen[TABLE_COLUMNS]; /* widest cell that was shown */
    size_t n_cols;
    size_t first, cursor; /* rows */
    size_t left;          /* columns scrolled away after the first */
    bool hidden_right;    /* columns that did not fit at the last paint */
    uint32_t *marks;      /* sorted ids */
    size_t n_marks, cap_marks;
    uint32_t wanted; /* id that the cursor goes to when it comes; 0: none */
    uint32_t anchor; /* id that was marked last by itself: a range begins there; 0: none */
    int sorted;      /* column; -1: as it comes */
    bool desc;
    bool bare;     /* no header and no gutter for marks */
    loop_fn moved; /* the cursor stands on another row, or its row changed */
    void *payload;
};

struct table *table_new(struct window *parent, const struct table_model *ops, void *model);
void table_set_columns(struct table *t, const struct table_column *cols, size_t n);
/* The table of a window, NULL when it has none. */
struct table *table_of(const struct window *w);

/* The model has other rows now: the cursor goes to the row `at` and nothing is cut off. */
void table_reset(struct table *t, size_t at);
void table_move_to(struct table *t, size_t row);
void table_sort(struct table *t, size_t column, bool desc);
/* Id under the cursor; 0 when there is no row. */
uint32_t table_id(const struct table *t);
size_t table_rows(const struct table *t); /* that fit */

/* Its place among the marks; false: it has none. */
bool table_find_mark(const struct table *t, uint32_t id, size_t *at);
bool table_marked(const struct table *t, uint32_t id);
void table_mark(struct table *t, uint32_t id, bool on);
/* These and no others; `ids` is sorted. */
void table_set_marks(struct table *t, const uint32_t *ids, size_t n);

void table_paint(struct window *w, const struct canvas *c);

#endif
