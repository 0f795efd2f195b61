#include "container/private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { ASK_LIMIT_MS = 60000, PING_LIMIT_MS = 10000, PROBE_LIMIT_MS = 20000 };

/* ---- one command of the engine ---- */

struct caller {
    const struct engine_call *call;
    struct str words; /* the end of stderr */
};

static void on_answer(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct caller *c = payload;
    if (!is_err && c->call->out)
        str_addn(c->call->out, bytes, n);
    if (!is_err && !c->call->log)
        return;
    tail_add(&c->words, bytes, n);
}

static int feed_call(void *payload, struct str *chunk, struct error *err)
{
    const struct engine_call *call = ((struct caller *)payload)->call;
    return call->feed(call->payload, chunk, err);
}

static void full_argv(const struct engine *e, const char *const *argv, struct strv *all)
{
    strv_add(all, e->command);
    for (; *argv; argv++)
        strv_add(all, *argv);
}

static int refused(const struct engine *e, const struct caller *c, struct error *err)
{
    struct str words = STR_INIT;
    int code = engine_words_class(c->words.s);
    engine_last_words(c->words.s, &words);
    error_set(err, code, "%s %s: %s%s", path_base(e->command), c->call->argv[0],
              words.len ? words.s : "failed without a word",
              code == E_ENGINE ? "; start it and run the same command again" : "");
    str_release(&words);
    return code;
}

int engine_call(const struct engine *e, const struct engine_call *call, struct error *err)
{
    struct caller c = { call, STR_INIT };
    struct strv argv = STRV_INIT;
    struct process_result res;
    full_argv(e, call->argv, &argv);
    struct process_spec spec = {
        .argv = (const char *const *)argv.v,
        .env = (const char *const *)e->env.v,
        .feed = call->feed ? feed_call : NULL,
        .out_path = call->log,
        .append = true,
        .on_data = on_answer,
        .payload = &c,
        .limit_ms = call->limit_ms ? call->limit_ms : ASK_LIMIT_MS,
        .stop = call->stop,
    };
    int rc = process_run(&spec, &res, err);
    if (rc == 0 && (res.exit_code != 0 || res.signal))
        rc = refused(e, &c, err);
    strv_release(&argv);
    str_release(&c.words);
    return rc;
}

int engine_ask(const struct engine *e, const char *const *argv, struct str *out, struct error *err)
{
    struct engine_call call = { .argv = argv, .out = out };
    return engine_call(e, &call, err);
}

/* ---- which engine ---- */

static void engine_init(struct engine *e, const char *command)
{
    memset(e, 0, sizeof(*e));
    e->command = xstrdup(command);
    e->root_free = -1;
    strv_init(&e->env);
    strv_init(&e->warnings);
}

void engine_release(struct engine *e)
{
    free(e->command);
    free(e->version);
    free(e->client_version);
    free(e->storage_driver);
    free(e->root);
    strv_release(&e->env);
    strv_release(&e->warnings);
    memset(e, 0, sizeof(*e));
    strv_init(&e->env);
    strv_init(&e->warnings);
}

/* Programs of that name on PATH, each real file once. */
static void programs_on_path(const char *name, struct strv *out)
{
    struct strv dirs = STRV_INIT, real = STRV_INIT;
    const char *path = getenv("PATH");
    strv_split(&dirs, path ? path : "/usr/local/bin:/usr/bin:/bin", ":");
    for (size_t i = 0; i < dirs.n; i++) {
        char resolved[PATH_MAX];
        char *candidate = str_format("%s/%s", dirs.v[i], name);
        if (access(candidate, X_OK) == 0 && realpath(candidate, resolved) &&
            strv_add_once(&real, resolved))
            strv_add(out, candidate);
        free(candidate);
    }
    strv_release(&dirs);
    strv_release(&real);
}

static void candidates(const struct config *config, struct strv *out)
{
    const char *wanted = config_text(config, "container.command");
    if (strcmp(wanted, "auto") != 0) {
        strv_add(out, wanted);
        return;
    }
    programs_on_path("docker", out);
    programs_on_path("podman", out);
}

/* Podman in a restricted machine wants a file of its own; it stands in the workspace once a
 * probe has needed it. */
static void use_containers_conf(struct engine *e, const char *dir)
{
    char *conf = dir ? str_format("%s/containers.conf", dir) : NULL;
    if (conf && path_exists(conf))
        strv_addf(&e->env, "CONTAINERS_CONF=%s", conf);
    free(conf);
}

/* An old docker client speaks BuildKit by itself, a new one (23 and later) only by its buildx
 * plugin. */
static bool docker_has_buildkit(const struct engine *e)
{
    static const char *const ask[] = { "buildx", "version", NULL };
    if (version_major(e->version) < 19)
        return false;
    if (version_major(e->client_version) < 23)
        return true;
    struct error ignored = ERROR_INIT;
    struct str out = STR_INIT;
    bool yes = engine_ask(e, ask, &out, &ignored) == 0;
    str_release(&out);
    error_release(&ignored);
    return yes;
}

/* Docker brings its init process along; podman's is a package of its own. */
static bool has_init(const struct engine *e)
{
    static const char *const places[] = { "/usr/libexec/podman/catatonit", "/usr/bin/catatonit",
                                          "/usr/local/libexec/podman/catatonit",
                                          "/usr/lib/podman/catatonit" };
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (path_exists(places[i]))
            return true;
    return e->kind == ENGINE_DOCKER;
}

/* Podman asks for more processes than a restricted machine grants as soon as any limit is named;
 * it cannot itself go beyond its kernel's smallest pid_max or its caller's own limit. */
static int64_t own_nproc(const struct engine *e)
{
    const rlim_t pid_max = 32768;
    struct rlimit have;
    if (e->kind != ENGINE_PODMAN || getrlimit(RLIMIT_NPROC, &have) < 0)
        return 0;
    return (int64_t)(have.rlim_max < pid_max ? have.rlim_max : pid_max);
}

/* `docker info` without a daemon prints JSON all the same; the reason stands in it or on stderr,
 * as the client's age has it. */
static int ask_info(struct engine *e, int64_t limit_ms, struct error *err)
{
    static const char *const ask_version[] = { "--version", NULL };
    static const char *const ask[] = { "info", "--format", "{{json .}}", NULL };
    struct str info = STR_INIT, version = STR_INIT;
    struct error said = ERROR_INIT;
    struct engine_call call = { .argv = ask, .out = &info, .limit_ms = limit_ms };
    int rc = engine_ask(e, ask_version, &version, err);
    if (rc == 0) {
        int status = engine_call(e, &call, &said);
        rc = engine_info_parse(e, info.s, version.s, err);
        if (rc < 0 && status < 0)
            rc = error_set(err, status, "%s", error_text(&said));
    }
    str_release(&info);
    str_release(&version);
    error_release(&said);
    return rc;
}

static int engine_probe(struct engine *e, const char *dir, struct error *err)
{
    int64_t total = 0;
    use_containers_conf(e, dir);
    int rc = ask_info(e, PROBE_LIMIT_MS, err);
    if (rc < 0)
        return rc;
    e->buildkit =
        e->kind == ENGINE_DOCKER ? docker_has_buildkit(e) : version_major(e->version) >= 4;
    e->init = has_init(e);
    e->ipv6 = path_exists("/proc/sys/net/ipv6/conf/lo/disable_ipv6");
    e->nproc = own_nproc(e);
    if (!path_exists(e->root) || !disk_space(e->root, &e->root_free, &total))
        e->root_free = -1;
    strv_addf(&e->env, "DOCKER_BUILDKIT=%d", e->buildkit);
    strv_add(&e->env, "BUILDKIT_PROGRESS=plain");
    return 0;
}

/* "Cannot connect to the Docker daemon at unix:///x. Is …" -> " at unix:///x". */
static void add_address(struct str *out, const char *words)
{
    const char *at = strstr(words, "daemon at ");
    if (!at)
        return;
    at += strlen("daemon at ");
    size_t n = strcspn(at, " ");
    while (n && at[n - 1] == '.')
        n--;
    str_addf(out, " at %.*s", (int)n, at);
}

static int none_answers(const struct strv *tried, const char *words, struct error *err)
{
    if (!tried->n)
        return error_set(err, E_MISSING,
                         "no container engine: neither docker nor podman is on PATH; install "
                         "one (apt-get install docker.io), or set container.command");
    struct str where = STR_INIT;
    add_address(&where, words);
    const char *name = path_base(tried->v[0]);
    int rc = where.len
                 ? error_set(err, E_MISSING,
                             "%s: no daemon answers%s; start it, or set container.command = %s",
                             name, where.s, strcmp(name, "podman") ? "podman" : "docker")
                 : error_set(err, E_MISSING,
                             "%s does not answer (%s); start it, or set "
                             "container.command",
                             tried->v[0], words);
    str_release(&where);
    return rc;
}

/* Is `b` worth more than `a`? A docker that builds with cache mounts before one that does
 * not; any docker before podman. */
static bool better(const struct engine *a, const struct engine *b)
{
    return !a->command || (a->kind == b->kind && !a->buildkit && b->buildkit);
}

int engine_open(const struct config *config, const char *dir, struct engine *out, struct error *err)
{
    struct strv tried = STRV_INIT;
    struct error first = ERROR_INIT, why = ERROR_INIT;
    memset(out, 0, sizeof(*out));
    strv_init(&out->env);
    strv_init(&out->warnings);
    candidates(config, &tried);
    for (size_t i = 0; i < tried.n && !out->buildkit; i++) {
        struct engine e;
        engine_init(&e, tried.v[i]);
        int rc = engine_probe(&e, dir, &why);
        if (rc < 0 && !first.message)
            error_set(&first, rc, "%s", error_text(&why));
        if (rc == 0 && better(out, &e)) {
            engine_release(out);
            *out = e;
        } else {
            engine_release(&e);
        }
    }
    int rc = out->command ? 0 : none_answers(&tried, error_text(&first), err);
    strv_release(&tried);
    error_release(&first);
    error_release(&why);
    return rc;
}

int engine_ping(const struct engine *e, struct error *err)
{
    struct error why = ERROR_INIT;
    struct engine again;
    engine_init(&again, e->command);
    strv_add_list(&again.env, &e->env);
    int rc = ask_info(&again, PING_LIMIT_MS, &why);
    if (rc < 0)
        rc = error_set(err, E_ENGINE, "%s died: %s", path_base(e->command), error_text(&why));
    engine_release(&again);
    error_release(&why);
    return rc;
}

/* ---- podman where its defaults ask for too much ---- */

static const char containers_conf[] =
    "# written by bottega: podman's default limits are more than this machine grants\n"
    "[containers]\n"
    "default_ulimits = [ \"nofile=20000:20000\", \"nproc=1000:1000\" ]\n"
    "[engine]\n"
    "runtime = \"runc\"\n";

static int try_run(const struct engine *e, const char *image, struct error *err)
{
    const char *const argv[] = { "run", "--rm", "--network", "none", image, "true", NULL };
    struct engine_call call = { .argv = argv, .limit_ms = ASK_LIMIT_MS };
    return engine_call(e, &call, err);
}

int engine_probe_run(struct engine *e, const char *dir, const char *image, struct error *err)
{
    int rc = try_run(e, image, err);
    if (rc == 0 || e->kind != ENGINE_PODMAN || !dir)
        return rc;
    char *conf = str_format("%s/containers.conf", dir);
    if (!path_exists(conf)) {
        rc = file_write(conf, containers_conf, strlen(containers_conf), err);
        if (rc == 0) {
            use_containers_conf(e, dir);
            rc = try_run(e, image, err);
        }
    }
    free(conf);
    return rc;
}
