#include "agents/rules/rules.h"

#include "config/config.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 4 << 20, PATTERN_MOST = 4096 };

/* One file on its way in. */
struct load {
    struct playbook *p;
    const char *file; /* its name, of p->files */
    bool own;
    size_t *lines; /* of each entry, in order */
    size_t n_lines, at;
    struct error *err;
};

const struct rule *playbook_rule(const struct playbook *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->rules[i].name, name) == 0)
            return &p->rules[i];
    return NULL;
}

static size_t line_of(const struct load *l)
{
    return l->at && l->at <= l->n_lines ? l->lines[l->at - 1] : 0;
}

/* NULL: a file before this one has a rule of that name. */
static struct rule *rule_of(struct load *l, const char *name)
{
    struct playbook *p = l->p;
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->rules[i].name, name) == 0)
            return strcmp(p->rules[i].file, l->file) == 0 ? &p->rules[i] : NULL;
    p->rules = xrealloc(p->rules, (p->n + 1) * sizeof(*p->rules));
    struct rule *r = &p->rules[p->n++];
    *r = (struct rule){ .name = xstrdup(name),
                        .patterns = STRV_INIT,
                        .remedies = STRV_INIT,
                        .phase = PHASES,
                        .class = FAIL_COLLECT,
                        .file = l->file,
                        .line = line_of(l),
                        .own = l->own };
    return r;
}

/* ---- fields ---- */

static int set_pattern(struct rule *r, const char *value, struct error *err)
{
    struct rx *rx;
    if (!*value || strlen(value) > PATTERN_MOST)
        return error_set(err, E_USAGE, "pattern: must have 1 to %d bytes", (int)PATTERN_MOST);
    int rc = rx_new(value, &rx, err);
    if (rc < 0)
        return rc;
    r->compiled = xrealloc(r->compiled, (r->patterns.n + 1) * sizeof(*r->compiled));
    r->compiled[r->patterns.n] = rx;
    strv_add(&r->patterns, value);
    return 0;
}

static int set_remedy(struct rule *r, const char *value, struct error *err)
{
    if (!remedy_is_known(value))
        return error_set(err, E_USAGE, "no remedy is called \"%s\"", value);
    strv_add(&r->remedies, value);
    return 0;
}

static int set_phase(struct rule *r, const char *value, struct error *err)
{
    r->phase = 0;
    while (r->phase < PHASES && strcmp(phase_name(r->phase), value) != 0)
        r->phase++;
    return r->phase < PHASES
               ? 0
               : error_set(err, E_USAGE, "no phase is called \"%s\" (lock, build, evaluate)",
                           value);
}

static int set_class(struct rule *r, const char *value, struct error *err)
{
    r->class = failure_by_name(value);
    return r->class < FAIL_CLASSES
               ? 0
               : error_set(err, E_USAGE, "no failure class is called \"%s\"", value);
}

static const struct {
    const char *name;
    int (*set)(struct rule *r, const char *value, struct error *err);
} fields[] = {
    { "pattern", set_pattern },
    { "remedy", set_remedy },
    { "phase", set_phase },
    { "class", set_class },
};

static int set_field(struct load *l, const char *name, const char *key, const char *value)
{
    struct rule *r = rule_of(l, name);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (strcmp(fields[i].name, key) != 0)
            continue;
        int rc = r ? fields[i].set(r, value, l->err) : 0;
        if (rc < 0)
            error_prefix(l->err, "rule \"%s\"", name);
        return rc;
    }
    return error_set(l->err, E_USAGE, "rule \"%s\" has no field %s", name, key);
}

/* "rule.<name>.<key>" and the tables "module.<name>.dist" and so on. */
static int on_entry(const git_config_entry *e, void *payload)
{
    struct load *l = payload;
    const char *first = strchr(e->name, '.'), *last = strrchr(e->name, '.');
    l->at++;
    if (!first || first == last)
        return error_set(l->err, E_USAGE, "%s: not a rule", e->name);
    char *name = xstrndup(first + 1, (size_t)(last - first) - 1);
    int rc = 0;
    if (str_starts(e->name, "rule.")) {
        rc = set_field(l, name, last + 1, e->value ? e->value : "");
    } else {
        char *key = str_format("%.*s.%s", (int)(first - e->name), e->name, name);
        if (!map_has(&l->p->tables, key) || l->own)
            map_put(&l->p->tables, key, xstrdup(e->value ? e->value : ""));
        free(key);
    }
    free(name);
    return rc;
}

/* ---- lines ---- */

/* libgit2 tells an entry's name and not its place: they come in the order of the file. */
static void count_lines(struct load *l, const char *text)
{
    size_t line = 1;
    for (const char *s = text; *s; line++) {
        const char *at = s + strspn(s, " \t"), *end = s + strcspn(s, "\n");
        const char *after = *at == '[' ? memchr(at, ']', (size_t)(end - at)) : NULL;
        if (after)
            at = after + 1 + strspn(after + 1, " \t");
        if (at < end && !strchr("#;[\r\n", *at)) {
            l->lines = xrealloc(l->lines, (l->n_lines + 1) * sizeof(*l->lines));
            l->lines[l->n_lines++] = line;
        }
        while (end > at && end[-1] == '\\' && *end) { /* the entry goes on */
            end += 1 + strcspn(end + 1, "\n");
            line++;
        }
        s = *end ? end + 1 : end;
    }
}

static int check_file(const char *path, struct error *err)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return error_set(err, E_NOTFOUND, "%s: cannot be read", path);
    if (!S_ISREG(st.st_mode))
        return error_set(err, E_USAGE, "%s: must be a file", path);
    return st.st_size <= FILE_MOST
               ? 0
               : error_set(err, E_USAGE, "%s: too large to be a playbook", path);
}

/* A rule without one of the two would never fire. */
static int check_rules(const struct load *l)
{
    for (size_t i = 0; i < l->p->n; i++) {
        const struct rule *r = &l->p->rules[i];
        if (strcmp(r->file, l->file) == 0 && (!r->patterns.n || !r->remedies.n)) {
            return error_set(l->err, E_USAGE, "%s:%zu: rule \"%s\" has no %s", r->file, r->line,
                             r->name, r->patterns.n ? "remedy" : "pattern");
        }
    }
    return 0;
}

static int foreach_entry(struct load *l, const char *path)
{
    git_config *file = NULL;
    if (git_config_open_ondisk(&file, path) < 0) {
        const git_error *why = git_error_last();
        return error_set(l->err, E_USAGE, "%s: %s", path, why ? why->message : "cannot be read");
    }
    int rc = git_config_foreach(file, on_entry, l);
    if (rc < 0 && l->at)
        error_prefix(l->err, "%s:%zu", path, line_of(l));
    git_config_free(file);
    return rc < 0 ? rc : check_rules(l);
}

static int load_file(struct playbook *p, const char *path, bool own, struct error *err)
{
    struct str text = STR_INIT;
    int rc = check_file(path, err);
    if (rc == 0)
        rc = file_read(path, &text, err);
    if (rc == 0) {
        strv_add(&p->files, path);
        struct load l = { .p = p, .file = p->files.v[p->files.n - 1], .own = own, .err = err };
        count_lines(&l, text.s);
        rc = foreach_entry(&l, path);
        free(l.lines);
    }
    str_release(&text);
    return rc;
}

/* ---- playbooks ---- */

static struct playbook *playbook_new(const char *workspace_dir)
{
    struct playbook *p = xcalloc(1, sizeof(*p));
    map_init(&p->tables, free);
    strv_init(&p->files);
    p->own_path = workspace_dir ? str_format("%s/playbook.conf", workspace_dir) : NULL;
    return p;
}

static void rule_release(struct rule *r)
{
    for (size_t k = 0; k < r->patterns.n; k++)
        rx_free(r->compiled[k]);
    free(r->name);
    free(r->compiled);
    strv_release(&r->patterns);
    strv_release(&r->remedies);
}

static void rules_release(struct playbook *p)
{
    for (size_t i = 0; i < p->n; i++)
        rule_release(&p->rules[i]);
    free(p->rules);
    p->rules = NULL;
    p->n = 0;
}

void playbook_free(struct playbook *p)
{
    if (!p)
        return;
    rules_release(p);
    map_release(&p->tables);
    strv_release(&p->files);
    free(p->own_path);
    free(p);
}

static int load_all(struct playbook *p, struct error *err)
{
    struct str path = STR_INIT;
    int rc = 0;
    if (p->own_path && path_exists(p->own_path))
        rc = load_file(p, p->own_path, true, err);
    if (rc == 0)
        rc = data_path("playbook/python.conf", &path, err);
    if (rc == 0)
        rc = load_file(p, path.s, false, err);
    str_release(&path);
    return rc;
}

int playbook_load(const char *workspace_dir, struct playbook **out, struct error *err)
{
    struct playbook *p = playbook_new(workspace_dir);
    git_libgit2_init();
    int rc = load_all(p, err);
    git_libgit2_shutdown();
    if (rc < 0) {
        playbook_free(p);
        p = NULL;
    }
    *out = p;
    return rc;
}

int playbook_load_draft(const char *workspace_dir, const char *path, struct playbook **out,
                        struct error *err)
{
    struct playbook *p = playbook_new(workspace_dir);
    git_libgit2_init();
    int rc = load_all(p, err);
    rules_release(p);
    if (rc == 0)
        rc = load_file(p, path, true, err);
    if (rc == 0 && !p->n)
        rc = error_set(err, E_USAGE, "%s: no [rule \"NAME\"] stands in it", path);
    git_libgit2_shutdown();
    if (rc < 0) {
        playbook_free(p);
        p = NULL;
    }
    *out = p;
    return rc;
}

int playbook_load_one(const char *workspace_dir, const char *name, struct playbook **out,
                      struct error *err)
{
    struct playbook *p;
    struct rule only;
    int rc = playbook_load(workspace_dir, &p, err);
    const struct rule *r = rc == 0 ? playbook_rule(p, name) : NULL;
    *out = p;
    if (rc < 0)
        return rc;
    if (!r) {
        playbook_free(p);
        *out = NULL;
        return error_set(err, E_USAGE, "%s is no rule of a playbook, so it has no pattern", name);
    }
    only = *r;
    for (size_t i = 0; i < p->n; i++)
        if (&p->rules[i] != r)
            rule_release(&p->rules[i]);
    p->rules[0] = only;
    p->n = 1;
    return 0;
}
