/* term.h: bottega in a terminal of our own: a pty on one side, libvterm on the other.
 *
 * Nothing here waits for time: after keys it waits for the program to say, on the descriptor in
 * $BOTTEGA_IDLE_FD, that it has taken so many and is quiet.
 */
#ifndef BOTTEGA_TUI_TERM_H
#define BOTTEGA_TUI_TERM_H

#include "base/base.h"
#include "ui/key.h"

#include <sys/types.h>

struct term;

/* Starts `argv` with our environment and `env` ("K=V") over it. */
struct term *term_new(int cols, int rows, char *const *argv, const struct strv *env);
/* Hangs up, waits, frees; the exit status, 128 + signal after one. */
int term_free(struct term *t);
pid_t term_pid(const struct term *t);

void term_key(struct term *t, keycode key);
/* A press of the left button (1) or a turn of the wheel (4 up, 5 down), from 0. */
void term_mouse(struct term *t, int button, int y, int x);
void term_resize(struct term *t, int cols, int rows);
/* So many sizes in a row, none waited for; the last is the one it has. Afterwards only `await`. */
void term_storm(struct term *t, int n);
/* Until all that was sent is taken and nothing is in flight; false: it ended instead. */
bool term_settle(struct term *t);
/* Until the screen shows the text; false: it ended, or 30 seconds went by. */
bool term_await(struct term *t, const char *text);
/* Waits so long for something to come, and takes it; only what is there already. */
bool term_turn(struct term *t, int ms);
void term_drain(struct term *t);
/* Waits for the program's end; its status. */
int term_wait_end(struct term *t);

/* Bytes that came from the program since the last call. */
size_t term_bytes(struct term *t);
int term_rows(const struct term *t);
/* Appends a row's text, without blanks at its end. */
void term_add_row(const struct term *t, int row, struct str *out);
/* Where the cursor stands, from 0; false: it is hidden. */
bool term_cursor(const struct term *t, int *y, int *x);
/* Appends a letter per cell: blank plain, b bold, u underlined, r reversed, c coloured, s on a
 * coloured ground; capitals are coloured as well. */
void term_add_looks(const struct term *t, int row, struct str *out);

#endif
