/* progress.h: how a batch goes, on stderr: a few lines that redraw themselves on a terminal,
 * one line per finished instance elsewhere, nothing with -q. Fed with what the control socket
 * says. */
#ifndef BOTTEGA_COMMAND_PROGRESS_H
#define BOTTEGA_COMMAND_PROGRESS_H

#include "dispatch/dispatch.h"

enum progress_style { PROGRESS_NONE, PROGRESS_LINES, PROGRESS_BAR };

struct progress_worker {
    char *instance_id, *phase; /* NULL: idle */
    int64_t round, since;      /* clock_ms */
};

struct progress {
    enum progress_style style;
    bool colour;
    int64_t started;     /* clock_ms */
    int64_t done_before; /* when we came; -1: not told yet */
    char state[16];
    char *why;
    int64_t total, done, running, jobs;
    int64_t results[RESULTS];
    struct map workers; /* "w1" -> struct progress_worker * */
    int drawn;          /* lines on the screen that the next draw replaces */
};

void progress_init(struct progress *p, bool quiet);
void progress_release(struct progress *p); /* leaves the cursor below the last draw */
/* A reply to `watch`, or an event. */
void progress_event(struct progress *p, const json_t *doc);
void progress_draw(struct progress *p); /* of the bar; call it some times a second */
/* One finished item on a line of its own (style lines only). */
void progress_line(const struct progress *p, const char *instance_id, const struct item_result *r);
/* "accepted 3, failed 1"; appends. */
void progress_add_counts(struct str *out, const int64_t *results);

#endif
