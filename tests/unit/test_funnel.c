/* How far an environment came: rounds and a status in, counts out. */
#include "unit.h"

#include "pipeline/funnel.h"

#define OK    "{\"ok\":true}"
#define NO    "{\"ok\":false}"
#define FIXED "{\"condition\":\"test_with_fix\",\"k\":1,\"exit_code\":0,\"passed\":3,\"failed\":0}"
#define BROKE "{\"condition\":\"test_with_fix\",\"k\":1,\"exit_code\":1,\"passed\":2,\"failed\":1}"
#define EMPTY "{\"condition\":\"test_with_fix\",\"k\":1,\"exit_code\":5,\"passed\":0,\"failed\":0}"
#define EVALUATED(runs, f2p, clauses, rest)                                                        \
    "{\"reached\":\"evaluate\",\"runs\":[" runs "],\"f2p\":[" f2p "],\"clauses\":[" clauses        \
    "]" rest "}"
#define PROVEN                                                                                     \
    EVALUATED(FIXED, "\"t\"", OK "," OK "," OK "," OK "," OK "," OK,                               \
              ",\"controls\":{},\"accepted\":true")

struct round {
    const char *evaluation, *rule;
};
static const struct step_case {
    const char *name;
    const char *rounds[3];
    const char *state, *phase;
    enum yield_step step;
} step_cases[] = {
    { "fetch failed", { NULL }, "error", "fetch", YIELD_ATTEMPTED },
    { "no base image", { NULL }, "error", "image", YIELD_FETCHED },
    { "no lock", { "{\"reached\":\"lock\"}" }, "failed", "lock", YIELD_FETCHED },
    { "no image", { "{\"reached\":\"build\"}" }, "failed", "build", YIELD_RESOLVED },
    { "nothing collected", { EVALUATED(EMPTY, "", "", "") }, "failed", "evaluate", YIELD_BUILT },
    { "passes before",
      { EVALUATED(FIXED, "", OK "," NO, "") },
      "rejected",
      "evaluate",
      YIELD_COLLECTED },
    { "fails after",
      { EVALUATED(BROKE, "\"t\"", OK "," OK "," NO, "") },
      "rejected",
      "evaluate",
      YIELD_FAILED_BEFORE },
    { "fixes nothing",
      { EVALUATED(FIXED, "", OK "," OK "," NO, "") },
      "rejected",
      "evaluate",
      YIELD_FAILED_BEFORE },
    { "passes once",
      { EVALUATED(FIXED, "", OK "," OK "," NO, ",\"flaky\":[\"t\"]") },
      "rejected",
      "evaluate",
      YIELD_PASSED_AFTER },
    { "leaks",
      { EVALUATED(FIXED, "\"t\"", OK "," OK "," OK "," OK "," OK "," NO, ",\"controls\":{}") },
      "rejected",
      "evaluate",
      YIELD_STABLE },
    { "nobody looked for leaks",
      { EVALUATED(FIXED, "\"t\"", NO "," OK "," OK "," OK "," OK "," OK, "") },
      "failed",
      "evaluate",
      YIELD_STABLE },
    { "no honest script",
      { EVALUATED(FIXED, "\"t\"", OK "," OK "," OK "," NO "," OK "," OK, ",\"controls\":{}") },
      "rejected",
      "evaluate",
      YIELD_LEAK_CLEAN },
    { "accepted", { PROVEN }, "accepted", "evaluate", YIELD_ACCEPTED },
    { "its end is not written yet", { PROVEN }, "running", "fetch", YIELD_LEAK_CLEAN },
    { "the furthest round counts",
      { EVALUATED(BROKE, "\"t\"", OK "," OK "," NO, ""), "{\"reached\":\"lock\"}" },
      "rejected",
      "lock",
      YIELD_FAILED_BEFORE },
    { "cancelled is never tried", { PROVEN }, "new", "fetch", YIELD_NOWHERE },
    { "keys of other types",
      { "{\"reached\":7,\"runs\":{},\"clauses\":\"x\",\"f2p\":3,\"accepted\":\"yes\"}" },
      "failed",
      "fetch",
      YIELD_ATTEMPTED },
    { "lists of other things",
      { EVALUATED("1,null,[],\"x\"", "{}", "1,2,3", "") },
      "failed",
      "evaluate",
      YIELD_BUILT },
};

static json_t *parse(const char *text)
{
    json_t *doc = NULL;
    assert_int_equal(json_parse(text, strlen(text), &doc, NULL), 0);
    return doc;
}

static const char *add(struct yield *y, const struct round *rounds, const char *status,
                       const char *cost)
{
    struct yield_env e;
    yield_env_init(&e);
    for (size_t i = 0; i < 3 && (rounds[i].evaluation || rounds[i].rule); i++) {
        json_t *evaluation = rounds[i].evaluation ? parse(rounds[i].evaluation) : NULL;
        json_t *analysis = rounds[i].rule ? json_pack("{ss}", "rule", rounds[i].rule) : NULL;
        yield_env_round(&e, evaluation, analysis);
        json_decref(evaluation);
        json_decref(analysis);
    }
    json_t *status_doc = parse(status), *cost_doc = cost ? parse(cost) : NULL;
    const char *doubt = yield_add(y, &e, status_doc, cost_doc);
    json_decref(status_doc);
    json_decref(cost_doc);
    yield_env_release(&e);
    return doubt;
}

static void steps_are_told(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(step_cases); i++) {
        const struct step_case *c = &step_cases[i];
        struct yield y;
        const struct round rounds[3] = { { c->rounds[0], NULL }, { c->rounds[1], NULL } };
        char *status = str_format("{\"state\":\"%s\",\"phase\":\"%s\"}", c->state, c->phase);
        yield_init(&y);
        assert_null(add(&y, rounds, status, NULL));
        for (enum yield_step s = YIELD_ATTEMPTED; s < YIELD_STEPS; s++)
            if (y.steps[s] != (s <= c->step))
                fail_msg("%s: %s", c->name, yield_step_name(s));
        yield_release(&y);
        free(status);
    }
}

/* What a recipe spared is told, and only where its plan was the accepted one. */
static void recipes_are_counted(void **state UNUSED)
{
    static const struct {
        const char *recipes[2]; /* of each round; NULL: none */
        bool accepted[2];
        int64_t taken, by, first, rounds;
    } cases[] = {
        { { "{\"round\":4}" }, { true }, 1, 1, 1, 3 },
        { { "{\"round\":4}", "{\"round\":4}" }, { false, true }, 1, 1, 0, 2 },
        { { "{\"round\":4}", NULL }, { false, true }, 1, 0, 0, 0 },
        { { "{\"round\":1}" }, { true }, 1, 1, 1, 0 },
        { { "{\"round\":\"x\"}" }, { true }, 1, 1, 1, 0 },
        { { NULL }, { true }, 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct yield y;
        struct yield_env e;
        json_t *status = parse("{\"state\":\"accepted\",\"phase\":\"evaluate\"}");
        yield_init(&y);
        yield_env_init(&e);
        for (size_t k = 0; k < 2 && (k == 0 || cases[i].accepted[k] || cases[i].recipes[k]); k++) {
            json_t *evaluation = cases[i].accepted[k] ? parse(PROVEN) : NULL;
            json_t *recipe = cases[i].recipes[k] ? parse(cases[i].recipes[k]) : NULL;
            yield_env_round(&e, evaluation, NULL);
            yield_env_recipe(&e, recipe);
            json_decref(evaluation);
            json_decref(recipe);
        }
        assert_null(yield_add(&y, &e, status, NULL));
        assert_int_equal(y.recipes.taken, cases[i].taken);
        assert_int_equal(y.recipes.accepted, cases[i].by);
        assert_int_equal(y.recipes.first, cases[i].first);
        assert_int_equal(y.recipes.rounds, cases[i].rounds);
        json_decref(status);
        yield_env_release(&e);
        yield_release(&y);
    }
}

static const struct yield_rule *rule(const struct yield *y, const char *name)
{
    return map_get(&y->rules, name);
}

static void rules_lead_to_acceptance_or_not(void **state UNUSED)
{
    const struct round good[3] = { { NULL, "ladder" }, { NULL, "deselect" }, { PROVEN, "" } };
    const struct round bad[3] = { { NULL, "ladder" }, { NULL, "ladder" } };
    struct yield y;
    yield_init(&y);
    assert_null(add(&y, good, "{\"state\":\"accepted\"}", NULL));
    assert_null(add(&y, bad, "{\"state\":\"failed\",\"failure_class\":\"collect\"}", NULL));
    assert_null(add(&y, bad, "{\"state\":\"failed\",\"failure_class\":null}", NULL));
    assert_int_equal(rule(&y, "ladder")->fired, 5);
    assert_int_equal(rule(&y, "ladder")->instances, 3);
    assert_int_equal(rule(&y, "ladder")->accepted, 1);
    assert_int_equal(rule(&y, "ladder")->last, 0);
    assert_int_equal(rule(&y, "deselect")->last, 1);
    assert_int_equal(*(int64_t *)map_get(&y.classes, "collect"), 1);
    assert_int_equal(*(int64_t *)map_get(&y.classes, "unnamed"), 1);
    yield_release(&y);
}

static void keys_are_in_order(void **state UNUSED)
{
    static const char *const classes[] = { "b", "a", "c", "c" };
    const struct round none[3] = { { NULL, NULL } };
    struct yield y;
    struct yield_key *keys;
    yield_init(&y);
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        char *status = str_format("{\"state\":\"failed\",\"failure_class\":\"%s\"}", classes[i]);
        assert_null(add(&y, none, status, NULL));
        free(status);
    }
    assert_int_equal(yield_keys_new(&y.classes, yield_class_count, &keys), 3);
    assert_string_equal(keys[0].name, "c");
    assert_string_equal(keys[1].name, "a");
    assert_string_equal(keys[2].name, "b");
    free(keys);
    yield_release(&y);
}

static void costs_are_summed(void **state UNUSED)
{
    const struct round none[3] = { { NULL, NULL } };
    struct yield y;
    yield_init(&y);
    assert_null(add(&y, none, "{\"state\":\"failed\"}",
                    "{\"seconds\":{\"build\":2.5,\"lock\":1},\"bytes\":{\"image\":100}}"));
    assert_null(add(&y, none, "{\"state\":\"failed\"}", "{\"seconds\":{\"build\":4}}"));
    assert_non_null(add(&y, none, "{\"state\":\"failed\"}", "{\"seconds\":{\"build\":-1}}"));
    assert_non_null(add(&y, none, "{\"state\":\"failed\"}", "{\"seconds\":{\"build\":1e300}}"));
    assert_non_null(add(&y, none, "{\"state\":\"failed\"}", "{\"bytes\":{\"image\":\"x\"}}"));
    assert_int_equal(y.steps[YIELD_ATTEMPTED], 5);
    assert_int_equal(y.phases[PHASE_BUILD].n, 2);
    assert_true(y.phases[PHASE_BUILD].total == 6.5);
    assert_true(y.phases[PHASE_BUILD].most == 4);
    assert_true(y.images.total == 100);
    assert_int_equal(y.accepted_images.n, 0);
    yield_release(&y);
}

static void acceptance_without_proof_is_doubted(void **state UNUSED)
{
    const struct round none[3] = { { NULL, NULL } };
    struct yield y;
    yield_init(&y);
    assert_non_null(add(&y, none, "{\"state\":\"accepted\",\"phase\":\"evaluate\"}", NULL));
    assert_int_equal(y.steps[YIELD_BUILT], 1);
    assert_int_equal(y.steps[YIELD_ACCEPTED], 0);
    yield_release(&y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_told),
        cmocka_unit_test(recipes_are_counted),
        cmocka_unit_test(rules_lead_to_acceptance_or_not),
        cmocka_unit_test(keys_are_in_order),
        cmocka_unit_test(costs_are_summed),
        cmocka_unit_test(acceptance_without_proof_is_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
