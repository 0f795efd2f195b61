/* Mirrors, trees, the split of a change, and other people's patches. */
#include "unit.h"

#include "git/git.h"

static const struct {
    const char *path;
    bool is_test;
} split_cases[] = {
    { "src/_pytest/python.py", false },
    { "pkg/inspector.py", false },
    { "latest/x.py", false },
    { "contest.py", false },
    { "testing/benchmark.py", false },
    { "attest/tests.txt", false },
    { "test_data.json", false },
    { "tests.rst", false },
    { "src/protest.py", false },
    { "mytests/x.py", false },
    { "tests", false },
    { "pkg/tests/data.json", true },
    { "tests/__init__.py", true },
    { "test/x", true },
    { "a/test/b/c.txt", true },
    { "test_x.py", true },
    { "src/test_x.py", true },
    { "src/x_test.py", true },
    { "conftest.py", true },
    { "src/pkg/conftest.py", true },
    { "_test.py", true },
};

static void tests_are_told_by_whole_names(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(split_cases); i++)
        if (split_is_test(split_cases[i].path) != split_cases[i].is_test)
            fail_msg("%s", split_cases[i].path);
}

/* ---- patches of others ---- */

#define HUNK "@@ -1 +1 @@\n-a\n+b\n"
static const struct {
    const char *patch;
    const char *want; /* "old>new" per file, "-" for none, "*" binary, "~" renamed; or the error */
} patch_cases[] = {
    { "diff --git a/x b/x\n--- a/x\n+++ b/x\n" HUNK, "x>x" },
    { "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+b\n",
      "->x" },
    { "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n",
      "x>-" },
    { "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n", "->x" },
    { "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", "x>x" },
    { "diff --git a/a b/c d b/a b/c d\nold mode 100644\nnew mode 100755\n", "a b/c d>a b/c d" },
    { "diff --git a/my x.py b/my x.py\n--- a/my x.py\t\n+++ b/my x.py\t\n" HUNK,
      "my x.py>my x.py" },
    { "diff --git a/x b/d/y\nsimilarity index 100%\nrename from x\nrename to d/y\n", "x>d/y~" },
    { "diff --git \"a/na\\303\\257ve.py\" \"b/na\\303\\257ve.py\"\nold mode 100644\n",
      "na\303\257ve.py>na\303\257ve.py" },
    { "diff --git a/x \"b/\\t\\\"y\\\\\"\nsimilarity index 100%\nrename from x\nrename to "
      "\"\\t\\\"y\\\\\"\n",
      "x>\t\"y\\~" },
    { "diff --git a/i.png b/i.png\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZQzWMT#Y01f"
      "~L\n\nliteral 0\nHcmV?d00001\n\n",
      "i.png>i.png*" },
    { "diff --git a/i b/i\nBinary files a/i and b/i differ\n", "i>i*" },
    { "From: somebody\nSubject: --- a\n---\n x | 2 +-\n\ndiff --git a/x b/x\n--- a/x\n+++ "
      "b/x\n" HUNK "-- \n2.39\n",
      "x>x" },
    { "--- a/x.py\n+++ b/x.py\n" HUNK "--- a/y.py\t2020-01-01\n+++ b/y.py\t2020-01-02\n" HUNK,
      "x.py>x.py y.py>y.py" },
    { "--- /dev/null\n+++ b/x.py\n@@ -0,0 +1 @@\n+b\n", "->x.py" },
    { "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/no\n+++ b/no\n \n", "x>x" },
    { "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,99 +1,99 @@\n-a\n+b\ndiff --git a/y b/y\nold "
      "mode 100644\n",
      "x>x y>y" },
    { "diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n", "x>x" },
    { "", "the patch is no diff" },
    { "fix the bug please\n", "the patch is no diff" },
    { "diff --git a/x\n", "line 1 of the patch names no file" },
    { "diff --git \n", "line 1 of the patch names no file" },
    { "\ndiff --git a/x b/x\nnew file mode 1\ndeleted file mode 1\n",
      "line 2 of the patch names no file" },
    { "@@ -1 +1 @@\n", "the patch is no diff" },
    { "diff --git a/x b/x\n@@ -\n@@ -9999999999999999999999,x +1,1 @@\n", "x>x" },
};

static void show_files(const struct patch_files *files, struct str *out)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct patch_file *f = &files->v[i];
        str_addf(out, "%s%s>%s%s%s", i ? " " : "", f->old_path ? f->old_path : "-",
                 f->new_path ? f->new_path : "-", f->binary ? "*" : "", f->renamed ? "~" : "");
    }
}

static void reads_patches_of_others(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(patch_cases); i++) {
        struct patch_files files = { 0 };
        struct error err = ERROR_INIT;
        struct str patch = STR_INIT, got = STR_INIT;
        str_add(&patch, patch_cases[i].patch);
        if (patch_files_read(&patch, &files, &err) < 0)
            str_add(&got, error_text(&err));
        else
            show_files(&files, &got);
        assert_string_equal(got.s, patch_cases[i].want);
        patch_files_release(&files);
        error_release(&err);
        str_release(&patch);
        str_release(&got);
    }
}

/* ---- a repository of our own ---- */

struct bench {
    char dir[64];
    struct workspace ws;
    struct mirror *m;
    char base[41], end[41];
};

struct file {
    const char *mode, *path, *bytes; /* mode NULL: removed; a '%' stands for a NUL byte */
};

static const struct file base_files[] = {
    { "100644", "pkg/core.py", "def run():\n    return 1\n" },
    { "100644", "pkg/tests.py", "def test_odd(value):\n    return value & 1\n" },
    { "100644", "shop/tests.py", "from unittest import TestCase\n" },
    { "100644", "pkg/crlf.py", "a = 1\r\nb = 2\r\n\f\r\nc = 3\r\n" },
    { "100644", "pkg/na\303\257ve name.py", "x\n" },
    { "100644", "pkg/\"quoted\"\t.py", "x\n" },
    { "100644", "pkg/image.bin", "\001%\003\377\376" },
    { "100644", "pkg/moved.py", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n" },
    { "100644", "tests/leaves.py", "one\ntwo\nthree\nfour\nfive\nsix\nseven\nnine\n" },
    { "100644", "tests/test_core.py", "def test_run():\n    assert False\n" },
    { "100644", "tests/data.bin", "\377%" },
    { "100644", "script.sh", "#!/bin/sh\n" },
    { "100644", "becomes_link", "text\n" },
    { "120000", "becomes_file", "pkg/core.py" },
    { "160000", "vendored", "1234567890123456789012345678901234567890" },
    { "100644", "gone.py", "x\n" },
    { "100644", "no_newline.txt", "end" },
};
static const struct file end_files[] = {
    { "100644", "pkg/core.py", "def run():\n    return 2\n" },
    { "100644", "pkg/tests.py", "def test_odd(value):\n    return value & 1 == 1\n" },
    { "100644", "shop/tests.py", "from unittest import TestCase  # all\n" },
    { "100644", "pkg/crlf.py", "a = 1\r\nb = 3\r\n\f\r\nc = 3\r\n" },
    { "100644", "pkg/na\303\257ve name.py", "y\n" },
    { "100644", "pkg/\"quoted\"\t.py", "y\n" },
    { "100644", "pkg/image.bin", "\001%\003\377\375" },
    { NULL, "pkg/moved.py", NULL },
    { "100644", "pkg/there.py", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neleven\n" },
    { NULL, "tests/leaves.py", NULL },
    { "100644", "pkg/left.py", "one\ntwo\nthree\nfour\nfive\nsix\nseven\nnine\n" },
    { "100644", "tests/test_core.py", "def test_run():\n    assert True\n" },
    { "100644", "tests/data.bin", "\376%" },
    { "100644", "tests/empty.txt", "" },
    { "100755", "script.sh", "#!/bin/sh\n" },
    { "120000", "becomes_link", "pkg/core.py" },
    { "100644", "becomes_file", "text\n" },
    { "160000", "vendored", "1234567890123456789012345678901234567891" },
    { NULL, "gone.py", NULL },
    { "100644", "no_newline.txt", "END" },
};
static const char *const fix_files =
    "becomes_file>- becomes_link>becomes_file~ ->becomes_link gone.py>- "
    "no_newline.txt>no_newline.txt pkg/\"quoted\"\t.py>pkg/\"quoted\"\t.py pkg/core.py>pkg/core.py "
    "pkg/crlf.py>pkg/crlf.py pkg/image.bin>pkg/image.bin* tests/leaves.py>pkg/left.py~ "
    "pkg/na\303\257ve name.py>pkg/na\303\257ve name.py pkg/tests.py>pkg/tests.py "
    "pkg/moved.py>pkg/there.py~ script.sh>script.sh vendored>vendored";
static const char *const test_files =
    "shop/tests.py>shop/tests.py tests/data.bin>tests/data.bin* ->tests/empty.txt "
    "tests/test_core.py>tests/test_core.py";

static void add_bytes(struct str *out, const struct file *f, const char *name)
{
    str_addf(out, "M %s inline \"%s\"\ndata %zu\n", f->mode, name, strlen(f->bytes));
    for (const char *p = f->bytes; *p; p++)
        str_addc(out, (char)(*p == '%' ? 0 : *p));
    str_addc(out, '\n');
}

static void add_commit(struct str *out, const struct file *files, size_t n, int64_t utc)
{
    str_addf(out, "commit refs/heads/main\ncommitter A <a@b> %lld +0000\ndata 4\nword\n",
             (long long)utc);
    for (size_t i = 0; i < n; i++) {
        struct str name = STR_INIT;
        for (const char *p = files[i].path; *p; p++)
            str_addf(&name, *p == '"' ? "\\\"" : "%c", *p);
        if (!files[i].mode)
            str_addf(out, "D \"%s\"\n", name.s);
        else if (strcmp(files[i].mode, "160000") == 0)
            str_addf(out, "M 160000 %s \"%s\"\n", files[i].bytes, name.s);
        else
            add_bytes(out, &files[i], name.s);
        str_release(&name);
    }
}

/* Runs a shell line; `$1` and `$2` are `a` and `b`; returns its stdout without the line's end. */
static char *shell(const char *line, const char *a, const char *b)
{
    const char *const argv[] = { "sh", "-c", line, "sh", a, b, NULL };
    struct str out = STR_INIT;
    struct error err = ERROR_INIT;
    if (process_capture(argv, &out, &err) < 0)
        fail_msg("%s: %s", line, error_text(&err));
    str_rtrim(&out);
    return str_detach(&out);
}

static void make_source(struct bench *b)
{
    struct str stream = STR_INIT;
    char *file = str_format("%s/stream", b->dir);
    add_commit(&stream, base_files, ARRAY_LEN(base_files), 1500000000);
    str_add(&stream, "tag v1.0\nfrom refs/heads/main\ntagger A <a@b> 1500000000 +0000\ndata 0\n\n");
    add_commit(&stream, end_files, ARRAY_LEN(end_files), 1600000000);
    str_add(&stream, "reset refs/tags/v2.0\nfrom refs/heads/main\n\n");
    assert_int_equal(file_write(file, stream.s, stream.len, NULL), 0);
    free(shell("git init -q --bare \"$1/src\" && git -C \"$1/src\" fast-import --quiet <\"$2\"",
               b->dir, file));
    free(file);
    str_release(&stream);
}

static void keep_name(const struct bench *b, const char *rev, char out[41])
{
    char *name = shell("git -C \"$1/src\" rev-parse \"$2\"", b->dir, rev);
    assert_int_equal(strlen(name), 40);
    strcpy(out, name);
    free(name);
}

static int set_up(void **state)
{
    struct bench *b = xcalloc(1, sizeof(*b));
    struct strv more = STRV_INIT;
    strcpy(b->dir, "/tmp/bottega-git-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
    make_source(b);
    keep_name(b, "main~1", b->base);
    keep_name(b, "main", b->end);
    strv_addf(&more, "mirror.url=%s/src", b->dir);
    char *dir = str_format("%s/ws", b->dir);
    assert_int_equal(workspace_init(dir, NULL), 0);
    assert_int_equal(workspace_open(&b->ws, dir, &more, NULL), 0);
    assert_int_equal(mirror_ensure(&b->ws, "o/n", b->end, NULL, NULL), 0);
    assert_int_equal(mirror_open(&b->ws, "o/n", &b->m, NULL), 0);
    free(dir);
    strv_release(&more);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    mirror_close(b->m);
    workspace_release(&b->ws);
    assert_int_equal(tree_remove(b->dir, NULL), 0);
    free(b);
    return 0;
}

static void assert_files(const struct str *patch, const char *want)
{
    struct patch_files files = { 0 };
    struct str got = STR_INIT;
    assert_int_equal(patch_files_read(patch, &files, NULL), 0);
    show_files(&files, &got);
    assert_string_equal(got.s, want);
    patch_files_release(&files);
    str_release(&got);
}

/* The tree that git makes of the base and the two patches, in this order. */
static char *applied(const struct bench *b, const char *order)
{
    static const char line[] =
        "cd \"$1\" && export GIT_DIR=$1/src GIT_INDEX_FILE=$1/index && rm -f index && "
        "git read-tree main~1 && for p in $2; do git apply --cached $p || exit 1; done && "
        "git write-tree";
    return shell(line, b->dir, order);
}

static void a_change_is_split_and_whole(void **state)
{
    struct bench *b = *state;
    struct str fix = STR_INIT, test = STR_INIT;
    struct error err = ERROR_INIT;
    if (mirror_diff_split(b->m, b->base, b->end, &fix, &test, &err) < 0)
        fail_msg("%s", error_text(&err));
    assert_files(&fix, fix_files);
    assert_files(&test, test_files);
    assert_non_null(strstr(fix.s, "\n-b = 2\r\n+b = 3\r\n \f\r\n"));
    char *fix_path = str_format("%s/fix", b->dir), *test_path = str_format("%s/test", b->dir);
    assert_int_equal(file_write(fix_path, fix.s, fix.len, NULL), 0);
    assert_int_equal(file_write(test_path, test.s, test.len, NULL), 0);
    char *want = shell("git -C \"$1/src\" rev-parse main^{tree}", b->dir, "");
    char *one = applied(b, "fix test"), *other = applied(b, "test fix");
    assert_string_equal(one, want);
    assert_string_equal(other, want);
    free(one);
    free(other);
    free(want);
    free(fix_path);
    free(test_path);
    str_release(&fix);
    str_release(&test);
}

static int add_entry(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    static const char kinds[] = { [ENTRY_FILE] = ' ',
                                  [ENTRY_EXECUTABLE] = '*',
                                  [ENTRY_LINK] = '@',
                                  [ENTRY_DIR] = '/',
                                  [ENTRY_SUBMODULE] = '&' };
    str_addf(payload, "%s%c", e->path, kinds[e->kind]);
    return 0;
}

static void reads_a_tree_without_a_checkout(void **state)
{
    struct bench *b = *state;
    struct str got = STR_INIT;
    assert_int_equal(mirror_list(b->m, b->end, "", add_entry, &got, NULL), 0);
    assert_string_equal(
        got.s, "becomes_file becomes_link@no_newline.txt pkg/script.sh*shop/tests/vendored&");
    str_clear(&got);
    assert_int_equal(mirror_list(b->m, b->end, "tests", add_entry, &got, NULL), 0);
    assert_string_equal(got.s, "tests/data.bin tests/empty.txt tests/test_core.py ");
    assert_int_equal(mirror_list(b->m, b->end, "nothing", add_entry, &got, NULL), E_NOTFOUND);
    str_clear(&got);
    assert_int_equal(mirror_read(b->m, b->base, "pkg/crlf.py", &got, NULL), 0);
    assert_string_equal(got.s, "a = 1\r\nb = 2\r\n\f\r\nc = 3\r\n");
    assert_int_equal(mirror_read(b->m, b->base, "pkg", &got, NULL), E_NOTFOUND);
    assert_true(mirror_has_file(b->m, b->base, "gone.py"));
    assert_false(mirror_has_file(b->m, b->end, "gone.py"));
    assert_true(mirror_has_dir(b->m, b->end, "pkg"));
    assert_false(mirror_has_dir(b->m, b->end, "pkg/core.py"));
    str_release(&got);
}

static int add_match(void *payload, const char *path, int64_t line, const char *text, size_t len)
{
    str_addf(payload, "%s:%d:%.*s ", path, (int)line, (int)len, text);
    return 0;
}

static const struct {
    const char *pattern, *glob;
    int64_t limit;
    const char *want;
} search_cases[] = {
    { "^def (\\w+)", "*.py", 9,
      "pkg/core.py:1:def run(): pkg/tests.py:1:def test_odd(value): tests/test_core.py:1:def "
      "test_run(): " },
    { "e", NULL, 2, "becomes_link:1:text no_newline.txt:1:end " },
    { "two", "tests/*", 2, "tests/leaves.py:2:two " },
    { "\377", NULL, 2, "" },
    { "nowhere", "*.py", 9, "" },
};

static void searches_a_tree(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < ARRAY_LEN(search_cases); i++) {
        struct tree_search q = { b->base, search_cases[i].pattern, search_cases[i].glob,
                                 search_cases[i].limit };
        struct str got = STR_INIT;
        assert_int_equal(mirror_search(b->m, &q, add_match, &got, NULL), 0);
        assert_string_equal(got.s, search_cases[i].want);
        str_release(&got);
    }
    struct tree_search wrong = { b->base, "(", NULL, 1 };
    assert_int_equal(mirror_search(b->m, &wrong, add_match, NULL, NULL), E_USAGE);
}

static int add_change(void *payload, const struct mirror_change *c)
{
    str_addf(payload, "%.7s@%lld ", c->commit, (long long)c->utc);
    return 0;
}

static void knows_the_history_of_a_path(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *path;
        int64_t limit;
        bool end, base; /* the commits that are told */
    } cases[] = {
        { "pkg/core.py", 9, true, true }, { "pkg/core.py", 1, true, false },
        { "gone.py", 9, true, true },     { "tests/empty.txt", 9, true, false },
        { "pkg", 9, true, true },         { "nothing", 9, false, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct path_log q = { b->end, cases[i].path, cases[i].limit };
        struct str got = STR_INIT, want = STR_INIT;
        if (cases[i].end)
            str_addf(&want, "%.7s@1600000000 ", b->end);
        if (cases[i].base)
            str_addf(&want, "%.7s@1500000000 ", b->base);
        assert_int_equal(mirror_path_log(b->m, &q, add_change, &got, NULL), 0);
        assert_string_equal(got.s, want.s);
        str_release(&got);
        str_release(&want);
    }
}

static void describes_by_tags_that_are_reachable(void **state)
{
    struct bench *b = *state;
    struct str got = STR_INIT;
    int64_t utc;
    assert_int_equal(mirror_describe(b->m, b->base, &got, NULL), 0);
    assert_string_equal(got.s, "v1.0");
    assert_int_equal(mirror_commit_time(b->m, b->base, &utc, NULL), 0);
    assert_int_equal(utc, 1500000000);
    str_release(&got);
}

static void brings_what_came_later(void **state)
{
    struct bench *b = *state;
    static const char nobody[] = "0123456789012345678901234567890123456789";
    struct str stream = STR_INIT;
    struct error err = ERROR_INIT;
    char later[41];
    free(shell("git -C \"$1/src\" -c user.name=a -c user.email=a@b commit-tree -m x main^{tree} "
               "-p main >\"$1/later\"",
               b->dir, ""));
    char *file = str_format("%s/later", b->dir);
    assert_int_equal(file_read(file, &stream, NULL), 0);
    snprintf(later, sizeof(later), "%.40s", stream.s);
    assert_false(mirror_has_commit(b->m, later));
    assert_int_equal(mirror_ensure(&b->ws, "o/n", later, NULL, &err), 0);
    assert_true(mirror_has_commit(b->m, later));
    assert_int_equal(mirror_ensure(&b->ws, "o/n", nobody, NULL, &err), E_NOTFOUND);
    assert_non_null(strstr(error_text(&err), "commit 012345678901 is not in the mirror"));
    free(file);
    str_release(&stream);
    error_release(&err);
}

static void refuses_what_is_no_repository(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *url, *repo;
        int rc;
    } cases[] = {
        { "/nonexistent/{owner}/{name}", "o/gone", E_NOTFOUND },
        { "http://127.0.0.1:1/{owner}/{name}", "o/gone", E_NETWORK },
        { "/tmp", "../etc", E_USAGE },
        { "/tmp", "-o/n", E_USAGE },
        { "/tmp", "o/-n", E_USAGE },
        { "/tmp", "o/n/x", E_USAGE },
        { "/tmp", "plain", E_USAGE },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct workspace ws;
        struct strv more = STRV_INIT;
        strv_addf(&more, "mirror.url=%s", cases[i].url);
        assert_int_equal(workspace_open(&ws, b->ws.root, &more, NULL), 0);
        assert_int_equal(mirror_ensure(&ws, cases[i].repo, NULL, NULL, NULL), cases[i].rc);
        workspace_release(&ws);
        strv_release(&more);
    }
    char *left = shell("ls \"$1/ws/mirrors/o\"", b->dir, "");
    assert_string_equal(left, "gone.git.lock\nn.git\nn.git.lock");
    free(left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_are_told_by_whole_names),
        cmocka_unit_test(reads_patches_of_others),
        cmocka_unit_test(a_change_is_split_and_whole),
        cmocka_unit_test(reads_a_tree_without_a_checkout),
        cmocka_unit_test(searches_a_tree),
        cmocka_unit_test(knows_the_history_of_a_path),
        cmocka_unit_test(describes_by_tags_that_are_reachable),
        cmocka_unit_test(brings_what_came_later),
        cmocka_unit_test(refuses_what_is_no_repository),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
