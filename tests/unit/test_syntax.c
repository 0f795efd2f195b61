/* Colours of languages: every shipped file is read, and says what is painted how. */
#include "unit.h"

#include "config/config.h"
#include "ui/theme.h"
#include "ui/widgets/syntax.h"

#include <unistd.h>

static struct syntax_set *shipped(void)
{
    struct syntax_set *s = NULL;
    struct error err = ERROR_INIT;
    struct str folder = STR_INIT;
    assert_int_equal(data_path("syntax", &folder, NULL), 0);
    int rc = syntax_set_new(folder.s, &s, &err);
    if (rc < 0)
        fail_msg("%s", error_text(&err));
    str_release(&folder);
    return s;
}

static void is_painted(const struct syntax *x, const char *text, enum role ink, const char *what)
{
    struct shown line = { .text = STR_INIT };
    bool found = false;
    shown_add_raw(&line, ROLE_TEXT, text, strlen(text));
    syntax_paint(x, &line);
    assert_string_equal(line.text.s, text);
    for (size_t i = 0; i < line.n; i++)
        found = found || (line.spans[i].ink == ink && line.spans[i].len == strlen(what) &&
                          memcmp(line.text.s + line.spans[i].start, what, strlen(what)) == 0);
    if (!found)
        fail_msg("%s: %s is not painted so", text, what);
    shown_release(&line);
}

static void languages(void **state UNUSED)
{
    static const struct {
        const char *file, *text;
        enum role ink;
        const char *what;
    } cases[] = {
        { "/a/Dockerfile", "RUN pip install \"x==1\"", ROLE_HUNK, "RUN" },
        { "/a/Dockerfile", "RUN pip install \"x==1\"", ROLE_ADDED, "\"x==1\"" },
        { "/a/Dockerfile", "# RUN nothing", ROLE_DIM, "# RUN nothing" },
        { "eval.sh", "if [ -s f ]; then", ROLE_HUNK, "if" },
        { "eval.sh", "echo \"$rc\" # done", ROLE_DIM, "# done" },
        { "eval.sh", "+added by the patch", ROLE_ADDED, "+added by the patch" },
        { "x.py", "def convert(value):", ROLE_HEADER, "convert" },
        { "x.py", "    return 'a # b'", ROLE_ADDED, "'a # b'" },
        { "x.diff", "@@ -1 +1 @@", ROLE_HUNK, "@@ -1 +1 @@" },
        { "status.json", "  \"state\": \"failed\",", ROLE_HUNK, "\"state\"" },
        { "status.json", "  \"state\": \"failed\",", ROLE_ADDED, "\"failed\"" },
        { "pyproject.toml", "[tool.pytest]", ROLE_HEADER, "[tool.pytest]" },
        { "requirements.lock", "attrs==23.1.0 \\", ROLE_HUNK, "attrs" },
    };
    struct syntax_set *s = shipped();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct syntax *x = syntax_of(s, cases[i].file);
        assert_non_null(x);
        is_painted(x, cases[i].text, cases[i].ink, cases[i].what);
    }
    assert_null(syntax_of(s, "build.log"));
    syntax_set_free(s);
}

/* Control characters of a file keep their own ink, and a line of any length is a line. */
static void hostile_lines(void **state UNUSED)
{
    struct syntax_set *s = shipped();
    const struct syntax *x = syntax_of(s, "x.py");
    struct shown line = { .text = STR_INIT };
    struct str raw = STR_INIT;
    str_add(&raw, "x = '\033[31m'");
    for (int i = 0; i < 100000; i++)
        str_addc(&raw, '(');
    shown_add_raw(&line, ROLE_TEXT, raw.s, raw.len);
    size_t len = line.text.len;
    syntax_paint(x, &line);
    assert_int_equal(line.text.len, len);
    str_release(&raw);
    shown_release(&line);
    syntax_set_free(s);
}

static void a_wrong_file_is_named(void **state UNUSED)
{
    char dir[] = "/tmp/bottega-syntax-XXXXXX";
    struct syntax_set *s = NULL;
    struct error err = ERROR_INIT;
    assert_non_null(mkdtemp(dir));
    char *path = str_format("%s/bad.syntax", dir);
    assert_int_equal(file_write(path, "[paint]\n\tgaudy = x\n", 18, NULL), 0);
    assert_true(syntax_set_new(dir, &s, &err) < 0);
    assert_non_null(strstr(error_text(&err), "bad.syntax:2"));
    assert_non_null(strstr(error_text(&err), "gaudy"));
    syntax_set_free(s);
    error_release(&err);
    free(path);
    assert_int_equal(tree_remove(dir, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages),
        cmocka_unit_test(hostile_lines),
        cmocka_unit_test(a_wrong_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
