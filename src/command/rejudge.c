#include "command/rejudge.h"
#include "command/select.h"
#include "index/index.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rejudge_count {
    size_t changed, undecided, stand, unjudged, unreadable, signals;
    struct strv written; /* ids */
};

/* ---- what was seen ---- */

static json_t *json_of_side(const char *state, const char *class, size_t f2p, size_t p2p)
{
    json_t *doc = json_object();
    json_put_text(doc, "state", state);
    json_put_text(doc, "failure_class", *class ? class : NULL);
    json_put_int(doc, "f2p", (int64_t)f2p);
    json_put_int(doc, "p2p", (int64_t)p2p);
    return doc;
}

static void print_json(const char *id, const char *run, const struct rejudgement *r, bool write)
{
    json_t *doc = json_object();
    json_put_text(doc, "instance_id", id);
    json_put_text(doc, "run", run);
    json_put_int(doc, "round", r->round);
    json_object_set_new(
        doc, "before",
        json_of_side(r->before.state, r->before.failure_class, r->before.f2p, r->before.p2p));
    json_object_set_new(
        doc, "after",
        json_of_side(r->after.state, r->after.failure_class, r->after.f2p, r->after.p2p));
    json_put_text(doc, "why", r->why);
    json_put_bool(doc, "written", write);
    char *line = json_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
}

static void print_line(const char *id, const struct rejudgement *r)
{
    struct str line = STR_INIT;
    text_add_shown(&line, id, strlen(id));
    str_addf(&line, "  %s%s%s", r->before.state, *r->before.failure_class ? ": " : "",
             r->before.failure_class);
    if (strcmp(r->before.state, r->after.state) != 0 ||
        strcmp(r->before.failure_class, r->after.failure_class) != 0)
        str_addf(&line, " -> %s%s%s", r->after.state, *r->after.failure_class ? ": " : "",
                 r->after.failure_class);
    str_add(&line, "  ");
    text_add_shown(&line, r->why, strlen(r->why));
    puts(line.s);
    str_release(&line);
}

static void say_error(const struct error *err)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, error_text(err), strlen(error_text(err)));
    fprintf(stderr, "%s\n", shown.s);
    str_release(&shown);
}

static void say_end(const struct invocation *inv, const struct rejudge_count *c, const char *run,
                    bool write)
{
    if (inv->quiet)
        return;
    fprintf(stderr, "run %s: %zu judged again, %zu changed, %zu stand", run, c->changed + c->stand,
            c->changed, c->stand);
    if (c->signals)
        fprintf(stderr, "; %zu have other quality signals", c->signals);
    if (c->undecided)
        fprintf(stderr, "; %zu of them undecided, left as they are", c->undecided);
    if (c->unjudged)
        fprintf(stderr, "; %zu ended before any test ran", c->unjudged);
    if (c->unreadable)
        fprintf(stderr, "; %zu cannot be judged", c->unreadable);
    fputs(write ? "\n" : "; nothing was written\n", stderr);
}

/* ---- going through ---- */

/* What a batch has in hand is its own to write. */
static int refuse_living(const struct workspace *ws, const char *run, struct error *err)
{
    static const char *const stages[] = { "synthesize", "verify" };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(stages); i++) {
        struct strv open = STRV_INIT;
        rc = batch_find_open(ws, stages[i], run, &open, err);
        for (size_t k = 0; rc == 0 && k < open.n; k++)
            if (batch_alive(ws, open.v[k]))
                rc = error_set(err, E_FAIL,
                               "%s is at work on the run %s; wait for its end, or look with "
                               "--dry-run",
                               open.v[k], run);
        strv_release(&open);
    }
    return rc;
}

static int judge_all(struct invocation *inv, const struct strv *ids, const char *run, bool write,
                     struct rejudge_count *c, struct error *err)
{
    struct job_context job = { .ws = inv->workspace, .run = run, .agent = "", .stop = inv->stop };
    for (size_t i = 0; i < ids->n; i++) {
        struct rejudgement r;
        if (cancel_raised(inv->stop))
            return error_set(err, E_CANCELLED, "cancelled; what was judged stays so");
        int rc = rejudge_instance(&job, ids->v[i], write, &r, err);
        if (rc == E_DISK)
            return rc;
        if (rc < 0) {
            say_error(err);
            error_clear(err);
            c->unreadable++;
        } else if (r.changed) {
            c->changed++;
            if (inv->json)
                print_json(ids->v[i], run, &r, write && !r.undecided);
            else
                print_line(ids->v[i], &r);
            c->undecided += r.undecided;
            if (write && !r.undecided)
                strv_add(&c->written, ids->v[i]);
        } else {
            if (write && r.signals)
                strv_add(&c->written, ids->v[i]);
            c->signals += r.signals;
            c->stand += r.judged;
            c->unjudged += !r.judged;
        }
        rejudgement_release(&r);
    }
    return 0;
}

/* Ended environments are not looked at again by themselves. */
static int ingest(struct index *idx, const char *run, const char *id, struct error *err)
{
    struct task_place place = { 0 };
    int rc = index_find_task(idx, id, &place, err);
    if (rc == 0) {
        char *folder = repo_folder_new(place.repo);
        rc = index_ingest_env(idx, run, folder, id, err);
        free(folder);
    }
    task_place_release(&place);
    return rc;
}

static int ingest_all(struct invocation *inv, const struct strv *ids, const char *run,
                      struct error *err)
{
    struct index *idx;
    if (!ids->n)
        return 0;
    int rc = index_open(inv->workspace, INDEX_WRITE, &idx, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; rc == 0 && i < ids->n; i++)
        rc = ingest(idx, run, ids->v[i], err);
    index_close(idx);
    if (rc < 0)
        error_prefix(err, "the files are written, the index is not (bottega reindex)");
    return rc;
}

/* Options that say how to run. */
static int check_options(const struct args *args, struct error *err)
{
    static const char *const others[] = { "jobs", "agent",      "engine",     "detach",
                                          "eval", "from-round", "dockerfile", "requirements" };
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (args_flag(args, others[i]))
            return error_set(err, E_USAGE, "--rejudge runs nothing: --%s has no place beside it",
                             others[i]);
    return 0;
}

int rejudge_run(struct invocation *inv, const char *run, struct error *err)
{
    struct workload p = WORKLOAD_INIT;
    struct rejudge_count count = { .written = STRV_INIT };
    struct error later = ERROR_INIT;
    bool write = !args_flag(inv->args, "dry-run");
    int rc = check_options(inv->args, err);
    if (rc == 0)
        rc = workload_make(inv, run, select_ended, &p, err);
    if (rc == 0 && write)
        rc = refuse_living(inv->workspace, run, err);
    if (rc == 0) {
        rc = judge_all(inv, &p.pick.ids, run, write, &count, err);
        int told = ingest_all(inv, &count.written, run, &later);
        if (rc == 0 && told < 0)
            rc = error_set(err, told, "%s", error_text(&later));
        say_end(inv, &count, run, write);
    }
    if (rc == 0)
        rc = count.unreadable ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
    error_release(&later);
    strv_release(&count.written);
    workload_release(&p);
    return rc;
}
