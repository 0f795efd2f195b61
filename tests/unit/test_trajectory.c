/* Every shape of trajectory is known by its content and read as one model. */
#include "unit.h"

#include "formats/trajectory.h"

#include <unistd.h>

/* ---- the scan ---- */

static void open_scan(struct json_scan *s, const char *text, size_t n)
{
    json_scan_init(s);
    assert_int_equal(json_scan_open(s, text, n, NULL), 0);
}

static void text_of(const char *json, size_t n, const char *want)
{
    struct json_scan s;
    struct str out = STR_INIT;
    open_scan(&s, json, n);
    struct json_at at = json_begin(&s);
    json_span_text(json_skip(&at), &out);
    assert_string_equal(out.s, want);
    str_release(&out);
    json_scan_release(&s);
}

static void strings_are_read(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "\"a\\n\\t\\\"\\\\b\"", "a\n\t\"\\b" },
        { "\"\\u00e9\\ud83d\\ude00\"", "\xc3\xa9\xf0\x9f\x98\x80" },
        { "\"\\ud83d!\"", "\xef\xbf\xbd!" },
        { "\"\\ude00\"", "\xef\xbf\xbd" },
        { "\"\\u12\"", "\\u12" },
        { "\"open", "open" },
        { "12", "12" },
        { "\xEF\xBB\xBF\"bom\"", "bom" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        text_of(cases[i][0], strlen(cases[i][0]), cases[i][1]);
    text_of("\"bad \xff byte\"", 12, "bad \xff byte");
    text_of("\"line\nbreak\"", 12, "line\nbreak");
}

static void numbers_are_read(void **state UNUSED)
{
    static const struct {
        const char *text;
        double x;
        int truth;
    } cases[] = { { "1.5", 1.5, 1 },
                  { "-3", -3, -1 },
                  { "NaN", -9, -1 },
                  { "Infinity", -9, -1 },
                  { "null", -9, -1 },
                  { "\"2\"", 2, -1 },
                  { "18446744073709551616", 18446744073709551616.0, 1 },
                  { "true", -9, 1 },
                  { "false", -9, 0 },
                  { "0", 0, 0 } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct json_span v = { cases[i].text, strlen(cases[i].text) };
        assert_true(json_span_number(v, -9) == cases[i].x);
        assert_int_equal(json_span_truth(v), cases[i].truth);
    }
}

static size_t members(const char *text, size_t n, bool *torn)
{
    struct json_scan s;
    struct json_span key;
    size_t count = 0;
    open_scan(&s, text, n);
    struct json_at at = json_begin(&s);
    if (json_enter(&at))
        for (; json_member(&at, &key); count++)
            json_skip(&at);
    *torn = s.torn;
    json_scan_release(&s);
    return count;
}

static void torn_texts_are_read_as_far_as_they_go(void **state UNUSED)
{
    static const char whole[] =
        "{\"a\": [1, {\"b\": NaN}], \"c\": \"x\\\"y\", \"a\": null, \"d\": {}}";
    bool torn;
    assert_int_equal(members(whole, sizeof(whole) - 1, &torn), 4);
    assert_false(torn);
    for (size_t n = 0; n < sizeof(whole) - 1; n++) {
        assert_in_range(members(whole, n, &torn), 0, 4);
        assert_int_equal(torn, n > 0);
    }
}

static void deep_nesting_is_passed(void **state UNUSED)
{
    enum { DEEP = 100000 };
    struct str text = STR_INIT;
    bool torn;
    str_add(&text, "{\"a\": ");
    for (int i = 0; i < DEEP; i++)
        str_addc(&text, '[');
    for (int i = 0; i < DEEP; i++)
        str_addc(&text, ']');
    str_add(&text, ", \"b\": 1}");
    assert_int_equal(members(text.s, text.len, &torn), 2);
    str_release(&text);
}

/* ---- formats ---- */

struct seen {
    size_t n;
    struct str line; /* of the last */
};

static int on_attempt(void *payload, const struct attempt *a, struct error *err UNUSED)
{
    struct seen *s = payload;
    s->n++;
    str_setf(&s->line, "%s %s %s %s steps=%zu turns=%lld edits=%lld errors=%lld %s%s",
             a->format->name, a->instance_id, a->model, a->exit_status, a->steps.n,
             (long long)a->turns, (long long)a->edits, (long long)a->errors,
             outcome_name(a->outcome), a->torn ? " torn" : "");
    for (size_t i = 0; i < a->steps.n; i++)
        assert_in_range((int64_t)a->steps.v[i].offset + a->steps.v[i].length, 1,
                        a->inner_length ? a->inner_length : a->length);
    return 0;
}

struct given {
    struct traj_reader reader;
    struct seen seen;
    size_t unknown;
};

static int on_document(void *payload, const struct document *doc, struct error *err)
{
    struct given *g = payload;
    int rc = json_scan_open(&g->reader.scan, doc->text, doc->len, err);
    const struct traj_format *f = rc == 0 ? traj_sniff(&g->reader.scan, doc->lines) : NULL;
    if (!f)
        g->unknown++;
    return f ? traj_read(&g->reader, f, doc, on_attempt, &g->seen, err) : rc;
}

static void read_as(const char *text, size_t attempts, const char *want)
{
    char path[] = "/tmp/bottega-traj-XXXXXX.json";
    int fd = mkstemps(path, 5);
    struct given g = { .seen = { 0, STR_INIT } };
    struct error err = ERROR_INIT;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    traj_reader_init(&g.reader);
    assert_int_equal(source_each(path, NULL, on_document, &g, &err), 0);
    assert_int_equal(g.seen.n, attempts);
    if (want)
        assert_string_equal(g.seen.line.s, want);
    traj_reader_release(&g.reader);
    str_release(&g.seen.line);
    error_release(&err);
    unlink(path);
}

#define CALL(command)                                                                              \
    "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c\",\"type\":"             \
    "\"function\","                                                                                \
    "\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"command\\\": \\\"" command "\\\"}\"}}]}"

static void formats_are_known_by_content(void **state UNUSED)
{
    static const struct {
        const char *text;
        size_t attempts;
        const char *want;
    } cases[] = {
        { "{\"environment\":\"swe_main\",\"trajectory\":[{\"action\":\"ls\\n\",\"observation\":"
          "\"a\","
          "\"response\":\"r\",\"thought\":\"t\",\"state\":\"{}\"},{\"action\":\"submit\","
          "\"observation\":\"\",\"response\":\"\",\"thought\":\"\",\"state\":\"{}\"}],\"history\":["
          "{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"d\",\"is_"
          "demo\":"
          "true},{\"role\":\"assistant\",\"content\":\"x\",\"is_demo\":true},{\"role\":\"user\","
          "\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}],\"instance_id\":\"o__n-"
          "1\","
          "\"info\":{\"exit_status\":\"submitted\",\"submission\":\"\\ndiff --git a/x b/x\\n\"}}",
          1, "swe-agent o__n-1  submitted steps=6 turns=2 edits=0 errors=0 unknown" },
        { "{\"attempts\":[{\"trajectory\":[{\"action\":\"ls\",\"observation\":\"\"}],\"history\":[]"
          ","
          "\"info\":{}},{\"trajectory\":[{\"action\":\"pwd\",\"observation\":\"\"}],\"history\":[],"
          "\"info\":{\"exit_status\":\"exit_cost\"}}]}",
          2, NULL },
        { "{\"info\":{\"exit_status\":\"Submitted\",\"submission\":\"\",\"config\":{\"model\":{"
          "\"model_name\":\"m\"}}},\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":"
          "\"user\",\"content\":\"u\"},{\"role\":\"assistant\",\"content\":\"```bash\\nsed -i "
          "s/a/b/ f"
          "\\n```\"},{\"role\":\"user\",\"content\":\"<returncode>2</returncode>\"}],"
          "\"trajectory_format\":\"mini-swe-agent-1\",\"instance_id\":\"i\"}",
          1, "mini-swe-agent i m Submitted steps=4 turns=1 edits=1 errors=1 no-patch" },
        { "{\"instance_id\":\"i\",\"history\":[{\"id\":0,\"source\":\"user\",\"action\":"
          "\"message\","
          "\"args\":{\"content\":\"do\"}},{\"id\":1,\"source\":\"agent\",\"action\":\"run\","
          "\"args\":{"
          "\"command\":\"ls\"}},{\"id\":2,\"source\":\"agent\",\"observation\":\"run\",\"content\":"
          "\"a\","
          "\"extras\":{\"metadata\":{\"exit_code\":1}},\"cause\":1}],\"test_result\":{\"git_"
          "patch\":"
          "\"diff --git a/x b/x\"},\"report\":{\"resolved\":true},\"metadata\":{\"llm_config\":{"
          "\"model\":\"m\"}}}",
          1, "openhands i m  steps=3 turns=1 edits=0 errors=1 resolved" },
        { "[{\"role\":\"user\",\"content\":\"q\"}," CALL("ls") "]", 1, NULL },
        { "{\"messages\":\"[{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"q\\\"}, "
          "{\\\"role\\\": "
          "\\\"assistant\\\", \\\"content\\\": \\\"a\\\"}]\",\"instance_id\":\"i\",\"resolved\":1,"
          "\"model\":\"m\"}",
          1, "rows i m  steps=2 turns=1 edits=0 errors=0 resolved" },
        { "{\"instance_id\":\"a\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}\n"
          "{\"instance_id\":\"b\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}\n",
          2, "rows b   steps=1 turns=1 edits=0 errors=0 unknown" },
        { "{\"kind\":\"SystemPromptEvent\",\"id\":\"1\",\"source\":\"agent\"}\n{\"kind\":"
          "\"ActionEvent\","
          "\"id\":\"2\",\"source\":\"agent\",\"tool_name\":\"terminal\",\"action\":{\"command\":"
          "\"ls\"}}"
          "\n{\"kind\":\"ObservationEvent\",\"id\":\"3\",\"source\":\"environment\","
          "\"observation\":{"
          "\"exit_code\":0}}\n",
          1, NULL },
        { "{\"schema_version\":\"ATIF-v1.4\",\"session_id\":\"s\",\"agent\":{\"name\":\"a\","
          "\"version\":\"1\",\"model_name\":\"m\"},\"steps\":[{\"step_id\":1,\"source\":\"user\","
          "\"message\":\"q\"},{\"step_id\":2,\"source\":\"agent\",\"message\":\"\",\"tool_calls\":["
          "{"
          "\"tool_call_id\":\"1\",\"function_name\":\"bash\",\"arguments\":{\"command\":\"ls\"}}],"
          "\"observation\":{\"results\":[{\"content\":\"x\"}]}}]}",
          1, NULL },
        { "{\"trajectory_steps\":[{\"step_idx\":0,\"thought\":\"t\",\"action\":\"<function=submit>"
          "\","
          "\"observation\":\"\"}],\"exit_reason\":\"agent\",\"output_patch\":\"\",\"reward\":0,"
          "\"ds\":{\"instance_id\":\"i\"},\"docker_image\":\"d\"}",
          1, "r2e-gym i  agent steps=1 turns=1 edits=0 errors=0 unresolved" },
        { "{\"trajectory_id\":\"t\",\"nodes\":[{\"node_id\":0,\"user_message\":\"q\"},{\"node_id\":"
          "1,"
          "\"parent_id\":0,\"action_steps\":[{\"action\":{\"path\":\"f\"},\"observation\":{"
          "\"message\":"
          "\"o\"}}]},{\"node_id\":2,\"parent_id\":0}]}",
          1, NULL },
        { "{\"eval\":{\"task\":\"t\",\"model\":\"m\"},\"samples\":[{\"id\":\"i\",\"epoch\":1,"
          "\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}],\"scores\":{\"match\":{"
          "\"value\":"
          "\"C\"}}}]}",
          1, "inspect-sample i m  steps=1 turns=1 edits=0 errors=0 resolved" },
        { "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":"
          "\"a\"}]}",
          1, NULL },
        { "[[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}],"
          "[{\"role\":\"assistant\",\"content\":\"a\"}]]",
          2, NULL },
        { "{\"instance_id\":\"i\",\"model_patch\":\"diff\"}", 0, NULL },
        { "plain text", 0, NULL },
        { "", 0, NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        read_as(cases[i].text, cases[i].attempts, cases[i].want);
}

/* A file that is being written: steps so far count, and it is said that it is not whole. */
static void an_unfinished_file_is_read(void **state UNUSED)
{
    read_as(
        "{\"info\":{},\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\","
        "\"content\":\"thin",
        1, NULL);
}

static void a_step_is_read(void **state UNUSED)
{
    struct step_body b;
    static const char raw[] = CALL("cat a\\\\nb");
    step_body_init(&b);
    assert_int_equal(
        step_read(traj_format_by_name("messages"), raw, sizeof(raw) - 1, SIZE_MAX, &b, NULL), 0);
    assert_string_equal(b.role.s, "assistant");
    assert_string_equal(b.tool.s, "bash");
    assert_string_equal(b.command.s, "cat a\nb");
    step_body_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_read),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(torn_texts_are_read_as_far_as_they_go),
        cmocka_unit_test(deep_nesting_is_passed),
        cmocka_unit_test(formats_are_known_by_content),
        cmocka_unit_test(an_unfinished_file_is_read),
        cmocka_unit_test(a_step_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
