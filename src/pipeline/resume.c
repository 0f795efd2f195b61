#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

static int read_round_doc(const struct synthesis *s, const char *name, json_t **out,
                          struct error *err)
{
    char *path = round_path(s, name);
    int rc = json_read_file(path, out, err);
    free(path);
    return rc;
}

/* What ended for the surroundings' sake says nothing of the instance: it is run again. */
static bool ended_by_surroundings(const json_t *analysis)
{
    enum failure_class class = failure_by_name(json_get_str(analysis, "class", ""));
    return json_get_bool(analysis, "is_finish", false) &&
           failure_info(class)->next == NEXT_RETRY_SAME;
}

bool round_is_finished(const struct synthesis *s)
{
    char *evaluation = round_path(s, "evaluation.json");
    json_t *analysis = NULL;
    bool finished = path_exists(evaluation) &&
                    read_round_doc(s, "analysis.json", &analysis, NULL) == 0 &&
                    !ended_by_surroundings(analysis);
    json_decref(analysis);
    free(evaluation);
    return finished;
}

/* A round that failed early has fewer files. */
void read_texts(struct synthesis *s)
{
    const struct {
        const char *name;
        struct str *text;
    } files[] = { { "Dockerfile", &s->dockerfile },
                  { "requirements.lock", &s->lock },
                  { "eval_skeleton.sh", &s->skeleton },
                  { "eval.sh", &s->script } };
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char *path = round_path(s, files[i].name);
        str_clear(files[i].text);
        if (file_read(path, files[i].text, NULL) < 0)
            str_clear(files[i].text);
        free(path);
    }
}

static void read_reports(const struct synthesis *s, struct evaluation *ev)
{
    for (size_t i = 0; i < ev->n_runs; i++) {
        char *xml = round_path(s, ev->runs[i].xml);
        (void)!junit_read(xml, &ev->runs[i], NULL);
        free(xml);
    }
}

/* Images of the rounds before are this job's to remove. */
static void claim_image(struct synthesis *s)
{
    if (!s->dockerfile.len || base_image(s, NULL) < 0)
        return;
    free(s->tag);
    s->tag = tag_new(s);
    strv_add_once(&s->built, s->tag);
}

int round_read(struct synthesis *s, struct evaluation *ev, json_t **doc, struct error *err)
{
    json_t *findings = NULL;
    *doc = NULL;
    int rc = read_round_doc(s, "findings.json", &findings, err);
    if (rc == 0)
        rc = findings_from_json(findings, &s->findings, err);
    if (rc == 0)
        rc = read_round_doc(s, "evaluation.json", doc, err);
    if (rc == 0)
        rc = evaluation_from_json(*doc, ev, err);
    json_decref(findings);
    ev->dir = s->round_dir;
    if (rc == 0)
        read_texts(s);
    return rc;
}

/* A round that was refused when it ran, and is not by the rules of now: nobody looked at its image.
 * What that says is the round's from now on. */
static int look_at_image(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    int rc = build_image(s, err);
    if (rc < 0 || ev->controls.ran)
        return rc;
    rc = controls_run(s, ev, err);
    if (rc < 0)
        return rc;
    judge_now(s, ev);
    signals_fill(s, ev);
    return write_round_json(s, "evaluation.json", evaluation_to_json(ev), err);
}

int round_replay(struct synthesis *s, struct evaluation *ev, struct analysis *a, enum phase *at,
                 struct error *err)
{
    json_t *doc = NULL;
    *at = PHASE_ANALYZE;
    int rc = round_read(s, ev, &doc, err);
    json_decref(doc);
    if (rc < 0)
        return rc;
    read_reports(s, ev);
    claim_image(s);
    if (ev->n_runs)
        judge_now(s, ev);
    if (ev->accepted)
        rc = look_at_image(s, ev, err);
    return rc < 0 ? rc : round_analyze(s, ev, a, err);
}

static int add_seconds(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                       const struct error *err UNUSED)
{
    struct synthesis *s = payload;
    const char *name = json_get_str(doc, "phase", "");
    for (enum phase p = 0; p < PHASES; p++)
        if (strcmp(phase_name(p), name) == 0)
            s->phase_seconds[p] += (double)json_get_int(doc, "ms", 0) / 1000;
    return 0;
}

/* Rounds of another life that has no status are nobody's; what a person wrote is. */
static int forget_rounds(const struct synthesis *s, struct error *err)
{
    struct strv names = STRV_INIT;
    int rc = dir_list(s->dir, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = str_format("%s/%s", s->dir, names.v[i]);
        char *hand = str_format("%s/hand.json", path);
        if ((str_starts(names.v[i], "round-") && !path_exists(hand)) ||
            strcmp(names.v[i], "journal.jsonl") == 0)
            rc = tree_remove(path, err);
        free(hand);
        free(path);
    }
    strv_release(&names);
    return rc;
}

int resume_seconds(struct synthesis *s, struct error *err)
{
    char *journal = str_format("%s/journal.jsonl", s->dir);
    int rc = path_exists(journal) ? json_each_line(journal, add_seconds, s, err) : 0;
    free(journal);
    return rc;
}

int resume(struct synthesis *s, const json_t *status, struct error *err)
{
    int rc = 0;
    if (!status || strcmp(json_get_str(status, "agent", ""), s->job->agent) != 0)
        rc = forget_rounds(s, err);
    else
        (void)clock_parse(json_get_str(status, "started", ""), &s->started);
    return rc == 0 ? resume_seconds(s, err) : rc;
}
