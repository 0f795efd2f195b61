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

static struct patch_file *add_file(struct patch_files *f)
{
    f->v = xrealloc(f->v, (f->n + 1) * sizeof(*f->v));
    memset(&f->v[f->n], 0, sizeof(*f->v));
    return &f->v[f->n++];
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

/* Reads one name, quoted or up to `stop` bytes; moves *p behind it. */
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

static char *strip_side(char *name)
{
    char *bare = xstrdup(strlen(name) > 2 ? name + 2 : name);
    free(name);
    return bare;
}

/* "diff --git a/X b/Y": without quotes and without a rename both names are equal, so the line
 * splits in its middle even when the names hold blanks. */
static bool read_diff_line(const char *p, size_t n, struct patch_file *f)
{
    const char *end = p + n;
    size_t first = *p == '"' ? 0 : (n - 1) / 2;
    if (*p != '"' && (n < 5 || p[first] != ' ' || strncmp(p + first + 1, "b/", 2) != 0)) {
        const char *cut = memmem(p, n, " b/", 3);
        if (!cut)
            return false;
        first = (size_t)(cut - p);
    }
    f->old_path = strip_side(read_name(&p, first));
    if (p >= end || *p != ' ')
        return false;
    p++;
    f->new_path = strip_side(read_name(&p, (size_t)(end - p)));
    return true;
}

static void set_name(char **slot, const char *p, size_t n)
{
    free(*slot);
    *slot = read_name(&p, n);
}

static void drop_name(char **slot)
{
    free(*slot);
    *slot = NULL;
}

/* The lines between "diff --git" and the first hunk. */
static void read_extended(const char *line, size_t n, struct patch_file *f)
{
    static const char from[] = "rename from ", to[] = "rename to ";
    if (str_starts(line, "new file mode"))
        drop_name(&f->old_path);
    else if (str_starts(line, "deleted file mode"))
        drop_name(&f->new_path);
    else if (str_starts(line, from))
        set_name(&f->old_path, line + sizeof(from) - 1, n - (sizeof(from) - 1));
    else if (str_starts(line, to))
        set_name(&f->new_path, line + sizeof(to) - 1, n - (sizeof(to) - 1));
    else if (str_starts(line, "GIT binary patch") || str_starts(line, "Binary files "))
        f->binary = true;
    f->renamed = f->renamed || str_starts(line, to);
}

int patch_files_read(const struct str *patch, struct patch_files *out, struct error *err)
{
    static const char head[] = "diff --git ";
    const char *p = patch->s, *end = patch->s + patch->len;
    bool in_header = false;
    for (size_t line = 1; p < end; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl ? nl : end) - p);
        if (n >= sizeof(head) && str_starts(p, head)) {
            in_header = true;
            if (!read_diff_line(p + sizeof(head) - 1, n - (sizeof(head) - 1), add_file(out)))
                return error_set(err, E_PARSE, "line %zu of the patch is no git diff header", line);
        } else if (in_header && n > 2 && str_starts(p, "@@")) {
            in_header = false;
        } else if (in_header) {
            read_extended(p, n, &out->v[out->n - 1]);
        }
        p += n + 1;
    }
    return 0;
}
