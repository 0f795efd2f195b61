/* Words of a curator: a mark on the instances here, and its end. */
#include "formats/formats.h"
#include "ui/data.h"
#include "ui/handlers.h"
#include "ui/views/target.h"

#include <stdlib.h>

static const char attention[] = "needs-attention";

struct review_job {
    struct job job;
    const struct workspace *ws;
    struct target target;
    char *word;
    bool retracted;
    size_t n;
};

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct review_job *j = (struct review_job *)job;
    struct strv ids = STRV_INIT;
    struct str curator = STR_INIT;
    struct index *idx;
    struct review r = { .kind = "mark", .text = j->word, .retracted = j->retracted };
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = target_ids(&j->target, idx, &ids, err);
    if (rc == 0 && !ids.n)
        rc = error_set(err, E_USAGE, "no instance is under the cursor");
    review_curator(&j->ws->config, &curator);
    r.curator = curator.s;
    for (; rc == 0 && j->n < ids.n; j->n++) {
        r.instance_id = ids.v[j->n];
        rc = review_add(j->ws, &r, err);
    }
    strv_release(&ids);
    str_release(&curator);
    return rc;
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct review_job *j = (struct review_job *)job;
    struct app *a = job->owner;
    if (a && rc < 0)
        app_complain(a, "%s", error_text(err));
    else if (a)
        app_say(a,
                j->retracted ? "%s: taken away from %zu; m sets it"
                             : "%s: %zu marked; M takes it away",
                j->word, j->n);
    if (a && rc == 0)
        data_catch_up(a->data);
    target_release(&j->target);
    free(j->word);
    free(j);
}

int act_review(struct app *a, int value, const char *arg, struct error *err UNUSED)
{
    struct review_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = a };
    j->ws = a->ws;
    j->word = xstrdup(*arg ? arg : attention);
    j->retracted = !value;
    if (a->view->ops->target)
        a->view->ops->target(a->view, &j->target);
    lane_push(&a->loop, LANE_FILE, &j->job);
    return 0;
}

void review_preview(struct app *a, const char *arg, struct str *out)
{
    struct target t = { 0 };
    if (a->view->ops->target)
        a->view->ops->target(a->view, &t);
    str_addf(out, "the mark %s: ", *arg ? arg : attention);
    target_add_words(&t, out);
    target_release(&t);
}
