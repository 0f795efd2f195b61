#include "formats/flags_private.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

static const char *const places[FLAG_PLACES] = { "command", "path", "exit" };

const char *flag_name(const struct flag_rules *r, size_t i)
{
    return r->v[i].name;
}

const char *flag_help(const struct flag_rules *r, size_t i)
{
    return r->v[i].help;
}

static void rule_release(struct flag_rule *r)
{
    free(r->name);
    free(r->help);
    for (size_t i = 0; i < FLAG_PLACES; i++) {
        strv_release(&r->patterns[i]);
        strv_release(&r->needs[i]);
    }
}

void flag_rules_free(struct flag_rules *r)
{
    for (size_t i = 0; r && i < r->n; i++)
        rule_release(&r->v[i]);
    free(r);
}

/* One file being read. A section may come twice, with patterns for another place. */
struct loading {
    struct flag_rules *rules;
    size_t known; /* rules of files read before: theirs stand */
    struct str needs;
    enum flag_place place; /* of the patterns that follow */
    const struct flag_rule *at;
    struct error *err;
};

static bool is_taken(const struct loading *l, const char *name)
{
    for (size_t i = 0; i < l->known; i++)
        if (strcmp(l->rules->v[i].name, name) == 0)
            return true;
    return false;
}

static struct flag_rule *rule_of(struct loading *l, const char *name)
{
    for (size_t i = l->known; i < l->rules->n; i++)
        if (strcmp(l->rules->v[i].name, name) == 0)
            return &l->rules->v[i];
    if (l->rules->n == MOST_FLAGS)
        return NULL;
    struct flag_rule *r = &l->rules->v[l->rules->n++];
    *r = (struct flag_rule){ .name = xstrdup(name), .help = xstrdup("") };
    for (size_t i = 0; i < FLAG_PLACES; i++) {
        strv_init(&r->patterns[i]);
        strv_init(&r->needs[i]);
    }
    return r;
}

static int set_place(struct loading *l, const char *name, const char *value)
{
    for (int i = 0; i < FLAG_PLACES; i++) {
        if (strcmp(places[i], value) == 0) {
            l->place = (enum flag_place)i;
            return 0;
        }
    }
    return error_set(l->err, E_USAGE, "flag \"%s\": in = %s is none of command, path, exit", name,
                     value);
}

static int set_number(struct loading *l, const char *name, const char *value, int64_t *to)
{
    char *end;
    *to = strtoll(value, &end, 10);
    if (*end || *to < 2 || *to > 1000)
        return error_set(l->err, E_USAGE, "flag \"%s\": %s is no number from 2 to 1000", name,
                         value);
    return 0;
}

static int set_pattern(struct loading *l, struct flag_rule *r, const char *value)
{
    struct rx *rx;
    int rc = rx_new(value, &rx, l->err);
    if (rc < 0)
        error_prefix(l->err, "flag \"%s\"", r->name);
    else {
        strv_add(&r->patterns[l->place], value);
        strv_add(&r->needs[l->place], l->needs.s);
    }
    rx_free(rx);
    return rc;
}

static int set_flag(struct loading *l, const char *name, const char *key, const char *value)
{
    struct flag_rule *r = rule_of(l, name);
    if (!r)
        return error_set(l->err, E_USAGE, "more than %d flags", MOST_FLAGS);
    if (r != l->at || strcmp(key, "in") == 0)
        str_clear(&l->needs);
    if (r != l->at)
        l->place = FLAG_COMMAND;
    l->at = r;
    if (strcmp(key, "needs") == 0)
        str_set(&l->needs, value);
    if (strcmp(key, "in") == 0)
        return set_place(l, name, value);
    if (strcmp(key, "pattern") == 0)
        return set_pattern(l, r, value);
    if (strcmp(key, "repeat") == 0)
        return set_number(l, name, value, &r->repeat);
    if (strcmp(key, "alternate") == 0)
        return set_number(l, name, value, &r->alternate);
    if (strcmp(key, "silent") == 0)
        return set_number(l, name, value, &r->silent);
    if (strcmp(key, "help") != 0 && strcmp(key, "needs") != 0)
        return error_set(l->err, E_USAGE, "flag \"%s\" has no field %s", name, key);
    if (*key == 'h') {
        free(r->help);
        r->help = xstrdup(value);
    }
    return 0;
}

/* "flag.<name>.<key>" */
static int on_entry(const git_config_entry *e, void *payload)
{
    struct loading *l = payload;
    const char *last = strrchr(e->name, '.');
    if (!str_starts(e->name, "flag.") || last < e->name + 5)
        return error_set(l->err, E_USAGE, "%s: not a flag", e->name);
    char *name = xstrndup(e->name + 5, (size_t)(last - e->name) - 5);
    bool blank = !*name || strpbrk(name, " \t*") != NULL;
    int rc = 0;
    if (blank)
        rc = error_set(l->err, E_USAGE, "flag \"%s\": a name is one word", name);
    else if (!is_taken(l, name))
        rc = set_flag(l, name, last + 1, e->value ? e->value : "");
    free(name);
    return rc;
}

static int load_file(struct flag_rules *rules, const char *path, struct error *err)
{
    struct loading l = { .rules = rules, .known = rules->n, .needs = STR_INIT, .err = err };
    git_config *file = NULL;
    if (git_config_open_ondisk(&file, path) < 0) {
        const git_error *why = git_error_last();
        return error_set(err, E_USAGE, "%s: %s", path, why ? why->message : "cannot be read");
    }
    int rc = git_config_foreach(file, on_entry, &l);
    if (rc < 0)
        error_prefix(err, "%s", path);
    git_config_free(file);
    str_release(&l.needs);
    return rc;
}

int flag_rules_load(const char *workspace_dir, struct flag_rules **out, struct error *err)
{
    struct flag_rules *rules = xcalloc(1, sizeof(*rules));
    struct str path = STR_INIT;
    int rc = 0;
    git_libgit2_init();
    if (workspace_dir) {
        str_setf(&path, "%s/trajectory.conf", workspace_dir);
        if (path_exists(path.s))
            rc = load_file(rules, path.s, err);
    }
    if (rc == 0)
        rc = data_path("playbook/trajectory.conf", &path, err);
    if (rc == 0)
        rc = load_file(rules, path.s, err);
    git_libgit2_shutdown();
    str_release(&path);
    struct flagger *trial = NULL;
    if (rc == 0)
        rc = flagger_new(rules, &trial, err);
    flagger_free(trial);
    if (rc < 0) {
        flag_rules_free(rules);
        rules = NULL;
    }
    *out = rules;
    return rc;
}
