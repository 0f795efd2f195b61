#include "git/git.h"
#include "ui/app.h"
#include "ui/views/environment.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { REST_MS = 80 };

struct rounds_pane {
    struct app *app;
    struct table *table;
    struct text *text;
    struct timer *rest;
    struct job *job;
    const struct detail *d;
    size_t at; /* where the cursor stood while there was none */
};

static const struct table_column columns[] = {
    { .name = "round", .title = "round", .right = true },
    { .name = "fired", .title = "what fired", .grow = true },
    { .name = "dockerfile", .title = "Dockerfile" },
    { .name = "lock", .title = "lock" },
    { .name = "script", .title = "script" },
    { .name = "result", .title = "result", .grow = true },
};

/* ---- the table ---- */

static size_t count(void *model)
{
    const struct rounds_pane *p = model;
    return p->d ? p->d->n_rounds : 0;
}

static uint32_t id_of(void *model, size_t row)
{
    const struct rounds_pane *p = model;
    return row < count(model) ? (uint32_t)p->d->rounds[row].n : 0;
}

static void add_change(struct str *out, enum detail_change change, ink_t *ink)
{
    static const char *const words[] = { "–", "new", "same", "changed" };
    str_add(out, words[change]);
    *ink = change == CHANGE_DIFFERS ? ROLE_WARNING : ROLE_DIM;
}

static void add_lock(const struct detail_round *r, struct str *out, ink_t *ink)
{
    if (r->lock != CHANGE_DIFFERS) {
        add_change(out, r->lock, ink);
        return;
    }
    str_addf(out, "+%d −%d", r->lock_added, r->lock_removed);
    *ink = ROLE_WARNING;
}

/* A round does what the analysis of the one before asked for. */
static void add_fired(const struct rounds_pane *p, size_t row, struct str *out)
{
    const struct detail_round *r = &p->d->rounds[row];
    const struct detail_round *before = row ? &p->d->rounds[row - 1] : NULL;
    struct str raw = STR_INIT;
    while (before && before->hand) /* no rule goes on from what a person tried */
        before = before > p->d->rounds ? before - 1 : NULL;
    if (r->hand)
        str_addf(&raw, "by hand, on round %d", r->base);
    else if (!before)
        str_add(&raw, "first try");
    else
        str_addf(&raw, "%s%s%s", before->rule, *before->remedy ? " → " : "", before->remedy);
    text_add_shown(out, raw.len ? raw.s : "–", raw.len ? raw.len : strlen("–"));
    str_release(&raw);
}

static void add_result(const struct detail_round *r, struct str *out, ink_t *ink)
{
    str_add(out, r->accepted ? "accepted" : *r->failure_class ? r->failure_class : "–");
    if (*r->reason) {
        str_add(out, ": ");
        text_add_shown(out, r->reason, strlen(r->reason));
    }
    *ink = r->accepted ? ROLE_ACCEPTED : ROLE_REJECTED;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct rounds_pane *p = model;
    const struct detail_round *r = &p->d->rounds[row];
    switch (column) {
    case 0:
        str_addf(out, "%d", r->n);
        break;
    case 1:
        add_fired(p, row, out);
        break;
    case 2:
        add_change(out, r->dockerfile, ink);
        break;
    case 3:
        add_lock(r, out, ink);
        break;
    case 4:
        add_change(out, r->script, ink);
        break;
    default:
        add_result(r, out, ink);
    }
    return true;
}

static void empty(void *model UNUSED, struct str *out)
{
    str_add(out, "No round of it was tried yet. r does.");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

/* ---- what changed ---- */

static const struct {
    const char *file, *title;
} compared[] = {
    { "Dockerfile", "Dockerfile" },
    { "requirements.lock", "lock" },
    { "eval_skeleton.sh", "evaluation script" },
};

struct diff_job {
    struct job job;
    char *before[ARRAY_LEN(compared)], *now; /* folders; before NULL: the file is new */
    struct str diffs[ARRAY_LEN(compared)];
};

static void read_maybe(const char *dir, const char *file, struct str *out)
{
    char *path = dir ? str_format("%s/%s", dir, file) : NULL;
    if (path && path_exists(path) && file_read(path, out, NULL) < 0)
        str_clear(out);
    free(path);
}

static int diff_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct diff_job *j = (struct diff_job *)job;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(compared); i++) {
        struct str old = STR_INIT, new = STR_INIT;
        read_maybe(j->before[i], compared[i].file, &old);
        read_maybe(j->now, compared[i].file, &new);
        if (new.len) /* it may not have come so far */
            rc = text_diff(compared[i].file, &old, &new, &j->diffs[i], err);
        str_release(&old);
        str_release(&new);
    }
    return rc;
}

/* git's own head lines name files that nobody has; the hunks are what counts. */
static const char *hunks_of(const struct str *diff)
{
    const char *at = strstr(diff->s, "\n@@");
    return at ? at + 1 : "";
}

static struct doc *diff_doc(const struct diff_job *j)
{
    struct doc *doc = doc_new();
    bool any = false;
    for (size_t i = 0; i < ARRAY_LEN(compared); i++) {
        const char *hunks = hunks_of(&j->diffs[i]);
        if (!*hunks)
            continue;
        any = true;
        doc_addf(doc, ROLE_HEADER, "── %s", compared[i].title);
        doc_end(doc);
        doc_text(doc, ink_of_diff, hunks, strlen(hunks));
    }
    if (!any)
        doc_line(doc, ROLE_DIM,
                 "Dockerfile, lock and evaluation script are as they were before it.");
    return doc;
}

static void diff_done(struct job *job, int rc, const struct error *err)
{
    struct diff_job *j = (struct diff_job *)job;
    struct rounds_pane *p = job->owner;
    if (p) {
        p->job = NULL;
        if (rc == 0)
            text_set_doc(p->text, diff_doc(j), false);
        else
            text_set_empty(p->text, error_text(err));
    }
    for (size_t i = 0; i < ARRAY_LEN(compared); i++) {
        str_release(&j->diffs[i]);
        free(j->before[i]);
    }
    free(j->now);
    free(j);
}

static void show_diff(void *payload)
{
    struct rounds_pane *p = payload;
    size_t at = p->table->cursor;
    if (at >= count(p))
        return;
    struct diff_job *j = xcalloc(1, sizeof(*j));
    job_drop(&p->job);
    j->job = (struct job){ .work = diff_work, .done = diff_done, .owner = p };
    const struct detail_round *r = &p->d->rounds[at];
    j->now = xstrdup(r->dir);
    for (size_t i = 0; i < ARRAY_LEN(compared); i++) {
        const struct detail_round *old = detail_before(p->d, r, compared[i].file);
        j->before[i] = old ? xstrdup(old->dir) : NULL;
        str_init(&j->diffs[i]);
    }
    p->job = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
    int from = r->base ? r->base : at ? p->d->rounds[at - 1].n : 0;
    char *title =
        from ? str_format("round %d → round %d", from, r->n) : str_format("round %d", r->n);
    window_set_title(p->text->win, title);
    free(title);
}

static void on_moved(void *payload)
{
    struct rounds_pane *p = payload;
    timer_start(p->rest, REST_MS);
}

/* ---- */

struct rounds_pane *rounds_new(struct app *a, struct window *parent)
{
    struct rounds_pane *p = xcalloc(1, sizeof(*p));
    p->app = a;
    p->table = table_new(parent, &model_ops, p);
    table_set_columns(p->table, columns, ARRAY_LEN(columns));
    p->text = text_new(a, parent);
    p->text->wrap = true; /* what changed may stand at the end of a long line */
    p->rest = timer_new(&a->loop, true, show_diff, p);
    p->table->moved = on_moved;
    p->table->payload = p;
    return p;
}

void rounds_free(struct rounds_pane *p)
{
    if (!p)
        return;
    job_drop(&p->job);
    timer_free(p->rest);
    free(p);
}

void rounds_show(struct rounds_pane *p, const struct detail *d)
{
    if (p->d)
        p->at = p->table->cursor;
    p->d = d;
    table_reset(p->table, p->at < count(p) ? p->at : 0);
}

void rounds_go(struct rounds_pane *p, size_t at)
{
    p->d = NULL;
    p->at = at;
}

struct window *rounds_table(struct rounds_pane *p)
{
    return p->table->win;
}

size_t rounds_at(struct rounds_pane *p)
{
    return p->table->cursor;
}
