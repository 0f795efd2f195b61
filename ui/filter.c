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
    if (kind_of(t) >= 0 && query_parse(p->text.s, (enum list_kind)kind_of(t), &q, &at, &err) < 0)
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
    char *key, *prefix;
    size_t word;
    struct strv found;
};

static int complete_work(struct job *job, struct lane *lane, struct error *err)
{
    struct complete_job *j = (struct complete_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = query_complete(idx, j->kind, j->key, j->prefix, &j->found, err);
    return rc;
}

static void complete_done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct complete_job *j = (struct complete_job *)job;
    struct prompt *p = job->owner;
    if (p) {
        struct strv none = STRV_INIT;
        p->completing = NULL;
        if (rc == 0)
            prompt_offer(p, j->word, &j->found, &none);
    }
    strv_release(&j->found);
    free(j->key);
    free(j->prefix);
    free(j);
}

static void ask_values(struct prompt *p, enum list_kind kind, const char *key, size_t word)
{
    struct complete_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = complete_work, .done = complete_done, .owner = p };
    j->kind = kind;
    j->key = xstrdup(key);
    j->prefix = xstrndup(p->text.s + word, p->cursor - word);
    j->word = word;
    strv_init(&j->found);
    p->completing = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
}

static void offer_words(struct prompt *p, const char *words, size_t at)
{
    struct strv all = STRV_INIT, fit = STRV_INIT, none = STRV_INIT;
    size_t n = p->cursor - at;
    strv_split(&all, words, "|");
    for (size_t i = 0; i < all.n; i++)
        if (strncmp(all.v[i], p->text.s + at, n) == 0)
            strv_add(&fit, all.v[i]);
    prompt_offer(p, at, &fit, &none);
    strv_release(&all);
    strv_release(&fit);
}

static void offer_keys(struct prompt *p, enum list_kind kind, size_t at)
{
    struct strv words = STRV_INIT, helps = STRV_INIT;
    size_t n;
    const struct query_key *keys = query_keys(kind, &n);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(keys[i].name, p->text.s + at, p->cursor - at) != 0)
            continue;
        strv_addf(&words, "%s:", keys[i].name);
        strv_add(&helps, keys[i].help);
    }
    prompt_offer(p, at, &words, &helps);
    strv_release(&words);
    strv_release(&helps);
}

static void offer_values(struct prompt *p, enum list_kind kind, const char *key, size_t at)
{
    size_t n;
    const struct query_key *keys = query_keys(kind, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(keys[i].name, key) != 0)
            continue;
        if (keys[i].words)
            offer_words(p, keys[i].words, at);
        else if (keys[i].type == KEY_TEXT)
            ask_values(p, kind, key, at);
        return;
    }
}

static void complete(struct prompt *p)
{
    struct table *t = p->payload;
    size_t at = p->cursor;
    job_drop(&p->completing);
    if (!t || kind_of(t) < 0)
        return;
    while (at && p->text.s[at - 1] != ' ')
        at--;
    if (at < p->cursor && p->text.s[at] == '-')
        at++;
    const char *word = p->text.s + at, *colon = memchr(word, ':', p->cursor - at);
    if (!colon) {
        offer_keys(p, (enum list_kind)kind_of(t), at);
        return;
    }
    char *key = xstrndup(word, (size_t)(colon - word));
    const char *comma = memrchr(colon, ',', p->cursor - (size_t)(colon - p->text.s));
    offer_values(p, (enum list_kind)kind_of(t), key,
                 (size_t)((comma ? comma : colon) + 1 - p->text.s));
    free(key);
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
