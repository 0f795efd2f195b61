#include "ui/widgets/textjob.h"

#include <stdlib.h>
#include <string.h>

enum { REFRESH_MS = 100 };

struct textfile {
    struct loop *loop;
    char *path;
    struct textfile_events on;
    struct file_mark mark;
    uint64_t scanned, size;
    uint64_t *starts; /* of lines; the last may stand at `scanned`, before anything follows */
    size_t n, cap;
    bool whole;
    struct block block;
    uint64_t block_scanned; /* `scanned` when the block was asked for */
    size_t need_first, need_n;
    struct job *scan, *read, *find, *count;
    bool scan_again;
    struct timer *refresh;
    struct watch *watch;
    char *error; /* owned; NULL */
};

const char *textfile_path(const struct textfile *f)
{
    return f->path;
}

size_t textfile_count(const struct textfile *f)
{
    return f->n && f->starts[f->n - 1] >= f->scanned ? f->n - 1 : f->n;
}

bool textfile_whole(const struct textfile *f)
{
    return f->whole;
}

int64_t textfile_size(const struct textfile *f)
{
    return (int64_t)f->size;
}

const char *textfile_error(const struct textfile *f)
{
    return f->error ? f->error : "";
}

static uint64_t end_of(const struct textfile *f, size_t i)
{
    return i + 1 < f->n ? f->starts[i + 1] : f->scanned;
}

/* ---- blocks ---- */

static bool block_has(const struct textfile *f, size_t i)
{
    const struct block *b = &f->block;
    bool last = i + 1 >= textfile_count(f);
    return i >= b->first && i < b->first + b->n && (!last || f->block_scanned == f->scanned);
}

static void read_block(struct textfile *f);

static void on_block(struct job *job, int rc, const struct error *err)
{
    struct block_job *j = (struct block_job *)job;
    struct textfile *f = job->owner;
    if (f) {
        f->read = NULL;
        if (rc == 0) {
            block_release(&f->block);
            f->block = j->block;
            memset(&j->block, 0, sizeof(j->block));
            str_init(&j->block.bytes);
        } else if (!f->error)
            f->error = xstrdup(error_text(err));
        read_block(f); /* what was asked for meanwhile */
        f->on.changed(f->on.payload);
    }
    block_job_free(j);
}

static void read_block(struct textfile *f)
{
    size_t count = textfile_count(f), first = f->need_first, n = f->need_n;
    if (!n || first >= count || f->error) /* a pane of no rows shows none */
        return;
    size_t last = first + n < count ? first + n : count;
    if (f->read || (block_has(f, first) && block_has(f, last - 1)))
        return;
    first = first > n ? first - n : 0; /* a page before and a page after */
    last = last + n < count ? last + n : count;
    struct block_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = block_work, .done = on_block, .owner = f };
    j->path = xstrdup(f->path);
    j->block.first = first;
    j->block.n = last - first;
    str_init(&j->block.bytes);
    j->block.at = xcalloc(j->block.n + 1, sizeof(*j->block.at));
    j->block.more = xcalloc(j->block.n + 1, sizeof(*j->block.more));
    j->starts = xcalloc(j->block.n + 1, sizeof(*j->starts));
    for (size_t i = 0; i < j->block.n; i++) {
        j->starts[i] = f->starts[first + i];
        j->starts[i + 1] = end_of(f, first + i);
    }
    f->block_scanned = f->scanned;
    f->read = &j->job;
    lane_push(f->loop, LANE_DETAIL, &j->job);
}

void textfile_need(struct textfile *f, size_t first, size_t n)
{
    f->need_first = first;
    f->need_n = n;
    read_block(f);
}

bool textfile_line(const struct textfile *f, size_t i, const char **bytes, size_t *n, int64_t *more)
{
    const struct block *b = &f->block;
    if (i < b->first || i >= b->first + b->n)
        return false;
    size_t k = i - b->first;
    *bytes = b->bytes.s + b->at[k];
    *n = b->at[k + 1] - b->at[k];
    *more = b->more[k];
    return true;
}

/* ---- finding lines ---- */

static void add_starts(struct textfile *f, const struct scan_job *j)
{
    size_t more = j->n + 1;
    if (f->n + more > f->cap) {
        f->cap = f->n + more > 2 * f->cap ? f->n + more : 2 * f->cap;
        f->starts = xrealloc(f->starts, f->cap * sizeof(*f->starts));
    }
    if (f->n == 0)
        f->starts[f->n++] = 0;
    memcpy(f->starts + f->n, j->starts, j->n * sizeof(*j->starts));
    f->n += j->n;
}

static void start_scan(struct textfile *f);

static void take_scan(struct textfile *f, const struct scan_job *j)
{
    if (j->replaced) {
        f->n = 0;
        f->scanned = 0;
        block_release(&f->block);
    }
    f->mark = j->mark;
    f->size = j->size;
    add_starts(f, j);
    f->whole = j->to == f->scanned || j->to >= j->size;
    f->scanned = j->to;
}

static void on_scan(struct job *job, int rc, const struct error *err)
{
    struct scan_job *j = (struct scan_job *)job;
    struct textfile *f = job->owner;
    if (f) {
        f->scan = NULL;
        free(f->error);
        f->error = rc < 0 ? xstrdup(error_text(err)) : NULL;
        if (rc == 0)
            take_scan(f, j);
        else
            f->whole = true;
        if (rc == 0 && (!f->whole || f->scan_again))
            start_scan(f);
        read_block(f);
        f->on.changed(f->on.payload);
    }
    scan_free(j);
}

static void start_scan(struct textfile *f)
{
    struct scan_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = scan_work, .done = on_scan, .owner = f };
    j->path = xstrdup(f->path);
    j->mark = f->mark;
    j->from = f->scanned;
    f->scan = &j->job;
    f->scan_again = false;
    lane_push(f->loop, f->scanned ? LANE_FILE : LANE_DETAIL, &j->job);
}

static void on_watch(void *payload, const char *name UNUSED)
{
    struct textfile *f = payload;
    timer_start(f->refresh, REFRESH_MS);
}

static void on_refresh(void *payload)
{
    textfile_refresh(payload);
}

void textfile_refresh(struct textfile *f)
{
    if (!f->watch)
        f->watch = watch_new(f->loop, f->path, on_watch, f);
    if (f->scan)
        f->scan_again = true;
    else
        start_scan(f);
}

/* ---- searching ---- */

static size_t line_at(const struct textfile *f, uint64_t at)
{
    size_t low = 0, high = f->n;
    while (low + 1 < high) {
        size_t mid = (low + high) / 2;
        if (f->starts[mid] <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void on_find(struct job *job, int rc, const struct error *err UNUSED)
{
    struct find_job *j = (struct find_job *)job;
    struct textfile *f = job->owner;
    if (f) {
        f->find = NULL;
        f->on.found(f->on.payload, rc == 0 && j->any, rc == 0 && j->any ? line_at(f, j->at) : 0);
    }
    find_free(j);
}

void textfile_search(struct textfile *f, const struct pattern *p, size_t from, bool forward)
{
    struct find_job *j = xcalloc(1, sizeof(*j));
    size_t next = forward ? from + 1 : from;
    job_drop(&f->find);
    job_drop(&f->count);
    j->job = (struct job){ .work = find_work, .done = on_find, .owner = f };
    j->path = xstrdup(f->path);
    j->pattern = pattern_share(p);
    j->from = next < f->n ? f->starts[next] : f->scanned;
    j->size = f->scanned;
    j->forward = forward;
    f->find = &j->job;
    lane_push(f->loop, LANE_FILE, &j->job);
}

static void on_count(struct job *job, int rc, const struct error *err UNUSED)
{
    struct count_job *j = (struct count_job *)job;
    struct textfile *f = job->owner;
    if (f) {
        f->count = NULL;
        if (rc == 0)
            f->on.counted(f->on.payload, (size_t)j->nth, (size_t)j->total);
    }
    count_free(j);
}

void textfile_count_matches(struct textfile *f, const struct pattern *p, size_t line)
{
    struct count_job *j = xcalloc(1, sizeof(*j));
    job_drop(&f->count);
    j->job = (struct job){ .work = count_work, .done = on_count, .owner = f };
    j->path = xstrdup(f->path);
    j->pattern = pattern_share(p);
    j->at = end_of(f, line) - 1;
    j->size = f->scanned;
    f->count = &j->job;
    lane_push(f->loop, LANE_FILE, &j->job);
}

bool textfile_cancel(struct textfile *f)
{
    bool searched = f->find != NULL || f->count != NULL;
    job_drop(&f->find);
    job_drop(&f->count);
    return searched;
}

/* ---- life ---- */

struct textfile *textfile_new(struct loop *l, const char *path, const struct textfile_events *on)
{
    struct textfile *f = xcalloc(1, sizeof(*f));
    f->loop = l;
    f->path = xstrdup(path);
    f->on = *on;
    str_init(&f->block.bytes);
    f->refresh = timer_new(l, true, on_refresh, f);
    f->watch = watch_new(l, path, on_watch, f);
    start_scan(f);
    return f;
}

void textfile_free(struct textfile *f)
{
    if (!f)
        return;
    job_drop(&f->scan);
    job_drop(&f->read);
    job_drop(&f->find);
    job_drop(&f->count);
    timer_free(f->refresh);
    watch_free(f->watch);
    block_release(&f->block);
    free(f->starts);
    free(f->path);
    free(f->error);
    free(f);
}
