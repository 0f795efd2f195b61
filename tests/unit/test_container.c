#include "tests/unit/unit.h"

#include "container/private.h"

#include <unistd.h>

/* ---- argument vectors ---- */

static char *joined_new(const struct strv *argv)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < argv->n; i++) {
        str_add(&out, i ? " " : "");
        str_add_quoted(&out, argv->v[i]);
    }
    return str_detach(&out);
}

static void test_run_is_closed_by_default(void **state UNUSED)
{
    const char *const argv[] = { "bash", "-s", NULL };
    struct run_spec spec = { .image = "img:1", .argv = argv };
    struct strv proxies = STRV_INIT, out = STRV_INIT;
    strv_add(&proxies, "http_proxy=http://proxy:3128");
    struct engine engine = { .init = true, .ipv6 = true };
    run_argv(&engine, &spec, "name-1", &proxies, &out);
    char *line = joined_new(&out);
    assert_string_equal(
        line,
        "run --name name-1 --pull=never --cap-drop=ALL "
        "--security-opt=no-new-privileges --log-driver=none --init --network=none "
        "--sysctl=net.ipv6.conf.lo.disable_ipv6=0 --ulimit=core=0:0 --ulimit=nofile=4096:4096 "
        "--entrypoint bash img:1 -s");
    free(line);
    strv_release(&proxies);
    strv_release(&out);
}

static void test_run_says_every_limit(void **state UNUSED)
{
    const char *const argv[] = { "sh", NULL };
    const char *const env[] = { "A=b c", NULL };
    const char *const labels[] = { "bottega.workspace=w", "bottega.job=j", NULL };
    struct container_mount mounts[] = { { "/h/in", "/in", false }, { "/h/out", "/out", true } };
    struct run_spec spec = {
        .image = "img",
        .argv = argv,
        .env = env,
        .labels = labels,
        .input = "x",
        .network = true,
        .limits = { .memory_bytes = 1024, .cpus = 1.5, .pids = 9, .file_bytes = 77 },
        .mounts = mounts,
        .n_mounts = 2,
        .workdir = "/w",
        .user = "1000",
    };
    struct strv proxies = STRV_INIT, out = STRV_INIT;
    strv_add(&proxies, "http_proxy=http://proxy:3128");
    struct engine engine = { .init = false };
    run_argv(&engine, &spec, "n", &proxies, &out);
    static const char *const wanted[] = {
        "--interactive",
        "http_proxy=http://proxy:3128",
        "--memory=1024",
        "--memory-swap=1024",
        "--cpus=1.50",
        "--pids-limit=9",
        "--ulimit=fsize=77:77",
        "--mount=type=bind,source=/h/in,target=/in,readonly",
        "--mount=type=bind,source=/h/out,target=/out",
        "bottega.workspace=w",
        "bottega.job=j",
        "A=b c",
        "/w",
        "1000",
    };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        assert_true(strv_has(&out, wanted[i]));
    assert_false(strv_has(&out, "--network=none") || strv_has(&out, "--init"));
    strv_release(&proxies);
    strv_release(&out);
}

static void test_build_argv(void **state UNUSED)
{
    const char *const args[] = { "BASE=b:1", NULL };
    struct build_spec spec = { .tag = "t:1", .build_args = args };
    struct strv proxies = STRV_INIT, out = STRV_INIT;
    strv_add(&proxies, "https_proxy=http://proxy:3128");
    build_argv(&spec, &proxies, &out);
    char *line = joined_new(&out);
    assert_string_equal(line, "build --file=Dockerfile --force-rm --tag t:1 --network=none "
                              "--build-arg BASE=b:1 -");
    free(line);
    strv_clear(&out);
    spec.network = spec.no_cache = true;
    build_argv(&spec, &proxies, &out);
    assert_true(strv_has(&out, "https_proxy=http://proxy:3128"));
    assert_true(strv_has(&out, "--no-cache"));
    assert_false(strv_has(&out, "--network=none"));
    strv_release(&proxies);
    strv_release(&out);
}

static void test_mounts_leave_a_dockerfile(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "FROM x\nRUN a\n", "FROM x\nRUN a\n" },
        { "RUN --mount=type=cache,target=/c a --mount=b\n", "RUN a --mount=b\n" },
        { "run --mount=type=cache,target=/c --mount=type=tmpfs,target=/t \\\n    a && b\n",
          "run \\\n    a && b\n" },
        { "RUN \\\n  --mount=type=cache,target=/c \\\n  a\n", "RUN \\\n  a\n" },
        { "RUN --network=none --mount=type=cache,target=/c a\n", "RUN --network=none a\n" },
        { "RUN x \\\n RUN --mount=type=cache,target=/c a\n",
          "RUN x \\\n RUN --mount=type=cache,target=/c a\n" },
        { "ENV A=RUN --mount=x", "ENV A=RUN --mount=x" },
        { "RUNNER --mount=x\n", "RUNNER --mount=x\n" },
        { "RUN", "RUN" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str out = STR_INIT;
        dockerfile_without_mounts(cases[i][0], &out);
        assert_string_equal(out.s, cases[i][1]);
        str_release(&out);
    }
}

/* ---- tar streams ---- */

static void tar_fill(struct tar *t, const char *long_name)
{
    assert_int_equal(tar_add_dir(t, "src", NULL), 0);
    assert_int_equal(tar_add_file(t, "src/a.py", 0100644, "print(1)\r\n\f", 11, NULL), 0);
    assert_int_equal(tar_add_file(t, "src/empty", 0100644, "", 0, NULL), 0);
    assert_int_equal(tar_add_file(t, "run me", 0100755, "#!/bin/sh\n", 10, NULL), 0);
    assert_int_equal(tar_add_file(t, "caf\xe9", 0100644, "latin", 5, NULL), 0);
    assert_int_equal(tar_add_link(t, "src/link", "../run me", NULL), 0);
    assert_int_equal(tar_add_file(t, long_name, 0100644, "deep", 4, NULL), 0);
}

static void test_tar_comes_back_from_tar(void **state UNUSED)
{
    char long_name[401], file[] = "/tmp/bottega-tar-XXXXXX";
    struct tar t;
    struct str bytes = STR_INIT, list = STR_INIT;
    const char *const argv[] = { "tar", "--quoting-style=escape", "-tvf", file, NULL };
    memset(long_name, 'd', sizeof(long_name));
    for (size_t i = 50; i < 400; i += 50)
        long_name[i] = '/';
    long_name[400] = '\0';
    tar_begin(&t, &bytes);
    tar_fill(&t, long_name);
    assert_int_equal(tar_end(&t, NULL), 0);
    tar_release(&t);
    close(mkstemp(file));
    assert_int_equal(file_write(file, bytes.s, bytes.len, NULL), 0);
    assert_int_equal(process_capture(argv, &list, NULL), 0);
    static const char *const wanted[] = { "drwxr-xr-x 0/0", "src/a.py\n", "-rwxr-xr-x 0/0",
                                          "run me\n",       "caf\\351\n", "src/link -> ../run me\n",
                                          "2000-01-01" };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        assert_non_null(strstr(list.s, wanted[i]));
    assert_non_null(strstr(list.s, long_name));
    remove(file);
    str_release(&bytes);
    str_release(&list);
}

static void test_tar_refuses_to_climb(void **state UNUSED)
{
    static const char *const paths[] = { "", "/etc/passwd", "..", "a/../../b", "a/.." };
    struct str bytes = STR_INIT;
    struct tar t;
    tar_begin(&t, &bytes);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        assert_int_equal(tar_add_file(&t, paths[i], 0644, "x", 1, NULL), E_PARSE);
    assert_int_equal(tar_add_file(&t, "..a/b..", 0644, "x", 1, NULL), 0);
    tar_release(&t);
    str_release(&bytes);
}

/* ---- what engines say ---- */

static struct engine parsed(const char *info, const char *version, int want, struct error *err)
{
    struct engine e = { .env = STRV_INIT, .warnings = STRV_INIT };
    assert_int_equal(engine_info_parse(&e, info, version, err), want);
    return e;
}

static void test_docker_info(void **state UNUSED)
{
    struct engine e =
        parsed("{\"Driver\":\"overlay2\",\"CgroupVersion\":\"1\","
               "\"DockerRootDir\":\"/var/lib/docker\","
               "\"ServerVersion\":\"20.10.24+dfsg1\","
               "\"SecurityOptions\":[\"name=seccomp,profile=default\","
               "\"name=rootless\"],\"Warnings\":[\"WARNING: No swap limit support\"]}",
               "Docker version 28.2.2, build e6534b4\n", 0, NULL);
    assert_int_equal(e.kind, ENGINE_DOCKER);
    assert_string_equal(e.version, "20.10.24+dfsg1");
    assert_string_equal(e.client_version, "28.2.2");
    assert_string_equal(e.root, "/var/lib/docker");
    assert_int_equal(e.cgroup_version, 1);
    assert_true(e.rootless);
    assert_int_equal(e.warnings.n, 1);
    assert_int_equal(version_major(e.client_version), 28);
    engine_release(&e);
}

static void test_podman_info(void **state UNUSED)
{
    struct engine e =
        parsed("{\"host\":{\"cgroupVersion\":\"v2\",\"security\":{\"rootless\":true}},"
               "\"store\":{\"graphDriverName\":\"overlay\",\"graphRoot\":\"/g\"},"
               "\"version\":{\"Version\":\"4.3.1\"}}",
               "podman version 4.3.1\n", 0, NULL);
    assert_int_equal(e.kind, ENGINE_PODMAN);
    assert_string_equal(e.version, "4.3.1");
    assert_int_equal(e.cgroup_version, 2);
    assert_true(e.rootless);
    engine_release(&e);
}

static void test_silent_servers(void **state UNUSED)
{
    static const char *const infos[] = {
        "{\"ServerErrors\":[\"Cannot connect to the Docker daemon at unix:///x.sock. Is it?\"]}",
        "{\"ServerVersion\":\"\"}",
        "Cannot connect to the Docker daemon at unix:///x.sock.\n",
        "",
    };
    for (size_t i = 0; i < ARRAY_LEN(infos); i++) {
        struct error err = ERROR_INIT;
        struct engine e = parsed(infos[i], "", E_ENGINE, &err);
        assert_true(*error_text(&err));
        engine_release(&e);
        error_release(&err);
    }
}

static void test_words_have_a_class(void **state UNUSED)
{
    static const struct {
        const char *words;
        int code;
    } cases[] = {
        { "Error: No such object: x", E_NOTFOUND },
        { "Error response from daemon: No such container: x", E_NOTFOUND },
        { "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.", E_ENGINE },
        { "write /x: no space left on device", E_DISK },
        { "dial tcp: lookup registry-1.docker.io: no such host", E_NETWORK },
        { "pull access denied for x, repository does not exist", E_MISSING },
        { "conflict: unable to remove", E_FAIL },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(engine_words_class(cases[i].words), cases[i].code);
}

static void test_last_words_are_bare(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "a\ndocker: Error response from daemon: bad.\n\n", "bad." },
        { "Error: one\r\n", "one" },
        { "", "" },
        { "esc \033[1m\n", "esc ^[[1m" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str out = STR_INIT;
        engine_last_words(cases[i][0], &out);
        assert_string_equal(out.s, cases[i][1]);
        str_release(&out);
    }
}

static void test_state_of_a_container(void **state UNUSED)
{
    struct run_state st;
    assert_int_equal(
        run_state_parse("{\"Status\":\"exited\",\"Running\":false,\"OOMKilled\":true,"
                        "\"ExitCode\":137,\"Error\":\"\",\"StartedAt\":\"2026-11-23T05:35:34."
                        "494784682Z\",\"FinishedAt\":\"2026-11-23T05:35:35.606530534Z\"}",
                        &st, NULL),
        0);
    assert_true(st.oom_killed);
    assert_false(st.running || st.created_only);
    assert_int_equal(st.exit_code, 137);
    assert_int_equal(st.ms, 1112);
    str_release(&st.error);
    assert_int_equal(
        run_state_parse("{\"Status\":\"created\",\"Error\":\"exec: no\",\"FinishedAt\":"
                        "\"0001-01-01T00:00:00Z\"}",
                        &st, NULL),
        0);
    assert_true(st.created_only);
    assert_string_equal(st.error.s, "exec: no");
    assert_int_equal(st.ms, 0);
    str_release(&st.error);
    assert_int_equal(run_state_parse("", &st, NULL), E_PARSE);
}

static void test_why_a_build_failed(void **state UNUSED)
{
    static const struct {
        const char *tail;
        int code;
        const char *reason;
    } cases[] = {
        { "#5 ERROR: executor failed running [/bin/sh -c exit 4]: exit code: 4\n------\n"
          " > [2/2] RUN exit 4:\n------\n"
          "executor failed running [/bin/sh -c exit 4]: exit code: 4\n",
          E_FAIL, "step 2/2 (RUN exit 4) ended with status 4" },
        { " > [stage-1 3/9] RUN make:\n0.1 no\n------\nDockerfile:9\nERROR: failed to solve: "
          "process "
          "\"/bin/sh -c make\" did not complete successfully: exit code: 2\n",
          E_FAIL, "step stage-1 3/9 (RUN make) ended with status 2" },
        { "Step 2/2 : RUN echo one &&     exit 4\n ---> Running in dda6d4d5928e\none\n"
          "The command '/bin/sh -c echo one' returned a non-zero code: 4\n",
          E_FAIL, "step 2/2 (RUN echo one &&     exit 4) ended with status 4" },
        { "STEP 3/4: RUN false\nError: building at STEP \"RUN false\": while running runtime: exit "
          "status 1\n",
          E_FAIL, "step 3/4 (RUN false) ended with status 1" },
        { " > [internal] load metadata for x:1:\n------\nfailed to solve with frontend "
          "dockerfile.v0: failed to create LLB definition: pull access denied, repository does not "
          "exist\n",
          E_MISSING, "pull access denied, repository does not exist" },
        { "failed to solve with frontend dockerfile.v0: failed to create LLB definition: "
          "dockerfile "
          "parse error line 2: unknown instruction: BOGUS\n",
          E_FAIL, "dockerfile parse error line 2: unknown instruction: BOGUS" },
        { "#9 1.0 head: error writing: No space left on device\n > [2/2] RUN x:\n"
          "executor failed running [x]: exit code: 1\n",
          E_DISK, "step 2/2 (RUN x) ended with status 1: no space left on device" },
        { " > [2/2] RUN make:\n------\nexecutor failed running [/bin/sh -c make]: failed to create "
          "endpoint x on network bridge: could not find bridge docker0\n",
          E_ENGINE,
          "executor failed running a step: failed to create endpoint x on network bridge: could "
          "not "
          "find bridge docker0" },
        { "", E_FAIL, "the builder ended without a word" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str reason = STR_INIT;
        assert_int_equal(build_log_reason(cases[i].tail, &reason), cases[i].code);
        assert_string_equal(reason.s, cases[i].reason);
        str_release(&reason);
    }
}

static void test_tail_keeps_the_end(void **state UNUSED)
{
    struct str tail = STR_INIT, all = STR_INIT;
    for (int i = 0; i < 60000; i++) {
        char line[16];
        int n = snprintf(line, sizeof(line), "%d\n", i);
        tail_add(&tail, line, (size_t)n);
        str_addn(&all, line, (size_t)n);
    }
    assert_in_range(tail.len, TAIL_BYTES, 2 * TAIL_BYTES);
    assert_true(str_ends(all.s, tail.s));
    tail_add(&tail, all.s, all.len);
    assert_true(str_ends(all.s, tail.s + tail.len - TAIL_BYTES));
    str_release(&tail);
    str_release(&all);
}

static void test_host_lock_is_exclusive_and_ends(void **state UNUSED)
{
    struct cancel stop = { 1 };
    int one = -1, two = -1;
    char *name = str_format("unit-%d", (int)getpid());
    assert_int_equal(host_lock(name, NULL, &one, NULL), 0);
    assert_int_equal(host_lock(name, &stop, &two, NULL), E_CANCELLED);
    host_unlock(one);
    assert_int_equal(host_lock(name, &stop, &two, NULL), 0);
    host_unlock(two);
    free(name);
}

static void test_oldest_images_first(void **state UNUSED)
{
    struct image_info infos[] = { { .tag = (char *)"c", .created = 30 },
                                  { .tag = (char *)"b", .created = 20 },
                                  { .tag = (char *)"a", .created = 20 },
                                  { .tag = (char *)"z", .created = 10 } };
    struct image_list l = { infos, ARRAY_LEN(infos) }, none = { NULL, 0 };
    image_list_oldest_first(&l);
    image_list_oldest_first(&none);
    assert_string_equal(infos[0].tag, "z");
    assert_string_equal(infos[1].tag, "a");
    assert_string_equal(infos[2].tag, "b");
    assert_string_equal(infos[3].tag, "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oldest_images_first),
        cmocka_unit_test(test_run_is_closed_by_default),
        cmocka_unit_test(test_run_says_every_limit),
        cmocka_unit_test(test_build_argv),
        cmocka_unit_test(test_mounts_leave_a_dockerfile),
        cmocka_unit_test(test_tar_comes_back_from_tar),
        cmocka_unit_test(test_tar_refuses_to_climb),
        cmocka_unit_test(test_docker_info),
        cmocka_unit_test(test_podman_info),
        cmocka_unit_test(test_silent_servers),
        cmocka_unit_test(test_words_have_a_class),
        cmocka_unit_test(test_last_words_are_bare),
        cmocka_unit_test(test_state_of_a_container),
        cmocka_unit_test(test_why_a_build_failed),
        cmocka_unit_test(test_tail_keeps_the_end),
        cmocka_unit_test(test_host_lock_is_exclusive_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
