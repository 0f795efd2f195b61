#include "ui/frame.h"

#include "ui/app.h"
#include "ui/data.h"
#include "ui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 5, LEAST_COLS = 20, ROWS_FOR_TABS = 10, ROWS_FOR_STATE = 7 };

/* ---- tab line ---- */

enum { KEPT_WIDTH = 22, WHOLE_TITLE = 99 };

/* How much of the titles there is room for; whole ones have a blank between the tabs. */
static int title_room(const struct app *a, int cols)
{
    static const int rooms[] = { WHOLE_TITLE, 4, 3, 2 };
    size_t i = 0;
    for (;; i++) {
        int used = 0, whole = rooms[i] == WHOLE_TITLE;
        for (const struct screen_row *row = view_screens; row->number; row++) {
            bool all = whole || row->ops == view_screen_of(a);
            used += (all ? (int)strlen(row->ops->title) : rooms[i]) + 4 + whole;
        }
        if (used <= cols || i + 1 == ARRAY_LEN(rooms))
            return rooms[i];
    }
}

static void paint_tabs(struct window *w, const struct canvas *c)
{
    struct app *a = w->data;
    struct str name = STR_INIT;
    int x = 1;
    canvas_clear(c);
    text_add_shown(&name, path_base(a->ws->root), strlen(path_base(a->ws->root)));
    x += canvas_text(c, 0, x, c->r.w / 3, ROLE_STRONG, name.s) + 2;
    if (a->read_only)
        x += canvas_text(c, 0, x - 1, c->r.w - x, ROLE_WARNING, "read-only");
    int room = title_room(a, c->r.w - x - (int)a->views.n_kept * KEPT_WIDTH);
    bool fit = room == WHOLE_TITLE;
    for (const struct screen_row *row = view_screens; row->number && x < c->r.w; row++) {
        bool here = row->ops == view_screen_of(a);
        int n = here ? (int)strlen(row->ops->title) : room;
        char *tab = str_format(" %d %.*s ", row->number, n, row->ops->title);
        a->tab_x[row - view_screens] = x;
        x += canvas_text(c, 0, x, c->r.w - x, here ? ROLE_TAB_ACTIVE : ROLE_TAB, tab) + fit;
        a->tab_x[row - view_screens + 1] = x - fit;
        free(tab);
    }
    for (size_t i = 0; i < a->views.n_kept; i++) {
        bool here = a->views.kept[i] == a->view;
        str_set(&name, " ");
        view_add_label(a->views.kept[i], &name);
        str_addc(&name, ' ');
        a->kept_x[i] = x;
        int w_most = c->r.w - x < KEPT_WIDTH ? c->r.w - x : KEPT_WIDTH;
        x += canvas_middle(c, 0, x, w_most, here ? ROLE_TAB_ACTIVE : ROLE_LINK, name.s);
        a->kept_x[i + 1] = x;
    }
    str_release(&name);
}

static bool press_tabs(struct window *w, int y UNUSED, int x)
{
    struct app *a = w->data;
    for (const struct screen_row *row = view_screens; row->number; row++) {
        const int *from = &a->tab_x[row - view_screens];
        if (x >= from[0] && x < from[1]) {
            view_go_screen(a, row->number);
            return false;
        }
    }
    for (size_t i = 0; i < a->views.n_kept; i++)
        if (x >= a->kept_x[i] && x < a->kept_x[i + 1])
            view_go_kept(a, i);
    return false;
}

/* ---- line of state ---- */

static void paint_state(struct window *w, const struct canvas *c)
{
    struct app *a = w->data;
    struct str left = STR_INIT, right = STR_INIT;
    canvas_clear(c);
    if (a->prompt && prompt_paint_note(a->prompt, c))
        return;
    if (a->view && a->view->ops->state)
        a->view->ops->state(a->view, &left, &right);
    data_add_running(a->data, &left);
    int taken = text_width(right.s, right.len) + 2;
    if (taken > c->r.w / 2)
        taken = c->r.w / 2;
    canvas_text(c, 0, 1, c->r.w - taken - 2, ROLE_STATUS, left.s);
    struct canvas r = canvas_part(c, (struct rect){ 0, c->r.w - taken, 1, taken - 1 });
    canvas_right(&r, 0, taken - 1, ROLE_STATUS, right.s);
    str_release(&left);
    str_release(&right);
}

/* ---- line of keys ---- */

static bool runs_here(const struct action *act, const unsigned *live, unsigned held)
{
    for (; *live; live++)
        if (act->where & *live)
            return action_lacks(act->needs, held) == NULL;
    return false;
}

static int hint_width(const char *key, const char *word)
{
    return text_width(key, strlen(key)) + 1 + text_width(word, strlen(word));
}

static int put_hint(struct app *a, const struct canvas *c, int x, const struct action *act,
                    const char *key)
{
    const char *word = act->hint;
    if (a->n_hints < HINTS_MAX)
        a->hints[a->n_hints++] = (struct hint){ x, hint_width(key, word), act };
    x += canvas_text(c, 0, x, c->r.w - x, ROLE_KEY, key) + 1;
    return x + canvas_text(c, 0, x, c->r.w - x, ROLE_DIM, word) + 2;
}

static void paint_hints(struct app *a, const struct canvas *c)
{
    size_t n;
    const struct action *table = action_table(&n);
    const struct action *help = action_find("help");
    unsigned live[4], held = app_holds(a);
    struct str key = STR_INIT, help_key = STR_INIT;
    int x = 1;
    app_contexts(a, live);
    keymap_add_label(&a->keymap, help, &help_key);
    int room = c->r.w - hint_width(help_key.s, help->hint) - 1;
    for (size_t i = 0; i < n; i++) {
        const struct action *act = &table[i];
        if (act == help || !act->hint || !runs_here(act, live, held))
            continue;
        str_clear(&key);
        keymap_add_label(&a->keymap, act, &key);
        if (key.len && x + hint_width(key.s, act->hint) + 2 <= room)
            x = put_hint(a, c, x, act, key.s);
    }
    put_hint(a, c, x, help, help_key.s);
    str_release(&key);
    str_release(&help_key);
}

static void paint_keys(struct window *w, const struct canvas *c)
{
    struct app *a = w->data;
    canvas_clear(c);
    a->n_hints = 0;
    if (a->prompt)
        prompt_paint(a->prompt, c);
    else if (a->message.len)
        canvas_text(c, 0, 1, c->r.w - 1, a->message_role, a->message.s);
    else if (a->view)
        paint_hints(a, c);
}

static bool press_keys(struct window *w, int y UNUSED, int x)
{
    struct app *a = w->data;
    for (size_t i = 0; i < a->n_hints; i++) {
        if (x >= a->hints[i].x && x < a->hints[i].x + a->hints[i].w) {
            action_run(a, a->hints[i].action, NULL);
            break;
        }
    }
    return false;
}

static void paint_body(struct window *w, const struct canvas *c)
{
    struct app *a = w->data;
    if (frame_fits(a))
        return; /* the view is there */
    char need[64];
    snprintf(need, sizeof(need), "needs %d×%d", LEAST_COLS, LEAST_ROWS);
    canvas_clear(c);
    canvas_text(c, 0, 0, c->r.w, ROLE_STRONG, need);
}

/* ---- keys that may follow ---- */

enum { PENDING_MAX = 24 };

static size_t collect_pending(const struct app *a, const struct binding **out)
{
    unsigned live[4];
    size_t n = 0;
    app_contexts(a, live);
    for (const unsigned *context = live; *context; context++) {
        for (size_t i = 0; i < a->keymap.n && n < PENDING_MAX; i++) {
            const struct binding *b = &a->keymap.v[i];
            if ((b->action->where & *context) && b->n > a->n_pending &&
                memcmp(b->keys, a->pending, a->n_pending * sizeof(keycode)) == 0)
                out[n++] = b;
        }
    }
    return n;
}

void frame_paint_pending(struct app *a)
{
    const struct binding *found[PENDING_MAX];
    size_t n = collect_pending(a, found);
    struct str line = STR_INIT, title = STR_INIT;
    int h = (int)n + 2, w = 56 < a->screen.cols ? 56 : a->screen.cols;
    int bottom = a->screen.rows - 2;
    struct canvas c = canvas_at(&a->screen, &a->theme,
                                (struct rect){ bottom > h ? bottom - h : 0, a->screen.cols - w,
                                               h < bottom ? h : bottom, w });
    keys_add_label(&title, a->pending, a->n_pending);
    canvas_clear(&c);
    canvas_box(&c, title.s);
    for (size_t i = 0; i < n && (int)i + 2 < c.r.h; i++) {
        str_clear(&line);
        keys_add_label(&line, found[i]->keys + a->n_pending, found[i]->n - a->n_pending);
        canvas_text(&c, (int)i + 1, 2, 6, ROLE_KEY, line.s);
        canvas_text(&c, (int)i + 1, 8, w - 10, ROLE_TEXT, found[i]->action->help);
    }
    str_release(&line);
    str_release(&title);
}

/* ---- layout ---- */

static const struct window_ops tabs_ops = { .paint = paint_tabs, .press = press_tabs };
static const struct window_ops state_ops = { .paint = paint_state };
static const struct window_ops keys_ops = { .paint = paint_keys, .press = press_keys };
static const struct window_ops body_ops = { .paint = paint_body };

void frame_init(struct app *a)
{
    a->root = window_new_split(NULL, SPLIT_ROWS, false);
    a->tabs = window_new(a->root, &tabs_ops, a);
    a->body = window_new(a->root, &body_ops, a);
    a->state = window_new(a->root, &state_ops, a);
    a->keys = window_new(a->root, &keys_ops, a);
    a->tabs->fixed = a->state->fixed = a->keys->fixed = 1;
    frame_layout(a);
}

bool frame_fits(const struct app *a)
{
    return a->screen.rows >= LEAST_ROWS && a->screen.cols >= LEAST_COLS;
}

void frame_layout(struct app *a)
{
    struct rect all = { 0, 0, a->screen.rows, a->screen.cols };
    a->tabs->hidden = all.h < ROWS_FOR_TABS;
    a->state->hidden = all.h < ROWS_FOR_STATE;
    a->keys->hidden = !frame_fits(a);
    window_reflow(a->root, all);
}
