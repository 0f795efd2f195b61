#include "ui/handlers.h"
#include "ui/views/views.h"
#include "ui/widgets/bar.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { BAR = 40 };

/* How many tasks are solved how often; each bar is a door to the attempts at its tasks. */
struct difficulty {
    struct view *view;
    struct text *text;
    struct solved_list list;
    size_t group;
    struct job *load;
};

struct load_job {
    struct job job;
    struct solved_list list;
};

/* ---- the histogram ---- */

static const struct solved_counts *group_of(const struct difficulty *d)
{
    return d->group < d->list.n ? &d->list.v[d->group] : NULL;
}

static void add_query(const struct difficulty *d, const char *words, struct str *out)
{
    const struct solved_counts *c = group_of(d);
    str_add(out, words);
    if (!d->group)
        return;
    str_addc(out, ' ');
    query_add_word(out, "scaffold", c->scaffold);
    str_addc(out, ' ');
    query_add_word(out, "model", c->model);
}

static void add_bar(struct difficulty *d, struct doc *doc, const char *label, int64_t n,
                    int64_t most, const char *words)
{
    struct str query = STR_INIT, bar = STR_INIT;
    add_query(d, words, &query);
    bar_add(&bar, n, most, BAR);
    if (n)
        doc_door(doc, "trajectories %s", query.s);
    doc_addf(doc, ROLE_HEADER, "  %3s  ", label);
    doc_add(doc, ROLE_BAR, bar.s);
    doc_addf(doc, n ? ROLE_STRONG : ROLE_DIM, " %6lld", (long long)n);
    doc_end(doc);
    str_release(&query);
    str_release(&bar);
}

static int64_t most_of(const struct solved_counts *c)
{
    int64_t most = c->ungraded;
    for (size_t i = 0; i <= SOLVED_MOST; i++)
        most = c->tasks[i] > most ? c->tasks[i] : most;
    return most;
}

static void add_head(const struct difficulty *d, struct doc *doc)
{
    const struct solved_counts *c = group_of(d);
    if (d->group)
        doc_addf(doc, ROLE_STRONG, "solved by %s with %s",
                 *c->scaffold ? c->scaffold : "no known agent",
                 *c->model ? c->model : "no known model");
    else
        doc_add(doc, ROLE_STRONG, "solved by any scaffold and model");
    doc_addf(doc, ROLE_DIM, " · %lld graded attempts, at most %lld at a task",
             (long long)c->attempts, (long long)c->most);
    doc_end(doc);
    doc_line(doc, ROLE_TEXT, "");
}

static void show(struct difficulty *d)
{
    const struct solved_counts *c = group_of(d);
    struct doc *doc = doc_new();
    if (!c) {
        doc_free(doc);
        text_set_empty(d->text, "No trajectories yet. `bottega import PATH…` brings them, and the "
                                "reports of graders say which of them solved their task.");
        return;
    }
    add_head(d, doc);
    for (int i = 0; i <= SOLVED_MOST && i <= c->most; i++) {
        const char *key = d->group ? "solved-alike" : "solved";
        char *label = str_format(i < SOLVED_MOST ? "%d" : "%d+", i);
        char *words = str_format(i < SOLVED_MOST ? "%s:%d graded:>0" : "%s:>=%d graded:>0", key, i);
        add_bar(d, doc, label, c->tasks[i], most_of(c), words);
        free(label);
        free(words);
    }
    add_bar(d, doc, "?", c->ungraded, most_of(c), "graded:0");
    doc_line(doc, ROLE_TEXT, "");
    doc_line(doc, ROLE_DIM,
             "Tasks by the number of attempts that resolved them; ? nobody graded. "
             "Enter opens a bar's attempts.");
    text_set_doc(d->text, doc, true);
}

/* ---- reading ---- */

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : solved_load(idx, &job->stop, &j->list, err);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct difficulty *d = job->owner;
    if (d) {
        d->load = NULL;
        if (rc < 0) {
            text_set_empty(d->text, error_text(err));
        } else {
            struct solved_list old = d->list;
            d->list = j->list;
            j->list = old;
            d->group = d->group < d->list.n ? d->group : 0;
            show(d);
        }
        app_touch_all(d->view->app);
    }
    solved_release(&j->list);
    free(j);
}

static void start(struct difficulty *d)
{
    struct load_job *j = xcalloc(1, sizeof(*j));
    job_drop(&d->load);
    j->job = (struct job){ .work = work, .done = done, .owner = d };
    d->load = &j->job;
    lane_push(&d->view->app->loop, LANE_LIST, &j->job);
}

/* ---- the view ---- */

static int on_open(struct view *v, const char *arg UNUSED, struct error *err UNUSED)
{
    struct difficulty *d = xcalloc(1, sizeof(*d));
    v->data = d;
    d->view = v;
    d->text = text_new(v->app, v->win);
    d->text->wrap = true;
    text_set_empty(d->text, "Counting …");
    v->focus = d->text->win;
    start(d);
    return 0;
}

static void on_close(struct view *v)
{
    struct difficulty *d = v->data;
    job_drop(&d->load);
    solved_release(&d->list);
    free(d);
}

static unsigned holds(struct view *v UNUSED)
{
    return 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct difficulty *d = v->data;
    str_add(left, view_title(v));
    if (d->list.n > 1)
        str_addf(right, "group %zu of %zu", d->group + 1, d->list.n);
}

static void enter(struct view *v)
{
    const struct difficulty *d = v->data;
    struct str door = STR_INIT;
    text_add_door(d->text, &door);
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v UNUSED)
{
    return false;
}

static void changed(struct view *v)
{
    start(v->data);
}

int act_group(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct difficulty *d = a->view->data;
    if (d->list.n < 2)
        return error_set(err, E_USAGE, "there is one group only");
    d->group = (d->group + (size_t)value) % d->list.n;
    show(d);
    app_touch_all(a);
    return 0;
}

const struct view_ops difficulty_view = {
    .name = "difficulty",
    .title = "Difficulty",
    .context = IN_DIFFICULTY,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
};
