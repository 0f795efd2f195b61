#include "ui/looks.h"

#include "ui/app.h"
#include "ui/conf.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_FOLDER, THEME_FOLDER, WATCHES, SETTLE_MS = 40 };

struct looks {
    struct app *app;
    char *keys;  /* the file; it may be missing */
    char *theme; /* name or path */
    struct watch *watches[WATCHES];
    struct timer *settle; /* an editor's burst becomes one reading */
    bool keys_changed, theme_changed;
};

/* ---- reading ---- */

static int read_keys(struct looks *l, struct error *err)
{
    struct keymap fresh;
    int rc = keymap_load(&fresh, l->keys, err);
    if (rc < 0) {
        keymap_release(&fresh);
        return rc;
    }
    keymap_release(&l->app->keymap);
    l->app->keymap = fresh;
    return 0;
}

static int read_theme(struct looks *l, const char *name, struct error *err)
{
    struct theme fresh;
    int rc = theme_load(&fresh, name, l->app->screen.depth, err);
    if (rc == 0)
        l->app->theme = fresh;
    return rc;
}

static void read_again(struct looks *l, bool *changed, const char *what,
                       int (*read)(struct looks *, struct error *))
{
    struct error err = ERROR_INIT;
    if (!*changed)
        return;
    *changed = false;
    if (read(l, &err) < 0)
        app_complain(l->app, "%s; what was read before stays", error_text(&err));
    else
        app_say(l->app, "%s", what);
    error_release(&err);
}

static int read_same_theme(struct looks *l, struct error *err)
{
    return read_theme(l, l->theme, err);
}

static void on_settled(void *payload)
{
    struct looks *l = payload;
    read_again(l, &l->theme_changed, "the theme has changed", read_same_theme);
    read_again(l, &l->keys_changed, "the keys have changed", read_keys);
    app_touch_all(l->app);
}

static void on_watch(void *payload, const char *name)
{
    struct looks *l = payload;
    size_t n = strlen(name), suffix = strlen(".theme");
    bool keys = strcmp(name, path_base(l->keys)) == 0;
    bool theme = n > suffix && strcmp(name + n - suffix, ".theme") == 0;
    l->keys_changed = l->keys_changed || keys;
    l->theme_changed = l->theme_changed || theme;
    if (keys || theme)
        timer_start(l->settle, SETTLE_MS);
}

/* ---- watching ---- */

static void watch_folder(struct looks *l, size_t i, const char *path)
{
    watch_free(l->watches[i]);
    l->watches[i] = path_is_dir(path) ? watch_new(&l->app->loop, path, on_watch, l) : NULL;
}

static void watch_theme(struct looks *l)
{
    const char *slash = strrchr(l->theme, '/');
    char *own = conf_user_path_new("themes");
    char *folder = slash ? xstrndup(l->theme, (size_t)(slash - l->theme)) : own;
    watch_folder(l, THEME_FOLDER, folder);
    if (slash)
        free(folder);
    free(own);
}

int looks_theme(struct looks *l, const char *name, struct error *err)
{
    int rc = read_theme(l, name, err);
    if (rc < 0)
        return rc;
    free(l->theme);
    l->theme = xstrdup(name);
    watch_theme(l);
    app_touch_all(l->app);
    return 0;
}

const char *looks_theme_name(const struct looks *l)
{
    bool configured = strcmp(l->theme, config_text(&l->app->ws->config, "ui.theme")) == 0;
    return configured ? "" : l->theme;
}

int looks_new(struct app *a, struct looks **out, struct error *err)
{
    struct looks *l = xcalloc(1, sizeof(*l));
    *out = l;
    l->app = a;
    l->keys = conf_user_path_new("keys");
    l->theme = xstrdup(config_text(&a->ws->config, "ui.theme"));
    l->settle = timer_new(&a->loop, true, on_settled, l);
    int rc = read_theme(l, l->theme, err);
    if (rc == 0)
        rc = read_keys(l, err);
    char *folder = xstrndup(l->keys, (size_t)(strrchr(l->keys, '/') - l->keys));
    watch_folder(l, KEYS_FOLDER, folder);
    watch_theme(l);
    free(folder);
    return rc;
}

void looks_free(struct looks *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < WATCHES; i++)
        watch_free(l->watches[i]);
    timer_free(l->settle);
    free(l->keys);
    free(l->theme);
    free(l);
}
