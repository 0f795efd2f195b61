#include "agents/rules/project.h"

#include <stdlib.h>
#include <string.h>

/* Since when a backend builds editable wheels (PEP 660); before that only pip's old way or a
 * plain install is left. `min_python` is the first that this version of it runs on. */
static const struct backend {
    const char *prefix, *since;
    int min_python;
} backends[] = {
    { "setuptools", "2022-08-20", 307 }, { "poetry", "2022-03-01", 306 },
    { "flit_core", "2021-10-20", 306 },  { "hatchling", "2021-12-01", 307 },
    { "pdm", "2021-08-01", 307 },        { "legacy", "9999-01-01", 307 },
    { "flit.", "9999-01-01", 307 },      { "jupyter_packaging", "2022-08-20", 307 },
};

static bool builds_editable(const struct findings *f)
{
    for (size_t i = 0; i < ARRAY_LEN(backends); i++) {
        int64_t since = INT64_MAX;
        if (!str_starts(f->backend, backends[i].prefix))
            continue;
        clock_parse(backends[i].since, &since);
        return f->as_of >= since && python_number(f->plan.python) >= backends[i].min_python;
    }
    return true; /* an unknown backend: it is asked */
}

/* The rung that the backend of the day can do; the playbook climbs from there. */
static void choose_rung(struct project *p)
{
    struct findings *f = p->f;
    if (!f->has_project)
        f->plan.rung = RUNG_PYTHONPATH;
    else if (builds_editable(f))
        f->plan.rung = RUNG_EDITABLE;
    else if (p->setup_py &&
             (str_starts(f->backend, "legacy") || str_starts(f->backend, "setuptools")))
        f->plan.rung = RUNG_NO_ISOLATION;
    else
        f->plan.rung = RUNG_INSTALL;
}

/* The version that git would say, for builds that ask it. */
static void read_version(struct project *p, const struct instance *in)
{
    struct str tag = STR_INIT, version = STR_INIT;
    if (mirror_describe(p->mirror, p->commit, &tag, NULL) < 0 || !tag.len)
        str_set(&tag, in->version);
    version_of_tag(tag.s, &version);
    if (!version.len && p->scm_version)
        str_set(&version, "0.1");
    free(p->f->version);
    p->f->version = str_detach(&version);
    str_release(&tag);
}

/* Whether the fix changes sources that a compiler reads. */
static bool fix_is_compiled(const struct instance *in)
{
    static const char *const ends[] = { ".pyx", ".pxd", ".pxi", ".c", ".h", ".cc", ".cpp", ".hpp" };
    struct patch_files files = { 0 };
    bool yes = false;
    if (patch_files_read(&in->patch, &files, NULL) < 0)
        return false;
    for (size_t i = 0; i < files.n; i++) {
        const char *path = files.v[i].new_path ? files.v[i].new_path : "";
        for (size_t k = 0; k < ARRAY_LEN(ends); k++)
            yes = yes || str_ends(path, ends[k]);
    }
    patch_files_release(&files);
    return yes;
}

static void read_all(struct project *p, const struct instance *in)
{
    manifest_read(p);
    dialects_read(p);
    free(p->f->dist_name);
    p->f->dist_name = xstrdup(p->name);
    layout_read(p);
    ci_read(p);
    requirement_files_read(p);
    read_version(p, in);
}

/* What pip carries inside itself is a copy of the project in every image that has pip: without it
 * the image is clean in the first round. */
static void leave_out_pip(struct findings *f)
{
    static const char *const vendored[] = {
        "cachecontrol", "certifi",    "chardet",   "colorama",        "distlib",  "distro",
        "html5lib",     "idna",       "msgpack",   "packaging",       "pep517",   "platformdirs",
        "progress",     "pygments",   "pyparsing", "pyproject_hooks", "requests", "resolvelib",
        "retrying",     "rich",       "six",       "tenacity",        "toml",     "tomli",
        "tomli_w",      "truststore", "urllib3",   "webencodings",
    };
    for (size_t i = 0; i < ARRAY_LEN(vendored); i++)
        if (strv_has(&f->packages, vendored[i]))
            strv_add_once(&f->plan.without, "pip");
}

int rules_explore(struct agent *a, const struct instance *in, const struct request *rq,
                  struct findings *out, struct error *err)
{
    struct project p;
    out->plan.date_slack_days = 3;
    int rc = project_open(&p, rq->mirror, in->base_commit, ((struct rules_agent *)a)->playbook, out,
                          err);
    if (rc == 0) {
        read_all(&p, in);
        rc = targets_choose(&p, in, &((struct rules_agent *)a)->wider, err);
    }
    if (rc == 0) {
        interpreter_choose(&p);
        select_requirements(&p);
        choose_rung(&p);
        leave_out_pip(out);
        if (p.setup_py && fix_is_compiled(in))
            strv_add(&out->plan.rebuild, "python setup.py -q build_ext --inplace");
    }
    project_release(&p);
    return rc;
}
