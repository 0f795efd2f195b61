#include "container/private.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

static void add_each(struct strv *argv, const char *option, const char *const *values)
{
    for (; values && *values; values++)
        strv_add_all(argv, option, *values, NULL);
}

static void add_limits(const struct engine *e, const struct container_limits *l, struct strv *argv)
{
    if (l->memory_bytes) {
        strv_addf(argv, "--memory=%lld", (long long)l->memory_bytes);
        strv_addf(argv, "--memory-swap=%lld", (long long)l->memory_bytes);
    }
    if (l->cpus > 0)
        strv_addf(argv, "--cpus=%.2f", l->cpus);
    if (l->pids)
        strv_addf(argv, "--pids-limit=%lld", (long long)l->pids);
    if (l->file_bytes)
        strv_addf(argv, "--ulimit=fsize=%lld:%lld", (long long)l->file_bytes,
                  (long long)l->file_bytes);
    /* A daemon's own limit of descriptors may be a million, and Python 2 closes every one of them
     * before each child; or it may be so low that no large number can be asked for. */
    strv_add_all(argv, "--ulimit=core=0:0", "--ulimit=nofile=4096:4096", NULL);
    if (e->nproc)
        strv_addf(argv, "--ulimit=nproc=%lld:%lld", (long long)e->nproc, (long long)e->nproc);
}

static void add_mounts(const struct run_spec *spec, struct strv *argv)
{
    for (size_t i = 0; i < spec->n_mounts; i++) {
        const struct container_mount *m = &spec->mounts[i];
        strv_addf(argv, "--mount=type=bind,source=%s,target=%s%s", m->host, m->path,
                  m->writable ? "" : ",readonly");
    }
}

void run_argv(const struct engine *e, const struct run_spec *spec, const char *name,
              const struct strv *proxies, struct strv *argv)
{
    strv_add_all(argv, "run", "--name", name, "--pull=never", "--cap-drop=ALL",
                 "--security-opt=no-new-privileges", "--log-driver=none", NULL);
    if (e->init)
        strv_add(argv, "--init");
    if (spec->input || spec->feed || spec->terminal)
        strv_add(argv, "--interactive");
    if (spec->terminal && isatty(STDIN_FILENO))
        strv_add(argv, "--tty");
    if (spec->network)
        add_each(argv, "--env", (const char *const *)proxies->v);
    else
        strv_add_all(argv, "--network=none",
                     e->ipv6 ? "--sysctl=net.ipv6.conf.lo.disable_ipv6=0" : NULL, NULL);
    add_limits(e, &spec->limits, argv);
    add_mounts(spec, argv);
    add_each(argv, "--label", spec->labels);
    add_each(argv, "--env", spec->env);
    if (spec->workdir)
        strv_add_all(argv, "--workdir", spec->workdir, NULL);
    if (spec->user)
        strv_add_all(argv, "--user", spec->user, NULL);
    strv_add_all(argv, "--entrypoint", spec->argv[0], spec->image, NULL);
    for (const char *const *a = spec->argv + 1; *a; a++)
        strv_add(argv, *a);
}

void build_argv(const struct build_spec *spec, const struct strv *proxies, struct strv *argv)
{
    strv_add_all(argv, "build", "--file=Dockerfile", "--force-rm", "--tag", spec->tag, NULL);
    if (spec->network)
        add_each(argv, "--build-arg", (const char *const *)proxies->v);
    else
        strv_add(argv, "--network=none");
    if (spec->no_cache)
        strv_add(argv, "--no-cache");
    add_each(argv, "--label", spec->labels);
    add_each(argv, "--build-arg", spec->build_args);
    strv_add(argv, "-");
}

/* After the word RUN: blanks, line continuations and options, of which --mount goes. */
static const char *copy_run_options(const char *p, struct str *out)
{
    for (;;) {
        size_t gap = strspn(p, " \t");
        while (p[gap] == '\\' && p[gap + 1] == '\n')
            gap += 2 + strspn(p + gap + 2, " \t");
        if (strncmp(p + gap, "--", 2) != 0)
            return p;
        size_t word = strcspn(p + gap, " \t\n");
        if (strncmp(p + gap, "--mount=", 8) != 0)
            str_addn(out, p, gap + word);
        p += gap + word;
    }
}

void dockerfile_without_mounts(const char *text, struct str *out)
{
    bool continued = false;
    while (*text) {
        size_t indent = strspn(text, " \t");
        if (!continued && strncasecmp(text + indent, "RUN", 3) == 0 &&
            strchr(" \t", text[indent + 3])) {
            str_addn(out, text, indent + 3);
            text = copy_run_options(text + indent + 3, out);
        }
        size_t n = strcspn(text, "\n");
        continued = n && text[n - 1] == '\\';
        n += text[n] == '\n';
        str_addn(out, text, n);
        text += n;
    }
}
