#include "tests/unit/unit.h"

#include <unistd.h>

static void test_str_grows_and_keeps_nul(void **state UNUSED)
{
    struct str b = STR_INIT;
    for (int i = 0; i < 1000; i++)
        str_addf(&b, "%d,", i);
    assert_int_equal(b.len, strlen(b.s));
    str_truncate(&b, 4);
    assert_string_equal(b.s, "0,1,");
    char *owned = str_detach(&b);
    assert_string_equal(owned, "0,1,");
    assert_int_equal(b.len, 0);
    free(owned);
}

static void test_str_quotes_for_a_shell(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "plain-1.0", "plain-1.0" },
        { "", "''" },
        { "a b", "'a b'" },
        { "it's", "'it'\\''s'" },
        { "$(rm -rf /)", "'$(rm -rf /)'" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str b = STR_INIT;
        str_add_quoted(&b, cases[i][0]);
        assert_string_equal(b.s, cases[i][1]);
        str_release(&b);
    }
}

static void test_map_keeps_order_through_growth(void **state UNUSED)
{
    struct map m;
    map_init(&m, free);
    for (int i = 0; i < 500; i++) {
        char *key = str_format("k%d", i);
        map_put(&m, key, str_format("%d", i));
        free(key);
    }
    for (int i = 0; i < 500; i += 2) {
        char *key = str_format("k%d", i);
        map_remove(&m, key);
        free(key);
    }
    assert_null(map_get(&m, "k4"));
    assert_string_equal(map_get(&m, "k499"), "499");
    int seen = 0;
    for (struct map_entry *e = NULL; (e = map_next(&m, e)); seen++)
        assert_int_equal(atoi(e->value), 2 * seen + 1);
    assert_int_equal(seen, 250);
    map_release(&m);
}

static void test_clock_reads_what_rows_carry(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t utc;
    } cases[] = {
        { "1970-01-01", 0 },
        { "2018-03-16T20:44:58Z", 1521233098 },
        { "2018-03-16 22:44:58+02:00", 1521233098 },
        { "2018-03-16T20:44:58.123Z", 1521233098 },
        { "yesterday", -1 },
        { "2018-03-16T20:44", -1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t utc = -1;
        assert_int_equal(clock_parse(cases[i].text, &utc), cases[i].utc >= 0);
        assert_int_equal(utc, cases[i].utc);
    }
}

static void test_text_shows_hostile_bytes(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "plain", "plain" },
        { "\033[2J", "^[[2J" },
        { "a\tb", "a       b" },
        { "\xff\xc3", "<ff><c3>" },
        { "\u202egnp.exe", "<U+202E>gnp.exe" },
        { "\xc2\x9b"
          "31m",
          "<U+009B>31m" },
        { "日本", "日本" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str b = STR_INIT;
        text_add_shown(&b, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(b.s, cases[i][1]);
        str_release(&b);
    }
}

static void test_text_clips_by_column(void **state UNUSED)
{
    static const struct {
        const char *text;
        int columns;
        const char *out;
    } cases[] = {
        { "abc", 3, "abc" },
        { "abcd", 3, "ab…" },
        { "日本語", 5, "日本…" },
        { "日本語", 4, "日…" },
        { "e\u0301e\u0301e\u0301", 2, "e\u0301…" },
        { "x", 0, "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str b = STR_INIT;
        text_add_clipped(&b, cases[i].text, strlen(cases[i].text), cases[i].columns);
        assert_string_equal(b.s, cases[i].out);
        str_release(&b);
    }
}

static int feed_thrice(void *payload, struct str *chunk, struct error *err UNUSED)
{
    int *left = payload;
    if ((*left)-- > 0)
        str_add(chunk, "line\n");
    return 0;
}

static void test_process_feeds_and_keeps(void **state UNUSED)
{
    char path[] = "/tmp/bottega-unit-XXXXXX";
    close(mkstemp(path));
    int left = 3;
    const char *const argv[] = { "sh", "-c", "cat; exit 3", NULL };
    struct process_spec spec = {
        .argv = argv, .feed = feed_thrice, .payload = &left, .out_path = path, .max_bytes = 7
    };
    struct process_result res;
    struct error err = ERROR_INIT;
    assert_int_equal(process_run(&spec, &res, &err), 0);
    assert_int_equal(res.exit_code, 3);
    assert_int_equal(res.dropped_bytes, 8);
    assert_int_equal(file_size(path), 7);
    unlink(path);
}

static void test_process_limit_ends_the_whole_group(void **state UNUSED)
{
    const char *const argv[] = { "sh", "-c", "sleep 100 & sleep 100", NULL };
    struct process_spec spec = { .argv = argv, .limit_ms = 100 };
    struct process_result res;
    struct error err = ERROR_INIT;
    assert_int_equal(process_run(&spec, &res, &err), E_TIMEOUT);
    assert_true(res.timed_out);
    error_release(&err);
}

static void test_process_names_what_is_missing(void **state UNUSED)
{
    const char *const argv[] = { "no-such-program", NULL };
    struct process_spec spec = { .argv = argv };
    struct error err = ERROR_INIT;
    assert_int_equal(process_run(&spec, NULL, &err), E_MISSING);
    assert_non_null(strstr(error_text(&err), "no-such-program"));
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str_grows_and_keeps_nul),
        cmocka_unit_test(test_str_quotes_for_a_shell),
        cmocka_unit_test(test_map_keeps_order_through_growth),
        cmocka_unit_test(test_clock_reads_what_rows_carry),
        cmocka_unit_test(test_text_shows_hostile_bytes),
        cmocka_unit_test(test_text_clips_by_column),
        cmocka_unit_test(test_process_feeds_and_keeps),
        cmocka_unit_test(test_process_limit_ends_the_whole_group),
        cmocka_unit_test(test_process_names_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
