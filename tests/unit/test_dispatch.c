/* The pure parts of dispatch/: the queue, its waits, streams of lines, what memory is free; and
 * a batch's folder. */
#include "tests/unit/unit.h"

#include "container/container.h"
#include "dispatch/files.h"
#include "dispatch/guard.h"
#include "dispatch/line.h"
#include "dispatch/queue.h"
#include "dispatch/room.h"

/* One letter per step: t takes (and wants the item), r returns, e ends. */
struct queue_step {
    char what;
    size_t n;
    int64_t at; /* now for t, due for r */
};

static void queue_goes(const struct queue_step *steps, size_t n_steps, size_t n)
{
    struct queue q;
    queue_init(&q, n);
    for (size_t i = 0; i < n_steps; i++) {
        const struct queue_step *s = &steps[i];
        if (s->what == 't')
            assert_int_equal(queue_take(&q, s->at), s->n);
        else if (s->what == 'r')
            queue_return(&q, s->n, s->at);
        else
            queue_end(&q, s->n, RESULT_ACCEPTED);
    }
    assert_int_equal(q.counts[0] + q.counts[1] + q.counts[2], n);
    queue_release(&q);
}

static void test_order(void **state UNUSED)
{
    static const struct queue_step in_order[] = {
        { 't', 1, 0 }, { 't', 2, 0 }, { 't', 3, 0 }, { 't', 0, 0 }
    };
    static const struct queue_step returned_first[] = {
        { 't', 1, 0 }, { 'r', 1, 0 }, { 't', 1, 0 }, { 't', 2, 0 }, { 'e', 1, 0 }, { 't', 3, 0 },
    };
    static const struct queue_step waits_its_time[] = {
        { 't', 1, 0 },  { 't', 2, 0 },  { 'r', 1, 50 }, { 'r', 2, 40 }, { 't', 3, 10 },
        { 't', 0, 39 }, { 't', 2, 40 }, { 't', 0, 49 }, { 't', 1, 60 },
    };
    queue_goes(in_order, ARRAY_LEN(in_order), 3);
    queue_goes(returned_first, ARRAY_LEN(returned_first), 3);
    queue_goes(waits_its_time, ARRAY_LEN(waits_its_time), 3);
}

static void count_call(void *payload, size_t n UNUSED)
{
    ++*(size_t *)payload;
}

static void test_known_ends(void **state UNUSED)
{
    struct queue q;
    size_t told = 0;
    queue_init(&q, 4);
    queue_set_ended(&q, 1, RESULT_ACCEPTED, 1);
    queue_set_ended(&q, 3, RESULT_ERROR, 4);
    queue_set_tries(&q, 2, 1);
    assert_int_equal(queue_retry(&q, RESULT_ERROR, 5, count_call, &told), 1);
    assert_int_equal(told, 1);
    assert_int_equal(queue_take(&q, 5), 3); /* once: the cursor passes it by */
    assert_int_equal(q.items[3].tries, 1);
    assert_int_equal(queue_take(&q, 5), 2);
    assert_int_equal(q.items[2].tries, 2);
    assert_int_equal(queue_take(&q, 5), 4);
    assert_int_equal(queue_take(&q, 5), 0);
    for (size_t n = 2; n <= 4; n++)
        queue_end(&q, n, RESULT_DONE);
    assert_true(queue_all_done(&q));
    assert_int_equal(q.results[RESULT_DONE], 3);
    assert_int_equal(q.results[RESULT_ERROR], 0);
    queue_release(&q);
}

static void test_many_waits(void **state UNUSED)
{
    enum { N = 5000 };
    struct queue q;
    int64_t last = -1;
    queue_init(&q, N);
    for (size_t n = 1; n <= N; n++)
        assert_int_equal(queue_take(&q, 0), n);
    for (size_t n = 1; n <= N; n++)
        queue_return(&q, n, (int64_t)(n * 7919 % 1009));
    for (size_t i = 0; i < N; i++) {
        size_t n = queue_take(&q, 1009);
        assert_true(q.items[n].due >= last);
        last = q.items[n].due;
    }
    assert_int_equal(queue_take(&q, 1009), 0);
    queue_release(&q);
}

static void test_backoff(void **state UNUSED)
{
    static const struct {
        int64_t base;
        int tries;
        int64_t want;
    } cases[] = { { 1000, 1, 1000 },     { 1000, 2, 2000 }, { 1000, 4, 8000 },
                  { 1000, 60, 3600000 }, { 0, 9, 0 },       { 20000, 1000000, 3600000 } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(queue_backoff(cases[i].base, cases[i].tries), cases[i].want);
}

static void collect(void *payload, const json_t *doc)
{
    struct strv *seen = payload;
    char *line = doc ? json_line_new(doc) : xstrdup("bad");
    strv_add(seen, line);
    free(line);
}

static void test_lines(void **state UNUSED)
{
    static const char text[] = "{\"a\":1}\n\nno\n[2]\n{\"b\":\"\xc3\xa4\"}\n{\"c\"";
    for (size_t step = 1; step < sizeof(text); step++) {
        struct lines l;
        struct strv seen = STRV_INIT;
        lines_init(&l);
        for (size_t at = 0; at < sizeof(text) - 1; at += step) {
            size_t left = sizeof(text) - 1 - at;
            assert_true(lines_feed(&l, text + at, left < step ? left : step, collect, &seen));
        }
        assert_int_equal(seen.n, 4);
        assert_string_equal(seen.v[0], "{\"a\":1}");
        assert_string_equal(seen.v[1], "bad");
        assert_string_equal(seen.v[2], "bad");
        assert_string_equal(seen.v[3], "{\"b\":\"\xc3\xa4\"}");
        assert_string_equal(l.rest.s, "{\"c\"");
        lines_release(&l);
        strv_release(&seen);
    }
}

static void test_endless_line(void **state UNUSED)
{
    struct lines l;
    struct strv seen = STRV_INIT;
    char block[65536];
    bool ok = true;
    memset(block, 'x', sizeof(block));
    lines_init(&l);
    for (int i = 0; ok && i < 1000; i++)
        ok = lines_feed(&l, block, sizeof(block), collect, &seen);
    assert_false(ok);
    lines_release(&l);
    strv_release(&seen);
}

static void test_meminfo(void **state UNUSED)
{
    assert_int_equal(guard_parse_meminfo("MemTotal: 10 kB\nMemAvailable:    2048 kB\n"), 2097152);
    assert_int_equal(guard_parse_meminfo("MemTotal: 10 kB\n"), -1);
    assert_int_equal(guard_parse_meminfo("MemAvailable: lots\n"), -1);
}

/* Of two disks the one that is short is named; the engine's may be made room on. */
static void test_low_water(void **state UNUSED)
{
    struct workspace ws;
    struct guard g;
    struct strv high = STRV_INIT;
    char dir[] = "/tmp/bottega-guard-XXXXXX";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(workspace_init(dir, NULL), 0);
    strv_add(&high, "dispatch.min-disk=900000t");
    assert_int_equal(workspace_open(&ws, dir, NULL, NULL), 0);
    guard_init(&g);
    assert_true(guard_allows(&g, &ws, 0, 1));
    assert_string_equal(g.why.s, "");
    guard_release(&g);
    workspace_release(&ws);
    assert_int_equal(workspace_open(&ws, dir, &high, NULL), 0);
    guard_init(&g);
    assert_false(guard_allows(&g, &ws, 0, 1));
    assert_true(str_starts(g.why.s, "free disk is "));
    assert_false(g.engine_short);
    g.engine_root = xstrdup("/");
    assert_false(guard_allows(&g, &ws, 0, 5000));
    assert_true(g.engine_short);
    guard_release(&g);
    workspace_release(&ws);
    strv_release(&high);
    assert_int_equal(tree_remove(dir, NULL), 0);
}

/* ---- a batch's folder ---- */

static void put_file(const struct workspace *ws, const char *path, const char *text)
{
    char *whole = workspace_path(ws, "%s", path);
    char *dir = xstrndup(whole, (size_t)(strrchr(whole, '/') - whole));
    assert_int_equal(dir_make(dir, NULL), 0);
    assert_int_equal(file_write(whole, text, strlen(text), NULL), 0);
    free(whole);
    free(dir);
}

/* What a job works on and what is accepted stays; with image.keep=none only the first. */
static void test_old_images(void **state UNUSED)
{
    static const struct {
        const char *job, *tag;
        bool goes, goes_with_none;
    } images[] = {
        { "main/o__a-1", "bottega-env/o__a-1:x", false, true },
        { "main/o__a-1", "bottega-env/o__a-1:earlier", true, true },
        { "main/o__a-2", "bottega-env/o__a-2:x", false, false },
        { "main/o__a-3", "bottega-env/o__a-3:x", true, true },
        { "main/o__a-9", "bottega-env/o__a-9:x", true, true },
        { "main/o__a-1", "bottega-verify/o__a-1:x", false, false },
        { "", "bottega-env/o__a-1:x", true, true },
        { "main/../x", "bottega-env/o__a-1:x", true, true },
    };
    static const char *const keeps[] = { "image.keep=accepted", "image.keep=all",
                                         "image.keep=none" };
    char dir[] = "/tmp/bottega-room-XXXXXX";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(workspace_init(dir, NULL), 0);
    for (size_t k = 0; k < ARRAY_LEN(keeps); k++) {
        struct workspace ws;
        struct strv keep = STRV_INIT;
        strv_add(&keep, keeps[k]);
        assert_int_equal(workspace_open(&ws, dir, &keep, NULL), 0);
        put_file(&ws, "runs/main/o__a/o__a-1/status.json", "{\"state\":\"accepted\"}");
        put_file(&ws, "runs/main/o__a/o__a-1/image.json", "{\"tag\":\"bottega-env/o__a-1:x\"}");
        put_file(&ws, "runs/main/o__a/o__a-2/status.json", "{\"state\":\"running\"}");
        put_file(&ws, "runs/main/o__a/o__a-3/status.json", "{\"state\":\"rejected\"}");
        for (size_t i = 0; i < ARRAY_LEN(images); i++) {
            struct image_info info = { .tag = (char *)(uintptr_t)images[i].tag,
                                       .job = (char *)(uintptr_t)images[i].job };
            print_message("# %s %s %s\n", keeps[k], images[i].job, images[i].tag);
            assert_int_equal(room_may_take(&ws, &info),
                             k == 2 ? images[i].goes_with_none : images[i].goes);
        }
        workspace_release(&ws);
        strv_release(&keep);
    }
    assert_int_equal(tree_remove(dir, NULL), 0);
}

static char *open_workspace(struct workspace *ws)
{
    char *dir = xstrdup("/tmp/bottega-dispatch-XXXXXX");
    assert_non_null(mkdtemp(dir));
    assert_int_equal(workspace_init(dir, NULL), 0);
    assert_int_equal(workspace_open(ws, dir, NULL, NULL), 0);
    return dir;
}

static void close_workspace(struct workspace *ws, char *dir)
{
    workspace_release(ws);
    assert_int_equal(tree_remove(dir, NULL), 0);
    free(dir);
}

static void test_manifest(void **state UNUSED)
{
    static const char *const want[] = { "a__x-9", "a__x-10", "a__y-1", "b__x-2", "b__x-1" };
    struct workspace ws;
    struct strv ids = STRV_INIT, open = STRV_INIT;
    struct str id = STR_INIT, second = STR_INIT, found = STR_INIT;
    struct batch b;
    char *dir = open_workspace(&ws);
    strv_add_all(&ids, "b__x-2", "a__x-9", "b__x-1", "a__y-1", "a__x-10", NULL);
    struct batch_spec spec = { "command", "main", "", 3, &ids, NULL };
    assert_int_equal(batch_create(&ws, &spec, &id, NULL), 0);
    assert_int_equal(batch_create(&ws, &spec, &second, NULL), 0);
    assert_string_equal(id.s, "command-1");
    assert_string_equal(second.s, "command-2");
    assert_int_equal(batch_open(&ws, id.s, &b, NULL), 0);
    assert_int_equal(b.ids.n, 5);
    for (size_t i = 0; i < b.ids.n; i++)
        assert_string_equal(b.ids.v[i], want[i]);
    assert_int_equal(b.jobs, 3);
    assert_int_equal(batch_find_open(&ws, "command", "main", &open, NULL), 0);
    assert_int_equal(open.n, 2);
    assert_int_equal(batch_supersede(&ws, id.s, second.s, NULL), 0);
    strv_clear(&open);
    assert_int_equal(batch_find_open(&ws, "command", "main", &open, NULL), 0);
    assert_int_equal(open.n, 1);
    assert_int_equal(batch_resolve(&ws, "1", &found, NULL), 0);
    assert_string_equal(found.s, "command-1");
    assert_int_equal(batch_resolve(&ws, "7", &found, NULL), E_NOTFOUND);
    batch_release(&b);
    str_release(&id);
    str_release(&second);
    str_release(&found);
    strv_release(&ids);
    strv_release(&open);
    close_workspace(&ws, dir);
}

static void test_bad_ids(void **state UNUSED)
{
    static const char *const bad[] = { "../x", "a/b", "", ".", "a\nb" };
    struct workspace ws;
    char *dir = open_workspace(&ws);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct strv ids = STRV_INIT;
        struct str id = STR_INIT;
        struct batch_spec spec = { "command", "", "", 1, &ids, NULL };
        strv_add(&ids, bad[i]);
        assert_int_equal(batch_create(&ws, &spec, &id, NULL), E_USAGE);
        strv_release(&ids);
        str_release(&id);
    }
    close_workspace(&ws, dir);
}

static void test_item_files(void **state UNUSED)
{
    struct workspace ws;
    struct strv ids = STRV_INIT;
    struct str id = STR_INIT;
    struct item i, back;
    struct batch_status s;
    char *dir = open_workspace(&ws);
    strv_add_all(&ids, "a__x-1", "a__x-2", "a__x-3", NULL);
    struct batch_spec spec = { "command", "", "", 1, &ids, NULL };
    assert_int_equal(batch_create(&ws, &spec, &id, NULL), 0);
    i = (struct item){ .state = ITEM_DONE, .tries = 2, .worker = (char *)"w1" };
    i.result = (struct item_result){ .state = (char *)"rejected",
                                     .failure_class = (char *)"no-f2p",
                                     .seconds = 1.5,
                                     .f2p = 0,
                                     .p2p = 7 };
    json_t *doc = item_to_json(&i, 2, "a__x-2");
    assert_int_equal(item_write(&ws, id.s, 2, doc, NULL), 0);
    assert_int_equal(item_read(&ws, id.s, 2, &back, NULL), 0);
    assert_int_equal(back.tries, 2);
    assert_string_equal(back.result.failure_class, "no-f2p");
    assert_int_equal(back.result.p2p, 7);
    assert_true(item_finished(&back));
    item_release(&back);
    assert_int_equal(batch_status(&ws, id.s, &s, NULL), 0);
    assert_int_equal(s.queued, 2);
    assert_int_equal(s.results[RESULT_REJECTED], 1);
    assert_string_equal(s.state, "new");
    batch_status_release(&s);
    json_put_int(doc, "format", 2);
    assert_int_equal(item_write(&ws, id.s, 2, doc, NULL), 0);
    assert_int_equal(item_read(&ws, id.s, 2, &back, NULL), E_NEWER);
    json_decref(doc);
    strv_release(&ids);
    str_release(&id);
    close_workspace(&ws, dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),      cmocka_unit_test(test_known_ends),
        cmocka_unit_test(test_many_waits), cmocka_unit_test(test_backoff),
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_endless_line),
        cmocka_unit_test(test_meminfo),    cmocka_unit_test(test_low_water),
        cmocka_unit_test(test_old_images), cmocka_unit_test(test_manifest),
        cmocka_unit_test(test_bad_ids),    cmocka_unit_test(test_item_files),
    };
    return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
