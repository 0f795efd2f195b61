#include "ui/app.h"
#include "ui/sign.h"
#include "ui/views/overview_data.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/bar.h"
#include "ui/widgets/spark.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDE = 110,
    NARROW = 56,
    TICK_MS = 5000,
    NAMES = 12,
    BAR_WIDE = 40,
    BAR_NARROW = 26,
    BAR_BATCH = 16
};

/* Wide: two texts side by side. Narrow: one below the other in a single text. */
struct overview_view {
    struct view *view;
    struct overview_data *data;
    struct text *main, *side;
    struct timer *tick; /* while a batch runs */
    bool wide;
    int cols; /* that the texts were made for */
};

static void heading(struct doc *doc, const char *text)
{
    if (doc->n)
        doc_end(doc);
    doc_line(doc, ROLE_HEADER, text);
}

static void add_number(struct doc *doc, ink_t ink, int width, int64_t n)
{
    struct str text = STR_INIT;
    text_add_count(&text, n);
    doc_addf(doc, ink, "%*s", width, text.s);
    str_release(&text);
}

/* ---- the funnel ---- */

/* Without a bar there is hardly room: the number comes first. */
static void add_stage(struct doc *doc, const struct overview *o, size_t i, int bar_width)
{
    const struct stage_count *s = &o->stages[i];
    struct str bar = STR_INIT;
    if (s->query)
        doc_door(doc, "instances %s", s->query);
    if (bar_width)
        doc_addf(doc, ROLE_TEXT, "%-*s", NAMES, s->name);
    add_number(doc, s->n ? ROLE_STRONG : ROLE_DIM, bar_width ? 9 : 7, s->n);
    if (!bar_width)
        doc_addf(doc, ROLE_TEXT, " %s", s->name);
    if (!bar_width) {
        doc_end(doc);
        return;
    }
    if (!s->n && s->why) {
        doc_addf(doc, ROLE_DIM, "  %s", s->why);
    } else {
        bar_add(&bar, s->n, o->stages[0].n, bar_width);
        doc_add(doc, ROLE_TEXT, " ");
        doc_add(doc, ROLE_BAR, bar.s);
        if (i && o->stages[i - 1].n)
            doc_addf(doc, ROLE_DIM, "%4lld%%", (long long)(s->n * 100 / o->stages[i - 1].n));
    }
    doc_end(doc);
    str_release(&bar);
}

static void add_funnel(const struct overview_view *v, struct doc *doc)
{
    const struct overview_data *d = v->data;
    int width = v->wide ? BAR_WIDE : v->view->app->screen.cols < NARROW ? 0 : BAR_NARROW;
    heading(doc, "From pull request to training data");
    if (!d->counted) {
        doc_line(doc, ROLE_DIM, d->trouble.len ? d->trouble.s : "Counting …");
        return;
    }
    for (size_t i = 0; i < OVERVIEW_STAGES; i++)
        add_stage(doc, &d->counts, i, width);
}

/* ---- the last day ---- */

struct day {
    double ended[OVERVIEW_HOURS], accepted[OVERVIEW_HOURS], seconds[OVERVIEW_HOURS];
    double cost[OVERVIEW_HOURS];
    int64_t n_ended, n_accepted;
    double spent, usd;
};

static void sum_day(const struct overview *o, struct day *day)
{
    memset(day, 0, sizeof(*day));
    for (size_t i = 0; i < OVERVIEW_HOURS; i++) {
        const struct hour_count *h = &o->hours[i];
        day->ended[i] = (double)h->ended;
        day->accepted[i] = (double)h->accepted;
        day->seconds[i] = h->seconds;
        day->n_ended += h->ended;
        day->n_accepted += h->accepted;
        day->spent += h->seconds;
        day->cost[i] = h->cost_usd;
        day->usd += h->cost_usd;
    }
}

static void add_spark(struct doc *doc, const char *name, const double *v, enum role role)
{
    struct str spark = STR_INIT;
    spark_add(&spark, v, OVERVIEW_HOURS);
    doc_addf(doc, ROLE_TEXT, "%-*s ", NAMES, name);
    doc_add(doc, role, spark.s);
    str_release(&spark);
}

static void add_day(const struct overview_view *v, struct doc *doc)
{
    const struct overview *o = &v->data->counts;
    struct day day;
    struct str spent = STR_INIT;
    if (!v->data->counted)
        return;
    sum_day(o, &day);
    heading(doc, "Last 24 hours, hour by hour");
    if (!day.n_ended) {
        if (o->last_ended)
            text_add_ago(&spent, app_now(), o->last_ended);
        doc_addf(doc, ROLE_DIM, o->last_ended ? "nothing ended; the last did %s ago" : "%snothing",
                 spent.s);
        doc_end(doc);
        str_release(&spent);
        return;
    }
    doc_door(doc, "instances ended:>24h");
    add_spark(doc, "ended", day.ended, ROLE_BAR);
    doc_addf(doc, ROLE_TEXT, "  %lld in all, %.0f in the last hour", (long long)day.n_ended,
             day.ended[OVERVIEW_HOURS - 1]);
    doc_end(doc);
    doc_door(doc, "instances ended:>24h state:accepted");
    add_spark(doc, "proven", day.accepted, ROLE_ACCEPTED);
    doc_addf(doc, ROLE_TEXT, "  %lld in all, %.0f in the last hour", (long long)day.n_accepted,
             day.accepted[OVERVIEW_HOURS - 1]);
    doc_end(doc);
    add_spark(doc, "spent", day.seconds, ROLE_BAR);
    text_add_seconds(&spent, day.spent);
    doc_addf(doc, ROLE_TEXT, "  %s of work", spent.s);
    doc_end(doc);
    if (day.usd <= 0) {
        str_release(&spent);
        return;
    }
    add_spark(doc, "cost", day.cost, ROLE_BAR);
    doc_addf(doc, ROLE_TEXT, "  $%.2f on models", day.usd);
    doc_end(doc);
    str_release(&spent);
}

/* ---- what runs ---- */

static void add_batch(struct doc *doc, const struct running_batch *b)
{
    struct str line = STR_INIT;
    doc_door(doc, "screen 7");
    doc_addf(doc, state_ink(b->state), "%s %s ", state_sign(b->state), b->id);
    bar_add(&line, b->done, b->total, BAR_BATCH);
    doc_add(doc, ROLE_BAR, line.s);
    str_setf(&line, " %lld/%lld", (long long)b->done, (long long)b->total);
    if (strcmp(b->state, "running") != 0)
        str_addf(&line, "  %s%s", b->state,
                 strcmp(b->state, "interrupted") == 0 ? ", s resumes it" : "");
    if (b->per_hour > 0) {
        str_addf(&line, "  %.0f/h  ", b->per_hour);
        text_add_seconds(&line, (double)(b->total - b->done) * 3600 / b->per_hour);
        str_add(&line, " left");
    }
    if (b->failed)
        str_addf(&line, "  ! %lld", (long long)b->failed);
    if (b->error)
        str_addf(&line, "  ~ %lld", (long long)b->error);
    doc_add(doc, ROLE_TEXT, line.s);
    doc_end(doc);
    str_release(&line);
}

static void add_running(const struct overview_view *v, struct doc *doc)
{
    const struct overview_data *d = v->data;
    heading(doc, "Running");
    if (d->asked && !d->n_running)
        doc_line(doc, ROLE_DIM, "No batch runs. s starts one over what has no end yet.");
    for (size_t i = 0; i < d->n_running; i++)
        add_batch(doc, &d->running[i]);
}

/* ---- what needs a person ---- */

static void add_attentions(const struct overview_view *v, struct doc *doc)
{
    const struct overview_data *d = v->data;
    int64_t all = 0;
    heading(doc, "Needs a person");
    for (size_t i = 0; d->asked && i < ATTENTIONS; i++) {
        const struct attention *a = &d->attentions[i];
        all += a->n;
        if (!a->n)
            continue;
        doc_door(doc, "instances %s", a->query);
        add_number(doc, ROLE_STRONG, 7, a->n);
        doc_addf(doc, ROLE_TEXT, "  %s", a->text);
        doc_end(doc);
    }
    if (!all)
        doc_line(doc, ROLE_DIM,
                 d->asked         ? "Nothing waits for a person."
                 : d->trouble.len ? "It cannot be counted."
                                  : "Counting …");
}

/* ---- the machine ---- */

static void add_machine(const struct overview_view *v, struct doc *doc)
{
    const struct machine *m = &v->data->machine;
    struct str line = STR_INIT;
    heading(doc, "Machine");
    if (!v->data->looked) {
        doc_line(doc, ROLE_DIM, "Looking …");
        return;
    }
    doc_line(doc, m->has_engine ? ROLE_TEXT : ROLE_ERROR, m->engine);
    str_addf(&line, "%lld cores", (long long)m->cores);
    if (m->memory) {
        str_add(&line, " · memory ");
        text_add_bytes(&line, m->memory_free);
        str_add(&line, " free of ");
        text_add_bytes(&line, m->memory);
    }
    doc_line(doc, ROLE_TEXT, line.s);
    if (m->disk) {
        str_set(&line, "disk ");
        text_add_bytes(&line, m->disk_free);
        str_add(&line, " free of ");
        text_add_bytes(&line, m->disk);
        doc_line(doc, ROLE_TEXT, line.s);
    }
    str_release(&line);
}

/* ---- the view ---- */

static void fill(struct overview_view *v)
{
    struct doc *main = doc_new(), *side = v->wide ? doc_new() : main;
    add_funnel(v, main);
    if (!v->wide)
        add_attentions(v, main);
    add_day(v, main);
    add_running(v, main);
    if (v->wide)
        add_attentions(v, side);
    add_machine(v, side);
    text_set_doc(v->main, main, true);
    if (v->wide)
        text_set_doc(v->side, side, true);
    if (!v->main->cursor)
        text_go(v->main, 1); /* the first line that opens something */
    window_touch(v->view->app->state);
    window_touch(v->view->app->keys);
}

static void on_data(void *payload)
{
    struct overview_view *v = payload;
    bool runs = v->data->n_running && v->view->app->view == v->view;
    if (runs)
        timer_repeat(v->tick, TICK_MS);
    else
        timer_stop(v->tick);
    fill(v);
}

static void on_tick(void *payload)
{
    struct overview_view *v = payload;
    overview_data_refresh(v->data);
}

static int on_open(struct view *view, const char *arg UNUSED, struct error *err UNUSED)
{
    struct overview_view *v = xcalloc(1, sizeof(*v));
    view->data = v;
    v->view = view;
    v->data = overview_data_new(view->app, on_data, v);
    v->tick = timer_new(&view->app->loop, false, on_tick, v);
    struct window *split = window_new_split(view->win, SPLIT_COLUMNS, true);
    v->main = text_new(view->app, split);
    v->side = text_new(view->app, split);
    v->main->win->weight = 3;
    v->side->win->weight = 2;
    view->focus = v->main->win;
    fill(v);
    overview_data_refresh(v->data);
    overview_data_look(v->data);
    return 0;
}

static void on_close(struct view *view)
{
    struct overview_view *v = view->data;
    overview_data_free(v->data);
    timer_free(v->tick);
    free(v);
}

static void layout(struct view *view)
{
    struct overview_view *v = view->data;
    int cols = view->app->screen.cols;
    bool wide = cols >= WIDE;
    v->side->win->hidden = !wide;
    if (!wide && view->focus == v->side->win)
        app_focus(view->app, v->main->win);
    if (cols != v->cols) {
        v->cols = cols;
        v->wide = wide;
        fill(v);
    }
}

static unsigned holds(struct view *view)
{
    const struct overview_view *v = view->data;
    return v->data->counts.stages[0].n ? NEEDS_INSTANCES : 0;
}

static size_t lines_below(const struct text *t)
{
    size_t shown = t->first + (size_t)t->win->r.h, n = text_count(t);
    return n > shown ? n - shown : 0;
}

static void state(struct view *view, struct str *left, struct str *right)
{
    const struct overview_view *v = view->data;
    size_t below = lines_below(v->main);
    str_add(left, view_title(view));
    if (below)
        str_addf(left, " · ↓ %zu more lines below", below);
    if (!v->data->counted)
        return;
    text_add_count(right, v->data->counts.stages[0].n);
    str_add(right, " instances");
}

static void enter(struct view *view)
{
    const struct overview_view *v = view->data;
    struct str door = STR_INIT;
    text_add_door(view->focus == v->side->win ? v->side : v->main, &door);
    if (door.len)
        view_follow(view->app, door.s);
    else
        app_say(view->app, "nothing opens here; lines that begin with › do");
    str_release(&door);
}

static void changed(struct view *view)
{
    overview_data_refresh(((struct overview_view *)view->data)->data);
}

static void shown(struct view *view)
{
    struct overview_view *v = view->data;
    overview_data_look(v->data);
    on_data(v);
}

static void hidden(struct view *view)
{
    timer_stop(((struct overview_view *)view->data)->tick);
}

static void target(struct view *view UNUSED, struct target *out)
{
    *out = (struct target){ .kind = LIST_INSTANCES, .all = true };
}

const struct view_ops overview_view = {
    .name = "overview",
    .title = "Overview",
    .context = IN_OVERVIEW,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .changed = changed,
    .layout = layout,
    .shown = shown,
    .hidden = hidden,
    .target = target,
};
