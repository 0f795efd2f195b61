#include "pipeline/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void leak_report_release(struct leak_report *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->v[i].kind);
        free(r->v[i].where);
        free(r->v[i].what);
        free(r->v[i].bytes);
    }
    free(r->v);
    memset(r, 0, sizeof(*r));
}

static void add_leak(struct leak_report *r, const char *kind, const char *where, const char *what,
                     const char *bytes)
{
    r->v = xrealloc(r->v, (r->n + 1) * sizeof(*r->v));
    r->v[r->n++] = (struct leak){ xstrdup(kind), xstrdup(where), xstrdup(what), xstrdup(bytes) };
}

void leaks_of_controls(const struct controls *c, struct leak_report *out)
{
    for (size_t i = 0; i < c->leaks.n; i++) {
        struct strv words = STRV_INIT;
        strv_split(&words, c->leaks.v[i], "\t");
        add_leak(out, words.n > 0 ? words.v[0] : "", words.n > 1 ? words.v[1] : "",
                 words.n > 2 ? words.v[2] : "", words.n > 3 ? words.v[3] : "");
        strv_release(&words);
    }
    if (c->gutted_passes) {
        char *what = str_format("%d F2P tests pass with their files empty", c->gutted_passes);
        add_leak(out, "gutted-tests", "eval.sh", what, "");
        free(what);
    }
    if (c->reversed && c->reversed_exit == 0)
        add_leak(out, "reversed-fix", "eval.sh", "the tests pass with the fix reversed", "");
}

static void read_script(const struct synthesis *s, struct leak_report *out)
{
    struct str line = STR_INIT;
    const char *what = script_dishonesty(&s->skeleton, &line);
    if (what)
        add_leak(out, "script", "eval_skeleton.sh", what, line.s);
    str_release(&line);
}

/* What was accepted: its findings, texts and F2P tests. */
static int read_accepted(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    json_t *status = NULL, *doc = NULL;
    struct evaluation was;
    evaluation_init(&was);
    int rc = status_read(s, &status, err);
    if (rc == 0 && strcmp(json_get_str(status, "state", ""), "accepted") != 0)
        rc = error_set(err, E_NOTFOUND, "it is not accepted");
    s->round = (int)json_get_int(status, "round", 1);
    s->round_dir = str_format("%s/round-%d", s->dir, s->round);
    if (rc == 0)
        rc = round_read(s, &was, &doc, err);
    if (rc == 0)
        json_get_strv(doc, "f2p", &ev->f2p);
    json_decref(doc);
    json_decref(status);
    evaluation_release(&was);
    return rc;
}

/* The script must say no without the fix, say why not otherwise. */
static int run_unfixed(struct synthesis *s, struct leak_report *out, struct error *err)
{
    struct evaluation ev;
    evaluation_init(&ev);
    int rc = evaluate_once(s, &ev, COND_TEST_ONLY, 1, err);
    if (rc == 0 && ev.runs[0].exit_code == 0)
        add_leak(out, "empty-fix", "eval.sh", "the tests pass without the fix", "");
    evaluation_release(&ev);
    return rc;
}

/* In a folder of its own: the round keeps the logs of what it was accepted by. */
static int look(struct synthesis *s, struct evaluation *ev, struct leak_report *out,
                struct error *err)
{
    char dir[] = "/tmp/bottega-check-XXXXXX";
    if (!mkdtemp(dir) || chmod(dir, 0755) < 0)
        return error_errno(err, errno, "cannot make a folder in /tmp");
    free(s->round_dir);
    s->round_dir = xstrdup(dir);
    s->checking = true;
    int rc = base_image(s, err);
    if (rc == 0)
        rc = build_image(s, err);
    if (rc == 0)
        rc = controls_run(s, ev, err);
    if (rc == 0)
        rc = run_unfixed(s, out, err);
    if (rc == 0)
        leaks_of_controls(&ev->controls, out);
    images_drop(s, true);
    (void)!tree_remove(dir, NULL);
    return rc;
}

int leaks_instance(struct job_context *job, const char *instance_id, struct leak_report *out,
                   struct error *err)
{
    struct synthesis s;
    struct evaluation ev;
    memset(out, 0, sizeof(*out));
    evaluation_init(&ev);
    int rc = synthesis_init(&s, job, instance_id, err);
    if (rc == 0)
        rc = read_accepted(&s, &ev, err);
    if (rc == 0)
        rc = synthesis_fetch(&s, err);
    if (rc == 0) {
        read_script(&s, out);
        rc = look(&s, &ev, out, err);
    }
    if (rc < 0)
        error_prefix(err, "%s", instance_id);
    evaluation_release(&ev);
    synthesis_release(&s);
    return rc;
}
