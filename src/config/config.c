#include "config/config.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

void config_init(struct config *c)
{
    size_t n;
    const struct option_def *defs = option_defs(&n);
    map_init(&c->values, free);
    map_init(&c->sections, free);
    for (size_t i = 0; i < n; i++)
        map_put(&c->values, defs[i].name, xstrdup(defs[i].fallback));
}

void config_release(struct config *c)
{
    map_release(&c->values);
    map_release(&c->sections);
}

/* A number with an optional unit; false when the text is none. */
static bool parse_scaled(const char *text, const char *const *units, const int64_t *factors,
                         int64_t *out)
{
    char *end;
    long long n = strtoll(text, &end, 10);
    if (end == text || n < 0)
        return false;
    for (size_t i = 0; units[i]; i++) {
        if (strcasecmp(end, units[i]) == 0) {
            *out = (int64_t)n * factors[i];
            return true;
        }
    }
    return false;
}

static bool parse_number(enum option_type type, const char *text, int64_t *out)
{
    static const char *const plain[] = { "", NULL };
    static const int64_t one[] = { 1 };
    static const char *const sizes[] = { "", "k", "m", "g", "t", NULL };
    static const int64_t bytes[] = { 1, 1024, 1 << 20, 1 << 30, (int64_t)1 << 40 };
    static const char *const spans[] = { "ms", "s", "", "m", "h", "d", NULL };
    static const int64_t ms[] = { 1, 1000, 1000, 60000, 3600000, 86400000 };
    switch (type) {
    case OPTION_SIZE:
        return parse_scaled(text, sizes, bytes, out);
    case OPTION_DURATION:
        return parse_scaled(text, spans, ms, out);
    default:
        return parse_scaled(text, plain, one, out);
    }
}

static bool word_allowed(const char *words, const char *text)
{
    struct strv list = STRV_INIT;
    strv_split(&list, words, "|");
    bool found = strv_has(&list, text);
    strv_release(&list);
    return found;
}

static int check_value(const struct option_def *def, const char *text, struct error *err)
{
    int64_t n;
    switch (def->type) {
    case OPTION_TEXT:
        return 0;
    case OPTION_WORD:
        if (word_allowed(def->words, text))
            return 0;
        return error_set(err, E_USAGE, "%s = %s: must be one of %s", def->name, text, def->words);
    default:
        if (parse_number(def->type, text, &n))
            return 0;
        return error_set(err, E_USAGE, "%s = %s: must be a number%s", def->name, text,
                         def->type == OPTION_SIZE       ? " of bytes (512m, 4g)"
                         : def->type == OPTION_DURATION ? " of seconds (90s, 15m, 2h)"
                                                        : "");
    }
}

/* Sections with a name of their own, such as [scaffold "mini"], are open-ended. */
static bool is_open_ended(const char *name)
{
    return strchr(name, '.') != strrchr(name, '.');
}

static int config_set(struct config *c, const char *name, const char *text, struct error *err)
{
    const struct option_def *def = option_find(name);
    if (!def && is_open_ended(name)) {
        map_put(&c->sections, name, xstrdup(text));
        return 0;
    }
    if (!def)
        return error_set(err, E_USAGE, "no option is called %s (bottega help options lists them)",
                         name);
    int rc = check_value(def, text, err);
    if (rc == 0)
        map_put(&c->values, name, xstrdup(text));
    return rc;
}

struct load {
    struct config *config;
    struct error *err;
};

static int on_entry(const git_config_entry *e, void *payload)
{
    struct load *l = payload;
    return config_set(l->config, e->name, e->value ? e->value : "true", l->err);
}

static int load_file(struct config *c, const char *path, struct error *err)
{
    git_config *file = NULL;
    if (!path_exists(path))
        return 0;
    if (git_config_open_ondisk(&file, path) < 0) {
        const git_error *why = git_error_last();
        return error_set(err, E_USAGE, "%s: %s", path, why ? why->message : "cannot be read");
    }
    struct load l = { c, err };
    int rc = git_config_foreach(file, on_entry, &l);
    if (rc < 0)
        error_prefix(err, "%s", path);
    git_config_free(file);
    return rc;
}

static char *user_file_new(void)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (base && *base)
        return str_format("%s/bottega/config", base);
    return str_format("%s/.config/bottega/config", home ? home : "");
}

static int apply_override(struct config *c, const char *text, struct error *err)
{
    const char *eq = strchr(text, '=');
    if (!eq)
        return error_set(err, E_USAGE, "-c %s: write key=value", text);
    char *name = xstrndup(text, (size_t)(eq - text));
    int rc = config_set(c, name, eq + 1, err);
    if (rc < 0)
        error_prefix(err, "-c");
    free(name);
    return rc;
}

int config_load(struct config *c, const char *workspace_dir, const struct strv *overrides,
                struct error *err)
{
    git_libgit2_init();
    char *user = user_file_new();
    int rc = load_file(c, user, err);
    free(user);
    if (rc == 0 && workspace_dir) {
        char *own = str_format("%s/bottega.conf", workspace_dir);
        rc = load_file(c, own, err);
        free(own);
    }
    for (size_t i = 0; rc == 0 && overrides && i < overrides->n; i++)
        rc = apply_override(c, overrides->v[i], err);
    git_libgit2_shutdown();
    return rc;
}

const char *config_text(const struct config *c, const char *name)
{
    const char *text = map_get(&c->values, name);
    return text ? text : "";
}

int64_t config_int(const struct config *c, const char *name)
{
    const struct option_def *def = option_find(name);
    int64_t n = 0;
    if (def)
        parse_number(def->type, config_text(c, name), &n);
    return n;
}
