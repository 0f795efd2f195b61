#include "pipeline/private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool round_is_by_hand(const struct synthesis *s)
{
    char *path = round_path(s, "hand.json");
    bool is = path_exists(path);
    free(path);
    return is;
}

void hand_settle(struct analysis *a)
{
    a->is_finish = true;
    analysis_say(&a->rule, xstrdup(""));
    analysis_say(&a->remedy, xstrdup(""));
}

static void choose_dir(struct synthesis *s, int round)
{
    free(s->round_dir);
    s->round_dir = str_format("%s/round-%d", s->dir, round);
}

/* ---- what it stands on ---- */

static int read_findings(struct synthesis *s, struct error *err)
{
    json_t *doc = NULL;
    char *path = round_path(s, "findings.json");
    int rc = path_exists(path)
                 ? json_read_file(path, &doc, err)
                 : error_set(err, E_NOTFOUND, "round %d has no findings.json", s->round);
    if (rc == 0)
        rc = findings_from_json(doc, &s->findings, err);
    json_decref(doc);
    free(path);
    return rc;
}

/* A round that failed early has no script: the last one before it that came so far is as near. */
static void read_earlier(struct synthesis *s, int round)
{
    struct str *texts[] = { &s->dockerfile, &s->lock, &s->skeleton };
    struct str kept[ARRAY_LEN(texts)] = { STR_INIT, STR_INIT, STR_INIT };
    for (int n = round; n > 0; n--) {
        choose_dir(s, n);
        read_texts(s);
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
            if (!kept[i].len)
                str_set(&kept[i], texts[i]->s);
    }
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        str_set(texts[i], kept[i].s);
        str_release(&kept[i]);
    }
}

/* The interpreter of the base image is the Dockerfile's default, which a person may have changed.
 */
void python_of_dockerfile(struct synthesis *s)
{
    static const char mark[] = "ARG BASE=python:";
    const char *at = strstr(s->dockerfile.s, mark);
    if (!at)
        return;
    at += sizeof(mark) - 1;
    size_t n = strspn(at, "0123456789.");
    if (n && n < sizeof(s->findings.plan.python) && isdigit((unsigned char)at[n - 1])) {
        memcpy(s->findings.plan.python, at, n);
        s->findings.plan.python[n] = '\0';
    }
}

/* ---- the request ---- */

static void take_text(const char *text, const char *name, struct str *to, json_t *changed)
{
    if (!text)
        return;
    if (strcmp(text, to->s) != 0)
        json_array_append_new(changed, json_string(name));
    str_set(to, text);
}

static int take_texts(struct synthesis *s, int base, struct error *err)
{
    const struct asked *asked = s->job->asked;
    json_t *changed = json_array();
    struct str script = STR_INIT;
    int rc = 0;
    str_add(&script, asked->script ? asked->script : "");
    take_text(asked->dockerfile, "Dockerfile", &s->dockerfile, changed);
    take_text(asked->lock, "requirements.lock", &s->lock, changed);
    if (asked->script && !script_unfill(&script, &s->in.test_patch))
        rc = error_set(err, E_USAGE,
                       "the script has neither the test patch nor the line "
                       "[CONTENT OF TEST PATCH] in its place");
    else
        take_text(asked->script ? script.s : NULL, "eval_skeleton.sh", &s->skeleton, changed);
    s->has_lock = asked->lock || s->lock.len;
    s->has_dockerfile = s->dockerfile.len > 0;
    s->has_skeleton = s->skeleton.len > 0;
    s->hand = json_pack("{si ss si ss so}", "format", 1, "rule", "by hand", "base", base, "ticket",
                        asked->ticket, "changed", changed);
    str_release(&script);
    return rc;
}

/* The round that this asking has begun before, else the next free one. */
static int number(struct synthesis *s, int last)
{
    for (int n = last; n > 0; n--) {
        json_t *doc = NULL;
        choose_dir(s, n);
        char *path = round_path(s, "hand.json");
        bool same = path_exists(path) && json_read_file(path, &doc, NULL) == 0 &&
                    strcmp(json_get_str(doc, "ticket", ""), s->job->asked->ticket) == 0;
        free(path);
        json_decref(doc);
        if (same)
            return n;
    }
    return last + 1;
}

static int prepare(struct synthesis *s, struct error *err)
{
    int last = 0, rc = last_round(s, &last, err);
    int next = number(s, last), base = s->job->asked->from_round;
    if (!base)
        base = next > last ? last : next - 1;
    if (rc == 0 && (base < 1 || base > last))
        return last ? error_set(err, E_USAGE, "there is no round %d: the last is %d", base, last)
                    : error_set(err, E_USAGE, "no round was tried yet: nothing to start from");
    s->round = base;
    choose_dir(s, base);
    if (rc == 0)
        rc = read_findings(s, err);
    if (rc < 0)
        return rc;
    read_earlier(s, base);
    rc = take_texts(s, base, err);
    python_of_dockerfile(s);
    s->round = next;
    choose_dir(s, next);
    return rc;
}

/* ---- the try ---- */

static void tell(const struct synthesis *s, const struct evaluation *ev, const struct analysis *a,
                 bool kept, struct job_result *out)
{
    struct str why = STR_INIT;
    str_addf(&why, "round %d, by hand: %s", s->round, a->reason ? a->reason : "");
    if (kept)
        str_add(&why, "; what was accepted before stays");
    job_result_set(out, a->solvable ? "accepted" : failure_info(a->class)->state,
                   a->solvable ? "" : failure_info(a->class)->name, why.s);
    out->seconds = (double)(clock_ms() - s->begin_ms) / 1000;
    out->round = s->round;
    out->f2p = (int64_t)ev->f2p.n;
    out->p2p = (int64_t)ev->p2p.n;
    str_release(&why);
}

static int settle(struct synthesis *s, const json_t *status, const struct evaluation *ev,
                  const struct analysis *a, struct job_result *out, struct error *err)
{
    bool was_accepted = strcmp(json_get_str(status, "state", ""), "accepted") == 0;
    bool kept = was_accepted && !a->solvable;
    int rc = 0;
    python_of_dockerfile(s); /* the analysis may have changed the plan for a next round */
    if (!kept)
        rc = write_final(s, a->solvable, err);
    if (rc == 0 && !kept)
        rc = write_status(s, a->solvable ? "accepted" : failure_info(a->class)->state, ev, a, err);
    images_drop(s, a->solvable);
    tell(s, ev, a, kept, out);
    return rc;
}

static int run(struct synthesis *s, const json_t *status, struct job_result *out, struct error *err)
{
    struct evaluation ev;
    struct analysis a;
    enum phase at;
    evaluation_init(&ev);
    analysis_init(&a);
    int rc = agent_rules_new(s->job->ws->root, &s->agent, err);
    if (rc == 0)
        rc = round_run(s, &ev, &a, &at, err);
    if (rc == 0)
        rc = settle(s, status, &ev, &a, out, err);
    analysis_release(&a);
    evaluation_release(&ev);
    return rc;
}

int hand_try(struct synthesis *s, const json_t *status, struct job_result *out, struct error *err)
{
    int rc = synthesis_sweep(s, err);
    if (rc == 0)
        rc = synthesis_fetch(s, err);
    if (rc == 0)
        rc = resume_seconds(s, err);
    if (rc < 0)
        return rc;
    rc = prepare(s, err);
    if (rc == E_USAGE || rc == E_NOTFOUND) { /* trying again would say the same */
        job_result_set(out, "failed", "", error_text(err));
        error_clear(err);
        return 0;
    }
    return rc < 0 ? rc : run(s, status, out, err);
}
