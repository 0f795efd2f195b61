/* Words of a curator: marks, decisions, labels and notes on the instances here, and their end. */
#include "formats/formats.h"
#include "ui/data.h"
#include "ui/handlers.h"
#include "ui/undo.h"
#include "ui/views/target.h"

#include <stdlib.h>
#include <string.h>

static const char attention[] = "needs-attention";
static const char *const decisions[] = { "accept", "drop", "unsure" };

/* What is done is kept as four words each: "+" or "-", kind, text, instance. */
enum { WORDS = 4 };

struct review_job {
    struct job job;
    struct app *app;
    struct target target;
    const char *kind;
    char *word;
    bool retracted;   /* the word is taken away */
    bool decides;     /* the other decisions go */
    struct strv undo; /* instead: what is to be taken back, as it was done */
    struct strv done; /* what changed */
    struct strv ids;  /* of the target */
    struct map held;  /* what this curator's words are now: "kind\ntext\ninstance" */
    struct str curator;
};

static char *key_new(const char *kind, const char *text, const char *id)
{
    return str_format("%s\n%s\n%s", kind, text, id);
}

static int on_held(void *payload, const struct review *r, struct error *err UNUSED)
{
    struct review_job *j = payload;
    char *key = key_new(r->kind, r->text, r->instance_id);
    if (r->retracted)
        map_remove(&j->held, key);
    else
        map_put(&j->held, key, j);
    free(key);
    return 0;
}

/* Says it, if it is not so already. */
static int say(struct review_job *j, bool retracted, const char *kind, const char *text,
               const char *id, struct error *err)
{
    struct review r = { .curator = j->curator.s,
                        .instance_id = id,
                        .kind = kind,
                        .text = text,
                        .retracted = retracted };
    char *key = key_new(kind, text, id);
    bool is_so = map_has(&j->held, key) != retracted;
    int rc = is_so ? 0 : review_add(j->app->ws, &r, err);
    if (rc == 0 && !is_so) {
        (void)on_held(j, &r, err);
        strv_add_all(&j->done, retracted ? "-" : "+", kind, text, id, NULL);
    }
    free(key);
    return rc;
}

static int say_of(struct review_job *j, const char *id, struct error *err)
{
    int rc = say(j, j->retracted, j->kind, j->word, id, err);
    for (size_t i = 0; rc == 0 && j->decides && i < ARRAY_LEN(decisions); i++)
        if (strcmp(decisions[i], j->word) != 0)
            rc = say(j, true, "mark", decisions[i], id, err);
    return rc;
}

static int take_back(struct review_job *j, struct error *err)
{
    int rc = 0;
    for (size_t i = j->undo.n; rc == 0 && i >= WORDS; i -= WORDS) {
        char **w = j->undo.v + i - WORDS;
        rc = say(j, *w[0] == '+', w[1], w[2], w[3], err);
    }
    return rc;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct review_job *j = (struct review_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    review_curator(&j->app->ws->config, &j->curator);
    if (rc == 0)
        rc = reviews_each(j->app->ws, j->curator.s, on_held, j, err);
    if (rc == 0 && j->undo.n)
        return take_back(j, err);
    if (rc == 0)
        rc = target_ids(&j->target, idx, &j->ids, err);
    if (rc == 0 && !j->ids.n)
        rc = error_set(err, E_USAGE, "no instance is under the cursor");
    for (size_t i = 0; rc == 0 && i < j->ids.n; i++)
        rc = say_of(j, j->ids.v[i], err);
    return rc;
}

static void tell(struct app *a, const struct review_job *j)
{
    size_t n = j->done.n / WORDS;
    if (j->undo.n)
        app_say(a, "%zu of a curator's words taken back", n);
    else if (!n)
        app_say(a, "%s: nothing changes, it is so already", j->word);
    else if (strcmp(j->kind, "mark") != 0)
        app_say(a, "%s on %zu: %s; u takes it back", j->kind, n, j->word);
    else if (j->decides)
        app_say(a, "%s: %zu decided; u takes it back", j->word, j->ids.n);
    else
        app_say(a,
                j->retracted ? "%s: taken away from %zu; m sets it"
                             : "%s: %zu marked; M takes it away",
                j->word, n);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct review_job *j = (struct review_job *)job;
    struct app *a = job->owner;
    if (a && rc < 0)
        app_complain(a, "%s", error_text(err));
    else if (a)
        tell(a, j);
    if (a && j->done.n) { /* also what came before an error */
        if (!j->undo.n)
            undo_keep_review(a, j->word, &j->done);
        data_catch_up(a->data);
    }
    target_release(&j->target);
    strv_release(&j->undo);
    strv_release(&j->done);
    strv_release(&j->ids);
    map_release(&j->held);
    str_release(&j->curator);
    free(j->word);
    free(j);
}

static struct review_job *job_new(struct app *a, const char *kind, const char *word)
{
    struct review_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = a };
    j->app = a;
    j->kind = kind;
    j->word = xstrdup(word);
    strv_init(&j->undo);
    strv_init(&j->done);
    strv_init(&j->ids);
    map_init(&j->held, NULL);
    str_init(&j->curator);
    if (a->view->ops->target)
        a->view->ops->target(a->view, &j->target);
    return j;
}

void review_take_back(struct app *a, const struct strv *said)
{
    struct review_job *j = job_new(a, "mark", "");
    strv_add_list(&j->undo, said);
    lane_push(&a->loop, LANE_FILE, &j->job);
}

int act_review(struct app *a, int value, const char *arg, struct error *err UNUSED)
{
    struct review_job *j = job_new(a, "mark", *arg ? arg : attention);
    j->retracted = !value;
    lane_push(&a->loop, LANE_FILE, &j->job);
    return 0;
}

int act_decide(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    struct review_job *j = job_new(a, "mark", decisions[value]);
    j->decides = true;
    lane_push(&a->loop, LANE_FILE, &j->job);
    return 0;
}

int act_say(struct app *a, int value, const char *arg, struct error *err UNUSED)
{
    const char *kind = value ? "note" : "label";
    char *prompt = str_format("%s ", kind);
    if (*arg)
        lane_push(&a->loop, LANE_FILE, &job_new(a, kind, arg)->job);
    else
        palette_open(a, prompt);
    free(prompt);
    return 0;
}

static void preview(struct app *a, const char *what, const char *word, struct str *out)
{
    struct target t = { 0 };
    if (a->view->ops->target)
        a->view->ops->target(a->view, &t);
    str_addf(out, "the %s %s: ", what, word);
    target_add_words(&t, out);
    target_release(&t);
}

void review_preview(struct app *a, const char *arg, struct str *out)
{
    preview(a, "mark", *arg ? arg : attention, out);
}

void say_preview(struct app *a, const char *arg, struct str *out)
{
    preview(a, "words", *arg ? arg : "…", out);
}
