#include "agents/rules/project.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int add_entry(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    struct project *p = payload;
    if (e->kind == ENTRY_SUBMODULE)
        strv_add(&p->submodules, e->path);
    else if (e->kind != ENTRY_DIR)
        strv_add(&p->paths, e->path);
    return 0;
}

/* The parsed file, or NULL when there is none. */
static json_t *document(struct project *p, const char *path, json_t *(*read)(const char *))
{
    struct str text = STR_INIT;
    json_t *doc = project_read(p, path, &text) ? read(text.s) : NULL;
    str_release(&text);
    return doc;
}

static json_t *pytest_document(struct project *p)
{
    static const char *const names[] = { "pytest.ini", ".pytest.ini" };
    json_t *doc = NULL;
    for (size_t i = 0; i < ARRAY_LEN(names) && !doc; i++)
        doc = document(p, names[i], ini_read);
    return doc;
}

int project_open(struct project *p, struct mirror *m, const char *commit,
                 const struct playbook *book, struct findings *f, struct error *err)
{
    memset(p, 0, sizeof(*p));
    p->mirror = m;
    p->commit = commit;
    p->book = book;
    p->f = f;
    p->name = xstrdup("");
    p->extras = json_object();
    p->groups = json_object();
    p->bounds = (struct py_bounds)PY_BOUNDS_INIT;
    str_init(&p->requires_python);
    str_init(&p->addopts);
    struct strv *lists[] = { &p->paths,  &p->submodules,   &p->listed,       &p->build,
                             &p->ci_apt, &p->asked_extras, &p->asked_groups, &p->test_patterns };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        strv_init(lists[i]);
    int rc = mirror_commit_time(m, commit, &f->as_of, err);
    if (rc == 0)
        rc = mirror_walk(m, commit, add_entry, p, err);
    if (rc < 0)
        return rc;
    p->pyproject = document(p, "pyproject.toml", toml_read);
    p->setup_cfg = document(p, "setup.cfg", ini_read);
    p->setup_py = document(p, "setup.py", setup_py_read);
    p->tox = document(p, "tox.ini", ini_read);
    p->pytest_ini = pytest_document(p);
    return 0;
}

void project_release(struct project *p)
{
    struct strv *lists[] = { &p->paths,  &p->submodules,   &p->listed,       &p->build,
                             &p->ci_apt, &p->asked_extras, &p->asked_groups, &p->test_patterns };
    json_t *docs[] = { p->pyproject,  p->setup_cfg, p->setup_py, p->tox,
                       p->pytest_ini, p->extras,    p->groups };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        strv_release(lists[i]);
    for (size_t i = 0; i < ARRAY_LEN(docs); i++)
        json_decref(docs[i]);
    for (size_t i = 0; i < p->n_wishes; i++) {
        free(p->wishes[i].line);
        free(p->wishes[i].where);
    }
    free(p->wishes);
    free(p->name);
    str_release(&p->requires_python);
    str_release(&p->addopts);
}

bool project_read(struct project *p, const char *path, struct str *out)
{
    if (mirror_read(p->mirror, p->commit, path, out, NULL) < 0)
        return false;
    if (strlen(out->s) != out->len) /* NUL bytes: what follows is nothing to read */
        str_truncate(out, strlen(out->s));
    strv_add_once(&p->f->manifests, path);
    return true;
}

bool project_has(const struct project *p, const char *path)
{
    return strv_has(&p->paths, path);
}

bool project_has_dir(const struct project *p, const char *dir)
{
    size_t n = strlen(dir);
    for (size_t i = 0; i < p->paths.n; i++) {
        if (strncmp(p->paths.v[i], dir, n) == 0 && p->paths.v[i][n] == '/')
            return true;
    }
    return false;
}

void project_wish(struct project *p, enum origin origin, const char *line, const char *where)
{
    struct requirement r;
    if (!requirement_read(line, &r))
        return;
    if (*r.url) {
        project_note(p, "%s: %s is not on an index and is passed over", where, line);
    } else {
        struct str text = STR_INIT;
        requirement_write(&r, &text);
        p->wishes = xrealloc(p->wishes, (p->n_wishes + 1) * sizeof(*p->wishes));
        p->wishes[p->n_wishes++] = (struct wish){ origin, str_detach(&text), xstrdup(where) };
    }
    requirement_release(&r);
}

void project_note(struct project *p, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    strv_add_once(&p->f->notes, text.s);
    str_release(&text);
}

void project_list_python(struct project *p, const char *text)
{
    if (!isdigit((unsigned char)text[0]) || (text[0] != '2' && text[0] != '3'))
        return;
    const char *minor = text + 1 + (text[1] == '.');
    size_t n = strspn(minor, "0123456789");
    if (n == 0 || n > 2)
        return;
    char *version = str_format("%c.%.*s", *text, (int)n, minor);
    strv_add_once(&p->listed, version);
    free(version);
}
