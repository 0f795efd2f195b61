#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 128 << 10, TAIL = 512 << 10 };

/* Copies `path` from the file's position `from` to the end of the window into `out`. */
static size_t read_window(FILE *f, long from, size_t n, struct str *out)
{
    str_grow(out, n);
    if (fseek(f, from, SEEK_SET) != 0)
        return 0;
    size_t got = fread(out->s + out->len, 1, n, f);
    out->len += got;
    out->s[out->len] = '\0';
    return got;
}

static int64_t count_lines(FILE *f, long from, long to)
{
    char chunk[8192];
    int64_t lines = 0;
    if (fseek(f, from, SEEK_SET) != 0)
        return 0;
    while (from < to) {
        size_t want = sizeof(chunk) < (size_t)(to - from) ? sizeof(chunk) : (size_t)(to - from);
        size_t got = fread(chunk, 1, want, f);
        if (got == 0)
            break;
        for (size_t i = 0; i < got; i++)
            lines += chunk[i] == '\n';
        from += (long)got;
    }
    return lines;
}

void log_read(const char *dir, const char *name, struct log *out)
{
    char *path = str_format("%s/%s", dir, name);
    FILE *f = fopen(path, "rbe");
    long size = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0;
    str_init(&out->text);
    out->gap_at = 0;
    out->gap_lines = 0;
    if (size > HEAD + TAIL) {
        read_window(f, 0, HEAD, &out->text);
        out->gap_at = out->text.len;
        out->gap_lines = count_lines(f, HEAD, size - TAIL);
        str_addc(&out->text, '\n');
        read_window(f, size - TAIL, TAIL, &out->text);
    } else if (size > 0) {
        read_window(f, 0, (size_t)size, &out->text);
    }
    if (f)
        fclose(f);
    free(path);
}

void log_release(struct log *l)
{
    str_release(&l->text);
}

int64_t log_line(const struct log *l, size_t at)
{
    int64_t line = 1;
    for (size_t i = 0; i < at && i < l->text.len; i++)
        line += l->text.s[i] == '\n';
    return l->gap_at && at > l->gap_at ? line - 1 + l->gap_lines : line;
}
