#include "ui/widgets/columns.h"

#include <stdlib.h>
#include <string.h>

struct cell_text {
    struct str text;
    ink_t ink;
    bool there;
};

/* The rows that show, fetched once: widths are taken from them before any is drawn. */
struct page {
    struct cell_text *cells;
    size_t rows, cols;
};

static struct page page_new(struct table *t)
{
    struct page p = { NULL, table_rows(t), t->n_cols };
    size_t n = t->ops->count(t->model);
    if (t->first + p.rows > n)
        p.rows = n > t->first ? n - t->first : 0;
    p.cells = xcalloc(p.rows * p.cols + 1, sizeof(*p.cells));
    for (size_t i = 0; i < p.rows * p.cols; i++) {
        struct cell_text *cell = &p.cells[i];
        size_t c = i % p.cols;
        str_init(&cell->text);
        cell->ink = ROLE_TEXT;
        cell->there = t->ops->cell(t->model, t->first + i / p.cols, c, &cell->text, &cell->ink);
        int w = text_width(cell->text.s, cell->text.len);
        if (w > t->seen[c])
            t->seen[c] = w;
    }
    return p;
}

static void page_free(struct page *p)
{
    for (size_t i = 0; i < p->rows * p->cols; i++)
        str_release(&p->cells[i].text);
    free(p->cells);
}

static void paint_header(const struct table *t, const struct canvas *c,
                         const struct column_layout *l, int gutter)
{
    for (size_t i = 0; i < t->n_cols; i++) {
        struct str title = STR_INIT;
        if (l->w[i] <= 0)
            continue;
        str_add(&title, t->cols[i].title);
        if (t->sorted == (int)i)
            str_add(&title, t->desc ? "▾" : "▴");
        int width = text_width(title.s, title.len);
        int x = l->x[i] + (t->cols[i].right ? l->w[i] - width : 0);
        canvas_text(c, 0, gutter + x, width, ROLE_HEADER, title.s);
        str_release(&title);
    }
    if (t->left)
        canvas_put(c, 0, gutter - 1, 1, ROLE_KEY, "←", 3);
    if (l->hidden_right)
        canvas_put(c, 0, c->r.w - 1, 1, ROLE_KEY, "→", 3);
}

static void paint_cell(const struct canvas *c, struct rect r, const struct table_column *col,
                       const struct cell_text *cell)
{
    int y = r.y, x = r.x, w = r.w;
    int width = text_width(cell->text.s, cell->text.len);
    if (!cell->there) {
        canvas_put(c, y, x, w, ROLE_DIM, "·", 2);
        return;
    }
    if (col->middle)
        canvas_middle(c, y, x, w, cell->ink, cell->text.s);
    else
        canvas_text(c, y, x + (col->right && width < w ? w - width : 0), w, cell->ink,
                    cell->text.s);
}

static void paint_row(const struct table *t, const struct canvas *c, const struct column_layout *l,
                      const struct page *p, size_t i)
{
    struct canvas rest = *c, line = *c;
    size_t row = t->first + i;
    int y = (int)i + (t->bare ? 0 : 1), gutter = t->bare ? 1 : TABLE_GUTTER;
    bool here = row == t->cursor;
    enum role cursor = t->win->focused ? ROLE_SELECTED : ROLE_SELECTED_AWAY;
    canvas_fill(&rest, y, 0, c->r.w, ROLE_TEXT);
    if (here) {
        line.over = cursor;
        canvas_fill(&line, y, 0, gutter + l->w[0], ROLE_TEXT);
        canvas_put(&line, y, 0, 1, ROLE_TEXT, "▸", 3);
    }
    if (!t->bare && table_marked(t, t->ops->id(t->model, row)))
        canvas_put(&line, y, 1, 1, ROLE_MARKED, "+", 1);
    /* Two whole rows would be sent for a step of the cursor: only what names the row is lit. */
    for (size_t k = 0; k < t->n_cols; k++) {
        struct canvas *on = k == 0 ? &line : &rest;
        if (l->w[k] > 0)
            paint_cell(on, (struct rect){ y, gutter + l->x[k], 1, l->w[k] }, &t->cols[k],
                       &p->cells[i * p->cols + k]);
    }
}

/* Why there is nothing, broken at blanks. */
static void paint_empty(const struct table *t, const struct canvas *c)
{
    struct str why = STR_INIT;
    int y = t->bare ? 0 : 1, width = c->r.w - 2 * TABLE_GUTTER;
    t->ops->empty(t->model, &why);
    const char *s = why.s;
    while (*s && width > 0) {
        size_t take = 0, end = 0;
        while (s[end]) {
            size_t next = end + strcspn(s + end + 1, " ") + 1;
            if (text_width(s, next) > width && take)
                break;
            take = end = next;
        }
        canvas_put(c, y++, TABLE_GUTTER, width, ROLE_DIM, s, take);
        s += take + strspn(s + take, " ");
    }
    str_release(&why);
}

void table_paint(struct window *w, const struct canvas *c)
{
    struct table *t = w->data;
    struct page p = page_new(t);
    struct column_layout l;
    int gutter = t->bare ? 1 : TABLE_GUTTER;
    canvas_clear(c);
    columns_layout(t, c->r.w - gutter - 1, &l); /* the last column is for the arrow */
    t->hidden_right = l.hidden_right;
    if (!t->bare)
        paint_header(t, c, &l, gutter);
    for (size_t i = 0; i < p.rows; i++)
        paint_row(t, c, &l, &p, i);
    if (!p.rows)
        paint_empty(t, c);
    page_free(&p);
}
