#include "ui/app.h"

#include "ui/chooser.h"
#include "ui/data.h"
#include "ui/frame.h"
#include "ui/looks.h"
#include "ui/mouse.h"
#include "ui/prompt.h"
#include "ui/script.h"
#include "ui/session.h"
#include "ui/undo.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text.h"
#include "ui/widgets/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { START_SCREEN = 1 };

/* ---- messages ---- */

static void set_message(struct app *a, enum role role, const char *fmt, va_list ap)
{
    struct str text = STR_INIT;
    str_vaddf(&text, fmt, ap);
    str_clear(&a->message);
    text_add_shown(&a->message, text.s, text.len);
    a->message_role = role;
    if (a->keys)
        window_touch(a->keys);
    str_release(&text);
}

void app_say(struct app *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    set_message(a, ROLE_STRONG, fmt, ap);
    va_end(ap);
}

void app_complain(struct app *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    set_message(a, ROLE_ERROR, fmt, ap);
    va_end(ap);
}

void app_hush(struct app *a)
{
    if (!a->message.len)
        return;
    str_clear(&a->message);
    window_touch(a->keys);
}

int64_t app_now(void)
{
    const char *fixed = getenv("BOTTEGA_NOW");
    return fixed && *fixed ? atoll(fixed) : clock_utc();
}

/* ---- what works here ---- */

void app_contexts(const struct app *a, unsigned out[4])
{
    size_t n = 0;
    const struct window *pane = a->view ? a->view->focus : NULL;
    if (pane && pane->ops->context)
        out[n++] = pane->ops->context;
    if (a->view)
        out[n++] = a->view->ops->context;
    out[n++] = IN_ANY;
    out[n] = 0;
}

static unsigned table_holds(const struct table *t)
{
    unsigned held = table_id(t) ? NEEDS_ROW : 0;
    if (t->ops->count(t->model) > 0)
        held |= NEEDS_MANY;
    if (t->ops->filter)
        held |= NEEDS_FILTER;
    if (t->ops->sort)
        held |= NEEDS_SORT;
    return held;
}

unsigned app_holds(const struct app *a)
{
    const struct view *v = a->view;
    unsigned held = a->read_only ? 0 : NEEDS_WRITABLE;
    held |= undo_any(a) ? NEEDS_UNDO : 0;
    if (!v)
        return held;
    const struct table *table = table_of(v->focus);
    const struct text *text = text_of(v->focus);
    if (table)
        held |= table_holds(table);
    if (text)
        held |= NEEDS_TEXT | (text->file ? NEEDS_FILE : 0) | (text->pattern ? NEEDS_SEARCH : 0);
    if (v->list && v->side)
        held |= NEEDS_SPLIT;
    if (window_next_pane(v->win, v->focus, 1) != v->focus || (v->side && v->side->hidden))
        held |= NEEDS_PANES;
    held |= view_can_step(a, -1) ? NEEDS_EARLIER : 0;
    held |= view_can_step(a, 1) ? NEEDS_LATER : 0;
    held |= a->views.n_kept ? NEEDS_KEPT : 0;
    return held | (v->ops->holds ? v->ops->holds((struct view *)(uintptr_t)v) : 0);
}

/* ---- keys ---- */

static void forget_pending(struct app *a)
{
    if (a->n_pending)
        a->overlay_dirty = true;
    a->n_pending = 0;
}

static void say_unbound(struct app *a)
{
    struct str keys = STR_INIT, help = STR_INIT;
    keys_add_label(&keys, a->pending, a->n_pending);
    keymap_add_label(&a->keymap, action_find("help"), &help);
    app_say(a, "%s does nothing here; %s lists what does", keys.s, help.s);
    str_release(&keys);
    str_release(&help);
}

static void map_key(struct app *a, keycode key)
{
    unsigned live[4];
    bool more;
    if (a->n_pending && key == KEY_ESCAPE) {
        forget_pending(a);
        return;
    }
    a->pending[a->n_pending++] = key;
    app_contexts(a, live);
    const struct action *found = keymap_find(&a->keymap, live, a->pending, a->n_pending, &more);
    if (!found && more && a->n_pending < KEYS_MAX) {
        a->overlay_dirty = true;
        return;
    }
    if (!found)
        say_unbound(a);
    forget_pending(a);
    if (found)
        action_run(a, found, NULL);
}

void app_key(struct app *a, keycode key)
{
    if (key == KEY_NOTHING)
        return;
    app_hush(a);
    if (key == KEY_MOUSE_AT) {
        mouse_do(a, a->screen.mouse, a->screen.mouse_y, a->screen.mouse_x);
        return;
    }
    struct recorder *record = a->record;
    if (a->prompt || a->chooser) {
        script_record_key(a, key);
        a->record = NULL; /* what the key leads to comes again by itself */
    }
    if (key == KEY_PASTE_BEGIN || key == KEY_PASTE_END)
        a->pasting = key == KEY_PASTE_BEGIN;
    else if (a->prompt)
        prompt_key(a->prompt, a->pasting && key == KEY_RETURN ? KEY_SPACE : key);
    else if (a->pasting)
        app_say(a, "pasted text goes into a prompt: / or : first");
    else if (a->chooser)
        chooser_key(a->chooser, key);
    else
        map_key(a, key);
    a->record = record;
}

void app_focus(struct app *a, struct window *pane)
{
    struct view *v = a->view;
    if (v->focus) {
        v->focus->focused = false;
        window_touch(v->focus);
    }
    v->focus = pane;
    if (pane) {
        pane->focused = true;
        window_touch(pane);
    }
    window_touch(a->keys);
    window_touch(a->state);
}

/* ---- painting ---- */

void app_touch_all(struct app *a)
{
    window_touch_all(a->root);
    if (a->view)
        window_touch_all(a->view->win);
    a->overlay_dirty = true;
}

void app_resized(struct app *a)
{
    frame_layout(a);
    view_reflow(a);
    app_touch_all(a);
}

static bool has_overlay(const struct app *a)
{
    return a->chooser || a->n_pending || (a->prompt && prompt_has_list(a->prompt));
}

static void paint_overlay(struct app *a)
{
    if (a->prompt)
        prompt_paint_list(a->prompt);
    if (a->chooser)
        chooser_paint(a->chooser);
    if (a->n_pending)
        frame_paint_pending(a);
}

/* A screen reader says what stands at the terminal's cursor. */
static void place_caret(struct app *a)
{
    struct screen *s = &a->screen;
    struct window *w = a->view ? a->view->focus : NULL;
    int y, x;
    if (a->chooser)
        s->cursor = chooser_caret(a->chooser, &s->cursor_y, &s->cursor_x);
    else if (w && w->ops->caret && w->ops->caret(w, &y, &x)) {
        s->cursor = true;
        s->cursor_y = w->r.y + y;
        s->cursor_x = w->r.x + x;
    }
}

void app_paint(struct app *a)
{
    bool overlay = frame_fits(a) && has_overlay(a);
    if (a->overlay_dirty && a->had_overlay) { /* what it covered must come back */
        window_touch_all(a->root);
        if (a->view)
            window_touch_all(a->view->win);
    }
    a->screen.cursor = false;
    bool painted = window_paint(a->root, &a->screen, &a->theme);
    if (a->view && frame_fits(a))
        painted = window_paint(a->view->win, &a->screen, &a->theme) || painted;
    if (overlay && (painted || a->overlay_dirty))
        paint_overlay(a);
    if (a->prompt)
        prompt_place_cursor(a->prompt);
    else if (a->reader && frame_fits(a))
        place_caret(a);
    if (painted || a->overlay_dirty)
        screen_flush(&a->screen);
    a->overlay_dirty = false;
    a->had_overlay = overlay;
}

/* ---- life ---- */

/* A file of colours that is wrong is told; the texts are shown without them. */
static void read_syntaxes(struct app *a)
{
    struct error err = ERROR_INIT;
    struct str folder = STR_INIT;
    int rc = data_path("syntax", &folder, &err);
    if (rc == 0)
        rc = syntax_set_new(folder.s, &a->syntaxes, &err);
    if (rc < 0)
        app_complain(a, "%s", error_text(&err));
    str_release(&folder);
    error_release(&err);
}

int app_init(struct app *a, struct workspace *ws, const struct ui_options *options,
             struct error *err)
{
    memset(a, 0, sizeof(*a));
    a->ws = ws;
    a->options = options;
    str_init(&a->message);
    for (size_t i = 0; i < PROMPT_KINDS; i++)
        strv_init(&a->typed[i]);
    a->read_only = access(ws->root, W_OK) != 0;
    loop_init(&a->loop);
    lanes_init(&a->loop, ws);
    int rc = screen_init(&a->screen, err);
    if (rc == 0)
        rc = looks_new(a, &a->looks, err);
    if (rc < 0)
        return rc;
    if (strcmp(config_text(&ws->config, "ui.mouse"), "on") == 0)
        screen_take_mouse(&a->screen);
    a->reader = strcmp(config_text(&ws->config, "ui.reader"), "on") == 0;
    frame_init(a);
    read_syntaxes(a);
    a->data = data_new(a);
    if (!session_take_up(a))
        view_go_screen(a, START_SCREEN);
    return 0;
}

void app_release(struct app *a)
{
    session_keep(a);
    screen_release(&a->screen);
    chooser_free(a->chooser);
    prompt_free(a->prompt);
    views_release(a);
    undo_release(a);
    data_free(a->data);
    looks_free(a->looks);
    window_free(a->root);
    syntax_set_free(a->syntaxes);
    lanes_release(&a->loop);
    loop_release(&a->loop);
    keymap_release(&a->keymap);
    if (a->scratch && tree_remove(a->scratch, NULL) == 0)
        a->n_scratch = 0;
    free(a->scratch);
    str_release(&a->message);
    for (size_t i = 0; i < PROMPT_KINDS; i++)
        strv_release(&a->typed[i]);
    error_release(&a->err);
}
