#include "container/private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PULL_LIMIT_MS = 10 * 60 * 1000, BASE_LIMIT_MS = 30 * 60 * 1000 };

/* pip and setuptools as the hub's images of that version carry them: an old project meets the
 * installer of its time. From 3.12 on there is no setuptools. */
static const struct {
    const char *python, *pins;
} python_pins[] = {
    { "2.7", "pip==20.3.4 setuptools==44.1.1 wheel==0.37.1" },
    { "3.5", "pip==20.3.4 setuptools==50.3.2 wheel==0.37.1" },
    { "3.6", "pip==21.3.1 setuptools==57.5.0 wheel==0.37.1" },
    { "3.7", "pip==23.0.1 setuptools==57.5.0 wheel==0.42.0" },
    { "3.8", "pip==23.0.1 setuptools==57.5.0 wheel==0.44.0" },
    { "3.9", "pip==23.0.1 setuptools==58.1.0 wheel==0.44.0" },
    { "3.10", "pip==23.0.1 setuptools==65.5.1 wheel==0.44.0" },
    { "3.11", "pip==24.0 setuptools==65.5.1 wheel==0.44.0" },
    { "3.12", "pip==24.0" },
    { "3.13", "pip==24.2" },
};

/* The interpreter that a suite itself carries. */
static const struct {
    const char *suite, *python;
} suite_pythons[] = {
    { "bullseye", "3.9" }, { "bookworm", "3.11" }, { "trixie", "3.13" },
    { "focal", "3.8" },    { "jammy", "3.10" },    { "noble", "3.12" },
};

static const char uv_hub_base[] = "python:3.12-slim";

struct maker {
    const struct engine *engine;
    const struct base_request *rq;
    const char *suite, *globs;
    struct site site;
    const char *ref; /* bottega-python:X.Y */
};

static const char *pins_of(const char *version)
{
    for (size_t i = 0; i < ARRAY_LEN(python_pins); i++)
        if (strcmp(python_pins[i].python, version) == 0)
            return python_pins[i].pins;
    return "pip";
}

static const char *python_of_suite(const char *suite)
{
    for (size_t i = 0; i < ARRAY_LEN(suite_pythons); i++)
        if (strcmp(suite_pythons[i].suite, suite) == 0)
            return suite_pythons[i].python;
    return "none";
}

static bool version_is_sane(const char *v)
{
    return isdigit((unsigned char)v[0]) && v[1] == '.' && isdigit((unsigned char)v[2]) &&
           (!v[3] || (isdigit((unsigned char)v[3]) && !v[4]));
}

void image_base_hub_name(const char *version, struct str *out)
{
    str_setf(out, "python:%s-slim", version);
}

/* ---- contexts ---- */

struct site_context {
    const struct site *site;
    const char *setup; /* text of site-setup.sh */
};

/* A context_fn: the folder site/ in one go; it is small. */
static int add_site(void *payload, struct tar *tar, bool *done, struct error *err)
{
    const struct site_context *c = payload;
    const struct site *s = c->site;
    const struct {
        const char *path, *text;
        size_t n;
    } files[] = {
        { "site/ca.crt", s->ca.s, s->ca.len },
        { "site/pip.conf", s->pip_conf.s, s->pip_conf.len },
        { "site/uv.toml", s->uv_toml.s, s->uv_toml.len },
        { "site/site-setup.sh", c->setup, strlen(c->setup) },
    };
    int rc = 0;
    for (size_t i = 0; i < ARRAY_LEN(files) && rc == 0; i++)
        rc = tar_add_file(tar, files[i].path, 0644, files[i].text, files[i].n, err);
    *done = true;
    return rc;
}

/* Fills what every base build has in common and builds; `file` is a Dockerfile in data/. */
static int build_shipped(const struct maker *m, const char *file, struct build_spec *spec,
                         struct error *err)
{
    struct str dockerfile = STR_INIT;
    struct build_result built = { NULL, 0, 0 };
    int rc = data_read(file, &dockerfile, err);
    spec->dockerfile = dockerfile.s;
    spec->log = m->rq->log;
    spec->stop = m->rq->stop;
    spec->limit_ms = BASE_LIMIT_MS;
    spec->network = true;
    if (rc == 0)
        rc = image_build(m->engine, spec, &built, err);
    if (rc < 0)
        error_prefix(err, "base image %s", spec->tag);
    build_result_release(&built);
    str_release(&dockerfile);
    return rc;
}

static int build_with_site(const struct maker *m, const char *file, struct build_spec *spec,
                           struct error *err)
{
    struct str setup = STR_INIT;
    int rc = data_read("images/site-setup.sh", &setup, err);
    struct site_context context = { &m->site, setup.s };
    spec->context = add_site;
    spec->payload = &context;
    if (rc == 0)
        rc = build_shipped(m, file, spec, err);
    spec->payload = NULL;
    str_release(&setup);
    return rc;
}

/* ---- from the hub ---- */

static int pull(const struct maker *m, const char *ref, struct error *err)
{
    const char *const argv[] = { "pull", "--quiet", ref, NULL };
    struct engine_call call = {
        .argv = argv, .log = m->rq->log, .limit_ms = PULL_LIMIT_MS, .stop = m->rq->stop
    };
    return image_exists(m->engine, ref) ? 0 : engine_call(m->engine, &call, err);
}

static int make_from_hub(const struct maker *m, struct error *err)
{
    struct str base = STR_INIT;
    image_base_hub_name(m->rq->version, &base);
    char *arg = str_format("BASE=%s", base.s);
    char *uv = str_format("UV_BASE=%s", uv_hub_base);
    const char *const args[] = { arg, uv, NULL };
    const char *const labels[] = { "bottega.source=hub", NULL };
    struct build_spec spec = { .tag = m->ref, .labels = labels, .build_args = args };
    int rc = pull(m, base.s, err);
    if (rc == 0)
        rc = pull(m, uv_hub_base, err);
    if (rc == 0)
        rc = build_with_site(m, "images/hub.dockerfile", &spec, err);
    str_release(&base);
    free(arg);
    free(uv);
    return rc;
}

/* ---- from this host ---- */

/* The layer that every local interpreter stands on. */
static int shared_layer(const struct maker *m, struct str *ref, struct error *err)
{
    struct str debian = STR_INIT;
    int fd = -1;
    str_setf(ref, "bottega-base:%s", m->suite);
    int rc = host_lock(ref->s, m->rq->stop, &fd, err);
    if (rc == 0 && !image_exists(m->engine, ref->s)) {
        rc = debian_ensure(m->engine, m->suite, &m->site, m->rq, &debian, err);
        char *arg = str_format("BASE=%s", debian.s);
        const char *const args[] = { arg, NULL };
        struct build_spec spec = { .tag = ref->s, .build_args = args };
        if (rc == 0)
            rc = build_with_site(m, "images/base.dockerfile", &spec, err);
        free(arg);
    }
    host_unlock(fd);
    str_release(&debian);
    return rc;
}

static int make_from_interpreter(const struct maker *m, const struct interpreter *in,
                                 const char *base, struct error *err)
{
    struct interpreter_files files;
    char *args[] = { str_format("BASE=%s", base), str_format("PREFIX=%s", in->prefix),
                     str_format("VERSION=%s", in->minor), str_format("PINS=%s", pins_of(in->minor)),
                     NULL };
    const char *const labels[] = { "bottega.source=local", NULL };
    struct build_spec spec = { .tag = m->ref,
                               .labels = labels,
                               .build_args = (const char *const *)args,
                               .context = interpreter_files_add,
                               .payload = &files };
    int rc = interpreter_files_find(in, &files, err);
    if (rc == 0)
        rc = build_shipped(m, "images/python.dockerfile", &spec, err);
    interpreter_files_release(&files);
    for (size_t i = 0; args[i]; i++)
        free(args[i]);
    return rc;
}

static int make_from_suite(const struct maker *m, const char *base, struct error *err)
{
    char *arg = str_format("BASE=%s", base);
    char *version = str_format("VERSION=%s", m->rq->version);
    const char *const args[] = { arg, version, NULL };
    const char *const labels[] = { "bottega.source=local", NULL };
    struct build_spec spec = { .tag = m->ref, .labels = labels, .build_args = args };
    int rc = build_shipped(m, "images/suite.dockerfile", &spec, err);
    free(arg);
    free(version);
    return rc;
}

static int no_interpreter(const struct maker *m, struct error *err)
{
    return error_set(err, E_MISSING,
                     "no Python %s: image.interpreters (%s) has none and Debian %s ships %s; "
                     "install one (pyenv install %s), or set image.source = hub",
                     m->rq->version, m->globs, m->suite, python_of_suite(m->suite), m->rq->version);
}

static int make_from_host(const struct maker *m, struct error *err)
{
    struct interpreters found;
    const struct interpreter *in = NULL;
    struct str base = STR_INIT;
    interpreters_find(m->globs, &found);
    for (size_t i = 0; i < found.n; i++)
        if (strcmp(found.v[i].minor, m->rq->version) == 0)
            in = &found.v[i];
    bool in_suite = strcmp(python_of_suite(m->suite), m->rq->version) == 0;
    int rc = in || in_suite ? shared_layer(m, &base, err) : no_interpreter(m, err);
    if (rc == 0)
        rc = in ? make_from_interpreter(m, in, base.s, err) : make_from_suite(m, base.s, err);
    interpreters_release(&found);
    str_release(&base);
    return rc;
}

/* ---- whichever is asked for ---- */

static int hub_failed(const char *version, const struct error *why, struct error *err)
{
    return error_set(err, why->code == E_MISSING ? E_MISSING : why->code,
                     "%s (python:%s-slim was asked of the hub; image.source = local makes it "
                     "from this host)",
                     error_text(why), version);
}

static int make(const struct maker *m, const char *source, struct error *err)
{
    struct error hub = ERROR_INIT;
    int rc = strcmp(source, "local") == 0 ? E_NOTFOUND : make_from_hub(m, &hub);
    bool stop = rc == E_CANCELLED || rc == E_ENGINE || rc == E_DISK;
    if (rc < 0 && (stop || strcmp(source, "hub") == 0))
        hub_failed(m->rq->version, &hub, err);
    else if (rc < 0)
        rc = make_from_host(m, err);
    error_release(&hub);
    return rc;
}

/* Is there one already, from the source that was asked for? */
static bool satisfied(const struct engine *e, const char *ref, const char *source)
{
    struct image_info i = { 0 };
    struct error ignored = ERROR_INIT;
    bool yes = image_inspect(e, ref, &i, &ignored) == 0 &&
               (strcmp(source, "auto") == 0 || strcmp(source, i.source) == 0);
    image_info_release(&i);
    error_release(&ignored);
    return yes;
}

static int make_locked(struct maker *m, const char *source, struct error *err)
{
    int fd = -1;
    int rc = host_lock(m->ref, m->rq->stop, &fd, err);
    if (rc == 0 && (m->rq->rebuild || !satisfied(m->engine, m->ref, source))) {
        site_read(&m->site, m->suite);
        rc = make(m, source, err);
    }
    host_unlock(fd);
    return rc;
}

int image_base_ensure(const struct engine *e, const struct config *config,
                      const struct base_request *rq, struct str *ref, struct error *err)
{
    const char *source = rq->source ? rq->source : config_text(config, "image.source");
    if (!version_is_sane(rq->version))
        return error_set(err, E_USAGE, "%s: a Python version is called like 3.8", rq->version);
    str_setf(ref, "bottega-python:%s", rq->version);
    if (!rq->rebuild && satisfied(e, ref->s, source))
        return 0;
    struct maker m = { .engine = e,
                       .rq = rq,
                       .suite = config_text(config, "image.suite"),
                       .globs = config_text(config, "image.interpreters"),
                       .ref = ref->s };
    site_init(&m.site);
    int rc = make_locked(&m, source, err);
    site_release(&m.site);
    return rc;
}

int image_base_list(const struct engine *e, struct image_list *out, struct error *err)
{
    return image_list(e, "bottega-python", out, err);
}

void image_base_local(const struct config *config, struct strv *versions)
{
    struct interpreters found;
    interpreters_find(config_text(config, "image.interpreters"), &found);
    for (size_t i = 0; i < found.n; i++)
        strv_add(versions, found.v[i].minor);
    interpreters_release(&found);
}
