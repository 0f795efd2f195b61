#include "agents/rules/rules.h"

#include "config/config.h"

#include <ctype.h>
#include <fnmatch.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct rule {
    char *name;
    struct rx **patterns;
    size_t n_patterns;
    struct strv remedies; /* taken in order, each at most once per filled-in text */
    enum phase phase;     /* PHASES: any */
    enum failure_class class;
};

struct playbook {
    struct rule *rules; /* in the order of the files: the specific ones first */
    size_t n;
    struct map tables; /* "module.yaml" -> "pyyaml" */
};

static struct rule *rule_of(struct playbook *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->rules[i].name, name) == 0)
            return &p->rules[i];
    p->rules = xrealloc(p->rules, (p->n + 1) * sizeof(*p->rules));
    struct rule *r = &p->rules[p->n++];
    *r = (struct rule){ xstrdup(name), NULL, 0, STRV_INIT, PHASES, FAIL_COLLECT };
    return r;
}

struct load {
    struct playbook *p;
    struct error *err;
};

static enum phase phase_by_name(const char *name)
{
    enum phase p = 0;
    while (p < PHASES && strcmp(phase_name(p), name) != 0)
        p++;
    return p;
}

static int add_pattern(struct rule *r, const char *pattern, struct error *err)
{
    struct rx *rx;
    int rc = rx_new(pattern, &rx, err);
    if (rc < 0) {
        error_prefix(err, "rule \"%s\": ", r->name);
        return rc;
    }
    r->patterns = xrealloc(r->patterns, (r->n_patterns + 1) * sizeof(r->patterns[0]));
    r->patterns[r->n_patterns++] = rx;
    return 0;
}

static int set_rule(struct load *l, const char *name, const char *key, const char *value)
{
    struct rule *r = rule_of(l->p, name);
    if (strcmp(key, "pattern") == 0)
        return add_pattern(r, value, l->err);
    if (strcmp(key, "remedy") == 0)
        strv_add(&r->remedies, value);
    else if (strcmp(key, "phase") == 0)
        r->phase = phase_by_name(value);
    else if (strcmp(key, "class") == 0)
        r->class = failure_by_name(value);
    else
        return error_set(l->err, E_USAGE, "rule \"%s\" has no field %s", name, key);
    if (strcmp(key, "remedy") == 0 && !remedy_is_known(value))
        return error_set(l->err, E_USAGE, "rule \"%s\": no remedy is called \"%s\"", name, value);
    if (r->class == FAIL_CLASSES)
        return error_set(l->err, E_USAGE, "rule \"%s\": no class is called %s", name, value);
    return 0;
}

/* "rule.<name>.<key>" and the tables "module.<name>.dist" and so on. */
static int on_entry(const git_config_entry *e, void *payload)
{
    struct load *l = payload;
    const char *first = strchr(e->name, '.'), *last = strrchr(e->name, '.');
    if (!first || first == last)
        return error_set(l->err, E_USAGE, "%s: not a rule", e->name);
    char *name = xstrndup(first + 1, (size_t)(last - first) - 1);
    int rc = 0;
    if (str_starts(e->name, "rule.")) {
        rc = set_rule(l, name, last + 1, e->value ? e->value : "");
    } else {
        char *key = str_format("%.*s.%s", (int)(first - e->name), e->name, name);
        map_put(&l->p->tables, key, xstrdup(e->value ? e->value : ""));
        free(key);
    }
    free(name);
    return rc;
}

static int load_file(struct playbook *p, const char *path, struct error *err)
{
    struct load l = { p, err };
    git_config *file = NULL;
    if (git_config_open_ondisk(&file, path) < 0) {
        const git_error *why = git_error_last();
        return error_set(err, E_USAGE, "%s: %s", path, why ? why->message : "cannot be read");
    }
    int rc = git_config_foreach(file, on_entry, &l);
    if (rc < 0)
        error_prefix(err, "%s", path);
    git_config_free(file);
    return rc;
}

int playbook_load(const char *workspace_dir, struct playbook **out, struct error *err)
{
    struct playbook *p = xcalloc(1, sizeof(*p));
    struct str path = STR_INIT;
    int rc = 0;
    map_init(&p->tables, free);
    git_libgit2_init();
    if (workspace_dir) {
        str_setf(&path, "%s/python.conf", workspace_dir);
        if (path_exists(path.s))
            rc = load_file(p, path.s, err);
    }
    if (rc == 0)
        rc = data_path("playbook/python.conf", &path, err);
    if (rc == 0)
        rc = load_file(p, path.s, err);
    git_libgit2_shutdown();
    str_release(&path);
    if (rc < 0) {
        playbook_free(p);
        p = NULL;
    }
    *out = p;
    return rc;
}

const char *playbook_name(const struct playbook *p, const char *table, const char *name)
{
    char *key = str_format("%s.%s", table, name);
    const char *found = map_get(&p->tables, key);
    free(key);
    return found;
}

bool playbook_is_tool(const struct playbook *p, const char *dist)
{
    for (struct map_entry *e = NULL; (e = map_next(&p->tables, e));) {
        if (str_starts(e->key, "tool.") && fnmatch(e->key + 5, dist, 0) == 0)
            return true;
    }
    return false;
}

void playbook_free(struct playbook *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++) {
        free(p->rules[i].name);
        for (size_t k = 0; k < p->rules[i].n_patterns; k++)
            rx_free(p->rules[i].patterns[k]);
        free(p->rules[i].patterns);
        strv_release(&p->rules[i].remedies);
    }
    free(p->rules);
    map_release(&p->tables);
    free(p);
}

/* Looks `word` up in a table, also without its case, then by its first component. */
static const char *look_up(const struct playbook *p, const char *table, const char *word)
{
    const char *found = playbook_name(p, table, word);
    struct str other = STR_INIT;
    str_set(&other, word);
    for (size_t i = 0; i < other.len; i++)
        other.s[i] = (char)tolower((unsigned char)other.s[i]);
    if (!found)
        found = playbook_name(p, table, other.s);
    str_set(&other, word);
    str_truncate(&other, strcspn(word, "."));
    if (!found)
        found = playbook_name(p, table, other.s);
    str_release(&other);
    return found;
}

/* "%name" at `s`: adds what the table says of the first group; false for "no remedy". */
static bool fill_name(const struct playbook *p, const char *s, size_t n, const char *word,
                      struct str *out)
{
    bool strict = n && s[n - 1] == '!';
    char *table = xstrndup(s, n - strict);
    const char *found = look_up(p, table, word);
    bool guess = !strict && strcmp(table, "module") == 0;
    free(table);
    if (found)
        str_add(out, found);
    else if (guess)
        str_addn(out, word, strcspn(word, "."));
    return found ? *found != '\0' : guess;
}

/* Fills the groups of a match into a remedy; false when a name of it has no entry. */
static bool fill_in(const struct playbook *p, const char *remedy, const struct strv *groups,
                    struct str *out)
{
    const char *word = groups->n > 1 ? groups->v[1] : "";
    bool ok = true;
    str_clear(out);
    for (const char *s = remedy; *s && ok; s++) {
        if (*s != '%') {
            str_addc(out, *s);
        } else if (isdigit((unsigned char)s[1])) {
            size_t i = (size_t)(*++s - '0');
            str_add(out, i < groups->n ? groups->v[i] : "");
        } else {
            size_t n = strcspn(s + 1, " ");
            ok = fill_name(p, s + 1, n, word, out);
            s += n;
        }
    }
    return ok;
}

static bool take_remedy(const struct playbook *p, const struct rule *r, const struct strv *groups,
                        const struct findings *f, struct playbook_hit *out)
{
    struct str remedy = STR_INIT;
    bool found = false;
    for (size_t i = 0; !found && i < r->remedies.n; i++) {
        if (!fill_in(p, r->remedies.v[i], groups, &remedy) || remedy_tried(f, remedy.s))
            continue;
        out->remedy = str_detach(&remedy);
        found = true;
    }
    str_release(&remedy);
    return found;
}

/* From the last match backwards, so that the last error is mended first. */
static bool try_pattern(const struct playbook *p, const struct rule *r, const struct rx *pattern,
                        const struct log *log, const struct findings *f, struct playbook_hit *out)
{
    enum { MOST = 64 };
    struct strv hits[MOST];
    size_t ends[MOST], n = 0, from = 0;
    bool found = false;
    struct strv g = STRV_INIT;
    for (long at; (at = rx_find(pattern, &log->text, from, &g)) >= 0; from = (size_t)at) {
        size_t slot = n % MOST;
        if (n++ < MOST)
            strv_init(&hits[slot]);
        strv_clear(&hits[slot]);
        strv_add_list(&hits[slot], &g);
        ends[slot] = (size_t)at;
    }
    for (size_t k = 0; k < n && k < MOST; k++) {
        size_t i = (n - 1 - k) % MOST;
        if (!found && take_remedy(p, r, &hits[i], f, out)) {
            found = true;
            out->rule = r->name;
            out->class = r->class;
            out->line = log_line(log, ends[i] - 1);
            out->words = xstrdup(hits[i].v[0]);
        }
        strv_release(&hits[i]);
    }
    strv_release(&g);
    return found;
}

bool playbook_find(const struct playbook *p, enum phase phase, const struct log *log,
                   const struct findings *f, struct playbook_hit *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < p->n; i++) {
        const struct rule *r = &p->rules[i];
        if (r->phase != PHASES && r->phase != phase)
            continue;
        for (size_t k = 0; k < r->n_patterns; k++)
            if (try_pattern(p, r, r->patterns[k], log, f, out))
                return true;
    }
    return false;
}

void playbook_hit_release(struct playbook_hit *h)
{
    free(h->remedy);
    free(h->words);
    memset(h, 0, sizeof(*h));
}
