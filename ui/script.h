/* script.h: --script replays what a file says; --record writes such a file.
 *
 * One step a line, # begins a comment:
 *   action NAME [ARGUMENT]   as `:` would
 *   key <C-d>                one key, or a sequence: gg
 *   type TEXT                each character as a key
 *   mouse press|up|down COLUMN ROW   from 1
 *   wait                     until nothing is in flight
 *   screen FILE              the screen as text
 *   cells FILE               the same, then a letter per cell that says its look
 *   screenshot FILE          as SVG
 *   resize COLUMNS ROWS
 *   expect TEXT              ends with an error when the screen does not show it
 * File names are relative to where bottega was started. The program ends after the last step;
 * its status is 0 when every step could be done.
 */
#ifndef BOTTEGA_UI_SCRIPT_H
#define BOTTEGA_UI_SCRIPT_H

#include "base/base.h"
#include "ui/key.h"
#include "ui/mouse.h"

struct app;
struct script;

/* Opens what the options name: a->script and a->record. */
WARN_UNUSED int script_open(struct app *a, struct error *err);
void script_close(struct app *a);
/* Does the next step; false when it has to wait for the loop. */
bool script_step(struct script *s);

/* What a person did, for the recording. */
void script_record_action(struct app *a, const char *name, const char *arg);
void script_record_mouse(struct app *a, enum mouse what, int y, int x);
/* The terminal has another size. */
void script_record_size(struct app *a);
void script_record_key(struct app *a, keycode key);

#endif
