/* text.h: a view over a text: a doc in memory or a file of any size.
 *
 * A file's lines are found in the background, slice by slice; what shows is read by a lane, so
 * the first page is there at once and the loop never waits for a disk. One line has the cursor:
 * it moves, scrolls, and Enter on it opens its door. Lines are cut at the edge (right and left
 * scroll) or wrapped.
 */
#ifndef BOTTEGA_UI_TEXT_H
#define BOTTEGA_UI_TEXT_H

#include "ui/loop.h"
#include "ui/widgets/doc.h"
#include "ui/widgets/pattern.h"
#include "ui/widgets/textfile.h"
#include "ui/window.h"

struct text {
    struct window *win;
    struct app *app;
    struct doc *doc;       /* owned; one of the two, or neither */
    struct textfile *file; /* owned */
    ink_fn ink_of;         /* of a file's lines, where no syntax is known */
    const struct syntax *syntax;
    struct str empty;     /* why there is nothing */
    size_t first, cursor; /* lines */
    size_t first_row;     /* rows of `first` above the edge, when wrapped */
    int left;             /* columns scrolled away */
    bool wrap, follow;
    struct pattern *pattern; /* searched for last; owned */
    struct str pattern_text;
    bool search_when_whole; /* for the pattern, as soon as all lines are known */
    bool quiet;             /* a search that nobody asked for says nothing */
    size_t wanted;          /* line to go to as soon as it is known; SIZE_MAX: none */
};

struct text *text_new(struct app *app, struct window *parent);
struct text *text_of(const struct window *w);

/* Shows `doc` (taken over). The cursor stays on its line when `keep`. */
void text_set_doc(struct text *t, struct doc *doc, bool keep);
/* Shows the file, from its line `line` (from 1; 0: the first). */
void text_set_file(struct text *t, const char *path, ink_fn ink_of, size_t line);
/* The same, from the first line that matches. */
void text_set_file_at(struct text *t, const char *path, ink_fn ink_of, const char *pattern);
/* Shows nothing but the sentence. */
void text_set_empty(struct text *t, const char *why);

size_t text_count(const struct text *t);
void text_go(struct text *t, size_t line);
/* Fills `out` with a line; false: it is on its way. */
bool text_line(const struct text *t, size_t i, struct shown *out);
/* The door under the cursor; appends nothing when there is none. */
void text_add_door(const struct text *t, struct str *out);
/* Gives up what runs; whether anything did. */
bool text_cancel(struct text *t);
/* Starts to stand at the end and to stay there, or ends it. */
void text_follow(struct text *t, bool on);

/* Looks for `pattern` from the cursor; E_USAGE: it is no pattern. What comes of it is said on
 * the message line. NULL: the one before. */
WARN_UNUSED int text_search(struct text *t, const char *pattern, bool forward, struct error *err);

void text_paint(struct window *w, const struct canvas *c);

#endif
