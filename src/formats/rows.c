#include "formats/private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

/* How other files begin that people hand in by mistake. */
static const struct magic {
    const char *bytes;
    size_t n;
    const char *is;
} magics[] = {
    { "\x1f\x8b", 2, "compressed (gzip)" },
    { "\x28\xb5\x2f\xfd", 4, "compressed (zstd)" },
    { "BZh", 3, "compressed (bzip2)" },
    { "\xfd"
      "7zXZ",
      5, "compressed (xz)" },
    { "PK\x03\x04", 4, "a zip archive" },
    { "PAR1", 4, "a Parquet file" },
    { "\xff\xfe", 2, "UTF-16 and not UTF-8" },
    { "\xfe\xff", 2, "UTF-16 and not UTF-8" },
    { "SQLite format 3", 15, "a database file" },
};

enum layout { LAYOUT_LINES, LAYOUT_DOCUMENTS };

static bool is_blank(char c)
{
    return c && strchr(blanks, c);
}

static size_t bom_length(const char *s, size_t n)
{
    return n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* An array of objects, or an object that goes on in the next line, is read as documents. */
static enum layout layout_of(const char *head, size_t n)
{
    const char *p = head + bom_length(head, n);
    p += strspn(p, blanks);
    if (*p == '[') {
        p++;
        p += strspn(p, blanks);
        return *p == '{' || *p == ']' ? LAYOUT_DOCUMENTS : LAYOUT_LINES;
    }
    return *p == '{' && p[1 + strspn(p + 1, " \t\r")] == '\n' ? LAYOUT_DOCUMENTS : LAYOUT_LINES;
}

static int look_at(FILE *f, const char *path, enum layout *layout, struct error *err)
{
    char head[4096];
    size_t n = fread(head, 1, sizeof(head) - 1, f);
    head[n] = '\0';
    if (ferror(f) || fseek(f, 0, SEEK_SET) < 0)
        return error_errno(err, errno, "cannot read %s", path);
    for (size_t i = 0; i < ARRAY_LEN(magics); i++)
        if (n >= magics[i].n && memcmp(head, magics[i].bytes, magics[i].n) == 0)
            return error_set(err, E_PARSE, "%s is %s; make JSON lines of it first", path,
                             magics[i].is);
    *layout = layout_of(head, n);
    return 0;
}

struct reading {
    FILE *f;
    const struct cancel *stop;
    row_text_fn fn;
    void *payload;
    struct error *err;
};

static int check_stop(struct reading *r)
{
    return cancel_raised(r->stop) ? error_set(r->err, E_CANCELLED, "cancelled") : 0;
}

static int read_lines(struct reading *r)
{
    char *line = NULL;
    size_t cap = 0, number = 0;
    int64_t offset = 0;
    int rc = 0;
    ssize_t got;
    while (rc == 0 && (got = getline(&line, &cap, r->f)) > 0) {
        size_t n = (size_t)got, from = offset ? 0 : bom_length(line, n);
        number++;
        while (n > from && is_blank(line[n - 1]))
            n--;
        while (from < n && is_blank(line[from]))
            from++;
        struct row_text row = { line + from, n - from, number, 0, offset + (int64_t)from };
        if (row.n)
            rc = r->fn(r->payload, &row, r->err);
        if (rc == 0)
            rc = check_stop(r);
        offset += got;
    }
    free(line);
    return rc;
}

/* One document after the other, or the items of an array, byte by byte. */
struct splitter {
    struct reading *r;
    struct str row;
    size_t line, begun; /* the line now, the line where `row` began */
    size_t number;
    int depth, base; /* base 1: inside an array of rows */
    bool in_string, escaped;
};

static int hand_out(struct splitter *s)
{
    str_rtrim(&s->row);
    if (!s->row.len)
        return 0;
    struct row_text row = { s->row.s, s->row.len, s->begun, s->base ? ++s->number : 0, -1 };
    int rc = s->r->fn(s->r->payload, &row, s->r->err);
    str_clear(&s->row);
    return rc ? rc : check_stop(s->r);
}

static void add_char(struct splitter *s, char c)
{
    if (!s->row.len)
        s->begun = s->line;
    str_addc(&s->row, c);
}

static void add_in_string(struct splitter *s, char c)
{
    str_addc(&s->row, c);
    if (s->escaped)
        s->escaped = false;
    else if (c == '\\')
        s->escaped = true;
    else if (c == '"')
        s->in_string = false;
}

static void add_blank(struct splitter *s)
{
    if (s->row.len && s->row.s[s->row.len - 1] != ' ')
        str_addc(&s->row, ' ');
}

static int close_bracket(struct splitter *s, char c)
{
    if (s->base && s->depth == 1 && c == ']') {
        int rc = hand_out(s);
        s->depth = s->base = 0;
        return rc;
    }
    add_char(s, c);
    if (s->depth > s->base)
        s->depth--;
    return s->depth == s->base ? hand_out(s) : 0;
}

static int split_char(struct splitter *s, char c)
{
    s->line += c == '\n';
    if (s->in_string) {
        add_in_string(s, c);
    } else if (is_blank(c)) {
        add_blank(s);
    } else if (c == '[' && s->depth == 0 && !s->row.len) {
        s->depth = s->base = 1;
    } else if (c == ',' && s->depth == s->base) {
        return hand_out(s);
    } else if (c == ']' || c == '}') {
        return close_bracket(s, c);
    } else {
        add_char(s, c);
        s->in_string = c == '"';
        s->depth += c == '{' || c == '[';
    }
    return 0;
}

static int split_chunk(struct splitter *s, const char *bytes, size_t n)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = split_char(s, bytes[i]);
    return rc;
}

/* What is left at the end is a row that was cut off; if it was cut off between two, an empty one
 * says so. */
static int end_of_file(struct splitter *s)
{
    struct row_text cut = { "", 0, s->line, s->number + 1, -1 };
    bool between = s->depth && !s->row.len;
    return between ? s->r->fn(s->r->payload, &cut, s->r->err) : hand_out(s);
}

static int read_documents(struct reading *r)
{
    enum { CHUNK = 65536 };
    struct splitter s = { .r = r, .row = STR_INIT, .line = 1 };
    char *bytes = xmalloc(CHUNK);
    size_t n = fread(bytes, 1, CHUNK, r->f);
    size_t bom = bom_length(bytes, n);
    int rc = split_chunk(&s, bytes + bom, n - bom);
    while (rc == 0 && (n = fread(bytes, 1, CHUNK, r->f)) > 0)
        rc = split_chunk(&s, bytes, n);
    if (rc == 0 && !ferror(r->f))
        rc = end_of_file(&s);
    free(bytes);
    str_release(&s.row);
    return rc;
}

int rows_each(const char *path, const struct cancel *stop, row_text_fn fn, void *payload,
              struct error *err)
{
    struct reading r = { fopen(path, "re"), stop, fn, payload, err };
    enum layout layout = LAYOUT_LINES;
    if (!r.f)
        return error_errno(err, errno, "cannot read %s", path);
    int rc = look_at(r.f, path, &layout, err);
    if (rc == 0)
        rc = layout == LAYOUT_LINES ? read_lines(&r) : read_documents(&r);
    if (rc == 0 && ferror(r.f))
        rc = error_errno(err, errno, "cannot read %s", path);
    fclose(r.f);
    return rc;
}
