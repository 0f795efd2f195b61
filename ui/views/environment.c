#include "ui/views/environment.h"

#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/sign.h"
#include "ui/views/preview.h"
#include "ui/views/summary.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/tabs.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

struct environment {
    struct view *view;
    struct view *from; /* whose list this one stands in; outlives it */
    char *run, *id;    /* run NULL: the latest */
    struct preview *load;
    struct detail *d; /* NULL: not read yet */
    enum env_tab tab;
    size_t round; /* place in d->rounds */
    bool entered; /* the tab was opened by a line of another, to which `back` returns */
    enum env_tab from_tab;
    size_t from_line;
    struct tabs *head;
    struct window *tests_split, *rounds_split;
    struct text *text;     /* of the tabs that are one text */
    struct env_live *live; /* a batch is at work on it; NULL */
    int live_round;        /* the round that was shown for it last */
    bool tell;             /* the batch has ended: what came of it is to be said */
    char *log;             /* of the Build log tab, when it is not the build's; NULL */
    size_t log_line;
    struct tests_pane *tests;
    struct rounds_pane *rounds;
};

static const struct {
    const char *title;
    const char *action;
    bool of_round; /* changes with the round */
} tabs[TABS] = {
    [TAB_SUMMARY] = { "Summary", "tab-summary", false },
    [TAB_DOCKERFILE] = { "Dockerfile", "tab-dockerfile", true },
    [TAB_SCRIPT] = { "Script", "tab-script", true },
    [TAB_LOCK] = { "Lock", "tab-lock", true },
    [TAB_BUILD] = { "Build log", "tab-build-log", true },
    [TAB_TESTS] = { "Tests", "tab-tests", true },
    [TAB_ROUNDS] = { "Rounds", "tab-rounds", false },
    [TAB_ISSUE] = { "Issue+patch", "tab-issue", false },
};

static struct environment *of(const struct app *a)
{
    return a->view->data;
}

static const struct detail_round *round_of(const struct environment *e)
{
    return e->d && e->round < e->d->n_rounds ? &e->d->rounds[e->round] : NULL;
}

/* ---- what stands on a tab ---- */

/* The build's log, or what there is of a round that never came to build. */
static const char *log_name(const struct environment *e)
{
    static const char *const names[] = { "build.log", "lock.log", "base.log" };
    const struct detail_round *r = round_of(e);
    for (size_t i = 0; r && i < ARRAY_LEN(names); i++)
        if (strv_has(&r->files, names[i]))
            return names[i];
    return names[0];
}

/* While a batch is at it, the log that grows. */
static bool show_live_log(struct environment *e)
{
    const struct detail_round *r = round_of(e);
    struct str path = STR_INIT;
    if (e->tab != TAB_BUILD || !e->live || !r || r->n != env_live_round(e->live))
        return false;
    env_live_add_log(r->dir, &path);
    bool same = e->text->file && strcmp(textfile_path(e->text->file), path.s) == 0;
    bool any = path.len > 0;
    if (!any)
        text_set_empty(e->text, "No log has begun yet; it shows here as it grows.");
    if (any && !same) {
        text_set_file(e->text, path.s, ink_of_log, 0);
        text_follow(e->text, true);
        window_set_title(e->text->win, path_base(path.s));
    }
    str_release(&path);
    return true;
}

/* The log that a tab was asked to stand at, until another round shows. */
static bool show_chosen_log(struct environment *e, bool keep)
{
    if (!e->log)
        return false;
    if (!keep || !e->text->file || strcmp(textfile_path(e->text->file), e->log) != 0)
        text_set_file(e->text, e->log, ink_of_log, e->log_line);
    window_set_title(e->text->win, path_base(e->log));
    return true;
}

static void choose_log(struct environment *e, char *path, size_t line)
{
    free(e->log);
    e->log = path;
    e->log_line = line;
}

/* The file as it was accepted, else as the round tried it. */
static char *file_new(const struct environment *e, const char *name)
{
    const struct detail_round *r = round_of(e);
    char *path = r ? str_format("%s/%s", r->dir, name) : NULL;
    if (path && path_exists(path))
        return path;
    free(path);
    return str_format("%s/%s", e->d->dir, name);
}

static void show_file(struct environment *e, const char *name, ink_fn ink, bool keep)
{
    char *path = file_new(e, name);
    bool same = e->text->file && strcmp(textfile_path(e->text->file), path) == 0;
    window_set_title(e->text->win, name);
    if (keep && same) /* it grows by itself, and the cursor stays */
        ;
    else if (path_exists(path))
        text_set_file(e->text, path, ink, 0);
    else {
        char *why = str_format("There is no %s: %s.", name,
                               round_of(e) && *round_of(e)->reached ? "the round ended before it"
                                                                    : "no round came so far");
        text_set_empty(e->text, why);
        free(why);
    }
    free(path);
}

static void show_text_tab(struct environment *e, bool keep)
{
    if (!e->d) {
        text_set_empty(e->text, "reading …");
        return;
    }
    if (!e->d->dir && e->tab != TAB_SUMMARY && e->tab != TAB_ISSUE) {
        text_set_empty(e->text, "Never tried. r does.");
        return;
    }
    if (!keep) /* w turns it until the tab is left */
        e->text->wrap = e->tab == TAB_SUMMARY || e->tab == TAB_ISSUE;
    if (e->tab == TAB_SUMMARY)
        text_set_doc(e->text, summary_new(e->d), keep);
    else if (e->tab == TAB_ISSUE)
        text_set_doc(e->text, issue_new(e->d), keep);
    else if (e->tab == TAB_DOCKERFILE)
        show_file(e, "Dockerfile", ink_of_script, keep);
    else if (e->tab == TAB_SCRIPT)
        show_file(e, "eval.sh", ink_of_script, keep);
    else if (e->tab == TAB_LOCK)
        show_file(e, "requirements.lock", ink_of_script, keep);
    else if (!show_live_log(e) && !show_chosen_log(e, keep))
        show_file(e, log_name(e), ink_of_log, keep);
}

static void show_head(struct environment *e)
{
    struct str title = STR_INIT, count = STR_INIT;
    str_add(&title, e->id);
    tabs_set_title(e->head, title.s, ROLE_STRONG);
    str_clear(&title);
    if (e->d)
        str_addf(&title, "%s %s", state_sign(detail_state(e->d)), detail_state(e->d));
    if (e->live)
        str_setf(&title, "%s running", state_sign("running"));
    tabs_set_state(e->head, title.s,
                   state_ink(e->live ? "running"
                             : e->d  ? detail_state(e->d)
                                     : ""));
    for (size_t i = 0; i < TABS; i++) {
        str_set(&count, tabs[i].title);
        if (i == TAB_ROUNDS && e->d && e->d->n_rounds)
            str_addf(&count, " %zu", e->d->n_rounds);
        tabs_set(e->head, i, count.s);
    }
    tabs_select(e->head, e->tab);
    str_release(&title);
    str_release(&count);
}

static void show_tab(struct environment *e, bool keep)
{
    struct view *v = e->view;
    e->text->win->hidden = e->tab == TAB_TESTS || e->tab == TAB_ROUNDS;
    e->tests_split->hidden = e->tab != TAB_TESTS;
    e->rounds_split->hidden = e->tab != TAB_ROUNDS;
    if (e->tab == TAB_TESTS)
        tests_show(e->tests, round_of(e));
    else if (e->tab == TAB_ROUNDS)
        rounds_show(e->rounds, e->d);
    else
        show_text_tab(e, keep);
    show_head(e);
    struct window *pane = e->tab == TAB_TESTS    ? tests_table(e->tests)
                          : e->tab == TAB_ROUNDS ? rounds_table(e->rounds)
                                                 : e->text->win;
    if (v->app->view != v) {
        v->focus = pane;
        return;
    }
    view_reflow(v->app);
    if (!keep || !v->focus || !window_visible(v->focus))
        app_focus(v->app, pane);
    app_touch_all(v->app);
}

/* ---- reading it ---- */

static void free_detail(struct detail **d)
{
    if (*d)
        detail_release(*d);
    free(*d);
    *d = NULL;
}

static size_t place_of(const struct environment *e, int round)
{
    for (size_t i = 0; i < e->d->n_rounds; i++)
        if (e->d->rounds[i].n == round)
            return i;
    return SIZE_MAX;
}

/* A round begins: it shows. */
static void go_to_live(struct environment *e)
{
    int n = e->live ? env_live_round(e->live) : 0;
    size_t place = n && n != e->live_round ? place_of(e, n) : SIZE_MAX;
    if (place == SIZE_MAX)
        return;
    e->round = place;
    e->live_round = n;
    choose_log(e, NULL, 0);
}

/* What came of it, and where it stands: whoever watched the log is led on. */
static void tell_end(struct environment *e)
{
    size_t place = place_of(e, e->live_round);
    const struct detail_round *r = place == SIZE_MAX ? NULL : &e->d->rounds[place];
    e->tell = false;
    if (!r)
        return;
    if (r->accepted)
        app_say(e->view->app, "round %d: accepted, F2P %zu, P2P %zu", r->n, r->f2p, r->p2p);
    else
        app_complain(e->view->app, "round %d: %s: %s", r->n,
                     *r->failure_class ? r->failure_class : "ended", r->reason);
    if (e->tab != TAB_BUILD)
        return;
    if (r->accepted || !*r->log || strchr(r->log, '/')) {
        e->tab = TAB_SUMMARY;
        show_tab(e, false);
    } else {
        choose_log(e, str_format("%s/%s", r->dir, r->log), (size_t)r->line);
        show_tab(e, false);
    }
}

static void on_detail(void *payload, struct detail *d, const struct error *err)
{
    struct environment *e = payload;
    bool first = !e->d;
    size_t rounds = e->d ? e->d->n_rounds : 0;
    if (!d) {
        text_set_empty(e->text, error_text(err));
        return;
    }
    tests_show(e->tests, NULL); /* they borrow from what goes now */
    rounds_show(e->rounds, NULL);
    free_detail(&e->d);
    e->d = xcalloc(1, sizeof(*e->d));
    *e->d = *d;
    if (first && e->d->last)
        e->round = (size_t)(e->d->last - e->d->rounds);
    else if (e->round + 1 >= rounds) /* the last round stays the last */
        e->round = d->n_rounds ? d->n_rounds - 1 : 0;
    go_to_live(e);
    show_tab(e, !first);
    if (e->tell)
        tell_end(e);
}

static void read_it(struct environment *e)
{
    preview_want(e->load, e->run, e->id, true);
}

static void on_live(void *payload, enum live_event event)
{
    struct environment *e = payload;
    if (event == LIVE_LOOK)
        (void)show_live_log(e);
    if (event == LIVE_END) {
        env_live_free(e->live);
        e->live = NULL;
        e->tell = true;
    }
    if (event != LIVE_LOOK)
        read_it(e);
    if (e->view->app->view == e->view)
        window_touch(e->view->app->state);
}

void environment_watch(struct app *a, const char *instance_id, const char *batch)
{
    struct environment *e = a->view->ops == &environment_view ? of(a) : NULL;
    if (!e || strcmp(e->id, instance_id) != 0)
        return;
    env_live_free(e->live);
    e->live = env_live_new(a, batch, e->id, on_live, e);
    e->live_round = 0;
    e->tab = TAB_BUILD;
    show_tab(e, false);
    if (!e->live) { /* it has ended already */
        e->tell = true;
        read_it(e);
    }
}

const struct detail *environment_detail(const struct app *a)
{
    return a->view->ops == &environment_view ? of(a)->d : NULL;
}

enum env_tab environment_tab(const struct app *a)
{
    return of(a)->tab;
}

int environment_round(const struct app *a)
{
    const struct environment *e = a->view->ops == &environment_view ? of(a) : NULL;
    size_t place = !e ? 0 : e->tab == TAB_ROUNDS ? rounds_at(e->rounds) : e->round;
    return e && e->d && place < e->d->n_rounds ? e->d->rounds[place].n : 1;
}

/* "RUN ID TAB", RUN "-" for the latest. */
static void take_arg(struct environment *e, const char *arg)
{
    struct strv words = STRV_INIT;
    strv_split(&words, arg, " ");
    if (words.n > 0 && strcmp(words.v[0], "-") != 0)
        e->run = xstrdup(words.v[0]);
    e->id = xstrdup(words.n > 1 ? words.v[1] : "");
    for (size_t i = 0; words.n > 2 && i < TABS; i++)
        if (strcmp(tabs[i].action, words.v[2]) == 0)
            e->tab = (enum env_tab)i;
    strv_release(&words);
}

static void on_tab(void *payload, size_t i)
{
    const struct environment *e = payload;
    action_run_line(e->view->app, tabs[i].action);
}

static int on_open(struct view *v, const char *arg, struct error *err UNUSED)
{
    struct environment *e = xcalloc(1, sizeof(*e));
    v->data = e;
    e->view = v;
    e->from = v->app->view;
    take_arg(e, arg);
    e->head = tabs_new(v->win, TABS);
    tabs_on_press(e->head, on_tab, e);
    e->text = text_new(v->app, v->win);
    e->tests_split = window_new_split(v->win, SPLIT_ROWS, true);
    e->tests = tests_new(v->app, e->tests_split);
    e->rounds_split = window_new_split(v->win, SPLIT_ROWS, true);
    e->rounds = rounds_new(v->app, e->rounds_split);
    e->load = preview_new(v->app, on_detail, e);
    v->title = xstrdup(e->id);
    show_tab(e, false);
    read_it(e);
    return 0;
}

static void on_close(struct view *v)
{
    struct environment *e = v->data;
    preview_free(e->load);
    env_live_free(e->live);
    tests_free(e->tests);
    rounds_free(e->rounds);
    free_detail(&e->d);
    free(e->log);
    free(e->run);
    free(e->id);
    free(e);
}

static unsigned holds(struct view *v)
{
    const struct environment *e = v->data;
    unsigned held = NEEDS_INSTANCES;
    if (!e->d || e->d->dir) /* while it is read nothing is denied */
        held |= NEEDS_ENVIRONMENT;
    if (e->d && e->d->n_rounds && tabs[e->tab].of_round)
        held |= NEEDS_ROUNDS;
    if (e->tab == TAB_TESTS && round_of(e))
        held |= NEEDS_TESTS;
    return held;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct environment *e = v->data;
    const struct detail_round *r = round_of(e);
    str_addf(left, "%s › %s", e->run ? e->run : "latest", tabs[e->tab].title);
    if (r && tabs[e->tab].of_round)
        str_addf(left, " · round %d of %zu", r->n, e->d->n_rounds);
    if (e->tab == TAB_BUILD && e->text->file)
        str_addf(left, " · %s", path_base(textfile_path(e->text->file)));
    if (e->live) {
        str_addf(left, " · %s ", state_sign("running"));
        env_live_add_words(e->live, left);
    }
    if (e->tab == TAB_ROUNDS && e->d && e->d->n_rounds)
        str_addf(right, "round %zu of %zu", rounds_at(e->rounds) + 1, e->d->n_rounds);
    else if (e->tab == TAB_TESTS)
        tests_state(e->tests, right);
    else if (e->tab != TAB_ROUNDS && text_count(e->text))
        str_addf(right, "line %zu of %zu", e->text->cursor + 1, text_count(e->text));
}

static void remember(struct environment *e, enum env_tab tab, size_t line)
{
    e->entered = e->tab != tab;
    e->from_tab = tab;
    e->from_line = line;
}

static void open_round(struct environment *e)
{
    e->round = rounds_at(e->rounds);
    e->tab = TAB_TESTS;
    remember(e, TAB_ROUNDS, 0);
    show_tab(e, false);
}

static void enter(struct view *v)
{
    struct environment *e = v->data;
    struct str door = STR_INIT;
    enum env_tab tab = e->tab;
    size_t line = e->text->cursor;
    const struct text *text = text_of(v->focus);
    if (text)
        text_add_door(text, &door);
    if (!door.len && e->tab == TAB_TESTS)
        tests_add_door(e->tests, &door);
    if (str_starts(door.s, "tab ")) {
        action_run_line(v->app, door.s + 4);
        remember(e, tab, line);
    } else if (door.len)
        view_follow(v->app, door.s);
    else if (e->tab == TAB_ROUNDS && e->d && e->d->n_rounds)
        open_round(e);
    else
        app_say(v->app, "this line leads nowhere; those with › do");
    str_release(&door);
}

static bool back(struct view *v)
{
    struct environment *e = v->data;
    if (!e->entered)
        return false;
    e->entered = false;
    e->tab = e->from_tab;
    choose_log(e, NULL, 0);
    if (e->tab == TAB_ROUNDS)
        rounds_go(e->rounds, e->round);
    show_tab(e, false);
    if (e->tab == TAB_SUMMARY)
        text_go(e->text, e->from_line);
    return true;
}

static void changed(struct view *v)
{
    read_it(v->data);
}

static void target(struct view *v, struct target *out)
{
    const struct environment *e = v->data;
    const char *run = e->run ? e->run : e->d ? e->d->run : NULL;
    *out = (struct target){ .kind = LIST_INSTANCES,
                            .id = xstrdup(e->id),
                            .run = run ? xstrdup(run) : NULL };
}

static void place(struct view *v, struct str *door)
{
    const struct environment *e = v->data;
    str_addf(door, "environment %s %s %s", e->run ? e->run : "-", e->id, tabs[e->tab].action);
}

/* ---- actions ---- */

int act_tab(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    struct environment *e = of(a);
    if (value == TAB_ROUNDS && e->tab != TAB_ROUNDS)
        rounds_go(e->rounds, e->round);
    e->tab = (enum env_tab)value;
    e->entered = false;
    choose_log(e, NULL, 0);
    show_tab(e, false);
    return 0;
}

int act_tab_step(struct app *a, int value, const char *arg, struct error *err)
{
    return act_tab(a, ((int)of(a)->tab + TABS + value) % TABS, arg, err);
}

int act_round(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct environment *e = of(a);
    size_t last = e->d && e->d->n_rounds ? e->d->n_rounds - 1 : 0;
    if (value < 0 ? e->round == 0 : e->round >= last)
        return error_set(err, E_USAGE, "this is the %s round", value < 0 ? "first" : "last");
    e->round += value < 0 ? (size_t)-1 : 1;
    choose_log(e, NULL, 0);
    show_tab(e, false);
    return 0;
}

int act_all_tests(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct environment *e = of(a);
    tests_toggle_all(e->tests);
    return 0;
}

int act_sibling(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct environment *e = of(a);
    struct view *from = e->from;
    struct str door = STR_INIT;
    int rc = 0;
    if (!view_alive(a, from) || !from->ops->sibling)
        return error_set(err, E_USAGE, "this one was not opened from a list");
    if (from->ops->sibling(from, value, &door)) {
        str_add(&door, tabs[e->tab].action);
        view_replace(a, door.s);
    } else {
        rc = error_set(err, E_USAGE, "this is the %s of the list", value < 0 ? "first" : "last");
    }
    str_release(&door);
    return rc;
}

const struct view_ops environment_view = {
    .name = "environment",
    .title = "Environment",
    .context = IN_ENVIRONMENT,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
    .place = place,
};
