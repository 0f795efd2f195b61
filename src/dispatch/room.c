#include "dispatch/room.h"

#include "container/container.h"

#include <stdlib.h>
#include <string.h>

enum { ENOUGH = 2 }; /* times what there must be, so that it is not short again at once */

char *room_engine_root(const struct workspace *ws)
{
    struct engine e;
    struct error none = ERROR_INIT;
    int64_t free_now, total;
    char *root = NULL;
    if (engine_open(&ws->config, ws->root, &e, &none) == 0 && e.root_free >= 0 &&
        disk_space(e.root, &free_now, &total))
        root = xstrdup(e.root);
    engine_release(&e);
    error_release(&none);
    return root;
}

/* The folder of the job "<run>/<instance>", whatever its repository; NULL: it is gone. */
static char *job_dir_new(const struct workspace *ws, const char *job)
{
    struct strv folders = STRV_INIT;
    const char *slash = strchr(job, '/');
    char *run = slash ? xstrndup(job, (size_t)(slash - job)) : xstrdup("");
    char *root = workspace_path(ws, "runs/%s", run), *found = NULL;
    if (path_is_safe(run) && path_is_safe(slash + 1) && path_is_dir(root))
        (void)!dir_list(root, &folders, NULL);
    for (size_t i = 0; i < folders.n && !found; i++) {
        found = str_format("%s/%s/%s", root, folders.v[i], slash + 1);
        if (!path_is_dir(found)) {
            free(found);
            found = NULL;
        }
    }
    strv_release(&folders);
    free(run);
    free(root);
    return found;
}

static bool says(const char *dir, const char *file, const char *key, const char *value)
{
    json_t *doc = NULL;
    char *path = str_format("%s/%s", dir, file);
    bool is = path_exists(path) && json_read_file(path, &doc, NULL) == 0 &&
              strcmp(json_get_str(doc, key, ""), value) == 0;
    json_decref(doc);
    free(path);
    return is;
}

bool room_may_take(const struct workspace *ws, const struct image_info *i)
{
    char *dir = job_dir_new(ws, i->job);
    bool keep = strcmp(config_text(&ws->config, "image.keep"), "none") != 0;
    bool needed = dir && (says(dir, "status.json", "state", "running") ||
                          (keep && says(dir, "image.json", "tag", i->tag)));
    free(dir);
    return !needed && str_starts(i->tag, "bottega-env/"); /* a proof at work has its own name */
}

static bool may_take(void *payload, const struct image_info *i)
{
    return room_may_take(payload, i);
}

int room_make(const struct workspace *ws, const struct engine *e, size_t *n, struct error *err)
{
    struct gc_report report;
    int64_t least = config_int(&ws->config, "dispatch.min-disk"), free_now, total;
    struct room_spec spec = { .workspace = ws->id,
                              .want = ENOUGH * least,
                              .may_go = may_take,
                              .payload = (void *)(uintptr_t)ws };
    *n = 0;
    if (e->root_free < 0 || !disk_space(e->root, &free_now, &total) || free_now >= spec.want)
        return 0;
    gc_report_init(&report);
    int rc = engine_make_room(e, &spec, &report, err);
    *n = report.removed.n;
    gc_report_release(&report);
    return rc;
}
