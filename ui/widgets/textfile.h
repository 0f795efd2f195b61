/* textfile.h: the lines of a file of any size, for a text view.
 *
 * Offsets of lines are found in slices by a lane and handed to the loop, 8 bytes a line; lines
 * that show are read by a lane in blocks. A file that grows is read on; one that shrinks or is
 * replaced is read anew and `replaced` says so. Only what is asked for stands in memory.
 */
#ifndef BOTTEGA_UI_TEXTFILE_H
#define BOTTEGA_UI_TEXTFILE_H

#include "ui/lane.h"
#include "ui/widgets/pattern.h"

struct textfile;

struct textfile_events {
    loop_fn changed;                                     /* lines, or their number */
    void (*found)(void *payload, bool any, size_t line); /* the end of a search */
    /* How many lines match, and which of them the line is that was counted to. */
    void (*counted)(void *payload, size_t nth, size_t total);
    void *payload;
};

/* Begins to read at once; a file that is not there has no lines until it comes. */
struct textfile *textfile_new(struct loop *l, const char *path, const struct textfile_events *on);
void textfile_free(struct textfile *f); /* NULL is no error */

const char *textfile_path(const struct textfile *f);
size_t textfile_count(const struct textfile *f); /* lines found so far */
bool textfile_whole(const struct textfile *f);   /* all of it was looked through */
int64_t textfile_size(const struct textfile *f);
const char *textfile_error(const struct textfile *f); /* "" when all is well */

/* Lines [first, first + n) will be drawn. */
void textfile_need(struct textfile *f, size_t first, size_t n);
/* The bytes of a line, at most LINE_SHOWN; *more: how many it has beyond. False: on its way. */
enum { LINE_SHOWN = 16384 };
bool textfile_line(const struct textfile *f, size_t i, const char **bytes, size_t *n,
                   int64_t *more);

/* The line after (before) `from` that matches, around the end; `found` tells. A search that
 * still runs is dropped. `p` is borrowed for the call. */
void textfile_search(struct textfile *f, const struct pattern *p, size_t from, bool forward);
/* Counts in the background the lines that match; `counted` tells. Dropped by the next search. */
void textfile_count_matches(struct textfile *f, const struct pattern *p, size_t line);
/* Gives up a search or a count that runs; whether one did. */
bool textfile_cancel(struct textfile *f);

/* Looks again: the file may have grown. */
void textfile_refresh(struct textfile *f);

#endif
