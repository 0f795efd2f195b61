#include "tests/unit/unit.h"

#include "agents/rules/project.h"
#include "index/signature.h"

#include <unistd.h>

/* ---- interpreters ---- */

struct order_case {
    const char *requires, *listed, *as_of;
    int min, max;
    const char *wanted; /* the beginning of the order */
};

static void test_python_order(void **state UNUSED)
{
    static const struct order_case cases[] = {
        /* the newest listed one that is half a year old */
        { ">=3.6", "3.6 3.7 3.8 3.9", "2020-11-01", 0, 99, "3.8 3.7 3.6 3.9" },
        { ">=3.6", "3.6 3.7 3.8 3.9", "2021-06-01", 0, 99, "3.9 3.8 3.7 3.6" },
        /* nothing is said: one below the newest */
        { "", "", "2024-01-01", 0, 99, "3.10 3.11 3.9" },
        /* sources raise the floor and lower the ceiling */
        { "", "", "2022-01-01", 10, 99, "3.10" },
        { ">=3.6", "3.8 3.9 3.10", "2022-06-01", 6, 9, "3.9 3.8" },
        { ">=2.7", "2.7 3.6", "2018-01-01", 0, 99, "3.6 2.7" },
        { "", "2.7", "2016-01-01", 0, 99, "2.7" },
        { "", "3.6", "2018-01-01", 0, 2, "2.7" },
        /* the next one was in beta: last, and no earlier */
        { ">=3.6", "3.6 3.7 3.8 3.9", "2021-08-09", 0, 99, "3.9 3.8 3.7 3.6 3.10" },
        /* older than every interpreter at hand */
        { ">=3.4", "3.4 3.5", "2016-06-01", 0, 99, "3.6 3.7" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct order_case *c = &cases[i];
        struct strv listed = STRV_INIT, order = STRV_INIT;
        struct py_bounds bounds = { c->min, c->max, "", "" };
        struct python_wants wants = { c->requires, &listed, &bounds, 0 };
        struct str got = STR_INIT;
        assert_true(clock_parse(c->as_of, &wants.as_of));
        strv_split(&listed, c->listed, " ");
        python_order(&wants, &order);
        for (size_t k = 0; k < order.n; k++)
            str_addf(&got, "%s%s", k ? " " : "", order.v[k]);
        if (!str_starts(got.s, c->wanted))
            fail_msg("requires \"%s\", listed \"%s\", %s: %s, not %s", c->requires, c->listed,
                     c->as_of, got.s, c->wanted);
        str_release(&got);
        strv_release(&listed);
        strv_release(&order);
    }
}

/* ---- the playbook ---- */

struct pick_case {
    enum phase phase;
    const char *log;
    const char *rule, *remedy; /* NULL: no rule */
};

static const struct pick_case pick_cases[] = {
    { PHASE_LOCK, "Because there is no version of flake8==3.9.9 and you require flake8==3.9.9",
      "resolve-no-version", "unpin flake8" },
    { PHASE_LOCK, "  × Failed to build `demjson==2.2.4`\n error: use_2to3 is invalid.\n",
      "resolve-use-2to3", "build-require setuptools<58" },
    { PHASE_LOCK, "  × Failed to build `yajl==0.3.5`\n", "resolve-sdist", "unpin yajl" },
    { PHASE_LOCK,
      "  cause: Because there are no versions of atomicwrites and pytest>=4 depends on it\n\n"
      "hint: `atomicwrites` was filtered by `exclude-newer` to only include packages uploaded\n",
      "resolve-too-new", "newer atomicwrites" },
    { PHASE_LOCK, "ERROR: No matching distribution found for foo==9 (from -r r.in (line 2))\n",
      "pip-no-version", "unpin foo" },
    { PHASE_LOCK, "\nThe conflict is caused by:\n    The user requested six==1.9\n", "pip-conflict",
      "unpin six" },
    { PHASE_LOCK, "Collecting a\n  x\nCollecting b>1\n  y\n    ERROR: Command errored out with 1\n",
      "pip-sdist", "unpin b" },
    { PHASE_BUILD,
      "error: Failed to build `pandas==0.11.0`\n ModuleNotFoundError: No module named 'numpy'\n",
      "locked-sdist", "unpin pandas" },
    { PHASE_BUILD, "x.c:1:10: fatal error: yaml.h: No such file or directory\n", "header",
      "apt libyaml-dev" },
    { PHASE_BUILD, "Error: pg_config executable not found.\n", "config-program", "apt libpq-dev" },
    { PHASE_BUILD, "E: Unable to locate package libfoo9\n", "apt-unknown", "drop-apt libfoo9" },
    { PHASE_BUILD, "AttributeError: module 'x' has no attribute 'build_editable'\n",
      "build-editable-legacy", "rung no-isolation" },
    { PHASE_BUILD, "ModuleNotFoundError: No module named 'Cython'\n", "missing-build-module",
      "build-require cython" },
    { PHASE_BUILD, "wrong copy of attr: /usr/lib/x\n", "wrong-copy", "rung next" },
    { PHASE_EVALUATE, "E       fixture 'mocker' not found\n", "missing-fixture",
      "require pytest-mock" },
    { PHASE_EVALUATE, "E       fixture 'my_own' not found\n", NULL, NULL },
    { PHASE_EVALUATE, "error: unrecognized arguments: --cov=x --cov-report term\n",
      "unknown-argument", "require pytest-cov" },
    { PHASE_EVALUATE,
      "pytest.py: error: unrecognized arguments: --override-ini=junit_family=xunit1\n",
      "pytest-before-3", "newer pytest + newer py + constrain pytest>=3.0,<3.3" },
    { PHASE_EVALUATE, "error: unrecognized arguments: --own-option\n", "unknown-argument",
      "pytest-args --override-ini=addopts=" },
    { PHASE_EVALUATE, "FAIL Required test coverage of 88% not reached. Total coverage: 86%\n",
      "coverage-floor", "pytest-args --override-ini=addopts=" },
    { PHASE_EVALUATE, "Direct construction of BlackItem has been deprecated, please use\n",
      "checker-items", "pytest-args --override-ini=addopts=" },
    { PHASE_EVALUATE, "argparse.ArgumentError: argument --no-cov: conflicting option string: -\n",
      "conflicting-argument", "drop pytest-cov" },
    { PHASE_EVALUATE, "E   ModuleNotFoundError: No module named 'yaml'\n", "missing-module",
      "require pyyaml" },
    { PHASE_EVALUATE, "E   ModuleNotFoundError: No module named 'tests.helper'\n", NULL, NULL },
    { PHASE_EVALUATE, "SKIPPED [1] tests/test_dev.py:9: Needs Rich.\n", "skipped-for-library",
      "require rich" },
    { PHASE_EVALUATE, "SKIPPED [2] a.py:9: numpy is not installed\n", "skipped-for-library",
      "require numpy" },
    { PHASE_EVALUATE, "SKIPPED [2] a.py:9: no luck today\n", NULL, NULL },
    { PHASE_EVALUATE, "  async def functions are not natively supported.\n", "async-tests",
      "require pytest-asyncio" },
    { PHASE_EVALUATE, "E   ImportError: cannot import name 'soft_unicode' from 'markupsafe'\n",
      "soft-unicode", "constrain markupsafe<2.1" },
    { PHASE_EVALUATE, "E   ImportError: libGL.so.1: cannot open shared object file\n",
      "shared-library", "apt libgl1" },
    { PHASE_EVALUATE, "E   FileNotFoundError: [Errno 2] No such file or directory: 'dot'\n",
      "missing-program", "apt graphviz" },
    { PHASE_EVALUATE, "E   DeprecationWarning: invalid escape sequence \\d\n", "warnings-as-errors",
      "python older" },
    { PHASE_EVALUATE, "E   AttributeError: module 'collections' has no attribute 'Mapping'\n",
      "collections-abc", "python 3.9" },
    /* the last error is mended first */
    { PHASE_EVALUATE,
      "E  ModuleNotFoundError: No module named 'yaml'\nE  ModuleNotFoundError: No module named "
      "'attr'\n",
      "missing-module", "require attrs" },
    { PHASE_EVALUATE, "1 passed in 0.01s\n", NULL, NULL },
};

static void test_picks(void **state UNUSED)
{
    struct playbook *book = NULL;
    struct error err = ERROR_INIT;
    if (playbook_load(NULL, &book, &err) < 0)
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < ARRAY_LEN(pick_cases); i++) {
        const struct pick_case *c = &pick_cases[i];
        struct log log = { STR_INIT, 0, 0 };
        struct findings f;
        struct playbook_hit hit;
        findings_init(&f);
        str_add(&log.text, c->log);
        bool found = playbook_find(book, c->phase, &log, &f, &hit);
        if (found != (c->rule != NULL) ||
            (found && (strcmp(hit.rule, c->rule) != 0 || strcmp(hit.remedy, c->remedy) != 0)))
            fail_msg("%s: %s, %s", c->log, found ? hit.rule : "none", found ? hit.remedy : "");
        playbook_hit_release(&hit);
        findings_release(&f);
        log_release(&log);
    }
    playbook_free(book);
}

/* What a signature is made of is what its pattern finds, and the name in it is a group. */
static void test_patterns_of_signatures(void **state UNUSED)
{
    static const struct {
        const char *line, *group; /* NULL: there is none */
    } cases[] = {
        { "E   ModuleNotFoundError: No module named 'foo.bar'", "foo.bar" },
        { "#8 1.204 ERROR: No matching distribution found for numpy==1.2", "numpy" },
        { "/usr/lib/a-b/x.c:14:10: fatal error: yaml.h: No such file (os error 2)", NULL },
        { "E   TypeError: f() takes 2 positional arguments [*] but 3 were given?", NULL },
        { "sh: 1: pg_config: not found", NULL },
        { "E  AssertionError: assert 1.5 == 0x7fde12 + 'a$b^c'", NULL },
        { "error in x setup command: use_2to3 is invalid. {see} https://a.b/c?d=1", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str signature = STR_INIT, pattern = STR_INIT, text = STR_INIT;
        struct strv groups = STRV_INIT;
        struct error err = ERROR_INIT;
        struct rx *rx;
        signature_add(&signature, cases[i].line, strlen(cases[i].line));
        pattern_of_signature(&pattern, signature.s);
        str_setf(&text, "one\n%s\nthree\n", cases[i].line);
        if (rx_new(pattern.s, &rx, &err) < 0)
            fail_msg("%s", error_text(&err));
        if (rx_find(rx, &text, 0, &groups) < 0)
            fail_msg("%s: not found by %s", cases[i].line, pattern.s);
        if (cases[i].group)
            assert_true(groups.n > 1 && str_starts(groups.v[1], cases[i].group));
        else
            assert_int_equal(groups.n, 1);
        rx_free(rx);
        strv_release(&groups);
        str_release(&signature);
        str_release(&pattern);
        str_release(&text);
    }
}

/* ---- remedies ---- */

static void test_a_remedy_is_taken_once(void **state UNUSED)
{
    struct findings f;
    findings_init(&f);
    assert_true(remedy_apply(&f, "require pyyaml"));
    assert_true(remedy_tried(&f, "require pyyaml"));
    assert_false(remedy_apply(&f, "require pyyaml"));
    assert_int_equal(f.plan.require.n, 1);
    findings_release(&f);
}

static void test_unpin_and_drop(void **state UNUSED)
{
    struct findings f;
    findings_init(&f);
    strv_add(&f.plan.require, "flake8==3.9 ; python_version > '3'");
    strv_add(&f.plan.require, "flake8-docs==1");
    assert_true(remedy_apply(&f, "unpin Flake8"));
    assert_string_equal(f.plan.require.v[1], "flake8");
    assert_string_equal(f.plan.require.v[0], "flake8-docs==1");
    assert_true(remedy_apply(&f, "drop flake8"));
    assert_int_equal(f.plan.require.n, 1);
    assert_true(strv_has(&f.plan.drop, "flake8"));
    strv_add(&f.requires, "setup.cfg install_requires\tsix>=1");
    strv_add(&f.plan.require, "six>=1");
    assert_false(remedy_apply(&f, "drop-tests six"));
    findings_release(&f);
}

static void test_interpreter_moves(void **state UNUSED)
{
    struct findings f;
    findings_init(&f);
    strv_split(&f.pythons, "3.9 3.8 3.7 3.10", " ");
    snprintf(f.plan.python, sizeof(f.plan.python), "3.9");
    static const char *const steps[][2] = { { "python newer", "3.10" },
                                            { "python oldest", "3.7" },
                                            { "python newest", "3.8" } };
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        assert_true(remedy_apply(&f, steps[i][0]));
        assert_string_equal(f.plan.python, steps[i][1]);
    }
    assert_false(remedy_apply(&f, "python next"));
    findings_release(&f);
}

/* ---- logs ---- */

static void test_long_logs_keep_their_line_numbers(void **state UNUSED)
{
    enum { LINES = 100000 };
    char dir[] = "/tmp/bottega-log-XXXXXX";
    struct str text = STR_INIT;
    struct error err = ERROR_INIT;
    struct log log;
    assert_non_null(mkdtemp(dir));
    for (int i = 1; i <= LINES; i++)
        str_addf(&text, "line number %d\n", i);
    char *path = str_format("%s/x.log", dir);
    assert_int_equal(file_write(path, text.s, text.len, &err), 0);
    log_read(dir, "x.log", &log);
    assert_true(log.gap_at > 0 && log.text.len < text.len);
    const char *last = strstr(log.text.s, "number 99999\n");
    const char *first = strstr(log.text.s, "number 77\n");
    assert_non_null(last);
    assert_non_null(first);
    assert_int_equal(log_line(&log, (size_t)(last - log.text.s)), 99999);
    assert_int_equal(log_line(&log, (size_t)(first - log.text.s)), 77);
    log_release(&log);
    log_read(dir, "none.log", &log);
    assert_int_equal(log.text.len, 0);
    log_release(&log);
    unlink(path);
    rmdir(dir);
    free(path);
    str_release(&text);
}

/* ---- texts ---- */

static void plan_example(struct findings *f)
{
    findings_init(f);
    f->as_of = 1600000000;
    f->has_project = true;
    free(f->dist_name);
    f->dist_name = xstrdup("thing");
    strv_add(&f->packages, "thing");
    strv_add(&f->import_roots, "src");
    strv_add(&f->test_files, "tests/test_a b.py");
    strv_add(&f->plan.apt, "libyaml-dev");
    strv_add(&f->plan.env, "A=b c");
    strv_add(&f->plan.deselect, "tests/test_a b.py::test[x y]");
    snprintf(f->plan.python, sizeof(f->plan.python), "3.8");
}

static void test_dockerfile(void **state UNUSED)
{
    static const struct {
        enum rung rung;
        const char *has, *lacks;
    } cases[] = {
        { RUNG_EDITABLE, "--no-deps -e .\n", "bottega-checkout.pth" },
        { RUNG_NO_ISOLATION, "pip install -q --no-build-isolation --no-deps -e .\n", "develop" },
        { RUNG_DEVELOP, "python setup.py -q develop --no-deps\n", "-e ." },
        { RUNG_INSTALL, "/testbed/src\\n", "-e ." },
        { RUNG_PYTHONPATH, "PYTHONPATH=/testbed/src:/testbed\n", "--no-deps -e ." },
    };
    static const char *const always[] = { "ARG BASE=python:3.8-slim\nFROM ${BASE}\n",
                                          " libyaml-dev",
                                          "ENV A='b c'\n",
                                          "--require-hashes",
                                          "rev-list --all --count",
                                          "wrong copy of" };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct findings f;
        struct feedback fb = { .round = 1, .cache_mounts = true };
        struct str text = STR_INIT;
        plan_example(&f);
        f.plan.rung = cases[i].rung;
        assert_int_equal(rules_dockerfile(NULL, &f, &fb, &text, NULL), 0);
        assert_non_null(strstr(text.s, cases[i].has));
        assert_null(strstr(text.s, cases[i].lacks));
        for (size_t k = 0; k < ARRAY_LEN(always); k++) {
            if (!strstr(text.s, always[k]))
                fail_msg("%s: \"%s\" is missing in\n%s", rung_name(f.plan.rung), always[k], text.s);
        }
        str_release(&text);
        findings_release(&f);
    }
}

static void test_evalscript(void **state UNUSED)
{
    struct findings f;
    struct feedback fb = { .round = 1 };
    struct str text = STR_INIT;
    plan_example(&f);
    assert_int_equal(rules_evalscript(NULL, &f, &fb, &text, NULL), 0);
    assert_non_null(strstr(text.s, "<<'EOF_114329324912'\n[CONTENT OF TEST PATCH]\n"
                                   "EOF_114329324912\n"));
    assert_non_null(strstr(text.s, "--deselect='tests/test_a b.py::test[x y]'"));
    assert_non_null(strstr(text.s, " 'tests/test_a b.py'\nrc=$?\n"));
    assert_non_null(strstr(text.s, "echo \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n"));
    str_release(&text);
    findings_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_python_order),
        cmocka_unit_test(test_picks),
        cmocka_unit_test(test_patterns_of_signatures),
        cmocka_unit_test(test_a_remedy_is_taken_once),
        cmocka_unit_test(test_unpin_and_drop),
        cmocka_unit_test(test_interpreter_moves),
        cmocka_unit_test(test_long_logs_keep_their_line_numbers),
        cmocka_unit_test(test_dockerfile),
        cmocka_unit_test(test_evalscript),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
