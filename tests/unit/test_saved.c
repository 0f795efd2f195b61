/* Queries with a name: kept, read back to the byte, expanded, refused where they go wrong. */
#include "workspace.h"

#include "index/index.h"

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

static void reads_back(void **state)
{
    static const char *const texts[] = {
        "state:failed",           "reason:\"two  words\" # no comment",
        "\"q\\\"uote; \\\\\"",    "-class:flaky é",
        " leading and trailing ",
    };
    struct made *m = *state;
    struct saved_queries s;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        char *name = str_format("Name-%zu_x.y", i);
        assert_int_equal(saved_put(&m->ws, name, "before", NULL), 0);
        assert_int_equal(saved_put(&m->ws, name, texts[i], NULL), 0);
        free(name);
    }
    assert_int_equal(saved_load(&m->ws, &s, NULL), 0);
    assert_int_equal(s.n, ARRAY_LEN(texts));
    for (size_t i = 0; i < s.n; i++)
        assert_string_equal(s.v[i].where, texts[i]);
    assert_string_equal(s.v[0].name, "Name-0_x.y");
    saved_release(&s);
    assert_int_equal(saved_put(&m->ws, "Name-0_x.y", "", NULL), 0);
    assert_int_equal(saved_put(&m->ws, "Name-0_x.y", "", NULL), E_NOTFOUND);
    assert_int_equal(saved_load(&m->ws, &s, NULL), 0);
    assert_int_equal(s.n, ARRAY_LEN(texts) - 1);
    saved_release(&s);
}

static void refuses_names(void **state)
{
    static const char *const names[] = { "", "a b", "a/b", "\"", "a]", "\n", "ä" };
    struct made *m = *state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_int_equal(saved_put(&m->ws, names[i], "x", NULL), E_USAGE);
    char *path = workspace_path(&m->ws, "queries.conf");
    assert_false(path_exists(path));
    free(path);
}

static const struct parse_case {
    const char *text;
    size_t start, len;
    const char *words; /* of the error; NULL: it is a query */
} parse_cases[] = {
    { "@odd", 0, 0, NULL },
    { "repo:x @odd sandbox @both", 0, 0, NULL },
    { "a@odd \"@nope\" reason:@nope reason:\"x @nope\"", 0, 0, NULL },
    { "@", 0, 0, NULL },
    { "\n\t @odd", 0, 0, NULL },
    { "state:failed @nope", 13, 5, "no query is saved as @nope" },
    { "-@odd x", 0, 5, "negate the words" },
    { "@odd @self x", 5, 5, "names itself" },
    { "a @bad", 2, 4, "no key is called stat:" },
    { "@odd stat:x", 5, 4, "no key is called stat:" },
    { "@odd f2p:many @odd", 9, 4, "many is not a number" },
};

static void names_stand_for_queries(void **state)
{
    struct made *m = *state;
    made_write(m,
               "[query \"odd\"]\n\twhere = state:failed class:import\n"
               "[query \"both\"]\n\twhere = @odd run:r\n"
               "[query \"bad\"]\n\twhere = a stat:x b\n"
               "[query \"self\"]\n\twhere = x @self\n",
               "queries.conf");
    for (size_t i = 0; i < ARRAY_LEN(parse_cases); i++) {
        const struct parse_case *c = &parse_cases[i];
        struct error err = ERROR_INIT;
        struct query_error at = { 0, 0 };
        struct query *q;
        int rc = saved_parse(&m->ws, c->text, LIST_INSTANCES, &q, &at, &err);
        assert_int_equal(rc, c->words ? E_USAGE : 0);
        assert_int_equal(query_has_key(q, "class"),
                         !c->words && strstr(c->text, "@odd") && *c->text != 'a');
        if (c->words) {
            assert_non_null(strstr(error_text(&err), c->words));
            assert_int_equal(at.start, c->start);
            assert_int_equal(at.len, c->len);
        }
        query_free(q);
        error_release(&err);
    }
}

static void a_broken_file_is_said(void **state)
{
    struct made *m = *state;
    struct error err = ERROR_INIT;
    struct query *q;
    made_write(m, "[query \"odd\n", "queries.conf");
    assert_int_equal(saved_parse(&m->ws, "@odd", LIST_INSTANCES, &q, NULL, &err), E_USAGE);
    assert_non_null(strstr(error_text(&err), "queries.conf"));
    assert_int_equal(saved_put(&m->ws, "x", "y", &err), E_USAGE);
    assert_int_equal(saved_parse(&m->ws, "odd", LIST_INSTANCES, &q, NULL, NULL), 0);
    query_free(q);
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_stand_for_queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_broken_file_is_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
