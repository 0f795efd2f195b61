#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The end of a log is where its cause stands; a long middle says little. */
static void read_tail(const char *dir, const char *name, struct str *out)
{
    enum { WINDOW = 512 << 10 };
    char *path = str_format("%s/%s", dir, name);
    if (file_read(path, out, NULL) < 0)
        str_clear(out);
    if (out->len > WINDOW) {
        struct str tail = STR_INIT;
        str_addn(&tail, out->s + out->len - WINDOW, WINDOW);
        str_swap(out, &tail);
        str_release(&tail);
    }
    free(path);
}

static void tried(struct findings *f, const char *move)
{
    strv_add_once(&f->plan.tried, move);
}

static bool move_rung(struct findings *f, const char *word)
{
    bool next = strcmp(word, "next") == 0;
    for (enum rung r = 0; r < RUNGS; r++) {
        bool wanted = next ? r > f->plan.rung : r == rung_by_name(word);
        char *key = str_format("at %s rung %s", f->plan.python, rung_name(r));
        if (wanted && strv_add_once(&f->plan.tried, key)) {
            f->plan.rung = r;
            if (rung_locks_build(r))
                strv_add_once(&f->plan.build_require, "setuptools");
            free(key);
            return true;
        }
        free(key);
    }
    return false;
}

/* Which interpreter a word means, seen from the one at hand; NULL when there is none. */
static const char *python_meant(const struct findings *f, const char *word)
{
    int now = python_number(f->plan.python), best = 0;
    const char *found = NULL;
    for (size_t i = 0; i < f->pythons.n; i++) {
        const char *v = f->pythons.v[i];
        int n = python_number(v);
        char *key = str_format("at python %s", v);
        bool fresh = n >= 300 && n != now && !strv_has(&f->plan.tried, key);
        free(key);
        if (!fresh || (strcmp(word, "older") == 0 && n > now) ||
            (strcmp(word, "newer") == 0 && n < now))
            continue;
        if (strcmp(word, v) == 0 || strcmp(word, "next") == 0)
            return v;
        bool closer = strcmp(word, "newer") == 0    ? n < best
                      : strcmp(word, "oldest") == 0 ? n < best
                                                    : n > best; /* older, newest */
        if (strchr(word, '.') || (found && !closer))
            continue;
        found = v;
        best = n;
    }
    return found;
}

/* "older" and "newer" are the nearest, "oldest" and "newest" the ends, "next" is as explored. The
 * rung stays: what a build backend lacks does not depend on the interpreter. */
static bool move_python(struct findings *f, const char *word)
{
    char *here = str_format("at python %s", f->plan.python);
    tried(f, here);
    free(here);
    const char *v = python_meant(f, word);
    if (!v)
        return false;
    char *key = str_format("at python %s", v);
    tried(f, key);
    free(key);
    snprintf(f->plan.python, sizeof(f->plan.python), "%s", v);
    return true;
}

/* Requirement lines of a name go; the name alone stays when only its version was wrong. */
static bool drop_requirement(struct findings *f, const char *name, bool keep_name)
{
    struct str n = STR_INIT, want = STR_INIT;
    bool changed = false;
    requirement_name(name, &want);
    for (size_t i = 0; i < f->plan.require.n; i++) {
        requirement_name(f->plan.require.v[i], &n);
        if (strcmp(n.s, want.s) != 0 || (keep_name && strcmp(f->plan.require.v[i], want.s) == 0))
            continue;
        strv_remove(&f->plan.require, i--);
        changed = true;
    }
    if (keep_name && changed)
        strv_add(&f->plan.require, want.s);
    if (!keep_name)
        changed = strv_add_once(&f->plan.drop, want.s) || changed;
    str_release(&n);
    str_release(&want);
    return changed;
}

static bool add_words(struct strv *list, const char *words)
{
    struct strv w = STRV_INIT;
    bool added = false;
    strv_split(&w, words, " ");
    for (size_t i = 0; i < w.n; i++)
        added = strv_add_once(list, w.v[i]) || added;
    strv_release(&w);
    return added;
}

/* Carries one remedy into the plan; false when it changes nothing. */
static bool apply_remedy(struct findings *f, const char *remedy)
{
    const struct {
        const char *verb;
        struct strv *list;
    } adds[] = { { "require ", &f->plan.require },
                 { "constrain ", &f->plan.constraint },
                 { "build-require ", &f->plan.build_require },
                 { "apt ", &f->plan.apt },
                 { "env ", &f->plan.env } };
    tried(f, remedy);
    for (size_t i = 0; i < ARRAY_LEN(adds); i++)
        if (str_starts(remedy, adds[i].verb))
            return add_words(adds[i].list, remedy + strlen(adds[i].verb));
    if (str_starts(remedy, "pytest-args ")) {
        strv_split(&f->plan.pytest_args, remedy + 12, " ");
        return true;
    }
    if (str_starts(remedy, "drop "))
        return drop_requirement(f, remedy + 5, false);
    if (str_starts(remedy, "unpin "))
        return drop_requirement(f, remedy + 6, true);
    if (str_starts(remedy, "rung "))
        return move_rung(f, remedy + 5);
    if (str_starts(remedy, "python "))
        return move_python(f, remedy + 7);
    if (str_starts(remedy, "date ")) {
        f->plan.date_slack_days += atoi(remedy + 5);
        return true;
    }
    return strcmp(remedy, "retry") == 0;
}

/* Where this round's evidence stands. */
static const char *evidence_of(const struct evaluation *ev)
{
    if (ev->failed_log)
        return ev->failed_log;
    return ev->n_runs ? ev->runs[0].log : "build.log";
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
        out->rule = xstrdup("ladder");
        out->remedy = str_format("python %s, rung %s", f->plan.python, rung_name(f->plan.rung));
    }
    return moved;
}

static void fill_reason(struct analysis *out, const struct evaluation *ev,
                        const struct playbook_hit *hit)
{
    struct str shown = STR_INIT;
    if (hit)
        text_add_shown(&shown, hit->words, strcspn(hit->words, "\n"));
    else if (ev->failed_why)
        str_add(&shown, ev->failed_why);
    else
        str_add(&shown, ev->reason ? ev->reason : failure_info(out->class)->text);
    out->reason = str_detach(&shown);
}

/* Tries every hit of the playbook until one changes the plan. */
static bool play(struct rules_agent *r, const struct evaluation *ev, struct findings *f,
                 struct analysis *out)
{
    struct str log = STR_INIT;
    struct playbook_hit hit;
    bool moved = false;
    read_tail(ev->dir, out->log, &log);
    while (!moved && playbook_find(r->playbook, ev->reached, &log, f, &hit)) {
        moved = apply_remedy(f, hit.remedy);
        if (moved) {
            out->class = hit.class;
            out->line = hit.line;
            out->rule = xstrdup(hit.rule);
            out->remedy = xstrdup(hit.remedy);
            fill_reason(out, ev, &hit);
        }
        playbook_hit_release(&hit);
    }
    str_release(&log);
    return moved;
}

/* A last reading for the verdict's name: a test that wants the network is no broken fix. */
static enum failure_class final_class(const struct evaluation *ev, const struct analysis *out)
{
    static const char network[] = "getaddrinfo|Name or service not known|Temporary failure in name "
                                  "resolution|Network is unreachable|gaierror|Max retries exceeded";
    enum failure_class class = ev->failed != FAIL_NONE ? ev->failed : ev->verdict;
    struct str log = STR_INIT;
    if (class == FAIL_FIX_FAILS || class == FAIL_NO_F2P || class == FAIL_COLLECT) {
        read_tail(ev->dir, out->log, &log);
        if (rx_has(network, &log))
            class = FAIL_NEEDS_NETWORK;
    }
    str_release(&log);
    return class == FAIL_NONE ? FAIL_COLLECT : class;
}

static bool is_judged(enum failure_class class)
{
    return strcmp(failure_info(class)->state, "rejected") == 0;
}

/* A verdict stands above a build that failed; of equals the first. */
static void keep_best(struct rules_agent *r, const struct evaluation *ev, const struct analysis *a,
                      enum failure_class class)
{
    bool judged = is_judged(class);
    if (r->best.reason && (r->best.judged || !judged))
        return;
    free(r->best.reason);
    free(r->best.log);
    r->best = (struct best_try){ class, xstrdup(a->reason),
                                 str_format("round-%d/%s", ev->round, a->log), a->line, judged };
}

static void end_with_best(struct rules_agent *r, struct analysis *out)
{
    free(out->reason);
    free(out->log);
    out->is_finish = true;
    out->class = r->best.class;
    out->reason = xstrdup(r->best.reason);
    out->log = xstrdup(r->best.log);
    out->line = r->best.line;
}

/* After a verdict a few other interpreters are worth a try, not all of them: what a change mends
 * is often seen on the next newer one, or only on an end of the range. */
static bool verdict_move(struct rules_agent *r, struct findings *f, struct analysis *out)
{
    static const char *const words[] = { "newer", "oldest", "newest" };
    while (r->verdict_moves < (int)ARRAY_LEN(words)) {
        if (!move_python(f, words[r->verdict_moves++]))
            continue;
        out->rule = xstrdup("other-interpreter");
        out->remedy = str_format("python %s", f->plan.python);
        return true;
    }
    return false;
}

static bool is_final(enum failure_class class)
{
    static const enum failure_class finals[] = {
        FAIL_PATCH_APPLY_TEST, FAIL_PATCH_APPLY_FIX, FAIL_TIMEOUT, FAIL_OOM, FAIL_FLAKY,
        FAIL_P2P_BROKEN,       FAIL_SCRIPT_DISHONEST
    };
    for (size_t i = 0; i < ARRAY_LEN(finals); i++)
        if (finals[i] == class)
            return true;
    return false;
}

int rules_analyze(struct agent *a, const struct evaluation *ev, struct findings *f,
                  struct analysis *out, struct error *err UNUSED)
{
    struct rules_agent *r = (struct rules_agent *)a;
    enum failure_class class = ev->failed != FAIL_NONE ? ev->failed : ev->verdict;
    out->log = xstrdup(evidence_of(ev));
    out->again_dockerfile = out->again_evalscript = true;
    if (!is_final(class) && play(r, ev, f, out)) {
        keep_best(r, ev, out, out->class);
        return 0;
    }
    class = final_class(ev, out);
    out->class = class;
    fill_reason(out, ev, NULL);
    keep_best(r, ev, out, class);
    bool moved = !is_final(class) && class != FAIL_NEEDS_NETWORK &&
                 (r->best.judged ? verdict_move(r, f, out) : default_move(f, class, out));
    if (!moved)
        end_with_best(r, out);
    return 0;
}
