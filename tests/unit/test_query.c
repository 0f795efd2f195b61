/* The query language: what is refused and where; what each word selects. */
#include "workspace.h"

#include "index/index.h"

/* ---- what is refused ---- */

static const struct refused {
    enum list_kind kind;
    const char *text;
    size_t start, len;
    const char *words; /* of the message */
} refused[] = {
    { LIST_INSTANCES, "stat:x", 0, 4, "no key is called stat:" },
    { LIST_INSTANCES, "f2p:1 -stat:x", 7, 4, "no key is called stat:" },
    { LIST_INSTANCES, "state:", 0, 6, "wants a value" },
    { LIST_INSTANCES, "state:failed,", 0, 13, "wants a value" },
    { LIST_INSTANCES, "a f2p:many b", 6, 4, "many is not a number" },
    { LIST_INSTANCES, "f2p:1,x", 6, 1, "x is not a number" },
    { LIST_INSTANCES, "f2p:>", 4, 1, "is not a number" },
    { LIST_INSTANCES, "f2p:..", 4, 2, "is not a number" },
    { LIST_INSTANCES, "f2p:1..b", 4, 4, "is not a number" },
    { LIST_INSTANCES, "seconds:>5q", 8, 3, "is not a time span" },
    { LIST_INSTANCES, "created:soon", 8, 4, "is not a date" },
    { LIST_INSTANCES, "created:2020-13", 8, 7, "is not a date" },
    { LIST_INSTANCES, "python:>3.8", 7, 4, "has no order" },
    { LIST_INSTANCES, "signal:>2", 7, 2, "has no order" },
    { LIST_INSTANCES, "gold_lines:few", 11, 3, "few is not a number" },
    { LIST_RUNS, "class:flaky", 0, 5, "no key is called class:" },
    { LIST_REPOSITORIES, "accepted:a", 9, 1, "is not a number" },
};

static void refuses(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        const struct refused *c = &refused[i];
        struct error err = ERROR_INIT;
        struct query_error at = { 99, 99 };
        struct query *q = NULL;
        print_message("# %s\n", c->text);
        assert_int_equal(query_parse(c->text, c->kind, &q, &at, &err), E_USAGE);
        assert_null(q);
        assert_non_null(strstr(error_text(&err), c->words));
        assert_int_equal(at.start, c->start);
        assert_int_equal(at.len, c->len);
        error_release(&err);
    }
}

/* ---- what is selected ---- */

static const struct {
    const char *id, *repo, *title, *run, *state, *rest;
} rows[] = {
    { "a1", "pallets/click", "Flag options parse early", "dev", "accepted",
      ",\"round\":1,\"f2p\":3,\"p2p\":37,\"seconds\":14.5,\"python\":\"3.8\","
      "\"started\":\"2024-03-01T10:00:00Z\",\"ended\":\"2024-03-01T10:00:14Z\"" },
    { "a2", "pallets/click", "Sandbox escapes 100% of inputs", "dev", "rejected",
      ",\"round\":3,\"f2p\":0,\"p2p\":14,\"seconds\":62,\"failure_class\":\"fix-fails\","
      "\"reason\":\"1 test still fails\",\"python\":\"3.12\","
      "\"started\":\"2024-03-02T00:00:00Z\",\"ended\":\"2024-03-02T00:01:02Z\"" },
    { "a3", "pallets/jinja", "TypeError: cannot sandbox", "dev", "failed",
      ",\"round\":2,\"seconds\":120,\"failure_class\":\"sdist-build\",\"phase\":\"build\","
      "\"reason\":\"lxml needs headers\",\"python\":\"3.8\","
      "\"started\":\"2024-04-01T00:00:00Z\",\"ended\":\"2024-04-01T00:02:00Z\"" },
    { "b-1309", "python-attrs/attrs", "größe 日本語 names", "dev", "error",
      ",\"failure_class\":\"engine\",\"started\":\"2023-01-01T00:00:00Z\","
      "\"ended\":\"2023-01-01T00:00:00Z\"" },
    { "b[2]", "python-attrs/attrs", "say \\\"hello\\\" twice", NULL, NULL, NULL },
};

static const struct selected {
    const char *text, *ids;
} selected[] = {
    { "", "a1 a2 a3 b-1309 b[2]" },
    { "   ", "a1 a2 a3 b-1309 b[2]" },
    { "state:failed", "a3" },
    { "state:failed,rejected", "a2 a3" },
    { "-state:failed,rejected", "a1 b-1309 b[2]" },
    { "state:new", "b[2]" },
    { "class:sdist-build", "a3" },
    { "failure_class:sdist-build", "a3" },
    { "class:s*", "a3" },
    { "repo:pallets/*", "a1 a2 a3" },
    { "repo:pallets/*,python-attrs/attrs -repo:*/jinja", "a1 a2 b-1309 b[2]" },
    { "id:a?", "a1 a2 a3" },
    { "id:b[2]", "b[2]" },
    { "id:*[2]", "b[2]" },
    { "id:\"a?\"", "" },
    { "f2p:3", "a1" },
    { "f2p:>0", "a1" },
    { "f2p:<=3 p2p:>=14", "a1 a2" },
    { "p2p:14..37", "a1 a2" },
    { "p2p:15..", "a1" },
    { "p2p:..20 f2p:0 state:rejected", "a2" },
    { "p2p:14,37", "a1 a2" },
    { "seconds:>60", "a2 a3" },
    { "seconds:>=1m seconds:<2m", "a2" },
    { "seconds:..0.5m state:accepted", "a1" },
    { "round:2..3", "a2 a3" },
    { "python:3.8", "a1 a3" },
    { "phase:build", "a3" },
    { "ended:2024", "a1 a2 a3" },
    { "ended:2024-03", "a1 a2" },
    { "ended:2024-03-02", "a2" },
    { "ended:>2024-03", "a3" },
    { "ended:>=2024-03-02", "a2 a3" },
    { "ended:<2024-03", "b-1309" },
    { "ended:<=2024-03-01", "a1 b-1309" },
    { "ended:2024-03-01..2024-03-02", "a1 a2" },
    { "ended:<24h", "a1 a2 a3 b-1309" },
    { "ended:24h", "" },
    { "run:dev", "a1 a2 a3 b-1309" },
    { "run:other", "" },
    { "run:d* state:failed", "a3" },
    { "-run:dev", "" },
    { "signal:tiny", "a1" }, /* the last round's */
    { "signal:trivial", "a1" },
    { "signal:images,tiny", "a1" },
    { "-signal:t*", "a2 a3 b-1309 b[2]" },
    { "gold_lines:<=7", "a1 a2" },
    { "gold_lines:3..", "a2" },
    { "gold_lines:7 signal:tiny", "" },
    /* free words */
    { "sandbox", "a2 a3" },
    { "SAND", "a2 a3" },
    { "sandbox -lxml", "a2" },
    { "sandbox state:failed", "a3" },
    { "\"still fails\"", "a2" },
    { "\"fails still\"", "" },
    { "\"stil\"", "" },
    { "-sandbox -größe", "a1 b[2]" },
    { "grosse", "" },
    { "grö", "b-1309" },
    { "日本", "b-1309" },
    { "b-13", "b-1309" },
    { "*ndbo*", "a2 a3" },
    { "-*ndbo*", "a1 b-1309 b[2]" },
    { "100%", "a2" },
    { "%", "a2" },
    { "\"say \\\"hello\\\"\"", "b[2]" },
    { "\"unclosed quote", "" },
    { "\"sandbox escapes", "a2" },
    { "TypeError:", "a3" },
    { "a::b", "" },
    { "http://x", "" },
    { "-", "b-1309" },
};

struct world {
    struct made m;
    struct index *idx;
};

#define TINY(value, flag)                                                                          \
    "{\"signals\":{\"tiny\":{\"group\":\"trivial\",\"flag\":" flag ",\"value\":" value "},"        \
    "\"images\":{\"group\":\"unclear\",\"flag\":false,\"value\":0}}}"

static int fill(void **state)
{
    struct world *w = xcalloc(1, sizeof(*w));
    struct str tasks = STR_INIT;
    made_open(&w->m);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char *line = made_task_new(rows[i].id, rows[i].repo, rows[i].title);
        str_add(&tasks, line);
        free(line);
        if (rows[i].run)
            made_status(&w->m, rows[i].run, rows[i].repo, rows[i].id, rows[i].state, rows[i].rest);
    }
    made_write(&w->m, tasks.s, "tasks/t.jsonl");
    made_write(&w->m, TINY("2", "true"), "runs/dev/pallets__click/a1/round-1/evaluation.json");
    made_write(&w->m, TINY("9", "true"), "runs/dev/pallets__click/a2/round-2/evaluation.json");
    made_write(&w->m, TINY("7", "false"), "runs/dev/pallets__click/a2/round-10/evaluation.json");
    str_release(&tasks);
    *state = w;
    return index_open_current(&w->m.ws, NULL, &w->idx, NULL);
}

static int empty(void **state)
{
    struct world *w = *state;
    index_close(w->idx);
    made_close(&w->m);
    free(w);
    return 0;
}

/* The ids of a list, one blank between. */
static void add_names(struct index *idx, const struct id_vec *ids, struct str *out)
{
    for (size_t i = 0; i < ids->n; i++) {
        struct row row;
        assert_int_equal(list_rows(idx, LIST_INSTANCES, &ids->v[i], 1, &row, NULL), 0);
        str_addf(out, "%s%s", out->len ? " " : "", row.cells[0].text);
        row_release(&row);
    }
}

static void selects(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < ARRAY_LEN(selected); i++) {
        struct list_spec spec = { .kind = LIST_INSTANCES };
        struct id_vec ids = { 0 };
        struct query *q;
        struct str names = STR_INIT;
        struct error err = ERROR_INIT;
        int64_t n;
        print_message("# %s\n", selected[i].text);
        assert_int_equal(query_parse(selected[i].text, LIST_INSTANCES, &q, NULL, &err), 0);
        spec.query = q;
        assert_int_equal(list_ids(w->idx, &spec, NULL, &ids, &err), 0);
        add_names(w->idx, &ids, &names);
        assert_string_equal(names.s, selected[i].ids);
        assert_int_equal(list_count(w->idx, &spec, NULL, &n, &err), 0);
        assert_int_equal(n, ids.n);
        query_free(q);
        id_vec_release(&ids);
        str_release(&names);
        error_release(&err);
    }
}

static int count_row(void *payload, const struct row *row UNUSED)
{
    ++*(size_t *)payload;
    return 0;
}

/* The command line asks by plain SQL, the screen by sets: they agree. */
static void sets_and_sql_agree(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < ARRAY_LEN(selected); i++) {
        struct list_spec spec = { .kind = LIST_INSTANCES };
        struct query *q;
        struct id_vec ids = { 0 };
        size_t n = 0;
        assert_int_equal(query_parse(selected[i].text, LIST_INSTANCES, &q, NULL, NULL), 0);
        spec.query = q;
        assert_int_equal(list_each(w->idx, &spec, NULL, count_row, &n, NULL), 0);
        assert_int_equal(list_ids(w->idx, &spec, NULL, &ids, NULL), 0);
        assert_int_equal(n, ids.n);
        query_free(q);
        id_vec_release(&ids);
    }
}

/* ---- completion and doors ---- */

static void completes(void **state)
{
    struct world *w = *state;
    struct strv out = STRV_INIT;
    assert_int_equal(query_complete(w->idx, LIST_INSTANCES, "repo", "pal", NULL, &out, NULL), 0);
    assert_int_equal(out.n, 2);
    assert_string_equal(out.v[0], "pallets/click"); /* two instances, so first */
    strv_clear(&out);
    assert_int_equal(query_complete(w->idx, LIST_INSTANCES, "class", "", NULL, &out, NULL), 0);
    assert_int_equal(out.n, 3);
    strv_clear(&out);
    assert_int_equal(query_complete(w->idx, LIST_INSTANCES, "f2p", "", NULL, &out, NULL), 0);
    assert_int_equal(out.n, 0);
    strv_release(&out);
}

/* "|" is the cursor; key and prefix as they stand before it; "key" "" when there is none. */
static const struct place_case {
    const char *text;
    const char *key, *prefix;
    size_t start;
} place_cases[] = {
    { "|", "", "", 0 },
    { "st|", "", "st", 0 },
    { "a -st|", "", "st", 3 },
    { "state:|", "state", "", 6 },
    { "state:failed,re|", "state", "re", 13 },
    { "-repo:pal| x", "repo", "pal", 6 },
    { "signature:\"No mod|", "signature", "No mod", 10 },
    { "signature:\"a\" b|", "", "b", 14 },
    { "signature:\"a \\\"q|", "signature", "a \"q", 10 },
    { "a  |  b", "", "", 3 },
    { "stat|e:x", "", "stat", 0 },
    { "http://x|", "", "http://x", 0 },
};

static void finds_the_place(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(place_cases); i++) {
        const struct place_case *c = &place_cases[i];
        size_t cursor = (size_t)(strchr(c->text, '|') - c->text);
        char *text = str_format("%.*s%s", (int)cursor, c->text, c->text + cursor + 1);
        struct query_place p;
        query_place_at(text, cursor, &p);
        assert_string_equal(p.key.s, c->key);
        assert_int_equal(p.has_key, *c->key != '\0');
        assert_string_equal(p.prefix.s, c->prefix);
        assert_int_equal(p.start, c->start);
        query_place_release(&p);
        free(text);
    }
}

static void doors_read_back(void **state)
{
    static const char *const values[] = { "fix-fails", "b[2]",  "a*",   "two words", "q\"uote",
                                          "a,b",       ">1..2", "\\\\", "" };
    struct world *w = *state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct str text = STR_INIT;
        struct query *q = NULL;
        str_add(&text, "state:new");
        query_add_word(&text, "reason", values[i]);
        if (*values[i]) {
            assert_int_equal(query_parse(text.s, LIST_INSTANCES, &q, NULL, NULL), 0);
            assert_true(query_has_key(q, "reason") && query_has_key(q, "state"));
            assert_false(query_has_key(q, "class"));
        }
        query_free(q);
        str_release(&text);
    }
    assert_non_null(w->idx);
}

/* Every key names a column, has help, and no two share a name. */
static void keys_are_whole(void **state UNUSED)
{
    for (enum list_kind kind = 0; kind < LIST_KINDS; kind++) {
        size_t n;
        const struct query_key *keys = query_keys(kind, &n);
        for (size_t i = 0; i < n; i++) {
            assert_true(keys[i].type == KEY_MEASURE || list_column_find(kind, keys[i].column) >= 0);
            assert_true(*keys[i].help);
            for (size_t k = 0; k < i; k++)
                assert_string_not_equal(keys[i].name, keys[k].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),
        cmocka_unit_test_setup_teardown(selects, fill, empty),
        cmocka_unit_test_setup_teardown(sets_and_sql_agree, fill, empty),
        cmocka_unit_test_setup_teardown(completes, fill, empty),
        cmocka_unit_test(finds_the_place),
        cmocka_unit_test_setup_teardown(doors_read_back, fill, empty),
        cmocka_unit_test(keys_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
