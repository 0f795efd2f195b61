#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One exploration: what was read, and the findings it goes into. */
struct survey {
    struct mirror *m;
    const char *commit;
    struct findings *f;
    struct str all; /* text of setup.cfg, setup.py, pyproject.toml, tox.ini */
    struct str setup_py, setup_cfg, pyproject, tox;
    struct strv tools; /* requirements that were left out */
};

static bool read_manifest(struct survey *s, const char *path, struct str *out)
{
    if (mirror_read(s->m, s->commit, path, out, NULL) < 0)
        return false;
    strv_add(&s->f->manifests, path);
    str_addn(&s->all, out->s, out->len);
    str_addc(&s->all, '\n');
    return true;
}

static void add_requirement(struct survey *s, const char *origin, const char *line)
{
    struct str clean = STR_INIT, name = STR_INIT;
    requirement_clean(line, strlen(line), &clean);
    requirement_name(clean.s, &name);
    if (!clean.len || strcmp(name.s, s->f->dist_name) == 0) {
        /* nothing, or the project itself */
    } else if (requirement_is_tool(name.s)) {
        strv_add_once(&s->tools, name.s);
    } else if (strv_add_once(&s->f->plan.require, clean.s)) {
        strv_addf(&s->f->requires, "%s\t%s", origin, clean.s);
    }
    str_release(&name);
    str_release(&clean);
}

static void add_lines(struct survey *s, const char *origin, const struct strv *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        add_requirement(s, origin, lines->v[i]);
}

/* ---- requirement files ---- */

static void add_file(struct survey *s, const char *path, int depth)
{
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT;
    if (depth > 4 || mirror_read(s->m, s->commit, path, &text, NULL) < 0)
        goto out;
    strv_add_once(&s->f->manifests, path);
    strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        const char *p = lines.v[i] + strspn(lines.v[i], " \t");
        if (strncmp(p, "-r", 2) != 0 && strncmp(p, "--requirement", 13) != 0) {
            add_requirement(s, path, p);
            continue;
        }
        p += strcspn(p, " \t=r");
        p += strspn(p, " \t=r");
        struct strv words = STRV_INIT;
        strv_split(&words, p, " \t\r#");
        const char *slash = strrchr(path, '/');
        char *next =
            words.n ? str_format("%.*s%s", slash ? (int)(slash - path) + 1 : 0, path, words.v[0])
                    : NULL;
        if (next)
            add_file(s, next, depth + 1);
        free(next);
        strv_release(&words);
    }
out:
    strv_release(&lines);
    str_release(&text);
}

static bool is_wanted_file(const char *path)
{
    static const char wanted[] =
        "(?:^|/)(?:(?:test|tests|dev|testing|ci)[-_.]?)?requirements?"
        "(?:[-_.]?(?:test|tests|dev|testing|ci|all|base))?\\.(?:txt|in|pip)$|"
        "^requirements/(?:test|tests|dev|testing|ci|base|common)"
        "\\.(?:txt|in)$";
    struct str text = STR_INIT;
    str_add(&text, path);
    bool yes = rx_has(wanted, &text);
    str_release(&text);
    return yes;
}

static int visit_folder(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    struct survey *s = payload;
    if ((e->kind == ENTRY_FILE || e->kind == ENTRY_EXECUTABLE) && is_wanted_file(e->path))
        add_file(s, e->path, 0);
    return 0;
}

static void read_requirement_files(struct survey *s)
{
    static const char *const folders[] = { "", "requirements", "tests", "test", "ci" };
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        (void)!mirror_list(s->m, s->commit, folders[i], visit_folder, s, NULL);
}

/* ---- tables ---- */

static const char *const wanted_extras[] = { "test", "tests", "testing", "dev", "develop" };

static void add_poetry(struct survey *s, const char *table)
{
    struct str body = STR_INIT;
    struct strv lines = STRV_INIT;
    section_body(&s->pyproject, table, &body);
    strv_split(&lines, body.s, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        struct strv g = STRV_INIT;
        if (rx_find("^([A-Za-z][\\w.-]*)\\s*=", lines.v[i], strlen(lines.v[i]), 0, &g) >= 0 &&
            strcmp(g.v[1], "python") != 0)
            add_requirement(s, table, g.v[1]);
        strv_release(&g);
    }
    strv_release(&lines);
    str_release(&body);
}

static void add_arrays(struct survey *s, const char *table, const char *key)
{
    struct str body = STR_INIT;
    struct strv lines = STRV_INIT;
    char *origin = str_format("pyproject.toml [%s] %s", table, key);
    section_body(&s->pyproject, table, &body);
    array_strings(&body, key, &lines);
    add_lines(s, origin, &lines);
    free(origin);
    strv_release(&lines);
    str_release(&body);
}

static void read_pyproject(struct survey *s)
{
    static const char *const poetry[] = { "tool.poetry.dev-dependencies",
                                          "tool.poetry.group.dev.dependencies",
                                          "tool.poetry.group.test.dependencies",
                                          "tool.poetry.group.tests.dependencies" };
    static const char *const tables[] = { "dependency-groups", "tool.pdm.dev-dependencies",
                                          "project.optional-dependencies" };
    static const char *const keys[] = { "dependencies", "extra-dependencies" };
    struct strv g = STRV_INIT;
    size_t from = 0;
    long at;
    for (size_t i = 0; i < ARRAY_LEN(poetry); i++)
        add_poetry(s, poetry[i]);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        for (size_t k = 0; k < ARRAY_LEN(wanted_extras); k++)
            add_arrays(s, tables[i], wanted_extras[k]);
    while ((at = rx_find("^\\[(tool\\.hatch\\.envs\\.[^\\]]+)\\]", s->pyproject.s, s->pyproject.len,
                         from, &g)) >= 0) {
        char *table = xstrdup(g.v[1]);
        if (!strstr(table, "doc") && !strstr(table, "lint") && !strstr(table, "style"))
            for (size_t k = 0; k < ARRAY_LEN(keys); k++)
                add_arrays(s, table, keys[k]);
        free(table);
        from = (size_t)at;
    }
    strv_release(&g);
}

static void read_setup_cfg(struct survey *s)
{
    struct str body = STR_INIT;
    struct strv lines = STRV_INIT;
    section_body(&s->setup_cfg, "options.extras_require", &body);
    for (size_t k = 0; k < ARRAY_LEN(wanted_extras); k++)
        ini_lines(&body, wanted_extras[k], &lines);
    section_body(&s->setup_cfg, "options", &body);
    ini_lines(&body, "tests_require", &lines);
    add_lines(s, "setup.cfg", &lines);
    strv_release(&lines);
    str_release(&body);
}

/* Lists of literals that setup.py hands to setup() by a keyword, or keeps under that name. */
static void read_setup_py(struct survey *s)
{
    static const char *const keys[] = {
        "tests_require",     "tests_requires", "test_requires",
        "test_requirements", "TESTS_REQUIRE",  "tests_requirements"
    };
    struct strv lines = STRV_INIT, g = STRV_INIT;
    for (size_t k = 0; k < ARRAY_LEN(keys); k++)
        array_strings(&s->setup_py, keys[k], &lines);
    for (size_t k = 0; k < ARRAY_LEN(wanted_extras); k++) {
        struct str pattern = STR_INIT;
        str_setf(&pattern, "['\"]%s['\"]\\s*\\]?\\s*[:=]\\s*[\\[(]([^\\])]*)", wanted_extras[k]);
        if (rx_find(pattern.s, s->setup_py.s, s->setup_py.len, 0, &g) >= 0) {
            struct str body = STR_INIT;
            str_setf(&body, "x = [%s]\n", g.v[1]);
            array_strings(&body, "x", &lines);
            str_release(&body);
        }
        str_release(&pattern);
    }
    add_lines(s, "setup.py", &lines);
    strv_release(&lines);
    strv_release(&g);
}

static void read_tox(struct survey *s)
{
    struct str body = STR_INIT;
    struct strv lines = STRV_INIT, g = STRV_INIT;
    section_body(&s->tox, "testenv", &body);
    ini_lines(&body, "deps", &lines);
    for (size_t i = 0; i < lines.n; i++) {
        const char *line = lines.v[i];
        if (rx_find("^\\s*[\\w,{}!.-]+:\\s+(.*)$", line, strlen(line), 0, &g) >= 0)
            line = g.v[1];
        line += strspn(line, " \t");
        if (rx_find("^-r\\s*(\\S+)", line, strlen(line), 0, &g) >= 0) {
            char *path = xstrdup(g.v[1]);
            add_file(s, str_starts(path, "{toxinidir}/") ? path + 12 : path, 0);
            free(path);
        } else if (!strchr(line, '{')) {
            add_requirement(s, "tox.ini", line);
        }
    }
    strv_release(&g);
    strv_release(&lines);
    str_release(&body);
}

/* ---- what the project is ---- */

static void read_name(struct survey *s)
{
    static const char *const patterns[] = { "^\\s*name\\s*=\\s*['\"]?([A-Za-z0-9][\\w.-]*)",
                                            "\\bname\\s*=\\s*['\"]([A-Za-z0-9][\\w.-]*)" };
    struct strv g = STRV_INIT;
    struct str name = STR_INIT;
    for (size_t i = 0; !name.len && i < ARRAY_LEN(patterns); i++)
        if (rx_find(patterns[i], s->all.s, s->all.len, 0, &g) >= 0)
            requirement_name(g.v[1], &name);
    free(s->f->dist_name);
    s->f->dist_name = str_detach(&name);
    if (*s->f->dist_name)
        strv_add(&s->f->plan.drop, s->f->dist_name);
    strv_release(&g);
}

/* The newest tag's number, for builds that ask git for their version. */
static void read_version(struct survey *s, const struct instance *in)
{
    struct strv g = STRV_INIT;
    struct str tag = STR_INIT;
    if (mirror_describe(s->m, s->commit, &tag, NULL) < 0 || !tag.len)
        str_set(&tag, in->version);
    if (rx_find("(\\d+(?:\\.\\d+)+)", tag.s, tag.len, 0, &g) >= 0) {
        free(s->f->version);
        s->f->version = xstrdup(g.v[1]);
    }
    str_release(&tag);
    strv_release(&g);
}

static int visit_root(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    struct survey *s = payload;
    const char *base = path_base(e->path);
    char *init = str_format("%s/__init__.py", e->path);
    if (e->kind == ENTRY_DIR && mirror_has_file(s->m, s->commit, init) && !split_is_test(init) &&
        strcmp(base, "docs") != 0 && strcmp(base, "testing") != 0 && strcmp(base, "examples") != 0)
        strv_add_once(&s->f->packages, base);
    free(init);
    return 0;
}

static void read_packages(struct survey *s)
{
    static const char *const roots[] = { "src", "" };
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        size_t before = s->f->packages.n;
        (void)!mirror_list(s->m, s->commit, roots[i], visit_root, s, NULL);
        if (s->f->packages.n > before)
            strv_add(&s->f->import_roots, roots[i]);
    }
    s->f->has_project = s->setup_py.len || s->setup_cfg.len ||
                        rx_has("^\\[(?:project|build-system|tool\\.poetry)\\]", &s->pyproject);
}

/* What uv itself reads of the project: its run-time dependencies. */
static void add_project(struct survey *s)
{
    if (s->setup_py.len || rx_has("^\\[(?:project|tool\\.poetry)\\]", &s->pyproject) ||
        rx_has("^\\[options\\]", &s->setup_cfg))
        strv_add(&s->f->plan.require, ".");
}

/* ---- tests ---- */

static bool is_test_module(const char *path)
{
    const char *base = path_base(path);
    if (!str_ends(base, ".py") || strcmp(base, "conftest.py") == 0)
        return false;
    return str_starts(base, "test") || str_ends(base, "_test.py") || str_ends(base, "_tests.py");
}

static int add_near(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    if (e->kind == ENTRY_FILE && is_test_module(e->path))
        strv_add_once(payload, e->path);
    return 0;
}

/* The modules of the patch; when it only has data and helpers, the modules beside them. */
static int read_test_files(struct survey *s, const struct instance *in, struct error *err)
{
    struct patch_files files = { 0 };
    int rc = patch_files_read(&in->test_patch, &files, err);
    for (size_t i = 0; rc == 0 && i < files.n; i++)
        if (files.v[i].new_path && is_test_module(files.v[i].new_path))
            strv_add_once(&s->f->test_files, files.v[i].new_path);
    for (size_t i = 0; rc == 0 && i < files.n && !s->f->test_files.n; i++) {
        const char *path = files.v[i].new_path ? files.v[i].new_path : files.v[i].old_path;
        for (char *dir = xstrdup(path), *slash;;) {
            slash = strrchr(dir, '/');
            if (!slash || s->f->test_files.n) {
                free(dir);
                break;
            }
            *slash = '\0';
            (void)!mirror_list(s->m, s->commit, dir, add_near, &s->f->test_files, NULL);
        }
    }
    patch_files_release(&files);
    return rc;
}

static void choose_python(struct survey *s)
{
    struct python_hints h = { &s->all, s->f->as_of, NULL, NULL };
    python_choose(&h, &s->f->pythons, &s->f->notes);
    snprintf(s->f->plan.python, sizeof(s->f->plan.python), "%s", s->f->pythons.v[0]);
}

static void add_runner(struct survey *s)
{
    bool has_pytest = false;
    for (size_t i = 0; i < s->f->plan.require.n; i++) {
        struct str name = STR_INIT;
        requirement_name(s->f->plan.require.v[i], &name);
        has_pytest = has_pytest || strcmp(name.s, "pytest") == 0;
        str_release(&name);
    }
    if (!has_pytest)
        strv_add(&s->f->plan.require, "pytest");
}

static void read_all(struct survey *s, const struct instance *in)
{
    read_manifest(s, "pyproject.toml", &s->pyproject);
    read_manifest(s, "setup.cfg", &s->setup_cfg);
    read_manifest(s, "setup.py", &s->setup_py);
    read_manifest(s, "tox.ini", &s->tox);
    read_name(s);
    read_version(s, in);
    read_packages(s);
    add_project(s);
    read_pyproject(s);
    read_setup_cfg(s);
    read_setup_py(s);
    read_requirement_files(s);
    read_tox(s);
    add_runner(s);
    choose_python(s);
    for (size_t i = 0; i < s->tools.n; i++)
        strv_addf(&s->f->notes, "left out: %s, a tool that no test needs", s->tools.v[i]);
}

int rules_explore(struct agent *a UNUSED, const struct instance *in, const struct request *rq,
                  struct findings *out, struct error *err)
{
    struct survey s = { .m = rq->mirror, .commit = in->base_commit, .f = out };
    struct str *texts[] = { &s.all, &s.setup_py, &s.setup_cfg, &s.pyproject, &s.tox };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_init(texts[i]);
    strv_init(&s.tools);
    out->plan.date_slack_days = 3;
    out->has_submodules = mirror_has_file(rq->mirror, in->base_commit, ".gitmodules");
    int rc = mirror_commit_time(rq->mirror, in->base_commit, &out->as_of, err);
    if (rc == 0)
        rc = read_test_files(&s, in, err);
    if (rc == 0)
        read_all(&s, in);
    if (rc == 0 && !out->test_files.n)
        rc = error_set(err, E_FAIL, "the test patch names no Python test module");
    strv_release(&s.tools);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_release(texts[i]);
    return rc;
}
