/* Rows of others: what is taken, what is said, and that nothing is lost or changed. */
#include "workspace.h"

#include "formats/formats.h"
#include "formats/private.h"

#define SHA  "0123456789012345678901234567890123456789"
#define ROW  "\"instance_id\":\"o__n-1\",\"repo\":\"o/n\",\"base_commit\":\"" SHA "\""
#define FULL ROW ",\"patch\":\"x\""

static const struct {
    const char *row, *want; /* "" when it is a good row */
} row_cases[] = {
    { "{" FULL "}", "" },
    { "{" FULL ",\"test_patch\":null,\"problem_statement\":null}", "" },
    { "{" FULL ",\"version\":4.3,\"created_at\":1700000000}", "" },
    { "{" ROW ",\"end_commit\":\"" SHA "\"}", "" },
    { "[]", "not a JSON object" },
    { "{}", "instance_id is missing" },
    { "{\"instance_id\":null}", "instance_id is missing" },
    { "{\"instance_id\":7}", "instance_id is not a text" },
    { "{\"instance_id\":\"\"}", "instance_id is empty" },
    { "{\"instance_id\":\"a\\u0000b\"}", "instance_id holds a NUL byte" },
    { "{" FULL ",\"instance_id\":\"../x\"}", "instance_id ../x is no safe folder name" },
    { "{" FULL ",\"instance_id\":\"..\"}", "instance_id .. is no safe folder name" },
    { "{" FULL ",\"repo\":\"n\"}", "repo n is not owner/name" },
    { "{" FULL ",\"repo\":\"/n\"}", "repo /n is not owner/name" },
    { "{" FULL ",\"repo\":\"o/../n\"}", "repo o/../n is not owner/name" },
    { "{" FULL ",\"repo\":\"-o/n\"}", "repo -o/n is not owner/name" },
    { "{" FULL ",\"base_commit\":\"main\"}", "base_commit main is not 40 hex digits" },
    { "{" FULL ",\"end_commit\":\"HEAD\"}", "end_commit HEAD is not 40 hex digits" },
    { "{" FULL ",\"test_patch\":[]}", "test_patch is not a text" },
    { "{" FULL ",\"problem_statement\":{}}", "problem_statement is not a text" },
    { "{" FULL ",\"patch\":17}", "patch is not a text" },
    { "{" ROW "}", "patch is missing, and no end_commit says where the fix is" },
    { "{" ROW ",\"patch\":\"\"}", "patch is empty, and no end_commit says where the fix is" },
};

static void a_row_is_checked_field_by_field(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(row_cases); i++) {
        struct instance in;
        struct error err = ERROR_INIT;
        json_t *row = NULL;
        assert_int_equal(json_parse(row_cases[i].row, strlen(row_cases[i].row), &row, NULL), 0);
        int rc = instance_from_row(&in, row, &err);
        assert_string_equal(rc < 0 ? error_text(&err) : "", row_cases[i].want);
        instance_release(&in);
        error_release(&err);
        json_decref(row);
    }
}

static const struct {
    const char *row, *id; /* NULL: cannot be told without a parser */
} id_cases[] = {
    { "{\"instance_id\":\"a\"}", "a" },
    { " { \"x\" : [1, {\"instance_id\":\"no\"}, \"]\"] , \"instance_id\" : \"a\" } ", "a" },
    { "{\"a\":\"\\\"instance_id\\\":\\\\\",\"instance_id\":\"b\",\"c\":-1.5e3}", "b" },
    { "{\"instance_id\":\"a\",\"instance_id\":\"b\"}", "b" },
    { "{\"a\":true,\"b\":null,\"instance_id\":\"\xc3\xa9\"}", "\xc3\xa9" },
    { "{\"instance_id\":\"\"}", "" },
    { "{\"instance_id\":\"a\\u0041\"}", NULL },
    { "{\"instance\\u005fid\":\"a\",\"instance_id\":\"b\"}", NULL },
    { "{\"instance_id\":7}", NULL },
    { "{\"instance_id\":\"a\"", NULL },
    { "{\"instance_id\":\"a", NULL },
    { "{\"instance_id\"", NULL },
    { "{\"a\":}", NULL },
    { "{\"a\":{\"instance_id\":\"no\"}}", NULL },
    { "[\"instance_id\",\"a\"]", NULL },
    { "{}", NULL },
    { "{\"a\":\"\\", NULL },
};

static void an_id_is_found_without_parsing(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(id_cases); i++) {
        const char *id;
        size_t len;
        bool found = row_id(id_cases[i].row, strlen(id_cases[i].row), &id, &len);
        if (found != (id_cases[i].id != NULL))
            fail_msg("%s", id_cases[i].row);
        if (found) {
            assert_int_equal(len, strlen(id_cases[i].id));
            assert_memory_equal(id, id_cases[i].id, len);
        }
    }
}

static const struct {
    const char *row, *want;
    unsigned met;
} mend_cases[] = {
    { "{\"a\": NaN, \"b\": \"NaN\"}", "{\"a\": null, \"b\": \"NaN\"}", MENDED_NAN },
    { "[Infinity,-Infinity]", "[null,null]", MENDED_NAN },
    { "[9007199254740993,-9223372036854775808]", "[9007199254740993,-9223372036854775808]", 0 },
    { "[18446744073709551616,1e400]", "[\"18446744073709551616\",\"1e400\"]", MENDED_NUMBER },
    { "{\"x\\\"NaN\":1.5}", "{\"x\\\"NaN\":1.5}", 0 },
    { "{\"cut", "{\"cut", 0 },
};

static void a_row_is_mended_outside_of_texts(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(mend_cases); i++) {
        struct str out = STR_INIT;
        assert_int_equal(row_mend(mend_cases[i].row, strlen(mend_cases[i].row), &out),
                         mend_cases[i].met);
        assert_string_equal(out.s, mend_cases[i].want);
        str_release(&out);
    }
}

static const struct {
    const char *file, *want; /* "line/number=row;" per row */
} split_cases[] = {
    { "", "" },
    { "\n \n", "" },
    { "\xef\xbb\xbf{\"a\":1}\r\n\n  {\"b\":2}", "1/0={\"a\":1};3/0={\"b\":2};" },
    { "{\"a\":1} {\"b\":2}\n", "1/0={\"a\":1} {\"b\":2};" },
    { "[\"a\"]\n{}\n", "1/0=[\"a\"];2/0={};" },
    { "[]", "" },
    { "[{\"a\":[1,2]},\n {\"b\":\"],{\\\"\"} ]\n", "1/1={\"a\":[1,2]};2/2={\"b\":\"],{\\\"\"};" },
    { "[\n {\n  \"a\": 1,\n  \"b\": {}\n }\n,7,\n]", "2/1={ \"a\": 1, \"b\": {} };6/2=7;" },
    { "\xef\xbb\xbf{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n", "1/0={ \"a\": 1 };4/0={ \"b\": 2 };" },
    { "[{\"a\":1},{\"b\"", "1/1={\"a\":1};1/2={\"b\";" },
    { "[{\"a\":1},\n", "1/1={\"a\":1};2/2=;" },
    { "[{\"a\":1}]\n}\n", "1/1={\"a\":1};2/0=};" },
    { "\x1f\x8b\x08", "is compressed (gzip); make JSON lines of it first" },
    { "PAR1....", "is a Parquet file; make JSON lines of it first" },
};

static int add_row(void *payload, const struct row_text *row, struct error *err UNUSED)
{
    str_addf(payload, "%zu/%zu=%.*s;", row->line, row->number, (int)row->n, row->s);
    return 0;
}

static void a_file_is_split_into_rows(void **state)
{
    struct made *m = *state;
    char *path = str_format("%s/rows", m->dir);
    for (size_t i = 0; i < ARRAY_LEN(split_cases); i++) {
        struct str got = STR_INIT;
        struct error err = ERROR_INIT;
        made_write(m, split_cases[i].file, "rows");
        if (rows_each(path, NULL, add_row, &got, &err) < 0)
            str_add(&got, error_text(&err) + strlen(path) + 1);
        assert_string_equal(got.s, split_cases[i].want);
        error_release(&err);
        str_release(&got);
    }
    free(path);
}

/* ---- import ---- */

static void add_word(void *payload, const char *sentence)
{
    str_addf(payload, "%s\n", sentence);
}

/* "imported/already/skipped" and what was said. */
static void import_text(struct made *m, const char *name, const char *text, const char *want)
{
    struct tasks_import *t = NULL;
    struct import_count n = { 0, 0, 0 };
    struct str said = STR_INIT, got = STR_INIT;
    const struct import_words words = { add_word, &said };
    made_write(m, text, "in/%s", name);
    char *path = str_format("%s/in/%s", m->dir, name);
    assert_int_equal(tasks_import_new(&m->ws, NULL, &t, NULL), 0);
    assert_int_equal(tasks_import_file(t, path, &words, &n, NULL), 0);
    str_addf(&got, "%d/%d/%d\n%s", (int)n.imported, (int)n.already, (int)n.skipped, said.s);
    assert_string_equal(got.s, want);
    tasks_import_free(t);
    free(path);
    str_release(&said);
    str_release(&got);
}

static void assert_file(struct made *m, const char *name, const char *want)
{
    struct str got = STR_INIT;
    char *path = str_format("%s/tasks/%s", m->dir, name);
    assert_int_equal(file_read(path, &got, NULL), 0);
    assert_string_equal(got.s, want);
    free(path);
    str_release(&got);
}

#define TASK(id, rest)                                                                             \
    "{\"instance_id\": \"" id "\", \"repo\":\"o/n\",\"base_commit\":\"" SHA                        \
    "\",\"patch\":\"x\"" rest "}"

static void an_import_adds_and_never_changes(void **state)
{
    struct made *m = *state;
    import_text(m, "a.b.jsonl", TASK("b", ",\"new\":[1.50]") "\nbad\n" TASK("a", ""),
                "2/0/1\na.b.jsonl:2: not JSON (column 3: invalid token near 'bad'); the row "
                "was skipped\n");
    assert_file(m, "a.b.jsonl", TASK("b", ",\"new\":[1.50]") "\n" TASK("a", "") "\n");
    import_text(m, "a.b.jsonl", TASK("b", ",\"new\":[1.50]") "\n" TASK("a", ""), "0/2/0\n");
    import_text(m, "other.json", "[" TASK("a", "") "," TASK("c", ",\"n\":NaN") "]",
                "1/1/0\nother.json:1: row 2: NaN and Infinity are no JSON; null stands for them\n");
    assert_file(m, "other.jsonl", TASK("c", ",\"n\":null") "\n");
    import_text(
        m, "a.b.jsonl",
        TASK("d", "") "\n" TASK("a", ",\"version\":\"2\"") "\n" TASK("d", ",\"x\":1"),
        "1/0/2\na.b.jsonl:2: a is there already with other content (tasks/a.b.jsonl:2; what "
        "differs: version); the row was skipped\na.b.jsonl:3: d is there already with other "
        "content (a.b.jsonl:1; what differs: x); the row was skipped\n");
    assert_file(m, "a.b.jsonl",
                TASK("b", ",\"new\":[1.50]") "\n" TASK("a", "") "\n" TASK("d", "") "\n");
}

static int count_rows(void *payload, json_t *row, struct error *err UNUSED)
{
    str_addf(payload, "%s ", json_get_str(row, "instance_id", ""));
    return 0;
}

static void a_task_is_found_by_its_whole_id(void **state)
{
    struct made *m = *state;
    struct instance in;
    struct str all = STR_INIT;
    made_write(m, TASK("p-10", ",\"why\":\"p-1\"") "\n" TASK("p-1", "") "\n", "tasks/p.jsonl");
    made_write(m, TASK("q\\u002d1", "") "\n", "tasks/q.jsonl");
    made_write(m, "no rows\n", "tasks/notes.txt");
    assert_int_equal(tasks_find(&m->ws, "p-1", &in, NULL), 0);
    assert_string_equal(in.instance_id, "p-1");
    instance_release(&in);
    assert_int_equal(tasks_find(&m->ws, "q-1", &in, NULL), 0);
    instance_release(&in);
    assert_int_equal(tasks_find(&m->ws, "p", &in, NULL), E_NOTFOUND);
    assert_int_equal(tasks_each(&m->ws, count_rows, &all, NULL), 0);
    assert_string_equal(all.s, "p-10 p-1 q-1 ");
    str_release(&all);
}

static void a_torn_task_file_is_named(void **state)
{
    struct made *m = *state;
    struct error err = ERROR_INIT;
    struct str all = STR_INIT;
    made_write(m, TASK("a", "") "\n" TASK("b", "") "\n{\"instance_id\": \"c\"", "tasks/t.jsonl");
    assert_int_equal(tasks_each(&m->ws, count_rows, &all, &err), E_PARSE);
    assert_string_equal(all.s, "a b ");
    assert_non_null(strstr(error_text(&err), "tasks/t.jsonl:3: not JSON"));
    str_release(&all);
    error_release(&err);
}

static void a_second_import_waits_its_turn(void **state)
{
    struct made *m = *state;
    struct tasks_import *one = NULL, *other = NULL;
    assert_int_equal(tasks_import_new(&m->ws, NULL, &one, NULL), 0);
    assert_int_equal(tasks_import_new(&m->ws, NULL, &other, NULL), E_FAIL);
    assert_null(other);
    tasks_import_free(one);
}

static int set_up(void **state)
{
    struct made *m = xcalloc(1, sizeof(*m));
    made_open(m);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    made_close(*state);
    free(*state);
    return 0;
}

#define IN_WORKSPACE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_checked_field_by_field),
        cmocka_unit_test(an_id_is_found_without_parsing),
        cmocka_unit_test(a_row_is_mended_outside_of_texts),
        IN_WORKSPACE(a_file_is_split_into_rows),
        IN_WORKSPACE(an_import_adds_and_never_changes),
        IN_WORKSPACE(a_task_is_found_by_its_whole_id),
        IN_WORKSPACE(a_torn_task_file_is_named),
        IN_WORKSPACE(a_second_import_waits_its_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
