#include "index/saved.h"

#include <ctype.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 60, DEEPEST = 8, TEXT_MOST = 64 << 10 };

/* ---- the file ---- */

static bool is_name(const char *name, size_t n)
{
    size_t i = 0;
    while (i < n && (isalnum((unsigned char)name[i]) || strchr("-_.", name[i])))
        i++;
    return n > 0 && n <= NAME_MOST && i == n;
}

static char *path_new(const struct workspace *ws)
{
    return workspace_path(ws, "queries.conf");
}

static int git_trouble(const char *path, struct error *err)
{
    const git_error *why = git_error_last();
    return error_set(err, E_USAGE, "%s: %s", path, why ? why->message : "cannot be used");
}

static int on_entry(const git_config_entry *e, void *payload)
{
    struct saved_queries *s = payload;
    const char *end = strrchr(e->name, '.');
    if (!str_starts(e->name, "query.") || strcmp(end, ".where") != 0 || end <= e->name + 6)
        return 0;
    s->v = xrealloc(s->v, (s->n + 1) * sizeof(*s->v));
    s->v[s->n].name = xstrndup(e->name + 6, (size_t)(end - e->name) - 6);
    s->v[s->n++].where = xstrdup(e->value ? e->value : "");
    return 0;
}

int saved_load(const struct workspace *ws, struct saved_queries *out, struct error *err)
{
    git_config *file = NULL;
    char *path = path_new(ws);
    int rc = 0;
    memset(out, 0, sizeof(*out));
    if (!path_exists(path))
        goto out;
    git_libgit2_init();
    if (git_config_open_ondisk(&file, path) < 0 || git_config_foreach(file, on_entry, out) < 0)
        rc = git_trouble(path, err);
    git_config_free(file);
    git_libgit2_shutdown();
    if (rc < 0)
        saved_release(out);
out:
    free(path);
    return rc;
}

void saved_release(struct saved_queries *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->v[i].name);
        free(s->v[i].where);
    }
    free(s->v);
    memset(s, 0, sizeof(*s));
}

static const char *find(const struct saved_queries *s, const char *name, size_t n)
{
    const char *found = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (strlen(s->v[i].name) == n && memcmp(s->v[i].name, name, n) == 0)
            found = s->v[i].where; /* the last of equal ones, as everywhere in git's syntax */
    return found;
}

int saved_put(const struct workspace *ws, const char *name, const char *where, struct error *err)
{
    struct saved_queries have;
    git_config *file = NULL;
    if (!is_name(name, strlen(name)))
        return error_set(err, E_USAGE, "%s: a name is letters, digits, - _ and .", name);
    int rc = saved_load(ws, &have, err);
    if (rc < 0)
        return rc;
    char *path = path_new(ws), *key = str_format("query.%s.where", name);
    bool known = find(&have, name, strlen(name)) != NULL;
    git_libgit2_init();
    if (!*where && !known)
        rc = error_set(err, E_NOTFOUND, "no query is saved as @%s", name);
    else if (git_config_open_ondisk(&file, path) < 0)
        rc = git_trouble(path, err);
    else if ((*where ? git_config_set_string(file, key, where)
                     : git_config_delete_entry(file, key)) < 0)
        rc = git_trouble(path, err);
    git_config_free(file);
    git_libgit2_shutdown();
    saved_release(&have);
    free(path);
    free(key);
    return rc;
}

/* ---- names in a text ---- */

/* A text on its way, and which bytes of it stand for which of the text as typed. */
struct piece {
    size_t from, len; /* as typed */
    size_t end;       /* in the text that came of it */
    bool named;       /* "@name" */
};
struct expansion {
    const struct workspace *ws;
    struct saved_queries saved;
    bool loaded;
    struct str text;
    struct piece *pieces;
    size_t n;
    struct query_error at;
    struct error *err;
};

static void add_piece(struct expansion *x, size_t from, size_t len, bool named)
{
    x->pieces = xrealloc(x->pieces, (x->n + 1) * sizeof(*x->pieces));
    x->pieces[x->n++] = (struct piece){ from, len, x->text.len, named };
}

/* Bytes of the word at `s`; quotes are where the query language has them. */
static size_t word_length(const char *s)
{
    size_t n = 0;
    bool quoted = false;
    for (; s[n] && (quoted || !isspace((unsigned char)s[n])); n++) {
        bool opens = n == 0 || s[n - 1] == ':' || (n == 1 && *s == '-');
        if (s[n] == '\\' && quoted && s[n + 1])
            n++;
        else if (s[n] == '"')
            quoted = !quoted && opens;
    }
    return n;
}

static int expand(struct expansion *x, const char *text, int depth);

static int expand_name(struct expansion *x, const char *word, size_t n, int depth)
{
    const char *where;
    int rc = x->loaded ? 0 : saved_load(x->ws, &x->saved, x->err);
    x->loaded = true;
    if (rc < 0)
        return rc;
    where = find(&x->saved, word + 1, n - 1);
    if (!where)
        return error_set(x->err, E_USAGE, "no query is saved as %.*s", (int)n, word);
    if (depth == DEEPEST || x->text.len > TEXT_MOST)
        return error_set(x->err, E_USAGE, "%.*s names itself, or others without end", (int)n, word);
    return expand(x, where, depth + 1);
}

static int expand(struct expansion *x, const char *text, int depth)
{
    int rc = 0;
    for (size_t at = 0; rc == 0 && text[at];) {
        size_t n = word_length(text + at);
        bool negated = text[at] == '-' && text[at + 1] == '@';
        bool named = text[at] == '@' && is_name(text + at + 1, n - 1);
        size_t from = at, len = n ? n : 1;
        if (negated && is_name(text + at + 2, n - 2))
            rc = error_set(x->err, E_USAGE, "%.*s: negate the words of the saved query instead",
                           (int)n, text + at);
        else if (named)
            rc = expand_name(x, text + at, n, depth);
        else
            str_addn(&x->text, text + at, len);
        at += len;
        if (!depth && rc == 0)
            add_piece(x, from, len, named);
        else if (!depth)
            x->at = (struct query_error){ from, len };
    }
    return rc;
}

/* From bytes of the expanded text to bytes of what was typed. */
static struct query_error place_of(const struct expansion *x, struct query_error in)
{
    size_t begin = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct piece *p = &x->pieces[i];
        if (in.start < p->end || (in.start == p->end && i + 1 == x->n)) {
            if (p->named)
                return (struct query_error){ p->from, p->len };
            return (struct query_error){ p->from + in.start - begin, in.len };
        }
        begin = p->end;
    }
    return in;
}

int saved_parse(const struct workspace *ws, const char *text, enum list_kind kind,
                struct query **out, struct query_error *where, struct error *err)
{
    struct expansion x = { .ws = ws, .text = STR_INIT, .err = err };
    struct query_error at = { 0, 0 };
    *out = NULL;
    int rc = expand(&x, text ? text : "", 0);
    if (rc < 0) {
        at = x.at;
    } else {
        rc = query_parse(x.text.s, kind, out, &at, err);
        at = place_of(&x, at);
    }
    if (where)
        *where = at;
    saved_release(&x.saved);
    str_release(&x.text);
    free(x.pieces);
    return rc;
}
