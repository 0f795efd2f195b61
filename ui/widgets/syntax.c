#include "ui/widgets/syntax.h"

#include "base/rx.h"
#include "ui/conf.h"
#include "ui/theme.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct paint {
    struct rx *rx;
    ink_t ink;
};

struct syntax {
    struct strv files;
    struct paint *paints;
    size_t n;
};

struct syntax_set {
    struct syntax *v;
    size_t n;
};

/* ---- reading ---- */

static int add_paint(struct syntax *x, const struct conf_entry *e, struct error *err)
{
    struct paint p = { .ink = role_by_name(e->name) };
    if (p.ink >= ROLES)
        return error_set(err, E_USAGE, "%s is no colour of a theme", e->name);
    int rc = rx_new(e->value, &p.rx, err);
    if (rc < 0)
        return rc;
    x->paints = xrealloc(x->paints, (x->n + 1) * sizeof(*x->paints));
    x->paints[x->n++] = p;
    return 0;
}

static int on_entry(void *payload, const struct conf_entry *e, struct error *err)
{
    struct syntax *x = payload;
    if (strcmp(e->section, "paint") == 0)
        return add_paint(x, e, err);
    if (strcmp(e->section, "syntax") != 0 || strcmp(e->name, "files") != 0)
        return error_set(err, E_USAGE,
                         "%s.%s means nothing here; there is syntax.files and paint.COLOUR",
                         e->section, e->name);
    strv_split(&x->files, e->value, " ");
    return 0;
}

static void release(struct syntax *x)
{
    for (size_t i = 0; i < x->n; i++)
        rx_free(x->paints[i].rx);
    free(x->paints);
    strv_release(&x->files);
}

static int add_file(struct syntax_set *s, const char *path, struct error *err)
{
    struct syntax x = { .files = STRV_INIT };
    int rc = conf_each(path, on_entry, &x, err);
    if (rc < 0) {
        release(&x);
        return rc;
    }
    s->v = xrealloc(s->v, (s->n + 1) * sizeof(*s->v));
    s->v[s->n++] = x;
    return 0;
}

int syntax_set_new(const char *folder, struct syntax_set **out, struct error *err)
{
    struct strv names = STRV_INIT;
    struct syntax_set *s = xcalloc(1, sizeof(*s));
    int rc = dir_list(folder, &names, err);
    *out = s;
    for (size_t i = 0; i < names.n; i++) {
        char *path = str_format("%s/%s", folder, names.v[i]);
        if (str_ends(path, ".syntax")) {
            int one = add_file(s, path, rc < 0 ? NULL : err);
            rc = rc < 0 ? rc : one;
        }
        free(path);
    }
    strv_release(&names);
    return rc;
}

void syntax_set_free(struct syntax_set *s)
{
    for (size_t i = 0; s && i < s->n; i++)
        release(&s->v[i]);
    if (s)
        free(s->v);
    free(s);
}

const struct syntax *syntax_of(const struct syntax_set *s, const char *path)
{
    const char *name = path_base(path);
    for (size_t i = 0; s && i < s->n; i++)
        for (size_t k = 0; k < s->v[i].files.n; k++)
            if (fnmatch(s->v[i].files.v[k], name, 0) == 0)
                return &s->v[i];
    return NULL;
}

/* ---- painting ---- */

static void paint_with(const struct paint *p, const struct str *text, ink_t *inks, size_t n)
{
    size_t begin, end;
    for (size_t from = 0; from < n && rx_span(p->rx, text, from, &begin, &end);) {
        for (size_t i = begin; i < end && i < n; i++)
            if (inks[i] == ROLE_TEXT)
                inks[i] = p->ink;
        from = end > begin ? end : end + 1;
    }
}

/* What the line says of itself (control characters, colours of its own) stays. */
static void take_spans(const struct shown *line, ink_t *inks, size_t n)
{
    for (size_t k = 0; k < line->n; k++)
        for (size_t i = line->spans[k].start;
             i < line->spans[k].start + line->spans[k].len && i < n; i++)
            inks[i] = line->spans[k].ink;
}

void syntax_paint(const struct syntax *x, struct shown *line)
{
    size_t n = line->text.len < SYNTAX_BYTES ? line->text.len : SYNTAX_BYTES;
    ink_t *inks = xcalloc(n + 1, sizeof(*inks));
    struct shown painted = { .text = STR_INIT, .link = line->link, .more = line->more };
    take_spans(line, inks, n);
    for (size_t i = 0; i < x->n; i++)
        paint_with(&x->paints[i], &line->text, inks, n);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && inks[k] == inks[i];)
            k++;
        shown_add(&painted, inks[i], line->text.s + i, k - i);
    }
    shown_add(&painted, ROLE_TEXT, line->text.s + n, line->text.len - n);
    shown_release(line);
    *line = painted;
    free(inks);
}
