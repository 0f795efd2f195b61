/* What is accepted and what is not: the judge on invented runs, reports and scripts. */
#include "unit.h"

#include "pipeline/private.h"

#include <unistd.h>

/* ---- the judge ---- */

/* A run: condition (b, o: test_only, f: with fix) and its number; ":exit" or ":exit/marker" where
 * they are not what the tests say; then id=status, by the status' first letter (X: xfailed). */
enum { MOST_RUNS = 7 };
struct judge_case {
    const char *name;
    const char *runs[MOST_RUNS];
    const char *f2p, *p2p, *broken, *unfixed, *flaky, *moved; /* ids, sorted; NULL: none */
    enum failure_class verdict;
    int clause; /* the first that does not hold; 0: all do */
    const char *deselected, *dishonesty, *leak, *runner_file;
    int unstable;
    enum unstable_how how;
    bool controls;
    int reversed; /* status with the fix reversed; 0: it was not, -1: it was 0 */
    int gutted_passes;
    enum failure_class failed;
};

/* clang-format off */
static const struct judge_case judge_cases[] = {
    { .name = "one test is fixed, one stays well",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P", "o2 n=F p=P" },
      .f2p = "n", .p2p = "p" },
    { .name = "an error before is a failure before",
      .runs = { "b1 p=P", "o1 n=E p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p" },
    { .name = "nothing fails before",
      .runs = { "b1 p=P", "o1 p=P", "f1 p=P", "f2 p=P" }, .p2p = "p", .verdict = FAIL_NO_F2P,
      .clause = 2 },
    { .name = "the fix fixes nothing",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=F p=P" }, .p2p = "p", .unfixed = "n",
      .verdict = FAIL_FIX_FAILS, .clause = 3 },
    { .name = "one is fixed, one is not",
      .runs = { "b1", "o1 m=F n=F", "f1 m=F n=P" },
      .f2p = "n", .unfixed = "m", .verdict = FAIL_FIX_FAILS, .clause = 3 },
    { .name = "a test fails under every condition beside an F2P",
      .runs = { "b1 m=F", "o1 m=F n=F", "f1 m=F n=P" },
      .f2p = "n", .unfixed = "m", .verdict = FAIL_FIX_FAILS, .clause = 3 },
    { .name = "the same, named in the script",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .deselected = "m" },
    { .name = "a deselected test that ran all the same counts for nothing",
      .runs = { "b1:0 m=P p=P", "o1 m=F n=F p=P", "f1 m=P n=P p=P", "f2 m=P n=P p=P" },
      .f2p = "n", .p2p = "p", .deselected = "m" },
    { .name = "a test of before fails with the fix",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=F" },
      .f2p = "n", .broken = "p", .verdict = FAIL_P2P_BROKEN, .clause = 3 },
    { .name = "a test of before is gone with the fix",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P", "f2 n=P" },
      .f2p = "n", .broken = "p", .verdict = FAIL_P2P_BROKEN, .clause = 3 },
    { .name = "a test of before is skipped with the fix",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=S", "f2 n=P p=S" },
      .f2p = "n" },
    { .name = "a new test that passes before and fails after",
      .runs = { "b1 p=P", "o1 m=P n=F p=P", "f1 m=F n=P p=P" },
      .f2p = "n", .p2p = "p", .unfixed = "m", .verdict = FAIL_FIX_FAILS, .clause = 3 },
    { .name = "skipped before, fails after",
      .runs = { "b1 p=P", "o1 m=S n=F p=P", "f1 m=F n=P p=P" },
      .f2p = "n", .p2p = "p", .unfixed = "m", .verdict = FAIL_FIX_FAILS, .clause = 3 },
    { .name = "what fails before is only skipped after",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=S p=P", "f2 n=S p=P" }, .p2p = "p",
      .verdict = FAIL_NO_F2P, .clause = 3 },
    { .name = "what fails before is gone after",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 p=P", "f2 p=P" }, .p2p = "p",
      .verdict = FAIL_NO_F2P, .clause = 3 },
    { .name = "what fails before is expected to fail after",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=X p=P", "f2 n=X p=P" }, .p2p = "p",
      .verdict = FAIL_NO_F2P, .clause = 3 },
    { .name = "expected failures are no failures",
      .runs = { "b1 x=X", "o1 n=F x=X", "f1 n=P x=X", "f2 n=P x=X" },
      .f2p = "n" },
    { .name = "a fixed test fails in the second run",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=F p=P" }, .p2p = "p", .flaky = "n",
      .verdict = FAIL_FLAKY, .clause = 3 },
    { .name = "a fixed test is gone in the second run",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 p=P" }, .p2p = "p", .flaky = "n",
      .verdict = FAIL_FLAKY, .clause = 3 },
    { .name = "a fixed test is skipped in the second run",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=S p=P" }, .p2p = "p", .flaky = "n",
      .verdict = FAIL_FLAKY, .clause = 3 },
    { .name = "a test of before wavers with the fix",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=F" },
      .f2p = "n", .flaky = "p", .verdict = FAIL_FLAKY, .clause = 3 },
    { .name = "a test that once passes before is no F2P",
      .runs = { "b1", "o1 m=F n=F", "f1 m=P n=P", "f2 m=P n=P", "o2 m=P n=F" },
      .f2p = "n" },
    { .name = "the same, and no other",
      .runs = { "b1 p=P", "o1 m=F p=P", "f1 m=P p=P", "f2 m=P p=P", "o2 m=P p=P" }, .p2p = "p",
      .verdict = FAIL_NO_F2P, .clause = 3 },
    { .name = "a test that once fails before is no P2P",
      .runs = { "b1 m=P", "o1 m=P n=F", "f1 m=P n=P", "f2 m=P n=P", "o2 m=F n=F" },
      .f2p = "n" },
    { .name = "its file cannot be read before",
      .runs = { "b1 t/a.py::p=P", "o1:2 t.a=E", "f1 t/a.py::n=P t/a.py::p=P",
                "f2 t/a.py::n=P t/a.py::p=P" },
      .f2p = "t/a.py::n t/a.py::p" },
    { .name = "another file cannot be read before",
      .runs = { "b1 t/a.py::p=P t/b.py::p=P", "o1:2 t.a=E", "f1 t/a.py::n=P t/b.py::p=P",
                "f2 t/a.py::n=P t/b.py::p=P" },
      .f2p = "t/a.py::n", .p2p = "t/b.py::p" },
    { .name = "another file cannot be read before, and this one breaks",
      .runs = { "b1 t/b.py::p=P", "o1:2 t.a=E", "f1 t/a.py::n=P t/b.py::p=F" },
      .f2p = "t/a.py::n", .broken = "t/b.py::p", .verdict = FAIL_P2P_BROKEN, .clause = 3 },
    { .name = "a file cannot be read with the fix",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1:2 t.a=E" }, .broken = "p", .unfixed = "t.a",
      .verdict = FAIL_P2P_BROKEN, .clause = 3 },
    { .name = "ids that the code under test gives: as many are well under other names",
      .runs = { "b1 t::f[1]=P", "o1 t::f[1]=P t::f[2]=P t::n=F", "f1 t::f[2]=P t::f[3]=P t::n=P",
                "f2 t::f[2]=P t::f[3]=P t::n=P" },
      .f2p = "t::n", .p2p = "t::f[2]", .moved = "t::f[1] t::f[3]" },
    { .name = "ids by chance",
      .runs = { "b1", "o1 t::f[a]=P t::n=F", "f1 t::f[b]=P t::n=P", "f2 t::f[c]=P t::n=P" },
      .f2p = "t::n", .moved = "t::f[a] t::f[b] t::f[c]" },
    { .name = "ids by chance, and nothing else",
      .runs = { "b1", "o1 t::f[a]=P", "f1 t::f[b]=P" }, .moved = "t::f[a] t::f[b]",
      .verdict = FAIL_NO_F2P, .clause = 2 },
    { .name = "one of a function's parameters is gone",
      .runs = { "b1 t::f[1]=P t::f[2]=P", "o1 t::f[1]=P t::f[2]=P t::n=F", "f1 t::f[2]=P t::n=P" },
      .f2p = "t::n", .p2p = "t::f[2]", .broken = "t::f[1]", .verdict = FAIL_P2P_BROKEN,
      .clause = 3 },
    { .name = "one more parameter is new, and F2P",
      .runs = { "b1 t::f[1]=P", "o1:1 t::f[1]=P", "f1 t::f[1]=P t::f[2]=P",
                "f2 t::f[1]=P t::f[2]=P" },
      .f2p = "t::f[2]", .p2p = "t::f[1]", .verdict = FAIL_COLLECT, .clause = 1 },
    { .name = "an id by chance that fails before and passes after wavers",
      .runs = { "b1", "o1 t::f[a]=F", "f1 t::f[b]=P", "f2 t::f[c]=P" }, .flaky = "t::f[b] t::f[c]",
      .verdict = FAIL_FLAKY, .clause = 3 },
    { .name = "another name, and it fails",
      .runs = { "b1 t::f[1]=P", "o1 t::f[1]=P t::n=F", "f1 t::f[2]=F t::n=P" },
      .f2p = "t::n", .broken = "t::f[1]", .unfixed = "t::f[2]", .verdict = FAIL_P2P_BROKEN,
      .clause = 3 },
    { .name = "a function of a like name has not moved",
      .runs = { "b1 t::f=P", "o1 t::f=P t::fa[1]=P t::n=F", "f1 t::fa[1]=P t::fa[2]=P t::n=P" },
      .f2p = "t::fa[2] t::n", .p2p = "t::fa[1]", .broken = "t::f", .verdict = FAIL_P2P_BROKEN,
      .clause = 3 },
    { .name = "the fix brings the tests",
      .runs = { "b1 p=P", "o1 p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_NO_F2P, .clause = 2 },
    { .name = "the marker is another number",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1:0/1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 1 },
    { .name = "no marker",
      .runs = { "b1 p=P", "o1:1/-1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_COLLECT, .clause = 1 },
    { .name = "status 0 with a failed test",
      .runs = { "b1 p=P", "o1:0 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 1 },
    { .name = "status 0 with a failed test, in the second run only",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P", "o2:0 n=F p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 1 },
    { .name = "status 0 with a failed test, and no F2P",
      .runs = { "b1:0 m=F", "o1:0 m=F", "f1:0 m=F" }, .unfixed = "m", .verdict = FAIL_FIX_FAILS,
      .clause = 1 },
    { .name = "before, status 0 and no report",
      .runs = { "b1 p=P", "o1:0", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 1 },
    { .name = "with the fix, status 0 and no report",
      .runs = { "f1:0" }, .verdict = FAIL_SCRIPT_DISHONEST, .clause = 1, .failed = FAIL_COLLECT },
    { .name = "with the fix, no test and a status that says so",
      .runs = { "f1:5" }, .verdict = FAIL_COLLECT, .clause = 2, .failed = FAIL_COLLECT },
    { .name = "status 1 and no failed test",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1:1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_COLLECT, .clause = 1 },
    { .name = "status 0 and no report",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2:0" }, .flaky = "n p",
      .verdict = FAIL_FLAKY, .clause = 1 },
    { .name = "before, the runner itself fails",
      .runs = { "b1 p=P", "o1:4", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_COLLECT, .clause = 2 },
    { .name = "before, nothing is collected",
      .runs = { "b1 p=P", "o1:5", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_COLLECT, .clause = 2 },
    { .name = "too few repeats",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_COLLECT, .clause = 3 },
    { .name = "test_only was not run",
      .runs = { "f1 n=P", "f2 n=P" },
      .f2p = "n", .verdict = FAIL_COLLECT, .clause = 2 },
    { .name = "time ended it",
      .runs = { "f1:137/-1" }, .verdict = FAIL_TIMEOUT, .clause = 1, .failed = FAIL_TIMEOUT },
    { .name = "the fix does not apply",
      .runs = { "f1:98/-1" }, .verdict = FAIL_PATCH_APPLY_FIX, .clause = 1,
      .failed = FAIL_PATCH_APPLY_FIX },
    { .name = "the script hides its status",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 4,
      .dishonesty = "a failure is hidden by ||" },
    { .name = "the tests pass with their files empty",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 4, .gutted_passes = 1 },
    { .name = "another copy of the project is in the image",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_LEAK, .clause = 6,
      .leak = "copy\t/s/pip/_vendor/rich\tanother copy of rich" },
    { .name = "the fix brings a conftest",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 5,
      .runner_file = "src/conftest.py" },
    { .name = "alone, and for the fourth time, an F2P fails",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_FLAKY, .clause = 3, .controls = true, .unstable = 4 },
    { .name = "with the fix reversed the tests pass",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_SCRIPT_DISHONEST, .clause = 4, .controls = true,
      .reversed = -1 },
    { .name = "with the fix reversed the tests fail",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .controls = true, .reversed = 1 },
    { .name = "without the fix, and for the second time, an F2P passes",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .verdict = FAIL_FLAKY, .clause = 3, .controls = true, .unstable = 2,
      .how = UNSTABLE_UNFIXED },
    { .name = "the image was looked at",
      .runs = { "b1 p=P", "o1 n=F p=P", "f1 n=P p=P", "f2 n=P p=P" },
      .f2p = "n", .p2p = "p", .controls = true },
};
/* clang-format on */

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct test_result *)a)->id, ((const struct test_result *)b)->id);
}

static enum test_status status_of(char letter)
{
    static const char letters[] = "?PSXFE"; /* in the order of enum test_status */
    return (enum test_status)(strchr(letters, letter) - letters);
}

/* Status and marker of "b1:0/1 …"; without them what the tests make them. */
static void read_exit(struct eval_run *r, const char *text)
{
    r->exit_code = 0;
    for (size_t i = 0; i < r->n_tests; i++)
        if (r->tests[i].status >= TEST_FAILED)
            r->exit_code = 1;
    if (text[2] == ':')
        r->exit_code = atoi(text + 3);
    else if (!r->n_tests)
        r->exit_code = 5;
    const char *slash = text + strcspn(text, "/ ");
    r->marker = text[2] == ':' && *slash == '/' ? atoi(slash + 1) : r->exit_code;
    r->patched = r->exit_code != 98;
    r->timed_out = r->exit_code == 137;
}

static void read_run(struct evaluation *ev, const char *text)
{
    struct strv words = STRV_INIT;
    struct eval_run *r = &ev->runs[ev->n_runs++];
    r->condition = *text == 'b' ? COND_BASE : *text == 'o' ? COND_TEST_ONLY : COND_TEST_WITH_FIX;
    r->k = text[1] - '0';
    strv_split(&words, text, " ");
    r->tests = xcalloc(words.n + 1, sizeof(*r->tests));
    for (size_t i = 1; i < words.n; i++) {
        const char *is = strchr(words.v[i], '=');
        struct test_result *t = &r->tests[r->n_tests++];
        t->id = xstrndup(words.v[i], (size_t)(is - words.v[i]));
        t->status = status_of(is[1]);
    }
    qsort(r->tests, r->n_tests, sizeof(*r->tests), by_id);
    read_exit(r, text);
    strv_release(&words);
}

static void assert_ids(struct strv *ids, const char *want)
{
    struct str all = STR_INIT;
    strv_sort(ids);
    for (size_t i = 0; i < ids->n; i++)
        str_addf(&all, "%s%s", i ? " " : "", ids->v[i]);
    assert_string_equal(all.s, want ? want : "");
    str_release(&all);
}

static int first_open_clause(const struct evaluation *ev)
{
    for (int i = 0; i < CLAUSES; i++)
        if (!ev->clauses[i].ok)
            return i + 1;
    return 0;
}

static void judges(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(judge_cases); i++) {
        const struct judge_case *c = &judge_cases[i];
        struct judge_rules rules = { 2, c->dishonesty, c->runner_file };
        struct evaluation ev;
        print_message("# %s\n", c->name);
        evaluation_init(&ev);
        ev.runs = xcalloc(MOST_RUNS, sizeof(*ev.runs));
        ev.failed = c->failed;
        for (size_t k = 0; k < MOST_RUNS && c->runs[k]; k++)
            read_run(&ev, c->runs[k]);
        if (c->deselected)
            strv_add(&ev.deselected, c->deselected);
        ev.controls.ran = c->controls || c->leak || c->gutted_passes;
        ev.controls.gutted_passes = c->gutted_passes;
        ev.controls.unstable = c->unstable;
        ev.controls.unstable_how = c->how;
        ev.controls.reversed = c->reversed != 0;
        ev.controls.reversed_exit = c->reversed > 0 ? c->reversed : 0;
        if (c->leak)
            strv_add(&ev.controls.leaks, c->leak);
        judge(&ev, &rules);
        assert_ids(&ev.f2p, c->f2p);
        assert_ids(&ev.p2p, c->p2p);
        assert_ids(&ev.broken, c->broken);
        assert_ids(&ev.unfixed, c->unfixed);
        assert_ids(&ev.flaky, c->flaky);
        assert_ids(&ev.moved, c->moved);
        assert_string_equal(failure_info(ev.verdict)->name, failure_info(c->verdict)->name);
        assert_int_equal(first_open_clause(&ev), c->clause);
        assert_int_equal(ev.accepted, c->verdict == FAIL_NONE);
        assert_true(*ev.reason);
        if (c->unstable)
            assert_non_null(strstr(ev.reason, unstable_text(c->how)));
        evaluation_release(&ev);
    }
}

/* ---- reports ---- */

static const struct {
    const char *name, *xml;
    const char *want; /* "id=status\n" … */
    int rc;
} reports[] = {
    { "plain",
      "<testsuites><testsuite><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one\"/>"
      "</testsuite></testsuites>",
      "t/a.py::one=passed\n", 0 },
    { "a class in a class", "<s><testcase file=\"t/a.py\" classname=\"t.a.A.B\" name=\"one\"/></s>",
      "t/a.py::A::B::one=passed\n", 0 },
    { "spaces, brackets, quotes, a newline",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[a b]\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[&quot;x&apos;]\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[&lt;&amp;]\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[a&#10;b]\"/></s>",
      "t/a.py::one[\"x']=passed\nt/a.py::one[<&]=passed\nt/a.py::one[a\nb]=passed\n"
      "t/a.py::one[a b]=passed\n",
      0 },
    { "the worst of equals stays",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one\"><error message=\"teardown\"/>"
      "</testcase><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one\"/></s>",
      "t/a.py::one=error\n", 0 },
    { "skipped and expected to fail",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"s\"><skipped type=\"pytest.skip\"/>"
      "</testcase><testcase file=\"t/a.py\" classname=\"t.a\" name=\"x\">"
      "<skipped type=\"pytest.xfail\" message=\"later\"/></testcase></s>",
      "t/a.py::s=skipped\nt/a.py::x=xfailed\n", 0 },
    { "a file that cannot be read",
      "<s><testcase classname=\"\" name=\"t.a\"><error message=\"collection failure\"/>"
      "</testcase></s>",
      "t.a=error\n", 0 },
    { "addresses of the run are no part of an id",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"f[&lt;A at "
      "0x7fe4d1a2b3c0&gt;-0x10]\"/>"
      "</s>",
      "t/a.py::f[<A at 0x…>-0x10]=passed\n", 0 },
    { "a test of which two subtests fail",
      "<s><testcase file=\"t/a.py\" classname=\"t.a.T\" name=\"one\"><failure message=\"b\"/>"
      "<failure message=\"c\"/></testcase></s>",
      "t/a.py::T::one=failed (b)\n", 0 },
    { "a test of which one subtest is skipped",
      "<s><testcase file=\"t/a.py\" classname=\"t.a.T\" name=\"one\"><skipped "
      "type=\"pytest.skip\"/></testcase></s>",
      "t/a.py::T::one=skipped\n", 0 },
    { "groups of processes, and brackets in brackets",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[[x]]@db\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[ lead]\"/>"
      "<testcase file=\"t/a.py\" classname=\"t.a\" name=\"one[a::b]\"/></s>",
      "t/a.py::one[ lead]=passed\nt/a.py::one[[x]]@db=passed\nt/a.py::one[a::b]=passed\n", 0 },
    { "messages are one line",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"f\"><failure message=\"a&#10;b\"/>"
      "</testcase></s>",
      "t/a.py::f=failed (a)\n", 0 },
    { "a file that could not be collected",
      "<s><testcase file=\"t/a.py\" classname=\"\" name=\"t.a\"><error message=\"m\"/></testcase>"
      "</s>",
      "t.a=error\n", 0 },
    { "inherited: it runs where the class is",
      "<s><testcase file=\"t/base.py\" classname=\"t.test_b.TestX.TestIn\" name=\"f\"/>"
      "<testcase file=\"t/base.py\" classname=\"t.base.TestX\" name=\"f\"/></s>",
      "t/base.py::TestX::f=passed\nt/test_b.py::TestX::TestIn::f=passed\n", 0 },
    { "torn: what was told counts",
      "<s><testcase file=\"t/a.py\" classname=\"t.a\" name=\"one\"/><testcase file=\"t/a.py\" "
      "classname=\"t.a\" name=\"two\"><fail",
      "t/a.py::one=passed\n", E_PARSE },
    { "empty", "", "", E_PARSE },
};

static void reads_reports(void **state UNUSED)
{
    char path[] = "/tmp/bottega-junit-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < ARRAY_LEN(reports); i++) {
        struct evaluation ev;
        struct error err = ERROR_INIT;
        struct str all = STR_INIT;
        print_message("# %s\n", reports[i].name);
        evaluation_init(&ev);
        ev.runs = xcalloc(1, sizeof(*ev.runs));
        ev.n_runs = 1;
        assert_int_equal(file_write(path, reports[i].xml, strlen(reports[i].xml), &err), 0);
        assert_int_equal(junit_read(path, &ev.runs[0], &err), reports[i].rc);
        for (size_t k = 0; k < ev.runs[0].n_tests; k++) {
            const struct test_result *t = &ev.runs[0].tests[k];
            str_addf(&all, "%s=%s", t->id, test_status_name(t->status));
            if (t->status == TEST_FAILED)
                str_addf(&all, " (%s)", t->message);
            str_addc(&all, '\n');
            assert_ptr_equal(run_find(&ev.runs[0], t->id), t);
        }
        assert_string_equal(all.s, reports[i].want);
        str_release(&all);
        evaluation_release(&ev);
        error_release(&err);
    }
    unlink(path);
}

/* Of every run another id, unless the hour goes; other dates are the tests' own. */
static void ids_lose_the_hour(void **state UNUSED)
{
    static const struct {
        const char *id, *want;
    } cases[] = {
        { "t.py::f[08:51:55 2026-11-23]", "t.py::f[##:##:## ####-##-##]" },
        { "t.py::f[11-23-2026 08:51:55]", "t.py::f[##-##-#### ##:##:##]" },
        { "t.py::f[20261123]", "t.py::f[20261123]" },
        { "t.py::f2[x at 0x7f00aa11bb]", "t.py::f2[x at 0x…]" },
        { "t.py::f[08:51:55 2020-01-01]", "t.py::f[08:51:55 2020-01-01]" },
        { "t.py::on_2026-11-23", "t.py::on_2026-11-23" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str id = STR_INIT;
        str_add(&id, cases[i].id);
        blur_id(&id, "2026-11-23");
        assert_string_equal(id.s, cases[i].want);
        str_release(&id);
    }
}

/* ---- log and report ---- */

#define SUMMARY "=== short test summary info ===\n"

static const struct {
    const char *name, *log;
    const char *run; /* as in judge_cases; ids without spaces */
    const char *why; /* NULL: they agree */
} logs[] = {
    { "the same", SUMMARY "PASSED p\nFAILED n - assert 1\n=== 1 failed, 1 passed in 1s ===\n",
      "o1 n=F p=P", NULL },
    { "no summary", "1 passed\n", "o1 p=P", NULL },
    { "a failure that the report hides", SUMMARY "PASSED p\nFAILED n - assert 1\n=== 1 failed\n",
      "o1 n=P p=P", "1 tests failed, the report 0" },
    { "a failure that the log hides", SUMMARY "PASSED p\nPASSED n\n", "o1 n=F p=P",
      "0 tests failed, the report 1" },
    { "more passed than were told", SUMMARY "PASSED p\n", "o1 n=P p=P",
      "1 tests passed, the report 2" },
    { "fewer passed than were told", SUMMARY "PASSED p\nPASSED n\n", "o1 p=P",
      "2 tests passed, the report 1" },
    { "no report", SUMMARY "PASSED p\n", "o1", "1 tests passed, the report 0" },
    { "a subtest fails, as its plugin says",
      SUMMARY "PASSED t.py::p\nPASSED t.py::q\n[msg] (i=1) SUBFAIL t.py::p - assert 1\n",
      "o1 t.py::p=F t.py::q=P", NULL },
    { "a subtest fails, without a message",
      SUMMARY "PASSED t.py::p\n(i=1) SUBFAIL t.py::p - assert 1\n", "o1 t.py::p=F", NULL },
    { "a subtest fails, as pytest says since 9",
      SUMMARY "SUBFAILED[m - x] (i=2) t.py::p - assert 2 != 2\nFAILED t.py::p - contains 1 failed "
              "subtest\n",
      "o1 t.py::p=F", NULL },
    { "a subtest of a case fails, and its test is said to pass",
      SUMMARY "PASSED t.py::T::p\nSUBFAILED[msg] (i=1) t.py::T::p - x\n", "o1 t.py::T::p=F", NULL },
    { "a subtest fails, and the report hides it",
      SUMMARY "PASSED t.py::p\n[msg] SUBFAIL t.py::p - assert 1\n", "o1 t.py::p=P",
      "1 tests failed, the report 0" },
    { "a subtest is skipped, its test passes",
      SUMMARY "PASSED t.py::p\n(i=1) SUBSKIP [1] t.py:11: no\n", "o1 t.py::p=S", NULL },
    { "an id that speaks of subtests", SUMMARY "PASSED t.py::p[SUBFAIL a::b]\n",
      "o1 t.py::p[SUBFAIL_a::b]=P", NULL },
    { "it passed, then its teardown failed", SUMMARY "PASSED p\nERROR p - boom\n", "o1 p=E", NULL },
    { "it failed, then its teardown failed", SUMMARY "FAILED p - a\nERROR p - b\n", "o1 p=E",
      NULL },
    { "equal ids count once", SUMMARY "PASSED p\nPASSED p\n", "o1 p=P", NULL },
    { "the mark of a message in an id", SUMMARY "FAILED f[a - b] - x\nFAILED f[a - c] - x\n",
      "o1 f[a-b]=F f[a-c]=F", NULL },
    { "skipped tests are folded and not counted",
      SUMMARY "SKIPPED [3] t/a.py:7: later\nXFAIL x - soon\nPASSED p\n", "o1 p=P s=S x=X", NULL },
    { "what passes unexpectedly may be either", SUMMARY "XPASS x - soon\nPASSED p\n", "o1 p=P x=P",
      NULL },
    { "words of before 4.0", SUMMARY "FAIL n\nPASSED p\nSKIP [1] t/a.py:7: x\n", "o1 n=F p=P",
      NULL },
    { "addresses", SUMMARY "PASSED f[<A at 0x7f00aa11bb22>]\nPASSED f[<A at 0x7f00aa11bb33>]\n",
      "o1 f=P", NULL },
    { "a summary in what a test printed is not the last",
      "--- Captured stdout call ---\n" SUMMARY "FAILED q - x\n=== 1 failed ===\n" SUMMARY
      "PASSED p\n=== 1 passed ===\n",
      "o1 p=P", NULL },
    { "a plugin's own words", SUMMARY "PASSED p\nSUBFAIL p - x\n", "o1 p=F", NULL },
};

static void logs_agree(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(logs); i++) {
        struct evaluation ev;
        struct str log = STR_INIT, why = STR_INIT;
        print_message("# %s\n", logs[i].name);
        evaluation_init(&ev);
        ev.runs = xcalloc(1, sizeof(*ev.runs));
        read_run(&ev, logs[i].run);
        str_add(&log, logs[i].log);
        assert_int_equal(textlog_agrees(&log, &ev.runs[0], &why), !logs[i].why);
        if (logs[i].why)
            assert_non_null(strstr(why.s, logs[i].why));
        str_release(&log);
        str_release(&why);
        evaluation_release(&ev);
    }
}

/* ---- scripts ---- */

#define TAIL "rc=$?\necho \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n"

static const struct {
    const char *script, *what; /* NULL: honest */
} scripts[] = {
    { "set -uo pipefail\ncd /testbed || exit 96\npython -m pytest -rA t/a.py\n" TAIL, NULL },
    { "pytest 't/a.py::f[a|b]'\n" TAIL, NULL },
    { "python -m pytest 'a/_pytest/t::f[a|b]'\n" TAIL, NULL },
    { "pytest 't::f[a\nb]' 't::f[it'\\''s|]'\n" TAIL, NULL },
    { "pytest t || true\n" TAIL, "hidden by ||" },
    { "pytest t ||true\n" TAIL, "hidden by ||" },
    { "pytest t || :\n" TAIL, "hidden by ||" },
    { "pytest t || exit 0\n" TAIL, "hidden by ||" },
    { "pytest t | tee log\n" TAIL, "pipe" },
    { "pytest t; exit 0\n" TAIL, "ends well" },
    { "exit 0\npytest t\n" TAIL, "ends well" },
    { "pytest t\nrc=$?\nrc=0\necho \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n", "constant" },
    { "pytest t\nrc=0\necho \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n", "constant" },
    { "pytest t\nrc=$?\nexit \"$rc\"\n", "marker" },
    { "pytest t\nrc=$?\necho \"OPENSWE_EXIT_CODE=0\"\nexit \"$rc\"\n", "marker" },
    { "pytest t\nrc=$?\necho \"OPENSWE_EXIT_CODE=$rc\"\n", "does not end with" },
    { "pytest t\necho done\n" TAIL, "not taken" },
    { "pytest t || echo well\n" TAIL, "followed by something else" },
    { "pytest t\nrc=$?\nrc=$((rc - 1))\necho \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n",
      "a second time" },
    { "pytest t\nrc=$?\nif true; then\n  rc=0\nfi\necho \"OPENSWE_EXIT_CODE=$rc\"\nexit \"$rc\"\n",
      "constant" },
    { "trap 'exit 0' EXIT\npytest t\n" TAIL, "trap" },
    { "trap finish EXIT\npytest t\n" TAIL, "trap" },
    { "cd x; trap finish EXIT\npytest t\n" TAIL, "trap" },
    { "pytest() { true; }\npytest t\n" TAIL, "function" },
    { "alias pytest=true\npytest t\n" TAIL, "alias" },
    { "pytest 't::f[a || b]' 't::g[x trap y]'\n" TAIL, NULL },
};

static void reads_scripts(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(scripts); i++) {
        struct str text = STR_INIT;
        print_message("# %s\n", scripts[i].script);
        str_add(&text, scripts[i].script);
        const char *what = script_dishonesty(&text, NULL);
        if (scripts[i].what) {
            assert_non_null(what);
            assert_non_null(strstr(what, scripts[i].what));
        } else {
            assert_null(what);
        }
        str_release(&text);
    }
}

/* ---- the controls ---- */

/* What the image, the empty files and the reversed fix say, as a person is told. */
static void tells_leaks(void **state UNUSED)
{
    struct controls c = { .ran = true, .gutted_passes = 2, .reversed = true };
    struct leak_report r = { 0 };
    strv_add(&c.leaks, "text\t/opt/a\tit has 1 lines of the fix\treturn 1");
    strv_add(&c.leaks, "copy\t/s/rich\tanother copy of rich");
    leaks_of_controls(&c, &r);
    assert_int_equal(r.n, 4);
    assert_string_equal(r.v[0].kind, "text");
    assert_string_equal(r.v[0].where, "/opt/a");
    assert_string_equal(r.v[0].bytes, "return 1");
    assert_string_equal(r.v[1].what, "another copy of rich");
    assert_string_equal(r.v[1].bytes, "");
    assert_string_equal(r.v[2].kind, "gutted-tests");
    assert_string_equal(r.v[3].kind, "reversed-fix");
    leak_report_release(&r);
    c.gutted_passes = 0;
    c.reversed_exit = 1;
    strv_clear(&c.leaks);
    leaks_of_controls(&c, &r);
    assert_int_equal(r.n, 0);
    leak_report_release(&r);
    controls_clear(&c);
}

static const struct {
    const char *patch;
    int need;
    const char *lines; /* joined by "|" */
} fixes[] = {
    /* three lines of many tell, imports and braces none */
    { "--- a/x\n+++ b/x\n+import of_something_rare\n+    value = compute(self.width)\n+}\n"
      "+    return value + self.padding_left\n+    # another line that nobody wrote\n",
      3,
      "value = compute(self.width)|return value + self.padding_left|"
      "# another line that nobody wrote" },
    { "+    return self.width_of_everything + 1\n", 1, "return self.width_of_everything + 1" },
    { "+    return self.width + 1\n", 0, "return self.width + 1" }, /* may stand anywhere */
    { "-    moved_line_of_code(argument)\n+moved_line_of_code(argument)\n", 0, "" },
    { "-removed = something_long_enough\n", 0, "" },
};

static void finds_telling_lines(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(fixes); i++) {
        struct str patch = STR_INIT, all = STR_INIT;
        struct strv lines = STRV_INIT;
        str_add(&patch, fixes[i].patch);
        assert_int_equal(leak_lines(&patch, &lines), fixes[i].need);
        for (size_t k = 0; k < lines.n; k++)
            str_addf(&all, "%s%s", k ? "|" : "", lines.v[k]);
        assert_string_equal(all.s, fixes[i].lines);
        strv_release(&lines);
        str_release(&patch);
        str_release(&all);
    }
}

static void empties_tests_before_the_run(void **state UNUSED)
{
    struct str script = STR_INIT, out = STR_INIT;
    str_add(&script, "set -u\ngit apply x || exit 97\npython -m pytest -rA t/a.py\n" TAIL);
    struct strv args = STRV_INIT;
    strv_add(&args, "-p no:x y");
    script_gut(&script, &args, &out);
    assert_non_null(strstr(out.s, "\n. /bottega/again.sh '-p no:x y'\n"));
    strv_release(&args);
    const char *gut = strstr(out.s, "/bottega/targets"),
               *run = strstr(out.s, "python -m pytest -rA");
    assert_true(gut && run && gut > strstr(out.s, "git apply") && gut < run);
    assert_null(script_dishonesty(&out, NULL));
    str_release(&script);
    str_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(reads_reports),
        cmocka_unit_test(ids_lose_the_hour),
        cmocka_unit_test(logs_agree),
        cmocka_unit_test(reads_scripts),
        cmocka_unit_test(finds_telling_lines),
        cmocka_unit_test(tells_leaks),
        cmocka_unit_test(empties_tests_before_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
