/* progress.h: the line over the queue of reviews: how many each curator has decided. */
#ifndef BOTTEGA_UI_PROGRESS_H
#define BOTTEGA_UI_PROGRESS_H

struct app;
struct window;

/* The queue when nobody has chosen another. */
#define PROGRESS_QUEUE "state:accepted -mark:accept,drop,unsure"

struct progress;
/* A line of `parent`. */
struct progress *progress_new(struct app *a, struct window *parent);
void progress_free(struct progress *p); /* NULL is no error */
/* The index changed. */
void progress_refresh(struct progress *p);

#endif
