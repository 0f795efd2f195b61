#include "agents/agent.h"

#include <stdlib.h>
#include <string.h>

static const char *const conditions[CONDITIONS] = {
    [COND_BASE] = "base",
    [COND_TEST_ONLY] = "test_only",
    [COND_TEST_WITH_FIX] = "test_with_fix",
};

static const char *const statuses[TEST_STATUSES] = {
    [TEST_MISSING] = "missing", [TEST_PASSED] = "passed", [TEST_SKIPPED] = "skipped",
    [TEST_XFAILED] = "xfailed", [TEST_FAILED] = "failed", [TEST_ERROR] = "error",
};

const char *condition_name(enum condition c)
{
    return conditions[c];
}

const char *test_status_name(enum test_status s)
{
    return statuses[s];
}

void eval_run_release(struct eval_run *r)
{
    for (size_t i = 0; i < r->n_tests; i++) {
        free(r->tests[i].id);
        free(r->tests[i].message);
    }
    free(r->tests);
    free(r->contradiction);
    free(r->log);
    free(r->xml);
}

void controls_clear(struct controls *c)
{
    strv_release(&c->leaks);
    free(c->log);
    memset(c, 0, sizeof(*c));
    strv_init(&c->leaks);
}

void evaluation_init(struct evaluation *e)
{
    memset(e, 0, sizeof(*e));
    strv_init(&e->f2p);
    strv_init(&e->p2p);
    strv_init(&e->broken);
    strv_init(&e->unfixed);
    strv_init(&e->flaky);
    strv_init(&e->moved);
    strv_init(&e->deselected);
    strv_init(&e->controls.leaks);
}

void evaluation_release(struct evaluation *e)
{
    for (size_t i = 0; i < e->n_runs; i++)
        eval_run_release(&e->runs[i]);
    free(e->runs);
    for (size_t i = 0; i < CLAUSES; i++)
        free(e->clauses[i].why);
    strv_release(&e->f2p);
    strv_release(&e->p2p);
    strv_release(&e->broken);
    strv_release(&e->unfixed);
    strv_release(&e->flaky);
    strv_release(&e->moved);
    strv_release(&e->deselected);
    controls_clear(&e->controls);
    strv_release(&e->controls.leaks);
    json_decref(e->signals);
    free(e->failed_log);
    free(e->failed_why);
    free(e->reason);
}

static json_t *run_to_json(const struct eval_run *r)
{
    int64_t count[TEST_STATUSES] = { 0 };
    json_t *doc = json_object();
    for (size_t i = 0; i < r->n_tests; i++)
        count[r->tests[i].status]++;
    json_put_text(doc, "condition", condition_name(r->condition));
    json_put_int(doc, "k", r->k);
    json_put_int(doc, "exit_code", r->exit_code);
    if (r->marker >= 0)
        json_put_int(doc, "marker", r->marker);
    else
        json_object_set_new(doc, "marker", json_null());
    json_put_bool(doc, "patched", r->patched);
    json_put_bool(doc, "timed_out", r->timed_out);
    json_put_bool(doc, "oom", r->oom);
    json_object_set_new(doc, "seconds", json_real(r->seconds));
    json_put_text(doc, "log", r->log);
    json_put_text(doc, "xml", r->xml);
    if (r->contradiction)
        json_put_text(doc, "contradiction", r->contradiction);
    json_put_int(doc, "passed", count[TEST_PASSED]);
    json_put_int(doc, "failed", count[TEST_FAILED]);
    json_put_int(doc, "skipped", count[TEST_SKIPPED] + count[TEST_XFAILED]);
    json_put_int(doc, "error", count[TEST_ERROR]);
    return doc;
}

/* One row of the condition x test matrix while it is gathered. */
struct matrix_row {
    enum test_status seen[CONDITIONS];
    bool ran[CONDITIONS];
    json_t *with_fix; /* status of each repeat; borrowed by the document afterwards */
    const char *message;
};

static struct matrix_row *matrix_row(struct map *rows, const char *id)
{
    struct matrix_row *row = map_get(rows, id);
    if (!row) {
        row = xcalloc(1, sizeof(*row));
        row->with_fix = json_array();
        map_put(rows, id, row);
    }
    return row;
}

static void matrix_add_run(struct map *rows, const struct eval_run *r)
{
    for (size_t i = 0; i < r->n_tests; i++) {
        const struct test_result *t = &r->tests[i];
        struct matrix_row *row = matrix_row(rows, t->id);
        row->ran[r->condition] = true;
        if (t->status > row->seen[r->condition])
            row->seen[r->condition] = t->status;
        if (r->condition == COND_TEST_WITH_FIX)
            json_array_append_new(row->with_fix, json_string(test_status_name(t->status)));
        if (t->message && (!row->message || r->condition == COND_TEST_WITH_FIX))
            row->message = t->message;
    }
}

static bool failed(enum test_status s)
{
    return s == TEST_FAILED || s == TEST_ERROR;
}

/* Test id -> verdict word of the lists that name it; the strongest word is put last. */
static void verdicts_gather(const struct evaluation *e, struct map *words)
{
    const struct {
        const struct strv *ids;
        const char *word;
    } lists[] = { { &e->deselected, "always-fails" },
                  { &e->unfixed, "blocks" },
                  { &e->broken, "blocks" },
                  { &e->p2p, "P2P" },
                  { &e->f2p, "F2P" },
                  { &e->flaky, "flaky" },
                  { &e->moved, "moved" } };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        for (size_t k = 0; k < lists[i].ids->n; k++)
            map_put(words, lists[i].ids->v[k], (void *)(uintptr_t)lists[i].word);
    }
}

static const char *row_verdict(const struct map *words, const char *id,
                               const struct matrix_row *row)
{
    enum test_status before = row->seen[COND_TEST_ONLY], after = row->seen[COND_TEST_WITH_FIX];
    const char *word = map_get(words, id);
    if (word)
        return word;
    if (failed(before) && failed(after))
        return "always-fails";
    if (after == TEST_SKIPPED || after == TEST_XFAILED)
        return "skipped";
    return before == TEST_MISSING && after == TEST_PASSED ? "new" : "other";
}

static json_t *row_to_json(const struct map *words, const char *id, struct matrix_row *row)
{
    json_t *doc = json_object();
    json_put_text(doc, "id", id);
    json_put_text(doc, "base", row->ran[COND_BASE] ? test_status_name(row->seen[COND_BASE]) : NULL);
    json_put_text(doc, "test_only",
                  row->ran[COND_TEST_ONLY] ? test_status_name(row->seen[COND_TEST_ONLY]) : NULL);
    json_object_set_new(doc, "test_with_fix", row->with_fix);
    json_put_text(doc, "verdict", row_verdict(words, id, row));
    json_put_text(doc, "message", row->message);
    return doc;
}

static json_t *matrix_to_json(const struct evaluation *e)
{
    struct map rows, words;
    json_t *tests = json_array();
    map_init(&rows, free);
    map_init(&words, NULL);
    verdicts_gather(e, &words);
    for (size_t i = 0; i < e->n_runs; i++)
        matrix_add_run(&rows, &e->runs[i]);
    for (struct map_entry *row = NULL; (row = map_next(&rows, row));)
        json_array_append_new(tests, row_to_json(&words, row->key, row->value));
    map_release(&rows);
    map_release(&words);
    return tests;
}

static json_t *clauses_to_json(const struct evaluation *e)
{
    json_t *list = json_array();
    for (size_t i = 0; i < CLAUSES; i++) {
        json_t *clause = json_object();
        json_put_bool(clause, "ok", e->clauses[i].ok);
        json_put_text(clause, "why", e->clauses[i].why);
        json_array_append_new(list, clause);
    }
    return list;
}

/* What stands for it in the document, and what a curator reads. */
static const struct {
    const char *name, *text;
} unstable[UNSTABLE_HOWS] = {
    [UNSTABLE_ALONE] = { "alone", "run without the others, an F2P test fails" },
    [UNSTABLE_UNFIXED] = { "unfixed", "run without the fix, an F2P test passes" },
    [UNSTABLE_OTHERS] = { "others", "run again, a test that passed fails" },
};

const char *unstable_text(enum unstable_how how)
{
    return unstable[how].text;
}

static json_t *controls_to_json(const struct controls *c)
{
    json_t *doc = json_object();
    json_put_text(doc, "log", c->log);
    json_put_int(doc, "repeats", c->repeats);
    json_put_int(doc, "unstable", c->unstable);
    if (c->unstable)
        json_put_text(doc, "unstable_how", unstable[c->unstable_how].name);
    json_put_int(doc, "gutted_exit", c->gutted_exit);
    json_put_int(doc, "gutted_passes", c->gutted_passes);
    if (c->reversed)
        json_put_int(doc, "reversed_exit", c->reversed_exit);
    json_object_set_new(doc, "leaks", json_from_strv(&c->leaks));
    return doc;
}

static void controls_from_json(const json_t *doc, struct controls *c)
{
    c->ran = doc && json_get_str(doc, "log", NULL);
    if (!c->ran)
        return;
    c->log = xstrdup(json_get_str(doc, "log", ""));
    c->repeats = (int)json_get_int(doc, "repeats", 0);
    c->unstable = (int)json_get_int(doc, "unstable", 0);
    for (int i = 0; i < UNSTABLE_HOWS; i++)
        if (strcmp(unstable[i].name, json_get_str(doc, "unstable_how", "")) == 0)
            c->unstable_how = (enum unstable_how)i;
    c->gutted_exit = (int)json_get_int(doc, "gutted_exit", 0);
    c->gutted_passes = (int)json_get_int(doc, "gutted_passes", 0);
    c->reversed = json_object_get(doc, "reversed_exit") != NULL;
    c->reversed_exit = (int)json_get_int(doc, "reversed_exit", 0);
    json_get_strv(doc, "leaks", &c->leaks);
}

json_t *evaluation_to_json(const struct evaluation *e)
{
    const struct {
        const char *key;
        const struct strv *ids;
    } lists[] = { { "f2p", &e->f2p },
                  { "p2p", &e->p2p },
                  { "broken", &e->broken },
                  { "unfixed", &e->unfixed },
                  { "flaky", &e->flaky },
                  { "moved", &e->moved },
                  { "deselected", &e->deselected } };
    json_t *doc = json_object(), *runs = json_array();
    for (size_t i = 0; i < e->n_runs; i++)
        json_array_append_new(runs, run_to_json(&e->runs[i]));
    json_put_int(doc, "format", 1);
    json_put_int(doc, "round", e->round);
    json_put_text(doc, "reached", phase_name(e->reached));
    json_put_text(doc, "failed", e->failed == FAIL_NONE ? NULL : failure_info(e->failed)->name);
    json_put_text(doc, "failed_log", e->failed_log);
    json_put_text(doc, "failed_why", e->failed_why);
    json_object_set_new(doc, "runs", runs);
    json_object_set_new(doc, "tests", matrix_to_json(e));
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        json_object_set_new(doc, lists[i].key, json_from_strv(lists[i].ids));
    if (e->controls.ran)
        json_object_set_new(doc, "controls", controls_to_json(&e->controls));
    json_object_set_new(doc, "clauses", clauses_to_json(e));
    if (e->signals)
        json_object_set(doc, "signals", e->signals);
    json_put_bool(doc, "accepted", e->accepted);
    json_put_text(doc, "verdict", e->accepted ? NULL : failure_info(e->verdict)->name);
    json_put_text(doc, "reason", e->reason);
    return doc;
}

static int by_name(const char *name, const char *(*word)(int), int n)
{
    int i = 0;
    while (i < n && strcmp(word(i), name) != 0)
        i++;
    return i;
}

static const char *condition_word(int i)
{
    return condition_name((enum condition)i);
}

static const char *phase_word(int i)
{
    return phase_name((enum phase)i);
}

static char *text_or_null(const json_t *doc, const char *key)
{
    const char *text = json_get_str(doc, key, NULL);
    return text ? xstrdup(text) : NULL;
}

static void run_from_json(const json_t *doc, struct eval_run *r)
{
    memset(r, 0, sizeof(*r));
    r->condition = (enum condition)by_name(json_get_str(doc, "condition", ""), condition_word,
                                           COND_TEST_WITH_FIX);
    r->k = (int)json_get_int(doc, "k", 1);
    r->exit_code = (int)json_get_int(doc, "exit_code", -1);
    r->marker = (int)json_get_int(doc, "marker", -1);
    r->patched = json_get_bool(doc, "patched", false);
    r->timed_out = json_get_bool(doc, "timed_out", false);
    r->oom = json_get_bool(doc, "oom", false);
    r->seconds = json_get_num(doc, "seconds", 0);
    r->log = xstrdup(json_get_str(doc, "log", ""));
    r->xml = xstrdup(json_get_str(doc, "xml", ""));
    r->contradiction = text_or_null(doc, "contradiction");
}

int evaluation_from_json(const json_t *doc, struct evaluation *e, struct error *err)
{
    const json_t *runs = json_object_get(doc, "runs");
    enum failure_class failed = failure_by_name(json_get_str(doc, "failed", ""));
    if (json_get_int(doc, "format", 1) > 1)
        return error_set(err, E_NEWER, "evaluation.json is of a later format");
    e->round = (int)json_get_int(doc, "round", 0);
    e->reached = (enum phase)by_name(json_get_str(doc, "reached", ""), phase_word, PHASE_EVALUATE);
    e->failed = failed == FAIL_CLASSES ? FAIL_NONE : failed;
    e->failed_log = text_or_null(doc, "failed_log");
    e->failed_why = text_or_null(doc, "failed_why");
    e->n_runs = json_array_size(runs);
    e->runs = xcalloc(e->n_runs + 1, sizeof(*e->runs));
    for (size_t i = 0; i < e->n_runs; i++)
        run_from_json(json_array_get(runs, i), &e->runs[i]);
    json_get_strv(doc, "deselected", &e->deselected);
    e->signals = json_incref(json_object_get(doc, "signals"));
    controls_from_json(json_object_get(doc, "controls"), &e->controls);
    return 0;
}

void analysis_init(struct analysis *a)
{
    memset(a, 0, sizeof(*a));
    a->reason = xstrdup("");
    a->log = xstrdup("");
    a->rule = xstrdup("");
    a->remedy = xstrdup("");
}

void analysis_release(struct analysis *a)
{
    free(a->reason);
    free(a->log);
    free(a->rule);
    free(a->remedy);
}

void analysis_say(char **field, char *text)
{
    free(*field);
    *field = text;
}

json_t *analysis_to_json(const struct analysis *a)
{
    json_t *doc = json_object(), *guidance = json_object();
    json_put_int(doc, "format", 1);
    json_put_bool(doc, "is_finish", a->is_finish);
    json_put_bool(doc, "solvable", a->solvable);
    json_put_text(doc, "class", a->class == FAIL_NONE ? NULL : failure_info(a->class)->name);
    json_put_text(doc, "reason", a->reason);
    json_put_text(doc, "log", a->log);
    json_put_int(doc, "line", a->line);
    json_put_text(doc, "rule", a->rule);
    json_put_text(doc, "remedy", a->remedy);
    json_put_bool(guidance, "explore", a->again_explore);
    json_put_bool(guidance, "dockerfile", a->again_dockerfile);
    json_put_bool(guidance, "evalscript", a->again_evalscript);
    json_object_set_new(doc, "guidance", guidance);
    return doc;
}
