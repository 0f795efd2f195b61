#include "ui/chooser.h"

#include "ui/app.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct choice {
    char *key, *text, *also;
    bool heading;
};

struct chooser {
    struct app *app;
    char *title;
    chooser_fn pick;
    struct choice *v;
    size_t n, cap;
    size_t *shown; /* places of what the filter lets through */
    size_t n_shown, cursor, first;
    struct str filter;
    int key_w, text_w;
    struct rect box; /* as painted */
};

struct chooser *chooser_open(struct app *a, const char *title, chooser_fn pick)
{
    struct chooser *c = xcalloc(1, sizeof(*c));
    chooser_free(a->chooser);
    c->app = a;
    c->title = xstrdup(title);
    c->pick = pick;
    str_init(&c->filter);
    a->chooser = c;
    a->overlay_dirty = true;
    return c;
}

void chooser_free(struct chooser *c)
{
    if (!c)
        return;
    c->app->chooser = NULL;
    c->app->overlay_dirty = true;
    for (size_t i = 0; i < c->n; i++) {
        free(c->v[i].key);
        free(c->v[i].text);
        free(c->v[i].also);
    }
    free(c->v);
    free(c->shown);
    free(c->title);
    str_release(&c->filter);
    free(c);
}

/* ---- narrowing ---- */

static bool has_words(const struct choice *v, const struct strv *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (!strcasestr(v->text, words->v[i]) && !(v->also && strcasestr(v->also, words->v[i])) &&
            !(v->key && strcmp(v->key, words->v[i]) == 0))
            return false;
    return true;
}

static void narrow(struct chooser *c)
{
    struct strv words = STRV_INIT;
    strv_split(&words, c->filter.s, " ");
    c->shown = xrealloc(c->shown, (c->n + 1) * sizeof(*c->shown));
    c->n_shown = 0;
    for (size_t i = 0; i < c->n; i++)
        if (words.n ? !c->v[i].heading && has_words(&c->v[i], &words) : true)
            c->shown[c->n_shown++] = i;
    c->cursor = c->first = 0;
    while (c->cursor < c->n_shown && c->v[c->shown[c->cursor]].heading)
        c->cursor++;
    c->app->overlay_dirty = true;
    strv_release(&words);
}

static void add(struct chooser *c, const char *key, const char *text, const char *also,
                bool heading)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 32;
        c->v = xrealloc(c->v, c->cap * sizeof(*c->v));
    }
    c->v[c->n++] = (struct choice){ key ? xstrdup(key) : NULL, xstrdup(text),
                                    also ? xstrdup(also) : NULL, heading };
    int key_w = key ? text_width(key, strlen(key)) : 0, text_w = text_width(text, strlen(text));
    c->key_w = key_w > c->key_w ? key_w : c->key_w;
    c->text_w = text_w > c->text_w ? text_w : c->text_w;
    narrow(c);
}

void chooser_add(struct chooser *c, const char *key, const char *text, const char *also)
{
    add(c, key, text, also, false);
}

void chooser_add_heading(struct chooser *c, const char *text)
{
    add(c, NULL, text, NULL, true);
}

void chooser_select(struct chooser *c, size_t row)
{
    if (row < c->n_shown)
        c->cursor = row;
}

/* ---- keys ---- */

static void move(struct chooser *c, int step, int times)
{
    long at = (long)c->cursor, last = at;
    while (times && at + step >= 0 && at + step < (long)c->n_shown) {
        at += step;
        if (c->v[c->shown[at]].heading)
            continue;
        last = at;
        times--;
    }
    c->cursor = (size_t)last;
    c->app->overlay_dirty = true;
}

static void finish(struct chooser *c, bool picked)
{
    struct app *a = c->app;
    chooser_fn pick = c->pick;
    bool any = picked && c->cursor < c->n_shown;
    size_t row = any ? c->shown[c->cursor] : 0;
    if (picked && !any)
        return;
    chooser_free(c);
    if (any)
        pick(a, row);
}

static void erase(struct chooser *c)
{
    size_t at = 0, last = 0;
    int columns;
    while (at < c->filter.len) {
        last = at;
        at += text_grapheme(c->filter.s + at, c->filter.len - at, &columns);
    }
    str_truncate(&c->filter, last);
    narrow(c);
}

void chooser_key(struct chooser *c, keycode key)
{
    enum { PAGE = 10 };
    if (key == KEY_ESCAPE || key == KEY_CTRL('c'))
        finish(c, false);
    else if (key == KEY_RETURN)
        finish(c, true);
    else if (key == KEY_CURSOR_DOWN || key == KEY_CTRL('n') || key == KEY_TAB)
        move(c, 1, 1);
    else if (key == KEY_CURSOR_UP || key == KEY_CTRL('p') || key == KEY_SHIFT_TAB)
        move(c, -1, 1);
    else if (key == KEY_PAGE_DOWN || key == KEY_PAGE_UP)
        move(c, key == KEY_PAGE_DOWN ? 1 : -1, PAGE);
    else if (key == KEY_ERASE && c->filter.len)
        erase(c);
    else if (key_is_text(key)) {
        key_add_text(&c->filter, key);
        narrow(c);
    }
}

void chooser_mouse(struct chooser *c, enum mouse what, int y, int x)
{
    const struct rect *b = &c->box;
    size_t row = c->first + (size_t)(y - b->y - 1);
    if (what != MOUSE_PRESS)
        move(c, what == MOUSE_WHEEL_UP ? -1 : 1, 3);
    else if (y < b->y || y >= b->y + b->h || x < b->x || x >= b->x + b->w)
        finish(c, false);
    else if (y > b->y && y < b->y + b->h - 1 && row < c->n_shown && !c->v[c->shown[row]].heading) {
        c->cursor = row;
        finish(c, true);
    }
}

bool chooser_caret(const struct chooser *c, int *y, int *x)
{
    *y = c->box.y + 1 + (int)(c->cursor - c->first);
    *x = c->box.x + 2;
    return c->cursor < c->n_shown;
}

/* ---- painting ---- */

static int clamp(int n, int low, int high)
{
    return n > high ? high : n < low ? low : n;
}

static void paint_choice(const struct chooser *c, struct canvas box, int y, size_t i)
{
    const struct choice *v = &c->v[c->shown[i]];
    int x = 2 + (c->key_w ? c->key_w + 2 : 0);
    if (i == c->cursor)
        box.over = ROLE_SELECTED;
    canvas_fill(&box, y, 1, box.r.w - 2, ROLE_TEXT);
    if (v->key)
        canvas_text(&box, y, 2, c->key_w, ROLE_KEY, v->key);
    canvas_text(&box, y, v->heading ? 2 : x, box.r.w - x - 2, v->heading ? ROLE_HEADER : ROLE_TEXT,
                v->text);
}

static void paint_foot(const struct chooser *c, const struct canvas *box)
{
    struct str foot = STR_INIT;
    if (c->filter.len)
        str_addf(&foot, " %s · %zu of %zu ", c->filter.s, c->n_shown, c->n);
    else
        str_addf(&foot, " type to narrow · Enter picks · Esc closes ");
    canvas_text(box, box->r.h - 1, 2, box->r.w - 4, c->filter.len ? ROLE_KEY : ROLE_DIM, foot.s);
    str_release(&foot);
}

void chooser_paint(struct chooser *c)
{
    struct screen *s = &c->app->screen;
    int w = clamp(c->text_w + c->key_w + 6, clamp(46, 0, s->cols), s->cols);
    int h = clamp((int)c->n + 2, 3, s->rows - (s->rows > 8 ? 3 : 1)), rows = h - 2;
    c->box = (struct rect){ (s->rows - 1 - h) / 2, (s->cols - w) / 2, h, w };
    struct canvas box = canvas_at(s, &c->app->theme, c->box);
    if (c->cursor < c->first)
        c->first = c->cursor;
    if ((int)(c->cursor - c->first) >= rows)
        c->first = c->cursor - (size_t)rows + 1;
    if (c->first == 1 && c->v[0].heading)
        c->first = (int)c->cursor < rows ? 0 : 1;
    canvas_clear(&box);
    canvas_box(&box, c->title);
    for (int y = 0; y < rows && c->first + (size_t)y < c->n_shown; y++)
        paint_choice(c, box, y + 1, c->first + (size_t)y);
    if (!c->n_shown)
        canvas_text(&box, 1, 2, w - 4, ROLE_DIM, "nothing has these words");
    paint_foot(c, &box);
}
