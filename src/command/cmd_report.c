#include "command/command.h"
#include "command/report.h"
#include "command/where.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const struct arg_def report_args[] = {
    { "run", 'r', ARG_VALUE, "NAME", "of this run (without: the latest run of each instance)" },
    { "where", 'w', ARG_VALUE, "QUERY", "only these: repo:pallets* created:>2020 some words" },
    { "html", 0, ARG_VALUE, "FILE", "as one page that needs nothing else" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

enum { FORMAT = 1, MOST_BYTES = 256 << 20 };

struct gathering {
    struct report *report;
    const struct workspace *ws;
    const struct cancel *stop;
    int id_col, repo_col, run_col;
    struct strv rounds; /* names of one environment, reused */
};

/* ---- files ---- */

static int check_document(json_t *doc, struct error *err)
{
    if (!json_is_object(doc))
        return error_set(err, E_PARSE, "no JSON object");
    if (json_get_int(doc, "format", FORMAT) > FORMAT)
        return error_set(err, E_NEWER, "made by a newer bottega");
    return 0;
}

/* A pipe would never end, and a document of ours is never so large. */
static int check_file(const char *path, struct error *err)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return error_set(err, E_IO, "cannot be read");
    if (!S_ISREG(st.st_mode))
        return error_set(err, E_IO, "no file");
    if (st.st_size > MOST_BYTES)
        return error_set(err, E_IO, "too large to be a document of ours");
    return 0;
}

/* runs/<dir>/<name>, or NULL; what is there and cannot be used is named. */
static json_t *document(struct gathering *g, const char *dir, const char *name)
{
    struct error err = ERROR_INIT;
    struct str text = STR_INIT;
    json_t *doc = NULL;
    char *path = workspace_path(g->ws, "runs/%s/%s", dir, name);
    struct stat st;
    int rc = lstat(path, &st) < 0 ? 1 : check_file(path, &err); /* not there is no fault */
    if (rc == 0)
        rc = file_read(path, &text, &err);
    if (rc == 0)
        rc = json_parse(text.s, text.len, &doc, &err);
    if (rc == 0)
        rc = check_document(doc, &err);
    if (rc < 0) {
        strv_addf(&g->report->skipped, "runs/%s/%s: %s", dir, name, error_text(&err));
        json_decref(doc);
        doc = NULL;
    }
    str_release(&text);
    error_release(&err);
    free(path);
    return doc;
}

static int round_number(const char *name)
{
    char *end;
    long n = str_starts(name, "round-") ? strtol(name + 6, &end, 10) : 0;
    return n > 0 && n < INT_MAX && !*end ? (int)n : 0;
}

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The numbers of the rounds, in order. */
static size_t rounds_new(struct gathering *g, const char *dir, int **out)
{
    char *path = workspace_path(g->ws, "runs/%s", dir);
    size_t n = 0;
    strv_clear(&g->rounds);
    (void)!dir_list(path, &g->rounds, NULL);
    *out = xcalloc(g->rounds.n + 1, sizeof(**out));
    for (size_t i = 0; i < g->rounds.n; i++)
        if (round_number(g->rounds.v[i]))
            (*out)[n++] = round_number(g->rounds.v[i]);
    qsort(*out, n, sizeof(**out), by_number);
    free(path);
    return n;
}

/* ---- environments ---- */

static void add_files(const struct gathering *g, const char *folder, struct yield_env *e)
{
    char *dir = workspace_path(g->ws, "runs/%s", folder);
    struct strv names = STRV_INIT;
    (void)!dir_list(dir, &names, NULL);
    for (size_t i = 0; i < names.n; i++) {
        char *path = str_format("%s/%s", dir, names.v[i]);
        struct stat st;
        if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
            yield_env_file(e, names.v[i], st.st_size);
        free(path);
    }
    strv_release(&names);
    free(dir);
}

static void read_rounds(struct gathering *g, const char *dir, struct yield_env *e)
{
    int *rounds;
    size_t n = rounds_new(g, dir, &rounds);
    for (size_t i = 0; i < n && !cancel_raised(g->stop); i++) {
        char *folder = str_format("%s/round-%d", dir, rounds[i]);
        json_t *evaluation = document(g, folder, "evaluation.json");
        json_t *analysis = document(g, folder, "analysis.json");
        json_t *recipe = document(g, folder, "recipe.json");
        add_files(g, folder, e);
        yield_env_round(e, evaluation, analysis);
        yield_env_recipe(e, recipe);
        json_decref(recipe);
        json_decref(evaluation);
        json_decref(analysis);
        free(folder);
    }
    free(rounds);
}

static void read_environment(struct gathering *g, const char *dir)
{
    struct yield_env e;
    json_t *status = document(g, dir, "status.json");
    if (!status)
        return;
    json_t *cost = document(g, dir, "cost.json");
    yield_env_init(&e);
    read_rounds(g, dir, &e);
    const char *doubt = yield_add(&g->report->yield, &e, status, cost);
    if (doubt)
        strv_addf(&g->report->skipped, "runs/%s: %s", dir, doubt);
    yield_env_release(&e);
    json_decref(status);
    json_decref(cost);
}

static int on_row(void *payload, const struct row *row)
{
    struct gathering *g = payload;
    const char *run = row->cells[g->run_col].text, *id = row->cells[g->id_col].text;
    char *folder = repo_folder_new(row->cells[g->repo_col].text);
    g->report->selected++;
    if (*run && path_is_safe(run) && path_is_safe(folder) && path_is_safe(id)) {
        char *dir = str_format("%s/%s/%s", run, folder, id);
        read_environment(g, dir);
        free(dir);
    }
    free(folder);
    return 0;
}

/* The index says which; what is counted stands in the files. */
static int gather(struct invocation *inv, const struct query *q, struct report *r,
                  struct error *err)
{
    struct gathering g = { .report = r,
                           .ws = inv->workspace,
                           .stop = inv->stop,
                           .id_col = list_column_find(LIST_INSTANCES, "instance_id"),
                           .repo_col = list_column_find(LIST_INSTANCES, "repo"),
                           .run_col = list_column_find(LIST_INSTANCES, "run"),
                           .rounds = STRV_INIT };
    struct list_spec spec = { .kind = LIST_INSTANCES, .query = q };
    struct index *idx;
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (rc < 0)
        return rc;
    rc = list_each(idx, &spec, inv->stop, on_row, &g, err);
    if (rc == 0 && cancel_raised(inv->stop))
        rc = error_set(err, E_CANCELLED, "cancelled");
    index_close(idx);
    strv_release(&g.rounds);
    return rc;
}

/* ---- the verb ---- */

static int make_query(struct invocation *inv, struct query **q, char **scope, struct error *err)
{
    const char *run = args_text(inv->args, "run", NULL);
    const char *where = args_text(inv->args, "where", NULL);
    struct str text = STR_INIT;
    int rc = where_parse(inv->workspace, where, LIST_INSTANCES, q, err); /* shows the place */
    if (rc == 0 && run && query_has_key(*q, "run"))
        rc = error_set(err, E_USAGE, "--run and a run: in --where; one of them is enough");
    if (rc == 0 && run) {
        query_free(*q);
        *q = NULL;
        str_addf(&text, "%s ", where ? where : "");
        query_add_word(&text, "run", run);
        rc = where_parse(inv->workspace, text.s, LIST_INSTANCES, q, err);
    }
    *scope = str_format("%s%s%s%s", run ? "the run " : "the latest runs", run ? run : "",
                        where ? ", " : "", where ? where : "");
    str_release(&text);
    return rc;
}

static int write_page(const struct report *r, const char *path, struct error *err)
{
    struct str page = STR_INIT;
    report_add_html(r, &page);
    int rc = file_write(path, page.s, page.len, err);
    str_release(&page);
    return rc;
}

static int print(struct invocation *inv, const struct report *r, struct error *err)
{
    const char *html = args_text(inv->args, "html", NULL);
    if (html)
        return write_page(r, html, err);
    if (inv->json)
        report_print_json(r);
    else
        report_print_text(r);
    return 0;
}

static void name_skipped(const struct strv *skipped)
{
    struct str shown = STR_INIT;
    for (size_t i = 0; i < skipped->n; i++) {
        str_clear(&shown);
        text_add_shown(&shown, skipped->v[i], strlen(skipped->v[i]));
        fprintf(stderr, "%s\n", shown.s);
    }
    str_release(&shown);
}

int cmd_report(struct invocation *inv, struct error *err)
{
    struct report r = { .skipped = STRV_INIT };
    struct query *q = NULL;
    const struct strv *names = &inv->args->names;
    if (names->n != 1 || strcmp(names->v[0], "yield") != 0)
        return error_set(err, E_USAGE, "report what? One of: yield");
    if (inv->json && args_flag(inv->args, "html"))
        return error_set(err, E_USAGE, "--json or --html, not both");
    yield_init(&r.yield);
    int rc = make_query(inv, &q, &r.scope, err);
    if (rc == 0)
        rc = gather(inv, q, &r, err);
    if (rc == 0)
        rc = print(inv, &r, err);
    if (rc == 0)
        name_skipped(&r.skipped);
    if (rc == 0)
        rc = r.skipped.n ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
    query_free(q);
    yield_release(&r.yield);
    strv_release(&r.skipped);
    free(r.scope);
    return rc;
}
