/* frame.h: what is around every view: tab line, line of state, line of keys.
 *
 * The last line shows a prompt, else a message, else the keys that work here and now. A small
 * terminal gives up the tab line, then the line of state; one too small for a list says how
 * large it must be.
 */
#ifndef BOTTEGA_UI_FRAME_H
#define BOTTEGA_UI_FRAME_H

#include <stdbool.h>

struct app;

void frame_init(struct app *a);
void frame_layout(struct app *a);
/* Whether the terminal is large enough for a list. */
bool frame_fits(const struct app *a);
/* What may follow the keys typed so far. */
void frame_paint_pending(struct app *a);

#endif
