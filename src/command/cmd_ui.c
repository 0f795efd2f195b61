#include "command/command.h"
#include "formats/formats.h"
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def ui_args[] = {
    { "script", 0, ARG_VALUE, "FILE", "replay what the file says, then end" },
    { "record", 0, ARG_VALUE, "FILE", "write what is done into the file" },
    { "theme", 0, ARG_VALUE, "NAME", "colours: dark, light, contrast, mono, or a file" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static int run_in(struct invocation *inv, const char *dir, struct error *err)
{
    struct workspace ws;
    struct strv overrides = STRV_INIT;
    struct ui_options options = { .script = args_text(inv->args, "script", NULL),
                                  .record = args_text(inv->args, "record", NULL),
                                  .overrides = &inv->overrides };
    const char *theme = args_text(inv->args, "theme", NULL);
    strv_add_list(&overrides, &inv->overrides);
    if (theme)
        strv_addf(&overrides, "ui.theme=%s", theme);
    int rc = workspace_open(&ws, dir, &overrides, err);
    if (rc == 0)
        rc = ui_main(&ws, &options, err);
    workspace_release(&ws);
    strv_release(&overrides);
    return rc;
}

/* ---- a folder of foreign files ---- */

static bool is_workspace(const char *dir)
{
    char *conf = str_format("%s/bottega.conf", dir);
    bool is = path_exists(conf);
    free(conf);
    return is;
}

static bool holds_tasks(const char *name)
{
    return str_ends(name, ".jsonl") || str_ends(name, ".json");
}

static void say_nothing(void *payload UNUSED, const char *sentence UNUSED)
{
}

/* Imports every task file of `dir`; a file that holds none is passed over. */
static int import_folder(const struct invocation *inv, const struct workspace *ws, const char *dir,
                         struct error *err)
{
    struct strv names = STRV_INIT;
    struct tasks_import *t = NULL;
    const struct import_words words = { say_nothing, NULL };
    int64_t imported = 0;
    int rc = dir_list(dir, &names, err);
    if (rc == 0)
        rc = tasks_import_new(ws, inv->stop, &t, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        struct import_count count = { 0, 0, 0 };
        char *path = str_format("%s/%s", dir, names.v[i]);
        if (holds_tasks(names.v[i]) && !path_is_dir(path) &&
            tasks_import_file(t, path, &words, &count, NULL) == 0)
            imported += count.imported + count.already;
        free(path);
    }
    if (rc == 0 && !imported)
        rc = error_set(err, E_MISSING,
                       "%s is no workspace and has no task rows (*.jsonl): "
                       "`bottega init %s` makes it a workspace",
                       dir, dir);
    tasks_import_free(t);
    strv_release(&names);
    return rc;
}

static int run_throw_away(struct invocation *inv, const char *dir, struct error *err)
{
    const char *tmp = getenv("TMPDIR");
    char *place = str_format("%s/bottega-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    struct workspace ws;
    int rc = mkdtemp(place) ? 0 : error_set(err, E_IO, "cannot make the folder %s", place);
    if (rc == 0)
        rc = workspace_init(place, err);
    if (rc == 0) {
        rc = workspace_open(&ws, place, &inv->overrides, err);
        if (rc == 0)
            rc = import_folder(inv, &ws, dir, err);
        workspace_release(&ws);
    }
    if (rc == 0)
        rc = run_in(inv, place, err);
    if (tree_remove(place, rc < 0 ? NULL : err) < 0 && rc == 0)
        rc = E_IO;
    free(place);
    return rc;
}

int cmd_ui(struct invocation *inv, struct error *err)
{
    const char *dir = inv->args->names.n ? inv->args->names.v[0] : NULL;
    if (!dir)
        return run_in(inv, inv->dir, err);
    if (!path_is_dir(dir))
        return error_set(err, E_USAGE, "%s is neither a verb nor a folder (bottega help)", dir);
    return is_workspace(dir) ? run_in(inv, dir, err) : run_throw_away(inv, dir, err);
}
