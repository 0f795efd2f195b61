#include "agents/rules/project.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BY_NAME = 5 };

/* A module whose tests the runner collects: by the usual names or the project's python_files. */
static bool is_module(const struct project *p, const char *path)
{
    static const char *const usual[] = { "test_*.py", "*_test.py", "test.py", "tests.py",
                                         "*_tests.py" };
    const char *base = path_base(path);
    for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
        if (fnmatch(usual[i], base, 0) == 0)
            return true;
    }
    for (size_t i = 0; i < p->test_patterns.n; i++) {
        if (fnmatch(p->test_patterns.v[i], base, 0) == 0 && strcmp(base, "conftest.py") != 0)
            return str_ends(base, ".py");
    }
    return false;
}

static bool is_helper(const char *path)
{
    const char *base = path_base(path);
    return strcmp(base, "conftest.py") == 0 || strcmp(base, "__init__.py") == 0;
}

static bool is_doctest(const struct project *p, const char *path)
{
    return p->doctest_glob &&
           (str_ends(path, ".rst") || str_ends(path, ".txt") || str_ends(path, ".md"));
}

/* Adds what passes `fits` of the files that the test patch leaves behind. */
static void add_patched(struct project *p, const struct patch_files *files,
                        bool (*fits)(const struct project *, const char *))
{
    for (size_t i = 0; i < files->n; i++) {
        const char *path = files->v[i].new_path;
        if (path && fits(p, path))
            strv_add_once(&p->f->test_files, path);
    }
}

static bool is_python(const struct project *p, const char *path)
{
    (void)p;
    return str_ends(path, ".py") && !is_helper(path);
}

/* ---- test modules that use a changed helper or data file ---- */

struct users {
    struct project *p;
    struct strv found;
};

static int add_user(void *payload, const char *path, int64_t line, const char *text, size_t len)
{
    struct users *u = payload;
    (void)line;
    (void)text;
    (void)len;
    if (is_module(u->p, path))
        strv_add_once(&u->found, path);
    return 0;
}

/* `word` with everything but letters, digits and '_' behind a backslash. */
static void pattern_add(struct str *pattern, const char *word)
{
    for (; *word; word++)
        str_addf(pattern, "%s%c", strchr(".^$*+?()[]{}|\\-", *word) ? "\\" : "", *word);
}

/* The modules that name the file, or its stem when it is a module itself. */
static void find_users(struct users *u, const char *path)
{
    enum { LIMIT = 400 };
    struct str pattern = STR_INIT;
    struct tree_search q = { u->p->commit, NULL, "*.py", LIMIT };
    const char *base = path_base(path);
    char *stem = xstrndup(base, strcspn(base, "."));
    pattern_add(&pattern, str_ends(path, ".py") ? stem : base);
    q.pattern = pattern.s;
    if (pattern.len > 3)
        (void)!mirror_search(u->p->mirror, &q, add_user, u, NULL);
    if (!u->found.n && !str_ends(path, ".py") && strlen(stem) > 3) {
        str_clear(&pattern);
        pattern_add(&pattern, stem);
        q.pattern = pattern.s;
        (void)!mirror_search(u->p->mirror, &q, add_user, u, NULL);
    }
    free(stem);
    str_release(&pattern);
}

/* The test modules in the nearest folder above `path` that has some. */
static void find_near(struct users *u, const char *path)
{
    for (size_t n = strlen(path); n > 0 && !u->found.n;) {
        while (n > 0 && path[n - 1] != '/')
            n--;
        for (size_t i = 0; i < u->p->paths.n && n; i++) {
            const char *other = u->p->paths.v[i];
            if (strncmp(other, path, n) == 0 && is_module(u->p, other))
                strv_add_once(&u->found, other);
        }
        n -= n > 0;
    }
}

/* The modules that use a changed file which is no test module itself; `near`: else those beside
 * it. */
static void users_of(struct project *p, const struct patch_files *files, bool near,
                     struct strv *out)
{
    for (size_t i = 0; i < files->n; i++) {
        const char *path = files->v[i].new_path ? files->v[i].new_path : files->v[i].old_path;
        struct users u = { p, STRV_INIT };
        if (is_module(p, path) || strcmp(path_base(path), "__init__.py") == 0)
            continue;
        find_users(&u, path);
        if (!u.found.n && near)
            find_near(&u, path);
        for (size_t k = 0; k < u.found.n && (near || u.found.n <= MOST_BY_NAME); k++)
            strv_add_once(out, u.found.v[k]);
        if (u.found.n && near)
            project_note(p, "%s changed: the test modules that use it are run", path);
        strv_release(&u.found);
    }
}

int targets_choose(struct project *p, const struct instance *in, struct strv *wider,
                   struct error *err)
{
    struct patch_files files = { 0 };
    int rc = patch_files_read(&in->test_patch, &files, err);
    if (rc < 0)
        return rc;
    add_patched(p, &files, is_module);
    add_patched(p, &files, is_doctest);
    if (p->f->test_files.n)
        users_of(p, &files, false, wider);
    else
        users_of(p, &files, true, &p->f->test_files);
    if (!p->f->test_files.n)
        add_patched(p, &files, is_python);
    patch_files_release(&files);
    if (!p->f->test_files.n)
        rc = error_set(err, E_FAIL,
                       "the test patch names no Python test module, and none uses "
                       "what it changes");
    return rc;
}
