#include "index/attempts_private.h"

#include "formats/verdict.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

enum { QUEUE = 4096, MOST_THREADS = 16 };

/* What a thread found. `file` is a place in the list of files; texts are owned. */
struct packet {
    struct packet *next; /* of the same file */
    enum { A_ATTEMPT, A_FINDING, A_END } what;
    size_t file;
    struct attempt attempt;
    struct finding finding;
    int64_t at; /* of a finding's document */
    char *member, *texts[3];
    char *said; /* at the end: what the file is, or what is wrong with it */
    bool failed, taken;
};

struct importer {
    struct index *idx;
    const struct attempts_words *words;
    const struct cancel *stop;
    struct attempts_count *count;
    struct error *err;
    struct flag_rules *rules;
    struct strv files;
    int64_t *sources; /* of each file: its row, 0 before it has one */
    uv_mutex_t lock;
    uv_cond_t filled, emptied;
    /* Found and not yet written, by file. They are written in the order of the files, whichever is
     * read first: the same files give the same numbers. */
    struct packets {
        struct packet *first, *last;
    } * found;
    size_t turn, n, next_file, live;
    bool over; /* the writer wants no more */
};

/* ---- reading threads ---- */

struct worker {
    struct importer *im;
    struct traj_reader reader;
    size_t file;
    const char *kind;   /* of the file, as far as read */
    const char *member; /* of an archive, at work */
    bool torn;
};

static void packet_free(struct packet *p)
{
    attempt_release(&p->attempt);
    for (size_t i = 0; i < ARRAY_LEN(p->texts); i++)
        free(p->texts[i]);
    free(p->member);
    free(p->said);
    free(p);
}

static struct packet *packet_new(const struct worker *w, int what)
{
    struct packet *p = xcalloc(1, sizeof(*p));
    p->what = what;
    p->file = w->file;
    return p;
}

static void append(struct importer *im, struct packet *p)
{
    struct packets *list = &im->found[p->file];
    if (list->last)
        list->last->next = p;
    else
        list->first = p;
    list->last = p;
    im->n++;
}

static int push(struct importer *im, struct packet *p)
{
    uv_mutex_lock(&im->lock);
    while (im->n >= QUEUE && p->file != im->turn && !im->over)
        uv_cond_wait(&im->emptied, &im->lock);
    bool over = im->over;
    if (!over)
        append(im, p);
    uv_cond_signal(&im->filled);
    uv_mutex_unlock(&im->lock);
    if (over)
        packet_free(p);
    return over ? E_CANCELLED : 0;
}

static int on_attempt(void *payload, const struct attempt *a, struct error *err UNUSED)
{
    struct worker *w = payload;
    struct packet *p = packet_new(w, A_ATTEMPT);
    attempt_copy(&p->attempt, a);
    p->member = w->member ? xstrdup(w->member) : NULL;
    w->kind = a->format->name;
    w->torn = w->torn || a->torn;
    return push(w->im, p);
}

struct finding_place {
    struct worker *w;
    const struct document *doc;
};

static int on_finding(void *payload, const struct finding *f, struct error *err UNUSED)
{
    struct finding_place *at = payload;
    struct packet *p = packet_new(at->w, A_FINDING);
    p->finding = *f;
    p->at = at->doc->offset;
    p->texts[0] = xstrdup(f->instance_id);
    p->texts[1] = xstrdup(f->model);
    p->texts[2] = xstrdup(f->run);
    p->member = at->doc->member ? xstrdup(at->doc->member) : NULL;
    return push(at->w->im, p);
}

static int on_document(void *payload, const struct document *doc, struct error *err)
{
    struct worker *w = payload;
    int rc = json_scan_open(&w->reader.scan, doc->text, doc->len, err);
    if (rc < 0)
        return rc;
    const char *report = doc->lines ? NULL : report_sniff(&w->reader.scan);
    const struct traj_format *f = traj_sniff(&w->reader.scan, doc->lines);
    w->member = doc->member;
    if (f)
        return traj_read(&w->reader, f, doc, on_attempt, w, err);
    if (!report)
        return 0;
    struct finding_place at = { w, doc };
    w->kind = report;
    return report_read(&w->reader.scan, doc, on_finding, &at, err);
}

static void read_file(struct worker *w)
{
    struct error err = ERROR_INIT;
    w->kind = NULL;
    w->torn = false;
    int rc = source_each(w->im->files.v[w->file], w->im->stop, on_document, w, &err);
    struct packet *p = packet_new(w, A_END);
    p->failed = rc < 0;
    p->taken = w->kind != NULL;
    p->attempt.torn = w->torn;
    p->said = xstrdup(rc < 0 ? error_text(&err) : w->kind ? w->kind : "nothing that is known here");
    error_release(&err);
    (void)!push(w->im, p);
}

static bool next_file(struct worker *w)
{
    uv_mutex_lock(&w->im->lock);
    bool more = w->im->next_file < w->im->files.n && !w->im->over;
    w->file = more ? w->im->next_file++ : 0;
    uv_mutex_unlock(&w->im->lock);
    return more;
}

static void work(void *payload)
{
    struct worker w = { .im = payload };
    traj_reader_init(&w.reader);
    (void)!flagger_new(w.im->rules, &w.reader.flagger, NULL); /* they were tried before */
    while (next_file(&w))
        read_file(&w);
    flagger_free(w.reader.flagger);
    traj_reader_release(&w.reader);
    uv_mutex_lock(&w.im->lock);
    w.im->live--;
    uv_cond_signal(&w.im->filled);
    uv_mutex_unlock(&w.im->lock);
}

/* ---- the writing thread ---- */

static struct packet *take_first(struct importer *im)
{
    struct packets *list = &im->found[im->turn];
    struct packet *p = list->first;
    list->first = p->next;
    if (!list->first)
        list->last = NULL;
    im->n--;
    return p;
}

static struct packet *pop(struct importer *im)
{
    struct packet *p = NULL;
    uv_mutex_lock(&im->lock);
    while (im->turn < im->files.n && !im->found[im->turn].first && im->live)
        uv_cond_wait(&im->filled, &im->lock);
    while (im->n && !im->found[im->turn].first)
        im->turn++; /* a file that was given up */
    if (im->n) {
        p = take_first(im);
        im->turn += p->what == A_END;
        uv_cond_broadcast(&im->emptied);
    }
    uv_mutex_unlock(&im->lock);
    return p;
}

static struct stamp stamp_of(const char *path)
{
    struct stat st;
    struct stamp s = { 0, 0, 0 };
    if (stat(path, &st) == 0) {
        s.mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
        s.size = st.st_size;
    }
    return s;
}

static int source_of(struct importer *im, size_t file)
{
    if (im->sources[file])
        return 0;
    struct stamp s = stamp_of(im->files.v[file]);
    int rc = store_run(im->idx, im->err,
                       "INSERT INTO sources (path, mtime, size, is_open, attempts, findings) "
                       "VALUES (?, ?, ?, 0, 0, 0)",
                       "sii", im->files.v[file], s.mtime, s.size);
    im->sources[file] = sqlite3_last_insert_rowid(im->idx->db);
    return rc;
}

static int put_finding(struct importer *im, const struct packet *p)
{
    const struct finding *f = &p->finding;
    bool verdict = f->kind == FINDING_VERDICT;
    im->count->verdicts += verdict;
    im->count->predictions += !verdict;
    return store_run(im->idx, im->err,
                     "INSERT INTO findings (source, at, patch_at, patch_length, is_single, kind, "
                     "instance_id, model, run, outcome, member) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                     "?, ?)",
                     "iiiiissssss", im->sources[p->file], p->at, f->patch_offset, f->patch_length,
                     (int64_t)f->single, verdict ? "verdict" : "prediction", p->texts[0],
                     p->texts[1], p->texts[2], outcome_name(f->outcome), p->member);
}

static int put_end(struct importer *im, const struct packet *p)
{
    im->count->files += p->taken;
    im->count->unknown += !p->taken && !p->failed;
    im->count->failed += p->failed;
    if (im->words && im->words->fn)
        im->words->fn(im->words->payload, im->files.v[p->file], p->said, p->taken && !p->failed);
    if (!im->sources[p->file])
        return 0;
    return store_run(im->idx, im->err,
                     "UPDATE sources SET is_open = ?, attempts = (SELECT count(*) FROM attempts "
                     "WHERE source = ?2), findings = (SELECT count(*) FROM findings WHERE source = "
                     "?2) WHERE id = ?2",
                     "ii", (int64_t)p->attempt.torn, im->sources[p->file]);
}

static int put(struct importer *im, const struct packet *p)
{
    int rc = p->what == A_END ? 0 : source_of(im, p->file);
    if (rc < 0)
        return rc;
    if (p->what == A_END)
        return put_end(im, p);
    if (p->what == A_FINDING)
        return put_finding(im, p);
    im->count->attempts++;
    return attempts_put(im->idx, im->sources[p->file], &p->attempt, p->member, im->err);
}

static int write_all(struct importer *im)
{
    int rc = 0;
    for (struct packet *p; (p = pop(im));) {
        if (rc == 0 && cancel_raised(im->stop))
            rc = error_set(im->err, E_CANCELLED, "cancelled");
        if (rc == 0)
            rc = put(im, p);
        packet_free(p);
        if (rc < 0) {
            uv_mutex_lock(&im->lock);
            im->over = true;
            uv_cond_broadcast(&im->emptied);
            uv_mutex_unlock(&im->lock);
        }
    }
    return rc;
}

static int read_all(struct importer *im)
{
    uv_thread_t threads[MOST_THREADS];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t want = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : (size_t)cores;
    size_t n = 0;
    im->live = want < im->files.n ? want : im->files.n;
    for (size_t i = im->live; i; i--) {
        if (uv_thread_create(&threads[n], work, im) == 0) {
            n++;
        } else {
            uv_mutex_lock(&im->lock);
            im->live--;
            uv_mutex_unlock(&im->lock);
        }
    }
    int rc = n || !im->files.n ? write_all(im)
                               : error_set(im->err, E_FAIL, "no thread could be started");
    for (size_t i = 0; i < n; i++)
        uv_thread_join(&threads[i]);
    return rc;
}

/* ---- which files ---- */

static int forget(struct importer *im, int64_t source)
{
    static const char *const sql[] = { "DELETE FROM step_tables WHERE attempt IN (SELECT id FROM "
                                       "attempts WHERE source = ?)",
                                       "DELETE FROM attempts WHERE source = ?",
                                       "DELETE FROM findings WHERE source = ?",
                                       "DELETE FROM sources WHERE id = ?" };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(sql); i++)
        rc = store_run(im->idx, im->err, sql[i], "i", source);
    return rc;
}

/* A file that was read and is as it was is left out; one that changed is read anew. */
static int want_file(struct importer *im, const char *path)
{
    struct stamp now = stamp_of(path);
    sqlite3_stmt *st;
    int64_t id = 0;
    bool same = false;
    int rc = store_query(im->idx, &st, im->err,
                         "SELECT id, mtime, size FROM sources WHERE path = ?", "s", path);
    if (rc == 0 && (rc = store_step(im->idx, st, im->err)) > 0) {
        id = sqlite3_column_int64(st, 0);
        same = sqlite3_column_int64(st, 1) == now.mtime && sqlite3_column_int64(st, 2) == now.size;
        sqlite3_reset(st);
        rc = 0;
    }
    if (rc == 0 && same)
        im->count->already++;
    else if (rc == 0)
        rc = id ? forget(im, id) : 0;
    if (rc == 0 && !same)
        strv_add(&im->files, path);
    return rc;
}

/* What a workspace holds is its own. */
static bool is_workspace(const char *path)
{
    char *conf = str_format("%s/bottega.conf", path);
    bool is = path_exists(conf);
    free(conf);
    return is;
}

static int add_tree(struct importer *im, const char *path, int depth)
{
    enum { DEEPEST = 64 };
    struct strv names = STRV_INIT;
    struct stat st;
    if (lstat(path, &st) < 0 || depth > DEEPEST)
        return depth ? 0 : error_set(im->err, E_NOTFOUND, "%s is not there", path);
    if (S_ISLNK(st.st_mode) && depth)
        return 0;
    if (!path_is_dir(path))
        return want_file(im, path);
    if (is_workspace(path))
        return 0;
    int rc = dir_list(path, &names, depth ? NULL : im->err);
    if (rc < 0 && depth)
        rc = 0; /* a folder that may not be looked into */
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *child = str_format("%s/%s", path, names.v[i]);
        if (cancel_raised(im->stop))
            rc = error_set(im->err, E_CANCELLED, "cancelled");
        else if (*names.v[i] != '.')
            rc = add_tree(im, child, depth + 1);
        free(child);
    }
    strv_release(&names);
    return rc;
}

/* A grader's word goes before the file's own; one of a single report before a summary's. */
static int join_verdicts(struct importer *im)
{
#define VERDICT_OF(what)                                                                           \
    "(SELECT " what " FROM findings f JOIN sources s ON s.id = f.source WHERE f.kind = 'verdict' " \
    "AND f.instance_id = attempts.instance_id AND f.outcome <> 'unknown' AND (f.model = '' OR "    \
    "attempts.model = '' OR replace(f.model, '/', '__') = replace(attempts.model, '/', '__') OR "  \
    "f.run = attempts.run OR f.model = attempts.run) ORDER BY f.is_single DESC, f.id LIMIT 1)"
    return store_run(im->idx, im->err,
                     "UPDATE attempts SET outcome = coalesce(" VERDICT_OF(
                         "f.outcome") ", own_outcome), "
                                      "outcome_source = coalesce(" VERDICT_OF(
                                          "s.path") ", outcome_source) "
                                                    "WHERE instance_id IN (SELECT instance_id FROM "
                                                    "findings WHERE kind = 'verdict')",
                     "");
}

static int import(struct importer *im, const char *path)
{
    int rc = store_begin(im->idx, im->err);
    if (rc < 0)
        return rc;
    uv_mutex_init(&im->lock);
    uv_cond_init(&im->filled);
    uv_cond_init(&im->emptied);
    rc = flag_rules_load(index_workspace(im->idx)->root, &im->rules, im->err);
    if (rc == 0)
        rc = add_tree(im, path, 0);
    im->sources = xcalloc(im->files.n + 1, sizeof(*im->sources));
    im->found = xcalloc(im->files.n + 1, sizeof(*im->found));
    if (rc == 0)
        rc = read_all(im);
    if (rc == 0)
        rc = join_verdicts(im);
    flag_rules_free(im->rules);
    free(im->sources);
    free(im->found);
    strv_release(&im->files);
    uv_cond_destroy(&im->emptied);
    uv_cond_destroy(&im->filled);
    uv_mutex_destroy(&im->lock);
    return store_end(im->idx, rc, im->err);
}

/* ---- imports.jsonl ---- */

static char *imports_path_new(const struct index *idx)
{
    return workspace_path(index_workspace(idx), "imports.jsonl");
}

static int on_import_line(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                          const struct error *err UNUSED)
{
    const char *path = json_get_str(doc, "path", "");
    if (*path)
        strv_add_once(payload, path);
    return 0;
}

/* What stands in the workspace is named from its root: it may be moved. */
static int imports_read(const struct index *idx, struct strv *out, struct error *err)
{
    struct strv lines = STRV_INIT;
    char *path = imports_path_new(idx);
    int rc = path_exists(path) ? json_each_line(path, on_import_line, &lines, err) : 0;
    for (size_t i = 0; i < lines.n; i++) {
        char *inside = workspace_path(index_workspace(idx), "%s", lines.v[i]);
        strv_add(out, *lines.v[i] == '/' ? lines.v[i] : inside);
        free(inside);
    }
    strv_release(&lines);
    free(path);
    return rc;
}

static const char *name_inside(const struct index *idx, const char *path)
{
    char *root = realpath(index_workspace(idx)->root, NULL);
    size_t n = root ? strlen(root) : 0;
    bool inside = n && strncmp(path, root, n) == 0 && path[n] == '/';
    free(root);
    return inside ? path + n + 1 : path;
}

static int imports_add(const struct index *idx, const char *path, struct error *err)
{
    struct strv known = STRV_INIT;
    struct str now = STR_INIT;
    int rc = imports_read(idx, &known, err);
    if (rc == 0 && !strv_has(&known, path)) {
        json_t *doc = json_object();
        char *file = imports_path_new(idx);
        clock_format(clock_utc(), &now);
        json_put_int(doc, "format", 1);
        json_put_text(doc, "path", name_inside(idx, path));
        json_put_text(doc, "t", now.s);
        char *line = json_line_new(doc);
        rc = file_append_line(file, line, err);
        free(line);
        free(file);
        json_decref(doc);
    }
    str_release(&now);
    strv_release(&known);
    return rc;
}

int attempts_import(struct index *idx, const char *path, const struct attempts_words *words,
                    const struct cancel *stop, struct attempts_count *count, struct error *err)
{
    struct importer im = {
        .idx = idx, .words = words, .stop = stop, .count = count, .err = err, .files = STRV_INIT
    };
    char *real = realpath(path, NULL);
    if (!real)
        return error_set(err, E_NOTFOUND, "%s is not there", path);
    int rc = import(&im, real);
    if (rc == 0 && count->files + count->already > 0)
        rc = imports_add(idx, real, err);
    free(real);
    return rc;
}

int attempts_catch_up(struct index *idx, const struct cancel *stop, bool again, struct error *err)
{
    struct strv paths = STRV_INIT;
    struct attempts_count count = { 0 };
    sqlite3_stmt *st;
    int rc = again ? imports_read(idx, &paths, err) : 0;
    if (rc == 0 && !again) {
        rc = store_query(idx, &st, err, "SELECT path FROM sources WHERE is_open = 1", "");
        while (rc == 0 && (rc = store_step(idx, st, err)) > 0)
            strv_add(&paths, store_text(st, 0)), rc = 0;
    }
    for (size_t i = 0; rc == 0 && i < paths.n; i++) {
        struct importer im = {
            .idx = idx, .stop = stop, .count = &count, .err = err, .files = STRV_INIT
        };
        if (path_exists(paths.v[i])) /* a folder that is elsewhere today */
            rc = import(&im, paths.v[i]);
    }
    strv_release(&paths);
    return rc;
}
