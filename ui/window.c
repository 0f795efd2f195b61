#include "ui/window.h"

#include <stdlib.h>
#include <string.h>

struct window *window_new(struct window *parent, const struct window_ops *ops, void *data)
{
    struct window *w = xcalloc(1, sizeof(*w));
    w->ops = ops;
    w->data = data;
    w->weight = 1;
    w->dirty = true;
    w->parent = parent;
    if (parent) {
        parent->kids = xrealloc(parent->kids, (parent->n_kids + 1) * sizeof(*parent->kids));
        parent->kids[parent->n_kids++] = w;
    }
    return w;
}

struct window *window_new_split(struct window *parent, enum split split, bool ruled)
{
    struct window *w = window_new(parent, NULL, NULL);
    w->split = split;
    w->ruled = ruled;
    return w;
}

static void leave_parent(struct window *w)
{
    struct window *p = w->parent;
    size_t i = 0;
    while (p && i < p->n_kids && p->kids[i] != w)
        i++;
    if (!p || i == p->n_kids)
        return;
    memmove(p->kids + i, p->kids + i + 1, (p->n_kids - i - 1) * sizeof(*p->kids));
    p->n_kids--;
    if (p->only == w)
        p->only = NULL;
}

void window_free(struct window *w)
{
    if (!w)
        return;
    leave_parent(w);
    while (w->n_kids)
        window_free(w->kids[w->n_kids - 1]);
    if (w->ops && w->ops->release)
        w->ops->release(w);
    free(w->kids);
    free(w->title);
    free(w);
}

/* ---- where everybody is ---- */

bool window_contains(const struct window *above, const struct window *w)
{
    while (w && w != above)
        w = w->parent;
    return w != NULL;
}

static bool takes_part(const struct window *w, const struct window *kid)
{
    return !kid->hidden && (!w->only || window_contains(kid, w->only));
}

struct shares {
    int room, weights; /* what is left for the weighted ones */
};

static struct shares shares_of(const struct window *w, int room)
{
    struct shares s = { room, 0 };
    int shown = 0;
    for (size_t i = 0; i < w->n_kids; i++) {
        const struct window *kid = w->kids[i];
        if (!takes_part(w, kid))
            continue;
        shown++;
        s.room -= kid->fixed;
        s.weights += kid->fixed ? 0 : kid->weight;
    }
    if (w->ruled && shown > 1)
        s.room -= shown - 1;
    return s;
}

static void place(struct window *w, struct rect r);

static void place_kids(struct window *w)
{
    bool rows = w->split == SPLIT_ROWS;
    int length = rows ? w->r.h : w->r.w, at = 0;
    struct shares s = shares_of(w, length);
    for (size_t i = 0; i < w->n_kids; i++) {
        struct window *kid = w->kids[i];
        struct rect r = w->r;
        int size = kid->fixed;
        if (!takes_part(w, kid)) {
            place(kid, (struct rect){ 0, 0, 0, 0 });
            continue;
        }
        if (!size && s.weights) {
            size = s.room > 0 ? s.room * kid->weight / s.weights : 0;
            s.room -= size;
            s.weights -= kid->weight;
        }
        if (size > length - at)
            size = length - at;
        *(rows ? &r.y : &r.x) += at;
        *(rows ? &r.h : &r.w) = size;
        place(kid, r);
        at += size + (w->ruled ? 1 : 0);
        if (at > length)
            at = length;
    }
}

static void place(struct window *w, struct rect r)
{
    bool changed = memcmp(&w->r, &r, sizeof(r)) != 0;
    w->r = r;
    if (changed)
        w->dirty = true;
    if (w->split != SPLIT_NONE)
        place_kids(w);
    else if (changed && w->ops && w->ops->resized)
        w->ops->resized(w);
}

void window_reflow(struct window *root, struct rect r)
{
    place(root, r);
    window_touch_all(root);
}

bool window_visible(const struct window *w)
{
    return w->r.h > 0 && w->r.w > 0;
}

/* ---- what must be painted ---- */

void window_touch(struct window *w)
{
    w->dirty = true;
}

void window_touch_all(struct window *w)
{
    w->dirty = true;
    for (size_t i = 0; i < w->n_kids; i++)
        window_touch_all(w->kids[i]);
}

void window_set_title(struct window *w, const char *title)
{
    if (w->title && strcmp(w->title, title) == 0)
        return;
    free(w->title);
    w->title = xstrdup(title);
    if (w->parent)
        window_touch(w->parent);
}

static void paint_rule(const struct window *w, const struct window *kid, const struct canvas *c)
{
    int y = kid->r.y - w->r.y, x = kid->r.x - w->r.x;
    if (w->split == SPLIT_COLUMNS) {
        canvas_vline(c, 0, x - 1, w->r.h);
        return;
    }
    canvas_hline(c, y - 1, 0, w->r.w);
    if (kid->title && *kid->title) {
        int width = text_width(kid->title, strlen(kid->title));
        int at = w->r.w - width - 4;
        at = at < 2 ? 2 : at;
        canvas_put(c, y - 1, at - 1, 1, ROLE_TEXT, " ", 1);
        int used = canvas_text(c, y - 1, at, w->r.w - at - 1, ROLE_HEADER, kid->title);
        canvas_put(c, y - 1, at + used, 1, ROLE_TEXT, " ", 1);
    }
}

static void paint_rules(struct window *w, const struct canvas *c)
{
    bool first = true;
    for (size_t i = 0; i < w->n_kids; i++) {
        struct window *kid = w->kids[i];
        if (!takes_part(w, kid) || !window_visible(kid))
            continue;
        if (!first)
            paint_rule(w, kid, c);
        first = false;
    }
}

bool window_paint(struct window *w, struct screen *s, const struct theme *t)
{
    bool painted = false;
    if (w->dirty && window_visible(w)) {
        struct canvas c = canvas_at(s, t, w->r);
        if (w->ops)
            w->ops->paint(w, &c);
        else if (w->ruled)
            paint_rules(w, &c);
        painted = true;
    }
    w->dirty = false;
    for (size_t i = 0; i < w->n_kids; i++)
        painted = window_paint(w->kids[i], s, t) || painted;
    return painted;
}

/* ---- panes ---- */

static void collect(struct window *w, struct window **out, size_t *n, size_t max)
{
    if (w->ops && w->ops->move && window_visible(w) && *n < max)
        out[(*n)++] = w;
    for (size_t i = 0; i < w->n_kids; i++)
        collect(w->kids[i], out, n, max);
}

struct window *window_next_pane(struct window *root, struct window *from, int step)
{
    struct window *panes[16];
    size_t n = 0;
    collect(root, panes, &n, ARRAY_LEN(panes));
    for (size_t i = 0; i < n; i++)
        if (panes[i] == from)
            return panes[(size_t)((int)i + (int)n + step) % n];
    return n ? panes[0] : NULL;
}

static bool covers(const struct rect *r, int y, int x)
{
    return y >= r->y && y < r->y + r->h && x >= r->x && x < r->x + r->w;
}

struct window *window_at(struct window *root, int y, int x)
{
    if (!window_visible(root) || !covers(&root->r, y, x))
        return NULL;
    struct window *found = root->ops ? root : NULL;
    for (size_t i = 0; i < root->n_kids && !found; i++)
        found = window_at(root->kids[i], y, x);
    return found;
}
