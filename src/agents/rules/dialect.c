#include "agents/rules/project.h"

#include <stdlib.h>
#include <string.h>

/* Adds a line to groups[name]. */
static void group_line(struct project *p, const char *name, json_t *line)
{
    struct str key = STR_INIT;
    dist_normalize(name, &key);
    json_t *list = json_object_get(p->groups, key.s);
    if (!list) {
        list = json_array();
        json_object_set_new(p->groups, key.s, list);
    }
    json_array_append_new(list, line);
    str_release(&key);
}

/* {group: [lines]} as PEP 735, pdm and uv have it. */
static void group_tables(struct project *p, const json_t *groups)
{
    const char *name;
    const json_t *list, *line;
    size_t i;
    json_object_foreach((json_t *)(uintptr_t)groups, name, list)
    {
        json_array_foreach(list, i, line)
            group_line(p, name, json_incref((json_t *)(uintptr_t)line));
    }
}

/* ---- poetry ---- */

static const char *extras_text(const json_t *v, struct str *out)
{
    const json_t *extra;
    size_t i;
    json_array_foreach(json_object_get(v, "extras"), i, extra)
        str_addf(out, "%s%s", i ? "," : "[", json_string_value(extra));
    if (out->len)
        str_addc(out, ']');
    return out->s;
}

/* "name", and "^1.2" or {version, extras, markers, python}: a requirement line. False for what
 * is on no index. */
static bool poetry_line(const char *name, const json_t *v, struct str *out)
{
    const char *spec = json_is_string(v) ? json_string_value(v) : json_get_str(v, "version", "*");
    const char *marker = json_get_str(v, "markers", ""), *python = json_get_str(v, "python", "");
    struct str pep = STR_INIT, extras = STR_INIT;
    if (json_object_get(v, "git") || json_object_get(v, "path") || json_object_get(v, "url"))
        return false;
    poetry_specifier(spec, &pep);
    str_addf(out, "%s%s%s", name, extras_text(v, &extras), pep.s);
    str_clear(&pep);
    poetry_specifier(python, &pep);
    if (*marker)
        str_addf(out, " ; %s", marker);
    struct strv clauses = STRV_INIT;
    strv_split(&clauses, pep.s, ",");
    for (size_t i = 0; i < clauses.n; i++) {
        size_t n = strspn(clauses.v[i], "<>=!~");
        str_addf(out, " %s python_version %.*s '%s'", strstr(out->s, " ; ") ? "and" : ";", (int)n,
                 clauses.v[i], clauses.v[i] + n);
    }
    strv_release(&clauses);
    str_release(&pep);
    str_release(&extras);
    return true;
}

/* One dependency, which may be a list of alternatives by marker. */
static void poetry_lines(const char *name, const json_t *v, struct strv *out)
{
    struct str line = STR_INIT;
    const json_t *one;
    size_t i;
    json_array_foreach(v, i, one) poetry_lines(name, one, out);
    if (!json_is_array(v) && poetry_line(name, v, &line))
        strv_add(out, line.s);
    str_release(&line);
}

static void poetry_runtime(struct project *p, const json_t *table)
{
    const char *name;
    const json_t *v;
    json_object_foreach((json_t *)(uintptr_t)table, name, v)
    {
        struct strv lines = STRV_INIT;
        if (strcasecmp(name, "python") == 0) {
            if (!p->requires_python.len && json_is_string(v))
                poetry_specifier(json_string_value(v), &p->requires_python);
            continue;
        }
        enum origin origin =
            json_is_true(json_object_get(v, "optional")) ? ORIGIN_OTHER : ORIGIN_RUNTIME;
        poetry_lines(name, v, &lines);
        for (size_t i = 0; i < lines.n; i++)
            project_wish(p, origin, lines.v[i], "pyproject.toml [tool.poetry.dependencies]");
        strv_release(&lines);
    }
}

static void poetry_group(struct project *p, const char *group, const json_t *table)
{
    const char *name;
    const json_t *v;
    json_object_foreach((json_t *)(uintptr_t)table, name, v)
    {
        struct strv lines = STRV_INIT;
        poetry_lines(name, v, &lines);
        for (size_t i = 0; i < lines.n; i++)
            group_line(p, group, json_string(lines.v[i]));
        strv_release(&lines);
    }
}

/* extras = {test = ["pytest"]}: names of optional dependencies. */
static void poetry_extras(struct project *p, const json_t *extras, const json_t *dependencies)
{
    const char *extra;
    const json_t *list, *name;
    size_t i;
    json_object_foreach((json_t *)(uintptr_t)extras, extra, list)
    {
        struct strv lines = STRV_INIT;
        json_array_foreach(list, i, name)
        {
            const char *dist = json_string_value(name);
            if (dist && json_object_get(dependencies, dist))
                poetry_lines(dist, json_object_get(dependencies, dist), &lines);
        }
        json_object_set_new(p->extras, extra, json_from_strv(&lines));
        strv_release(&lines);
    }
}

static void python_classifiers(struct project *p, const json_t *list)
{
    static const char prefix[] = "Programming Language :: Python :: ";
    const json_t *item;
    size_t i;
    json_array_foreach(list, i, item)
    {
        const char *text = json_is_string(item) ? json_string_value(item) : "";
        if (str_starts(text, prefix))
            project_list_python(p, text + strlen(prefix));
    }
}

static void name_from(struct project *p, const char *name)
{
    struct str dist = STR_INIT;
    dist_normalize(name, &dist);
    if (dist.len && !*p->name) {
        free(p->name);
        p->name = str_detach(&dist);
    }
    str_release(&dist);
}

static void poetry_read(struct project *p, const json_t *t)
{
    const char *group;
    const json_t *table;
    name_from(p, json_get_str(t, "name", ""));
    python_classifiers(p, json_object_get(t, "classifiers"));
    poetry_runtime(p, json_object_get(t, "dependencies"));
    poetry_extras(p, json_object_get(t, "extras"), json_object_get(t, "dependencies"));
    poetry_group(p, "dev", json_object_get(t, "dev-dependencies"));
    json_object_foreach((json_t *)json_object_get(t, "group"), group, table)
        poetry_group(p, group, json_object_get(table, "dependencies"));
}

/* ---- flit, hatch ---- */

static void flit_read(struct project *p, const json_t *t)
{
    struct strv lines = STRV_INIT;
    const char *extra;
    const json_t *list;
    name_from(p, json_get_str(t, "dist-name", json_get_str(t, "module", "")));
    python_classifiers(p, json_object_get(t, "classifiers"));
    if (!p->requires_python.len)
        str_add(&p->requires_python, json_get_str(t, "requires-python", ""));
    json_get_strv(t, "requires", &lines);
    for (size_t i = 0; i < lines.n; i++)
        project_wish(p, ORIGIN_RUNTIME, lines.v[i], "pyproject.toml [tool.flit.metadata]");
    strv_clear(&lines);
    json_get_strv(t, "dev-requires", &lines);
    for (size_t i = 0; i < lines.n; i++)
        group_line(p, "dev", json_string(lines.v[i]));
    json_object_foreach((json_t *)json_object_get(t, "requires-extra"), extra, list)
        json_object_set(p->extras, extra, (json_t *)(uintptr_t)list);
    strv_release(&lines);
}

static void hatch_env(struct project *p, const char *name, const json_t *env)
{
    static const char *const keys[] = { "dependencies", "extra-dependencies" };
    struct strv lines = STRV_INIT;
    const char *group = strncmp(name, "hatch-test", 10) == 0 ? "test" : name;
    for (size_t k = 0; k < ARRAY_LEN(keys); k++)
        json_get_strv(env, keys[k], &lines);
    for (size_t i = 0; i < lines.n; i++)
        group_line(p, group, json_string(lines.v[i]));
    if (strcmp(name, "default") == 0 || str_starts(group, "test")) {
        json_get_strv(env, "features", &p->asked_extras);
        strv_add_once(&p->asked_groups, group);
    }
    strv_release(&lines);
}

void dialects_read(struct project *p)
{
    const json_t *tool = json_object_get(p->pyproject, "tool"), *t;
    const char *name;
    struct strv lines = STRV_INIT;
    group_tables(p, json_object_get(p->pyproject, "dependency-groups"));
    group_tables(p, json_at(tool, "pdm.dev-dependencies"));
    json_get_strv(json_object_get(tool, "uv"), "dev-dependencies", &lines);
    for (size_t i = 0; i < lines.n; i++)
        group_line(p, "dev", json_string(lines.v[i]));
    if ((t = json_object_get(tool, "poetry")))
        poetry_read(p, t);
    if ((t = json_at(tool, "flit.metadata")))
        flit_read(p, t);
    json_object_foreach((json_t *)json_at(tool, "hatch.envs"), name, t) hatch_env(p, name, t);
    strv_release(&lines);
}
