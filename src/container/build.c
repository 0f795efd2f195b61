#include "container/private.h"

#include <stdlib.h>
#include <string.h>

struct build {
    const struct engine *engine;
    const struct build_spec *spec;
    struct tar tar;
    struct str ready;      /* of the stream, not yet taken */
    struct str dockerfile; /* as this engine can read it */
    struct str tail;       /* of the log */
    enum { FEED_DOCKERFILE, FEED_CONTEXT, FEED_END, FEED_DONE } stage;
};

static int feed_next(struct build *b, struct error *err)
{
    bool done = true;
    int rc = 0;
    switch (b->stage) {
    case FEED_DOCKERFILE:
        rc = tar_add_file(&b->tar, "Dockerfile", 0644, b->dockerfile.s, b->dockerfile.len, err);
        break;
    case FEED_CONTEXT:
        if (b->spec->context)
            rc = b->spec->context(b->spec->payload, &b->tar, &done, err);
        break;
    case FEED_END:
    case FEED_DONE:
        rc = tar_end(&b->tar, err);
        break;
    }
    b->stage += done;
    return rc;
}

static int on_feed(void *payload, struct str *chunk, struct error *err)
{
    struct build *b = payload;
    int rc = 0;
    while (rc == 0 && !b->ready.len && b->stage != FEED_DONE)
        rc = feed_next(b, err);
    str_swap(&b->ready, chunk);
    str_clear(&b->ready);
    return rc;
}

static void on_log(void *payload, const char *bytes, size_t n, bool is_err UNUSED)
{
    tail_add(&((struct build *)payload)->tail, bytes, n);
}

static void build_init(struct build *b, const struct engine *e, const struct build_spec *spec)
{
    b->engine = e;
    b->spec = spec;
    b->stage = FEED_DOCKERFILE;
    str_init(&b->ready);
    str_init(&b->dockerfile);
    str_init(&b->tail);
    tar_begin(&b->tar, &b->ready);
    if (e->buildkit)
        str_add(&b->dockerfile, spec->dockerfile);
    else
        dockerfile_without_mounts(spec->dockerfile, &b->dockerfile);
}

static void build_release(struct build *b)
{
    tar_release(&b->tar);
    str_release(&b->ready);
    str_release(&b->dockerfile);
    str_release(&b->tail);
}

static void client_argv(const struct build *b, struct strv *argv)
{
    struct strv proxies = STRV_INIT;
    if (b->spec->network)
        site_proxies(&proxies);
    strv_add(argv, b->engine->command);
    build_argv(b->spec, &proxies, argv);
    strv_release(&proxies);
}

static int run_client(struct build *b, struct process_result *res, struct error *err)
{
    struct strv argv = STRV_INIT;
    client_argv(b, &argv);
    struct process_spec spec = {
        .argv = (const char *const *)argv.v,
        .env = (const char *const *)b->engine->env.v,
        .feed = on_feed,
        .out_path = b->spec->log,
        .append = true,
        .on_data = on_log,
        .payload = b,
        .limit_ms = b->spec->limit_ms,
        .stop = b->spec->stop,
    };
    int rc = process_run(&spec, res, err);
    if (rc == E_TIMEOUT)
        error_set(err, rc, "the image was not built within %lld s",
                  (long long)(b->spec->limit_ms / 1000));
    strv_release(&argv);
    return rc;
}

static int build_failed(const struct build *b, struct error *err)
{
    struct str reason = STR_INIT;
    int code = build_log_reason(b->tail.s, &reason);
    int rc = code == E_FAIL ? engine_ping(b->engine, err) : 0;
    if (rc == 0)
        rc = error_set(err, code == E_NOTFOUND ? E_MISSING : code, "%s", reason.s);
    str_release(&reason);
    return rc;
}

int image_build(const struct engine *e, const struct build_spec *spec, struct build_result *out,
                struct error *err)
{
    struct build b;
    struct process_result res;
    struct image_info image = { 0 };
    memset(out, 0, sizeof(*out));
    build_init(&b, e, spec);
    int rc = run_client(&b, &res, err);
    if (rc == 0 && (res.exit_code != 0 || res.signal))
        rc = build_failed(&b, err);
    if (rc == 0)
        rc = image_inspect(e, spec->tag, &image, err);
    if (rc == 0) {
        out->id = xstrdup(image.id);
        out->size = image.size;
    }
    out->ms = res.ms;
    image_info_release(&image);
    build_release(&b);
    return rc;
}

void build_result_release(struct build_result *r)
{
    free(r->id);
    r->id = NULL;
}
