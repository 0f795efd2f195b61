#include "ui/views/summary.h"

#include "ui/sign.h"

#include <stdlib.h>
#include <string.h>

const char *detail_state(const struct detail *d)
{
    return d->dir ? json_get_str(d->status, "state", "running") : "new";
}

void summary_add_verdict(const struct detail *d, struct str *out)
{
    const char *state = detail_state(d), *class = json_get_str(d->status, "failure_class", "");
    int64_t round = json_get_int(d->status, "round", 0);
    str_addf(out, "%s %s", state_sign(state), state);
    if (round)
        str_addf(out, " in round %lld", (long long)round);
    if (*class)
        str_addf(out, ": %s", class);
}

/* ---- fields ---- */

static void add_title(const struct detail *d, struct doc *doc)
{
    const char *statement = json_get_str(d->instance, "problem_statement", "");
    char *first = xstrndup(statement, strcspn(statement, "\r\n"));
    doc_door(doc, "tab tab-issue");
    doc_field(doc, "issue", ROLE_TEXT, first);
    free(first);
}

static void add_evidence(const struct detail *d, struct doc *doc)
{
    const char *log = json_get_str(d->status, "log", "");
    int64_t line = json_get_int(d->status, "line", 0);
    struct str at = STR_INIT;
    if (!*log || !d->dir)
        return;
    str_addf(&at, line ? "%s line %lld" : "%s, first error", log, (long long)line);
    if (line)
        doc_door(doc, "file %lld %s/%s", (long long)line, d->dir, log);
    else
        doc_door(doc, "file @error %s/%s", d->dir, log);
    doc_field(doc, "evidence", ROLE_LINK, at.s);
    str_release(&at);
}

static void add_run(const struct detail *d, struct doc *doc)
{
    struct str line = STR_INIT;
    const json_t *s = d->status;
    str_addf(&line, "%s", d->run ? d->run : "");
    if (*json_get_str(s, "agent", ""))
        str_addf(&line, " · %s", json_get_str(s, "agent", ""));
    if (json_get_num(s, "seconds", 0) > 0) {
        str_add(&line, " · ");
        text_add_seconds(&line, json_get_num(s, "seconds", 0));
    }
    if (*json_get_str(s, "ended", ""))
        str_addf(&line, " · ended %s", json_get_str(s, "ended", ""));
    if (json_get_int(s, "verified", 0))
        str_addf(&line, " · proved again %lld×", (long long)json_get_int(s, "verified", 0));
    if (json_get_int(s, "verify_failed", 0))
        str_addf(&line, " · not proved again %lld×",
                 (long long)json_get_int(s, "verify_failed", 0));
    doc_field(doc, "run", ROLE_TEXT, line.s);
    str_release(&line);
}

static void add_built(const struct detail *d, struct doc *doc)
{
    struct str line = STR_INIT;
    if (*json_get_str(d->status, "python", ""))
        str_addf(&line, "python %s", json_get_str(d->status, "python", ""));
    if (d->packages >= 0)
        str_addf(&line, " · lock %d %s", d->packages, d->packages == 1 ? "package" : "packages");
    if (d->packages >= 0 && *d->as_of)
        str_addf(&line, " of %s", d->as_of);
    int64_t size = json_get_int(json_object_get(d->cost, "bytes"), "image", 0);
    if (d->image)
        size = json_get_int(d->image, "size", size);
    if (size) {
        str_add(&line, " · image ");
        text_add_bytes(&line, size);
    }
    if (line.len)
        doc_door(doc, "tab tab-dockerfile");
    doc_field(doc, "built", ROLE_TEXT, line.s);
    str_release(&line);
}

/* Seconds of each phase that took any. */
static void add_phases(const struct detail *d, struct doc *doc)
{
    struct str line = STR_INIT;
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(d->cost, "seconds"), name, value)
    {
        double seconds = json_number_value(value);
        if (seconds < 0.1)
            continue;
        str_addf(&line, "%s%s ", line.len ? " · " : "", name);
        text_add_seconds(&line, seconds);
    }
    doc_field(doc, "phases", ROLE_DIM, line.s);
    str_release(&line);
}

/* What can be done that was not: for a person who looks at a failure. */
static void add_next(const struct detail *d, struct doc *doc)
{
    const char *state = detail_state(d);
    bool ended = json_get_bool(d->status, "is_finish", false);
    if (strcmp(state, "accepted") == 0 || !d->n_rounds)
        return;
    if (ended) {
        doc_door(doc, "tab edit");
        doc_field(doc, "next", ROLE_TEXT,
                  "no rule has a move left: e changes a file and tries it, s looks inside");
    } else if (strcmp(state, "running") != 0) {
        doc_door(doc, "tab rerun");
        doc_field(doc, "next", ROLE_TEXT, "the same again: nothing was wrong with the environment");
    }
}

static void add_tests(const struct detail *d, struct doc *doc)
{
    struct str line = STR_INIT;
    if (!d->last || !d->last->n_tests)
        return;
    str_addf(&line, "F2P %zu · P2P %zu · %zu in all", d->last->f2p, d->last->p2p, d->last->n_tests);
    doc_door(doc, "tab tab-tests");
    doc_field(doc, "tests", ROLE_TEXT, line.s);
    str_release(&line);
}

/* ---- clauses and rounds ---- */

static const struct detail_run *run_of(const struct detail_round *r, const char *condition)
{
    for (size_t i = 0; i < r->n_runs; i++)
        if (strcmp(r->runs[i].condition, condition) == 0)
            return &r->runs[i];
    return NULL;
}

/* The run that a clause's sentence begins with: "test_only-2: the engine says …". */
static const struct detail_run *run_named(const struct detail_round *r, const char *why)
{
    for (size_t i = 0; i < r->n_runs; i++) {
        char *name = str_format("%s-%lld", r->runs[i].condition, (long long)r->runs[i].k);
        bool is = str_starts(why, name);
        free(name);
        if (is)
            return &r->runs[i];
    }
    return NULL;
}

static void door_of_run(const struct detail_round *r, const struct detail_run *run,
                        const char *place, struct doc *doc)
{
    if (run && *run->log)
        doc_door(doc, "file %s %s/%s", place, r->dir, run->log);
}

/* Where the bytes are that a clause speaks of: statuses, the run without the fix, those with it,
 * the control with empty files, the patches, the image's audit. */
static void door_of_clause(const struct detail_round *r, size_t i, struct doc *doc)
{
    const struct detail_clause *c = &r->clauses[i];
    const struct detail_run *named = run_named(r, c->why), *first = r->n_runs ? r->runs : NULL;
    const struct detail_run *only = run_of(r, "test_only");
    const char *controls = strv_has(&r->files, "controls.log") ? "controls.log" : NULL;
    if (!c->ok && r->line && *r->log && !strchr(r->log, '/') && (i == 2 || (i == 1 && !only)))
        doc_door(doc, "file %lld %s/%s", (long long)r->line, r->dir, r->log);
    else if (i == 0)
        door_of_run(r, named ? named : first, "@status", doc);
    else if (i == 1)
        door_of_run(r, only, "@result", doc);
    else if (i == 2)
        door_of_run(r, named ? named : run_of(r, "test_with_fix"), "@result", doc);
    else if (i == 4)
        door_of_run(r, first, c->ok ? "0" : "@patch", doc);
    else if (controls)
        doc_door(doc, "file %s %s/%s",
                 i == 3  ? "@status"
                 : c->ok ? "0"
                         : "@leak",
                 r->dir, controls);
    else if (i == 3)
        doc_door(doc, "tab tab-script");
    else /* what the build itself asserts */
        doc_door(doc, "tab tab-build-log");
}

static void add_clauses(const struct detail *d, struct doc *doc)
{
    const struct detail_round *r = d->last;
    bool judged = false;
    for (size_t i = 0; r && i < r->n_clauses; i++)
        judged = judged || *r->clauses[i].why;
    if (!judged) /* it did not come to a run */
        return;
    doc_end(doc);
    doc_line(doc, ROLE_HEADER, "acceptance, clause by clause");
    for (size_t i = 0; i < r->n_clauses; i++) {
        const struct detail_clause *c = &r->clauses[i];
        door_of_clause(r, i, doc);
        doc_addf(doc, c->ok ? ROLE_ACCEPTED : ROLE_REJECTED, "%s %zu ", c->ok ? "●" : "✕", i + 1);
        doc_line(doc, c->ok ? ROLE_DIM : ROLE_TEXT, c->why);
    }
}

/* A hint is no verdict: what is flagged is said, the rest is counted. */
static void add_signals(const struct detail *d, struct doc *doc)
{
    const json_t *all = d->last ? json_object_get(d->last->evaluation, "signals") : NULL;
    size_t flagged = 0;
    const char *name;
    json_t *s;
    if (!json_object_size(all))
        return;
    doc_end(doc);
    doc_line(doc, ROLE_HEADER, "quality signals");
    json_object_foreach((json_t *)(uintptr_t)all, name, s)
    {
        if (!json_get_bool(s, "flag", false))
            continue;
        flagged++;
        doc_addf(doc, ROLE_WARNING, "%-8s %-12s ", json_get_str(s, "group", ""), name);
        doc_line(doc, ROLE_TEXT, json_get_str(s, "why", ""));
    }
    doc_addf(doc, ROLE_DIM, "%zu of %zu%s", flagged, json_object_size(all),
             flagged ? "; signal:NAME in a list finds more like it"
                     : ": nothing speaks against it");
    doc_end(doc);
}

static void add_round(const struct detail_round *r, struct doc *doc)
{
    const char *end = r->accepted ? "accepted" : *r->failure_class ? r->failure_class : "–";
    doc_door(doc, "tab tab-rounds");
    doc_addf(doc, ROLE_DIM, "%2d %s", r->n, r->hand ? "by hand " : "");
    doc_add(doc, r->accepted ? ROLE_ACCEPTED : ROLE_REJECTED, end);
    if (*r->reason)
        doc_addf(doc, ROLE_TEXT, ": %s", r->reason);
    if (*r->rule || *r->remedy)
        doc_addf(doc, ROLE_DIM, " · %s%s%s", r->rule, *r->remedy ? " → " : "", r->remedy);
    doc_end(doc);
}

static void add_rounds(const struct detail *d, struct doc *doc)
{
    if (!d->n_rounds)
        return;
    doc_end(doc);
    doc_line(doc, ROLE_HEADER, d->n_rounds == 1 ? "one round" : "rounds");
    for (size_t i = 0; i < d->n_rounds; i++)
        add_round(&d->rounds[i], doc);
}

struct doc *summary_new(const struct detail *d)
{
    struct doc *doc = doc_new();
    struct str verdict = STR_INIT;
    summary_add_verdict(d, &verdict);
    doc_add(doc, ROLE_STRONG, d->instance_id);
    doc_end(doc);
    doc_line(doc, state_ink(detail_state(d)), verdict.s);
    doc_field(doc, "reason", ROLE_TEXT, json_get_str(d->status, "reason", ""));
    add_evidence(d, doc);
    for (size_t i = 0; i < d->reviews.n; i++)
        doc_field(doc, i ? "" : "curators", ROLE_WARNING, d->reviews.v[i]);
    add_title(d, doc);
    if (d->dir) {
        add_tests(d, doc);
        add_built(d, doc);
        add_run(d, doc);
        add_phases(d, doc);
        add_next(d, doc);
    } else {
        doc_end(doc);
        doc_line(doc, ROLE_DIM, "Never tried. r does.");
    }
    add_clauses(d, doc);
    add_signals(d, doc);
    add_rounds(d, doc);
    str_release(&verdict);
    return doc;
}

/* ---- issue and patch ---- */

static void add_part(const struct detail *d, struct doc *doc, const char *title, const char *key,
                     ink_fn ink)
{
    const json_t *v = json_object_get(d->instance, key);
    doc_line(doc, ROLE_HEADER, title);
    if (json_is_string(v) && json_string_length(v))
        doc_text(doc, ink, json_string_value(v), json_string_length(v));
    else
        doc_line(doc, ROLE_DIM, "(the row has none)");
    doc_end(doc);
}

struct doc *issue_new(const struct detail *d)
{
    struct doc *doc = doc_new();
    doc_field(doc, "commit", ROLE_TEXT, json_get_str(d->instance, "base_commit", ""));
    add_part(d, doc, "── problem statement", "problem_statement", NULL);
    add_part(d, doc, "── tests", "test_patch", ink_of_diff);
    add_part(d, doc, "── fix", "patch", ink_of_diff);
    return doc;
}
