#include "formats/traj_private.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of lines pass through a buffer of BLOCK bytes, or of the longest line. Others are read up
 * to READ_MOST, for one that is cut short under a map ends the program; greater ones are mapped. A
 * member of an archive is held in memory, at most MEMBER_MOST of it. */
#define BLOCK       ((size_t)1 << 20)
#define READ_MOST   ((int64_t)64 << 20)
#define MEMBER_MOST ((size_t)2 << 30)

struct bytes {
    const char *s;
    size_t n;
    struct str own;
    void *map;
};

static void bytes_release(struct bytes *b)
{
    if (b->map)
        munmap(b->map, b->n);
    str_release(&b->own);
}

static int map_file(int fd, size_t n, struct bytes *b)
{
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return -1;
    madvise(p, n, MADV_SEQUENTIAL);
    b->map = p;
    b->s = p;
    b->n = n;
    return 0;
}

/* Opens a file that is one, and nothing that blocks. */
static int open_file(const char *path, int *fd, int64_t *size, struct error *err)
{
    struct stat st;
    int rc = 0;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &st) < 0)
        rc = error_errno(err, errno, "cannot read %s", path);
    else if (!S_ISREG(st.st_mode))
        rc = error_set(err, E_IO, "%s is no file", path);
    else
        *size = st.st_size;
    if (rc < 0 && *fd >= 0)
        close(*fd);
    return rc;
}

/* More of the file behind what is there, up to `want` bytes; 0 at its end. */
static ssize_t read_more(int fd, struct str *out, size_t want)
{
    ssize_t n;
    str_grow(out, want);
    do
        n = read(fd, out->s + out->len, want);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        out->len += (size_t)n;
    out->s[out->len] = '\0';
    return n;
}

/* All of an open file, of which `b->own` may hold the beginning. */
static int bytes_of_fd(const char *path, int fd, int64_t size, struct bytes *b, struct error *err)
{
    ssize_t n = 1;
    if (size > READ_MOST && map_file(fd, (size_t)size, b) == 0)
        return 0;
    if ((size_t)size > b->own.len)
        str_grow(&b->own, (size_t)size - b->own.len + BLOCK);
    while (n > 0)
        n = read_more(fd, &b->own, BLOCK);
    b->s = b->own.s;
    b->n = b->own.len;
    return n < 0 ? error_errno(err, errno, "cannot read %s", path) : 0;
}

static int bytes_of_file(const char *path, struct bytes *b, struct error *err)
{
    int64_t size;
    int fd;
    memset(b, 0, sizeof(*b));
    str_init(&b->own);
    int rc = open_file(path, &fd, &size, err);
    if (rc < 0)
        return rc;
    rc = bytes_of_fd(path, fd, size, b, err);
    close(fd);
    return rc;
}

static bool is_packed(const struct bytes *b)
{
    static const struct {
        size_t at;
        const char *magic;
        size_t n;
    } kinds[] = {
        { 0, "\x1f\x8b", 2 },
        { 0, "\x28\xb5\x2f\xfd", 4 },
        { 0, "PK\3\4", 4 },
        { 257, "ustar", 5 },
        { 0,
          "\xfd"
          "7zXZ",
          5 },
        { 0, "BZh", 3 },
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (b->n >= kinds[i].at + kinds[i].n &&
            memcmp(b->s + kinds[i].at, kinds[i].magic, kinds[i].n) == 0)
            return true;
    return false;
}

/* ---- one text as documents ---- */

static const char *line_end(const char *s, const char *end)
{
    const char *nl = memchr(s, '\n', (size_t)(end - s));
    return nl ? nl : end;
}

static bool is_blank_text(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n", s[i]))
            return false;
    return true;
}

/* Whether the first line is a whole object and another line follows that begins like one. */
static bool is_lines(struct json_scan *scan, const char *s, size_t n)
{
    const char *end = s + n, *eol = line_end(s, end);
    const char *next = eol;
    while (next < end && strchr(" \t\r\n", *next))
        next++;
    if (*s != '{' || next >= end || *next != '{' ||
        json_scan_open(scan, s, (size_t)(eol - s), NULL) < 0 || scan->torn)
        return false;
    struct json_at at = json_begin(scan);
    json_skip(&at);
    return json_peek(&at) == '\0';
}

/* Lines that are events or messages of one trajectory stand together as one document. */
static bool lines_are_one(struct json_scan *scan)
{
    return traj_sniff(scan, true) != NULL && traj_sniff(scan, false) == NULL;
}

struct giving {
    const char *path, *member;
    const struct cancel *stop;
    document_fn fn;
    void *payload;
    struct json_scan scan;
};

static int give_line(struct giving *g, const char *s, size_t n, int64_t offset, struct error *err)
{
    struct document doc = {
        .text = s, .len = n, .offset = offset, .path = g->path, .member = g->member
    };
    if (g->stop && cancel_raised(g->stop))
        return error_set(err, E_CANCELLED, "cancelled");
    return is_blank_text(s, n) ? 0 : g->fn(g->payload, &doc, err);
}

static int give_lines(struct giving *g, const char *s, size_t n, struct error *err)
{
    const char *end = s + n;
    int rc = 0;
    for (const char *p = s; rc == 0 && p < end;) {
        const char *eol = line_end(p, end);
        rc = give_line(g, p, (size_t)(eol - p), p - s, err);
        p = eol + 1;
    }
    return rc;
}

/* Lines of an open file, of which `buf` holds the first bytes. */
static int stream_lines(struct giving *g, int fd, struct str *buf, struct error *err)
{
    size_t from = 0, seen = 0; /* of the line; how far it has no end */
    int64_t before = 0;        /* bytes of the file before the buffer */
    ssize_t n = 1;
    int rc = 0;
    while (rc == 0) {
        const char *nl = memchr(buf->s + seen, '\n', buf->len - seen);
        if (!nl && n > 0) {
            before += (int64_t)from;
            seen = buf->len - from;
            memmove(buf->s, buf->s + from, seen + 1);
            buf->len = seen;
            from = 0;
            n = read_more(fd, buf, BLOCK);
            continue;
        }
        size_t end = nl ? (size_t)(nl - buf->s) : buf->len;
        rc = give_line(g, buf->s + from, end - from, before + (int64_t)from, err);
        from = seen = end + 1;
        if (!nl)
            break;
    }
    if (rc == 0 && n < 0)
        rc = error_errno(err, errno, "cannot read %s", g->path);
    return rc;
}

/* Behind a byte order mark and blanks. */
static size_t text_start(const char *s, size_t n)
{
    size_t skip = n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (skip < n && strchr(" \t\r\n", s[skip]))
        skip++;
    return skip;
}

static int give_text(struct giving *g, const char *s, size_t n, struct error *err)
{
    size_t skip = text_start(s, n);
    if (skip == n || (s[skip] != '{' && s[skip] != '['))
        return 0; /* no JSON: nobody's trajectory */
    bool lines = is_lines(&g->scan, s + skip, n - skip);
    bool one = lines && lines_are_one(&g->scan);
    if (lines && !one)
        return give_lines(g, s, n, err);
    struct document doc = { .text = s + skip,
                            .len = n - skip,
                            .offset = (int64_t)skip,
                            .path = g->path,
                            .member = g->member,
                            .lines = one };
    return g->fn(g->payload, &doc, err);
}

/* ---- archives ---- */

static int read_member(struct archive *a, struct str *out, const char *path, struct error *err)
{
    char block[64 << 10];
    la_ssize_t n;
    while ((n = archive_read_data(a, block, sizeof(block))) > 0) {
        if (out->len + (size_t)n > MEMBER_MOST)
            return error_set(err, E_PARSE, "%s: a member of more than 2 GB; unpack it", path);
        str_addn(out, block, (size_t)n);
    }
    return n < 0 ? error_set(err, E_PARSE, "%s: %s", path, archive_error_string(a)) : 0;
}

typedef int (*member_fn)(void *payload, const char *name, const struct str *text,
                         struct error *err);

static int each_member(const char *path, const struct bytes *b, const char *only, member_fn fn,
                       void *payload, struct error *err)
{
    struct archive *a = archive_read_new();
    struct archive_entry *entry;
    int rc = 0, got = ARCHIVE_OK;
    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_raw(a);
    if (archive_read_open_memory(a, b->s, b->n) < ARCHIVE_WARN)
        rc = error_set(err, E_PARSE, "%s: %s", path, archive_error_string(a));
    while (rc == 0 && (got = archive_read_next_header(a, &entry)) >= ARCHIVE_WARN &&
           got != ARCHIVE_EOF) {
        const char *name = archive_entry_pathname(entry);
        struct str text = STR_INIT;
        if (!name || (only && strcmp(only, name) != 0))
            continue;
        rc = read_member(a, &text, path, err);
        if (rc == 0)
            rc = fn(payload, name, &text, err);
        str_release(&text);
    }
    if (rc == 0 && got < ARCHIVE_WARN)
        rc = error_set(err, E_PARSE, "%s: %s", path, archive_error_string(a));
    archive_read_free(a);
    return rc;
}

static int give_member(void *payload, const char *name, const struct str *text, struct error *err)
{
    struct giving *g = payload;
    if (g->stop && cancel_raised(g->stop))
        return error_set(err, E_CANCELLED, "cancelled");
    g->member = name;
    int rc = give_text(g, text->s, text->len, err);
    g->member = NULL;
    return rc;
}

/* Whether the first bytes of a file are lines of which each is a document. */
static bool begins_lines(struct json_scan *scan, const struct str *head)
{
    size_t skip = text_start(head->s, head->len);
    return skip < head->len && is_lines(scan, head->s + skip, head->len - skip) &&
           !lines_are_one(scan);
}

static int give_whole(struct giving *g, int fd, int64_t size, struct bytes *b, struct error *err)
{
    int rc = bytes_of_fd(g->path, fd, size, b, err);
    if (rc < 0)
        return rc;
    return is_packed(b) ? each_member(g->path, b, NULL, give_member, g, err)
                        : give_text(g, b->s, b->n, err);
}

int source_each(const char *path, const struct cancel *stop, document_fn fn, void *payload,
                struct error *err)
{
    struct giving g = { .path = path, .stop = stop, .fn = fn, .payload = payload };
    struct bytes b = { .own = STR_INIT };
    int64_t size;
    int fd, rc = open_file(path, &fd, &size, err);
    if (rc < 0)
        return rc;
    json_scan_init(&g.scan);
    if (read_more(fd, &b.own, BLOCK) < 0)
        rc = error_errno(err, errno, "cannot read %s", path);
    else if (begins_lines(&g.scan, &b.own))
        rc = stream_lines(&g, fd, &b.own, err);
    else
        rc = give_whole(&g, fd, size, &b, err);
    json_scan_release(&g.scan);
    bytes_release(&b);
    close(fd);
    return rc;
}

/* ---- one document again ---- */

struct cutting {
    int64_t offset, length;
    struct str *out;
    bool found;
};

static int cut_member(void *payload, const char *name UNUSED, const struct str *text,
                      struct error *err)
{
    struct cutting *c = payload;
    if (c->offset < 0 || c->length < 0 || c->offset + c->length > (int64_t)text->len)
        return error_set(err, E_NOTFOUND, "the member is shorter than it was");
    str_addn(c->out, text->s + c->offset, (size_t)c->length);
    c->found = true;
    return 0;
}

static int read_plain(const char *path, struct cutting *c, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, errno, "cannot read %s", path);
    size_t left = (size_t)c->length;
    int64_t at = c->offset;
    str_grow(c->out, left);
    while (left) {
        ssize_t n = pread(fd, c->out->s + c->out->len, left, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        c->out->len += (size_t)n;
        at += n;
        left -= (size_t)n;
    }
    c->out->s[c->out->len] = '\0';
    close(fd);
    return left ? error_set(err, E_NOTFOUND, "%s is shorter than it was when it was imported", path)
                : 0;
}

int source_read(const char *path, const char *member, int64_t offset, int64_t length,
                struct str *out, struct error *err)
{
    struct cutting c = { offset, length, out, false };
    struct bytes b;
    if (!member || !*member)
        return read_plain(path, &c, err);
    int rc = bytes_of_file(path, &b, err);
    if (rc == 0)
        rc = each_member(path, &b, member, cut_member, &c, err);
    bytes_release(&b);
    if (rc == 0 && !c.found)
        rc = error_set(err, E_NOTFOUND, "%s no longer holds %s", path, member);
    return rc;
}
