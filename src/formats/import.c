#include "formats/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A task file, as it is or as it is being written. */
struct source {
    char *path, *label; /* label: "tasks/dev.jsonl" */
    int fd;             /* for reading back, -1 until needed */
    size_t lines;
};

/* Where a known row stands, and how people find it. */
struct place {
    struct source *source;
    int64_t offset;
    size_t n;
    const char *label;
    size_t line;
};

struct tasks_import {
    const struct workspace *ws;
    const struct cancel *stop;
    int lock;
    struct map known;   /* instance_id -> struct place * */
    struct map sources; /* path -> struct source * */
    struct strv names;  /* of imported files, for labels */
};

static void source_free(void *p)
{
    struct source *s = p;
    if (s->fd >= 0)
        close(s->fd);
    free(s->path);
    free(s->label);
    free(s);
}

/* A file that was replaced is another source than the one before. */
static struct source *source_new(struct tasks_import *t, const char *path, const char *file)
{
    struct source *s = xcalloc(1, sizeof(*s));
    char *key = str_format("%zu", t->sources.used);
    s->path = xstrdup(path);
    s->label = str_format("tasks/%s", path_base(file));
    s->fd = -1;
    map_put(&t->sources, key, s);
    free(key);
    return s;
}

static void know(struct tasks_import *t, const char *id, const struct place *at)
{
    struct place *p = xmalloc(sizeof(*p));
    *p = *at;
    map_put(&t->known, id, p);
}

/* ---- what is there already ---- */

struct census {
    struct tasks_import *t;
    struct source *source;
};

static int count_row(void *payload, const struct row_text *row, struct error *err)
{
    struct census *c = payload;
    struct place at = { c->source, row->offset, row->n, c->source->label, row->line };
    struct str id = STR_INIT;
    const char *s;
    size_t len;
    int rc = 0;
    c->source->lines = row->line;
    if (row->offset < 0)
        return error_set(err, E_PARSE, "%s is no file of JSON lines", c->source->label);
    if (row_id(row->s, row->n, &s, &len)) {
        str_addn(&id, s, len);
    } else {
        json_t *doc = NULL;
        rc = task_row_parse(c->source->path, row, &doc, err);
        str_add(&id, json_get_str(doc, "instance_id", ""));
        json_decref(doc);
    }
    if (rc == 0)
        know(c->t, id.s, &at);
    str_release(&id);
    return rc;
}

static int count_file(void *payload, const char *path, struct error *err)
{
    struct tasks_import *t = payload;
    struct census c = { t, source_new(t, path, path) };
    return rows_each(path, t->stop, count_row, &c, err);
}

/* One import at a time: two would each rename their own version of a file. */
static int lock_tasks(struct tasks_import *t, struct error *err)
{
    char *path = workspace_path(t->ws, "tasks/.lock");
    int rc = 0;
    t->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (t->lock < 0)
        rc = error_errno(err, errno, "cannot write %s", path);
    else if (flock(t->lock, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
        rc = error_set(err, E_FAIL, "another import into this workspace is at work; wait for it");
    free(path);
    return rc;
}

int tasks_import_new(const struct workspace *ws, const struct cancel *stop,
                     struct tasks_import **out, struct error *err)
{
    struct tasks_import *t = xcalloc(1, sizeof(*t));
    t->ws = ws;
    t->stop = stop;
    map_init(&t->known, free);
    map_init(&t->sources, source_free);
    strv_init(&t->names);
    int rc = lock_tasks(t, err);
    if (rc == 0)
        rc = task_files_each(ws, count_file, t, err);
    if (rc < 0) {
        tasks_import_free(t);
        t = NULL;
    }
    *out = t;
    return rc;
}

void tasks_import_free(struct tasks_import *t)
{
    if (!t)
        return;
    map_release(&t->known);
    map_release(&t->sources);
    strv_release(&t->names);
    if (t->lock >= 0)
        close(t->lock);
    free(t);
}

/* ---- one file on its way in ---- */

struct intake {
    struct tasks_import *t;
    const char *name; /* as people know it */
    char *file, *part;
    FILE *out;          /* of part; NULL until the first new row */
    struct source *own; /* likewise */
    import_word_fn on_word;
    void *payload;
    struct import_count *count;
};

static void say(struct intake *in, const struct row_text *row, const char *what)
{
    struct str sentence = STR_INIT;
    str_addf(&sentence, "%s:%zu: ", in->name, row->line);
    if (row->number)
        str_addf(&sentence, "row %zu: ", row->number);
    str_add(&sentence, what);
    in->on_word(in->payload, sentence.s);
    str_release(&sentence);
}

static void skip_row(struct intake *in, const struct row_text *row, const char *why)
{
    char *what = str_format("%s; the row was skipped", why);
    in->count->skipped++;
    say(in, row, what);
    free(what);
}

/* Reads a known row back, from the file that is being written too. */
static int read_back(struct intake *in, const struct place *at, struct str *out, struct error *err)
{
    struct source *s = at->source;
    if (s == in->own && fflush(in->out) != 0)
        return error_errno(err, errno, "cannot write %s", in->part);
    if (s->fd < 0)
        s->fd = open(s->path, O_RDONLY | O_CLOEXEC);
    str_grow(out, at->n);
    if (s->fd < 0 || pread(s->fd, out->s, at->n, at->offset) != (ssize_t)at->n)
        return error_errno(err, errno, "cannot read %s", s->path);
    out->len = at->n;
    out->s[at->n] = '\0';
    return 0;
}

/* The same bytes are the same row; nobody needs to parse them. */
static bool is_known_line(struct intake *in, const struct row_text *row)
{
    struct str key = STR_INIT, old = STR_INIT;
    const char *id;
    size_t len;
    bool same = false;
    if (row_id(row->s, row->n, &id, &len)) {
        str_addn(&key, id, len);
        const struct place *at = map_get(&in->t->known, key.s);
        same = at && at->n == row->n && read_back(in, at, &old, NULL) == 0 &&
               memcmp(old.s, row->s, row->n) == 0;
    }
    str_release(&key);
    str_release(&old);
    return same;
}

/* The names of fields that differ, at most four. */
static void add_differences(struct str *out, json_t *old, json_t *new)
{
    enum { MOST = 4 };
    const char *key;
    json_t *value;
    int n = 0;
    json_object_foreach(new, key, value)
    {
        const json_t *was = json_object_get(old, key);
        if (!(was && json_equal(was, value)) && n++ < MOST)
            str_addf(out, "%s%s", n > 1 ? ", " : "", key);
    }
    json_object_foreach(old, key, value)
    {
        if (!json_object_get(new, key) && n++ < MOST)
            str_addf(out, "%s%s", n > 1 ? ", " : "", key);
    }
    if (n > MOST)
        str_add(out, ", …");
}

static int compare_row(struct intake *in, const struct row_text *row, const struct place *at,
                       json_t *doc, struct error *err)
{
    struct str old = STR_INIT, why = STR_INIT;
    json_t *was = NULL;
    int rc = read_back(in, at, &old, err);
    if (rc == 0)
        rc = json_parse(old.s, old.len, &was, err);
    if (rc == 0 && json_equal(was, doc)) {
        in->count->already++;
    } else if (rc == 0) {
        str_addf(&why, "%s is there already with other content (%s:%zu; what differs: ",
                 json_get_str(doc, "instance_id", ""), at->label, at->line);
        add_differences(&why, was, doc);
        str_addc(&why, ')');
        skip_row(in, row, why.s);
    }
    json_decref(was);
    str_release(&old);
    str_release(&why);
    return rc;
}

static int copy_bytes(const char *from, FILE *to, struct error *err)
{
    enum { CHUNK = 1 << 20 };
    FILE *f = fopen(from, "re");
    char *bytes = xmalloc(CHUNK);
    size_t n;
    int rc = 0;
    while (f && rc == 0 && (n = fread(bytes, 1, CHUNK, f)) > 0)
        if (fwrite(bytes, 1, n, to) != n)
            rc = error_errno(err, errno, "cannot copy %s", from);
    if (f ? ferror(f) : errno != ENOENT)
        rc = error_errno(err, errno, "cannot read %s", from);
    if (f)
        fclose(f);
    free(bytes);
    return rc;
}

/* Rows are collected beside the task file, behind a copy of it, so that a torn import leaves it as
 * it was. */
static int open_part(struct intake *in, struct error *err)
{
    if (in->out)
        return 0;
    in->out = fopen(in->part, "we");
    if (!in->out)
        return error_errno(err, errno, "cannot write %s", in->part);
    in->own = source_new(in->t, in->part, in->file);
    for (struct map_entry *e = NULL; (e = map_next(&in->t->sources, e));) {
        const struct source *s = e->value;
        if (strcmp(s->path, in->file) == 0)
            in->own->lines = s->lines;
    }
    return copy_bytes(in->file, in->out, err);
}

static int write_row(struct intake *in, const struct row_text *row, const char *id,
                     struct error *err)
{
    int rc = open_part(in, err);
    if (rc < 0)
        return rc;
    struct place at = { in->own, ftello(in->out), row->n, in->name, row->line };
    if (fwrite(row->s, 1, row->n, in->out) != row->n || fputc('\n', in->out) == EOF)
        return error_errno(err, errno, "cannot write %s", in->part);
    in->own->lines++;
    in->count->imported++;
    know(in->t, id, &at);
    return 0;
}

static int take_document(struct intake *in, const struct row_text *row, json_t *doc,
                         struct error *err)
{
    struct instance inst;
    struct error why = ERROR_INIT;
    int rc = 0;
    if (instance_from_row(&inst, doc, &why) < 0) {
        skip_row(in, row, error_text(&why));
    } else {
        const struct place *at = map_get(&in->t->known, inst.instance_id);
        rc = at ? compare_row(in, row, at, doc, err) : write_row(in, row, inst.instance_id, err);
    }
    instance_release(&inst);
    error_release(&why);
    return rc;
}

static void say_mended(struct intake *in, const struct row_text *row, unsigned met)
{
    if (met & MENDED_NAN)
        say(in, row, "NaN and Infinity are no JSON; null stands for them");
    if (met & MENDED_NUMBER)
        say(in, row, "a number is beyond 64 bits; it is kept as a text");
}

/* A row that does not parse gets a second chance without what only some writers call JSON. */
static int take_row(void *payload, const struct row_text *row, struct error *err)
{
    struct intake *in = payload;
    struct str mended = STR_INIT;
    struct row_text now = *row;
    struct error why = ERROR_INIT;
    json_t *doc = NULL;
    int rc = 0;
    if (!row->n) {
        skip_row(in, row, "the file ends in the middle of its array");
    } else if (is_known_line(in, row)) {
        in->count->already++;
    } else {
        unsigned met = 0;
        if (json_parse(row->s, row->n, &doc, &why) < 0 &&
            (met = row_mend(row->s, row->n, &mended)) &&
            json_parse(mended.s, mended.len, &doc, NULL) == 0) {
            now.s = mended.s;
            now.n = mended.len;
            say_mended(in, row, met);
        }
        if (doc)
            rc = take_document(in, &now, doc, err);
        else
            skip_row(in, row, error_text(&why));
    }
    json_decref(doc);
    error_release(&why);
    str_release(&mended);
    return rc;
}

static char *task_file_new(const struct workspace *ws, const char *path)
{
    static const char *const ends[] = { ".jsonl", ".json", ".ndjson" };
    char *stem = xstrdup(path_base(path));
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_ends(stem, ends[i]) && strlen(stem) > strlen(ends[i])) {
            stem[strlen(stem) - strlen(ends[i])] = '\0';
            break;
        }
    char *file = workspace_path(ws, "tasks/%s.jsonl", stem);
    free(stem);
    return file;
}

/* Makes the new rows part of the workspace, or leaves nothing of them. */
static int finish(struct intake *in, int rc, struct error *err)
{
    if (!in->out)
        return rc;
    if ((fflush(in->out) != 0 || fsync(fileno(in->out)) < 0) && rc == 0)
        rc = error_errno(err, errno, "cannot write %s", in->part);
    fclose(in->out);
    if (rc == 0 && rename(in->part, in->file) < 0)
        rc = error_errno(err, errno, "cannot rename %s", in->part);
    if (rc < 0) {
        remove(in->part);
        return rc;
    }
    free(in->own->path);
    in->own->path = xstrdup(in->file);
    return rc;
}

int tasks_import_file(struct tasks_import *t, const char *path, const struct import_words *words,
                      struct import_count *count, struct error *err)
{
    strv_add(&t->names, path_base(path));
    struct intake in = { .t = t,
                         .name = t->names.v[t->names.n - 1],
                         .file = task_file_new(t->ws, path),
                         .on_word = words->fn,
                         .payload = words->payload,
                         .count = count };
    in.part = str_format("%s.part", in.file);
    int rc = path_is_dir(path) ? error_set(err, E_USAGE, "%s is a folder, not a file of rows", path)
                               : rows_each(path, t->stop, take_row, &in, err);
    rc = finish(&in, rc, err);
    free(in.part);
    free(in.file);
    return rc;
}
