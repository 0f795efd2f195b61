#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_TESTS = 5 }; /* pytest's status when it finds none */

/* Where this round's evidence stands. */
static const char *evidence_of(const struct evaluation *ev)
{
    if (ev->failed_log)
        return ev->failed_log;
    const struct controls *c = &ev->controls;
    bool refused =
        c->leaks.n || c->gutted_passes || c->unstable || (c->reversed && c->reversed_exit == 0);
    if (c->log && refused)
        return c->log;
    return ev->n_runs ? ev->runs[0].log : "build.log";
}

/* Whether the tests ran and the contract said no, as against an environment that is not right. */
static bool is_verdict(const struct evaluation *ev)
{
    return ev->failed == FAIL_NONE && ev->verdict != FAIL_NONE;
}

static bool default_move(struct findings *f, enum failure_class class, struct analysis *out)
{
    bool moved = false;
    switch (failure_info(class)->next) {
    case NEXT_RUNG:
        moved = move_rung(f, "next") || move_python(f, "next");
        break;
    case NEXT_INTERPRETER:
    case NEXT_ADD_PACKAGE:
        moved = move_python(f, "next");
        break;
    case NEXT_RETRY_SAME:
        moved = strv_add_once(&f->plan.tried, "retry");
        break;
    default:
        break;
    }
    if (moved) {
        analysis_say(&out->rule, xstrdup("ladder"));
        analysis_say(&out->remedy,
                     str_format("python %s, rung %s", f->plan.python, rung_name(f->plan.rung)));
    }
    return moved;
}

static void fill_reason(struct analysis *out, const struct evaluation *ev,
                        const struct playbook_hit *hit)
{
    struct str shown = STR_INIT;
    if (hit && !is_verdict(ev))
        text_add_shown(&shown, hit->words, strcspn(hit->words, "\n"));
    else if (ev->failed_why)
        str_add(&shown, ev->failed_why);
    else
        str_add(&shown, ev->reason && *ev->reason ? ev->reason : failure_info(out->class)->text);
    analysis_say(&out->reason, str_detach(&shown));
}

/* Tries the hits of the playbook until one changes the plan. */
static bool play(struct rules_agent *r, const struct evaluation *ev, const struct log *log,
                 struct findings *f, struct analysis *out)
{
    struct playbook_hit hit;
    bool moved = false;
    while (!moved && playbook_find(r->playbook, ev->reached, log, f, &hit)) {
        moved = remedy_apply(f, hit.remedy);
        if (moved) {
            out->class = is_verdict(ev) ? ev->verdict : hit.class;
            out->line = hit.line;
            analysis_say(&out->rule, xstrdup(hit.rule));
            analysis_say(&out->remedy, xstrdup(hit.remedy));
            fill_reason(out, ev, &hit);
        }
        playbook_hit_release(&hit);
    }
    return moved;
}

/* ---- what a verdict rests on ---- */

static const struct test_result *result_of(const struct eval_run *run, const char *id)
{
    for (size_t i = 0; i < run->n_tests; i++) {
        if (strcmp(run->tests[i].id, id) == 0)
            return &run->tests[i];
    }
    return NULL;
}

static const char network[] = "getaddrinfo|Name or service not known|Temporary failure in name "
                              "resolution|Network is unreachable|gaierror|Max retries exceeded|"
                              "Failed to resolve|No address associated|Could not resolve";

/* Whether every test that the fix should have mended asks for the network. */
static bool needs_network(const struct evaluation *ev, const struct log *log)
{
    if (ev->failed == FAIL_COLLECT)
        return rx_has(network, &log->text);
    for (size_t i = 0; i < ev->unfixed.n; i++) {
        const struct test_result *t = ev->n_runs ? result_of(&ev->runs[0], ev->unfixed.v[i]) : NULL;
        struct str words = STR_INIT;
        str_add(&words, t && t->message ? t->message : "");
        bool asks = rx_has(network, &words);
        str_release(&words);
        if (!asks)
            return false;
    }
    return ev->unfixed.n > 0;
}

/* What the build was at when it failed: the last command that the builder blames. */
static enum failure_class build_class(const struct log *log)
{
    static const char blamed[] = "(?:process \"|The command ')/bin/sh -c (.*)|^ERROR: .*?(RUN .*)$";
    enum failure_class class = FAIL_PROJECT_INSTALL;
    struct strv groups = STRV_INIT;
    struct rx *rx = NULL;
    int rc = rx_new(blamed, &rx, NULL);
    for (long at = 0; rc == 0 && (at = rx_find(rx, &log->text, (size_t)at, &groups)) >= 0;) {
        bool dependency = strstr(groups.v[0], "requirements.lock") ||
                          strstr(groups.v[0], "apt-get install -y --no-install-recommends ");
        class = dependency ? FAIL_SDIST_BUILD : FAIL_PROJECT_INSTALL;
    }
    rx_free(rx);
    strv_release(&groups);
    return class;
}

static const char index_words[] =
    "Request failed after \\d+ retries|error sending request|Temporary failure in name resolution|"
    "Connection (?:refused|reset by peer|timed out)|Read timed out|operation timed out|"
    "429 Too Many|50[234] (?:Bad Gateway|Service|Gateway)|IncompleteRead|dns error|"
    "Could not (?:resolve|connect)";

static enum failure_class final_class(const struct evaluation *ev, const struct log *log)
{
    enum failure_class class = ev->failed != FAIL_NONE ? ev->failed : ev->verdict;
    if (ev->verdict == FAIL_SCRIPT_DISHONEST)
        return ev->verdict;
    if ((ev->reached == PHASE_BUILD || ev->reached == PHASE_LOCK) &&
        rx_has(index_words, &log->text))
        return FAIL_ENGINE;
    if (ev->reached == PHASE_BUILD && class == FAIL_PROJECT_INSTALL)
        return build_class(log);
    if ((class == FAIL_FIX_FAILS || class == FAIL_COLLECT) && needs_network(ev, log))
        return FAIL_NEEDS_NETWORK;
    return class == FAIL_NONE ? FAIL_COLLECT : class;
}

/* The line that says it: of the first test named, else of the last error. */
static int64_t evidence_line(const struct evaluation *ev, const struct log *log)
{
    static const char last_error[] = "^(?:E  |ERROR|error:|.*[Ee]rror: |  × |Traceback|FAILED|"
                                     "=+ .*(?:passed|failed|error|no tests ran))";
    const struct strv *ids[] = { &ev->broken, &ev->unfixed, &ev->flaky };
    struct strv groups = STRV_INIT;
    struct rx *rx = NULL;
    size_t end = 0;
    for (size_t i = 0; i < ARRAY_LEN(ids) && !end; i++) {
        const char *brief = ids[i]->n ? strrchr(ids[i]->v[0], ':') : NULL;
        const char *at = brief ? strstr(log->text.s, brief + 1) : NULL;
        end = at ? (size_t)(at - log->text.s) + 1 : 0;
    }
    if (!end && rx_new(last_error, &rx, NULL) == 0) {
        for (long at; (at = rx_find(rx, &log->text, end, &groups)) >= 0;)
            end = (size_t)at;
    }
    rx_free(rx);
    strv_release(&groups);
    return end ? log_line(log, end - 1) : 0;
}

/* ---- the furthest round ---- */

/* A verdict stands above a build that failed, that above a failure of the surroundings; of equals
 * the first. */
static void keep_best(struct rules_agent *r, const struct evaluation *ev, const struct analysis *a)
{
    bool judged = is_verdict(ev), waits = failure_info(r->best.class)->next == NEXT_RETRY_SAME;
    if (r->best.reason && (r->best.judged || (!judged && !waits)))
        return;
    free(r->best.reason);
    free(r->best.log);
    r->best = (struct best_try){ a->class, xstrdup(a->reason),
                                 str_format("round-%d/%s", ev->round, a->log), a->line, judged };
}

/* What every interpreter says of the test files is theirs: the last one says it too. */
static enum failure_class class_at_end(const struct rules_agent *r, const struct evaluation *ev,
                                       const struct analysis *a)
{
    bool same = a->class == FAIL_INTERPRETER || a->class == FAIL_COLLECT;
    if (!same || ev->failed != FAIL_COLLECT)
        return r->best.class;
    if (r->best.class == FAIL_COLLECT && ev->n_runs && ev->runs[0].exit_code == NO_TESTS)
        return FAIL_NONE_COLLECTED;
    return r->best.class == FAIL_INTERPRETER ? FAIL_COLLECT : r->best.class;
}

static void end_with_best(struct rules_agent *r, const struct evaluation *ev, struct analysis *out)
{
    enum failure_class class = class_at_end(r, ev, out);
    out->is_finish = true;
    out->class = class;
    analysis_say(&out->reason, xstrdup(class == FAIL_NONE_COLLECTED ? failure_info(class)->text
                                                                    : r->best.reason));
    analysis_say(&out->log, xstrdup(r->best.log));
    out->line = r->best.line;
}

/* ---- moves after a verdict ---- */

/* Data files changed: modules that use them may tell where the patch's own do not. */
static bool widen_tests(struct rules_agent *r, struct findings *f, struct analysis *out)
{
    bool any = false;
    for (size_t i = 0; i < r->wider.n; i++)
        any = strv_add_once(&f->test_files, r->wider.v[i]) || any;
    strv_clear(&r->wider);
    if (any) {
        analysis_say(&out->rule, xstrdup("wider-tests"));
        analysis_say(&out->remedy, str_format("run %s too", f->test_files.v[f->test_files.n - 1]));
    }
    return any;
}

/* A few other interpreters are worth a try, not all of them: what a change mends is often seen on
 * the next newer one, or only on an end of the range. */
static bool verdict_move(struct rules_agent *r, struct findings *f, struct analysis *out)
{
    static const char *const words[] = { "newer", "oldest", "newest" };
    if (out->class == FAIL_NO_F2P && widen_tests(r, f, out))
        return true;
    while (r->verdict_moves < (int)ARRAY_LEN(words)) {
        if (!move_python(f, words[r->verdict_moves++]))
            continue;
        analysis_say(&out->rule, xstrdup("other-interpreter"));
        analysis_say(&out->remedy, str_format("python %s", f->plan.python));
        return true;
    }
    return false;
}

static bool is_final(enum failure_class class)
{
    static const enum failure_class finals[] = {
        FAIL_PATCH_APPLY_TEST, FAIL_PATCH_APPLY_FIX,  FAIL_TIMEOUT, FAIL_OOM,  FAIL_FLAKY,
        FAIL_P2P_BROKEN,       FAIL_SCRIPT_DISHONEST, FAIL_ENGINE,  FAIL_DISK, FAIL_FETCH
    };
    for (size_t i = 0; i < ARRAY_LEN(finals); i++)
        if (finals[i] == class)
            return true;
    return false;
}

/* One run says it: a test that counts seconds on a busy machine does too. */
static bool look_again(struct findings *f, struct analysis *out)
{
    if (out->class != FAIL_P2P_BROKEN || !strv_add_once(&f->plan.tried, "look again"))
        return false;
    analysis_say(&out->rule, xstrdup("look-again"));
    analysis_say(&out->remedy, xstrdup("retry"));
    return true;
}

static bool next_move(struct rules_agent *r, struct findings *f, struct analysis *out)
{
    if (look_again(f, out))
        return true;
    if (is_final(out->class) || out->class == FAIL_NEEDS_NETWORK)
        return false;
    return r->best.judged ? verdict_move(r, f, out) : default_move(f, out->class, out);
}

int rules_analyze(struct agent *a, const struct evaluation *ev, struct findings *f,
                  struct analysis *out, struct error *err UNUSED)
{
    struct rules_agent *r = (struct rules_agent *)a;
    enum failure_class class = ev->failed != FAIL_NONE ? ev->failed : ev->verdict;
    struct log log;
    analysis_say(&out->log, xstrdup(evidence_of(ev)));
    log_read(ev->dir, out->log, &log);
    out->again_dockerfile = out->again_evalscript = true;
    bool moved = !is_final(class) && play(r, ev, &log, f, out);
    if (!moved) {
        out->class = final_class(ev, &log);
        out->line = evidence_line(ev, &log);
        fill_reason(out, ev, NULL);
    }
    keep_best(r, ev, out);
    if (!moved && !next_move(r, f, out))
        end_with_best(r, ev, out);
    log_release(&log);
    return 0;
}
