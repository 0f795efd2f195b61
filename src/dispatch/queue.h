/* queue.h: which item is next. Pure: time is given, nothing is read or written.
 *
 * Fresh items go out in the order of the manifest; items that came back wait until their
 * time and then go before fresh ones. 16 bytes an item. Items are numbered from 1.
 */
#ifndef BOTTEGA_DISPATCH_QUEUE_H
#define BOTTEGA_DISPATCH_QUEUE_H

#include "dispatch/dispatch.h"

struct queue_item {
    int64_t due; /* clock_ms; only while it waits to be tried again */
    int32_t tries;
    uint8_t state;  /* enum item_state */
    uint8_t result; /* RESULT_… once done */
    bool waits;     /* stands in the heap */
};

struct queue {
    struct queue_item *items;
    size_t n;
    size_t cursor;   /* fresh items start here */
    uint32_t *waits; /* heap of item numbers by due time, then number */
    size_t n_waits;
    int64_t counts[3]; /* by item_state */
    int64_t results[RESULTS];
};

void queue_init(struct queue *q, size_t n); /* all fresh */
void queue_release(struct queue *q);

/* The next item to begin at `now`, counted as begun; 0 when none is ready. */
size_t queue_take(struct queue *q, int64_t now);
/* An item that was taken came back: try it again from `due` on. */
void queue_return(struct queue *q, size_t n, int64_t due);
/* … or ended. */
void queue_end(struct queue *q, size_t n, int result);
/* A fresh item is known to have ended before (read from its file). */
void queue_set_ended(struct queue *q, size_t n, int result, int tries);
/* A fresh item is known to have been begun `tries` times. */
void queue_set_tries(struct queue *q, size_t n, int tries);
/* Ended items of that result become fresh-like again, tries forgotten; calls `fn` for each. */
size_t queue_retry(struct queue *q, int result, int64_t now, void (*fn)(void *, size_t),
                   void *payload);
bool queue_all_done(const struct queue *q);

/* How long to wait before try number `tries` + 1: `base` doubled each time, an hour at most. */
int64_t queue_backoff(int64_t base, int tries);

#endif
