/* dump.h: what is on the screen, as text, as cells, as a picture. */
#ifndef BOTTEGA_UI_DUMP_H
#define BOTTEGA_UI_DUMP_H

#include "base/base.h"

struct app;

/* Appends one line per row, without blanks at their ends. */
void dump_text(struct app *a, struct str *out);
/* Appends each row twice: its text, and a letter per cell for its look: blank none, b bold,
 * u underlined, r reversed, c coloured, C coloured and bold, and kin. */
void dump_cells(struct app *a, struct str *out);
WARN_UNUSED int dump_svg(struct app *a, const char *path, struct error *err);

#endif
