#include "command/command.h"
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct arg_def reindex_args[] = {
    { "check", 0, ARG_FLAG, NULL, "change nothing; say where the index differs from the files" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

enum { DIFFERENCES_SHOWN = 10 };

struct progress {
    bool quiet, terminal;
    int64_t told; /* monotonic milliseconds */
};

static void on_progress(void *payload, const char *what, int64_t done, int64_t total UNUSED)
{
    struct progress *p = payload;
    int64_t now = clock_ms();
    if (p->quiet || now - p->told < (p->terminal ? 100 : 5000))
        return;
    p->told = now;
    fprintf(stderr, p->terminal ? "\r%lld %s " : "%lld %s\n", (long long)done, what);
}

static struct progress progress_of(const struct invocation *inv)
{
    return (struct progress){ inv->quiet, isatty(STDERR_FILENO), clock_ms() };
}

static int say_counts(struct invocation *inv, struct error *err)
{
    struct index *idx;
    int rc = index_open(inv->workspace, INDEX_READ, &idx, err);
    for (enum list_kind k = 0; rc == 0 && k < LIST_KINDS; k++) {
        struct list_spec spec = { .kind = k };
        int64_t n;
        rc = list_count(idx, &spec, inv->stop, &n, err);
        if (rc == 0)
            fprintf(stderr, "%s%lld %s", k ? ", " : "", (long long)n, list_kind_name(k));
    }
    if (rc == 0)
        fputc('\n', stderr);
    index_close(idx);
    return rc;
}

static int rebuild(struct invocation *inv, struct error *err)
{
    struct progress p = progress_of(inv);
    int rc = index_reindex(inv->workspace, on_progress, &p, inv->stop, err);
    if (p.terminal && !p.quiet)
        fputs("\r\033[K", stderr);
    return rc < 0 || inv->quiet ? rc : say_counts(inv, err);
}

/* ---- --check: the same lists from the index as it is and from a fresh one ---- */

struct dump {
    FILE *out;
    enum list_kind kind;
};

static int write_row(void *payload, const struct row *row)
{
    struct dump *d = payload;
    json_t *doc = row_to_json(d->kind, row, NULL, 0);
    json_object_del(doc, "trajectory"); /* its number in one index, which no file knows */
    char *line = json_line_new(doc);
    int rc = fprintf(d->out, "%s %s\n", list_kind_name(d->kind), line) < 0 ? E_IO : 0;
    free(line);
    json_decref(doc);
    return rc;
}

static int dump_lists(const struct workspace *ws, const struct cancel *stop, FILE *out,
                      struct error *err)
{
    struct index *idx;
    int rc = index_open(ws, INDEX_READ, &idx, err);
    for (enum list_kind k = 0; rc == 0 && k < LIST_KINDS; k++) {
        struct list_spec spec = { .kind = k };
        struct dump d = { out, k };
        rc = list_each(idx, &spec, stop, write_row, &d, err);
    }
    index_close(idx);
    rewind(out);
    return rc;
}

/* Both are in the same order, so the first difference is where they part; what follows it may
 * only be shifted, and is not shown. */
static int64_t compare(FILE *have, FILE *want)
{
    char *a = NULL, *b = NULL;
    size_t a_cap = 0, b_cap = 0;
    int64_t differ = 0;
    for (;;) {
        ssize_t n = getline(&a, &a_cap, have), m = getline(&b, &b_cap, want);
        if (n < 0 && m < 0)
            break;
        if (n == m && memcmp(a, b, (size_t)n) == 0)
            continue;
        if (differ++ < DIFFERENCES_SHOWN)
            printf("- %s+ %s", n < 0 ? "(nothing)\n" : a, m < 0 ? "(nothing)\n" : b);
    }
    free(a);
    free(b);
    return differ;
}

static int compare_lists(struct invocation *inv, const struct workspace *fresh, struct error *err)
{
    FILE *have = tmpfile(), *want = tmpfile();
    int rc = have && want ? 0 : error_set(err, E_IO, "no temporary file can be made");
    if (rc == 0)
        rc = dump_lists(inv->workspace, inv->stop, have, err);
    if (rc == 0)
        rc = dump_lists(fresh, inv->stop, want, err);
    if (rc == 0) {
        int64_t differ = compare(have, want);
        rc = differ ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
        if (!inv->quiet && differ)
            fprintf(stderr, "%lld rows differ; `bottega reindex` mends it\n", (long long)differ);
        else if (!inv->quiet)
            fprintf(stderr, "the index and the files agree\n");
    }
    if (have)
        fclose(have);
    if (want)
        fclose(want);
    return rc;
}

static void remove_index(const char *path)
{
    static const char *const suffixes[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        char *name = str_format("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
}

static int check_against(struct invocation *inv, const struct workspace *fresh, struct error *err)
{
    struct progress p = progress_of(inv);
    int rc = index_reindex(fresh, on_progress, &p, inv->stop, err);
    return rc < 0 ? rc : compare_lists(inv, fresh, err);
}

static int check(struct invocation *inv, struct error *err)
{
    struct workspace fresh;
    char *folder = workspace_path(inv->workspace, "cache");
    char *path = str_format("%s/reindex-%d.db", folder, (int)getpid());
    struct strv overrides = STRV_INIT;
    strv_addf(&overrides, "index.path=%s", path);
    int rc = dir_make(folder, err);
    if (rc == 0) {
        rc = workspace_open(&fresh, inv->workspace->root, &overrides, err);
        if (rc == 0)
            rc = check_against(inv, &fresh, err);
        workspace_release(&fresh);
        remove_index(path);
    }
    strv_release(&overrides);
    free(folder);
    free(path);
    return rc;
}

int cmd_reindex(struct invocation *inv, struct error *err)
{
    return args_flag(inv->args, "check") ? check(inv, err) : rebuild(inv, err);
}
