/* What a round leaves on disk comes back as it was: a resumed synthesis stands on it. */
#include "unit.h"

#include "pipeline/private.h"

static void assert_same(json_t *a, json_t *b)
{
    char *one = json_line_new(a), *two = json_line_new(b);
    assert_string_equal(one, two);
    free(one);
    free(two);
    json_decref(a);
    json_decref(b);
}

static void findings_come_back(void **state UNUSED)
{
    struct findings f, g;
    struct error err = ERROR_INIT;
    findings_init(&f);
    findings_init(&g);
    f.as_of = 1600000000;
    f.has_project = true;
    strv_add(&f.test_files, "tests/a b.py");
    strv_add(&f.notes, "two\nlines");
    (void)snprintf(f.plan.python, sizeof(f.plan.python), "3.8");
    f.plan.rung = RUNG_DEVELOP;
    f.plan.network = true;
    f.plan.date_slack_days = 30;
    strv_add(&f.plan.deselect, "t.py::f['x']");
    strv_add(&f.plan.tried, "rule:x");
    strv_add(&g.notes, "of another round");
    json_t *doc = findings_to_json(&f);
    assert_int_equal(findings_from_json(doc, &g, &err), 0);
    assert_same(doc, findings_to_json(&g));
    findings_release(&f);
    findings_release(&g);
}

static void add_run(struct evaluation *ev, enum condition c, int exit_code)
{
    ev->runs = xrealloc(ev->runs, (ev->n_runs + 1) * sizeof(*ev->runs));
    ev->runs[ev->n_runs++] = (struct eval_run){ .condition = c,
                                                .k = 2,
                                                .exit_code = exit_code,
                                                .marker = exit_code ? -1 : 0,
                                                .patched = true,
                                                .oom = exit_code != 0,
                                                .seconds = 1.5,
                                                .log = xstrdup("a.log"),
                                                .xml = xstrdup("a.xml"),
                                                .contradiction = xstrdup("no") };
}

static void evaluations_come_back(void **state UNUSED)
{
    struct evaluation a, b;
    struct judge_rules rules = { 3, NULL };
    struct error err = ERROR_INIT;
    evaluation_init(&a);
    evaluation_init(&b);
    a.round = 4;
    a.reached = PHASE_BUILD;
    a.failed = FAIL_SDIST_BUILD;
    a.failed_log = xstrdup("build.log");
    a.failed_why = xstrdup("step 3 failed");
    strv_add(&a.deselected, "t.py::f");
    for (int c = 0; c < CONDITIONS; c++)
        add_run(&a, (enum condition)c, c);
    judge(&a, &rules);
    json_t *doc = evaluation_to_json(&a);
    assert_int_equal(evaluation_from_json(doc, &b, &err), 0);
    judge(&b, &rules);
    assert_same(doc, evaluation_to_json(&b));
    evaluation_release(&a);
    evaluation_release(&b);
}

static void later_formats_are_refused(void **state UNUSED)
{
    struct findings f;
    struct evaluation ev;
    struct error err = ERROR_INIT;
    json_t *doc = json_pack("{si}", "format", 2);
    findings_init(&f);
    evaluation_init(&ev);
    assert_int_equal(findings_from_json(doc, &f, &err), E_NEWER);
    error_clear(&err);
    assert_int_equal(evaluation_from_json(doc, &ev, &err), E_NEWER);
    error_release(&err);
    json_decref(doc);
    findings_release(&f);
    evaluation_release(&ev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_come_back),
        cmocka_unit_test(evaluations_come_back),
        cmocka_unit_test(later_formats_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
