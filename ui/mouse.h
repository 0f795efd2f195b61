/* mouse.h: what a press or a turn of the wheel means: a tab, a key of the footer, a row, a column's
 * title, a pane. Each does what a key does too. */
#ifndef BOTTEGA_UI_MOUSE_H
#define BOTTEGA_UI_MOUSE_H

#include "base/base.h"

struct app;

enum mouse { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MICE };

/* As scripts and recordings call them: "press", "up", "down". */
extern const char *const mouse_names[MICE];

/* Row and column of the screen, from 0. */
void mouse_do(struct app *a, enum mouse what, int y, int x);

#endif
