#include "ui/undo.h"

#include "dispatch/dispatch.h"
#include "index/index.h"
#include "ui/app.h"
#include "ui/data.h"
#include "ui/handlers.h"
#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 100 };

struct undo_step {
    const struct undo_kind *kind;
    char *name, *before; /* of a query; `name` of a batch */
    const struct view *view;
    struct table *table;
    uint32_t *ids;
    size_t n;
    struct strv said; /* of a curator */
};

struct undo_kind {
    void (*add_words)(const struct undo_step *s, struct str *out);
    int (*take)(struct app *a, const struct undo_step *s, struct error *err);
};

struct undo {
    struct undo_step v[STEPS_MAX];
    size_t n;
};

static void step_release(struct undo_step *s)
{
    free(s->name);
    free(s->before);
    free(s->ids);
    strv_release(&s->said);
}

static void drop(struct undo *u, size_t i)
{
    step_release(&u->v[i]);
    u->n--;
    memmove(&u->v[i], &u->v[i + 1], (u->n - i) * sizeof(u->v[i]));
}

static struct undo_step *push(struct app *a, const struct undo_kind *kind)
{
    if (!a->undo)
        a->undo = xcalloc(1, sizeof(*a->undo));
    if (a->undo->n == STEPS_MAX)
        drop(a->undo, 0);
    struct undo_step *s = &a->undo->v[a->undo->n++];
    *s = (struct undo_step){ .kind = kind, .said = STRV_INIT };
    return s;
}

/* ---- marks ---- */

static void marks_words(const struct undo_step *s, struct str *out)
{
    str_addf(out, "marks %zu again, %zu now", s->n, s->table->n_marks);
}

static int marks_take(struct app *a, const struct undo_step *s, struct error *err UNUSED)
{
    size_t now = s->table->n_marks;
    table_set_marks(s->table, s->ids, s->n);
    app_say(a, "%zu marked again, as before; it was %zu", s->n, now);
    return 0;
}

static const struct undo_kind marks_kind = { marks_words, marks_take };

void undo_keep_marks(struct app *a, struct table *t)
{
    struct undo_step *s = push(a, &marks_kind);
    s->view = a->view;
    s->table = t;
    s->n = t->n_marks;
    s->ids = xcalloc(s->n + 1, sizeof(*s->ids));
    if (s->n)
        memcpy(s->ids, t->marks, s->n * sizeof(*s->ids));
}

/* ---- saved queries ---- */

static void query_words(const struct undo_step *s, struct str *out)
{
    if (*s->before)
        str_addf(out, "@%s means %s again", s->name, s->before);
    else
        str_addf(out, "@%s is forgotten again", s->name);
}

static int query_take(struct app *a, const struct undo_step *s, struct error *err)
{
    struct str words = STR_INIT;
    int rc = saved_put(a->ws, s->name, s->before, err);
    query_words(s, &words);
    if (rc == 0)
        app_say(a, "%s", words.s);
    str_release(&words);
    return rc;
}

static const struct undo_kind query_kind = { query_words, query_take };

void undo_keep_query(struct app *a, const char *name, const char *before)
{
    struct undo_step *s = push(a, &query_kind);
    s->name = xstrdup(name);
    s->before = xstrdup(before);
}

/* ---- a curator's words ---- */

static void review_words(const struct undo_step *s, struct str *out)
{
    str_addf(out, "what was said of instances: %s", s->name);
}

static int review_take(struct app *a, const struct undo_step *s, struct error *err UNUSED)
{
    review_take_back(a, &s->said);
    return 0;
}

static const struct undo_kind review_kind = { review_words, review_take };

void undo_keep_review(struct app *a, const char *word, const struct strv *said)
{
    struct undo_step *s = push(a, &review_kind);
    s->name = xstrdup(word);
    strv_add_list(&s->said, said);
}

/* ---- batches ---- */

struct cancel_job {
    struct job job;
    const struct workspace *ws;
    char *batch;
};

static int cancel_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct cancel_job *j = (struct cancel_job *)job;
    json_t *order = json_pack("{s:s}", "cmd", "cancel"), *reply = NULL;
    int rc = client_ask(j->ws, j->batch, order, &reply, err);
    json_decref(order);
    json_decref(reply);
    return rc;
}

static void cancel_done(struct job *job, int rc, const struct error *err)
{
    struct cancel_job *j = (struct cancel_job *)job;
    struct app *a = job->owner;
    if (a && rc < 0)
        app_complain(a, "%s: %s", j->batch, error_text(err));
    else if (a) {
        app_say(a, "%s stops; what it had finished stays", j->batch);
        data_catch_up(a->data);
    }
    free(j->batch);
    free(j);
}

static void batch_words(const struct undo_step *s, struct str *out)
{
    str_addf(out, "%s is cancelled; what it has finished stays", s->name);
}

static int batch_take(struct app *a, const struct undo_step *s, struct error *err)
{
    if (!batch_alive(a->ws, s->name))
        return error_set(err, E_USAGE, "%s has ended; nothing of it can be taken back", s->name);
    struct cancel_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = cancel_work, .done = cancel_done, .owner = a };
    j->ws = a->ws;
    j->batch = xstrdup(s->name);
    lane_push(&a->loop, LANE_OUTSIDE, &j->job);
    return 0;
}

static const struct undo_kind batch_kind = { batch_words, batch_take };

void undo_keep_batch(struct app *a, const char *batch)
{
    push(a, &batch_kind)->name = xstrdup(batch);
}

/* ---- */

bool undo_any(const struct app *a)
{
    return a->undo && a->undo->n;
}

void undo_add_words(const struct app *a, struct str *out)
{
    const struct undo_step *s = &a->undo->v[a->undo->n - 1];
    s->kind->add_words(s, out);
}

int undo_take(struct app *a, struct error *err)
{
    struct undo_step s = a->undo->v[--a->undo->n];
    int rc = s.kind->take(a, &s, err);
    step_release(&s);
    return rc;
}

void undo_forget_view(struct app *a, const struct view *v)
{
    for (size_t i = a->undo ? a->undo->n : 0; i-- > 0;)
        if (a->undo->v[i].view == v)
            drop(a->undo, i);
}

void undo_release(struct app *a)
{
    while (a->undo && a->undo->n)
        drop(a->undo, a->undo->n - 1);
    free(a->undo);
    a->undo = NULL;
}
