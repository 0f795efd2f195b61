/* Equal causes have equal signatures, and hostile logs have harmless ones. */
#include "workspace.h"

#include "index/signature.h"

#include <sys/stat.h>

static const struct line_case {
    const char *line, *want;
} line_cases[] = {
    { "E   ModuleNotFoundError: No module named 'yarl._quoting_c'",
      "ModuleNotFoundError: No module named '<module>'" },
    { "ImportError: No module named yaml", "ImportError: No module named <module>" },
    { "#11 84.09 error: Failed to build `bottega-pigment @ file:///testbed`",
      "error: Failed to build `<package>`" },
    { "#12 2.606          AttributeError: '_BuildMetaLegacyBackend' object has no attribute "
      "'build_editable'",
      "AttributeError: '_BuildMetaLegacyBackend' object has no attribute 'build_editable'" },
    { "#11 6.130          spolvero/_scalars.c:4:10: fatal error: yaml.h: No such file or directory",
      "<path>:<n>:<n>: fatal error: yaml.h: No such file or directory" },
    { "E   assert 2 == 0", "assert <n> == <n>" },
    { "#7 45.73 error: Request failed after 3 retries in 45.1s",
      "error: Request failed after <n> retries in <n>s" },
    { "ERROR: Could not find a version that satisfies the requirement numpy<1.8 (from versions: "
      "1.21.0, 1.22.3)",
      "ERROR: Could not find a version that satisfies the requirement <package><<n> (from "
      "versions: <n>, <n>)" },
    { "E   ImportError: cannot import name 'Mapping' from 'collections' "
      "(/opt/python/3.10.13/lib/python3.10/collections/__init__.py)",
      "ImportError: cannot import name 'Mapping' from 'collections' (<path>)" },
    { "<object at 0x7f3a00ff1234> of commit 1a2b3c4d5e6f", "<object at <hex>> of commit <hex>" },
    { "error: README.rst: patch does not apply", "error: <path>: patch does not apply" },
    { "error in bottega-gesso setup command: use_2to3 is invalid.",
      "error in bottega-gesso setup command: use_2to3 is invalid." },
    { "GET https://pypi.org/simple/x/ said 503", "GET <url> said <n>" },
    { "tests/test_a.py::TestX::test_y[1-2] don't agree", "<test> don't agree" },
    { "\033[1m\033[31mE   Failed: DID NOT RAISE <class 'x.Y'>\033[0m",
      "Failed: DID NOT RAISE <class 'x.Y'>" },
    { "foo 2.0rc1 wants bar==1.2.dev3, not utf8 or py38",
      "foo <n> wants bar==<n>, not utf8 or py38" },
    { "", "" },
    { "   \t ", "" },
    { "\xff\xfe broken", "\xef\xbf\xbd\xef\xbf\xbd broken" },
};

static void lines(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(line_cases); i++) {
        struct str got = STR_INIT;
        signature_add(&got, line_cases[i].line, strlen(line_cases[i].line));
        assert_string_equal(got.s, line_cases[i].want);
        str_release(&got);
    }
}

static void a_long_line_is_cut_between_characters(void **state UNUSED)
{
    struct str line = STR_INIT, got = STR_INIT;
    str_add(&line, "x");
    for (int i = 0; i < 500000; i++)
        str_add(&line, "\xe6\x97\xa5");
    signature_add(&got, line.s, line.len);
    assert_int_equal(got.len, 160);
    assert_int_equal((got.len - 1) % 3, 0);
    str_release(&line);
    str_release(&got);
}

static const struct log_case {
    const char *log;
    int line;
    const char *want; /* NULL: no error in it */
    int at;           /* the line that it is taken from */
} log_cases[] = {
    { "a\nValueError: 1\nb\n", 2, "ValueError: <n>", 2 },
    { "x\n____ test_a ____\n\n    def test_a():\n>       f()\nE       ValueError: too many\n", 2,
      "ValueError: too many", 6 },
    { "== test session starts ==\nE   KeyError: 7\nE   OSError: x\n", 1, "OSError: x", 3 },
    { "x\n=== 22 passed in 0.32s ===\n", 2, NULL, 2 },
    { "error: first\nerror: last\nERROR: failed to solve: x\n", 0, "error: last", 2 },
    { "E   ImportError: a\nERROR tests/x.py - ImportError: a\n=== 1 error in 0.54s ===\n", 3,
      "ImportError: a", 1 },
    { "x\nUserWarning: invalid escape\n=== 41 passed in 0.17s ===\nerror: y\n", 3, NULL, 3 },
    { "x\n____ a ____\n>   raise Exception()\nE   Exception\n____ b ____\nE   Other\n", 2,
      "Exception", 4 },
    { "x\n____ a ____\nno more\n____ b ____\nE   Other\n", 2, NULL, 2 },
    { "x\ntest_ValueError[Error] PASSED\nE   KeyError\n", 2, "KeyError", 3 },
    { "E   AssertionError: a == b\nE   - a\nE   ? ^\n=== 1 failed in 0.1s ===\n", 4,
      "AssertionError: a == b", 1 },
    { "only one\n", 900, NULL, 900 },
    { "", 0, NULL, 0 },
};

static void logs(void **state UNUSED)
{
    struct made m;
    made_open(&m);
    for (size_t i = 0; i < ARRAY_LEN(log_cases); i++) {
        struct str got = STR_INIT;
        made_write(&m, log_cases[i].log, "round-1/a.log");
        bool is = signature_of_log(&got, m.dir, "round-1/a.log", log_cases[i].line);
        assert_int_equal(is, log_cases[i].want != NULL);
        assert_string_equal(got.s, log_cases[i].want ? log_cases[i].want : "");
        assert_int_equal(signature_line(m.dir, "round-1/a.log", log_cases[i].line),
                         log_cases[i].at);
        str_release(&got);
    }
    made_close(&m);
}

static void what_is_no_log(void **state UNUSED)
{
    static const char *const names[] = { "",     "/etc/passwd", "../a.log", "round-1/../../a.log",
                                         "pipe", "link",        "round-1",  "nothing" };
    struct made m;
    struct str got = STR_INIT, path = STR_INIT;
    made_open(&m);
    made_write(&m, "error: x\n", "round-1/a.log");
    str_setf(&path, "%s/pipe", m.dir);
    assert_int_equal(mkfifo(path.s, 0600), 0);
    str_setf(&path, "%s/link", m.dir);
    assert_int_equal(symlink("/etc/passwd", path.s), 0);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_false(signature_of_log(&got, m.dir, names[i], 1));
    assert_string_equal(got.s, "");
    str_release(&got);
    str_release(&path);
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(a_long_line_is_cut_between_characters),
        cmocka_unit_test(logs),
        cmocka_unit_test(what_is_no_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
