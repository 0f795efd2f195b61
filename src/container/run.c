#include "container/private.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { DISK_EVERY_MS = 3000 };

struct run {
    const struct engine *engine;
    const struct run_spec *spec;
    char *name;
    struct str tail;
    struct run_result *res;
    int rc; /* of the client */
    struct process_result client;
    struct error *err;
    uv_loop_t loop;
    uv_timer_t disk_timer;
    struct process *process; /* NULL once it ended */
    struct str disk_answer;
    const char *disk_argv[8];
    bool disk_asked; /* an answer is awaited */
};

char *container_name_new(void)
{
    uint64_t n = 0;
    if (getrandom(&n, sizeof(n), 0) != (ssize_t)sizeof(n))
        n = (uint64_t)clock_ms();
    return str_format("bottega-%d-%llx", (int)getpid(), (unsigned long long)n);
}

static void on_output(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct run *r = payload;
    tail_add(&r->tail, bytes, n);
    if (r->spec->on_data)
        r->spec->on_data(r->spec->payload, bytes, n, is_err);
}

static int on_feed(void *payload, struct str *chunk, struct error *err)
{
    const struct run_spec *spec = ((struct run *)payload)->spec;
    return spec->feed(spec->payload, chunk, err);
}

/* ---- the disk it fills, looked at while it runs ---- */

static void on_disk_bytes(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct run *r = payload;
    if (!is_err)
        str_addn(&r->disk_answer, bytes, n);
}

static void on_disk_answer(void *payload, int rc, const struct process_result *res UNUSED,
                           const struct error *err UNUSED)
{
    struct run *r = payload;
    r->disk_asked = false;
    if (rc < 0 || !r->process || atoll(r->disk_answer.s) <= r->spec->limits.disk_bytes)
        return;
    r->res->disk_full = true;
    process_stop(r->process);
}

static void on_disk_timer(uv_timer_t *timer)
{
    struct run *r = timer->data;
    struct process *asking = NULL;
    struct error ignored = ERROR_INIT;
    struct process_spec spec = {
        .argv = r->disk_argv,
        .env = (const char *const *)r->engine->env.v,
        .on_data = on_disk_bytes,
        .payload = r,
        .limit_ms = 60000,
    };
    if (r->disk_asked)
        return;
    str_clear(&r->disk_answer);
    r->disk_asked = process_start(&r->loop, &spec, on_disk_answer, r, &asking, &ignored) == 0;
    error_release(&ignored);
}

static void watch_disk(struct run *r)
{
    const char *const argv[] = { r->engine->command, "container",   "inspect", "--size",
                                 "--format",         "{{.SizeRw}}", r->name,   NULL };
    memcpy(r->disk_argv, argv, sizeof(argv));
    uv_timer_init(&r->loop, &r->disk_timer);
    r->disk_timer.data = r;
    if (r->spec->limits.disk_bytes)
        uv_timer_start(&r->disk_timer, on_disk_timer, DISK_EVERY_MS, DISK_EVERY_MS);
}

/* ---- the client, from start to end ---- */

static void on_client_exit(void *payload, int rc, const struct process_result *res,
                           const struct error *err)
{
    struct run *r = payload;
    r->process = NULL;
    r->rc = rc;
    r->client = *res;
    if (rc < 0)
        error_set(r->err, rc, "%s", error_text(err));
    uv_close((uv_handle_t *)&r->disk_timer, NULL);
}

static void client_argv(const struct run *r, struct strv *argv)
{
    struct strv proxies = STRV_INIT;
    if (r->spec->network)
        site_proxies(&proxies);
    strv_add(argv, r->engine->command);
    run_argv(r->engine, r->spec, r->name, &proxies, argv);
    strv_release(&proxies);
}

static int run_client(struct run *r)
{
    struct strv argv = STRV_INIT;
    client_argv(r, &argv);
    struct process_spec spec = {
        .argv = (const char *const *)argv.v,
        .env = (const char *const *)r->engine->env.v,
        .input = r->spec->input,
        .input_len = r->spec->input_len,
        .feed = r->spec->feed ? on_feed : NULL,
        .out_path = r->spec->log,
        .max_bytes = r->spec->limits.log_bytes,
        .on_data = on_output,
        .payload = r,
        .limit_ms = r->spec->limits.ms,
        .stop = r->spec->stop,
    };
    signal(SIGPIPE, SIG_IGN); /* a command that does not read its input must not end us */
    uv_loop_init(&r->loop);
    watch_disk(r);
    int rc = process_start(&r->loop, &spec, on_client_exit, r, &r->process, r->err);
    if (rc < 0)
        uv_close((uv_handle_t *)&r->disk_timer, NULL);
    uv_run(&r->loop, UV_RUN_DEFAULT);
    uv_loop_close(&r->loop);
    strv_release(&argv);
    return rc;
}

/* ---- what became of it ---- */

static int ask_state(const struct run *r, struct run_state *st, struct error *err)
{
    const char *const argv[] = { "container",       "inspect", "--format",
                                 "{{json .State}}", r->name,   NULL };
    struct str json = STR_INIT;
    int rc = engine_ask(r->engine, argv, &json, err);
    if (rc == 0)
        rc = run_state_parse(json.s, st, err);
    str_release(&json);
    return rc;
}

/* The container was never made: the client's last words say why. */
static int not_made(const struct run *r, struct error *err)
{
    struct str words = STR_INIT;
    int code = engine_words_class(r->tail.s);
    engine_last_words(r->tail.s, &words);
    if (code == E_FAIL)
        code = E_ENGINE;
    int rc = code == E_NOTFOUND
                 ? error_set(err, code, "the image %s is not there", r->spec->image)
                 : error_set(err, code, "%s run: %s", path_base(r->engine->command), words.s);
    str_release(&words);
    return rc;
}

/* With an init process the engine cannot tell a missing program from a command's own status, but
 * then these are the first and only words. */
static bool init_found_no_program(const struct run *r, const struct run_state *st)
{
    return st->exit_code != 0 &&
           (str_starts(r->tail.s, "[FATAL tini (") || str_starts(r->tail.s, "ERROR (catatonit:"));
}

static bool no_program(const struct run *r, const struct run_state *st)
{
    const char *words = st->created_only && !st->error.len ? r->tail.s : st->error.s;
    return init_found_no_program(r, st) || strstr(words, "no such file or directory") ||
           strstr(words, "executable file not found");
}

/* The container was made and did not start; podman says why on stderr only. */
static int not_started(const struct run *r, const struct run_state *st, struct error *err)
{
    struct str words = STR_INIT;
    engine_last_words(r->tail.s, &words);
    int rc = error_set(err, E_ENGINE, "%s run: the container did not start: %s",
                       path_base(r->engine->command), st->error.len ? st->error.s : words.s);
    str_release(&words);
    return rc;
}

/* Podman on cgroup 1 does not see who ran out of memory; a SIGKILL that nobody here sent is it. */
static bool killed_silently(const struct run *r, const struct run_state *st)
{
    return r->engine->kind == ENGINE_PODMAN && r->rc == 0 && !st->running &&
           st->exit_code == 128 + SIGKILL && r->spec->limits.memory_bytes;
}

static int judge(struct run *r, const struct run_state *st, struct error *err)
{
    bool killed_by_us = r->rc == E_TIMEOUT || r->rc == E_CANCELLED;
    if (no_program(r, st))
        return error_set(err, E_NOTFOUND, "%s cannot be run in %s", r->spec->argv[0],
                         r->spec->image);
    if (st->error.len || (st->created_only && !killed_by_us))
        return not_started(r, st, err);
    if (!killed_by_us && (st->running || st->exit_code != r->client.exit_code))
        return error_set(err, E_ENGINE, "%s lost its container; is the daemon still the same one?",
                         path_base(r->engine->command));
    r->res->exit_code = st->running ? 128 + SIGKILL : st->exit_code;
    r->res->signal = r->res->exit_code > 128 ? r->res->exit_code - 128 : 0;
    r->res->oom_killed = st->oom_killed || killed_silently(r, st);
    r->res->timed_out = r->rc == E_TIMEOUT;
    r->res->ms = st->ms ? st->ms : r->client.ms;
    return 0;
}

/* What the container wrote still stands: a disk without room now had none when it failed. */
static int check_disk(const struct run *r, struct error *err)
{
    const int64_t least = 64 << 20;
    int64_t free_bytes = 0, total = 0;
    if (r->res->exit_code == 0 || r->engine->root_free < 0 ||
        !disk_space(r->engine->root, &free_bytes, &total) || free_bytes >= least)
        return 0;
    return error_set(err, E_DISK,
                     "no space left below %s while the container ran: free some "
                     "(bottega gc) and run the same command again",
                     r->engine->root);
}

/* The container's end decides; a log that could not be kept or a raised cancel comes first. */
static int settle(struct run *r, struct error *err)
{
    struct run_state st = { .error = STR_INIT };
    bool own_end = r->rc == 0 || r->rc == E_TIMEOUT || r->res->disk_full;
    if (!own_end)
        return r->rc;
    int rc = ask_state(r, &st, err);
    if (rc == E_NOTFOUND)
        rc = not_made(r, err);
    else if (rc == 0)
        rc = judge(r, &st, err);
    if (rc == 0)
        rc = check_disk(r, err);
    str_release(&st.error);
    return rc;
}

/* A log keeps its head up to the limit, and its end: the marker line stands there. */
static int finish_log(struct run *r, struct error *err)
{
    int64_t dropped = r->client.dropped_bytes;
    r->res->log_dropped = dropped > (int64_t)r->tail.len ? dropped - (int64_t)r->tail.len : 0;
    r->res->log_truncated = r->res->log_dropped > 0;
    if (!dropped || !r->spec->log)
        return 0;
    size_t n = dropped < (int64_t)r->tail.len ? (size_t)dropped : r->tail.len;
    struct str end = STR_INIT;
    if (r->res->log_truncated)
        str_addf(&end, "\n[bottega: %lld bytes of this log were not kept]\n",
                 (long long)r->res->log_dropped);
    str_addn(&end, r->tail.s + r->tail.len - n, n);
    FILE *f = fopen(r->spec->log, "ae");
    bool written = f && fwrite(end.s, 1, end.len, f) == end.len;
    if ((f && fclose(f) != 0) || !written)
        written = false;
    str_release(&end);
    return written ? 0 : error_errno(err, errno, "cannot write %s", r->spec->log);
}

static int copy_files(struct run *r, struct error *err)
{
    for (size_t i = 0; i < r->spec->n_copies; i++) {
        int rc = container_copy_out(r->engine, r->name, &r->spec->copies[i], err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

static void remove_container(const struct run *r)
{
    const char *const argv[] = { "rm", "--force", "--volumes", r->name, NULL };
    struct error ignored = ERROR_INIT;
    /* What a dead engine leaves behind carries our labels: gc removes it. */
    int rc = engine_ask(r->engine, argv, NULL, &ignored);
    (void)rc;
    error_release(&ignored);
}

int container_run(const struct engine *e, const struct run_spec *spec, struct run_result *out,
                  struct error *err)
{
    struct run r = {
        .engine = e, .spec = spec, .tail = STR_INIT, .res = out, .err = err, .disk_answer = STR_INIT
    };
    int64_t started = clock_ms();
    memset(out, 0, sizeof(*out));
    r.name = container_name_new();
    int rc = run_client(&r);
    if (rc == 0)
        rc = settle(&r, err);
    if (rc == 0)
        rc = finish_log(&r, err);
    if (rc == 0)
        rc = copy_files(&r, err);
    remove_container(&r);
    out->overhead_ms = clock_ms() - started - out->ms;
    str_release(&r.tail);
    str_release(&r.disk_answer);
    free(r.name);
    return rc;
}

void container_limits_init(struct container_limits *l, const struct config *config)
{
    l->memory_bytes = config_int(config, "container.memory");
    l->cpus = (double)config_int(config, "container.cpus");
    l->pids = config_int(config, "container.pids");
    l->ms = config_int(config, "evaluation.limit");
    l->log_bytes = config_int(config, "evaluation.log");
    l->file_bytes = config_int(config, "container.tmp");
    l->disk_bytes = config_int(config, "container.disk");
}
