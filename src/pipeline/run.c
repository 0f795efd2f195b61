#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { FIX_FAILED = 98, TEST_PATCH_FAILED = 97, REPORT_BYTES = 64 << 20 };

/* The fix goes in before the script, which brings the tests itself; for `base` the script comes
 * without them. The tests of /bottega/f2p alone run where these are named. */
static const char wrapper[] =
    APPLY_FIX "if [ -e /bottega/f2p ]; then\n"
              "  export PYTHONPATH=\"/bottega${PYTHONPATH:+:$PYTHONPATH}\"\n"
              "  export PYTEST_ADDOPTS=\"-p bottega_only ${PYTEST_ADDOPTS:-}\"\n"
              "fi\n"
              "exec bash /bottega/eval.sh\n";

static char *nonce_new(void)
{
    unsigned char b[16];
    struct str text = STR_INIT;
    if (getrandom(b, sizeof(b), 0) != (ssize_t)sizeof(b))
        memset(b, 7, sizeof(b));
    for (size_t i = 0; i < sizeof(b); i++)
        str_addf(&text, "%02x", b[i]);
    return str_detach(&text);
}

/* Every F2P candidate failed by name in the first run, so they alone say whether they always do.
 * Without a name (a file that cannot be collected, an id of two lines) all run again. */
static bool candidates_alone(const struct evaluation *ev, struct str *out)
{
    const struct eval_run *first = NULL;
    for (size_t i = 0; !first && i < ev->n_runs; i++)
        if (ev->runs[i].condition == COND_TEST_ONLY)
            first = &ev->runs[i];
    for (size_t i = 0; first && i < ev->f2p.n; i++) {
        const struct test_result *t = run_find(first, ev->f2p.v[i]);
        if (!t || t->status != TEST_FAILED || strpbrk(t->id, "\n\r"))
            return false;
        str_addf(out, "%s\n", t->id);
    }
    return out->len > 0;
}

static int write_only(const char *dir, const struct str *ids, struct error *err)
{
    struct str plugin = STR_INIT;
    char *list = str_format("%s/f2p", dir), *code = str_format("%s/bottega_only.py", dir);
    int rc = data_read("images/bottega_only.py", &plugin, err);
    if (rc == 0)
        rc = file_write(code, plugin.s, plugin.len, err);
    if (rc == 0)
        rc = file_write(list, ids->s, ids->len, err);
    str_release(&plugin);
    free(list);
    free(code);
    return rc;
}

static int write_inputs(const struct synthesis *s, const char *dir, enum condition c,
                        struct error *err)
{
    struct str none = STR_INIT, script = STR_INIT;
    const struct str *fix = c == COND_TEST_WITH_FIX ? &s->in.patch : &none;
    script_fill(&s->skeleton, c == COND_BASE ? &none : &s->in.test_patch, &script);
    const struct {
        const char *name, *bytes;
        size_t len;
    } files[] = { { "eval.sh", script.s, script.len },
                  { "fix.patch", fix->s, fix->len },
                  { "run.sh", wrapper, sizeof(wrapper) - 1 } };
    int rc = dir_make(dir, err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++) {
        char *path = str_format("%s/%s", dir, files[i].name);
        rc = file_write(path, files[i].bytes, files[i].len, err);
        free(path);
    }
    str_release(&script);
    return rc;
}

/* The last marker line after the last nonce line; -1 when there is none. */
static int read_marker(const struct str *text, const char *nonce)
{
    static const char mark[] = "\nOPENSWE_EXIT_CODE=";
    const char *at = text->s;
    for (const char *p; (p = memmem(at, text->len - (size_t)(at - text->s), nonce, strlen(nonce)));)
        at = p + 1;
    const char *p = at == text->s
                        ? NULL
                        : memmem(at, text->len - (size_t)(at - text->s), mark, sizeof(mark) - 1);
    return p ? atoi(p + sizeof(mark) - 1) : -1;
}

/* A log that lost its middle says only how it ended. */
static void read_log(const char *log, const char *nonce, bool whole, struct eval_run *r)
{
    struct str text = STR_INIT, why = STR_INIT;
    if (file_read(log, &text, NULL) == 0) {
        r->marker = read_marker(&text, nonce);
        if (whole && !textlog_agrees(&text, r, &why))
            r->contradiction = str_detach(&why);
    }
    str_release(&text);
    str_release(&why);
}

static struct eval_run *add_run(struct evaluation *ev, enum condition c, int k)
{
    ev->runs = xrealloc(ev->runs, (ev->n_runs + 1) * sizeof(*ev->runs));
    struct eval_run *r = &ev->runs[ev->n_runs++];
    memset(r, 0, sizeof(*r));
    r->condition = c;
    r->k = k;
    r->marker = -1;
    r->log = str_format("%s-%d.log", condition_name(c), k);
    r->xml = str_format("%s-%d.xml", condition_name(c), k);
    return r;
}

int run_container(struct synthesis *s, const char *dir, struct eval_run *r, struct run_result *res,
                  struct error *err)
{
    static const char *const argv[] = { "bash", "/bottega/run.sh", NULL };
    char *log = round_path(s, r->log), *xml = round_path(s, r->xml), *nonce = nonce_new();
    char *nonce_env = str_format("BOTTEGA_NONCE=%s", nonce);
    struct strv labels = STRV_INIT;
    const char *const env[] = { nonce_env, "BOTTEGA_REPORT=/tmp/bottega-report.xml", NULL };
    const struct container_mount mounts[] = { { dir, "/bottega", false } };
    struct container_copy copies[] = { { "/tmp/bottega-report.xml", xml, REPORT_BYTES, false } };
    job_labels(s, &labels);
    struct run_spec spec = { .image = s->tag,
                             .argv = argv,
                             .env = env,
                             .log = log,
                             .network = s->findings.plan.network,
                             .labels = (const char *const *)labels.v,
                             .mounts = mounts,
                             .n_mounts = 1,
                             .copies = copies,
                             .n_copies = 1,
                             .stop = s->job->stop };
    container_limits_init(&spec.limits, &s->job->ws->config);
    int rc = container_run(s->job->engine, &spec, res, err);
    if (rc == 0 && copies[0].copied)
        (void)!junit_read(xml, r, NULL); /* a torn report has fewer tests: clause 1 tells */
    if (rc == 0)
        read_log(log, nonce, !res->log_truncated, r);
    strv_release(&labels);
    free(nonce_env);
    free(nonce);
    free(xml);
    free(log);
    return rc;
}

static enum failure_class class_of_end(const struct run_result *res)
{
    if (res->exit_code == FIX_FAILED)
        return FAIL_PATCH_APPLY_FIX;
    if (res->exit_code == TEST_PATCH_FAILED)
        return FAIL_PATCH_APPLY_TEST;
    if (res->timed_out)
        return FAIL_TIMEOUT;
    return res->oom_killed && res->exit_code != 0 ? FAIL_OOM : FAIL_NONE;
}

static int run_prepared(struct synthesis *s, const char *dir, struct eval_run *r,
                        enum failure_class *class, struct error *err)
{
    struct run_result res = { 0 };
    int rc = run_container(s, dir, r, &res, err);
    r->exit_code = res.exit_code;
    r->timed_out = res.timed_out;
    r->oom = res.oom_killed && res.exit_code != 0;
    r->patched = res.exit_code != FIX_FAILED && res.exit_code != TEST_PATCH_FAILED;
    r->seconds = (double)res.ms / 1000;
    if (rc == 0 && class_of_end(&res) != FAIL_NONE)
        *class = class_of_end(&res);
    return rc;
}

int evaluate_once(struct synthesis *s, struct evaluation *ev, enum condition c, int k,
                  struct error *err)
{
    struct str ids = STR_INIT;
    bool alone = c == COND_TEST_ONLY && k > 1 && candidates_alone(ev, &ids);
    struct eval_run *r = add_run(ev, c, k);
    char *dir = round_path(s, "input");
    int rc = write_inputs(s, dir, c, err);
    if (rc == 0 && alone)
        rc = write_only(dir, &ids, err);
    if (rc == 0)
        rc = run_prepared(s, dir, r, &ev->failed, err);
    (void)!tree_remove(dir, NULL);
    str_release(&ids);
    free(dir);
    return rc;
}
