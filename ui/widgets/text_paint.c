#include "ui/widgets/text.h"
#include "ui/widgets/wrap.h"

#include <string.h>

struct text_row {
    const struct canvas *c;
    int y;
    const struct shown *line;
    size_t from, to; /* bytes of the line on this row */
    int x0;          /* column of `from` on the canvas */
};

static void put_bytes(const struct text_row *r, size_t from, size_t to, ink_t ink)
{
    const char *s = r->line->text.s;
    if (from < r->from)
        from = r->from;
    if (to > r->to)
        to = r->to;
    if (from >= to)
        return;
    int x = r->x0 + text_width(s + r->from, from - r->from);
    canvas_put(r->c, r->y, x, r->c->r.w - x, ink, s + from, to - from);
}

static void paint_spans(const struct text_row *r)
{
    for (size_t i = 0; i < r->line->n; i++) {
        const struct span *s = &r->line->spans[i];
        put_bytes(r, s->start, s->start + s->len, s->ink);
    }
}

static void paint_matches(const struct text_row *r, const struct pattern *p)
{
    size_t at = 0, start, len;
    while (pattern_find(p, r->line->text.s, r->line->text.len, at, &start, &len)) {
        put_bytes(r, start, start + len, ROLE_MATCH);
        at = start + len;
    }
}

static void paint_row(const struct text *t, const struct text_row *r)
{
    paint_spans(r);
    if (t->pattern)
        paint_matches(r, t->pattern);
}

static void paint_cuts(const struct text *t, const struct text_row *r)
{
    struct str more = STR_INIT;
    int w = r->c->r.w;
    bool cut = r->x0 + text_width(r->line->text.s + r->from, r->to - r->from) > w;
    if (cut)
        canvas_put(r->c, r->y, w - 1, 1, ROLE_KEY, "…", 3);
    if (t->left && r->line->text.len)
        canvas_put(r->c, r->y, 1, 1, ROLE_KEY, "…", 3);
    if (r->line->more > 0) {
        str_add(&more, "… ");
        text_add_bytes(&more, r->line->more);
        str_add(&more, " more in this line");
        canvas_right(r->c, r->y, w - TEXT_GUTTER, ROLE_WARNING, more.s);
    }
    str_release(&more);
}

/* One line without wrapping; returns the rows that it took. */
static int paint_cut(const struct text *t, const struct canvas *c, int y, const struct shown *s)
{
    int column = t->left;
    size_t from = wrap_column(s->text.s, s->text.len, &column);
    struct text_row r = { c, y, s, from, s->text.len, TEXT_GUTTER + column - t->left };
    paint_row(t, &r);
    paint_cuts(t, &r);
    return 1;
}

static int paint_wrapped(const struct text *t, const struct canvas *c, int y, const struct shown *s,
                         size_t skip)
{
    int width = c->r.w - TEXT_GUTTER, rows = 0;
    size_t at = 0;
    do {
        size_t take = wrap_take(s->text.s, s->text.len, at, width);
        struct text_row r = { c, y + rows, s, at, at + take, TEXT_GUTTER };
        at += take;
        if (skip) {
            skip--;
            continue;
        }
        paint_row(t, &r);
        if (at >= s->text.len)
            paint_cuts(t, &r);
        rows++;
    } while (at < s->text.len && y + rows < c->r.h);
    return rows;
}

static int paint_line(const struct text *t, const struct canvas *c, int y, size_t i,
                      struct shown *s)
{
    struct canvas line = *c;
    bool here = i == t->cursor && t->win->focused;
    if (!text_line(t, i, s)) {
        canvas_put(c, y, TEXT_GUTTER, 1, ROLE_DIM, "·", 2);
        return 1;
    }
    if (here && s->link) {
        line.over = ROLE_SELECTED;
        canvas_fill(&line, y, 0, c->r.w, ROLE_TEXT);
    }
    if (here)
        canvas_put(&line, y, 0, 1, ROLE_TEXT, "▸", 3);
    else if (s->link)
        canvas_put(&line, y, 0, 1, ROLE_LINK, "›", 3);
    size_t skip = i == t->first ? t->first_row : 0;
    return t->wrap ? paint_wrapped(t, &line, y, s, skip) : paint_cut(t, &line, y, s);
}

static void paint_nothing(const struct text *t, const struct canvas *c)
{
    const char *why = t->empty.s;
    size_t n = strlen(why), at = 0;
    if (t->file && *textfile_error(t->file))
        why = textfile_error(t->file);
    else if (t->file && textfile_whole(t->file))
        why = "this file is empty";
    else if (t->file)
        why = "reading …";
    n = strlen(why);
    for (int y = 0; at < n; y++) {
        size_t take = wrap_take(why, n, at, c->r.w - TEXT_GUTTER);
        canvas_put(c, y, TEXT_GUTTER, c->r.w, ROLE_DIM, why + at, take);
        at += take;
    }
}

void text_paint(struct window *w, const struct canvas *c)
{
    struct text *t = w->data;
    struct shown s = { .text = STR_INIT };
    size_t n = text_count(t);
    int y = 0;
    canvas_clear(c);
    if (t->file)
        textfile_need(t->file, t->first, (size_t)c->r.h);
    for (size_t i = t->first; i < n && y < c->r.h; i++)
        y += paint_line(t, c, y, i, &s);
    if (!n)
        paint_nothing(t, c);
    shown_release(&s);
}
