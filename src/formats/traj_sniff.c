#include "formats/trajectory.h"

#include <string.h>

enum { MOST_KEYS = 256 };

struct keys {
    struct json_span v[MOST_KEYS];
    size_t n;
    bool nested; /* the first item is a list itself */
};

static bool has_key(const struct keys *k, const char *name, size_t len)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].n == len && memcmp(k->v[i].s, name, len) == 0)
            return true;
    return len == 2 && memcmp(name, "[]", 2) == 0 && k->nested;
}

/* "a|b": one of them. */
static bool has_one_of(const struct keys *k, const char *word, size_t len)
{
    for (const char *end = word + len; word < end;) {
        const char *bar = memchr(word, '|', (size_t)(end - word));
        size_t n = (size_t)((bar ? bar : end) - word);
        if (has_key(k, word, n))
            return true;
        word += n + (bar != NULL);
    }
    return false;
}

static bool fits(const struct keys *k, const struct traj_format *f)
{
    for (const char *p = f->keys; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        if (!has_one_of(k, p, n))
            return false;
        p += n;
    }
    for (const char *p = f->not_keys ? f->not_keys : ""; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        if (has_key(k, p, n))
            return false;
        p += n;
    }
    return true;
}

static void read_keys(struct json_at *at, struct keys *k)
{
    struct json_span key;
    k->n = 0;
    k->nested = json_peek(at) == '[';
    if (json_peek(at) != '{' || !json_enter(at))
        return;
    while (json_member(at, &key)) {
        if (k->n < MOST_KEYS)
            k->v[k->n++] = key;
        json_skip(at);
    }
}

const struct traj_format *traj_sniff(const struct json_scan *scan, bool lines)
{
    struct json_at at = json_begin(scan);
    struct keys k;
    const char *shape = lines ? "lines" : json_peek(&at) == '[' ? "array" : "object";
    if (*shape == 'a' && (!json_enter(&at) || !json_item(&at)))
        return NULL;
    read_keys(&at, &k);
    for (const struct traj_format *f = traj_formats; f->name; f++)
        if (strcmp(f->shape, shape) == 0 && fits(&k, f))
            return f;
    return NULL;
}
