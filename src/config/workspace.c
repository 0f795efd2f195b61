#include "config/config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char first_config[] =
    "# bottega.conf: git-config syntax; `bottega help options` lists what may stand here.\n"
    "[workspace]\n"
    "\tformat = 1\n";

static const char *const folders[] = { "tasks",     "mirrors", "recipes", "runs",    "rollouts",
                                       "decisions", "reviews", "exports", "batches", "cache" };

int workspace_init(const char *dir, struct error *err)
{
    int rc = dir_make(dir, err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(folders); i++) {
        char *path = str_format("%s/%s", dir, folders[i]);
        rc = dir_make(path, err);
        free(path);
    }
    char *conf = str_format("%s/bottega.conf", dir);
    if (rc == 0 && !path_exists(conf))
        rc = file_write(conf, first_config, sizeof(first_config) - 1, err);
    free(conf);
    return rc;
}

/* The nearest folder upwards that holds a bottega.conf, in place; false when none does. */
static bool find_root(char *path)
{
    for (;;) {
        char *conf = str_format("%s/bottega.conf", path);
        bool found = path_exists(conf);
        free(conf);
        if (found)
            return true;
        char *slash = strrchr(path, '/');
        if (!slash || slash == path)
            return false;
        *slash = '\0';
    }
}

static char *id_of_path_new(const char *root)
{
    uint64_t h = 1469598103934665603u;
    for (const char *p = root; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    return str_format("%012llx", (unsigned long long)(h & 0xffffffffffffu));
}

int workspace_open(struct workspace *ws, const char *dir, const struct strv *overrides,
                   struct error *err)
{
    char root[PATH_MAX];
    memset(ws, 0, sizeof(*ws));
    config_init(&ws->config);
    if (!realpath(dir, root))
        return error_errno(err, errno, "cannot open the workspace %s", dir);
    if (!find_root(root))
        return error_set(err, E_MISSING, "%s is no workspace: `bottega -C %s init` makes one", dir,
                         dir);
    ws->root = xstrdup(root);
    ws->id = id_of_path_new(root);
    return config_load(&ws->config, root, overrides, err);
}

void workspace_release(struct workspace *ws)
{
    free(ws->root);
    free(ws->id);
    config_release(&ws->config);
    memset(ws, 0, sizeof(*ws));
}

char *workspace_path(const struct workspace *ws, const char *fmt, ...)
{
    struct str path = STR_INIT;
    va_list ap;
    str_addf(&path, "%s/", ws->root);
    va_start(ap, fmt);
    str_vaddf(&path, fmt, ap);
    va_end(ap);
    return str_detach(&path);
}

char *repo_folder_new(const char *repo)
{
    const char *slash = strchr(repo, '/');
    if (!slash)
        return xstrdup(repo);
    return str_format("%.*s__%s", (int)(slash - repo), repo, slash + 1);
}
