#include "command/command.h"
#include "index/rules.h"
#include "pipeline/trial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def playbook_args[] = {
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static void print_row(json_t *row)
{
    char *line = json_line_new(row);
    puts(line);
    free(line);
    json_decref(row);
}

/* What stands in a file or a log, safe on a terminal. */
static void print_shown(const char *before, const char *text)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, text, strcspn(text, "\n"));
    printf("%s%s\n", before, shown.s);
    str_release(&shown);
}

/* ---- list, show ---- */

static int read_counts(struct invocation *inv, struct map *out, struct error *err)
{
    struct index *idx;
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (rc < 0)
        return rc;
    rc = rules_count(idx, inv->stop, out, err);
    index_close(idx);
    return rc;
}

static void put_counts(json_t *row, const struct rule_counts *c)
{
    static const struct rule_counts none = { 0 };
    c = c ? c : &none;
    json_put_int(row, "fired", c->fired);
    json_put_int(row, "instances", c->instances);
    json_put_int(row, "accepted", c->accepted);
    json_put_int(row, "last_move", c->last);
}

static json_t *rule_to_json(const struct rule *r, const struct rule_counts *c)
{
    json_t *row = json_object();
    json_put_text(row, "rule", r->name);
    json_put_text(row, "file", r->file);
    json_put_int(row, "line", (int64_t)r->line);
    json_put_bool(row, "own", r->own);
    json_put_text(row, "phase", r->phase == PHASES ? NULL : phase_name(r->phase));
    json_put_text(row, "class", failure_info(r->class)->name);
    json_object_set_new(row, "patterns", json_from_strv(&r->patterns));
    json_object_set_new(row, "remedies", json_from_strv(&r->remedies));
    put_counts(row, c);
    return row;
}

static int list(struct invocation *inv, const struct playbook *p, const struct map *counts,
                struct error *err UNUSED)
{
    static const struct rule_counts none = { 0 };
    if (!inv->json && !inv->quiet)
        printf("%-26s %6s %9s %8s %9s  %-15s %s\n", "rule", "fired", "instances", "accepted",
               "last move", "class", "file");
    for (size_t i = 0; i < p->n; i++) {
        const struct rule *r = &p->rules[i];
        const struct rule_counts *c = map_get(counts, r->name);
        if (inv->json) {
            print_row(rule_to_json(r, c));
            continue;
        }
        c = c ? c : &none;
        printf("%-26s %6" PRId64 " %9" PRId64 " %8" PRId64 " %9" PRId64 "  %-15s %s:%zu\n", r->name,
               c->fired, c->instances, c->accepted, c->last, failure_info(r->class)->name,
               path_base(r->file), r->line);
    }
    return EXIT_ALL_WELL;
}

static int show(struct invocation *inv, const struct playbook *p, const struct map *counts,
                struct error *err)
{
    static const struct rule_counts none = { 0 };
    const char *name = inv->args->names.v[1];
    const struct rule *r = playbook_rule(p, name);
    const struct rule_counts *c = map_get(counts, name);
    struct str text = STR_INIT;
    if (!r)
        return error_set(err, E_USAGE, "no rule is called %s (bottega playbook list)", name);
    if (inv->json) {
        print_row(rule_to_json(r, c));
        return EXIT_ALL_WELL;
    }
    c = c ? c : &none;
    rule_add_text(r, &text);
    printf("# %s:%zu%s\n# fired %" PRId64 " times in %" PRId64 " instances, %" PRId64
           " of them accepted, %" PRId64 " by it as the last move\n%s",
           r->file, r->line, r->own ? " (the workspace's own)" : "", c->fired, c->instances,
           c->accepted, c->last, text.s);
    str_release(&text);
    return EXIT_ALL_WELL;
}

/* ---- test ---- */

static void on_match(void *payload, const struct trial_match *m)
{
    const struct invocation *inv = payload;
    json_t *row;
    if (!inv->json) {
        printf("%s  %s  %s:%" PRId64 "%s\n", m->instance_id, *m->state ? m->state : "–", m->log,
               m->line, m->logs > 1 ? "  (and more logs)" : "");
        print_shown("    ", m->words);
        print_shown("    → ", m->remedy);
        return;
    }
    row = json_object();
    json_put_text(row, "instance_id", m->instance_id);
    json_put_text(row, "run", m->run);
    json_put_text(row, "state", m->state);
    json_put_text(row, "log", m->log);
    json_put_int(row, "line", m->line);
    json_put_int(row, "logs", (int64_t)m->logs);
    json_put_text(row, "words", m->words);
    json_put_text(row, "remedy", m->remedy);
    print_row(row);
}

static int test(struct invocation *inv, struct error *err)
{
    struct playbook *draft;
    struct trial_counts n;
    int rc = playbook_load_draft(inv->workspace->root, inv->args->names.v[1], &draft, err);
    if (rc < 0)
        return rc;
    rc = trial_run(inv->workspace, draft, inv->stop, on_match, inv, &n, err);
    if (!inv->quiet)
        fprintf(stderr, "%zu of %zu logs match, of %zu environment%s\n", n.matched, n.logs,
                n.instances, n.instances == 1 ? "" : "s");
    playbook_free(draft);
    return rc;
}

static int add(struct invocation *inv, struct error *err)
{
    struct strv names = STRV_INIT;
    int rc = playbook_add(inv->workspace->root, inv->args->names.v[1], &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        print_shown("", names.v[i]);
    strv_release(&names);
    return rc;
}

/* ---- the verb ---- */

static int with_counts(struct invocation *inv,
                       int (*print)(struct invocation *inv, const struct playbook *p,
                                    const struct map *counts, struct error *err),
                       struct error *err)
{
    struct playbook *p;
    struct map counts;
    int rc = playbook_load(inv->workspace->root, &p, err);
    if (rc < 0)
        return rc;
    map_init(&counts, free);
    rc = read_counts(inv, &counts, err);
    if (rc == 0)
        rc = print(inv, p, &counts, err);
    map_release(&counts);
    playbook_free(p);
    return rc;
}

int cmd_playbook(struct invocation *inv, struct error *err)
{
    const struct strv *names = &inv->args->names;
    const char *word = names->n ? names->v[0] : "";
    if (names->n == 1 && strcmp(word, "list") == 0)
        return with_counts(inv, list, err);
    if (names->n == 2 && strcmp(word, "show") == 0)
        return with_counts(inv, show, err);
    if (names->n == 2 && strcmp(word, "test") == 0)
        return test(inv, err);
    if (names->n == 2 && strcmp(word, "add") == 0)
        return add(inv, err);
    return error_set(err, E_USAGE, "playbook what? list, show NAME, test FILE or add FILE");
}
