#include "ui/handlers.h"
#include "ui/widgets/text.h"

int act_move(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    struct window *pane = a->view->focus;
    if (pane && pane->ops->move)
        pane->ops->move(pane, (enum motion)value);
    window_touch(a->state);
    return 0;
}

int act_screen(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    view_go_screen(a, value);
    return 0;
}

int act_enter(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    if (a->view->ops->enter)
        a->view->ops->enter(a->view);
    return 0;
}

static void unzoom(struct window *w)
{
    w->only = NULL;
    for (size_t i = 0; i < w->n_kids; i++)
        unzoom(w->kids[i]);
}

static void zoom_to(struct window *pane)
{
    for (struct window *w = pane->parent; w; w = w->parent)
        w->only = pane;
}

/* What to take back, nearest first: a zoom, something of the view, the view itself, the program. */
int act_back(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct text *t = text_of(a->view->focus);
    bool asked = a->quit_asked;
    a->quit_asked = false;
    if (t && text_cancel(t)) {
        app_say(a, "the search was given up");
        return 0;
    }
    if (a->view->win->only) {
        unzoom(a->view->win);
        view_reflow(a);
        return 0;
    }
    if ((a->view->ops->back && a->view->ops->back(a->view)) || view_up(a))
        return 0;
    if (asked)
        a->quit = true;
    a->quit_asked = true;
    app_say(a, "once more leaves bottega (what runs goes on)");
    return 0;
}

int act_step(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    view_step(a, value);
    return 0;
}

int act_keep(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    size_t before = a->views.n_kept;
    int rc = view_keep(a, err);
    if (rc == 0)
        app_say(a, a->views.n_kept > before ? "kept as a tab; gn and gN go through them"
                                            : "no tab any more");
    window_touch(a->tabs);
    return rc;
}

int act_kept(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    view_step_kept(a, value);
    return 0;
}

int act_pane(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    struct view *v = a->view;
    bool zoomed = v->win->only != NULL;
    unzoom(v->win);
    if (v->side && v->side->hidden) /* the list has all the room: the other takes its place */
        v->side->hidden = v->list->hidden = false;
    else if (v->side && v->list && v->list->hidden)
        v->list->hidden = v->side->hidden = false;
    window_reflow(v->win, a->body->r);
    struct window *next = window_next_pane(v->win, v->focus, value);
    if (next)
        app_focus(a, next);
    if (zoomed)
        zoom_to(v->focus);
    view_reflow(a);
    return 0;
}

int act_zoom(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    bool zoomed = a->view->win->only != NULL;
    unzoom(a->view->win);
    if (!zoomed)
        zoom_to(a->view->focus);
    view_reflow(a);
    return 0;
}

int act_turn(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    static const char *const said[] = { "as the terminal's size suggests", "side by side",
                                        "one above the other", "the list alone" };
    struct view *v = a->view;
    v->arrangement = (v->arrangement + 1) % ARRANGEMENTS;
    if (v->arrangement == ARRANGE_ALONE && v->focus && window_contains(v->side, v->focus))
        app_focus(a, window_next_pane(v->list, NULL, 1));
    view_reflow(a);
    app_say(a, "list and preview: %s", said[v->arrangement]);
    return 0;
}
