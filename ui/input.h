/* input.h: what comes from outside: keys, resizes, signals; and the word that all is quiet.
 *
 * When nothing is in flight and everything is painted, the number of keys and resizes taken so
 * far is written to the descriptor $BOTTEGA_IDLE_FD, one line each time it grew: a test that
 * sent three keys waits for "3".
 */
#ifndef BOTTEGA_UI_INPUT_H
#define BOTTEGA_UI_INPUT_H

#include "base/base.h"

struct app;
struct input;

struct input *input_new(struct app *a);
void input_free(struct input *in); /* NULL is no error */
/* Puts into effect what signals asked for; before each paint. */
void input_settle(struct input *in);
/* After each paint: tells who waits for quiet. */
void input_tell_idle(struct input *in);
/* A script's key counts too. */
void input_suspend(struct app *a);
/* Gives the terminal to a shell command until it ends. */
WARN_UNUSED int input_hand_over(struct app *a, const char *command, struct error *err);
/* The terminal is as large as a script says. */
void input_resize(struct app *a, int rows, int cols);

#endif
