/* saved.h: queries with a name, in the workspace's queries.conf (git-config syntax):
 *
 *   [query "odd"]
 *       where = state:failed class:import
 *
 * "@odd" in a query stands for that text; it may name others in turn. The file is read when a
 * query names one, so that a change by hand counts at once.
 */
#ifndef BOTTEGA_INDEX_SAVED_H
#define BOTTEGA_INDEX_SAVED_H

#include "config/config.h"
#include "index/query.h"

struct saved_query {
    char *name, *where;
};
struct saved_queries {
    struct saved_query *v; /* as they stand in the file */
    size_t n;
};

/* A missing file is an empty list; E_USAGE names the line that is wrong. */
WARN_UNUSED int saved_load(const struct workspace *ws, struct saved_queries *out,
                           struct error *err);
void saved_release(struct saved_queries *s);
/* Keeps `where` under `name`, in place of what it meant before; "" forgets it. E_USAGE: no
 * name; E_NOTFOUND: there is nothing to forget. */
WARN_UNUSED int saved_put(const struct workspace *ws, const char *name, const char *where,
                          struct error *err);

/* query_parse of a text in which "@name" stands for a saved query. An error inside of one is
 * shown at its name. */
WARN_UNUSED int saved_parse(const struct workspace *ws, const char *text, enum list_kind kind,
                            struct query **out, struct query_error *where, struct error *err);

#endif
