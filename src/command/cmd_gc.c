#include "command/command.h"
#include "container/container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def gc_args[] = {
    { "dry-run", 'n', ARG_FLAG, NULL, "only say what would go" },
    { "all", 0, ARG_FLAG, NULL, "the images of accepted environments too" },
    { "bases", 0, ARG_FLAG, NULL, "the base images too; all workspaces share them" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

/* An accepted environment has an image.json; `keep` gets its tag. */
static void keep_image_of(const char *dir, struct strv *keep)
{
    json_t *doc = NULL;
    struct error ignored = ERROR_INIT;
    char *path = str_format("%s/image.json", dir);
    if (path_exists(path) && json_read_file(path, &doc, &ignored) == 0)
        strv_add(keep, json_get_str(doc, "tag", ""));
    json_decref(doc);
    error_release(&ignored);
    free(path);
}

/* runs/<run>/<owner>__<name>/<instance_id>: three levels below `dir`. */
static int keep_below(const char *dir, int levels, struct strv *keep, struct error *err)
{
    struct strv names = STRV_INIT;
    int rc = 0;
    if (levels == 0)
        keep_image_of(dir, keep);
    else if (path_is_dir(dir))
        rc = dir_list(dir, &names, err);
    for (size_t i = 0; i < names.n && rc == 0; i++) {
        char *sub = str_format("%s/%s", dir, names.v[i]);
        rc = keep_below(sub, levels - 1, keep, err);
        free(sub);
    }
    strv_release(&names);
    return rc;
}

static void print_line(const struct invocation *inv, const char *did, const char *what)
{
    json_t *row = json_object();
    json_put_text(row, "did", did);
    json_put_text(row, "what", what);
    char *line = json_line_new(row);
    if (inv->json)
        puts(line);
    else
        printf("%-12s %s\n", did, what);
    free(line);
    json_decref(row);
}

static void print_report(const struct invocation *inv, const struct gc_report *report, bool dry)
{
    struct str size = STR_INIT;
    for (size_t i = 0; i < report->removed.n; i++)
        print_line(inv, dry ? "would remove" : "removed", report->removed.v[i]);
    for (size_t i = 0; i < report->kept.n; i++)
        print_line(inv, "kept", report->kept.v[i]);
    text_add_bytes(&size, report->bytes);
    if (!inv->quiet && !dry)
        fprintf(stderr, "%zu removed, %zu kept, %s gained\n", report->removed.n, report->kept.n,
                size.s);
    str_release(&size);
}

static int collect(struct invocation *inv, const struct engine *engine, const struct strv *keep,
                   struct error *err)
{
    struct gc_report report;
    struct gc_spec spec = {
        .workspace = inv->workspace->id,
        .keep = keep,
        .bases = args_flag(inv->args, "bases"),
        .dry_run = args_flag(inv->args, "dry-run"),
        .stop = inv->stop,
    };
    gc_report_init(&report);
    int rc = engine_gc(engine, &spec, &report, err);
    print_report(inv, &report, spec.dry_run);
    gc_report_release(&report);
    return rc;
}

int cmd_gc(struct invocation *inv, struct error *err)
{
    struct engine engine;
    struct strv keep = STRV_INIT;
    char *runs = workspace_path(inv->workspace, "runs");
    int rc = engine_open(&inv->workspace->config, inv->workspace->root, &engine, err);
    if (rc == 0 && !args_flag(inv->args, "all"))
        rc = keep_below(runs, 3, &keep, err);
    if (rc == 0)
        rc = collect(inv, &engine, &keep, err);
    engine_release(&engine);
    strv_release(&keep);
    free(runs);
    return rc;
}
