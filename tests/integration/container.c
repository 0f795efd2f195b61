/* Real containers through the public calls; exit 77 when no engine answers. */
#include "tests/unit/unit.h"

#include "container/container.h"

#include <unistd.h>

struct fixture {
    struct config config;
    struct engine engine;
    struct str base;
    char dir[64];
};

static struct run_result run_shell(struct fixture *f, const char *script, struct run_spec *spec,
                                   int want)
{
    const char *const argv[] = { "sh", "-s", NULL };
    struct error err = ERROR_INIT;
    struct run_result res;
    spec->image = f->base.s;
    spec->argv = argv;
    spec->input = script;
    spec->input_len = strlen(script);
    int rc = container_run(&f->engine, spec, &res, &err);
    if (rc != want)
        print_error("container_run: %s\n", error_text(&err));
    assert_int_equal(rc, want);
    error_release(&err);
    return res;
}

static char *log_path(struct fixture *f)
{
    return str_format("%s/log", f->dir);
}

static struct str log_read(struct fixture *f)
{
    struct str text = STR_INIT;
    char *path = log_path(f);
    assert_int_equal(file_read(path, &text, NULL), 0);
    free(path);
    return text;
}

static void test_runs_a_script_and_tells_its_status(void **state)
{
    struct fixture *f = *state;
    char *log = log_path(f);
    struct run_spec spec = { .log = log };
    struct run_result res = run_shell(f, "echo out; echo err >&2; exit 7\n", &spec, 0);
    struct str text = log_read(f);
    assert_int_equal(res.exit_code, 7);
    assert_false(res.timed_out || res.oom_killed || res.log_truncated);
    assert_non_null(strstr(text.s, "out"));
    assert_non_null(strstr(text.s, "err"));
    str_release(&text);
    free(log);
}

static void test_has_no_network_and_no_powers(void **state)
{
    struct run_spec spec = { 0 };
    struct run_result res = run_shell(
        *state,
        "set -e; test \"$(ls /sys/class/net)\" = lo; grep -q '^CapEff:\t0*$' /proc/self/status; "
        "grep -q '^NoNewPrivs:\t1$' /proc/self/status\n",
        &spec, 0);
    assert_int_equal(res.exit_code, 0);
}

static void test_signal_is_told(void **state)
{
    struct run_spec spec = { 0 };
    struct run_result res = run_shell(*state, "kill -SEGV $$\n", &spec, 0);
    assert_int_equal(res.signal, 11);
    assert_int_equal(res.exit_code, 139);
}

static void test_time_limit_kills_the_container(void **state)
{
    struct fixture *f = *state;
    const char *const names[] = { f->engine.command,          "ps", "--quiet", "--filter",
                                  "label=bottega.test=limit", NULL };
    const char *const labels[] = { "bottega.test=limit", NULL };
    struct run_spec spec = { .limits.ms = 1500, .labels = labels };
    struct str left = STR_INIT;
    struct run_result res = run_shell(f, "trap '' TERM; sleep 600 & wait; sleep 600\n", &spec, 0);
    assert_true(res.timed_out);
    assert_int_equal(process_capture(names, &left, NULL), 0);
    assert_string_equal(left.s, "");
    str_release(&left);
}

static void test_memory_limit_is_told(void **state)
{
    struct run_spec spec = { .limits.memory_bytes = 64 << 20 };
    struct run_result res =
        run_shell(*state, "exec python -c 'x = b\"a\" * (500 << 20)'\n", &spec, 0);
    assert_true(res.oom_killed);
    assert_int_equal(res.exit_code, 137);
}

static void test_process_limit_holds(void **state)
{
    struct run_spec spec = { .limits.pids = 20 };
    struct run_result res = run_shell(
        *state, "i=0; while [ $i -lt 60 ]; do sleep 5 & i=$((i+1)); done; exit 0\n", &spec, 0);
    assert_int_not_equal(res.exit_code, 0);
}

static void test_file_limit_holds(void **state)
{
    struct run_spec spec = { .limits.file_bytes = 1 << 20 };
    struct run_result res =
        run_shell(*state, "head -c 2000000 /dev/zero >/tmp/x && exit 0; exit 5\n", &spec, 0);
    assert_int_equal(res.exit_code, 5);
}

static void test_disk_limit_kills(void **state)
{
    struct run_spec spec = { .limits = { .disk_bytes = 10 << 20, .ms = 60000 } };
    struct run_result res =
        run_shell(*state, "head -c 40000000 /dev/zero >/tmp/x; sleep 600\n", &spec, 0);
    assert_true(res.disk_full);
    assert_false(res.timed_out);
}

static void test_long_log_keeps_head_and_end(void **state)
{
    struct fixture *f = *state;
    char *log = log_path(f);
    struct run_spec spec = { .log = log, .limits.log_bytes = 1000 };
    struct run_result res =
        run_shell(f, "echo FIRST; yes filler | head -n 100000; echo LAST\n", &spec, 0);
    struct str text = log_read(f);
    assert_true(res.log_truncated);
    assert_true(str_starts(text.s, "FIRST\n"));
    assert_true(str_ends(text.s, "LAST\n"));
    const char *notice = strstr(text.s, "\n[bottega: ");
    size_t notice_len = (size_t)(strchr(notice + 1, '\n') + 1 - notice);
    assert_int_equal((size_t)res.log_dropped + text.len - notice_len, 6 + 700000 + 5);
    str_release(&text);
    free(log);
}

static void test_files_come_out_bounded(void **state)
{
    struct fixture *f = *state;
    char *small = str_format("%s/small", f->dir), *big = str_format("%s/big", f->dir);
    char *link = str_format("%s/link", f->dir), *none = str_format("%s/none", f->dir);
    struct container_copy copies[] = { { "/tmp/small", small, 0, false },
                                       { "/tmp/big", big, 1000, false },
                                       { "/tmp/link", link, 0, false },
                                       { "/tmp/none", none, 0, false } };
    struct run_spec spec = { .copies = copies, .n_copies = ARRAY_LEN(copies) };
    struct str text = STR_INIT;
    /* The link names a file that only this host has: it must not come out of any engine. */
    char *script = str_format("printf abc >/tmp/small; head -c 900000 /dev/zero >/tmp/big; "
                              "ln -s %s/log /tmp/link\n",
                              f->dir);
    run_shell(f, script, &spec, 0);
    free(script);
    assert_true(copies[0].copied);
    assert_false(copies[1].copied || copies[2].copied || copies[3].copied);
    assert_int_equal(file_read(small, &text, NULL), 0);
    assert_string_equal(text.s, "abc");
    assert_false(path_exists(big) || path_exists(link) || path_exists(none));
    str_release(&text);
    free(small);
    free(big);
    free(link);
    free(none);
}

static void test_what_is_missing_is_named(void **state)
{
    struct fixture *f = *state;
    const char *const argv[] = { "/no/such/program", NULL };
    struct run_spec spec = { .image = f->base.s, .argv = argv };
    struct run_result res;
    struct error err = ERROR_INIT;
    assert_int_equal(container_run(&f->engine, &spec, &res, &err), E_NOTFOUND);
    assert_non_null(strstr(error_text(&err), "/no/such/program"));
    spec.image = "bottega-none:1";
    assert_int_equal(container_run(&f->engine, &spec, &res, &err), E_NOTFOUND);
    assert_non_null(strstr(error_text(&err), "bottega-none:1"));
    error_release(&err);
}

static void test_cancel_leaves_nothing(void **state)
{
    struct cancel stop = { 1 };
    struct run_spec spec = { .stop = &stop };
    run_shell(*state, "sleep 600\n", &spec, E_CANCELLED);
}

/* ---- builds ---- */

static int add_one_file(void *payload, struct tar *tar, bool *done, struct error *err)
{
    *done = true;
    return tar_add_file(tar, "hello", 0755, payload, strlen(payload), err);
}

static void test_builds_from_a_stream(void **state)
{
    struct fixture *f = *state;
    char text[] = "#!/bin/sh\necho hello from the image\n";
    char *arg = str_format("BASE=%s", f->base.s), *log = log_path(f);
    const char *const args[] = { arg, NULL };
    const char *const labels[] = { "bottega.workspace=test0", NULL };
    struct build_spec spec = { .dockerfile =
                                   "ARG BASE\nFROM ${BASE}\nCOPY hello /hello\n"
                                   "RUN --mount=type=cache,target=/root/.cache/x /hello\n",
                               .context = add_one_file,
                               .payload = text,
                               .tag = "bottega-test:stream",
                               .labels = labels,
                               .build_args = args,
                               .log = log };
    struct build_result built;
    struct error err = ERROR_INIT;
    int rc = image_build(&f->engine, &spec, &built, &err);
    if (rc < 0)
        print_error("%s\n", error_text(&err));
    assert_int_equal(rc, 0);
    assert_true(str_starts(built.id, "sha256:") || strlen(built.id) == 64);
    assert_true(built.size > 1 << 20);
    build_result_release(&built);
    error_release(&err);
    free(arg);
    free(log);
}

static void test_failed_step_is_named(void **state)
{
    struct fixture *f = *state;
    char *arg = str_format("BASE=%s", f->base.s);
    const char *const args[] = { arg, NULL };
    struct build_spec spec = { .dockerfile = "ARG BASE\nFROM ${BASE}\nRUN echo one\nRUN exit 9\n",
                               .tag = "bottega-test:failed",
                               .build_args = args };
    struct build_result built;
    struct error err = ERROR_INIT;
    assert_int_equal(image_build(&f->engine, &spec, &built, &err), E_FAIL);
    assert_non_null(strstr(error_text(&err), "RUN exit 9"));
    assert_non_null(strstr(error_text(&err), "status 9"));
    build_result_release(&built);
    error_release(&err);
    free(arg);
}

static void test_gc_takes_only_its_workspace(void **state)
{
    struct fixture *f = *state;
    struct gc_spec spec = { .workspace = "test0" };
    struct gc_report report;
    gc_report_init(&report);
    assert_int_equal(engine_gc(&f->engine, &spec, &report, NULL), 0);
    assert_int_equal(report.removed.n, 1);
    assert_true(str_ends(report.removed.v[0], "bottega-test:stream"));
    assert_true(image_exists(&f->engine, f->base.s));
    assert_false(image_exists(&f->engine, "bottega-test:stream"));
    gc_report_release(&report);
}

int main(void)
{
    static struct fixture f;
    struct error err = ERROR_INIT;
    struct base_request rq = { .version = "3.8" };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_runs_a_script_and_tells_its_status, &f),
        cmocka_unit_test_prestate(test_has_no_network_and_no_powers, &f),
        cmocka_unit_test_prestate(test_signal_is_told, &f),
        cmocka_unit_test_prestate(test_time_limit_kills_the_container, &f),
        cmocka_unit_test_prestate(test_memory_limit_is_told, &f),
        cmocka_unit_test_prestate(test_process_limit_holds, &f),
        cmocka_unit_test_prestate(test_file_limit_holds, &f),
        cmocka_unit_test_prestate(test_disk_limit_kills, &f),
        cmocka_unit_test_prestate(test_long_log_keeps_head_and_end, &f),
        cmocka_unit_test_prestate(test_files_come_out_bounded, &f),
        cmocka_unit_test_prestate(test_what_is_missing_is_named, &f),
        cmocka_unit_test_prestate(test_cancel_leaves_nothing, &f),
        cmocka_unit_test_prestate(test_builds_from_a_stream, &f),
        cmocka_unit_test_prestate(test_failed_step_is_named, &f),
        cmocka_unit_test_prestate(test_gc_takes_only_its_workspace, &f),
    };
    config_init(&f.config);
    str_init(&f.base);
    if (config_load(&f.config, NULL, NULL, &err) < 0 ||
        engine_open(&f.config, NULL, &f.engine, &err) < 0) {
        printf("skip: %s\n", error_text(&err));
        return 77;
    }
    snprintf(f.dir, sizeof(f.dir), "/tmp/bottega-test-XXXXXX");
    if (!mkdtemp(f.dir) || image_base_ensure(&f.engine, &f.config, &rq, &f.base, &err) < 0) {
        printf("not ok base image: %s\n", error_text(&err));
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    int rc = tree_remove(f.dir, &err);
    engine_release(&f.engine);
    config_release(&f.config);
    str_release(&f.base);
    error_release(&err);
    return failed || rc < 0;
}
