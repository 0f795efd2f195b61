#include "agents/rules/rules.h"

#include <string.h>

static const char fixed_env[] = "ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC PYTHONHASHSEED=0 "
                                "PYTHONDONTWRITEBYTECODE=1 MPLBACKEND=Agg "
                                "QT_QPA_PLATFORM=offscreen SDL_VIDEODRIVER=dummy "
                                "DEBIAN_FRONTEND=noninteractive PIP_ROOT_USER_ACTION=ignore "
                                "PIP_DISABLE_PIP_VERSION_CHECK=1\n";

static bool is_old(const struct plan *p)
{
    return strcmp(p->python, "2.7") == 0;
}

static void add_base(const struct plan *p, struct str *out)
{
    str_addf(out, "ARG BASE=python:%s-slim\nFROM ${BASE}\n", p->python);
    str_add(out, fixed_env);
    str_add(out, "RUN (command -v git && command -v gcc) >/dev/null || "
                 "(apt-get update && apt-get install -y --no-install-recommends git "
                 "build-essential && rm -rf /var/lib/apt/lists/*)");
    str_add(out, is_old(p) ? "\n" : "; command -v uv >/dev/null || python -m pip install -q uv\n");
    if (!p->apt.n)
        return;
    str_add(out, "RUN apt-get update && apt-get install -y --no-install-recommends");
    for (size_t i = 0; i < p->apt.n; i++)
        str_addf(out, " %s", p->apt.v[i]);
    str_add(out, " && rm -rf /var/lib/apt/lists/*\n");
}

/* Behind the lock: a dependency that is built must not take the project's version for its own. */
static void add_version(const struct findings *f, struct str *out)
{
    if (*f->version)
        str_addf(out,
                 "ENV SETUPTOOLS_SCM_PRETEND_VERSION=%s PBR_VERSION=%s "
                 "POETRY_DYNAMIC_VERSIONING_BYPASS=%s PDM_BUILD_SCM_VERSION=%s\n",
                 f->version, f->version, f->version, f->version);
}

static void add_env(const struct findings *f, struct str *out)
{
    for (size_t i = 0; i < f->plan.env.n; i++) {
        const char *eq = strchr(f->plan.env.v[i], '=');
        str_addf(out, "ENV %.*s=", (int)(eq - f->plan.env.v[i]), f->plan.env.v[i]);
        str_add_quoted(out, eq + 1);
        str_addc(out, '\n');
    }
}

/* What may be built from source is built with the tools of the time; whole quarters, so that
 * instances with equal locks share the layer. Before mid-2019 the default build requirement of old
 * projects is younger than they are. */
static void add_dates(const struct findings *f, struct str *out)
{
    enum { JUNE_2019 = 1559347200, DAY = 86400, QUARTER = 91 * DAY };
    struct str date = STR_INIT;
    clock_format(((f->as_of + (int64_t)f->plan.date_slack_days * DAY) / QUARTER + 1) * QUARTER,
                 &date);
    str_addf(out, "--exclude-newer %s ", date.s);
    if (f->as_of < JUNE_2019)
        str_add(out, "--exclude-newer-package setuptools=2019-06-01T00:00:00Z "
                     "--exclude-newer-package wheel=2019-06-01T00:00:00Z ");
    for (size_t i = 0; i < f->plan.newer.n; i++)
        str_addf(out, "--exclude-newer-package %s=2100-01-01T00:00:00Z ", f->plan.newer.v[i]);
    str_release(&date);
}

/* What a dependency may be built with. */
static bool add_build_bounds(const struct strv *build, struct str *out)
{
    bool any = false;
    for (size_t i = 0; i < build->n; i++) {
        if (!strpbrk(build->v[i], "<>=!~"))
            continue;
        str_add(out, any ? " " : "RUN printf '%s\\n' ");
        str_add_quoted(out, build->v[i]);
        any = true;
    }
    if (any)
        str_add(out, " >/opt/bottega/build.txt\n");
    return any;
}

static void add_lock(const struct findings *f, struct str *out)
{
    str_add(out, "COPY requirements.lock /opt/bottega/requirements.lock\n");
    if (is_old(&f->plan)) {
        str_add(out, "RUN python -m pip install -q --no-deps --require-hashes "
                     "-r /opt/bottega/requirements.lock\n");
        return;
    }
    bool bounded = add_build_bounds(&f->plan.build_require, out);
    str_add(out, "RUN --mount=type=cache,target=/root/.cache/uv UV_HTTP_RETRIES=6 "
                 "UV_HTTP_CONNECT_TIMEOUT=30 CFLAGS=\"${CFLAGS:--O1 -g0}\" "
                 "uv pip install --system ");
    add_dates(f, out);
    str_addf(out, "--no-deps%s%s --require-hashes -r /opt/bottega/requirements.lock\n",
             bounded ? " -b /opt/bottega/build.txt" : "",
             python_number(f->plan.python) >= 307 ? " --compile-bytecode" : "");
}

/* One commit and nothing else: no remote, no tag, no object of another time. */
static void add_source(struct str *out)
{
    str_add(out,
            "WORKDIR /testbed\n"
            "COPY repo/ /testbed/\n"
            "RUN git init -q . && git config user.name bottega && "
            "git config user.email bottega@localhost && git add -A -f && "
            "git -c commit.gpgsign=false commit -q --allow-empty -m base "
            "--date=2000-01-01T00:00:00Z && rm -rf .git/logs && "
            "test \"$(git rev-list --all --count)\" = 1 && test -z \"$(git remote)$(git tag)\"\n");
}

/* A plain install brings metadata and scripts; its copy of the code gives way to the checkout. */
static void add_link(const struct findings *f, struct str *out)
{
    str_add(out, "RUN python -c \"import os, shutil, sysconfig; "
                 "d = sysconfig.get_paths()['purelib']; ");
    str_add(out, "[shutil.rmtree(os.path.join(d, p), True) for p in [");
    for (size_t i = 0; i < f->packages.n; i++)
        str_addf(out, "%s'%s'", i ? ", " : "", f->packages.v[i]);
    str_add(out, "]]; open(os.path.join(d, 'bottega-checkout.pth'), 'w').write('");
    for (size_t i = 0; i < f->import_roots.n; i++)
        str_addf(out, "/testbed%s%s\\n", *f->import_roots.v[i] ? "/" : "", f->import_roots.v[i]);
    str_add(out, "')\"\n");
}

static void add_uv_project(const struct findings *f, struct str *out)
{
    bool editable = f->plan.rung == RUNG_EDITABLE;
    if (is_old(&f->plan)) {
        str_add(out, "RUN python -m pip install -q --no-deps -e .\n");
        return;
    }
    str_add(out, "RUN --mount=type=cache,target=/root/.cache/uv uv pip install --system ");
    add_dates(f, out);
    str_addf(out, "--no-deps %s.\n", editable ? "-e " : "");
    if (!editable)
        add_link(f, out);
}

static void add_project(const struct findings *f, struct str *out)
{
    for (size_t i = 0; i < f->plan.prepare.n; i++)
        str_addf(out, "RUN %s\n", f->plan.prepare.v[i]);
    if (!f->has_project)
        return;
    switch (f->plan.rung) {
    case RUNG_EDITABLE:
    case RUNG_INSTALL:
        add_uv_project(f, out);
        break;
    case RUNG_NO_ISOLATION:
        str_add(out, "RUN python -m pip install -q --no-build-isolation --no-deps -e .\n");
        break;
    case RUNG_DEVELOP:
        str_add(out, "RUN python setup.py -q develop --no-deps\n");
        break;
    default:
        break;
    }
}

/* The copy that is imported must be the checkout. */
static void add_import_check(const struct findings *f, struct str *out)
{
    if (!f->packages.n)
        return;
    if (is_old(&f->plan)) {
        str_addf(out,
                 "RUN cd /tmp && python -c \"import pkgutil, sys; "
                 "m = pkgutil.find_loader(sys.argv[1]); o = m and m.get_filename(); "
                 "sys.exit(0 if o and o.startswith('/testbed/') else "
                 "'wrong copy of %%s: %%s' %% (sys.argv[1], o))\" %s\n",
                 f->packages.v[0]);
        return;
    }
    str_add(out, "RUN cd /tmp && python -c \"import importlib.util, sys\\n");
    str_truncate(out, out->len - 2);
    str_add(out, "; s = importlib.util.find_spec(sys.argv[1]); o = s and (s.origin or "
                 "list(s.submodule_search_locations)[0]); "
                 "sys.exit(0 if o and o.startswith('/testbed/') else "
                 "'wrong copy of %s: %s' % (sys.argv[1], o))\" ");
    str_addf(out, "%s\n", f->packages.v[0]);
}

/* What carries a copy of the project in itself goes when it has done its work. */
static void add_without(const struct findings *f, struct str *out)
{
    if (!f->plan.without.n)
        return;
    str_add(out, "RUN python -m pip uninstall -q -y");
    for (size_t i = f->plan.without.n; i > 0; i--) /* pip, if it is there, is the last to go */
        str_addf(out, " %s", f->plan.without.v[i - 1]);
    str_add(out, "\n");
}

int rules_dockerfile(struct agent *a UNUSED, const struct findings *f,
                     const struct feedback *fb UNUSED, struct str *out, struct error *err UNUSED)
{
    add_base(&f->plan, out);
    add_env(f, out);
    add_lock(f, out);
    add_source(out);
    add_version(f, out);
    if (f->plan.rung == RUNG_PYTHONPATH)
        str_add(out, "ENV PYTHONPATH=/testbed/src:/testbed\n");
    add_project(f, out);
    add_import_check(f, out);
    add_without(f, out);
    return 0;
}
