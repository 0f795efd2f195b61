#include "ui/views/rule.h"

#include "ui/views/rule_data.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

struct rule_page {
    struct view *view;
    char *name;  /* "" until a draft has one */
    char *draft; /* NULL: it stands in a playbook */
    struct str text;
    struct text *rule, *matches;
    struct job *facts_job, *trial_job;
    struct strv ids; /* what would be made anew */
    struct str run;
    bool tried;
};

/* ---- facts ---- */

struct facts_job {
    struct job job;
    char *name, *draft;
    struct rule_facts facts;
};

static int work_facts(struct job *job, struct lane *lane, struct error *err)
{
    struct facts_job *j = (struct facts_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : rule_facts_load(idx, j->name, j->draft, &job->stop, &j->facts, err);
}

static void show_facts(struct rule_page *p, struct rule_facts *f)
{
    str_swap(&p->text, &f->text);
    text_set_doc(p->rule, f->rule, true);
    f->rule = NULL;
    if (!p->tried && !p->trial_job) {
        text_set_doc(p->matches, f->instances, true);
        f->instances = NULL;
    }
}

static void done_facts(struct job *job, int rc, const struct error *err)
{
    struct facts_job *j = (struct facts_job *)job;
    struct rule_page *p = job->owner;
    if (p) {
        p->facts_job = NULL;
        if (rc < 0) {
            text_set_empty(p->rule, error_text(err));
            text_set_empty(p->matches, p->draft ? "e changes the draft" : "");
        } else {
            show_facts(p, &j->facts);
        }
        window_touch(p->view->app->keys);
    }
    rule_facts_release(&j->facts);
    free(j->name);
    free(j->draft);
    free(j);
}

static void start_facts(struct rule_page *p)
{
    struct facts_job *j = xcalloc(1, sizeof(*j));
    job_drop(&p->facts_job);
    j->job = (struct job){ .work = work_facts, .done = done_facts, .owner = p };
    j->name = xstrdup(p->name);
    j->draft = p->draft ? xstrdup(p->draft) : NULL;
    str_init(&j->facts.text);
    p->facts_job = &j->job;
    lane_push(&p->view->app->loop, LANE_DETAIL, &j->job);
}

/* ---- the trial ---- */

struct trial_job {
    struct job job;
    const struct workspace *ws;
    char *name, *draft;
    struct rule_matches matches;
};

static int work_trial(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct trial_job *j = (struct trial_job *)job;
    return rule_matches_load(j->ws, j->name, j->draft, &job->stop, &j->matches, err);
}

static void done_trial(struct job *job, int rc, const struct error *err)
{
    struct trial_job *j = (struct trial_job *)job;
    struct rule_page *p = job->owner;
    if (p) {
        p->trial_job = NULL;
        if (rc < 0) {
            text_set_empty(p->matches, error_text(err));
        } else {
            text_set_doc(p->matches, j->matches.doc, false);
            j->matches.doc = NULL;
            strv_clear(&p->ids);
            strv_add_list(&p->ids, &j->matches.ids);
            str_set(&p->run, j->matches.run.s);
            p->tried = true;
        }
        window_touch(p->view->app->state);
        window_touch(p->view->app->keys);
    }
    rule_matches_release(&j->matches);
    free(j->name);
    free(j->draft);
    free(j);
}

static struct rule_page *page_of(const struct app *a)
{
    return a->view->data;
}

void rule_view_try(struct app *a)
{
    struct rule_page *p = page_of(a);
    struct trial_job *j = xcalloc(1, sizeof(*j));
    job_drop(&p->trial_job);
    j->job = (struct job){ .work = work_trial, .done = done_trial, .owner = p };
    j->ws = a->ws;
    j->name = xstrdup(p->name);
    j->draft = p->draft ? xstrdup(p->draft) : NULL;
    strv_clear(&p->ids);
    p->tried = false;
    p->trial_job = &j->job;
    text_set_empty(p->matches, "Reading every stored log … Esc gives up.");
    window_touch(a->state);
    lane_push(&a->loop, LANE_OUTSIDE, &j->job);
}

/* ---- for the actions ---- */

const char *rule_view_draft(const struct app *a)
{
    return page_of(a)->draft;
}

const char *rule_view_name(const struct app *a)
{
    return page_of(a)->name;
}

const char *rule_view_text(const struct app *a)
{
    return page_of(a)->text.s;
}

const char *rule_view_run(const struct app *a)
{
    return page_of(a)->run.s;
}

void rule_view_kept(struct app *a, const char *name)
{
    struct rule_page *p = page_of(a);
    free(p->draft);
    p->draft = NULL;
    free(p->name);
    p->name = xstrdup(name);
    free(a->view->link);
    a->view->link = str_format("rule %s", name);
    window_touch(a->state);
    start_facts(p);
}

void rule_view_changed(struct app *a)
{
    struct rule_page *p = page_of(a);
    job_drop(&p->trial_job);
    strv_clear(&p->ids);
    p->tried = false;
    start_facts(p);
}

/* ---- the view ---- */

static int on_open(struct view *v, const char *arg, struct error *err UNUSED)
{
    struct rule_page *p = xcalloc(1, sizeof(*p));
    v->data = p;
    p->view = v;
    p->name = xstrdup(*arg == '/' ? "" : arg);
    p->draft = *arg == '/' ? xstrdup(arg) : NULL;
    str_init(&p->text);
    str_init(&p->run);
    strv_init(&p->ids);
    struct window *split = window_new_split(v->win, SPLIT_ROWS, true);
    p->rule = text_new(v->app, split);
    p->rule->wrap = true;
    p->matches = text_new(v->app, split);
    v->list = p->rule->win;
    v->side = p->matches->win;
    v->focus = p->rule->win;
    text_set_empty(p->rule, "Reading …");
    start_facts(p);
    return 0;
}

static void on_close(struct view *v)
{
    struct rule_page *p = v->data;
    job_drop(&p->facts_job);
    job_drop(&p->trial_job);
    free(p->name);
    free(p->draft);
    str_release(&p->text);
    str_release(&p->run);
    strv_release(&p->ids);
    free(p);
}

static unsigned holds(struct view *v)
{
    const struct rule_page *p = v->data;
    return (p->ids.n ? NEEDS_MATCHES : 0) | (p->draft ? NEEDS_DRAFT : 0);
}

static void state(struct view *v, struct str *left, struct str *right UNUSED)
{
    const struct rule_page *p = v->data;
    str_addf(left, "%s · %s", view_title(v), p->draft ? "a draft" : p->name);
    if (p->trial_job)
        str_add(left, " · reading logs …");
    else if (p->tried)
        str_add(left, " · what it would match");
}

static void enter(struct view *v)
{
    const struct rule_page *p = v->data;
    struct str door = STR_INIT;
    text_add_door(v->focus == p->rule->win ? p->rule : p->matches, &door);
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v)
{
    struct rule_page *p = v->data;
    if (!p->trial_job)
        return false;
    cancel_raise(&p->trial_job->stop); /* what it has found is shown */
    return true;
}

static void changed(struct view *v)
{
    if (!((struct rule_page *)v->data)->draft)
        start_facts(v->data);
}

static void target(struct view *v, struct target *out)
{
    const struct rule_page *p = v->data;
    strv_init(&out->ids);
    strv_add_list(&out->ids, &p->ids);
    out->run = p->run.len ? xstrdup(p->run.s) : NULL;
}

const struct view_ops rule_view = {
    .name = "rule",
    .title = "Rule",
    .context = IN_RULE,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
};
