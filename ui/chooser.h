/* chooser.h: a box with a list to pick from: help, sort, anything with a few hundred rows.
 * Typing narrows it; Enter picks; Esc closes. */
#ifndef BOTTEGA_UI_CHOOSER_H
#define BOTTEGA_UI_CHOOSER_H

#include "base/base.h"
#include "ui/key.h"
#include "ui/mouse.h"

struct app;
struct chooser;

typedef void (*chooser_fn)(struct app *a, size_t picked);

/* Opens it; rows are added before the next paint. `title` is copied. */
struct chooser *chooser_open(struct app *a, const char *title, chooser_fn pick);
void chooser_free(struct chooser *c); /* NULL is no error */
/* `key` and `also` may be NULL; typing finds what any of the three has. */
void chooser_add(struct chooser *c, const char *key, const char *text, const char *also);
void chooser_add_heading(struct chooser *c, const char *text);
/* Starts on this row. */
void chooser_select(struct chooser *c, size_t row);

void chooser_key(struct chooser *c, keycode key);
/* Picks what is pressed; outside it closes. */
void chooser_mouse(struct chooser *c, enum mouse what, int y, int x);
/* Where the row that Enter picks is; false: there is none. */
bool chooser_caret(const struct chooser *c, int *y, int *x);
void chooser_paint(struct chooser *c);

#endif
