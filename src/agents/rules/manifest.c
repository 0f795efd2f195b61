#include "agents/rules/project.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void name_set(struct project *p, const char *name)
{
    struct str dist = STR_INIT;
    dist_normalize(name, &dist);
    if (dist.len && !*p->name) {
        free(p->name);
        p->name = str_detach(&dist);
    }
    str_release(&dist);
}

static void requires_python(struct project *p, const char *spec)
{
    if (!*spec || p->requires_python.len)
        return;
    for (; *spec; spec++) {
        if (!isspace((unsigned char)*spec))
            str_addc(&p->requires_python, *spec);
    }
}

static void classifier(struct project *p, const char *text)
{
    static const char prefix[] = "Programming Language :: Python :: ";
    if (str_starts(text, prefix))
        project_list_python(p, text + strlen(prefix));
}

static void classifiers_text(struct project *p, const char *text)
{
    struct strv lines = STRV_INIT;
    strv_split(&lines, text, "\n,");
    for (size_t i = 0; i < lines.n; i++)
        classifier(p, lines.v[i] + strspn(lines.v[i], " \t"));
    strv_release(&lines);
}

static void each_text(const json_t *list, struct strv *out)
{
    const json_t *item;
    size_t i;
    json_array_foreach(list, i, item)
    {
        if (json_is_string(item))
            strv_add(out, json_string_value(item));
    }
}

static void classifiers_list(struct project *p, const json_t *list)
{
    struct strv texts = STRV_INIT;
    each_text(list, &texts);
    for (size_t i = 0; i < texts.n; i++)
        classifier(p, texts.v[i]);
    strv_release(&texts);
}

static void wishes_add(struct project *p, enum origin origin, const struct strv *lines,
                       const char *where)
{
    for (size_t i = 0; i < lines->n; i++)
        project_wish(p, origin, lines->v[i], where);
}

static void build_add(struct project *p, const struct strv *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct requirement r;
        if (!requirement_read(lines->v[i], &r))
            continue;
        struct str text = STR_INIT;
        requirement_write(&r, &text);
        if (!*r.url)
            strv_add_once(&p->build, text.s);
        str_release(&text);
        requirement_release(&r);
    }
}

/* Requirements of one section as text, one a line; "file: x.txt" names files. */
static void section_lines(struct project *p, const char *text, struct strv *out)
{
    if (str_starts(text, "file:")) {
        struct strv files = STRV_INIT, rest = STRV_INIT;
        strv_split(&files, text + 5, ", \n");
        for (size_t i = 0; i < files.n; i++) {
            struct str content = STR_INIT;
            if (project_read(p, files.v[i], &content))
                requirements_read(content.s, out, &rest, &rest, &rest);
            str_release(&content);
        }
        strv_release(&files);
        strv_release(&rest);
        return;
    }
    strv_split(out, text, strchr(text, '\n') ? "\n" : ";");
}

static void extra_add(struct project *p, const char *name, const struct strv *lines)
{
    struct str key = STR_INIT;
    dist_normalize(name, &key);
    json_t *list = json_object_get(p->extras, key.s);
    if (!list) {
        list = json_array();
        json_object_set_new(p->extras, key.s, list);
    }
    for (size_t i = 0; i < lines->n; i++)
        json_array_append_new(list, json_string(lines->v[i]));
    str_release(&key);
}

static void project_table(struct project *p)
{
    const json_t *t = json_at(p->pyproject, "project"), *list;
    const char *extra;
    struct strv lines = STRV_INIT;
    if (!t)
        return;
    name_set(p, json_get_str(t, "name", ""));
    requires_python(p, json_get_str(t, "requires-python", ""));
    classifiers_list(p, json_object_get(t, "classifiers"));
    each_text(json_object_get(t, "dependencies"), &lines);
    wishes_add(p, ORIGIN_RUNTIME, &lines, "pyproject.toml [project]");
    json_object_foreach((json_t *)json_object_get(t, "optional-dependencies"), extra, list)
    {
        strv_clear(&lines);
        each_text(list, &lines);
        extra_add(p, extra, &lines);
    }
    strv_clear(&lines);
    each_text(json_object_get(t, "dynamic"), &lines);
    if (strv_has(&lines, "dependencies") && !p->setup_py && !p->setup_cfg)
        p->dynamic = true;
    strv_release(&lines);
}

/* [tool.setuptools.dynamic] dependencies = {file = ["requirements.txt"]} */
static void dynamic_table(struct project *p)
{
    const json_t *file = json_at(p->pyproject, "tool.setuptools.dynamic.dependencies.file");
    struct strv files = STRV_INIT;
    if (json_is_string(file))
        strv_add(&files, json_string_value(file));
    each_text(file, &files);
    for (size_t i = 0; i < files.n; i++)
        requirement_file_read(p, files.v[i], ORIGIN_RUNTIME);
    if (files.n)
        p->dynamic = false;
    strv_release(&files);
}

static void setup_cfg_read(struct project *p)
{
    struct strv lines = STRV_INIT;
    const char *extra;
    const json_t *text;
    const json_t *extras = json_object_get(p->setup_cfg, "options.extras_require");
    name_set(p, ini_get(p->setup_cfg, "metadata", "name"));
    requires_python(p, ini_get(p->setup_cfg, "options", "python_requires"));
    requires_python(p, ini_get(p->setup_cfg, "metadata", "requires_python"));
    classifiers_text(p, ini_get(p->setup_cfg, "metadata", "classifiers"));
    classifiers_text(p, ini_get(p->setup_cfg, "metadata", "classifier"));
    section_lines(p, ini_get(p->setup_cfg, "options", "install_requires"), &lines);
    wishes_add(p, ORIGIN_RUNTIME, &lines, "setup.cfg install_requires");
    strv_clear(&lines);
    section_lines(p, ini_get(p->setup_cfg, "options", "tests_require"), &lines);
    wishes_add(p, ORIGIN_TESTS, &lines, "setup.cfg tests_require");
    strv_clear(&lines);
    section_lines(p, ini_get(p->setup_cfg, "options", "setup_requires"), &lines);
    build_add(p, &lines);
    json_object_foreach((json_t *)(uintptr_t)extras, extra, text)
    {
        strv_clear(&lines);
        section_lines(p, json_string_value(text), &lines);
        extra_add(p, extra, &lines);
    }
    strv_release(&lines);
}

/* A list of requirements as setup.py gives it: texts, one text, or the files that it reads. */
static bool setup_list(struct project *p, const json_t *v, enum origin origin, struct strv *out)
{
    struct strv files = STRV_INIT;
    const json_t *item;
    size_t i;
    bool whole = v && !json_is_null(v);
    if (json_is_string(v))
        strv_split(out, json_string_value(v), "\n");
    each_text(v, out);
    json_array_foreach(v, i, item) whole = whole && json_is_string(item);
    each_text(json_object_get(v, "files"), &files);
    for (i = 0; i < files.n; i++)
        requirement_file_read(p, files.v[i], origin);
    strv_release(&files);
    return whole;
}

/* {"extra": [...], ":python_version<'3'": [...], "x:marker": [...]} */
static void setup_extras(struct project *p, const json_t *extras)
{
    const char *key;
    const json_t *v;
    json_object_foreach((json_t *)(uintptr_t)extras, key, v)
    {
        struct strv lines = STRV_INIT, marked = STRV_INIT;
        const char *colon = strchr(key, ':');
        if (strcmp(key, "files") == 0)
            continue;
        setup_list(p, v, ORIGIN_OTHER, &lines);
        for (size_t i = 0; i < lines.n; i++)
            strv_addf(&marked, "%s%s%s", lines.v[i], colon ? " ; " : "", colon ? colon + 1 : "");
        if (colon == key) {
            wishes_add(p, ORIGIN_RUNTIME, &marked, "setup.py extras_require");
        } else {
            char *name = xstrndup(key, colon ? (size_t)(colon - key) : strlen(key));
            extra_add(p, name, &marked);
            free(name);
        }
        strv_release(&lines);
        strv_release(&marked);
    }
}

static void setup_py_apply(struct project *p)
{
    const json_t *s = p->setup_py, *v = json_object_get(s, "install_requires");
    struct strv lines = STRV_INIT;
    name_set(p, json_get_str(s, "name", ""));
    requires_python(p, json_get_str(s, "python_requires", ""));
    classifiers_list(p, json_object_get(s, "classifiers"));
    classifiers_text(p, json_get_str(s, "classifiers", ""));
    if (v && !setup_list(p, v, ORIGIN_RUNTIME, &lines))
        p->dynamic = true;
    wishes_add(p, ORIGIN_RUNTIME, &lines, "setup.py install_requires");
    strv_clear(&lines);
    setup_list(p, json_object_get(s, "tests_require"), ORIGIN_TESTS, &lines);
    wishes_add(p, ORIGIN_TESTS, &lines, "setup.py tests_require");
    strv_clear(&lines);
    setup_list(p, json_object_get(s, "setup_requires"), ORIGIN_OTHER, &lines);
    build_add(p, &lines);
    setup_extras(p, json_object_get(s, "extras_require"));
    if (json_is_true(json_object_get(s, "use_2to3")))
        strv_add(&p->build, "setuptools<58");
    strv_release(&lines);
}

/* [packages] and [dev-packages]: "*", "==1.0", {version = "*", extras = [...], markers = "…"} */
static void pipfile_table(struct project *p, const json_t *table, enum origin origin)
{
    const char *name;
    const json_t *v;
    json_object_foreach((json_t *)(uintptr_t)table, name, v)
    {
        const char *spec =
            json_is_string(v) ? json_string_value(v) : json_get_str(v, "version", "*");
        const char *marker = json_get_str(v, "markers", "");
        if (json_object_get(v, "path") || json_object_get(v, "git"))
            continue;
        char *line = str_format("%s%s%s%s", name, strcmp(spec, "*") == 0 ? "" : spec,
                                *marker ? " ; " : "", marker);
        project_wish(p, origin, line, "Pipfile");
        free(line);
    }
}

static void pipfile_read(struct project *p)
{
    struct str text = STR_INIT;
    if (project_read(p, "Pipfile", &text)) {
        json_t *doc = toml_read(text.s);
        const char *python = json_get_str(json_object_get(doc, "requires"), "python_version", "");
        project_list_python(p, python);
        if (!p->setup_py && !p->setup_cfg)
            pipfile_table(p, json_object_get(doc, "packages"), ORIGIN_RUNTIME);
        pipfile_table(p, json_object_get(doc, "dev-packages"), ORIGIN_FILE);
        json_decref(doc);
    }
    str_release(&text);
}

/* What setup.py imports besides setuptools must be there to run it. */
static void setup_py_imports(struct project *p)
{
    static const char *const needed[][2] = {
        { "Cython", "cython" }, { "numpy", "numpy" },       { "cffi", "cffi" },
        { "pbr", "pbr" },       { "pybind11", "pybind11" }, { "setuptools_scm", "setuptools-scm" },
    };
    struct str text = STR_INIT;
    struct strv modules = STRV_INIT;
    if (project_read(p, "setup.py", &text))
        python_imports(text.s, &modules);
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (strv_has(&modules, needed[i][0]))
            strv_add_once(&p->build, needed[i][1]);
    }
    strv_release(&modules);
    str_release(&text);
}

static void build_system(struct project *p)
{
    const json_t *system = json_at(p->pyproject, "build-system");
    struct strv lines = STRV_INIT;
    const char *backend = json_get_str(system, "build-backend", "");
    each_text(json_object_get(system, "requires"), &lines);
    build_add(p, &lines);
    strv_release(&lines);
    p->f->has_project = p->setup_py || json_at(p->pyproject, "project") || *backend ||
                        json_at(p->pyproject, "tool.poetry") ||
                        json_at(p->pyproject, "tool.flit") ||
                        *ini_get(p->setup_cfg, "metadata", "name");
    free(p->f->backend);
    p->f->backend = xstrdup(*backend             ? backend
                            : !p->f->has_project ? ""
                            : p->setup_py        ? "legacy"
                                                 : "setuptools.build_meta");
    if (p->setup_py)
        setup_py_imports(p);
    if (str_starts(p->f->backend, "legacy") || str_starts(p->f->backend, "setuptools")) {
        strv_add_once(&p->build, "setuptools");
        strv_add_once(&p->build, "wheel");
    }
}

/* Whether git, not a file, says the version: setuptools_scm, hatch-vcs, pbr, versioneer and kin. */
static void version_source(struct project *p)
{
    static const char *const tools[] = {
        "setuptools-scm", "hatch-vcs",    "pbr",
        "versioneer",     "versioningit", "poetry-dynamic-versioning",
        "pdm-backend",    "flit-scm",     "setuptools-git-versioning"
    };
    for (size_t i = 0; i < p->build.n; i++) {
        struct requirement r;
        if (!requirement_read(p->build.v[i], &r))
            continue;
        for (size_t k = 0; k < ARRAY_LEN(tools); k++)
            p->scm_version = p->scm_version || strcmp(r.name, tools[k]) == 0;
        requirement_release(&r);
    }
    if (project_has(p, "versioneer.py") || json_at(p->pyproject, "tool.setuptools_scm"))
        p->scm_version = true;
}

void manifest_read(struct project *p)
{
    project_table(p);
    dynamic_table(p);
    if (p->setup_cfg)
        setup_cfg_read(p);
    if (p->setup_py)
        setup_py_apply(p);
    pipfile_read(p);
    build_system(p);
    version_source(p);
}
