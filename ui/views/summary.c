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
    str_addf(&at, line ? "%s line %lld" : "%s", log, (long long)line);
    doc_door(doc, "file %lld %s/%s", (long long)line, d->dir, log);
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
    if (d->image) {
        str_add(&line, " · image ");
        text_add_bytes(&line, json_get_int(d->image, "size", 0));
    }
    if (line.len)
        doc_door(doc, "tab tab-dockerfile");
    doc_field(doc, "built", ROLE_TEXT, line.s);
    str_release(&line);
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
        doc_door(doc, "tab tab-tests");
        doc_addf(doc, c->ok ? ROLE_ACCEPTED : ROLE_REJECTED, "%s %zu ", c->ok ? "●" : "✕", i + 1);
        doc_line(doc, c->ok ? ROLE_DIM : ROLE_TEXT, c->why);
    }
}

static void add_round(const struct detail_round *r, struct doc *doc)
{
    const char *end = r->accepted ? "accepted" : *r->failure_class ? r->failure_class : "–";
    doc_door(doc, "tab tab-rounds");
    doc_addf(doc, ROLE_DIM, "%2d ", r->n);
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
    add_title(d, doc);
    if (d->dir) {
        add_tests(d, doc);
        add_built(d, doc);
        add_run(d, doc);
    } else {
        doc_end(doc);
        doc_line(doc, ROLE_DIM, "Never tried. r does.");
    }
    add_clauses(d, doc);
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
