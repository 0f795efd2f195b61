#include "ui/views/workers.h"

#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>

struct workers {
    const struct live *live;
    struct table *table;
};

static const struct table_column columns[] = {
    { .name = "worker", .title = "worker" },
    { .name = "instance", .title = "instance", .grow = true, .middle = true },
    { .name = "phase", .title = "phase" },
    { .name = "age", .title = "age", .right = true },
    { .name = "round", .title = "round", .right = true },
};

static size_t count(void *model)
{
    const struct workers *w = model;
    return w->live ? w->live->n_workers : 0;
}

static uint32_t id_of(void *model, size_t row)
{
    return row < count(model) ? (uint32_t)row + 1 : 0;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct workers *w = model;
    const struct live_worker *l = &w->live->workers[row];
    bool idle = !*l->instance_id;
    if (column && idle) {
        str_add(out, column == 1 ? "waits" : "");
        *ink = ROLE_DIM;
        return true;
    }
    switch (column) {
    case 0:
        text_add_shown(out, l->name, strlen(l->name));
        break;
    case 1:
        text_add_shown(out, l->instance_id, strlen(l->instance_id));
        break;
    case 2:
        text_add_shown(out, l->phase, strlen(l->phase));
        *ink = ROLE_RUNNING;
        break;
    case 3: {
        int64_t seconds = (clock_ms() - l->since) / 1000;
        text_add_seconds(out, (double)seconds);
        break;
    }
    default:
        str_addf(out, "%lld", (long long)l->round);
    }
    return true;
}

static void empty(void *model, struct str *out)
{
    const struct workers *w = model;
    str_add(out, w->live && w->live->client ? "Its workers are about to start."
                                            : "Nothing runs here. s starts a batch.");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

struct workers *workers_new(struct window *parent, loop_fn moved, void *payload)
{
    struct workers *w = xcalloc(1, sizeof(*w));
    w->table = table_new(parent, &model_ops, w);
    table_set_columns(w->table, columns, ARRAY_LEN(columns));
    w->table->moved = moved;
    w->table->payload = payload;
    return w;
}

void workers_free(struct workers *w)
{
    free(w);
}

void workers_set(struct workers *w, const struct live *live)
{
    w->live = live;
    if (w->table->cursor >= count(w))
        w->table->cursor = 0;
    window_touch(w->table->win);
}

void workers_touch(struct workers *w)
{
    window_touch(w->table->win);
}

struct window *workers_window(const struct workers *w)
{
    return w->table->win;
}

const struct live_worker *workers_at(const struct workers *w)
{
    return w->table->cursor < count((void *)(uintptr_t)w) ? &w->live->workers[w->table->cursor]
                                                          : NULL;
}
