#include "ui/view.h"

#include "ui/app.h"
#include "ui/undo.h"
#include "ui/views/views.h"

#include <stdlib.h>
#include <string.h>

enum { PAST_MAX = 60 };

const struct screen_row view_screens[] = {
    { 1, &overview_view }, { 2, &repositories_view }, { 3, &instances_view },
    { 4, &failures_view }, { 5, &trajectories_view }, { 6, &difficulty_view },
    { 7, &pipeline_view }, { 8, &reviews_view },      { 0, NULL },
};

const char *view_title(const struct view *v)
{
    return v->title ? v->title : v->ops->title;
}

static void view_free(struct view *v)
{
    if (!v)
        return;
    undo_forget_view(v->app, v);
    if (v->ops->close)
        v->ops->close(v);
    window_free(v->win);
    free(v->title);
    free(v->link);
    free(v);
}

static struct view *view_new(struct app *a, const struct view_ops *ops, const char *arg)
{
    struct error err = ERROR_INIT;
    struct view *v = xcalloc(1, sizeof(*v));
    v->ops = ops;
    v->app = a;
    v->depth = a->view ? a->view->depth + 1 : 0;
    v->arrangement = a->reader ? ARRANGE_ALONE : ARRANGE_AUTO;
    v->win = window_new_split(NULL, SPLIT_ROWS, false);
    if (ops->open(v, arg, &err) < 0) {
        app_complain(a, "%s", error_text(&err));
        view_free(v);
        v = NULL;
    }
    error_release(&err);
    return v;
}

/* ---- history ---- */

static bool is_screen(const struct app *a, const struct view *v)
{
    for (size_t i = 0; i < ARRAY_LEN(a->views.screens); i++)
        if (a->views.screens[i] == v)
            return true;
    return false;
}

static bool is_kept(const struct app *a, const struct view *v)
{
    for (size_t i = 0; i < a->views.n_kept; i++)
        if (a->views.kept[i] == v)
            return true;
    return false;
}

static void forget(struct app *a, size_t i)
{
    struct views *vs = &a->views;
    struct view *v = vs->past[i];
    memmove(vs->past + i, vs->past + i + 1, (vs->n - i - 1) * sizeof(struct view *));
    vs->n--;
    if (!is_screen(a, v) && !is_kept(a, v))
        view_free(v);
}

static void push(struct app *a, struct view *v)
{
    struct views *vs = &a->views;
    while (vs->n > vs->at + 1)
        forget(a, vs->n - 1);
    if (vs->n == PAST_MAX)
        forget(a, 0);
    if (vs->n == vs->cap) {
        vs->cap = vs->cap ? 2 * vs->cap : 16;
        vs->past = xrealloc(vs->past, vs->cap * sizeof(struct view *));
    }
    vs->at = vs->n;
    vs->past[vs->n++] = v;
}

static void come_to_front(struct app *a, struct view *v)
{
    struct view *old = a->view;
    a->view = v;
    if (old && old != v && old->ops->hidden)
        old->ops->hidden(old);
    view_reflow(a);
    app_focus(a, v->focus);
    if (v->ops->shown)
        v->ops->shown(v);
    if (v->stale && v->ops->changed)
        v->ops->changed(v);
    v->stale = false;
    app_touch_all(a);
}

const struct view_ops *view_screen_of(const struct app *a)
{
    for (size_t i = a->views.at + 1; a->view && i-- > 0;)
        if (is_screen(a, a->views.past[i]))
            return a->views.past[i]->ops;
    return NULL;
}

void view_go_screen(struct app *a, int number)
{
    struct view **screen = &a->views.screens[number];
    const struct screen_row *row = view_screens;
    while (row->number && row->number != number)
        row++;
    if (!*screen && row->number)
        *screen = view_new(a, row->ops, NULL);
    if (!*screen || *screen == a->view)
        return;
    (*screen)->depth = 0;
    push(a, *screen);
    come_to_front(a, *screen);
}

void view_open(struct app *a, const struct view_ops *ops, const char *arg)
{
    struct view *v = view_new(a, ops, arg);
    if (!v)
        return;
    push(a, v);
    come_to_front(a, v);
}

/* ---- tabs ---- */

/* It was visited as often as one came to it; now it is owned by one visit. */
static void let_go(struct app *a, size_t kept)
{
    struct views *vs = &a->views;
    struct view *v = vs->kept[kept];
    for (size_t i = vs->n; i-- > 0;) {
        if (vs->past[i] != v || i == vs->at)
            continue;
        forget(a, i);
        vs->at -= i < vs->at;
    }
    vs->n_kept--;
    memmove(vs->kept + kept, vs->kept + kept + 1, (vs->n_kept - kept) * sizeof(struct view *));
}

int view_keep(struct app *a, struct error *err)
{
    struct views *vs = &a->views;
    for (size_t i = 0; i < vs->n_kept; i++) {
        if (vs->kept[i] == a->view) {
            let_go(a, i);
            return 0;
        }
    }
    if (is_screen(a, a->view))
        return error_set(err, E_USAGE, "a screen has its number and is always there");
    if (vs->n_kept == KEPT_MAX)
        return error_set(err, E_USAGE, "%d tabs are open; go to one and let it go first", KEPT_MAX);
    vs->kept[vs->n_kept++] = a->view;
    return 0;
}

void view_go_kept(struct app *a, size_t i)
{
    if (i >= a->views.n_kept || a->views.kept[i] == a->view)
        return;
    push(a, a->views.kept[i]);
    come_to_front(a, a->views.kept[i]);
}

void view_step_kept(struct app *a, int step)
{
    size_t n = a->views.n_kept, at = step > 0 ? n - 1 : 0;
    for (size_t i = 0; i < n; i++)
        if (a->views.kept[i] == a->view)
            at = i;
    if (n)
        view_go_kept(a, (at + n + (size_t)step) % n);
}

void view_add_label(const struct view *v, struct str *out)
{
    const char *instance = v->link ? strstr(v->link, "__") : NULL;
    const char *space = v->link ? strrchr(v->link, ' ') : NULL;
    if (instance) /* "environment RUN owner__name-N TAB" */
        text_add_shown(out, instance + 2, strcspn(instance + 2, " "));
    else if (space)
        text_add_shown(out, path_base(space + 1), strlen(path_base(space + 1)));
    else
        str_add(out, view_title(v));
}

bool view_can_step(const struct app *a, int step)
{
    return step < 0 ? a->views.at > 0 : a->views.at + 1 < a->views.n;
}

void view_step(struct app *a, int step)
{
    if (!view_can_step(a, step))
        return;
    a->views.at += step < 0 ? (size_t)-1 : 1;
    come_to_front(a, a->views.past[a->views.at]);
}

bool view_up(struct app *a)
{
    if (!a->view->depth)
        return false;
    for (size_t i = a->views.at; i-- > 0;) {
        if (a->views.past[i]->depth < a->view->depth) {
            a->views.at = i;
            come_to_front(a, a->views.past[i]);
            return true;
        }
    }
    view_go_screen(a, view_screens[0].number);
    return true;
}

void views_forget_visits(struct app *a)
{
    a->view = NULL;
    while (a->views.n)
        forget(a, a->views.n - 1);
    a->views.at = 0;
}

void views_release(struct app *a)
{
    views_forget_visits(a);
    while (a->views.n_kept)
        view_free(a->views.kept[--a->views.n_kept]);
    for (size_t i = 0; i < ARRAY_LEN(a->views.screens); i++)
        view_free(a->views.screens[i]);
    free(a->views.past);
}

/* ---- doors ---- */

static const struct {
    const char *word;
    const struct view_ops *ops;
} doors[] = {
    { "instances", &instances_view },
    { "environment", &environment_view },
    { "file", &file_view },
    { "rule", &rule_view },
    { "compare", &compare_view },
    { "matrix", &matrix_view },
    { "trajectories", &trajectories_view },
    { "trajectory", &trajectory_view },
};

static void open_door(struct app *a, const struct view_ops *ops, const char *door, const char *arg)
{
    const struct view *before = a->view;
    view_open(a, ops, arg);
    if (a->view != before)
        a->view->link = xstrdup(door);
}

void view_add_door(const struct app *a, struct view *v, struct str *out)
{
    for (size_t i = 0; i < ARRAY_LEN(a->views.screens); i++)
        if (a->views.screens[i] == v)
            str_addf(out, "screen %zu", i);
    if (v->ops->place)
        v->ops->place(v, out);
    else if (v->link)
        str_add(out, v->link);
}

void view_follow(struct app *a, const char *door)
{
    if (str_starts(door, "screen "))
        view_go_screen(a, atoi(door + strlen("screen ")));
    for (size_t i = 0; i < ARRAY_LEN(doors); i++) {
        size_t n = strlen(doors[i].word);
        if (strncmp(door, doors[i].word, n) == 0 && door[n] == ' ') {
            open_door(a, doors[i].ops, door, door + n + 1);
            return;
        }
    }
}

void view_replace(struct app *a, const char *door)
{
    struct view *old = a->view;
    if (old->ops->hidden)
        old->ops->hidden(old);
    a->views.at--;
    a->view = a->views.past[a->views.at];
    struct view *below = a->view;
    view_follow(a, door);
    if (a->view == below) /* it could not be opened */
        come_to_front(a, below);
}

bool view_alive(const struct app *a, const struct view *v)
{
    for (size_t i = 0; i < a->views.n; i++)
        if (a->views.past[i] == v)
            return true;
    return is_screen(a, v) || is_kept(a, v);
}

/* ---- room ---- */

enum { WIDE = 110, SIDE_LEAST_ROWS = 16, TINY_ROWS = 12, TINY_COLS = 44 };

static enum arrangement choose(const struct view *v, struct rect r)
{
    if (v->arrangement != ARRANGE_AUTO)
        return v->arrangement;
    if (r.w >= WIDE)
        return ARRANGE_COLUMNS;
    return r.h >= SIDE_LEAST_ROWS && r.w > TINY_COLS ? ARRANGE_ROWS : ARRANGE_ALONE;
}

static void arrange(struct view *v, struct rect r)
{
    enum arrangement how = choose(v, r);
    struct window *split = v->list->parent;
    if (r.h < TINY_ROWS && r.w < TINY_COLS)
        how = ARRANGE_ALONE;
    split->split = how == ARRANGE_COLUMNS ? SPLIT_COLUMNS : SPLIT_ROWS;
    bool alone = how == ARRANGE_ALONE;
    v->side->hidden = alone && !(v->focus && window_contains(v->side, v->focus));
    v->list->hidden = alone && !v->side->hidden;
    v->list->weight = how == ARRANGE_COLUMNS ? 3 : 4;
    v->side->weight = how == ARRANGE_COLUMNS ? 2 : 3;
}

void view_reflow(struct app *a)
{
    struct view *v = a->view;
    if (!v)
        return;
    if (v->ops->layout)
        v->ops->layout(v);
    if (v->list && v->side)
        arrange(v, a->body->r);
    window_reflow(v->win, a->body->r);
}

void view_tell_changed(struct app *a)
{
    for (size_t i = 0; i < a->views.n; i++)
        a->views.past[i]->stale = true;
    if (a->view && a->view->ops->changed)
        a->view->ops->changed(a->view);
    if (a->view)
        a->view->stale = false;
}
