#include "ui/keymap.h"

#include "ui/conf.h"

#include <stdlib.h>
#include <string.h>

static void add(struct keymap *m, const struct binding *b)
{
    if (m->n == m->cap) {
        m->cap = m->cap ? 2 * m->cap : 128;
        m->v = xrealloc(m->v, m->cap * sizeof(*m->v));
    }
    m->v[m->n++] = *b;
}

static void remove_of(struct keymap *m, const struct action *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].action != a)
            m->v[kept++] = m->v[i];
    m->n = kept;
}

static bool starts(const struct binding *b, const keycode *keys, size_t n)
{
    return b->n >= n && memcmp(b->keys, keys, n * sizeof(*keys)) == 0;
}

/* An equal sequence, or one that begins the other, where both would be heard. */
static const struct binding *clash(const struct keymap *m, const struct binding *b)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct binding *o = &m->v[i];
        size_t n = o->n < b->n ? o->n : b->n;
        if (o->action != b->action && action_meets(o->action, b->action) &&
            memcmp(o->keys, b->keys, n * sizeof(*b->keys)) == 0)
            return o;
    }
    return NULL;
}

static int bind_keys(struct keymap *m, const struct action *a, const char *text, bool own,
                     struct error *err)
{
    struct binding b = { .action = a, .own = own };
    b.n = keys_parse(text, b.keys);
    if (!b.n)
        return error_set(err, E_PARSE, "%s = %s: no such key (j, G, <Enter>, <C-d>, gg …)", a->name,
                         text);
    const struct binding *o = clash(m, &b);
    if (o)
        return error_set(err, E_PARSE, "%s = %s: %s has that key; give it another one first",
                         a->name, text, o->action->name);
    add(m, &b);
    return 0;
}

static int bind_defaults(struct keymap *m, struct error *err)
{
    size_t n;
    const struct action *table = action_table(&n);
    for (size_t i = 0; i < n; i++) {
        struct strv keys = STRV_INIT;
        int rc = 0;
        strv_split(&keys, table[i].keys ? table[i].keys : "", " ");
        for (size_t k = 0; rc == 0 && k < keys.n; k++)
            rc = bind_keys(m, &table[i], keys.v[k], false, err);
        strv_release(&keys);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* First pass: what the file mentions loses its defaults, so that keys can change hands in any
 * order. */
static int on_mention(void *payload, const struct conf_entry *e, struct error *err)
{
    const struct action *a = action_find(e->name);
    if (strcmp(e->section, "keys") != 0)
        return error_set(err, E_PARSE, "a key file has the section [keys] and no other");
    if (!a)
        return error_set(err, E_PARSE, "no action is called %s", e->name);
    remove_of(payload, a);
    return 0;
}

static int on_binding(void *payload, const struct conf_entry *e, struct error *err)
{
    if (strcmp(e->value, "none") == 0)
        return 0;
    return bind_keys(payload, action_find(e->name), e->value, true, err);
}

int keymap_load(struct keymap *m, const char *path, struct error *err)
{
    memset(m, 0, sizeof(*m));
    int rc = bind_defaults(m, err);
    if (rc < 0 || !path_exists(path))
        return rc;
    rc = conf_each(path, on_mention, m, err);
    if (rc == 0)
        rc = conf_each(path, on_binding, m, err);
    return rc;
}

void keymap_release(struct keymap *m)
{
    free(m->v);
    memset(m, 0, sizeof(*m));
}

static const struct action *find_in(const struct keymap *m, unsigned context, const keycode *keys,
                                    size_t n, bool *more)
{
    const struct action *found = NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct binding *b = &m->v[i];
        if (!(b->action->where & context) || !starts(b, keys, n))
            continue;
        if (b->n == n)
            found = b->action;
        else
            *more = true;
    }
    return found;
}

const struct action *keymap_find(const struct keymap *m, const unsigned *live, const keycode *keys,
                                 size_t n, bool *more)
{
    *more = false;
    for (; *live; live++) {
        const struct action *found = find_in(m, *live, keys, n, more);
        if (found)
            return found;
    }
    return NULL;
}

void keymap_add_label(const struct keymap *m, const struct action *a, struct str *out)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].action == a) {
            keys_add_label(out, m->v[i].keys, m->v[i].n);
            return;
        }
    }
}

void keymap_add_labels(const struct keymap *m, const struct action *a, struct str *out)
{
    size_t start = out->len;
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].action != a)
            continue;
        if (out->len > start)
            str_addc(out, ' ');
        keys_add_label(out, m->v[i].keys, m->v[i].n);
    }
}
