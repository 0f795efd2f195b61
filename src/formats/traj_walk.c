#include "formats/trajectory.h"

#include <string.h>

/* The path so far is a piece of text that rules are compared with; what no rule can reach is
 * skipped by its brackets. */
enum { PATH_BYTES = 128 };

struct walk {
    const struct path_rule *rules;
    traj_hit_fn fn;
    void *payload;
    struct json_at *at;
    char path[PATH_BYTES];
};

/* How a rule stands to the path of `n` bytes. A "*" in a rule is one member of any name. */
enum relation { ELSEWHERE, BELOW, HERE };

static enum relation relate(const char *rule, const char *path, size_t n)
{
    size_t i = 0;
    while (i < n && *rule) {
        if (*rule == '*') {
            while (i < n && path[i] != '.' && path[i] != '[')
                i++;
            rule++;
        } else if (*rule++ != path[i++]) {
            return ELSEWHERE;
        }
    }
    if (i < n)
        return ELSEWHERE;
    return !*rule ? HERE : *rule == '.' || *rule == '[' || !n ? BELOW : ELSEWHERE;
}

static int walk_value(struct walk *w, size_t n, int depth);

static int walk_members(struct walk *w, size_t n, int depth)
{
    struct json_span key;
    int rc = 0;
    while (rc == 0 && json_member(w->at, &key)) {
        size_t len = n;
        if (key.n + 2 >= PATH_BYTES - n) {
            json_skip(w->at);
            continue;
        }
        if (n)
            w->path[len++] = '.';
        memcpy(w->path + len, key.s, key.n);
        rc = walk_value(w, len + key.n, depth + 1);
    }
    return rc;
}

static int walk_items(struct walk *w, size_t n, int depth)
{
    int rc = 0;
    if (n + 2 >= PATH_BYTES) {
        json_skip(w->at);
        return 0;
    }
    while (rc == 0 && json_item(w->at)) {
        memcpy(w->path + n, "[]", 2);
        rc = walk_value(w, n + 2, depth + 1);
    }
    return rc;
}

/* A value that a rule names is given whole; rules below it are looked at as well. */
static int walk_value(struct walk *w, size_t n, int depth)
{
    enum traj_field field = T_NONE;
    bool below = false;
    for (const struct path_rule *r = w->rules; r->path; r++) {
        enum relation how = relate(r->path, w->path, n);
        if (how == HERE && field == T_NONE)
            field = r->field;
        below = below || how == BELOW;
    }
    struct json_at inside = *w->at;
    char first = json_peek(w->at);
    struct json_span value = json_skip(w->at);
    int rc = 0;
    if (field != T_NONE) {
        struct traj_hit hit = { field, value, inside };
        rc = w->fn(w->payload, &hit);
    }
    if (rc || !below || depth >= JSON_DEPTH || !json_enter(&inside))
        return rc;
    struct json_at *outer = w->at;
    w->at = &inside;
    rc = first == '{' ? walk_members(w, n, depth) : walk_items(w, n, depth);
    w->at = outer;
    return rc;
}

int traj_walk(struct json_at at, const struct path_rule *rules, traj_hit_fn fn, void *payload)
{
    struct walk w = { .rules = rules, .fn = fn, .payload = payload, .at = &at };
    return walk_value(&w, 0, 0);
}
