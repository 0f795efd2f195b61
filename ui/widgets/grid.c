#include "ui/widgets/grid.h"

#include <stdlib.h>
#include <string.h>

void grid_data_init(struct grid_data *d)
{
    memset(d, 0, sizeof(*d));
    strv_init(&d->titles);
    strv_init(&d->cells);
    strv_init(&d->doors);
    d->grow = -1;
}

void grid_data_release(struct grid_data *d)
{
    strv_release(&d->titles);
    strv_release(&d->cells);
    strv_release(&d->doors);
}

static size_t count(void *model)
{
    const struct grid *g = model;
    return g->data.titles.n ? g->data.cells.n / g->data.titles.n : 0;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct grid *g = model;
    const char *text = g->data.cells.v[row * g->data.titles.n + column];
    text_add_shown(out, text, strlen(text));
    if (strcmp(text, "–") == 0)
        *ink = ROLE_DIM;
    return true;
}

static uint32_t id_of(void *model UNUSED, size_t row)
{
    return (uint32_t)row + 1;
}

static void empty(void *model, struct str *out)
{
    str_add(out, ((struct grid *)model)->empty.s);
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

struct grid *grid_new(struct window *parent)
{
    struct grid *g = xcalloc(1, sizeof(*g));
    grid_data_init(&g->data);
    str_init(&g->empty);
    g->table = table_new(parent, &model_ops, g);
    g->table->sorted = -1;
    return g;
}

void grid_free(struct grid *g)
{
    if (!g)
        return;
    grid_data_release(&g->data);
    str_release(&g->empty);
    free(g);
}

void grid_set(struct grid *g, struct grid_data *data, bool keep)
{
    struct table_column columns[TABLE_COLUMNS];
    size_t n = data->titles.n < TABLE_COLUMNS ? data->titles.n : TABLE_COLUMNS;
    grid_data_release(&g->data);
    g->data = *data;
    grid_data_init(data);
    for (size_t i = 0; i < n; i++) {
        const char *title = g->data.titles.v[i];
        columns[i] = (struct table_column){ .name = title,
                                            .title = title,
                                            .right = g->data.right >> i & 1,
                                            .grow = g->data.grow == (int)i };
    }
    table_set_columns(g->table, columns, n);
    table_reset(g->table, keep ? g->table->cursor : 0);
}

void grid_set_empty(struct grid *g, const char *why)
{
    struct grid_data none;
    grid_data_init(&none);
    str_set(&g->empty, why);
    grid_set(g, &none, false);
}

const char *grid_door(const struct grid *g)
{
    size_t row = g->table->cursor;
    return row < g->data.doors.n ? g->data.doors.v[row] : "";
}
