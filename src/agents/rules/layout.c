#include "agents/rules/project.h"

#include <stdlib.h>
#include <string.h>

enum { SCAN_FILES = 400, SCAN_BYTES = 8 << 20 };

/* Folders and modules at an import root that are no part of what is shipped. */
static bool is_aside(const char *name)
{
    static const char *const words[] = {
        "test",       "tests",      "testing",      "doc",       "docs",    "example",
        "examples",   "setup",      "conftest",     "noxfile",   "tasks",   "scripts",
        "tools",      "benchmarks", "bench",        "benchmark", "ci",      "fabfile",
        "versioneer", "build",      "dist",         "samples",   "demo",    "demos",
        "utils",      "fuzz",       "requirements", "ez_setup",  "runtests"
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(words[i], name) == 0)
            return true;
    }
    return *name == '.' || str_starts(name, "__") || str_starts(name, "test_") ||
           str_ends(name, "_test");
}

/* The import name that `path` stands for below `root`: "pkg" of "src/pkg/__init__.py", "mod" of
 * "src/mod.py". A fresh string, or NULL. */
static char *top_name_new(const char *path, const char *root)
{
    size_t n = strlen(root);
    if (n && (strncmp(path, root, n) != 0 || path[n] != '/'))
        return NULL;
    path += n ? n + 1 : 0;
    const char *slash = strchr(path, '/');
    if (slash && (strcmp(slash, "/__init__.py") == 0 || strcmp(slash, "/__init__.pyx") == 0))
        return xstrndup(path, (size_t)(slash - path));
    if (!slash && str_ends(path, ".py"))
        return xstrndup(path, strlen(path) - 3);
    return NULL;
}

static bool is_dist(const struct project *p, const char *name)
{
    struct str dist = STR_INIT;
    dist_normalize(name, &dist);
    bool same = strcmp(dist.s, p->name) == 0;
    str_release(&dist);
    return same;
}

static bool is_declared(const struct project *p, const char *module)
{
    struct strv names = STRV_INIT;
    json_get_strv(p->setup_py, "py_modules", &names);
    json_get_strv(json_at(p->pyproject, "tool.setuptools"), "py-modules", &names);
    strv_split(&names, ini_get(p->setup_cfg, "options", "py_modules"), ", \n");
    bool yes = strv_has(&names, module);
    strv_release(&names);
    return yes;
}

/* Packages of a root; single modules only when they are declared, named like the distribution, or
 * all that there is. */
static void root_add(struct project *p, const char *root)
{
    size_t before = p->f->packages.n;
    for (int modules = 0; modules < 2; modules++) {
        bool only = p->f->packages.n == before && modules;
        for (size_t i = 0; i < p->paths.n; i++) {
            char *name = top_name_new(p->paths.v[i], root);
            bool is_package = strstr(path_base(p->paths.v[i]), "__init__.") != NULL;
            if (name && !is_aside(name) && is_package != (modules == 1) &&
                (!modules || only || is_dist(p, name) || is_declared(p, name)))
                strv_add_once(&p->f->packages, name);
            free(name);
        }
    }
    if (p->f->packages.n > before)
        strv_add_once(&p->f->import_roots, root);
}

/* package_dir and where= name a folder other than src. */
static void declared_roots(struct project *p)
{
    const char *dir = json_get_str(json_object_get(p->setup_py, "package_dir"), "", "");
    const json_t *where = json_at(p->pyproject, "tool.setuptools.packages.find.where");
    if (*dir && strcmp(dir, ".") != 0)
        root_add(p, dir);
    dir = json_string_value(json_array_get(where, 0));
    if (dir && *dir && strcmp(dir, ".") != 0)
        root_add(p, dir);
    dir = ini_get(p->setup_cfg, "options.packages.find", "where");
    if (*dir && strcmp(dir, ".") != 0)
        root_add(p, dir);
}

/* "zope" of zope/interface/…, a folder without __init__.py named like the distribution. */
static void namespace_add(struct project *p)
{
    static const char *const roots[] = { "src/", "" };
    size_t n = strcspn(p->name, "-");
    for (size_t r = 0; r < ARRAY_LEN(roots) && n; r++) {
        char *dir = str_format("%s%.*s", roots[r], (int)n, p->name);
        if (project_has_dir(p, dir) && !is_aside(path_base(dir))) {
            strv_add_once(&p->f->packages, path_base(dir));
            strv_add_once(&p->f->import_roots, *roots[r] ? "src" : "");
            r = ARRAY_LEN(roots);
        }
        free(dir);
    }
}

/* The package that the distribution is named after goes first. */
static void main_first(struct project *p)
{
    struct strv *list = &p->f->packages;
    for (size_t i = 1; i < list->n; i++) {
        if (is_dist(p, list->v[i])) {
            char *name = list->v[i];
            memmove(list->v + 1, list->v, i * sizeof(*list->v));
            list->v[0] = name;
            return;
        }
    }
}

/* A file of the shipped packages, not of their tests. */
static bool is_source(const struct project *p, const char *path)
{
    if (!str_ends(path, ".py") || split_is_test(path) || strstr(path, "vendor"))
        return false;
    for (size_t r = 0; r < p->f->import_roots.n; r++) {
        const char *root = p->f->import_roots.v[r];
        size_t n = strlen(root);
        if (n && (strncmp(path, root, n) != 0 || path[n] != '/'))
            continue;
        const char *below = path + (n ? n + 1 : 0);
        for (size_t i = 0; i < p->f->packages.n; i++) {
            size_t k = strlen(p->f->packages.v[i]);
            if (strncmp(below, p->f->packages.v[i], k) == 0 &&
                (below[k] == '/' || strcmp(below + k, ".py") == 0))
                return true;
        }
    }
    return false;
}

static void bounds_add(struct py_bounds *all, const struct py_bounds *one, const char *path)
{
    if (one->min > all->min) {
        all->min = one->min;
        snprintf(all->why_min, sizeof(all->why_min), "%.36s in %.36s", one->why_min, path);
    }
    if (one->max < all->max) {
        all->max = one->max;
        snprintf(all->why_max, sizeof(all->why_max), "%.36s in %.36s", one->why_max, path);
    }
}

/* What the interpreter must read, over all files of the packages. A print statement counts only
 * when most files have one: compatibility layers keep some. */
static void bounds_read(struct project *p)
{
    struct str text = STR_INIT;
    size_t files = 0, old = 0, bytes = 0;
    struct py_bounds rest = PY_BOUNDS_INIT;
    for (size_t i = 0; i < p->paths.n && files < SCAN_FILES && bytes < SCAN_BYTES; i++) {
        struct py_bounds one = PY_BOUNDS_INIT;
        str_clear(&text);
        if (!is_source(p, p->paths.v[i]) ||
            mirror_read(p->mirror, p->commit, p->paths.v[i], &text, NULL) < 0)
            continue;
        files++;
        bytes += text.len;
        python_bounds(text.s, &one);
        if (one.max == 2)
            old++;
        else
            bounds_add(&rest, &one, p->paths.v[i]);
    }
    p->bounds = rest;
    if (old * 2 > files) {
        p->bounds.max = 2;
        snprintf(p->bounds.why_max, sizeof(p->bounds.why_max), "print statements");
    }
    str_release(&text);
}

static void pytest_config(struct project *p)
{
    const json_t *ini = json_at(p->pyproject, "tool.pytest.ini_options");
    const json_t *patterns = json_object_get(ini, "python_files");
    const char *addopts = json_get_str(ini, "addopts", "");
    const json_t *const files[] = { p->pytest_ini, p->tox, p->setup_cfg };
    static const char *const sections[] = { "pytest", "pytest", "tool:pytest" };
    json_get_strv(ini, "addopts", &p->test_patterns);
    for (size_t i = 0; i < p->test_patterns.n; i++)
        str_addf(&p->addopts, "%s ", p->test_patterns.v[i]);
    strv_clear(&p->test_patterns);
    str_add(&p->addopts, addopts);
    json_get_strv(ini, "python_files", &p->test_patterns);
    if (json_is_string(patterns))
        strv_split(&p->test_patterns, json_string_value(patterns), " \t\n");
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        if (!p->addopts.len)
            str_add(&p->addopts, ini_get(files[i], sections[i], "addopts"));
        if (!p->test_patterns.n)
            strv_split(&p->test_patterns, ini_get(files[i], sections[i], "python_files"), " \t\n");
    }
    p->doctest_glob = strstr(p->addopts.s, "--doctest-glob") != NULL;
}

void layout_read(struct project *p)
{
    declared_roots(p);
    root_add(p, "src");
    root_add(p, "lib");
    if (!p->f->packages.n || !project_has_dir(p, "src"))
        root_add(p, "");
    if (!p->f->packages.n)
        namespace_add(p);
    main_first(p);
    pytest_config(p);
    bounds_read(p);
    p->f->has_submodules = p->submodules.n > 0;
    for (size_t i = 0; i < p->submodules.n; i++)
        project_note(p, "submodule %s is not part of the environment", p->submodules.v[i]);
}
