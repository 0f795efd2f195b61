#include "command/command.h"

#include "formats/formats.h"
#include "formats/verdict.h"
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const struct arg_def import_args[] = {
    { "verbose", 'v', ARG_FLAG, NULL, "name each file and what it was taken for" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static void say(void *payload UNUSED, const char *sentence)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, sentence, strlen(sentence));
    fprintf(stderr, "%s\n", shown.s);
    str_release(&shown);
}

struct named_count {
    const char *name, *words; /* words NULL: the name */
    int64_t n;
};

static void print_counts(const struct invocation *inv, const char *file,
                         const struct named_count *counts, size_t n)
{
    struct str line = STR_INIT;
    json_t *row = json_object();
    json_put_text(row, "file", file);
    for (size_t i = 0; i < n; i++) {
        json_put_int(row, counts[i].name, counts[i].n);
        str_addf(&line, "%s %lld %s", i ? "," : "", (long long)counts[i].n,
                 counts[i].words ? counts[i].words : counts[i].name);
    }
    char *text = json_line_new(row);
    if (inv->json)
        puts(text);
    else if (!inv->quiet)
        printf("%s:%s\n", file, line.s);
    free(text);
    json_decref(row);
    str_release(&line);
}

/* ---- task rows ---- */

struct importing {
    struct invocation *inv;
    struct tasks_import *tasks; /* once a file of task rows was met */
    struct index *idx;          /* once another one was */
    struct strv rows;           /* files of task rows among those of a folder */
    bool some_skipped;
};

static int import_tasks(struct importing *im, const char *path, struct error *err)
{
    const struct import_words words = { say, NULL };
    struct import_count c = { 0, 0, 0 };
    int rc = im->tasks ? 0 : tasks_import_new(im->inv->workspace, im->inv->stop, &im->tasks, err);
    if (rc == 0)
        rc = tasks_import_file(im->tasks, path, &words, &c, err);
    const struct named_count counts[] = { { "imported", NULL, c.imported },
                                          { "already", "already there", c.already },
                                          { "skipped", NULL, c.skipped } };
    if (rc == 0)
        print_counts(im->inv, path, counts, ARRAY_LEN(counts));
    im->some_skipped = im->some_skipped || c.skipped;
    return rc;
}

/* ---- trajectories, predictions, reports ---- */

static void on_file(void *payload, const char *path, const char *what, bool taken)
{
    struct importing *im = payload;
    struct str line = STR_INIT;
    if (taken && strcmp(what, "task rows") == 0)
        strv_add(&im->rows, path);
    if (taken && !args_flag(im->inv->args, "verbose"))
        return;
    str_addf(&line, "%s: %s%s", path, taken ? "" : "skipped: ", what);
    say(NULL, line.s);
    str_release(&line);
}

static int import_rows_met(struct importing *im, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < im->rows.n; i++)
        rc = import_tasks(im, im->rows.v[i], err);
    strv_clear(&im->rows);
    return rc;
}

static int import_others(struct importing *im, const char *path, struct error *err)
{
    const struct attempts_words words = { on_file, im };
    struct attempts_count c = { 0 };
    int rc = im->idx ? 0 : index_open(im->inv->workspace, INDEX_WRITE, &im->idx, err);
    if (rc == 0)
        rc = attempts_import(im->idx, path, &words, im->inv->stop, &c, err);
    if (rc == 0 && !c.files && !c.already)
        rc = error_set(err, E_NOTFOUND,
                       "%s: nothing that is known here; `bottega help import` "
                       "names what is",
                       path);
    const struct named_count counts[] = {
        { "files", NULL, c.files },
        { "trajectories", NULL, c.attempts },
        { "predictions", NULL, c.predictions },
        { "verdicts", NULL, c.verdicts },
        { "already", NULL, c.already },
        { "unknown", NULL, c.unknown },
        { "failed", NULL, c.failed },
    };
    if (rc == 0)
        print_counts(im->inv, path, counts, ARRAY_LEN(counts));
    im->some_skipped = im->some_skipped || c.failed || (c.unknown && !path_is_dir(path));
    return rc < 0 ? rc : import_rows_met(im, err);
}

/* ---- which of them ---- */

static int first_document(void *payload, const struct document *doc, struct error *err UNUSED)
{
    struct json_scan scan;
    json_scan_init(&scan);
    const char *what = json_scan_open(&scan, doc->text, doc->len, NULL) == 0 && !doc->lines
                           ? report_sniff(&scan)
                           : NULL;
    bool other = (what && strcmp(what, "task rows") != 0) || traj_sniff(&scan, doc->lines);
    *(bool *)payload = other;
    json_scan_release(&scan);
    return 1;
}

/* What is nobody's is told by the reader of task rows, line by line. */
static bool is_of_others(const char *path)
{
    bool other = false;
    return path_is_dir(path) ||
           (source_each(path, NULL, first_document, &other, NULL) >= 0 && other);
}

int cmd_import(struct invocation *inv, struct error *err)
{
    const struct strv *files = &inv->args->names;
    struct importing im = { .inv = inv, .rows = STRV_INIT };
    int rc = 0;
    if (!files->n)
        return error_set(err, E_USAGE,
                         "import wants files of task rows, or files and folders of trajectories");
    for (size_t i = 0; rc == 0 && i < files->n; i++)
        rc = is_of_others(files->v[i]) ? import_others(&im, files->v[i], err)
                                       : import_tasks(&im, files->v[i], err);
    tasks_import_free(im.tasks);
    strv_release(&im.rows);
    index_close(im.idx);
    return rc < 0 ? rc : im.some_skipped ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}
