#include "ui/widgets/tabs.h"

#include <stdlib.h>
#include <string.h>

struct tabs {
    struct window *win;
    struct str title, state;
    ink_t title_ink, state_ink;
    struct str *names;
    size_t n, at;
    int *x; /* where each was painted; -1: not */
    tabs_fn pressed;
    void *payload;
};

static int width(const struct str *s)
{
    return text_width(s->s, s->len);
}

static int tabs_width(const struct tabs *t, size_t from, size_t to)
{
    int sum = 0;
    for (size_t i = from; i < to; i++)
        sum += width(&t->names[i]) + 3;
    return sum;
}

/* The first tab to show so that the open one is in sight. */
static size_t first_tab(const struct tabs *t, int room)
{
    size_t first = 0;
    while (first < t->at && tabs_width(t, first, t->at + 1) > room)
        first++;
    return first;
}

static void paint(struct window *w, const struct canvas *c)
{
    const struct tabs *t = w->data;
    int all = tabs_width(t, 0, t->n), x = 1;
    int room = c->r.w - all - 1, least = c->r.w / 3;
    canvas_clear(c);
    for (size_t k = 0; k < t->n; k++)
        t->x[k] = -1;
    room = room > least ? room : least; /* of title and state */
    int title_w = room - width(&t->state) - 2;
    if (title_w > 6)
        x += canvas_middle(c, 0, x, title_w, t->title_ink, t->title.s) + 1;
    x += canvas_text(c, 0, x, room - x, t->state_ink, t->state.s) + 2;
    size_t i = first_tab(t, c->r.w - x - 2);
    if (i)
        x += canvas_put(c, 0, x, 1, ROLE_KEY, "←", 3);
    for (; i < t->n; i++) {
        char *label = str_format(" %s ", t->names[i].s);
        if (x + width(&t->names[i]) + 2 > c->r.w) {
            canvas_put(c, 0, c->r.w - 1, 1, ROLE_KEY, "→", 3);
            free(label);
            break;
        }
        t->x[i] = x;
        x += canvas_text(c, 0, x, c->r.w - x, i == t->at ? ROLE_TAB_ACTIVE : ROLE_TAB, label) + 1;
        free(label);
    }
}

static void on_release(struct window *w)
{
    struct tabs *t = w->data;
    for (size_t i = 0; i < t->n; i++)
        str_release(&t->names[i]);
    free(t->names);
    free(t->x);
    str_release(&t->title);
    str_release(&t->state);
    free(t);
}

static bool on_press(struct window *w, int y UNUSED, int x)
{
    struct tabs *t = w->data;
    for (size_t i = 0; i < t->n; i++)
        if (t->x[i] >= 0 && x >= t->x[i] && x < t->x[i] + width(&t->names[i]) + 2 && t->pressed) {
            t->pressed(t->payload, i);
            break;
        }
    return false;
}

static const struct window_ops ops = { .paint = paint, .release = on_release, .press = on_press };

struct tabs *tabs_new(struct window *parent, size_t n)
{
    struct tabs *t = xcalloc(1, sizeof(*t));
    t->n = n;
    t->names = xcalloc(n, sizeof(*t->names));
    t->x = xcalloc(n, sizeof(*t->x));
    for (size_t i = 0; i < n; i++)
        str_init(&t->names[i]);
    str_init(&t->title);
    str_init(&t->state);
    t->win = window_new(parent, &ops, t);
    t->win->fixed = 1;
    return t;
}

static void set(struct tabs *t, struct str *to, const char *text)
{
    str_clear(to);
    text_add_shown(to, text, strlen(text));
    window_touch(t->win);
}

void tabs_set_title(struct tabs *t, const char *text, ink_t ink)
{
    t->title_ink = ink;
    set(t, &t->title, text);
}

void tabs_set_state(struct tabs *t, const char *text, ink_t ink)
{
    t->state_ink = ink;
    set(t, &t->state, text);
}

void tabs_set(struct tabs *t, size_t i, const char *text)
{
    set(t, &t->names[i], text);
}

void tabs_select(struct tabs *t, size_t i)
{
    t->at = i;
    window_touch(t->win);
}

void tabs_on_press(struct tabs *t, tabs_fn fn, void *payload)
{
    t->pressed = fn;
    t->payload = payload;
}
