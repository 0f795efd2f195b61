#include "pipeline/funnel.h"

#include <stdlib.h>
#include <string.h>

static const double most_seconds = 1e9, most_bytes = 1e15;

static const struct {
    const char *name, *text;
} steps[YIELD_STEPS] = {
    [YIELD_NOWHERE] = { "", "" },
    [YIELD_ATTEMPTED] = { "attempted", "a synthesis began" },
    [YIELD_FETCHED] = { "fetched", "the base commit and both patches are there" },
    [YIELD_RESOLVED] = { "resolved", "the dependencies have a lock" },
    [YIELD_BUILT] = { "built", "the image stands" },
    [YIELD_COLLECTED] = { "collected", "tests ran with the fix" },
    [YIELD_FAILED_BEFORE] = { "failed before", "tests fail without the fix (clause 2)" },
    [YIELD_PASSED_AFTER] = { "passed after", "all pass with it, and some did not before" },
    [YIELD_STABLE] = { "stable", "in every repeat, and nothing breaks (clause 3)" },
    [YIELD_LEAK_CLEAN] = { "leak-clean", "nothing of the fix is in the image (clause 6)" },
    [YIELD_ACCEPTED] = { "accepted", "all clauses hold" },
};

const char *yield_step_name(enum yield_step s)
{
    return steps[s].name;
}

const char *yield_step_text(enum yield_step s)
{
    return steps[s].text;
}

void yield_init(struct yield *y)
{
    memset(y, 0, sizeof(*y));
    map_init(&y->classes, free);
    map_init(&y->rules, free);
}

void yield_release(struct yield *y)
{
    map_release(&y->classes);
    map_release(&y->rules);
}

void yield_env_init(struct yield_env *e)
{
    memset(e, 0, sizeof(*e));
    strv_init(&e->rules);
    strv_init(&e->firings);
}

void yield_env_release(struct yield_env *e)
{
    strv_release(&e->rules);
    strv_release(&e->firings);
}

/* ---- one round ---- */

static enum yield_step step_of_phase(const char *name)
{
    static const enum yield_step by_phase[PHASES] = {
        [PHASE_FETCH] = YIELD_ATTEMPTED, [PHASE_EXPLORE] = YIELD_FETCHED,
        [PHASE_IMAGE] = YIELD_FETCHED,   [PHASE_LOCK] = YIELD_FETCHED,
        [PHASE_BUILD] = YIELD_RESOLVED,  [PHASE_EVALUATE] = YIELD_BUILT,
        [PHASE_ANALYZE] = YIELD_BUILT,
    };
    for (enum phase p = 0; p < PHASES; p++)
        if (strcmp(phase_name(p), name) == 0)
            return by_phase[p];
    return YIELD_ATTEMPTED;
}

static bool holds(const json_t *evaluation, size_t clause)
{
    const json_t *all = json_object_get(evaluation, "clauses");
    return json_get_bool(json_array_get(all, clause - 1), "ok", false);
}

static bool has_some(const json_t *evaluation, const char *list)
{
    return json_array_size(json_object_get(evaluation, list)) > 0;
}

/* The first run with the fix; NULL when none was. */
static const json_t *run_with_fix(const json_t *evaluation)
{
    size_t i;
    const json_t *run;
    json_array_foreach(json_object_get(evaluation, "runs"), i, run)
    {
        if (strcmp(json_get_str(run, "condition", ""), condition_name(COND_TEST_WITH_FIX)) == 0 &&
            json_get_int(run, "k", 1) == 1)
            return run;
    }
    return NULL;
}

static enum yield_step step_of_round(const json_t *ev)
{
    enum yield_step built = step_of_phase(json_get_str(ev, "reached", ""));
    const json_t *fixed = run_with_fix(ev);
    bool accepted = json_get_bool(ev, "accepted", false);
    if (built < YIELD_BUILT)
        return built;
    if (json_get_int(fixed, "passed", 0) <= 0 && json_get_int(fixed, "failed", 0) <= 0)
        return YIELD_BUILT;
    if (!holds(ev, 2))
        return YIELD_COLLECTED;
    if (json_get_int(fixed, "exit_code", -1) != 0 ||
        !(has_some(ev, "f2p") || has_some(ev, "flaky")))
        return YIELD_FAILED_BEFORE;
    if (!holds(ev, 3))
        return YIELD_PASSED_AFTER;
    if (!holds(ev, 6) || !(accepted || json_object_get(ev, "controls")))
        return YIELD_STABLE;
    return accepted ? YIELD_ACCEPTED : YIELD_LEAK_CLEAN;
}

void yield_env_round(struct yield_env *e, const json_t *evaluation, const json_t *analysis)
{
    const char *rule = json_get_str(analysis, "rule", "");
    enum yield_step step = evaluation ? step_of_round(evaluation) : YIELD_NOWHERE;
    if (step == YIELD_ACCEPTED) {
        e->proven = true;
        e->seen = json_object_get(evaluation, "controls") != NULL;
    }
    if (step > e->reached)
        e->reached = step;
    if (!*rule)
        return;
    strv_add_once(&e->rules, rule);
    strv_add(&e->firings, rule);
}

/* Who wrote it; what is not named belongs to the runs. */
static enum phase phase_of_file(const char *name)
{
    static const struct {
        const char *start;
        enum phase phase;
    } files[] = {
        { "findings.json", PHASE_EXPLORE }, { "recipe.json", PHASE_EXPLORE },
        { "base.log", PHASE_IMAGE },        { "lock.log", PHASE_LOCK },
        { "requirements.", PHASE_LOCK },    { "build.log", PHASE_BUILD },
        { "Dockerfile", PHASE_BUILD },      { "evaluation.json", PHASE_ANALYZE },
        { "analysis.json", PHASE_ANALYZE },
    };
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (str_starts(name, files[i].start))
            return files[i].phase;
    return PHASE_EVALUATE;
}

void yield_env_file(struct yield_env *e, const char *name, int64_t bytes)
{
    if (bytes > 0)
        e->stored[phase_of_file(name)] += (double)bytes;
}

void yield_env_recipe(struct yield_env *e, const json_t *recipe)
{
    int64_t plain = json_get_int(recipe, "round", 0);
    e->round++;
    if (!recipe)
        return;
    e->recipe = true;
    if (e->proven) {
        e->by_recipe = true;
        e->spared = plain > e->round && plain < 1000 ? plain - e->round : 0;
    }
}

/* ---- counting ---- */

static void add_recipe(struct yield *y, const struct yield_env *e, bool accepted)
{
    bool by = accepted && e->by_recipe;
    y->recipes.taken += e->recipe;
    y->recipes.accepted += by;
    y->recipes.first += by && e->round == 1;
    y->recipes.rounds += by ? e->spared : 0;
}

static void *slot(struct map *m, const char *key, size_t size)
{
    void *v = map_get(m, key);
    if (!v) {
        v = xcalloc(1, size);
        map_put(m, key, v);
    }
    return v;
}

static void add_rules(struct yield *y, const struct yield_env *e, bool accepted)
{
    for (size_t i = 0; i < e->firings.n; i++) {
        struct yield_rule *r = slot(&y->rules, e->firings.v[i], sizeof(*r));
        r->fired++;
        r->last += accepted && i + 1 == e->firings.n;
    }
    for (size_t i = 0; i < e->rules.n; i++) {
        struct yield_rule *r = map_get(&y->rules, e->rules.v[i]);
        r->instances++;
        r->accepted += accepted;
    }
}

/* Whether `v` is missing, or a number from 0 to `most`. */
static bool is_possible(const json_t *v, double most)
{
    return !v || (json_is_number(v) && json_number_value(v) >= 0 && json_number_value(v) <= most);
}

static void add_to(struct yield_sum *s, double x)
{
    s->n++;
    s->total += x;
    if (x > s->most)
        s->most = x;
}

static void add_stored(struct yield *y, const struct yield_env *e)
{
    for (enum phase p = 0; p < PHASES; p++)
        if (e->stored[p] > 0)
            add_to(&y->stored[p], e->stored[p]);
}

static bool cost_is_possible(const json_t *cost)
{
    const json_t *seconds = json_object_get(cost, "seconds");
    bool ok = is_possible(json_object_get(json_object_get(cost, "bytes"), "image"), most_bytes);
    for (enum phase p = 0; p < PHASES; p++)
        ok = ok && is_possible(json_object_get(seconds, phase_name(p)), most_seconds);
    return ok;
}

static void add_cost(struct yield *y, const json_t *cost, bool accepted)
{
    const json_t *seconds = json_object_get(cost, "seconds");
    double image = json_get_num(json_object_get(cost, "bytes"), "image", 0);
    for (enum phase p = 0; p < PHASES; p++) {
        const json_t *v = json_object_get(seconds, phase_name(p));
        if (v)
            add_to(&y->phases[p], json_number_value(v));
    }
    if (image > 0)
        add_to(&y->images, image);
    if (image > 0 && accepted)
        add_to(&y->accepted_images, image);
}

static void add_end(struct yield *y, const json_t *status, const char *state)
{
    static const char *const bad[] = { "rejected", "failed", "error" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (strcmp(state, bad[i]) == 0) {
            const char *class = json_get_str(status, "failure_class", "unnamed");
            ++*(int64_t *)slot(&y->classes, *class ? class : "unnamed", sizeof(int64_t));
            return;
        }
    }
    y->open++;
}

const char *yield_add(struct yield *y, struct yield_env *e, const json_t *status,
                      const json_t *cost)
{
    const char *state = json_get_str(status, "state", "");
    enum yield_step told = step_of_phase(json_get_str(status, "phase", ""));
    bool says = strcmp(state, "accepted") == 0, accepted = says && e->proven;
    if (strcmp(state, "new") == 0)
        return NULL;
    if (!accepted && e->reached == YIELD_ACCEPTED)
        e->reached = YIELD_LEAK_CLEAN;
    if (told > e->reached)
        e->reached = told;
    for (enum yield_step s = YIELD_ATTEMPTED; s <= e->reached; s++)
        y->steps[s]++;
    y->unseen += accepted && !e->seen;
    if (!says)
        add_end(y, status, state);
    add_rules(y, e, accepted);
    add_recipe(y, e, accepted);
    add_stored(y, e);
    if (cost && cost_is_possible(cost))
        add_cost(y, cost, accepted);
    if (says && !e->proven)
        return "status.json says accepted, and no round's evaluation does; not counted as accepted";
    return cost && !cost_is_possible(cost)
               ? "cost.json has a number that cannot be; its seconds and bytes are left out"
               : NULL;
}

/* ---- in order ---- */

struct ranked {
    struct yield_key key;
    int64_t n;
};

static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->key.name, y->key.name);
}

size_t yield_keys_new(const struct map *m, int64_t (*count)(const void *value),
                      struct yield_key **out)
{
    struct ranked *all = xcalloc(m->live + 1, sizeof(*all));
    size_t n = 0;
    for (struct map_entry *e = NULL; (e = map_next(m, e));)
        all[n++] = (struct ranked){ { e->key, e->value }, count(e->value) };
    qsort(all, n, sizeof(*all), by_count);
    *out = xcalloc(n + 1, sizeof(**out));
    for (size_t i = 0; i < n; i++)
        (*out)[i] = all[i].key;
    free(all);
    return n;
}

int64_t yield_class_count(const void *value)
{
    return *(const int64_t *)value;
}

int64_t yield_rule_count(const void *value)
{
    return ((const struct yield_rule *)value)->instances;
}
