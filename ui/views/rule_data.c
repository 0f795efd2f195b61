#include "ui/views/rule_data.h"

#include "index/rules.h"
#include "pipeline/trial.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 2000 };

/* ---- the rule ---- */

static void add_counts(struct doc *doc, const char *name, const struct rule_counts *c)
{
    if (!c) {
        doc_field(doc, "fired", ROLE_DIM, "never yet in the latest runs");
        return;
    }
    struct str text = STR_INIT;
    str_setf(&text, "%" PRId64 " time%s in %" PRId64 " instance%s: %" PRId64 " accepted in the end",
             c->fired, c->fired == 1 ? "" : "s", c->instances, c->instances == 1 ? "" : "s",
             c->accepted);
    doc_field(doc, "fired", ROLE_TEXT, text.s);
    str_clear(&text);
    query_add_word(&text, "rule", name);
    doc_door(doc, "instances %s state:accepted", text.s);
    str_setf(&text, "in %" PRId64 " of the accepted it was the last move", c->last);
    doc_field(doc, "", ROLE_TEXT, text.s);
    str_release(&text);
}

static void add_place(struct doc *doc, const struct rule *r, bool draft)
{
    struct str text = STR_INIT;
    str_setf(&text, "%s:%zu", path_base(r->file), r->line);
    doc_door(doc, "file %zu %s", r->line, r->file);
    str_add(&text, draft    ? ", a draft: not kept yet"
                   : r->own ? ", of this workspace"
                            : ", shipped");
    doc_field(doc, "file", ROLE_TEXT, text.s);
    str_release(&text);
}

static void add_rule(struct rule_facts *f, const struct rule *r, bool draft,
                     const struct rule_counts *c)
{
    doc_line(f->rule, ROLE_STRONG, r->name);
    add_place(f->rule, r, draft);
    if (!draft)
        add_counts(f->rule, r->name, c);
    doc_field(f->rule, "phase", ROLE_TEXT, r->phase == PHASES ? "any" : phase_name(r->phase));
    doc_field(f->rule, "class", ROLE_TEXT, failure_info(r->class)->name);
    for (size_t i = 0; i < r->patterns.n; i++)
        doc_field(f->rule, i ? "" : "pattern", ROLE_TEXT, r->patterns.v[i]);
    for (size_t i = 0; i < r->remedies.n; i++)
        doc_field(f->rule, i ? "" : "remedy", ROLE_TEXT, r->remedies.v[i]);
    rule_add_text(r, &f->text);
}

struct listed {
    struct doc *doc;
    size_t n;
};

static void on_instance(void *payload, const struct rule_instance *i)
{
    struct listed *l = payload;
    if (l->n++ == 0)
        doc_line(l->doc, ROLE_DIM, "it fired in, what ended last first");
    doc_door(l->doc, "environment %s %s", i->run, i->instance_id);
    doc_addf(l->doc, ROLE_TEXT, "%-10s %-36s round %" PRId64 "  %s", i->state, i->instance_id,
             i->round, i->remedy);
    doc_end(l->doc);
}

static int load_rule(const char *root, const char *name, const char *draft, struct map *counts,
                     struct rule_facts *out, struct error *err)
{
    struct playbook *p;
    int rc = draft ? playbook_load_draft(root, draft, &p, err) : playbook_load(root, &p, err);
    if (rc < 0)
        return rc;
    const struct rule *one = draft ? NULL : playbook_rule(p, name);
    for (size_t i = 0; draft && i < p->n; i++)
        add_rule(out, &p->rules[i], true, NULL);
    if (one) {
        add_rule(out, one, false, map_get(counts, name));
    } else if (!draft) {
        doc_line(out->rule, ROLE_STRONG, name);
        doc_line(out->rule, ROLE_DIM,
                 "a move of the agent's own, or a rule that is no longer there");
        add_counts(out->rule, name, map_get(counts, name));
    }
    playbook_free(p);
    return 0;
}

int rule_facts_load(struct index *idx, const char *name, const char *draft,
                    const struct cancel *stop, struct rule_facts *out, struct error *err)
{
    struct map counts;
    out->rule = doc_new();
    out->instances = doc_new();
    str_init(&out->text);
    struct listed listed = { out->instances, 0 };
    map_init(&counts, free);
    int rc = draft ? 0 : rules_count(idx, stop, &counts, err);
    if (rc == 0)
        rc = load_rule(index_workspace(idx)->root, name, draft, &counts, out, err);
    if (rc == 0 && !draft)
        rc = rule_instances(idx, name, ROWS_MOST, stop, on_instance, &listed, err);
    if (rc == 0 && !listed.n)
        doc_line(out->instances, ROLE_DIM,
                 draft ? "x tries it on every stored log; nothing is run or written by that"
                       : "It fired in no instance. x tries it on every stored log.");
    map_release(&counts);
    return rc;
}

void rule_facts_release(struct rule_facts *f)
{
    doc_free(f->rule);
    doc_free(f->instances);
    str_release(&f->text);
}

/* ---- what it would match ---- */

struct found {
    struct strv rows;      /* door, text */
    struct strv ids, runs; /* of those that are not accepted */
    size_t n;
};

static bool may_be_mended(const char *state)
{
    return strcmp(state, "failed") == 0 || strcmp(state, "rejected") == 0 ||
           strcmp(state, "error") == 0;
}

static void on_match(void *payload, const struct trial_match *m)
{
    struct found *f = payload;
    if (may_be_mended(m->state)) {
        strv_add(&f->ids, m->instance_id);
        strv_add(&f->runs, m->run);
    }
    if (f->n++ >= ROWS_MOST)
        return;
    strv_addf(&f->rows, "environment %s %s", m->run, m->instance_id);
    strv_addf(&f->rows, "%-10s %s", *m->state ? m->state : "–", m->instance_id);
    strv_addf(&f->rows, "file %" PRId64 " %s/%s", m->line, m->dir, m->log);
    strv_addf(&f->rows, "  %s:%" PRId64 "  %s", m->log, m->line, m->words);
    strv_addf(&f->rows, "environment %s %s", m->run, m->instance_id);
    strv_addf(&f->rows, "  would  %s", m->remedy);
}

/* The run that has most of them, and its ids. */
static void choose_run(const struct found *f, struct rule_matches *out)
{
    struct map n;
    size_t most = 0;
    map_init(&n, NULL);
    for (size_t i = 0; i < f->runs.n; i++) {
        uintptr_t count = (uintptr_t)map_get(&n, f->runs.v[i]) + 1;
        map_put(&n, f->runs.v[i], (void *)count);
        if (count > most) {
            most = count;
            str_set(&out->run, f->runs.v[i]);
        }
    }
    for (size_t i = 0; i < f->ids.n; i++)
        if (strcmp(f->runs.v[i], out->run.s) == 0)
            strv_add(&out->ids, f->ids.v[i]);
    out->other_runs = f->ids.n - out->ids.n;
    map_release(&n);
}

static void add_head(struct doc *doc, const struct trial_counts *n, const struct rule_matches *m,
                     int rc)
{
    doc_addf(doc, ROLE_STRONG, "%zu of %zu logs match, of %zu environment%s", n->matched, n->logs,
             n->instances, n->instances == 1 ? "" : "s");
    doc_add(doc, ROLE_DIM, rc < 0 ? "; given up before the end" : "");
    doc_end(doc);
    doc_addf(doc, ROLE_DIM, "%zu not accepted", m->ids.n);
    if (m->ids.n)
        doc_addf(doc, ROLE_DIM, " in the run %s: s makes them anew with the rule", m->run.s);
    if (m->other_runs)
        doc_addf(doc, ROLE_DIM, "; %zu in other runs", m->other_runs);
    doc_end(doc);
}

static void add_found(struct rule_matches *out, const struct found *f, const struct trial_counts *n,
                      int rc)
{
    choose_run(f, out);
    add_head(out->doc, n, out, rc);
    for (size_t i = 0; i < f->rows.n; i += 2) {
        doc_door(out->doc, "%s", f->rows.v[i]);
        doc_add(out->doc, ROLE_TEXT, f->rows.v[i + 1]);
        doc_end(out->doc);
    }
    if (f->n > ROWS_MOST)
        doc_line(out->doc, ROLE_DIM, "… and more: `bottega playbook test FILE` prints all");
}

int rule_matches_load(const struct workspace *ws, const char *name, const char *draft,
                      const struct cancel *stop, struct rule_matches *out, struct error *err)
{
    struct found f = { STRV_INIT, STRV_INIT, STRV_INIT, 0 };
    struct trial_counts n;
    struct playbook *book;
    out->doc = doc_new();
    strv_init(&out->ids);
    str_init(&out->run);
    out->other_runs = 0;
    int rc = draft ? playbook_load_draft(ws->root, draft, &book, err)
                   : playbook_load_one(ws->root, name, &book, err);
    if (rc < 0)
        return rc;
    rc = trial_run(ws, book, stop, on_match, &f, &n, err);
    if (rc == 0 || rc == E_CANCELLED)
        add_found(out, &f, &n, rc);
    playbook_free(book);
    strv_release(&f.rows);
    strv_release(&f.ids);
    strv_release(&f.runs);
    return rc == E_CANCELLED ? 0 : rc;
}

void rule_matches_release(struct rule_matches *m)
{
    doc_free(m->doc);
    strv_release(&m->ids);
    str_release(&m->run);
}
