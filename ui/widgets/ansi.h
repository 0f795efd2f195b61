/* ansi.h: bytes of a log line as shown text with inks.
 *
 * Colours that the log asked for (SGR) become inks; every other control character and sequence
 * is shown as text in ROLE_CONTROL, never sent; invalid UTF-8 is shown as bytes. A carriage
 * return that rewrites a progress bar keeps only what stood last, as the terminal would have.
 */
#ifndef BOTTEGA_UI_ANSI_H
#define BOTTEGA_UI_ANSI_H

#include "base/base.h"
#include "ui/ink.h"

struct span {
    uint32_t start, len; /* bytes of the text */
    ink_t ink;
};

/* A line as it is drawn. */
struct shown {
    struct str text;
    struct span *spans; /* in order; bytes without one have ROLE_TEXT */
    size_t n, cap;
    const char *link; /* where Enter leads; borrowed; NULL */
    int64_t more;     /* bytes of the line that are not here */
};

void shown_clear(struct shown *s);
void shown_release(struct shown *s);
/* Appends shown text in one ink. */
void shown_add(struct shown *s, ink_t ink, const char *text, size_t n);
/* Appends raw bytes; `plain` is the ink of what asks for no colour. */
void shown_add_raw(struct shown *s, ink_t plain, const char *bytes, size_t n);

#endif
