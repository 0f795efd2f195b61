/* draw.h: text and lines into a rectangle of the screen.
 *
 * A canvas clips: what does not fit is not drawn, and a wide cell never straddles its edge.
 * Coordinates are relative to it. Text is shown UTF-8 (text_add_shown); should a control
 * character come through nevertheless, it is drawn as U+FFFD. Where the locale has no UTF-8,
 * signs of ours become ASCII ones and other characters "?".
 */
#ifndef BOTTEGA_UI_DRAW_H
#define BOTTEGA_UI_DRAW_H

#include "ui/screen.h"
#include "ui/theme.h"

struct canvas {
    struct rect r; /* on the screen */
    const struct theme *theme;
    bool utf8;
    struct pairs *pairs;
    enum role over; /* the row's role, under each ink; ROLE_TEXT: none */
};

struct canvas canvas_at(struct screen *s, const struct theme *t, struct rect r);
/* A part of `c`, clipped to it. */
struct canvas canvas_part(const struct canvas *c, struct rect r);

void canvas_clear(const struct canvas *c);
/* Blanks of one look. */
void canvas_fill(const struct canvas *c, int y, int x, int w, ink_t ink);
/* At most `w` columns of `n` bytes; how many were taken. Nothing marks a cut. */
int canvas_put(const struct canvas *c, int y, int x, int w, ink_t ink, const char *s, size_t n);
/* The same with a final … where something was cut. */
int canvas_text(const struct canvas *c, int y, int x, int w, ink_t ink, const char *text);
/* Cut in the middle instead: the ends of names tell more. */
int canvas_middle(const struct canvas *c, int y, int x, int w, ink_t ink, const char *text);
void canvas_right(const struct canvas *c, int y, int w, ink_t ink, const char *text);
void canvas_hline(const struct canvas *c, int y, int x, int w);
void canvas_vline(const struct canvas *c, int y, int x, int h);
/* A frame along the edge, with a title in its upper side (may be NULL). */
void canvas_box(const struct canvas *c, const char *title);

#endif
