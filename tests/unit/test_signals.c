/* Hints at what a task is worth: each is counted from a statement and two patches. */
#include "unit.h"

#include "index/query.h"
#include "pipeline/signals.h"

#define FILE_OF(path, lines)                                                                       \
    "diff --git a/" path " b/" path "\n--- a/" path "\n+++ b/" path "\n@@ -1,1 +1,1 @@\n" lines
#define CODE(lines)  FILE_OF("src/mix.py", lines)
#define TESTS(lines) FILE_OF("tests/test_mix.py", lines)
#define PLAIN        "the mean of two pigments is wrong, see `mix(2, 4)`"
#define TEN          "0123456789"
#define HUNDRED      TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND     HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

static const struct signal_case {
    const char *name; /* of the signal */
    double value;
    bool flag;
    const char *issue, *fix, *tests; /* NULL: the plain ones */
    const char *more;                /* members of the row, each after a comma */
    int f2p, f2p_files;
    double seconds; /* of each F2P test */
    const char *in_base;
} cases[] = {
    { .name = "overlap",
      .value = 1,
      .flag = true,
      .issue = "use `return (a + b) / 2` there",
      .fix = CODE("-    return a\n+    return (a + b) / 2\n") },
    { .name = "overlap",
      .value = 0.5,
      .flag = false,
      .issue = "use `return (a + b) / 2` there",
      .fix = CODE("+    return (a + b) / 2\n+    return some_other - value\n") },
    { .name = "overlap",
      .value = 1,
      .flag = true,
      .issue = "add first_name, second_name and also third_name, fourth_name",
      .fix = CODE("+f(first_name,second_name,third_name,fourth_name)\n") },
    { .name = "overlap",
      .value = 0,
      .flag = false,
      .issue = "return   (a+b)",
      .fix = CODE("+    return (a + b) / 2\n") },
    { .name = "named-line",
      .value = 1,
      .flag = true,
      .issue = "  File \"/x/src/mix.py\", line 12, in mix" },
    { .name = "named-line", .value = 1, .flag = true, .issue = "see src/mix.py:12" },
    { .name = "named-line",
      .value = 1,
      .flag = true,
      .issue = "https://x/blob/abc/src/mix.py#L12" },
    { .name = "named-line", .value = 0, .flag = false, .issue = "see src/other.py:12 and mix.py" },
    { .name = "tiny",
      .value = 2,
      .flag = true,
      .issue = "it says return a + b where it should not",
      .fix = CODE("-    return a + b\n+    return (a + b) / 2\n") },
    { .name = "tiny",
      .value = 2,
      .flag = false,
      .issue = PLAIN,
      .fix = CODE("-    return a + b\n+    return (a + b) / 2\n") },
    { .name = "tiny",
      .value = 3,
      .flag = false,
      .issue = "it says return a + b",
      .fix = CODE("-    return a + b\n+    c = a\n+    return c\n") },
    { .name = "many-f2p", .value = 50, .flag = false, .f2p = 50 },
    { .name = "many-f2p", .value = 51, .flag = true, .f2p = 51 },
    { .name = "f2p-files", .value = 4, .flag = false, .f2p = 8, .f2p_files = 4 },
    { .name = "f2p-files", .value = 5, .flag = true, .f2p = 8, .f2p_files = 5 },
    { .name = "wide-fix",
      .value = 1,
      .flag = false,
      .fix = CODE("+x\n") FILE_OF("docs/a.rst", "+x\n") FILE_OF("CHANGES", "+x\n") },
    { .name = "wide-fix",
      .value = 3,
      .flag = true,
      .fix = CODE("+x\n") FILE_OF("setup.py", "+x\n") FILE_OF("lib/a.py", "+x\n") },
    { .name = "no-code",
      .value = 3,
      .flag = true,
      .fix = FILE_OF("docs/conf.py", "+x\n") FILE_OF("README.md", "+x\n")
          FILE_OF("src/version.py", "+x\n") },
    { .name = "no-code",
      .value = 2,
      .flag = false,
      .fix = CODE("+x\n") FILE_OF("README.md", "+x\n") },
    { .name = "many-issues", .value = 1, .flag = false, .issue = "Fixes #12, see #13" },
    { .name = "many-issues",
      .value = 2,
      .flag = true,
      .issue = "Fixes #12. Closes: o/n#13, fixed #12" },
    { .name = "many-issues",
      .value = 2,
      .flag = true,
      .issue = PLAIN,
      .more = ",\"issue_numbers\":[1,2]" },
    { .name = "hidden-words",
      .value = 1,
      .flag = true,
      .issue = PLAIN,
      .fix = CODE("+    raise ValueError(\"no such pigment\")\n"),
      .tests = TESTS("+    with raises(ValueError, match=\"no such pigment\"):\n") },
    { .name = "hidden-words",
      .value = 0,
      .flag = false,
      .issue = "it should say \"no such pigment\"",
      .fix = CODE("+    raise ValueError(\"no such pigment\")\n"),
      .tests = TESTS("+    assert str(e) == 'no such pigment'\n") },
    { .name = "hidden-words",
      .value = 0,
      .flag = false,
      .issue = PLAIN,
      .fix = CODE("+    raise ValueError(\"no such pigment\")\n"),
      .tests = TESTS("+    assert str(e) == 'no such pigment'\n"),
      .in_base = "no such pigment" },
    { .name = "hidden-words",
      .value = 0,
      .flag = false,
      .issue = PLAIN,
      .fix = CODE("+    raise ValueError(\"no such pigment\")\n"),
      .tests = TESTS("+    x = 'no such pigment'\n") },
    { .name = "hidden-names",
      .value = 1,
      .flag = true,
      .issue = PLAIN,
      .fix = CODE("+def mean_of(a, b):\n+    _x = 1\n"),
      .tests = TESTS("+from mix import mean_of\n") },
    { .name = "hidden-names",
      .value = 0,
      .flag = false,
      .issue = "add mean_of()",
      .fix = CODE("+def mean_of(a, b):\n"),
      .tests = TESTS("+from mix import mean_of\n") },
    { .name = "hidden-names",
      .value = 0,
      .flag = false,
      .issue = PLAIN,
      .fix = CODE("-def mean_of(a):\n+def mean_of(a, b):\n"),
      .tests = TESTS("+from mix import mean_of\n") },
    { .name = "hidden-names",
      .value = 0,
      .flag = false,
      .issue = PLAIN,
      .fix = CODE("+def mean_of(a, b):\n"),
      .tests = TESTS("+mix.mean_off\n") },
    { .name = "data-tests",
      .value = 1,
      .flag = true,
      .tests = FILE_OF("tests/cases.json", "+1\n") },
    { .name = "data-tests",
      .value = 2,
      .flag = false,
      .tests = FILE_OF("tests/cases.json", "+1\n") TESTS("+x\n") },
    { .name = "short-issue", .value = 29, .flag = true, .issue = "größe 日本 " TEN TEN },
    { .name = "short-issue", .value = 30, .flag = false, .issue = TEN TEN TEN },
    { .name = "long-issue",
      .value = 10000,
      .flag = false,
      .issue = THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND
          THOUSAND },
    { .name = "long-issue",
      .value = 10001,
      .flag = true,
      .issue =
          THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND
      "x" },
    { .name = "images", .value = 2, .flag = true, .issue = "![a](b) and <img src=x>" },
    { .name = "images", .value = 0, .flag = false, .issue = "a[1](2)" },
    { .name = "bare-links",
      .value = 1,
      .flag = true,
      .issue = "see https://example.org/x for all" },
    { .name = "bare-links",
      .value = 1,
      .flag = false,
      .issue = "see https://example.org/x\n> what it says" },
    { .name = "bare-links", .value = 0, .flag = false, .issue = PLAIN },
    { .name = "non-ascii", .value = 0.5, .flag = true, .issue = "日a" },
    { .name = "non-ascii", .value = 0, .flag = false, .issue = PLAIN },
    { .name = "slow-tests", .value = 60, .flag = false, .f2p = 2, .seconds = 30 },
    { .name = "slow-tests", .value = 62, .flag = true, .f2p = 2, .seconds = 31 },
    { .name = "sleeps", .value = 1, .flag = true, .tests = TESTS("+    time.sleep(1)\n") },
    { .name = "sleeps",
      .value = 0,
      .flag = false,
      .tests = TESTS("-    time.sleep(1)\n+    asleep(1)\n") },
    { .name = "network", .value = 1, .flag = true, .tests = TESTS("+    requests.get(url)\n") },
    { .name = "network", .value = 0, .flag = false, .tests = TESTS("+    requests.add(url)\n") },
    { .name = "hindsight",
      .value = 60,
      .flag = true,
      .more = ",\"created_at\":\"2020-01-01T00:00:00Z\",\"issue_created_at\":\"2020-01-01T00:01:"
              "00Z\"" },
    { .name = "hindsight",
      .value = -60,
      .flag = false,
      .more = ",\"created_at\":\"2020-01-01T00:01:00Z\",\"issue_created_at\":\"2020-01-01T00:00:"
              "00Z\"" },
    { .name = "hindsight",
      .value = 0,
      .flag = true,
      .more = ",\"problem_statement_source\":\"commit\"" },
    { .name = "hindsight", .value = 0, .flag = false },
};

static void fill(const struct signal_case *c, struct instance *in, struct evaluation *ev)
{
    char *row = str_format("{\"instance_id\":\"o__n-1\"%s}", c->more ? c->more : "");
    memset(in, 0, sizeof(*in));
    in->row = json_loads(row, 0, NULL);
    assert_non_null(in->row);
    in->problem_statement = xstrdup(c->issue ? c->issue : PLAIN);
    str_init(&in->patch);
    str_init(&in->test_patch);
    str_add(&in->patch, c->fix ? c->fix : CODE("+    return (a + b) / 2\n"));
    str_add(&in->test_patch, c->tests ? c->tests : TESTS("+    assert mix(2, 4) == 3\n"));
    evaluation_init(ev);
    ev->n_runs = 1;
    ev->runs = xcalloc(1, sizeof(*ev->runs));
    ev->runs[0] = (struct eval_run){ .condition = COND_TEST_WITH_FIX, .k = 1 };
    ev->runs[0].tests = xcalloc((size_t)c->f2p + 1, sizeof(*ev->runs[0].tests));
    for (int i = 0; i < c->f2p; i++) {
        strv_addf(&ev->f2p, "t/%d.py::f[%d]", c->f2p_files ? i % c->f2p_files : 0, i);
        ev->runs[0].tests[i] =
            (struct test_result){ xstrdup(ev->f2p.v[i]), TEST_PASSED, NULL, c->seconds };
    }
    ev->runs[0].n_tests = (size_t)c->f2p;
    free(row);
}

static void counts(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct signal_case *c = &cases[i];
        struct instance in;
        struct evaluation ev;
        struct strv base = STRV_INIT;
        print_message("# %zu %s\n", i, c->name);
        fill(c, &in, &ev);
        if (c->in_base)
            strv_add(&base, c->in_base);
        struct signals_input input = { &in, &ev, &base };
        json_t *all = signals_new(&input);
        const json_t *row = json_object_get(all, c->name);
        assert_non_null(row);
        assert_true(json_get_num(row, "value", -1) > c->value - 0.001);
        assert_true(json_get_num(row, "value", -1) < c->value + 0.001);
        assert_int_equal(json_get_bool(row, "flag", !c->flag), c->flag);
        assert_int_equal(json_get_str(row, "why", NULL) != NULL, c->flag);
        json_decref(all);
        strv_release(&base);
        evaluation_release(&ev);
        instance_release(&in);
    }
}

/* Without the mirror nobody knows what the base has; the others are counted all the same. */
static void says_what_it_knows(void **state UNUSED)
{
    static const struct signal_case plain = { .name = "" };
    struct instance in;
    struct evaluation ev;
    struct strv none = STRV_INIT;
    fill(&plain, &in, &ev);
    struct signals_input input = { &in, &ev, NULL };
    json_t *all = signals_new(&input);
    assert_null(json_object_get(all, "hidden-words"));
    assert_null(json_object_get(all, "hidden-names"));
    assert_non_null(json_object_get(all, "overlap"));
    json_decref(all);
    input.in_base = &none;
    all = signals_new(&input);
    size_t n = 0;
    for (const struct signal_info *s = signal_infos; s->name; s++, n++)
        assert_non_null(json_object_get(all, s->name));
    assert_int_equal(json_object_size(all), n);
    json_decref(all);
    evaluation_release(&ev);
    instance_release(&in);
}

static const struct query_key *key_of(const char *name)
{
    size_t n;
    const struct query_key *keys = query_keys(LIST_INSTANCES, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

/* The index knows neither table nor code of this: names and keys are held to it here. */
static void queries_know_them(void **state UNUSED)
{
    struct strv words = STRV_INIT, want = STRV_INIT;
    strv_split(&words, key_of("signal")->words, "|");
    for (const struct signal_info *s = signal_infos; s->name; s++) {
        strv_add_once(&want, s->name);
        strv_add_once(&want, s->group);
        assert_true(*s->help);
        if (!s->key)
            continue;
        assert_non_null(key_of(s->key));
        assert_int_equal(key_of(s->key)->type, KEY_MEASURE);
        assert_string_equal(key_of(s->key)->column, s->name);
    }
    strv_sort(&words);
    strv_sort(&want);
    assert_int_equal(words.n, want.n);
    for (size_t i = 0; i < words.n; i++)
        assert_string_equal(words.v[i], want.v[i]);
    strv_release(&words);
    strv_release(&want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(says_what_it_knows),
        cmocka_unit_test(queries_know_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
