#include "container/private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* git and compilers for the projects; by way of their headers, the libraries that a Python of
 * any version links to: their own names change from suite to suite. */
static const char debian_packages[] =
    "build-essential,ca-certificates,git,libbz2-dev,libexpat1-dev,libffi-dev,libgdbm-dev,"
    "liblzma-dev,libncurses-dev,libreadline-dev,libsqlite3-dev,libssl-dev,netbase,patch,"
    "pkg-config,procps,tzdata,unzip,uuid-dev,xz-utils,zlib1g-dev";

static const char *const debian_left_out[] = { "/usr/share/doc/*", "/usr/share/man/*",
                                               "/usr/share/info/*", "/usr/share/locale/*" };

enum { DEBIAN_LIMIT_MS = 30 * 60 * 1000 };

static void debian_argv(const char *suite, const struct site *site, const char *tar,
                        struct strv *argv)
{
    strv_add_all(argv, "mmdebstrap", "--quiet", "--variant=minbase", NULL);
    strv_addf(argv, "--include=%s", debian_packages);
    for (size_t i = 0; i < ARRAY_LEN(debian_left_out); i++)
        strv_addf(argv, "--dpkgopt=path-exclude=%s", debian_left_out[i]);
    for (size_t i = 0; i < site->apt.n; i++)
        strv_addf(argv, "--aptopt=%s", site->apt.v[i]);
    strv_add_all(argv, suite, tar, NULL);
    strv_add_list(argv, &site->sources);
}

static void on_words(void *payload, const char *bytes, size_t n, bool is_err UNUSED)
{
    tail_add(payload, bytes, n);
}

static int debian_failed(const char *suite, const char *words, struct error *err)
{
    static const char *const network[] = { "Temporary failure", "Could not resolve",
                                           "Could not connect", "Failed to fetch",
                                           "Connection timed out" };
    struct str last = STR_INIT;
    int code = strstr(words, "No space left on device") ? E_DISK : E_FAIL;
    for (size_t i = 0; i < ARRAY_LEN(network) && code == E_FAIL; i++)
        if (strstr(words, network[i]))
            code = E_NETWORK;
    engine_last_words(words, &last);
    error_set(err, code, "mmdebstrap could not make the Debian tree of %s: %s", suite, last.s);
    str_release(&last);
    return code;
}

static int make_tree(const char *suite, const struct site *site, const char *tar,
                     const struct base_request *rq, struct error *err)
{
    struct strv argv = STRV_INIT;
    struct str words = STR_INIT;
    struct process_result res;
    debian_argv(suite, site, tar, &argv);
    struct process_spec spec = {
        .argv = (const char *const *)argv.v,
        .out_path = rq->log,
        .append = true,
        .on_data = on_words,
        .payload = &words,
        .limit_ms = DEBIAN_LIMIT_MS,
        .stop = rq->stop,
    };
    int rc = process_run(&spec, &res, err);
    if (rc == E_MISSING)
        error_set(err, rc,
                  "mmdebstrap makes local base images and is not installed: "
                  "apt-get install mmdebstrap, or set image.source = hub");
    if (rc == 0 && (res.exit_code != 0 || res.signal))
        rc = debian_failed(suite, words.s, err);
    strv_release(&argv);
    str_release(&words);
    return rc;
}

static int import_tree(const struct engine *e, const char *tar, const char *ref,
                       const struct base_request *rq, struct error *err)
{
    const char *const argv[] = { "import", "--change", "ENV LANG=C.UTF-8", tar, ref, NULL };
    struct engine_call call = {
        .argv = argv, .log = rq->log, .limit_ms = DEBIAN_LIMIT_MS, .stop = rq->stop
    };
    return engine_call(e, &call, err);
}

int debian_ensure(const struct engine *e, const char *suite, const struct site *site,
                  const struct base_request *rq, struct str *ref, struct error *err)
{
    const char *dir = getenv("TMPDIR");
    str_setf(ref, "bottega-debian:%s", suite);
    if (image_exists(e, ref->s))
        return 0;
    char *tar =
        str_format("%s/bottega-%d-%s.tar", dir && *dir ? dir : "/var/tmp", (int)getpid(), suite);
    int rc = make_tree(suite, site, tar, rq, err);
    if (rc == 0)
        rc = import_tree(e, tar, ref->s, rq, err);
    unlink(tar);
    free(tar);
    return rc;
}
