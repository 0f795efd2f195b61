#include "ui/views/cluster_pane.h"

#include "index/failures.h"
#include "ui/app.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { REST_MS = 80 };

struct cluster_pane {
    struct app *app;
    struct text *facts, *log;
    struct timer *rest;
    struct job *job;
    struct strv key; /* signature, class, phase that are wanted; empty: nothing */
    struct str shown;
    int64_t instances;
};

struct cluster_job {
    struct job job;
    struct strv key;
    struct cluster cluster;
};

/* ---- reading ---- */

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct cluster_job *j = (struct cluster_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = cluster_load(idx, j->key.v[0], j->key.v[1], j->key.v[2], &job->stop, &j->cluster, err);
    return rc;
}

static void add_members(const struct cluster_pane *p, struct str *out)
{
    str_add(out, "instances ");
    cluster_add_query(out, p->key.v[0], p->key.v[1], p->key.v[2]);
}

/* A count of members that have something more in common, with the door to them. */
static void add_share(const struct cluster_pane *p, struct doc *doc, const char *key,
                      const struct group *g)
{
    struct str door = STR_INIT;
    add_members(p, &door);
    query_add_word(&door, key, g->key);
    doc_door(doc, "%s", door.s);
    doc_addf(doc, ROLE_TEXT, "%7lld  ", (long long)g->n);
    doc_add(doc, *g->key ? ROLE_TEXT : ROLE_DIM, *g->key ? g->key : "no rule fired");
    doc_end(doc);
    str_release(&door);
}

static struct doc *facts_new(const struct cluster_pane *p, const struct cluster *c)
{
    struct doc *doc = doc_new();
    struct str door = STR_INIT;
    doc_line(doc, ROLE_STRONG, p->key.v[0]);
    add_members(p, &door);
    doc_door(doc, "%s", door.s);
    doc_addf(doc, ROLE_TEXT, "%7lld  instance%s in %lld repositor%s", (long long)p->instances,
             p->instances == 1 ? "" : "s", (long long)c->repositories,
             c->repositories == 1 ? "y" : "ies");
    doc_end(doc);
    doc_line(doc, ROLE_DIM, "the rule that fired last");
    for (size_t i = 0; i < c->by_rule.n; i++)
        add_share(p, doc, "rule", &c->by_rule.v[i]);
    doc_line(doc, ROLE_DIM,
             c->repositories > (int64_t)c->by_repo.n ? "repositories with most of them"
                                                     : "repositories");
    for (size_t i = 0; i < c->by_repo.n; i++)
        add_share(p, doc, "repo", &c->by_repo.v[i]);
    if (c->instance_id) {
        doc_line(doc, ROLE_DIM, "the latest");
        doc_door(doc, "environment %s %s", c->run, c->instance_id);
        doc_addf(doc, ROLE_LINK, "  %s", c->instance_id);
        doc_end(doc);
        doc_addf(doc, ROLE_TEXT, "  %s", c->reason);
        doc_end(doc);
    }
    str_release(&door);
    return doc;
}

static void show_log(struct cluster_pane *p, const struct cluster *c)
{
    if (!c->instance_id || !*c->log) {
        text_set_empty(p->log, "No log was kept: the reason above is all that is known.");
        window_set_title(p->log->win, "evidence");
        return;
    }
    char *path = str_format("%s/%s", c->dir, c->log);
    char *title = str_format("%s %s:%lld", c->instance_id, c->log, (long long)c->line);
    text_set_file(p->log, path, ink_of_log, c->line > 0 ? (size_t)c->line : 0);
    window_set_title(p->log->win, title);
    free(title);
    free(path);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct cluster_job *j = (struct cluster_job *)job;
    struct cluster_pane *p = job->owner;
    if (p) {
        struct str now = STR_INIT;
        p->job = NULL;
        if (rc < 0) {
            text_set_empty(p->facts, error_text(err));
        } else {
            str_setf(&now, "%s\n%s\n%s\n%s", p->key.v[0], p->key.v[1], p->key.v[2],
                     j->cluster.instance_id ? j->cluster.instance_id : "");
            bool same = strcmp(now.s, p->shown.s) == 0;
            text_set_doc(p->facts, facts_new(p, &j->cluster), same);
            if (!same)
                show_log(p, &j->cluster);
            str_swap(&p->shown, &now);
        }
        str_release(&now);
    }
    if (rc == 0)
        cluster_release(&j->cluster);
    strv_release(&j->key);
    free(j);
}

static void start(void *payload)
{
    struct cluster_pane *p = payload;
    struct cluster_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = p };
    strv_init(&j->key);
    strv_add_list(&j->key, &p->key);
    p->job = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
}

/* ---- */

struct cluster_pane *cluster_pane_new(struct app *a, struct window *parent)
{
    struct cluster_pane *p = xcalloc(1, sizeof(*p));
    p->app = a;
    strv_init(&p->key);
    str_init(&p->shown);
    p->facts = text_new(a, parent);
    p->facts->wrap = true;
    p->log = text_new(a, parent);
    p->log->win->weight = 2;
    window_set_title(p->log->win, "evidence");
    p->rest = timer_new(&a->loop, true, start, p);
    return p;
}

void cluster_pane_free(struct cluster_pane *p)
{
    if (!p)
        return;
    job_drop(&p->job);
    timer_free(p->rest);
    strv_release(&p->key);
    str_release(&p->shown);
    free(p);
}

void cluster_pane_want(struct cluster_pane *p, const struct row *row)
{
    static const char *const columns[] = { "signature", "failure_class", "phase" };
    job_drop(&p->job);
    strv_clear(&p->key);
    if (!row) {
        timer_stop(p->rest);
        str_clear(&p->shown);
        text_set_empty(p->facts, "");
        text_set_empty(p->log, "");
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        strv_add(&p->key, row->cells[list_column_find(LIST_FAILURES, columns[i])].text);
    p->instances = row->cells[list_column_find(LIST_FAILURES, "instances")].n;
    timer_start(p->rest, REST_MS);
}

void cluster_pane_add_door(const struct cluster_pane *p, struct str *out)
{
    if (p->facts->win->focused)
        text_add_door(p->facts, out);
    else if (p->log->win->focused && p->log->file)
        str_addf(out, "file %zu %s", p->log->cursor + 1, textfile_path(p->log->file));
}
