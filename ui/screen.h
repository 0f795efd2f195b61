/* screen.h: the terminal: on, off, its size, one write per turn. ncurses lives here and in
 * draw.c, key.c and dump.c.
 *
 * Only the loop's thread comes here. Nothing reaches the terminal but by screen_flush and, when
 * it fails, screen_release, which leaves the terminal as it was found.
 */
#ifndef BOTTEGA_UI_SCREEN_H
#define BOTTEGA_UI_SCREEN_H

#include "base/base.h"
#include "ui/color.h"
#include "ui/key.h"
#include "ui/mouse.h"

struct rect {
    int y, x, h, w;
};

/* Pairs of colours that curses was told of. Its own alloc_pair finds none again that has a default
 * colour, and a new pair costs an escape sequence for each run of text. */
enum { PAIRS_KEPT = 250 };
struct pairs {
    struct {
        int32_t fg, bg;
    } v[PAIRS_KEPT];
    int n;
};

struct screen {
    bool on;
    int rows, cols;
    bool utf8;        /* of the locale */
    enum depth depth; /* of the terminal; DEPTH_MONO under NO_COLOR */
    bool cursor;      /* shown, at the place below */
    int cursor_y, cursor_x;
    enum mouse mouse; /* of the last KEY_MOUSE_AT, and where */
    int mouse_y, mouse_x;
    struct pairs pairs;
    void *set;  /* SCREEN * */
    void *keys; /* WINDOW * that is read from, never painted */
};

/* Takes the terminal on stdin and stdout; E_MISSING says what is wrong with it. */
WARN_UNUSED int screen_init(struct screen *s, struct error *err);
void screen_release(struct screen *s);

/* Listens to the mouse from now on. */
void screen_take_mouse(struct screen *s);
/* Asks the terminal how large it is; whether that changed. */
bool screen_take_size(struct screen *s);
/* Gives the terminal back for a while (a shell, an editor, Ctrl-Z) and takes it again. */
void screen_leave(struct screen *s);
void screen_return(struct screen *s);
/* Sends what changed. */
void screen_flush(struct screen *s);
/* Sends everything anew at the next flush. */
void screen_redraw(struct screen *s);

/* The next key that has arrived; false when there is none. */
bool screen_key(struct screen *s, keycode *out);

/* Bytes for the terminal itself, between frames: OSC 52 and kin. */
void screen_send(struct screen *s, const struct str *bytes);

#endif
