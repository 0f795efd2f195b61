/* What a round leaves on disk comes back as it was: a resumed synthesis stands on it. */
#include "unit.h"

#include "pipeline/private.h"
#include "pipeline/recipe.h"
#include "workspace.h"

static void assert_same(json_t *a, json_t *b)
{
    char *one = json_line_new(a), *two = json_line_new(b);
    assert_string_equal(one, two);
    free(one);
    free(two);
    json_decref(a);
    json_decref(b);
}

/* What an instance leaves when it has ended, by image.keep. */
static void images_stay_by_policy(void **state UNUSED)
{
    static const struct {
        const char *keep;
        bool accepted, environment, stays;
    } cases[] = {
        { "none", true, true, false },      { "none", false, false, false },
        { "accepted", true, true, true },   { "accepted", true, false, false },
        { "accepted", false, true, false }, { "all", false, false, true },
        { "all", true, true, true },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(image_stays(cases[i].keep, cases[i].accepted, cases[i].environment),
                         cases[i].stays);
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

/* ---- recipes ---- */

static void plan_of(struct findings *f, const char *python, const char *require)
{
    findings_init(f);
    strv_split(&f->pythons, "3.8 3.7", " ");
    (void)snprintf(f->plan.python, sizeof(f->plan.python), "%s", python);
    strv_split(&f->plan.require, require, " ");
}

static void recipes_carry_what_differs(void **state UNUSED)
{
    struct findings first, last, other;
    plan_of(&first, "3.8", "a>=1 flake8==3.9 .");
    plan_of(&last, "3.7", "a>=1 flake8 . yaml");
    plan_of(&other, "3.8", "b Flake8==3.8 .");
    last.plan.rung = RUNG_DEVELOP;
    last.plan.date_slack_days = 30;
    strv_add(&last.plan.apt, "libyaml-dev");
    strv_split(&first.plan.pytest_args, "-o x=1", " ");
    strv_split(&last.plan.pytest_args, "-o x=1 -o addopts=", " ");
    strv_add(&last.plan.deselect, "t.py::not_for_others");
    strv_add(&last.plan.tried, "nor this");
    json_t *delta = recipe_delta(&first.plan, &last.plan);
    assert_true(recipe_apply(&other, delta));
    const struct plan *p = &other.plan;
    assert_string_equal(p->python, "3.7");
    assert_int_equal(p->rung, RUNG_DEVELOP);
    assert_int_equal(p->date_slack_days, 30);
    assert_int_equal(p->require.n, 4);
    assert_true(strv_has(&p->require, "b") && strv_has(&p->require, "flake8"));
    assert_true(strv_has(&p->require, "yaml") && strv_has(&p->require, "."));
    assert_true(strv_has(&p->apt, "libyaml-dev"));
    assert_int_equal(p->pytest_args.n, 2);
    assert_int_equal(p->deselect.n + p->tried.n, 0);
    json_decref(delta);
    findings_release(&first);
    findings_release(&last);
    findings_release(&other);
}

static void a_recipe_may_change_nothing(void **state UNUSED)
{
    static const char *const deltas[] = {
        "{}",
        "{\"python\":\"2.7\"}",
        "{\"rung\":\"stairs\"}",
        "{\"add\":{\"deselect\":[\"t\"]}}",
        "{\"add\":{\"require\":[\"a\"]}}",
        "{\"add\":7,\"remove\":{}}",
        "[]",
    };
    struct findings f;
    plan_of(&f, "3.8", "a");
    json_t *before = findings_to_json(&f), *same = recipe_delta(&f.plan, &f.plan);
    assert_false(recipe_apply(&f, same));
    for (size_t i = 0; i < ARRAY_LEN(deltas); i++) {
        json_t *delta = NULL;
        assert_int_equal(json_parse(deltas[i], strlen(deltas[i]), &delta, NULL), 0);
        if (recipe_apply(&f, delta))
            fail_msg("%s changes the plan", deltas[i]);
        json_decref(delta);
    }
    assert_same(before, findings_to_json(&f));
    json_decref(same);
    findings_release(&f);
}

static void the_nearest_recipe_is_taken(void **state UNUSED)
{
    static const struct {
        const char *date, *requires, *wanted;
    } cases[] = {
        { "2020-01-05", NULL, "same" },
        { "2021-01-01", NULL, "same-later" },
        { "2020-01-05", "setup.cfg\tanother", "nearer" }, /* nobody's manifest: by the date */
    };
    static const char row[] = "{\"base_date\":\"%s\",\"manifest\":\"%s\",\"instance_id\":\"%s\"}\n";
    char path[] = "/tmp/bottega-recipe-XXXXXX";
    struct findings f;
    struct str text = STR_INIT;
    close(mkstemp(path));
    findings_init(&f);
    char *manifest = recipe_manifest_new(&f);
    str_addf(&text, row, "2020-01-04", "x", "nearer");
    str_addf(&text, row, "2020-01-01", manifest, "same");
    str_addf(&text, row, "2020-06-01", manifest, "same-later");
    str_add(&text, "{\"format\":2,\"base_date\":\"2020-01-05\"}\n[]\n{\"base_da");
    assert_int_equal(file_write(path, text.s, text.len, NULL), 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(clock_parse(cases[i].date, &f.as_of));
        if (cases[i].requires)
            strv_add(&f.requires, cases[i].requires);
        json_t *found = recipe_nearest(path, &f);
        assert_string_equal(json_get_str(found, "instance_id", ""), cases[i].wanted);
        json_decref(found);
    }
    unlink(path);
    assert_null(recipe_nearest(path, &f));
    free(manifest);
    str_release(&text);
    findings_release(&f);
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
    struct judge_rules rules = { .repeats = 3 };
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

/* ---- a person's rounds ---- */

static bool has(const struct made *m, const char *path)
{
    char *whole = str_format("%s/i/%s", m->dir, path);
    bool is = path_exists(whole);
    free(whole);
    return is;
}

static void rounds_are_put_aside(void **state UNUSED)
{
    struct made m;
    struct error err = ERROR_INIT;
    made_open(&m);
    struct asked asked = { .ticket = "synthesize-3", .from_round = 2 };
    struct job_context job = { .ws = &m.ws, .run = "main", .agent = "rules", .asked = &asked };
    struct synthesis s = { .job = &job };
    s.dir = str_format("%s/i", m.dir);
    findings_init(&s.findings);
    for (int n = 1; n <= 11; n++)
        if (n != 9)
            made_write(&m, "x", "i/round-%d/build.log", n);
    made_write(&m, "{\"state\":\"accepted\"}\n", "i/status.json");
    made_write(&m, "FROM a\n", "i/Dockerfile");
    made_write(&m, "{}\n", "i/image.json");
    made_write(&m, "{}\n", "i/journal.jsonl");
    /* a kill came between two moves */
    made_write(&m, "{\"state\":\"accepted\"}\n", "i/aside/synthesize-3.part/status.json");
    made_write(&m, "FROM a\n", "i/aside/synthesize-3.part/round-9/build.log");
    assert_int_equal(put_aside(&s, &err), 0);
    assert_true(has(&m, "round-1/build.log") && has(&m, "journal.jsonl"));
    assert_false(has(&m, "round-2") || has(&m, "round-11") || has(&m, "image.json"));
    assert_true(has(&m, "aside/synthesize-3/round-2/build.log"));
    assert_true(has(&m, "aside/synthesize-3/round-9/build.log"));
    assert_true(has(&m, "aside/synthesize-3/round-11/build.log"));
    assert_true(has(&m, "aside/synthesize-3/status.json"));
    made_write(&m, "y", "i/round-2/build.log"); /* made anew: stays */
    assert_int_equal(put_aside(&s, &err), 0);
    assert_true(has(&m, "round-2/build.log"));
    free(s.dir);
    findings_release(&s.findings);
    made_close(&m);
}

static void a_script_becomes_its_skeleton(void **state UNUSED)
{
    static const char *const patches[] = { "diff --git a b\n+x\n", "diff --git a b\n+x" };
    for (size_t i = 0; i < ARRAY_LEN(patches); i++) {
        struct str skeleton = STR_INIT, patch = STR_INIT, whole = STR_INIT;
        str_add(&skeleton, "cat <<E\n[CONTENT OF TEST PATCH]\nE\npytest\n");
        str_add(&patch, patches[i]);
        script_fill(&skeleton, &patch, &whole);
        assert_true(script_unfill(&whole, &patch));
        assert_string_equal(whole.s, skeleton.s);
        assert_true(script_unfill(&whole, &patch));
        str_set(&whole, "pytest\n");
        assert_false(script_unfill(&whole, &patch));
        str_release(&skeleton);
        str_release(&patch);
        str_release(&whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images_stay_by_policy),
        cmocka_unit_test(findings_come_back),
        cmocka_unit_test(recipes_carry_what_differs),
        cmocka_unit_test(a_recipe_may_change_nothing),
        cmocka_unit_test(the_nearest_recipe_is_taken),
        cmocka_unit_test(evaluations_come_back),
        cmocka_unit_test(later_formats_are_refused),
        cmocka_unit_test(rounds_are_put_aside),
        cmocka_unit_test(a_script_becomes_its_skeleton),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
