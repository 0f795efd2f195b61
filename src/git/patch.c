#include "git/git.h"

#include <stdlib.h>
#include <string.h>

void patch_files_release(struct patch_files *f)
{
    for (size_t i = 0; i < f->n; i++) {
        free(f->v[i].old_path);
        free(f->v[i].new_path);
    }
    free(f->v);
    memset(f, 0, sizeof(*f));
}

static char unescape(const char **p)
{
    static const char letters[] = "abfnrtv\"\\", bytes[] = "\a\b\f\n\r\t\v\"\\";
    const char *at = **p ? strchr(letters, **p) : NULL;
    if (at) {
        ++*p;
        return bytes[at - letters];
    }
    int n = 0;
    for (int i = 0; i < 3 && **p >= '0' && **p <= '7'; i++)
        n = n * 8 + *(*p)++ - '0';
    return (char)n;
}

/* Reads one name, quoted or `plain_len` bytes long; moves *p behind it. */
static char *read_name(const char **p, size_t plain_len)
{
    struct str name = STR_INIT;
    if (**p != '"') {
        str_addn(&name, *p, plain_len);
        *p += plain_len;
        return str_detach(&name);
    }
    for (++*p; **p && **p != '"' && **p != '\n';) {
        if (**p == '\\') {
            ++*p;
            str_addc(&name, unescape(p));
        } else {
            str_addc(&name, *(*p)++);
        }
    }
    if (**p == '"')
        ++*p;
    return str_detach(&name);
}

static void set_name(char **slot, char *name)
{
    free(*slot);
    *slot = name;
}

/* "a/src/x.py" -> "src/x.py". */
static char *strip_side(char *name)
{
    char *bare = xstrdup(strlen(name) > 2 ? name + 2 : name);
    free(name);
    return bare;
}

/* "--- a/x.py": NULL for /dev/null. A plain name ends at a tab, which git puts behind names with
 * blanks and diff(1) in front of a date. */
static char *read_side(const char *p, size_t n)
{
    const char *tab = memchr(p, '\t', n);
    size_t len = tab ? (size_t)(tab - p) : n;
    if (len && *p != '"' && p[len - 1] == '\r')
        len--;
    char *name = read_name(&p, len);
    if (strcmp(name, "/dev/null") != 0)
        return strip_side(name);
    free(name);
    return NULL;
}

/* Where the first of the two names of "a/X b/Y" ends. Without quotes and without a rename the
 * names are equal, so the line splits in its middle even when they hold blanks. */
static size_t first_name_len(const char *p, size_t n)
{
    size_t middle = (n - 1) / 2;
    if (n >= 5 && p[middle] == ' ' && strncmp(p + middle + 1, "b/", 2) == 0)
        return middle;
    const char *cut = memmem(p, n, " b/", 3);
    if (!cut)
        cut = memmem(p, n, " \"b/", 4);
    return cut ? (size_t)(cut - p) : 0;
}

/* The names of "diff --git a/X b/Y"; they stay unset when the line is not clear, for the lines
 * below it say them again. */
static void read_diff_line(const char *p, size_t n, struct patch_file *f)
{
    const char *end = p + n;
    size_t first = *p == '"' ? 0 : first_name_len(p, n);
    if (*p != '"' && !first)
        return;
    char *old = read_name(&p, first);
    if (p >= end || *p != ' ') {
        free(old);
        return;
    }
    p++;
    set_name(&f->old_path, strip_side(old));
    set_name(&f->new_path, strip_side(read_name(&p, (size_t)(end - p))));
}

struct reader {
    const char *p, *end; /* what is left */
    const char *s;       /* the line, `n` bytes without its end */
    size_t n, line;
    size_t head; /* the line where the newest file began */
    bool in_header, added, deleted;
    struct patch_files *out;
};

static bool next_line(struct reader *r)
{
    if (r->p >= r->end)
        return false;
    const char *nl = memchr(r->p, '\n', (size_t)(r->end - r->p));
    r->s = r->p;
    r->n = (size_t)((nl ? nl : r->end) - r->p);
    r->p = nl ? nl + 1 : r->end;
    r->line++;
    return true;
}

/* What follows `word`, when the line begins with it. */
static const char *after(const struct reader *r, const char *word, size_t *n)
{
    size_t len = strlen(word);
    if (r->n < len || memcmp(r->s, word, len) != 0)
        return NULL;
    *n = r->n - len;
    return r->s + len;
}

static int finish_file(struct reader *r, struct error *err)
{
    if (!r->out->n)
        return 0;
    struct patch_file *f = &r->out->v[r->out->n - 1];
    if (r->added)
        set_name(&f->old_path, NULL);
    if (r->deleted)
        set_name(&f->new_path, NULL);
    r->added = r->deleted = false;
    if (f->old_path || f->new_path)
        return 0;
    return error_set(err, E_PARSE, "line %zu of the patch names no file", r->head);
}

static int begin_file(struct reader *r, struct error *err)
{
    struct patch_files *f = r->out;
    int rc = finish_file(r, err);
    f->v = xrealloc(f->v, (f->n + 1) * sizeof(*f->v));
    memset(&f->v[f->n++], 0, sizeof(*f->v));
    r->head = r->line;
    r->in_header = true;
    return rc;
}

/* The lines between "diff --git" and the first hunk. */
static void read_extended(struct reader *r)
{
    struct patch_file *f = &r->out->v[r->out->n - 1];
    const char *p;
    size_t n;
    if (after(r, "new file mode", &n))
        r->added = true;
    else if (after(r, "deleted file mode", &n))
        r->deleted = true;
    else if ((p = after(r, "rename from ", &n)))
        set_name(&f->old_path, read_name(&p, n));
    else if ((p = after(r, "rename to ", &n)))
        set_name(&f->new_path, read_name(&p, n));
    else if (after(r, "GIT binary patch", &n) || after(r, "Binary files ", &n))
        f->binary = true;
    f->renamed = f->renamed || after(r, "rename to ", &n);
}

/* "--- a/x" and "+++ b/x", which also begin a file of a patch without git's own headers. */
static int read_sides(struct reader *r, struct error *err)
{
    struct reader ahead = *r;
    size_t n, m;
    const char *old = after(r, "--- ", &n);
    if (!old || !next_line(&ahead))
        return 0;
    const char *new = after(&ahead, "+++ ", &m);
    if (!new)
        return 0;
    int rc = r->in_header ? 0 : begin_file(r, err);
    struct patch_file *f = &r->out->v[r->out->n - 1];
    set_name(&f->old_path, read_side(old, n));
    set_name(&f->new_path, read_side(new, m));
    r->in_header = true;
    return rc;
}

static bool is_hunk_line(const struct reader *r)
{
    return r->p < r->end && *r->p && strchr(" +-\\\n\r", *r->p);
}

/* "@@ -1,3 +1,4 @@": passes over the lines of a hunk, so that a removed "-- x" is no header. Wrong
 * counts end it at the first line that cannot belong to it. */
static void skip_hunk(struct reader *r)
{
    long left[2] = { 1, 1 };
    const char *p = r->s;
    for (int side = 0; side < 2; side++) {
        char *q;
        p += strcspn(p, side ? "+\n" : "-\n");
        if (*p != '-' && *p != '+')
            return;
        strtol(p + 1, &q, 10);
        left[side] = *q == ',' ? strtol(q + 1, &q, 10) : 1;
        p = q;
    }
    r->in_header = false;
    while ((left[0] > 0 || left[1] > 0) && is_hunk_line(r)) {
        next_line(r);
        char c = r->n ? *r->s : ' ';
        left[0] -= c != '+' && c != '\\';
        left[1] -= c != '-' && c != '\\';
    }
}

int patch_files_read(const struct str *patch, struct patch_files *out, struct error *err)
{
    struct reader r = { .p = patch->s, .end = patch->s + patch->len, .out = out };
    int rc = 0;
    while (rc == 0 && next_line(&r)) {
        size_t n;
        const char *names = after(&r, "diff --git ", &n);
        if (names) {
            rc = begin_file(&r, err);
            if (n)
                read_diff_line(names, n, &out->v[out->n - 1]);
        } else if (after(&r, "--- ", &n)) {
            rc = read_sides(&r, err);
        } else if (out->n && after(&r, "@@ -", &n)) {
            skip_hunk(&r);
        } else if (r.in_header) {
            read_extended(&r);
        }
    }
    if (rc == 0)
        rc = finish_file(&r, err);
    if (rc == 0 && !out->n)
        rc = error_set(err, E_PARSE, "the patch is no diff");
    return rc;
}
