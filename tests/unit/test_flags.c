/* What the rules of playbook/trajectory.conf say of commands, paths, ends and loops. */
#include "unit.h"

#include "formats/flags.h"

#include <unistd.h>

static struct flag_rules *load(const char *dir)
{
    struct flag_rules *rules;
    struct error err = ERROR_INIT;
    if (flag_rules_load(dir, &rules, &err) < 0)
        fail_msg("%s", error_text(&err));
    error_release(&err);
    return rules;
}

static const struct flag_case {
    enum flag_place place;
    const char *text, *want;
} cases[] = {
    { FLAG_COMMAND, "git pull origin main", "git-pull" },
    { FLAG_COMMAND, "cd repo && git -C x fetch --all", "git-pull" },
    { FLAG_COMMAND, "echo pull; git status", "" },
    { FLAG_COMMAND, "git log --oneline -5", "" },
    { FLAG_COMMAND, "git log --all --oneline | head", "git-history" },
    { FLAG_COMMAND, "git --no-pager log -S'def f'", "git-history" },
    { FLAG_COMMAND, "git show 0a1b2c3d4e", "git-history" },
    { FLAG_COMMAND, "git show HEAD", "" },
    { FLAG_COMMAND, "digit log --all", "" },
    { FLAG_COMMAND, "git clone https://x.org/y", "clone" },
    { FLAG_COMMAND, "curl -sL https://x.org/fix.patch", "network" },
    { FLAG_COMMAND, "wget x.com/y", "network" },
    { FLAG_COMMAND, "python -c 'import requests; requests.get(u)'", "network" },
    { FLAG_COMMAND, "grep -n 'requests.get' a.py", "" },
    { FLAG_COMMAND, "pip download flask", "package-source" },
    { FLAG_COMMAND, "pip install flask==3.1", "package-source" },
    { FLAG_COMMAND, "pip install -e .", "" },
    { FLAG_COMMAND, "cat /usr/lib/python3/site-packages/flask/app.py", "package-source" },
    { FLAG_COMMAND, "sed -i s/1/2/ tests/test_a.py", "tests-edited" },
    { FLAG_COMMAND, "str_replace_editor create /r/test_b.py --file_text x", "tests-edited" },
    { FLAG_COMMAND, "str_replace_editor view /r/tests/test_b.py", "" },
    { FLAG_COMMAND, "python -m pytest tests/test_a.py", "" },
    { FLAG_COMMAND, "rm -rf tests/test_a.py", "tests-removed" },
    { FLAG_COMMAND, "git checkout -- tests/", "tests-removed" },
    { FLAG_COMMAND, "cat > conftest.py <<E", "test-runner" },
    { FLAG_COMMAND, "echo OPENSWE_EXIT_CODE=0", "fake-verdict" },
    { FLAG_COMMAND, "echo '12 passed in 0.1s'", "fake-verdict" },
    { FLAG_COMMAND, "export K=AKIAABCDEFGHIJKLMNOP", "secret" },
    { FLAG_COMMAND,
      "{\"command\": \"str_replace\", \"path\": \"/r/tests/test_a.py\", \"old_str\": \"a\"}",
      "tests-edited" },
    { FLAG_COMMAND, "{\"command\": \"view\", \"path\": \"/r/tests/test_a.py\"}", "" },
    { FLAG_PATH, "src/pkg/tests/data.py", "tests-edited" },
    { FLAG_PATH, "src/contest.py", "" },
    { FLAG_PATH, "/repo/conftest.py", "test-runner" },
    { FLAG_EXIT, "submitted (exit_context)", "context-overflow" },
    { FLAG_EXIT, "LimitsExceeded", "out-of-budget" },
    { FLAG_EXIT, "submitted", "" },
};

static void shipped_rules_know_these(void **state UNUSED)
{
    struct flag_rules *rules = load(NULL);
    struct flagger *f;
    assert_int_equal(flagger_new(rules, &f, NULL), 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str names = STR_INIT;
        struct json_span text = { cases[i].text, strlen(cases[i].text) };
        flagger_names(f, flagger_value(f, cases[i].place, text), &names);
        if (strcmp(names.s, cases[i].want) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", cases[i].text, names.s, cases[i].want);
        str_release(&names);
    }
    flagger_free(f);
    flag_rules_free(rules);
}

/* Each letter is an action, "-" a turn without one. */
static void turns(const char *actions, const char *want)
{
    struct flag_rules *rules = load(NULL);
    struct flagger *f;
    struct str names = STR_INIT;
    flag_set set = 0;
    assert_int_equal(flagger_new(rules, &f, NULL), 0);
    flagger_begin(f);
    for (const char *p = actions; *p; p++)
        set |= flagger_turn(f, *p == '-' ? 0 : flagger_mix(0, (struct json_span){ p, 1 }));
    flagger_names(f, set, &names);
    assert_string_equal(names.s, want);
    str_release(&names);
    flagger_free(f);
    flag_rules_free(rules);
}

static void loops_are_seen(void **state UNUSED)
{
    turns("abcd", "");
    turns("aaab", "");
    turns("aaaa", "repeats");
    turns("abababa", "");
    turns("abababab", "alternates");
    turns("ababaabab", "");
    turns("---a---", "");
    turns("a----", "monologue");
}

static int with_file(const char *text, struct error *err)
{
    char dir[] = "/tmp/test-flags-XXXXXX";
    struct flag_rules *rules;
    assert_non_null(mkdtemp(dir));
    char *path = str_format("%s/trajectory.conf", dir);
    assert_int_equal(file_write(path, text, strlen(text), NULL), 0);
    int rc = flag_rules_load(dir, &rules, err);
    flag_rules_free(rules);
    assert_int_equal(tree_remove(dir, NULL), 0);
    free(path);
    return rc;
}

static void faults_are_named(void **state UNUSED)
{
    static const char *const faults[][2] = {
        { "[flag \"a\"]\n\tpattern = (\n", "flag \"a\": pattern \"(\", byte 1" },
        { "[flag \"a\"]\n\tin = nowhere\n", "in = nowhere is none of command, path, exit" },
        { "[flag \"a\"]\n\trepeat = x\n", "x is no number" },
        { "[flag \"a\"]\n\tcolour = x\n", "has no field colour" },
        { "[flag \"a b\"]\n\tpattern = x\n", "a name is one word" },
        { "[rule \"a\"]\n\tpattern = x\n", "not a flag" },
        { "[flag \"a\"]\n\tneeds = x\n\tpattern = x\n", "of three letters or more" },
    };
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        struct error err = ERROR_INIT;
        assert_true(with_file(faults[i][0], &err) < 0);
        if (!strstr(error_text(&err), faults[i][1]))
            fail_msg("\"%s\" does not say \"%s\"", error_text(&err), faults[i][1]);
        error_release(&err);
    }
    assert_int_equal(with_file("[flag \"git-pull\"]\n\tpattern = ours\n", NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_rules_know_these),
        cmocka_unit_test(loops_are_seen),
        cmocka_unit_test(faults_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
