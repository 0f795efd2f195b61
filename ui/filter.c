/* `/` in a list: the query language, applied while it is typed. */
#include "ui/app.h"
#include "ui/prompt.h"
#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>

static int kind_of(const struct table *t)
{
    return t->ops->kind ? t->ops->kind(t->model) : -1;
}

/* The rows follow the text as long as it is a query; else the note says where it is none. */
static void changed(struct prompt *p)
{
    struct table *t = p->payload;
    struct error err = ERROR_INIT;
    struct query_error at = { 0, 0 };
    struct query *q = NULL;
    if (!t)
        return;
    if (kind_of(t) >= 0 &&
        saved_parse(p->app->ws, p->text.s, (enum list_kind)kind_of(t), &q, &at, &err) < 0)
        prompt_wrong(p, at.start, at.len, error_text(&err));
    else if (t->ops->filter(t->model, p->text.s, &err) < 0)
        prompt_wrong(p, 0, p->text.len, error_text(&err));
    query_free(q);
    error_release(&err);
}

static void cancel(struct prompt *p)
{
    struct table *t = p->payload;
    if (t->ops->filter(t->model, p->saved.s, NULL) < 0)
        app_complain(p->app, "the filter could not be taken back");
}

static void on_accept(struct app *a, const char *text)
{
    struct table *t = table_of(a->view->focus);
    struct error err = ERROR_INIT;
    if (t && t->ops->filter && t->ops->filter(t->model, text, &err) < 0)
        app_complain(a, "%s", error_text(&err));
    error_release(&err);
}

/* ---- completion ---- */

struct complete_job {
    struct job job;
    enum list_kind kind;
    struct query_place place;
    struct strv found;
};

static int complete_work(struct job *job, struct lane *lane, struct error *err)
{
    struct complete_job *j = (struct complete_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = query_complete(idx, j->kind, j->place.key.s, j->place.prefix.s, &job->stop, &j->found,
                            err);
    return rc;
}

static void offer_found(struct prompt *p, const struct complete_job *j)
{
    struct strv words = STRV_INIT, none = STRV_INIT;
    for (size_t i = 0; i < j->found.n; i++) {
        struct str word = STR_INIT;
        query_add_value(&word, j->found.v[i]);
        strv_add(&words, word.s);
        str_release(&word);
    }
    prompt_offer(p, j->place.start, &words, &none);
    strv_release(&words);
}

static void complete_done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct complete_job *j = (struct complete_job *)job;
    struct prompt *p = job->owner;
    if (p) {
        p->completing = NULL;
        if (rc == 0)
            offer_found(p, j);
    }
    strv_release(&j->found);
    query_place_release(&j->place);
    free(j);
}

/* Takes `place` over. */
static void ask_values(struct prompt *p, enum list_kind kind, struct query_place *place)
{
    struct complete_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = complete_work, .done = complete_done, .owner = p };
    j->kind = kind;
    j->place = *place;
    str_init(&place->key);
    str_init(&place->prefix);
    strv_init(&j->found);
    p->completing = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
}

static void offer_words(struct prompt *p, const char *words, const struct query_place *place)
{
    struct strv all = STRV_INIT, fit = STRV_INIT, none = STRV_INIT;
    strv_split(&all, words, "|");
    for (size_t i = 0; i < all.n; i++)
        if (str_starts(all.v[i], place->prefix.s))
            strv_add(&fit, all.v[i]);
    prompt_offer(p, place->start, &fit, &none);
    strv_release(&all);
    strv_release(&fit);
}

static void offer_keys(struct prompt *p, enum list_kind kind, const struct query_place *place)
{
    struct strv words = STRV_INIT, helps = STRV_INIT;
    size_t n;
    const struct query_key *keys = query_keys(kind, &n);
    for (size_t i = 0; i < n; i++) {
        if (!str_starts(keys[i].name, place->prefix.s))
            continue;
        strv_addf(&words, "%s:", keys[i].name);
        strv_add(&helps, keys[i].help);
    }
    prompt_offer(p, place->start, &words, &helps);
    strv_release(&words);
    strv_release(&helps);
}

static void offer_saved(struct prompt *p, const struct query_place *place)
{
    struct strv words = STRV_INIT, helps = STRV_INIT;
    struct saved_queries saved;
    if (saved_load(p->app->ws, &saved, NULL) < 0)
        return; /* the error is said as soon as a name is used */
    for (size_t i = 0; i < saved.n; i++) {
        if (!str_starts(saved.v[i].name, place->prefix.s + 1))
            continue;
        strv_addf(&words, "@%s", saved.v[i].name);
        strv_add(&helps, saved.v[i].where);
    }
    prompt_offer(p, place->start, &words, &helps);
    saved_release(&saved);
    strv_release(&words);
    strv_release(&helps);
}

static void offer_values(struct prompt *p, enum list_kind kind, struct query_place *place)
{
    size_t n;
    const struct query_key *keys = query_keys(kind, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(keys[i].name, place->key.s) != 0)
            continue;
        if (keys[i].words)
            offer_words(p, keys[i].words, place);
        else if (keys[i].type == KEY_TEXT || keys[i].type == KEY_REVIEW)
            ask_values(p, kind, place);
        return;
    }
}

static void complete(struct prompt *p)
{
    struct table *t = p->payload;
    struct query_place place;
    job_drop(&p->completing);
    if (!t || kind_of(t) < 0)
        return;
    query_place_at(p->text.s, p->cursor, &place);
    if (place.has_key)
        offer_values(p, (enum list_kind)kind_of(t), &place);
    else if (*place.prefix.s == '@')
        offer_saved(p, &place);
    else
        offer_keys(p, (enum list_kind)kind_of(t), &place);
    query_place_release(&place);
}

static const struct prompt_ops ops = {
    .label = "/",
    .kind = 0,
    .changed = changed,
    .accept = on_accept,
    .cancel = cancel,
    .complete = complete,
};

void filter_open(struct app *a, struct table *t)
{
    struct prompt *p = prompt_open(a, &ops, t->ops->filter_text(t->model));
    p->payload = t;
    str_set(&p->saved, t->ops->filter_text(t->model));
    complete(p);
}
