#include "agents/rules/project.h"

#include <stdlib.h>
#include <string.h>

/* What is gathered while wishes are chosen. */
struct selection {
    struct project *p;
    struct strv modules; /* that the tests import */
    struct map names;    /* distribution -> origin + 1 of what was taken first, where it was read */
};

struct taken {
    enum origin origin;
    char *where;
    bool bound; /* some line says a version */
};

static void taken_free(void *v)
{
    struct taken *t = v;
    free(t->where);
    free(t);
}

/* ---- which of the wishes ---- */

/* Whether the tests import something of the distribution. */
static bool imported(const struct selection *s, const char *dist)
{
    for (size_t i = 0; i < s->modules.n; i++) {
        struct str name = STR_INIT;
        const char *known = playbook_name(s->p->book, "module", s->modules.v[i]);
        dist_normalize(known ? known : s->modules.v[i], &name);
        bool same = strcmp(name.s, dist) == 0;
        str_release(&name);
        if (same)
            return true;
    }
    return false;
}

/* A tool that the pytest options of the project call in: pytest-flake8 for --flake8. */
static bool wanted_by_options(const struct selection *s, const char *dist)
{
    struct strv words = STRV_INIT;
    bool yes = false;
    strv_split(&words, s->p->addopts.s, " \t\n");
    for (size_t i = 0; i < words.n && !yes; i++) {
        char *option = xstrndup(words.v[i], strcspn(words.v[i], "="));
        const char *known = playbook_name(s->p->book, "argument", option);
        yes = known && strcmp(known, dist) == 0;
        free(option);
    }
    strv_release(&words);
    return yes;
}

static bool passed_over(struct selection *s, enum origin origin, const struct requirement *r,
                        const char *where)
{
    struct project *p = s->p;
    if (!*r->name)
        return true;
    if (strcmp(r->name, p->name) == 0) {
        project_note(p, "%s: %s is the project itself", where, r->name);
        return true;
    }
    if (origin == ORIGIN_RUNTIME || !playbook_is_tool(p->book, r->name))
        return false;
    if (imported(s, r->name) || wanted_by_options(s, r->name))
        return false;
    project_note(p, "%s: %s is a tool that the tests do not use", where, r->name);
    return true;
}

/* The second and later words on a distribution count only when they come from the same place, or
 * add a bound where there was none. */
static bool said_before(struct selection *s, enum origin origin, const struct requirement *r,
                        const char *where)
{
    struct taken *t = map_get(&s->names, r->name);
    if (!t) {
        t = xcalloc(1, sizeof(*t));
        t->origin = origin;
        t->where = xstrdup(where);
        t->bound = *r->spec != '\0';
        map_put(&s->names, r->name, t);
        return false;
    }
    bool same = t->origin == origin && strcmp(t->where, where) == 0;
    bool adds = !t->bound && *r->spec;
    t->bound = t->bound || *r->spec;
    return !same && !adds;
}

/* On some interpreter that may be tried; the lock is for one of them and reads the marker again. */
static bool holds_somewhere(const struct findings *f, const char *marker)
{
    for (size_t i = 0; i < f->pythons.n; i++) {
        if (marker_may_hold(marker, f->pythons.v[i]))
            return true;
    }
    return false;
}

static void take(struct selection *s, enum origin origin, const char *line, const char *where)
{
    struct requirement r;
    struct findings *f = s->p->f;
    if (!requirement_read(line, &r))
        return;
    bool holds = holds_somewhere(f, r.marker);
    if (holds && !*r.url && !passed_over(s, origin, &r, where) &&
        !said_before(s, origin, &r, where)) {
        struct str text = STR_INIT;
        requirement_write(&r, &text);
        strv_add_once(&f->plan.require, text.s);
        strv_addf(&f->requires, "%s\t%s", where, text.s);
        str_release(&text);
    }
    requirement_release(&r);
}

static bool take_wishes(struct selection *s, enum origin origin)
{
    bool any = false;
    for (size_t i = 0; i < s->p->n_wishes; i++) {
        const struct wish *w = &s->p->wishes[i];
        if (w->origin != origin)
            continue;
        any = true;
        take(s, origin, w->line, w->where);
    }
    return any;
}

/* ---- extras and groups ---- */

static void take_extra(struct selection *s, const char *extra, int depth);

/* "name[a,b]" of the project itself stands for its extras a and b. */
static bool own_extras(struct selection *s, const char *line, int depth)
{
    struct requirement r;
    struct strv extras = STRV_INIT;
    if (!requirement_read(line, &r))
        return false;
    bool own = strcmp(r.name, s->p->name) == 0 && *s->p->name;
    if (own)
        strv_split(&extras, r.extras, ",");
    for (size_t i = 0; i < extras.n && depth < 6; i++)
        take_extra(s, extras.v[i], depth + 1);
    strv_release(&extras);
    requirement_release(&r);
    return own;
}

static void take_extra(struct selection *s, const char *extra, int depth)
{
    struct str key = STR_INIT;
    const json_t *line;
    size_t i;
    dist_normalize(extra, &key);
    char *where = str_format("extra %s", key.s);
    json_array_foreach(json_object_get(s->p->extras, key.s), i, line)
    {
        const char *text = json_is_string(line) ? json_string_value(line) : "";
        if (!own_extras(s, text, depth))
            take(s, ORIGIN_EXTRA, text, where);
    }
    free(where);
    str_release(&key);
}

static void take_group(struct selection *s, const char *group, int depth)
{
    struct str key = STR_INIT;
    const json_t *line;
    size_t i;
    dist_normalize(group, &key);
    char *where = str_format("group %s", key.s);
    json_array_foreach(json_object_get(s->p->groups, key.s), i, line)
    {
        const char *more = json_get_str(line, "include-group", "");
        const char *text = json_is_string(line) ? json_string_value(line) : "";
        if (*more && depth < 6)
            take_group(s, more, depth + 1);
        else if (!own_extras(s, text, depth))
            take(s, ORIGIN_GROUP, text, where);
    }
    free(where);
    str_release(&key);
}

static bool is_for_tests(const char *name)
{
    return strncasecmp(name, "test", 4) == 0 || strcasecmp(name, "pytest") == 0 ||
           strcasecmp(name, "unittest") == 0 || strcasecmp(name, "tox") == 0;
}

static bool is_for_developers(const char *name)
{
    static const char *const names[] = {
        "dev", "develop", "development", "devel", "default", "ci"
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcasecmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* Takes the extras or groups of `table` that are for tests, else those for developers. */
static bool take_table(struct selection *s, const json_t *table, const struct strv *asked,
                       void (*one)(struct selection *, const char *, int))
{
    bool (*const kinds[])(const char *) = { is_for_tests, is_for_developers };
    const char *name;
    const json_t *list;
    bool any = false;
    for (size_t k = 0; k < ARRAY_LEN(kinds) && !any; k++) {
        json_object_foreach((json_t *)(uintptr_t)table, name, list)
        {
            if (json_array_size(list) && kinds[k](name)) {
                one(s, name, 0);
                any = true;
            }
        }
    }
    for (size_t i = 0; i < asked->n; i++) {
        if (!is_for_developers(asked->v[i]) || !any)
            one(s, asked->v[i], 0);
    }
    return any;
}

/* ---- what the tests import ---- */

static void read_modules(struct selection *s, const char *path)
{
    struct str text = STR_INIT;
    if (mirror_read(s->p->mirror, s->p->commit, path, &text, NULL) == 0)
        python_imports(text.s, &s->modules);
    str_release(&text);
}

/* Modules of the test files at hand and of every conftest.py beside or above one. */
static void gather_modules(struct selection *s)
{
    const struct project *p = s->p;
    for (size_t i = 0; i < p->f->test_files.n; i++) {
        if (str_ends(p->f->test_files.v[i], ".py"))
            read_modules(s, p->f->test_files.v[i]);
    }
    for (size_t i = 0; i < p->paths.n; i++) {
        if (strcmp(path_base(p->paths.v[i]), "conftest.py") == 0)
            read_modules(s, p->paths.v[i]);
    }
}

/* A line for `dist` that the project itself has somewhere, or the bare name. */
static const char *declared_line(const struct selection *s, const char *dist, const char **where)
{
    const char *line = NULL;
    const json_t *list, *item;
    const char *extra;
    size_t i;
    for (i = 0; i < s->p->n_wishes && !line; i++) {
        const struct wish *w = &s->p->wishes[i];
        size_t n = strlen(dist);
        if (strncmp(w->line, dist, n) == 0 &&
            !strchr("-abcdefghijklmnopqrstuvwxyz0123456789", w->line[n] ? w->line[n] : ' ')) {
            *where = w->where;
            line = w->line;
        }
    }
    json_object_foreach((json_t *)s->p->extras, extra, list)
    {
        json_array_foreach(list, i, item)
        {
            struct requirement r;
            if (line || !json_is_string(item) || !requirement_read(json_string_value(item), &r))
                continue;
            if (strcmp(r.name, dist) == 0) {
                line = json_string_value(item);
                *where = "an extra";
            }
            requirement_release(&r);
        }
    }
    return line;
}

/* What the tests import and nobody has asked for: by the project's own words on it, or by a name
 * that is known. Unknown names are left to the failure that they make. */
static void take_modules(struct selection *s)
{
    for (size_t i = 0; i < s->modules.n; i++) {
        const char *module = s->modules.v[i], *where = "imported by the tests";
        const char *known = playbook_name(s->p->book, "module", module);
        struct str dist = STR_INIT;
        if (strv_has(&s->p->f->packages, module) || (known && !*known))
            continue;
        dist_normalize(known ? known : module, &dist);
        const char *line = declared_line(s, dist.s, &where);
        if (!map_has(&s->names, dist.s) && (line || known))
            take(s, ORIGIN_CI, line ? line : known, where);
        str_release(&dist);
    }
}

static void take_plugins(struct selection *s)
{
    struct strv words = STRV_INIT;
    strv_split(&words, s->p->addopts.s, " \t\n");
    for (size_t i = 0; i < words.n; i++) {
        char *option = xstrndup(words.v[i], strcspn(words.v[i], "="));
        const char *known = playbook_name(s->p->book, "argument", option);
        if (known && *known && !map_has(&s->names, known))
            take(s, ORIGIN_CI, known, "pytest's addopts");
        free(option);
    }
    strv_release(&words);
}

void select_requirements(struct project *p)
{
    struct selection s = { .p = p, .modules = STRV_INIT };
    map_init(&s.names, taken_free);
    gather_modules(&s);
    take_wishes(&s, ORIGIN_RUNTIME);
    bool extras = take_table(&s, p->extras, &p->asked_extras, take_extra);
    bool groups = take_table(&s, p->groups, &p->asked_groups, take_group);
    bool tests = take_wishes(&s, ORIGIN_TESTS);
    bool files = take_wishes(&s, ORIGIN_FILE);
    bool tox = take_wishes(&s, ORIGIN_TOX);
    if (!extras && !groups && !tests && !files && !tox)
        take_wishes(&s, ORIGIN_CI);
    take(&s, ORIGIN_CI, "pytest", "the test runner");
    take_plugins(&s);
    take_modules(&s);
    if (p->dynamic)
        strv_add(&p->f->plan.require, ".");
    if (*p->name)
        strv_add_once(&p->f->plan.drop, p->name);
    strv_add_list(&p->f->plan.build_require, &p->build);
    strv_release(&s.modules);
    map_release(&s.names);
}
