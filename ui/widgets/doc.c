#include "ui/widgets/doc.h"

#include <stdlib.h>
#include <string.h>

static struct doc_line *open_line(struct doc *d)
{
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 64;
        d->lines = xrealloc(d->lines, d->cap * sizeof(*d->lines));
        memset(d->lines + d->n, 0, (d->cap - d->n) * sizeof(*d->lines));
    }
    return &d->lines[d->n];
}

static void begin_line(struct doc *d)
{
    *open_line(d) = (struct doc_line){ d->all.text.len, 0, d->all.n, 0, NULL };
}

struct doc *doc_new(void)
{
    struct doc *d = xcalloc(1, sizeof(*d));
    str_init(&d->all.text);
    begin_line(d);
    return d;
}

void doc_free(struct doc *d)
{
    if (!d)
        return;
    for (size_t i = 0; i <= d->n && i < d->cap; i++)
        free(d->lines[i].link);
    free(d->lines);
    shown_release(&d->all);
    free(d);
}

static void add_bytes(struct doc *d, ink_t ink, const char *bytes, size_t n)
{
    struct shown one = { .text = STR_INIT };
    shown_add_raw(&one, ink, bytes, n);
    for (size_t i = 0; i < one.n; i++)
        shown_add(&d->all, one.spans[i].ink, one.text.s + one.spans[i].start, one.spans[i].len);
    shown_release(&one);
}

void doc_add(struct doc *d, ink_t ink, const char *text)
{
    add_bytes(d, ink, text, strlen(text));
}

void doc_addf(struct doc *d, ink_t ink, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    add_bytes(d, ink, text.s, text.len);
    str_release(&text);
}

void doc_door(struct doc *d, const char *fmt, ...)
{
    struct str link = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&link, fmt, ap);
    va_end(ap);
    free(d->lines[d->n].link);
    d->lines[d->n].link = str_detach(&link);
}

void doc_end(struct doc *d)
{
    struct doc_line *l = &d->lines[d->n];
    l->len = d->all.text.len - l->start;
    l->n_spans = d->all.n - l->span;
    str_addc(&d->all.text, '\n'); /* keeps the next line's first span its own */
    d->n++;
    begin_line(d);
}

void doc_line(struct doc *d, ink_t ink, const char *text)
{
    doc_add(d, ink, text);
    doc_end(d);
}

void doc_field(struct doc *d, const char *name, ink_t ink, const char *text)
{
    if (!*text)
        return;
    doc_addf(d, ROLE_DIM, "%-9s ", name);
    doc_line(d, ink, text);
}

void doc_text(struct doc *d, ink_fn ink_of, const char *bytes, size_t n)
{
    while (n) {
        const char *nl = memchr(bytes, '\n', n);
        size_t len = nl ? (size_t)(nl - bytes) : n, used = nl ? len + 1 : len;
        add_bytes(d, ink_of ? ink_of(bytes, len) : ROLE_TEXT, bytes, len);
        doc_end(d);
        bytes += used;
        n -= used;
    }
}

/* ---- inks by the line ---- */

struct start {
    const char *text;
    ink_t ink;
};

static ink_t by_start(const struct start *starts, size_t k, const char *line, size_t n)
{
    for (size_t i = 0; i < k; i++) {
        size_t len = strlen(starts[i].text);
        if (n >= len && memcmp(line, starts[i].text, len) == 0)
            return starts[i].ink;
    }
    return ROLE_TEXT;
}

ink_t ink_of_diff(const char *line, size_t n)
{
    static const struct start starts[] = {
        { "diff ", ROLE_STRONG }, { "+++", ROLE_DIM }, { "---", ROLE_DIM },
        { "index ", ROLE_DIM },   { "+", ROLE_ADDED }, { "-", ROLE_REMOVED },
        { "@@", ROLE_HUNK },
    };
    return by_start(starts, ARRAY_LEN(starts), line, n);
}

ink_t ink_of_log(const char *line, size_t n)
{
    static const struct start starts[] = {
        { "E  ", ROLE_FAILED },          { "ERROR", ROLE_FAILED },    { "FAILED", ROLE_FAILED },
        { "error:", ROLE_FAILED },       { "Error", ROLE_FAILED },    { "Traceback", ROLE_FAILED },
        { "fatal:", ROLE_FAILED },       { "PASSED", ROLE_ACCEPTED }, { "+ ", ROLE_DIM },
        { "OPENSWE_EXIT", ROLE_STRONG }, { "#", ROLE_DIM },
    };
    return by_start(starts, ARRAY_LEN(starts), line, n);
}

ink_t ink_of_script(const char *line, size_t n)
{
    static const struct start starts[] = {
        { "#", ROLE_DIM },         { "FROM ", ROLE_HUNK },  { "ARG ", ROLE_HUNK },
        { "RUN ", ROLE_HUNK },     { "COPY ", ROLE_HUNK },  { "ENV ", ROLE_HUNK },
        { "WORKDIR ", ROLE_HUNK }, { "LABEL ", ROLE_HUNK }, { "ADD ", ROLE_HUNK },
        { "SHELL ", ROLE_HUNK },   { "USER ", ROLE_HUNK },  { "+", ROLE_ADDED },
    };
    return by_start(starts, ARRAY_LEN(starts), line, n);
}

void doc_show(const struct doc *d, size_t i, struct shown *out)
{
    const struct doc_line *l = &d->lines[i];
    for (size_t k = 0; k < l->n_spans; k++) {
        const struct span *s = &d->all.spans[l->span + k];
        shown_add(out, s->ink, d->all.text.s + s->start, s->len);
    }
    out->link = l->link;
}
