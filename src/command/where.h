/* where.h: --where QUERY of the verbs. */
#ifndef BOTTEGA_COMMAND_WHERE_H
#define BOTTEGA_COMMAND_WHERE_H

#include "index/index.h"

/* saved_parse whose error shows the query with the place marked below it. */
WARN_UNUSED int where_parse(const struct workspace *ws, const char *text, enum list_kind kind,
                            struct query **out, struct error *err);

#endif
