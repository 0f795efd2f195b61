/* A SELECT reads; nothing else happens, however it is asked for. */
#include "workspace.h"

#include "index/index.h"

#include <math.h>

static int set_up(void **state)
{
    struct made *m = xcalloc(1, sizeof(*m));
    made_open(m);
    char *line = made_task_new("x-1", "o/n", "a title");
    made_write(m, line, "tasks/t.jsonl");
    free(line);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    made_close(*state);
    free(*state);
    return 0;
}

struct got {
    struct str text;
    int rows, most;
};

static int on_row(void *payload, const char *const *names, const struct sql_value *values, size_t n)
{
    struct got *g = payload;
    for (size_t i = 0; i < n; i++) {
        if (values)
            sql_value_add_text(&g->text, &values[i]);
        else
            str_add(&g->text, names[i]);
        str_add(&g->text, i + 1 < n ? "|" : "\n");
    }
    return values && ++g->rows == g->most ? E_CANCELLED : 0;
}

static struct index *open_now(struct made *m)
{
    struct index *idx;
    assert_int_equal(index_open_current(&m->ws, NULL, &idx, NULL), 0);
    index_close(idx);
    assert_int_equal(index_open(&m->ws, INDEX_READ, &idx, NULL), 0);
    return idx;
}

static const struct good {
    const char *text, *want;
} goods[] = {
    { "SELECT instance_id, state FROM environments", "instance_id|state\nx-1|new\n" },
    { "select 1 as a, 2.5 as b, null as c, 'x\033[31m' as d, x'00ff' as e ; ",
      "a|b|c|d|e\n1|2.5|–|x^[[31m|(2 bytes)\n" },
    { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) "
      "SELECT i FROM n",
      "i\n1\n2\n3\n" },
    { "SELECT count(*) FROM words WHERE words MATCH 'title'", "count(*)\n1\n" },
    { "SELECT 1 WHERE 0", "1\n" },
    { "VALUES (1)", "column1\n1\n" },
};

static void reads(void **state)
{
    struct index *idx = open_now(*state);
    for (size_t i = 0; i < ARRAY_LEN(goods); i++) {
        struct got g = { STR_INIT, 0, 0 };
        struct error err = ERROR_INIT;
        if (sql_each(idx, goods[i].text, NULL, on_row, &g, &err) < 0)
            fail_msg("%s: %s", goods[i].text, error_text(&err));
        assert_string_equal(g.text.s, goods[i].want);
        str_release(&g.text);
    }
    index_close(idx);
}

static const struct bad {
    const char *text, *words;
} bads[] = {
    { "", "wants a SELECT" },
    { "  ; ", "wants a SELECT" },
    { "-- nothing", "wants a SELECT" },
    { "DELETE FROM environments", "only a SELECT" },
    { "UPDATE environments SET state = 'x' RETURNING id", "only a SELECT" },
    { "INSERT INTO stamps VALUES ('a', 1, 1)", "only a SELECT" },
    { "DROP TABLE words", "only a SELECT" },
    { "CREATE TEMP TABLE x AS SELECT 1", "only a SELECT" },
    { "ATTACH '/tmp/bottega-test-attached' AS a", "only a SELECT" },
    { "PRAGMA user_version", "only a SELECT" },
    { "PRAGMA journal_mode = DELETE", "only a SELECT" },
    { "SELECT * FROM pragma_table_list", "not authorized" },
    { "BEGIN", "only a SELECT" },
    { "VACUUM INTO '/tmp/bottega-test-vacuum'", "only a SELECT" },
    { "SELECT load_extension('x')", "not authorized" },
    { "SELECT pick(1)", "not authorized" },
    { "SELECT gather(id) FROM environments", "not authorized" },
    { "SELECT 1; DELETE FROM environments", "one statement at a time" },
    { "SELECT ?", "write them out" },
    { "SELECT nope FROM environments", "no such column: nope" },
    { "SELEC 1", "syntax error" },
    { "SELECT randomblob(100000000)", "too big" },
    { "SELECT (((", "incomplete input" },
};

static void refuses_all_else(void **state)
{
    struct index *idx = open_now(*state);
    for (size_t i = 0; i < ARRAY_LEN(bads); i++) {
        struct got g = { STR_INIT, 0, 0 };
        struct error err = ERROR_INIT;
        assert_int_equal(sql_each(idx, bads[i].text, NULL, on_row, &g, &err), E_USAGE);
        if (!strstr(error_text(&err), bads[i].words))
            fail_msg("%s: %s", bads[i].text, error_text(&err));
        error_release(&err);
        str_release(&g.text);
    }
    struct list_spec all = { .kind = LIST_INSTANCES };
    struct id_vec ids = { NULL, 0, 0 };
    assert_int_equal(list_ids(idx, &all, NULL, &ids, NULL), 0); /* the handle is as before */
    assert_int_equal(ids.n, 1);
    id_vec_release(&ids);
    index_close(idx);
}

static const char endless[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT ";

static void ends_when_told(void **state)
{
    struct index *idx = open_now(*state);
    struct got g = { STR_INIT, 0, 5 };
    struct cancel stop = CANCEL_INIT;
    char *rows = str_format("%s i FROM n", endless),
         *none = str_format("%s sum(i) FROM n", endless);
    assert_int_equal(sql_each(idx, rows, NULL, on_row, &g, NULL), E_CANCELLED);
    assert_int_equal(g.rows, 5);
    cancel_raise(&stop);
    assert_int_equal(sql_each(idx, none, &stop, on_row, &g, NULL), E_CANCELLED);
    free(rows);
    free(none);
    str_release(&g.text);
    index_close(idx);
}

static void as_json(void **state UNUSED)
{
    const struct sql_value odd[] = { { .type = SQL_REAL, .x = INFINITY },
                                     { .type = SQL_TEXT, .text = "\xff", .len = 1 },
                                     { .type = SQL_BLOB, .n = 3 },
                                     { .type = SQL_INT, .n = -1 } };
    static const char *const want[] = { "null", "\"\xef\xbf\xbd\"", "null", "-1" };
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        json_t *v = sql_value_to_json(&odd[i]);
        char *text = json_dumps(v, JSON_ENCODE_ANY);
        assert_string_equal(text, want[i]);
        free(text);
        json_decref(v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_all_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_when_told, set_up, tear_down),
        cmocka_unit_test(as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
