#include "ui/widgets/textjob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 20, SLICE = 32 << 20 };

static int open_file(const char *path, struct stat *st, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, st) < 0) {
        int rc = error_errno(err, errno, "cannot read %s", path);
        if (fd >= 0)
            close(fd);
        return rc;
    }
    if (S_ISREG(st->st_mode))
        return fd;
    close(fd);
    return error_set(err, E_IO, "%s is no file", path);
}

/* ---- lines ---- */

static void add_start(struct scan_job *j, uint64_t at)
{
    if (j->n == j->cap) {
        j->cap = j->cap ? 2 * j->cap : 1024;
        j->starts = xrealloc(j->starts, j->cap * sizeof(*j->starts));
    }
    j->starts[j->n++] = at;
}

static void scan_slice(struct scan_job *j, int fd)
{
    char *chunk = xmalloc(CHUNK);
    uint64_t limit = j->from + (j->from ? SLICE : CHUNK); /* the first page comes first */
    ssize_t n = 1;
    while (j->to < limit && !cancel_raised(&j->job.stop)) {
        n = pread(fd, chunk, CHUNK, (off_t)j->to);
        if (n <= 0)
            break;
        for (char *p = chunk; (p = memchr(p, '\n', (size_t)(chunk + n - p))); p++)
            add_start(j, j->to + (uint64_t)(p - chunk) + 1);
        j->to += (uint64_t)n;
    }
    free(chunk);
}

int scan_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct scan_job *j = (struct scan_job *)job;
    struct stat st = { 0 };
    int fd = open_file(j->path, &st, err);
    if (fd < 0)
        return fd;
    bool known = j->mark.ino != 0;
    j->size = (uint64_t)st.st_size;
    j->replaced = known && (j->mark.ino != st.st_ino || j->mark.dev != st.st_dev ||
                            (uint64_t)st.st_size < j->from);
    j->mark = (struct file_mark){ st.st_dev, st.st_ino };
    if (j->replaced)
        j->from = 0;
    j->to = j->from;
    scan_slice(j, fd);
    close(fd);
    return 0;
}

void scan_free(struct scan_job *j)
{
    free(j->path);
    free(j->starts);
    free(j);
}

/* ---- a block of lines ---- */

static void read_line(struct block *b, int fd, uint64_t start, uint64_t end)
{
    size_t i = b->n, want = end - start > LINE_SHOWN ? LINE_SHOWN : (size_t)(end - start);
    b->at[i] = b->bytes.len;
    str_grow(&b->bytes, want);
    ssize_t n = pread(fd, b->bytes.s + b->bytes.len, want, (off_t)start);
    b->bytes.len += n > 0 ? (size_t)n : 0;
    b->bytes.s[b->bytes.len] = '\0';
    b->more[i] = (int64_t)(end - start - want);
    b->at[++b->n] = b->bytes.len;
}

int block_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct block_job *j = (struct block_job *)job;
    struct stat st;
    size_t n = j->block.n;
    int fd = open_file(j->path, &st, err);
    if (fd < 0)
        return fd;
    j->block.n = 0;
    for (size_t i = 0; i < n && !cancel_raised(&job->stop); i++)
        read_line(&j->block, fd, j->starts[i], j->starts[i + 1]);
    close(fd);
    return 0;
}

void block_release(struct block *b)
{
    str_release(&b->bytes);
    free(b->at);
    free(b->more);
    memset(b, 0, sizeof(*b));
    str_init(&b->bytes);
}

void block_job_free(struct block_job *j)
{
    free(j->path);
    free(j->starts);
    block_release(&j->block);
    free(j);
}

/* ---- a search ---- */

static size_t read_chunk(int fd, char *chunk, uint64_t from, uint64_t to)
{
    size_t want = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
    ssize_t n = pread(fd, chunk, want, (off_t)from);
    return n > 0 ? (size_t)n : 0;
}

static bool find_forward(struct find_job *j, int fd, char *chunk, uint64_t from, uint64_t to)
{
    size_t n, start, len;
    while (from < to && !cancel_raised(&j->job.stop) && (n = read_chunk(fd, chunk, from, to)) > 0) {
        const char *nl = from + n < to ? memrchr(chunk, '\n', n) : NULL;
        if (nl)
            n = (size_t)(nl - chunk) + 1;
        if (pattern_find(j->pattern, chunk, n, 0, &start, &len)) {
            j->at = from + start;
            return true;
        }
        from += n;
    }
    return false;
}

static bool find_last(const struct pattern *p, const char *bytes, size_t n, size_t from,
                      size_t *last)
{
    size_t start, len;
    bool any = false;
    while (pattern_find(p, bytes, n, from, &start, &len)) {
        any = true;
        *last = start;
        from = start + len;
    }
    return any;
}

static bool find_backward(struct find_job *j, int fd, char *chunk, uint64_t low, uint64_t end)
{
    while (end > low && !cancel_raised(&j->job.stop)) {
        uint64_t from = end - low > CHUNK ? end - CHUNK : low;
        size_t n = read_chunk(fd, chunk, from, end), skip = 0, last;
        const char *nl = from > low ? memchr(chunk, '\n', n) : NULL;
        if (nl && (size_t)(nl - chunk) + 1 < n)
            skip = (size_t)(nl - chunk) + 1;
        if (!n)
            break;
        if (find_last(j->pattern, chunk, n, skip, &last)) {
            j->at = from + last;
            return true;
        }
        end = from + skip;
    }
    return false;
}

int find_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct find_job *j = (struct find_job *)job;
    struct stat st;
    int fd = open_file(j->path, &st, err);
    if (fd < 0)
        return fd;
    char *chunk = xmalloc(CHUNK);
    if (j->forward)
        j->any =
            find_forward(j, fd, chunk, j->from, j->size) || find_forward(j, fd, chunk, 0, j->from);
    else
        j->any = find_backward(j, fd, chunk, 0, j->from) ||
                 find_backward(j, fd, chunk, j->from, j->size);
    free(chunk);
    close(fd);
    return cancel_raised(&job->stop) ? error_set(err, E_CANCELLED, "cancelled") : 0;
}

/* ---- how many ---- */

static void count_chunk(struct count_job *j, const char *chunk, size_t n, uint64_t from)
{
    size_t at = 0, start, len;
    while (at < n && pattern_find(j->pattern, chunk, n, at, &start, &len)) {
        const char *nl = memchr(chunk + start, '\n', n - start);
        j->total++;
        j->nth += from + start <= j->at;
        at = nl ? (size_t)(nl - chunk) + 1 : n;
    }
}

int count_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct count_job *j = (struct count_job *)job;
    struct stat st;
    size_t n;
    int fd = open_file(j->path, &st, err);
    if (fd < 0)
        return fd;
    char *chunk = xmalloc(CHUNK);
    for (uint64_t from = 0; from < j->size && !cancel_raised(&job->stop); from += n) {
        n = read_chunk(fd, chunk, from, j->size);
        const char *nl = n && from + n < j->size ? memrchr(chunk, '\n', n) : NULL;
        if (!n)
            break;
        n = nl ? (size_t)(nl - chunk) + 1 : n;
        count_chunk(j, chunk, n, from);
    }
    free(chunk);
    close(fd);
    return cancel_raised(&job->stop) ? error_set(err, E_CANCELLED, "cancelled") : 0;
}

void count_free(struct count_job *j)
{
    free(j->path);
    pattern_free(j->pattern);
    free(j);
}

void find_free(struct find_job *j)
{
    free(j->path);
    pattern_free(j->pattern);
    free(j);
}
