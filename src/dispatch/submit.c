#include "dispatch/dispatch.h"

#include <stdlib.h>
#include <string.h>

/* How an open batch relates to the work asked for. */
struct relation {
    bool same_work; /* equal agent and options */
    bool contains;  /* every instance asked for is in it */
    bool contained; /* all that it has not finished is asked for */
    bool overlaps;  /* an unfinished instance of it is asked for */
};

static bool equal_options(const json_t *a, const json_t *b)
{
    json_t *x = a ? json_copy((json_t *)(uintptr_t)a) : json_object();
    json_t *y = b ? json_copy((json_t *)(uintptr_t)b) : json_object();
    json_object_del(x, "config");
    json_object_del(y, "config");
    bool equal = json_equal(x, y);
    json_decref(x);
    json_decref(y);
    return equal;
}

static int relate(const struct workspace *ws, const char *id, const struct batch_spec *spec,
                  const struct map *asked, struct relation *r, struct error *err)
{
    struct batch b;
    size_t found = 0;
    memset(r, 0, sizeof(*r));
    r->contained = true;
    int rc = batch_open(ws, id, &b, err);
    for (size_t n = 1; rc == 0 && n <= b.ids.n; n++) {
        struct item i;
        bool wanted = map_has(asked, b.ids.v[n - 1]);
        found += wanted;
        rc = item_read(ws, id, n, &i, err);
        if (!item_finished(&i)) {
            r->overlaps = r->overlaps || wanted;
            r->contained = r->contained && wanted;
        }
        item_release(&i);
    }
    r->contains = rc == 0 && found == asked->live;
    r->same_work =
        rc == 0 && strcmp(b.agent, spec->agent) == 0 && equal_options(b.options, spec->options);
    batch_release(&b);
    return rc;
}

/* Looks through the open batches, newest first. Appends the fitting one to `id`, and those whose
 * rest is part of the work asked for to `covered`. */
static int look_through(const struct workspace *ws, const struct batch_spec *spec, struct str *id,
                        struct strv *covered, struct error *err)
{
    struct strv open = STRV_INIT;
    struct map asked;
    map_init(&asked, NULL);
    for (size_t i = 0; i < spec->ids->n; i++)
        map_put(&asked, spec->ids->v[i], id);
    int rc = batch_find_open(ws, spec->stage, spec->run, &open, err);
    for (size_t i = open.n; rc == 0 && i > 0 && !id->len; i--) {
        struct relation r;
        const char *name = open.v[i - 1];
        rc = relate(ws, name, spec, &asked, &r, err);
        if (rc < 0)
            break;
        bool alive = batch_alive(ws, name);
        if (r.same_work && r.contains && r.contained)
            str_add(id, name);
        else if (r.overlaps && alive)
            rc = error_set(err, E_FAIL,
                           "%s is at work on some of these; watch it (bottega batch "
                           "watch %s), cancel it, or choose another --run",
                           name, name);
        else if (r.contained && !alive)
            strv_add(covered, name);
    }
    map_release(&asked);
    strv_release(&open);
    return rc;
}

int batch_submit(const struct workspace *ws, const struct batch_spec *spec, struct str *id,
                 bool *resumed, struct error *err)
{
    struct strv covered = STRV_INIT;
    int64_t again;
    int rc = look_through(ws, spec, id, &covered, err);
    *resumed = id->len > 0;
    if (rc == 0 && *resumed && !batch_alive(ws, id->s))
        rc = batch_retry(ws, id->s, &again, err);
    if (rc == 0 && !*resumed)
        rc = batch_create(ws, spec, id, err);
    for (size_t i = 0; rc == 0 && !*resumed && i < covered.n; i++)
        rc = batch_supersede(ws, covered.v[i], id->s, err);
    strv_release(&covered);
    return rc;
}
