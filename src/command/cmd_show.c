#include "command/command.h"
#include "command/show_trajectory.h"
#include "index/index.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def show_args[] = {
    { "run", 0, ARG_VALUE, "NAME", "of this run instead of the latest" },
    { "round", 0, ARG_VALUE, "N", "the files of this round instead of the last" },
    { "file", 'f', ARG_VALUE, "NAME", "the bytes of a file: eval.sh, Dockerfile, status.json, …" },
    { "log", 'l', ARG_VALUE, "NAME", "the bytes of a log: test_only-1, build, lock" },
    { "shell", 0, ARG_FLAG, NULL,
      "a shell in its image: no network, /bottega/eval.sh runs the tests" },
    { "patch", 0, ARG_FLAG, NULL, "the fix" },
    { "test-patch", 0, ARG_FLAG, NULL, "the tests" },
    { "statement", 0, ARG_FLAG, NULL, "the problem statement" },
    { "trajectory", 't', ARG_FLAG, NULL,
      "the names are trajectories: a number of `list trajectories`, an instance, RUN/INSTANCE" },
    { "step", 0, ARG_VALUE, "N", "this step of the trajectory alone" },
    { "as", 0, ARG_VALUE, "FORMAT", "the trajectory as atif or messages, for other tools" },
    { "flags", 0, ARG_FLAG, NULL, "what the rules say of the trajectory, and where" },
    { "raw", 0, ARG_FLAG, NULL, "… as the bytes of its file" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static const char *const sign_of[] = { "✕", "✓" };

/* ---- bytes ---- */

static int copy_file(const char *path, struct error *err)
{
    char chunk[65536];
    size_t n;
    FILE *f = fopen(path, "re");
    if (!f)
        return error_set(err, E_IO, "cannot read %s", path);
    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
        if (fwrite(chunk, 1, n, stdout) != n)
            break;
    int rc = ferror(f) ? error_set(err, E_IO, "cannot read %s", path) : 0;
    fclose(f);
    return rc;
}

static int show_file(const struct detail *d, const char *name, int round, struct error *err)
{
    struct str path = STR_INIT;
    int rc = detail_file(d, name, round, &path, err);
    if (rc == 0)
        rc = copy_file(path.s, err);
    str_release(&path);
    return rc;
}

static int show_field(const struct detail *d, const char *field, struct error *err)
{
    const json_t *v = json_object_get(d->instance, field);
    if (!json_is_string(v))
        return error_set(err, E_NOTFOUND, "%s has no %s", d->instance_id, field);
    fwrite(json_string_value(v), 1, json_string_length(v), stdout);
    if (!str_ends(json_string_value(v), "\n"))
        putchar('\n');
    return 0;
}

/* ---- a summary ---- */

static void print_shown(const char *format, const char *text)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, text, strlen(text));
    printf(format, shown.s);
    str_release(&shown);
}

static void print_field(const char *name, const char *text)
{
    if (!*text)
        return;
    printf("  %-9s ", name);
    print_shown("%s\n", text);
}

static void print_run(const struct detail *d)
{
    struct str line = STR_INIT;
    const json_t *s = d->status;
    str_addf(&line, "%s", d->run);
    if (*json_get_str(s, "agent", ""))
        str_addf(&line, " · agent %s", json_get_str(s, "agent", ""));
    if (json_get_num(s, "seconds", 0) > 0) {
        str_add(&line, " · ");
        text_add_seconds(&line, json_get_num(s, "seconds", 0));
    }
    if (*json_get_str(s, "ended", ""))
        str_addf(&line, " · ended %s", json_get_str(s, "ended", ""));
    if (json_get_int(s, "verified", 0))
        str_addf(&line, " · verified %lld", (long long)json_get_int(s, "verified", 0));
    if (json_get_int(s, "verify_failed", 0))
        str_addf(&line, " · not verified %lld", (long long)json_get_int(s, "verify_failed", 0));
    print_field("run", line.s);
    str_release(&line);
}

static void print_evidence(const struct detail *d)
{
    const char *log = json_get_str(d->status, "log", "");
    int64_t line = json_get_int(d->status, "line", 0);
    char *at = line ? str_format("%s:%lld", log, (long long)line) : xstrdup(log);
    print_field("evidence", at);
    free(at);
}

static void print_environment(const struct detail *d)
{
    struct str line = STR_INIT;
    if (*json_get_str(d->status, "python", ""))
        str_addf(&line, "python %s", json_get_str(d->status, "python", ""));
    if (d->image) {
        str_add(&line, " · image ");
        text_add_bytes(&line, json_get_int(d->image, "size", 0));
        str_addf(&line, " %s", json_get_str(d->image, "tag", ""));
    }
    print_field("built", line.s);
    str_release(&line);
}

static void print_title(const struct detail *d)
{
    const char *statement = json_get_str(d->instance, "problem_statement", "");
    char *first = xstrndup(statement, strcspn(statement, "\r\n"));
    print_field("issue", first);
    for (size_t i = 0; i < d->reviews.n; i++)
        print_field("curators", d->reviews.v[i]);
    free(first);
}

static void print_head(const struct detail *d)
{
    const char *class = json_get_str(d->status, "failure_class", "");
    printf("%s  %s%s%s\n", d->instance_id,
           d->dir ? json_get_str(d->status, "state", "running") : "new", *class ? ": " : "", class);
    print_title(d);
    if (!d->dir) {
        printf("  never tried; `bottega synthesize %s` does\n", d->instance_id);
        return;
    }
    print_field("reason", json_get_str(d->status, "reason", ""));
    print_evidence(d);
    print_run(d);
    print_environment(d);
    print_field("folder", d->dir);
}

static void print_clauses(const struct detail_round *r)
{
    if (r->n_clauses)
        printf("\nacceptance, round %d\n", r->n);
    for (size_t i = 0; i < r->n_clauses; i++) {
        printf("  %s %zu ", sign_of[r->clauses[i].ok], i + 1);
        print_shown("%s\n", r->clauses[i].why);
    }
}

/* P2P, skipped and always failing tests say nothing about the fix. */
static bool is_quiet(const struct detail_test *t)
{
    static const char *const quiet[] = { "P2P", "skipped", "always-fails", "moved" };
    for (size_t i = 0; i < ARRAY_LEN(quiet); i++)
        if (strcmp(t->verdict, quiet[i]) == 0)
            return true;
    return false;
}

static void print_test(const struct detail_test *t)
{
    struct str fix = STR_INIT;
    for (size_t i = 0; i < t->n_with_fix; i++)
        str_addf(&fix, "%s%s", i ? " " : "", t->with_fix[i]);
    printf("  %-12s ", t->verdict);
    print_shown("%s\n", t->id);
    printf("  %-12s base %s · test_only %s · with fix %s\n", "", *t->base ? t->base : "–",
           *t->test_only ? t->test_only : "–", fix.len ? fix.s : "–");
    if (*t->message)
        print_shown("               %s\n", t->message);
    str_release(&fix);
}

static void print_tests(const struct detail_round *r)
{
    size_t quiet = 0;
    if (!r->n_tests)
        return;
    printf("\ntests, round %d: F2P %zu · P2P %zu\n", r->n, r->f2p, r->p2p);
    for (size_t i = 0; i < r->n_tests; i++) {
        if (is_quiet(&r->tests[i]))
            quiet++;
        else
            print_test(&r->tests[i]);
    }
    if (quiet)
        printf("  … %zu more that the fix does not change (--json lists them)\n", quiet);
}

static void add_change(struct str *out, const char *name, enum detail_change change)
{
    static const char *const words[] = { NULL, "new", NULL, "changed" };
    if (words[change])
        str_addf(out, " · %s %s", name, words[change]);
}

static void print_round(const struct detail_round *r)
{
    struct str line = STR_INIT;
    str_addf(&line, "%s", r->accepted ? "accepted" : *r->failure_class ? r->failure_class : "–");
    if (*r->rule || *r->remedy)
        str_addf(&line, " · %s%s%s", r->rule, *r->remedy ? " → " : "", r->remedy);
    add_change(&line, "Dockerfile", r->dockerfile);
    add_change(&line, "lock", r->lock);
    if (r->lock_added || r->lock_removed)
        str_addf(&line, " +%d −%d", r->lock_added, r->lock_removed);
    add_change(&line, "script", r->script);
    printf("  %-3d ", r->n);
    print_shown("%s\n", line.s);
    if (*r->reason)
        print_shown("      %s\n", r->reason);
    str_release(&line);
}

static void print_rounds(const struct detail *d)
{
    if (d->n_rounds)
        printf("\nrounds\n");
    for (size_t i = 0; i < d->n_rounds; i++)
        print_round(&d->rounds[i]);
}

/* Rounds have a line each. */
static void print_names(const char *title, const struct strv *names)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < names->n; i++)
        if (!str_starts(names->v[i], "round-"))
            str_addf(&line, "%s%s", line.len ? " " : "", names->v[i]);
    print_field(title, line.s);
    str_release(&line);
}

static void print_files(const struct detail *d)
{
    struct strv names = STRV_INIT;
    char title[32];
    if (!d->dir)
        return;
    printf("\nfiles (--file NAME, --log NAME, --round N)\n");
    if (dir_list(d->dir, &names, NULL) == 0)
        print_names("", &names);
    for (size_t i = 0; i < d->n_rounds; i++) {
        snprintf(title, sizeof(title), "round-%d", d->rounds[i].n);
        print_names(title, &d->rounds[i].files);
    }
    strv_release(&names);
}

static void print_signals(const struct detail_round *r)
{
    const char *name;
    json_t *s;
    bool any = false;
    json_object_foreach(json_object_get(r->evaluation, "signals"), name, s)
    {
        if (!json_get_bool(s, "flag", false))
            continue;
        if (!any)
            printf("\nquality signals\n");
        any = true;
        printf("  %-8s %-12s ", json_get_str(s, "group", ""), name);
        print_shown("%s\n", json_get_str(s, "why", ""));
    }
}

static int show_text(const struct detail *d)
{
    print_head(d);
    if (d->last) {
        print_clauses(d->last);
        print_tests(d->last);
        print_signals(d->last);
    }
    print_rounds(d);
    print_files(d);
    return 0;
}

/* ---- as JSON ---- */

static json_t *rounds_to_json(const struct detail *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n_rounds; i++) {
        const struct detail_round *r = &d->rounds[i];
        json_t *o = json_object();
        json_put_int(o, "round", r->n);
        json_put_text(o, "phase", r->reached);
        json_put_text(o, "failure_class", *r->failure_class ? r->failure_class : NULL);
        json_put_text(o, "reason", r->reason);
        json_put_text(o, "rule", r->rule);
        json_put_text(o, "remedy", r->remedy);
        json_put_text(o, "log", r->log);
        json_put_int(o, "line", r->line);
        json_put_int(o, "f2p", (int64_t)r->f2p);
        json_put_int(o, "p2p", (int64_t)r->p2p);
        json_put_bool(o, "accepted", r->accepted);
        json_object_set_new(o, "files", json_from_strv(&r->files));
        json_array_append_new(list, o);
    }
    return list;
}

/* The row of the list, of exactly this instance and run. */
static int find_row(struct index *idx, const struct detail *d, struct row *row, struct error *err)
{
    struct str text = STR_INIT;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct id_vec ids = { 0 };
    struct query *q = NULL;
    query_add_word(&text, "id", d->instance_id);
    if (d->run)
        query_add_word(&text, "run", d->run);
    int rc = query_parse(text.s, LIST_INSTANCES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_page(idx, &spec, 0, 1, &ids, err);
    if (rc == 0)
        rc = list_rows(idx, LIST_INSTANCES, ids.v, ids.n, row, err);
    query_free(q);
    id_vec_release(&ids);
    str_release(&text);
    return rc;
}

static int show_json(struct index *idx, const struct detail *d, struct error *err)
{
    struct row row = { 0 };
    int rc = find_row(idx, d, &row, err);
    if (rc < 0 || !row.id)
        return rc;
    json_t *doc = row_to_json(LIST_INSTANCES, &row, NULL, 0);
    const json_t *ev = d->last ? d->last->evaluation : NULL;
    json_put_text(doc, "dir", d->dir);
    json_object_set(doc, "cost", d->cost);
    json_object_set(doc, "clauses", json_object_get(ev, "clauses"));
    json_object_set(doc, "tests", json_object_get(ev, "tests"));
    json_object_set(doc, "signals", json_object_get(ev, "signals"));
    json_object_set_new(doc, "rounds", rounds_to_json(d));
    char *line = json_short_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
    row_release(&row);
    return 0;
}

/* ---- a shell ---- */

static int show_shell(const struct invocation *inv, const struct detail *d, int round,
                      struct error *err)
{
    struct engine engine;
    struct job_context job = {
        .ws = inv->workspace, .engine = &engine, .run = d->run, .agent = "", .stop = inv->stop
    };
    int status = 0;
    if (!d->dir)
        return error_set(err, E_NOTFOUND, "%s was never tried, so it has no image", d->instance_id);
    int rc = engine_open(&inv->workspace->config, inv->workspace->root, &engine, err);
    if (rc == 0 && !inv->quiet)
        fprintf(stderr,
                "%s: a shell in its image; `bash /bottega/eval.sh` runs the tests, `git "
                "apply /bottega/fix.patch` puts the fix in, `exit` leaves\n",
                d->instance_id);
    if (rc == 0)
        rc = shell_instance(&job, d->instance_id, round, &status, err);
    engine_release(&engine);
    return rc; /* how a person left it says nothing */
}

/* ---- the verb ---- */

static int show_detail(struct invocation *inv, struct index *idx, const struct detail *d,
                       struct error *err)
{
    const struct args *a = inv->args;
    const char *name = args_text(a, "file", args_text(a, "log", NULL));
    int64_t round = 0;
    int rc = args_int(a, "round", 1, &round, err);
    if (rc < 0)
        return rc;
    if (args_flag(a, "shell"))
        return show_shell(inv, d, (int)round, err);
    if (name)
        return show_file(d, name, (int)round, err);
    if (args_flag(a, "patch"))
        return show_field(d, "patch", err);
    if (args_flag(a, "test-patch"))
        return show_field(d, "test_patch", err);
    if (args_flag(a, "statement"))
        return show_field(d, "problem_statement", err);
    return inv->json ? show_json(idx, d, err) : show_text(d);
}

int cmd_show(struct invocation *inv, struct error *err)
{
    const struct args *a = inv->args;
    struct index *idx = NULL;
    if (!a->names.n)
        return error_set(err, E_USAGE, "show which instance? `bottega list instances` names them");
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    for (size_t i = 0; rc == 0 && i < a->names.n; i++) {
        struct detail d;
        if (args_flag(a, "trajectory")) {
            rc = show_trajectory(inv, idx, a->names.v[i], err);
            continue;
        }
        rc = detail_load(idx, args_text(a, "run", NULL), a->names.v[i], &d, err);
        if (rc == 0)
            rc = show_detail(inv, idx, &d, err);
        detail_release(&d);
    }
    index_close(idx);
    return rc;
}
