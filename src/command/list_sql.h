/* list_sql.h: `list --sql`. */
#ifndef BOTTEGA_LIST_SQL_H
#define BOTTEGA_LIST_SQL_H

#include "command/command.h"

/* Prints the rows of a SELECT: cells with tabs between under their names, or JSON lines. */
WARN_UNUSED int list_sql(const struct invocation *inv, const char *text, struct error *err);

#endif
