#include "formats/trajectory.h"

#include <string.h>

/* Rules are followed side by side, one segment a level: of those that still fit, how far each has
 * come. Where none is left the value is passed without a look. */
enum { MOST_RULES = 64 };

struct level {
    uint64_t live;
    uint8_t at[MOST_RULES]; /* into the rule's path */
};

struct walk {
    const struct path_rule *rules;
    traj_hit_fn fn;
    void *payload;
};

static bool ends_segment(char c)
{
    return c == '\0' || c == '.' || c == '[';
}

/* The rule's next segment is this member: the length of the path with it, or 0. */
static size_t fit_member(const char *path, size_t at, struct json_span key)
{
    const char *p = path + at + (path[at] == '.');
    if (*p == '*')
        return (size_t)(p + 1 - path);
    if (*p == '[' || !key.n || *p != *key.s || strnlen(p, key.n) < key.n ||
        memcmp(p, key.s, key.n) != 0)
        return 0;
    bool one = !memchr(key.s, '.', key.n) && !memchr(key.s, '[', key.n);
    return one && ends_segment(p[key.n]) ? (size_t)(p - path) + key.n : 0;
}

static size_t fit_item(const char *path, size_t at)
{
    return path[at] == '[' ? at + 2 : 0;
}

/* The rules that fit below; the first that ends there says what stands there. */
static enum traj_field go_down(const struct walk *w, const struct level *above,
                               const struct json_span *key, struct level *below)
{
    enum traj_field field = T_NONE;
    below->live = 0;
    for (uint64_t left = above->live; left; left &= left - 1) {
        int i = __builtin_ctzll(left);
        const char *path = w->rules[i].path;
        size_t at = key ? fit_member(path, above->at[i], *key) : fit_item(path, above->at[i]);
        if (at && path[at]) {
            below->live |= (uint64_t)1 << i;
            below->at[i] = (uint8_t)at;
        } else if (at && field == T_NONE) {
            field = w->rules[i].field;
        }
    }
    return field;
}

static int walk_inside(struct walk *w, struct json_at at, const struct level *here, int depth);

/* A value that a rule names is given whole; rules below it are looked at as well. */
static int walk_value(struct walk *w, struct json_at *at, const struct level *above,
                      const struct json_span *key, int depth)
{
    struct level here;
    enum traj_field field = go_down(w, above, key, &here);
    struct json_at inside = *at;
    struct json_span value = json_skip(at);
    int rc = 0;
    if (field != T_NONE) {
        struct traj_hit hit = { field, value, inside };
        rc = w->fn(w->payload, &hit);
    }
    return rc || !here.live || depth >= JSON_DEPTH ? rc : walk_inside(w, inside, &here, depth + 1);
}

static int walk_inside(struct walk *w, struct json_at at, const struct level *here, int depth)
{
    struct json_span key;
    bool members = json_peek(&at) == '{';
    int rc = 0;
    if (!json_enter(&at))
        return 0;
    while (rc == 0 && (members ? json_member(&at, &key) : json_item(&at)))
        rc = walk_value(w, &at, here, members ? &key : NULL, depth);
    return rc;
}

int traj_walk(struct json_at at, const struct path_rule *rules, traj_hit_fn fn, void *payload)
{
    struct walk w = { .rules = rules, .fn = fn, .payload = payload };
    struct level top = { 0 };
    for (size_t i = 0; i < MOST_RULES && rules[i].path; i++)
        top.live |= (uint64_t)1 << i;
    return walk_inside(&w, at, &top, 0);
}
