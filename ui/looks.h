/* looks.h: theme and keys as the user's files have them, read again when one of them changes.
 *
 * A file that has become wrong is said on the message line, with its line, and what was read
 * before stays. A folder that is made only while bottega runs is not noticed.
 */
#ifndef BOTTEGA_UI_LOOKS_H
#define BOTTEGA_UI_LOOKS_H

#include "base/base.h"

struct app;
struct looks;

/* Reads both into the app and begins to watch. */
WARN_UNUSED int looks_new(struct app *a, struct looks **out, struct error *err);
void looks_free(struct looks *l); /* NULL is no error */
/* Another theme from now on: a name or a path. */
WARN_UNUSED int looks_theme(struct looks *l, const char *name, struct error *err);
/* The one that was asked for so; "" while it is the configured one. */
const char *looks_theme_name(const struct looks *l);

#endif
