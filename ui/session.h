/* session.h: where one was in this workspace, kept when the workbench ends and taken up when it
 * begins: the screen, what was opened from it, their filters, orders and rows, the theme, and
 * what was typed. Nothing of it when a script drives or a recording is made.
 *
 * It is the person's, not the workspace's: $XDG_STATE_HOME/bottega/<workspace id>.json.
 */
#ifndef BOTTEGA_UI_SESSION_H
#define BOTTEGA_UI_SESSION_H

#include "base/base.h"

struct app;

/* Goes there; false: there is nothing to take up, or nothing that still is. */
bool session_take_up(struct app *a);
/* What cannot be written is not kept: nobody is left to be told. */
void session_keep(struct app *a);

#endif
