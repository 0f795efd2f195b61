#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

enum { LOCK_LIMIT_MS = 600000, LOG_BYTES = 8 << 20 };

static void add_lines(struct str *out, const struct strv *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        str_addf(out, "%s\n", lines->v[i]);
}

/* "." among the requirements: the project's own, read by the resolver from its tree. */
static bool wants_project(const struct plan *p)
{
    return strv_has(&p->require, ".");
}

static void input_text(const struct synthesis *s, struct str *out)
{
    const struct plan *p = &s->findings.plan;
    for (size_t i = 0; i < p->require.n; i++)
        if (strcmp(p->require.v[i], ".") != 0)
            str_addf(out, "%s\n", p->require.v[i]);
    if (rung_locks_build(p->rung))
        add_lines(out, &p->build_require);
}

/* Equal inputs give equal locks: one made before is taken. */
static char *cache_path(const struct synthesis *s, const struct str *input, const char *date)
{
    struct str key = STR_INIT;
    uint64_t h = 1469598103934665603u;
    str_addf(&key, "%s\n%s\n%s--\n", s->findings.plan.python, date, input->s);
    if (wants_project(&s->findings.plan))
        str_addf(&key, "%s\n", s->in.base_commit);
    add_lines(&key, &s->findings.plan.constraint);
    str_add(&key, "--\n");
    add_lines(&key, &s->findings.plan.drop);
    str_add(&key, "--\n");
    add_lines(&key, &s->findings.plan.build_require);
    if (s->findings.plan.newer.n) {
        str_add(&key, "--\n");
        add_lines(&key, &s->findings.plan.newer);
    }
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.s[i]) * 1099511628211u;
    str_release(&key);
    return workspace_path(s->job->ws, "cache/locks/%016llx.lock", (unsigned long long)h);
}

/* The project's tree goes in as a tar on stdin, the lock comes out on stdout. */
struct tree_feed {
    struct context context;
    struct tar tar;
    struct str bytes;
    struct str *out;
    bool done, ended;
};

static void keep_stdout(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct tree_feed *f = payload;
    if (!is_err)
        str_addn(f->out, bytes, n);
}

static int feed_tree(void *payload, struct str *chunk, struct error *err)
{
    struct tree_feed *f = payload;
    int rc = 0;
    while (rc == 0 && !f->bytes.len && !f->ended) {
        if (!f->done)
            rc = context_next(&f->context, &f->tar, &f->done, err);
        else {
            f->ended = true;
            rc = tar_end(&f->tar, err);
        }
    }
    str_addn(chunk, f->bytes.s, f->bytes.len);
    str_clear(&f->bytes);
    return rc;
}

/* uv resolves for 3.6 and what came after it; pip does for 2.7, behind an index of that date. */
static bool is_old(const struct synthesis *s)
{
    return strcmp(s->findings.plan.python, "2.7") == 0;
}

enum { JUNE_2019 = 1559347200 };
static const char june_2019[] = "2019-06-01T00:00:00Z", any_date[] = "2100-01-01T00:00:00Z";

static int write_pip(const struct synthesis *s, const char *dir, struct error *err)
{
    struct str program = STR_INIT, younger = STR_INIT;
    char *to = str_format("%s/pip_as_of.py", dir), *list = str_format("%s/younger.txt", dir);
    if (s->findings.as_of < JUNE_2019)
        str_addf(&younger, "setuptools %s\nwheel %s\n", june_2019, june_2019);
    for (size_t i = 0; i < s->findings.plan.newer.n; i++)
        str_addf(&younger, "%s %s\n", s->findings.plan.newer.v[i], any_date);
    int rc = data_read("images/pip_as_of.py", &program, err);
    if (rc == 0)
        rc = file_write(to, program.s, program.len, err);
    if (rc == 0)
        rc = file_write(list, younger.s, younger.len, err);
    str_release(&program);
    str_release(&younger);
    free(to);
    free(list);
    return rc;
}

static int write_inputs(const struct synthesis *s, const char *dir, const struct str *input,
                        struct error *err)
{
    const struct {
        const char *name;
        const struct strv *lines;
    } files[] = { { "constraints.txt", &s->findings.plan.constraint },
                  { "build.txt", &s->findings.plan.build_require },
                  { "excludes.txt", &s->findings.plan.drop } };
    char *in = str_format("%s/requirements.in", dir);
    int rc = file_write(in, input->s, input->len, err);
    free(in);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++) {
        struct str text = STR_INIT;
        char *path = str_format("%s/%s", dir, files[i].name);
        add_lines(&text, files[i].lines);
        rc = file_write(path, text.s, text.len, err);
        free(path);
        str_release(&text);
    }
    return rc == 0 && is_old(s) ? write_pip(s, dir, err) : rc;
}

bool looks_like_network(const struct str *log)
{
    static const char *const words[] = {
        "Could not connect",   "Request failed after", "error sending request",
        "dns error",           "Connection refused",   "Temporary failure in name resolution",
        "operation timed out", "502 Bad Gateway",      "503 Service Unavailable"
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (memmem(log->s, log->len, words[i], strlen(words[i])))
            return true;
    return false;
}

static int explain(const struct synthesis *s, const char *log, int exit_code, struct error *err)
{
    struct str text = STR_INIT;
    int rc = file_read(log, &text, err);
    if (rc == 0 && looks_like_network(&text))
        rc = error_set(err, E_NETWORK, "the package index did not answer");
    else if (rc == 0)
        rc = error_set(err, E_FAIL, "the resolver for Python %s ended with %d",
                       s->findings.plan.python, exit_code);
    str_release(&text);
    return rc;
}

/* What the project's own build asks its surroundings for. */
static void build_env(const struct findings *f, struct strv *env)
{
    static const char *const names[] = { "SETUPTOOLS_SCM_PRETEND_VERSION", "PBR_VERSION",
                                         "PDM_BUILD_SCM_VERSION",
                                         "POETRY_DYNAMIC_VERSIONING_BYPASS" };
    for (size_t i = 0; *f->version && i < ARRAY_LEN(names); i++)
        strv_addf(env, "%s=%s", names[i], f->version);
    strv_add_list(env, &f->plan.env);
}

/* Old projects' default build requirement is younger than they are. What takes ten minutes and
 * more to compile comes as a wheel or not at all. */
static void add_options(const struct findings *f, struct str *out)
{
    static const char *const heavy[] = { "numpy",         "scipy",        "pandas", "scikit-learn",
                                         "matplotlib",    "scikit-image", "h5py",   "numba",
                                         "llvmlite",      "statsmodels",  "grpcio", "pyarrow",
                                         "opencv-python", "tensorflow",   "torch" };
    for (size_t i = 0; i < ARRAY_LEN(heavy); i++)
        str_addf(out, "--only-binary=%s ", heavy[i]);
    if (f->as_of < JUNE_2019)
        str_addf(out, "--exclude-newer-package=setuptools=%s --exclude-newer-package=wheel=%s",
                 june_2019, june_2019);
    for (size_t i = 0; i < f->plan.newer.n; i++)
        str_addf(out, " --exclude-newer-package=%s=%s", f->plan.newer.v[i], any_date);
}

static int run_resolver(struct synthesis *s, const char *dir, const char *date, struct error *err)
{
    static const char script[] =
        "set -e; mkdir /src; tar -x -C /src; cd /src; "
        "v=$1 date=$2 old=$3 file=; [ -d repo ] && cd repo && "
        "if grep -qs '^\\[project\\]\\|^\\[tool.poetry\\]' pyproject.toml; then "
        "file=pyproject.toml; "
        "elif [ -f setup.py ]; then file=setup.py; elif [ -f setup.cfg ]; then file=setup.cfg; fi; "
        "exec uv pip compile --quiet --python-version $v --exclude-newer $date $old "
        "--generate-hashes --no-header --no-annotate --no-strip-extras "
        "-c /lock/constraints.txt -b /lock/build.txt --excludes /lock/excludes.txt "
        "/lock/requirements.in $file";
    static const char old_script[] =
        "set -e; mkdir /src; tar -x -C /src; cd /src; project=; [ -d repo ] && project=-p; "
        "exec python /lock/pip_as_of.py $2 $project";
    struct str options = STR_INIT;
    add_options(&s->findings, &options);
    char *cache = workspace_path(s->job->ws, "cache/uv");
    char *log = round_path(s, "lock.log");
    const char *const argv[] = {
        "bash",    "-c", is_old(s) ? old_script : script, "lock", s->findings.plan.python, date,
        options.s, NULL
    };
    struct tree_feed feed = { .bytes = STR_INIT, .done = !wants_project(&s->findings.plan) };
    const struct container_mount mounts[] = { { dir, "/lock", false },
                                              { cache, "/root/.cache/uv", true } };
    struct strv labels = STRV_INIT;
    job_labels(s, &labels);
    struct run_spec spec = { .image = s->base.s,
                             .argv = argv,
                             .log = log,
                             .on_data = keep_stdout,
                             .payload = &feed,
                             .feed = feed_tree,
                             .network = true,
                             .labels = (const char *const *)labels.v,
                             .mounts = mounts,
                             .n_mounts = ARRAY_LEN(mounts),
                             .stop = s->job->stop };
    struct run_result res;
    struct strv env = STRV_INIT;
    build_env(&s->findings, &env);
    strv_add_all(&env, "UV_HTTP_RETRIES=6", "UV_HTTP_CONNECT_TIMEOUT=30", NULL);
    spec.env = (const char *const *)env.v;
    feed.out = &s->lock;
    container_limits_init(&spec.limits, &s->job->ws->config);
    spec.limits.ms = LOCK_LIMIT_MS;
    spec.limits.log_bytes = LOG_BYTES;
    int rc = dir_make(cache, err);
    tar_begin(&feed.tar, &feed.bytes);
    if (rc == 0)
        rc = context_init(&feed.context, s, err);
    feed.context.lock_done = true;
    if (rc == 0)
        rc = container_run(s->job->engine, &spec, &res, err);
    if (rc == 0 && res.exit_code != 0)
        rc = explain(s, log, res.exit_code, err);
    strv_release(&labels);
    strv_release(&env);
    context_release(&feed.context);
    tar_release(&feed.tar);
    str_release(&feed.bytes);
    str_release(&options);
    free(log);
    free(cache);
    return rc;
}

int lock_resolve(struct synthesis *s, struct error *err)
{
    enum { DAY = 86400 };
    struct str input = STR_INIT, date = STR_INIT;
    clock_format((s->findings.as_of / DAY + 1 + s->findings.plan.date_slack_days) * DAY, &date);
    input_text(s, &input);
    char *cached = cache_path(s, &input, date.s);
    char *dir = round_path(s, "lock-input");
    char *locks = workspace_path(s->job->ws, "cache/locks");
    int rc;
    str_clear(&s->lock);
    if (path_exists(cached)) {
        rc = file_read(cached, &s->lock, err);
        goto out;
    }
    rc = dir_make(dir, err);
    if (rc == 0)
        rc = dir_make(locks, err);
    if (rc == 0)
        rc = write_inputs(s, dir, &input, err);
    if (rc == 0)
        rc = run_resolver(s, dir, date.s, err);
    if (rc == 0)
        rc = file_write(cached, s->lock.s, s->lock.len, err);
    (void)!tree_remove(dir, NULL);
out:
    free(locks);
    free(dir);
    free(cached);
    str_release(&date);
    str_release(&input);
    return rc;
}
