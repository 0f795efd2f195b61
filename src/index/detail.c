#include "index/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *read_or_null(const char *dir, const char *name)
{
    json_t *doc = NULL;
    char *path = str_format("%s/%s", dir, name);
    if (path_exists(path) && json_read_file(path, &doc, NULL) < 0)
        doc = NULL;
    free(path);
    return doc;
}

/* ---- one round ---- */

static void read_runs(struct detail_round *r)
{
    const json_t *list = json_object_get(r->evaluation, "runs");
    r->n_runs = json_array_size(list);
    r->runs = xcalloc(r->n_runs + 1, sizeof(*r->runs));
    for (size_t i = 0; i < r->n_runs; i++) {
        const json_t *o = json_array_get(list, i);
        r->runs[i] = (struct detail_run){
            .condition = json_get_str(o, "condition", ""),
            .k = json_get_int(o, "k", 1),
            .exit_code = json_get_int(o, "exit_code", -1),
            .marker = json_get_int(o, "marker", -1),
            .timed_out = json_get_bool(o, "timed_out", false),
            .oom = json_get_bool(o, "oom", false),
            .seconds = json_get_num(o, "seconds", 0),
            .log = json_get_str(o, "log", ""),
            .xml = json_get_str(o, "xml", ""),
            .passed = json_get_int(o, "passed", 0),
            .failed = json_get_int(o, "failed", 0),
            .skipped = json_get_int(o, "skipped", 0),
            .errors = json_get_int(o, "error", 0),
        };
    }
}

static void read_tests(struct detail_round *r)
{
    const json_t *list = json_object_get(r->evaluation, "tests");
    r->n_tests = json_array_size(list);
    r->tests = xcalloc(r->n_tests + 1, sizeof(*r->tests));
    for (size_t i = 0; i < r->n_tests; i++) {
        const json_t *o = json_array_get(list, i), *fix = json_object_get(o, "test_with_fix");
        struct detail_test *t = &r->tests[i];
        t->id = json_get_str(o, "id", "");
        t->base = json_get_str(o, "base", "");
        t->test_only = json_get_str(o, "test_only", "");
        t->verdict = json_get_str(o, "verdict", "");
        t->message = json_get_str(o, "message", "");
        for (size_t k = 0; k < json_array_size(fix) && k < DETAIL_REPEATS; k++) {
            const char *s = json_string_value(json_array_get(fix, k));
            t->with_fix[t->n_with_fix++] = s ? s : "";
        }
    }
}

static void read_clauses(struct detail_round *r)
{
    const json_t *list = json_object_get(r->evaluation, "clauses");
    r->n_clauses = json_array_size(list);
    r->clauses = xcalloc(r->n_clauses + 1, sizeof(*r->clauses));
    for (size_t i = 0; i < r->n_clauses; i++) {
        const json_t *o = json_array_get(list, i);
        r->clauses[i].ok = json_get_bool(o, "ok", false);
        r->clauses[i].why = json_get_str(o, "why", "");
    }
}

static size_t count_of(const json_t *doc, const char *key)
{
    const json_t *v = json_object_get(doc, key);
    return json_is_array(v) ? json_array_size(v) : (size_t)json_get_int(doc, key, 0);
}

static void read_round(struct detail_round *r, const char *dir, int n)
{
    r->n = n;
    r->dir = str_format("%s/round-%d", dir, n);
    strv_init(&r->files);
    if (dir_list(r->dir, &r->files, NULL) < 0)
        strv_clear(&r->files);
    r->evaluation = read_or_null(r->dir, "evaluation.json");
    r->analysis = read_or_null(r->dir, "analysis.json");
    r->hand = read_or_null(r->dir, "hand.json");
    r->base = (int)json_get_int(r->hand, "base", 0);
    r->reached = json_get_str(r->evaluation, "reached", "");
    r->failure_class =
        json_get_str(r->analysis, "class", json_get_str(r->evaluation, "verdict", ""));
    r->reason = json_get_str(r->analysis, "reason", json_get_str(r->evaluation, "reason", ""));
    r->rule = json_get_str(r->analysis, "rule", "");
    r->remedy = json_get_str(r->analysis, "remedy", "");
    r->log = json_get_str(r->analysis, "log", "");
    r->line = json_get_int(r->analysis, "line", 0);
    r->f2p = count_of(r->evaluation, "f2p");
    r->p2p = count_of(r->evaluation, "p2p");
    r->accepted = json_get_bool(r->evaluation, "accepted", false);
    read_runs(r);
    read_tests(r);
    read_clauses(r);
}

static void release_round(struct detail_round *r)
{
    free(r->dir);
    strv_release(&r->files);
    json_decref(r->evaluation);
    json_decref(r->analysis);
    json_decref(r->hand);
    free(r->runs);
    free(r->tests);
    free(r->clauses);
}

/* ---- what changed from round to round ---- */

/* A round that never came so far has no such file. */
const struct detail_round *detail_before(const struct detail *d, const struct detail_round *r,
                                         const char *name)
{
    size_t i = (size_t)(r - d->rounds);
    while (i-- > 0)
        if ((!r->base || d->rounds[i].n <= r->base) && strv_has(&d->rounds[i].files, name))
            return &d->rounds[i];
    return NULL;
}

static enum detail_change compare(const struct detail *d, size_t i, const char *name)
{
    const struct detail_round *r = &d->rounds[i], *old = detail_before(d, r, name);
    struct str a = STR_INIT, b = STR_INIT;
    enum detail_change change = CHANGE_NEW;
    char *path = str_format("%s/%s", r->dir, name);
    char *old_path = str_format("%s/%s", old ? old->dir : "", name);
    if (!strv_has(&r->files, name) || file_read(path, &b, NULL) < 0)
        change = CHANGE_ABSENT;
    else if (old && file_read(old_path, &a, NULL) == 0)
        change = a.len == b.len && !memcmp(a.s, b.s, a.len) ? CHANGE_SAME : CHANGE_DIFFERS;
    str_release(&a);
    str_release(&b);
    free(path);
    free(old_path);
    return change;
}

/* Requirement lines ("name==1.0 \") of a lock; hashes and comments aside. */
static void read_lock(const char *dir, struct strv *out)
{
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT;
    char *path = str_format("%s/requirements.lock", dir);
    if (path_exists(path) && file_read(path, &text, NULL) == 0)
        strv_split(&lines, text.s, "\r\n");
    for (size_t i = 0; i < lines.n; i++)
        if (!strchr(" \t#-", lines.v[i][0]))
            strv_addn(out, lines.v[i], strcspn(lines.v[i], " \t;\\"));
    free(path);
    strv_release(&lines);
    str_release(&text);
}

static int count_missing(const struct strv *from, const struct strv *in)
{
    int n = 0;
    for (size_t i = 0; i < from->n; i++)
        n += !strv_has(in, from->v[i]);
    return n;
}

static void compare_round(struct detail *d, size_t i)
{
    struct detail_round *r = &d->rounds[i];
    const struct detail_round *old_round = detail_before(d, r, "requirements.lock");
    struct strv old = STRV_INIT, now = STRV_INIT;
    r->dockerfile = compare(d, i, "Dockerfile");
    r->lock = compare(d, i, "requirements.lock");
    r->script = compare(d, i, "eval_skeleton.sh");
    if (r->lock == CHANGE_NEW || r->lock == CHANGE_DIFFERS) {
        if (old_round)
            read_lock(old_round->dir, &old);
        read_lock(r->dir, &now);
        r->lock_added = count_missing(&now, &old);
        r->lock_removed = count_missing(&old, &now);
    }
    strv_release(&old);
    strv_release(&now);
}

/* ---- the whole folder ---- */

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void read_rounds(struct detail *d)
{
    struct strv names = STRV_INIT;
    if (dir_list(d->dir, &names, NULL) < 0)
        strv_clear(&names);
    int *numbers = xcalloc(names.n + 1, sizeof(*numbers));
    for (size_t i = 0; i < names.n; i++) {
        int n, used = 0;
        if (sscanf(names.v[i], "round-%d%n", &n, &used) == 1 && !names.v[i][used] && n > 0)
            numbers[d->n_rounds++] = n;
    }
    qsort(numbers, d->n_rounds, sizeof(*numbers), by_number);
    d->rounds = xcalloc(d->n_rounds + 1, sizeof(*d->rounds));
    for (size_t i = 0; i < d->n_rounds; i++) {
        read_round(&d->rounds[i], d->dir, numbers[i]);
        compare_round(d, i);
    }
    free(numbers);
    strv_release(&names);
}

/* The round where the evidence stands; without evidence the one that status.json names. */
static void choose_last(struct detail *d)
{
    int n = 0;
    if (sscanf(json_get_str(d->status, "log", ""), "round-%d/", &n) != 1)
        n = (int)json_get_int(d->status, "round", 0);
    for (size_t i = 0; i < d->n_rounds; i++)
        if (d->rounds[i].n == n || i + 1 == d->n_rounds) {
            d->last = &d->rounds[i];
            return;
        }
}

/* What is installed, and as of when. */
static void read_versions(struct detail *d)
{
    struct strv lines = STRV_INIT;
    json_t *findings = d->last ? read_or_null(d->last->dir, "findings.json") : NULL;
    char *lock = str_format("%s/requirements.lock", d->dir);
    read_lock(d->dir, &lines);
    d->packages = path_exists(lock) ? (int)lines.n : -1;
    snprintf(d->as_of, sizeof(d->as_of), "%.10s", json_get_str(findings, "as_of", ""));
    json_decref(findings);
    strv_release(&lines);
    free(lock);
}

static void read_folder(struct detail *d)
{
    d->instance = read_or_null(d->dir, "instance.json");
    d->status = read_or_null(d->dir, "status.json");
    d->cost = read_or_null(d->dir, "cost.json");
    d->image = read_or_null(d->dir, "image.json");
    read_rounds(d);
    choose_last(d);
    read_versions(d);
}

/* The row of a task that has no folder yet, or whose folder lacks it. */
static void read_task(struct index *idx, struct detail *d)
{
    struct task_place at;
    struct error err = ERROR_INIT;
    if (index_find_task(idx, d->instance_id, &at, &err) == 0 && at.length) {
        char *path = workspace_path(idx->ws, "%s", at.file), *line = xmalloc((size_t)at.length);
        FILE *f = fopen(path, "re");
        if (f && fseeko(f, at.offset, SEEK_SET) == 0 &&
            fread(line, 1, (size_t)at.length, f) == (size_t)at.length &&
            json_parse(line, (size_t)at.length, &d->instance, &err) < 0)
            d->instance = NULL;
        if (f)
            fclose(f);
        free(line);
        free(path);
    }
    task_place_release(&at);
    error_release(&err);
}

static int find_row(struct index *idx, const char *run, const char *instance_id, struct detail *d,
                    struct error *err)
{
    sqlite3_stmt *st;
    int rc = run ? store_query(idx, &st, err,
                               "SELECT repo, run FROM environments WHERE run = ? AND "
                               "instance_id = ?",
                               "ss", run, instance_id)
                 : store_query(idx, &st, err,
                               "SELECT repo, run FROM environments WHERE instance_id = ? AND "
                               "latest = 1",
                               "s", instance_id);
    if (rc == 0)
        rc = store_step(idx, st, err);
    if (rc < 0)
        return rc;
    if (rc == 0 && run)
        return error_set(err, E_NOTFOUND, "%s is not in the run %s", instance_id, run);
    if (rc == 0)
        return error_set(err, E_NOTFOUND, "no instance is called %s", instance_id);
    d->repo = xstrdup(store_text(st, 0));
    if (*store_text(st, 1))
        d->run = xstrdup(store_text(st, 1));
    sqlite3_reset(st);
    return 0;
}

/* What curators say of it, in the order in which they said it. */
static int read_reviews(struct index *idx, struct detail *d, struct error *err)
{
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT kind, text, curator FROM reviews WHERE instance_id = ? "
                         "ORDER BY at, kind, text, curator",
                         "s", d->instance_id);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_addf(&d->reviews, "%s%s (%s)", strcmp(store_text(st, 0), "label") == 0 ? "#" : "",
                      store_text(st, 1), store_text(st, 2));
    return rc;
}

int detail_load(struct index *idx, const char *run, const char *instance_id, struct detail *out,
                struct error *err)
{
    memset(out, 0, sizeof(*out));
    strv_init(&out->reviews);
    int rc = find_row(idx, run, instance_id, out, err);
    if (rc < 0)
        return rc;
    out->instance_id = xstrdup(instance_id);
    rc = read_reviews(idx, out, err);
    if (rc < 0)
        return rc;
    if (out->run) {
        char *folder = repo_folder_new(out->repo);
        out->dir = workspace_path(idx->ws, "runs/%s/%s/%s", out->run, folder, instance_id);
        free(folder);
        read_folder(out);
    }
    if (!out->instance)
        read_task(idx, out);
    return 0;
}

void detail_release(struct detail *d)
{
    for (size_t i = 0; i < d->n_rounds; i++)
        release_round(&d->rounds[i]);
    free(d->rounds);
    strv_release(&d->reviews);
    free(d->instance_id);
    free(d->repo);
    free(d->run);
    free(d->dir);
    json_decref(d->instance);
    json_decref(d->status);
    json_decref(d->cost);
    json_decref(d->image);
    memset(d, 0, sizeof(*d));
}

const struct detail_round *detail_round(const struct detail *d, int n)
{
    for (size_t i = 0; i < d->n_rounds; i++)
        if (d->rounds[i].n == n)
            return &d->rounds[i];
    return n ? NULL : d->last;
}

static bool try_file(const char *dir, const char *name, const char *suffix, struct str *path)
{
    str_setf(path, "%s/%s%s", dir, name, suffix);
    return path_exists(path->s) && !path_is_dir(path->s);
}

static int refuse_file(const struct detail *d, const struct detail_round *r, const char *name,
                       struct error *err)
{
    struct strv names = STRV_INIT;
    struct str list = STR_INIT;
    if (dir_list(r ? r->dir : d->dir, &names, NULL) < 0)
        strv_clear(&names);
    for (size_t i = 0; i < names.n; i++)
        str_addf(&list, "%s%s", i ? " " : "", names.v[i]);
    int rc =
        r ? error_set(err, E_NOTFOUND, "%s: round %d has no %s; there is: %s", d->instance_id, r->n,
                      name, list.s)
          : error_set(err, E_NOTFOUND, "%s has no %s; there is: %s", d->instance_id, name, list.s);
    strv_release(&names);
    str_release(&list);
    return rc;
}

/* A name that leads out of the folder is no name of a file in it. */
static bool is_inside(const char *name)
{
    return *name && *name != '/' && !strstr(name, "..");
}

int detail_file(const struct detail *d, const char *name, int n, struct str *path,
                struct error *err)
{
    if (!d->dir)
        return error_set(err, E_NOTFOUND, "%s was never tried, so it has no files", d->instance_id);
    const struct detail_round *r = detail_round(d, n);
    if (n && !r)
        return error_set(err, E_NOTFOUND, "%s has no round %d (it has %zu)", d->instance_id, n,
                         d->n_rounds);
    if (is_inside(name)) {
        if (!n && (try_file(d->dir, name, "", path) || try_file(d->dir, name, ".log", path)))
            return 0;
        if (r && (try_file(r->dir, name, "", path) || try_file(r->dir, name, ".log", path)))
            return 0;
    }
    return refuse_file(d, r, name, err);
}
