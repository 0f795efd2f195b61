#include "ui/widgets/table.h"

#include "ui/action.h"
#include "ui/widgets/columns.h"

#include <stdlib.h>
#include <string.h>

static size_t count(const struct table *t)
{
    return t->ops->count(t->model);
}

size_t table_rows(const struct table *t)
{
    int header = t->bare ? 0 : 1;
    return t->win->r.h > header ? (size_t)(t->win->r.h - header) : 0;
}

uint32_t table_id(const struct table *t)
{
    return t->cursor < count(t) ? t->ops->id(t->model, t->cursor) : 0;
}

/* ---- scrolling ---- */

static void keep_in_sight(struct table *t)
{
    size_t rows = table_rows(t), n = count(t);
    if (t->cursor >= n)
        t->cursor = n ? n - 1 : 0;
    if (t->cursor < t->first)
        t->first = t->cursor;
    if (rows && t->cursor >= t->first + rows)
        t->first = t->cursor - rows + 1;
    if (rows && t->first + rows > n)
        t->first = n > rows ? n - rows : 0;
    if (t->ops->need)
        t->ops->need(t->model, t->first, rows);
    window_touch(t->win);
}

void table_move_to(struct table *t, size_t row)
{
    size_t before = t->cursor;
    t->wanted = 0;
    t->cursor = row;
    keep_in_sight(t);
    if (t->cursor != before && t->moved)
        t->moved(t->payload);
}

static void move_by(struct table *t, long step)
{
    size_t n = count(t);
    if (step < 0)
        table_move_to(t, t->cursor > (size_t)-step ? t->cursor - (size_t)-step : 0);
    else if (n)
        table_move_to(t, t->cursor + (size_t)step < n ? t->cursor + (size_t)step : n - 1);
}

static void scroll_columns(struct table *t, bool right)
{
    if (right && t->hidden_right)
        t->left++;
    else if (!right && t->left)
        t->left--;
    window_touch(t->win);
}

static void on_move(struct window *w, enum motion m)
{
    struct table *t = w->data;
    long page = (long)table_rows(t);
    switch (m) {
    case MOVE_UP:
        move_by(t, -1);
        break;
    case MOVE_DOWN:
        move_by(t, 1);
        break;
    case MOVE_PAGE_UP:
        move_by(t, -page);
        break;
    case MOVE_PAGE_DOWN:
        move_by(t, page);
        break;
    case MOVE_HALF_UP:
        move_by(t, -(page / 2));
        break;
    case MOVE_HALF_DOWN:
        move_by(t, page / 2);
        break;
    case MOVE_TOP:
        table_move_to(t, 0);
        break;
    case MOVE_BOTTOM:
        table_move_to(t, count(t) ? count(t) - 1 : 0);
        break;
    case MOVE_LEFT:
    case MOVE_RIGHT:
        scroll_columns(t, m == MOVE_RIGHT);
        break;
    }
}

static void on_resized(struct window *w)
{
    keep_in_sight(w->data);
}

static void on_release(struct window *w)
{
    struct table *t = w->data;
    free(t->marks);
    free(t);
}

/* A row, or the title of a column. */
static bool on_press(struct window *w, int y, int x)
{
    struct table *t = w->data;
    struct column_layout l;
    int header = t->bare ? 0 : 1, gutter = t->bare ? 1 : TABLE_GUTTER;
    if (y >= header) {
        size_t row = t->first + (size_t)(y - header), before = t->cursor;
        if (row < count(t))
            table_move_to(t, row);
        return row == before && row < count(t);
    }
    columns_layout(t, w->r.w - gutter - 1, &l);
    for (size_t i = 0; t->ops->sort && i < t->n_cols; i++)
        if (l.w[i] > 0 && x >= gutter + l.x[i] && x < gutter + l.x[i] + l.w[i])
            table_sort(t, i, t->sorted == (int)i ? !t->desc : t->cols[i].right);
    return false;
}

static bool on_caret(struct window *w, int *y, int *x)
{
    const struct table *t = w->data;
    *y = (int)(t->cursor - t->first) + (t->bare ? 0 : 1);
    *x = t->bare ? 1 : TABLE_GUTTER;
    return t->cursor < count(t);
}

static const struct window_ops table_ops = {
    .paint = table_paint,
    .resized = on_resized,
    .move = on_move,
    .release = on_release,
    .context = IN_TABLE,
    .press = on_press,
    .caret = on_caret,
};

struct table *table_new(struct window *parent, const struct table_model *ops, void *model)
{
    struct table *t = xcalloc(1, sizeof(*t));
    t->ops = ops;
    t->model = model;
    t->sorted = -1;
    t->win = window_new(parent, &table_ops, t);
    return t;
}

struct table *table_of(const struct window *w)
{
    return w && w->ops == &table_ops ? w->data : NULL;
}

void table_set_columns(struct table *t, const struct table_column *cols, size_t n)
{
    t->n_cols = n < TABLE_COLUMNS ? n : TABLE_COLUMNS;
    memcpy(t->cols, cols, t->n_cols * sizeof(*cols));
    memset(t->seen, 0, sizeof(t->seen));
}

void table_reset(struct table *t, size_t at)
{
    size_t above = t->cursor - t->first; /* the row keeps its place on the screen */
    memset(t->seen, 0, sizeof(t->seen));
    t->cursor = at;
    t->first = at > above ? at - above : 0;
    keep_in_sight(t);
    if (t->moved)
        t->moved(t->payload);
}

void table_sort(struct table *t, size_t column, bool desc)
{
    t->sorted = (int)column;
    t->desc = desc;
    t->ops->sort(t->model, column, desc);
    window_touch(t->win);
}

/* ---- marks ---- */

static size_t mark_place(const struct table *t, uint32_t id)
{
    size_t low = 0, high = t->n_marks;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (t->marks[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool table_find_mark(const struct table *t, uint32_t id, size_t *at)
{
    *at = mark_place(t, id);
    return *at < t->n_marks && t->marks[*at] == id;
}

bool table_marked(const struct table *t, uint32_t id)
{
    size_t at;
    return table_find_mark(t, id, &at);
}

void table_mark(struct table *t, uint32_t id, bool on)
{
    size_t at = mark_place(t, id);
    if (!id || table_marked(t, id) == on)
        return;
    if (on && t->n_marks == t->cap_marks) {
        t->cap_marks = t->cap_marks ? 2 * t->cap_marks : 16;
        t->marks = xrealloc(t->marks, t->cap_marks * sizeof(*t->marks));
    }
    if (on) {
        memmove(t->marks + at + 1, t->marks + at, (t->n_marks - at) * sizeof(*t->marks));
        t->marks[at] = id;
        t->n_marks++;
    } else {
        memmove(t->marks + at, t->marks + at + 1, (t->n_marks - at - 1) * sizeof(*t->marks));
        t->n_marks--;
    }
    window_touch(t->win);
}

void table_set_marks(struct table *t, const uint32_t *ids, size_t n)
{
    if (n > t->cap_marks) {
        t->cap_marks = n;
        t->marks = xrealloc(t->marks, n * sizeof(*t->marks));
    }
    if (n)
        memcpy(t->marks, ids, n * sizeof(*ids));
    t->n_marks = n;
    if (!n)
        t->anchor = 0;
    window_touch(t->win);
}
