/* fields.h: %{repo} and kin in a command, each filled in from a row and quoted for the shell.
 *
 * The names are those of the columns of `list … --json`, and "workspace"; rows of instances also
 * have "folder", where the files of the environment are.
 */
#ifndef BOTTEGA_UI_FIELDS_H
#define BOTTEGA_UI_FIELDS_H

#include "index/index.h"

/* Whether it asks for any. */
bool fields_any(const char *command);
/* E_USAGE names the field that rows of this kind do not have, and those that they have. */
WARN_UNUSED int fields_check(enum list_kind kind, const char *command, struct error *err);
/* Appends the command; it was checked. `row` may be NULL when it asks for none. */
void fields_fill(const struct workspace *ws, enum list_kind kind, const struct row *row,
                 const char *command, struct str *out);

#endif
