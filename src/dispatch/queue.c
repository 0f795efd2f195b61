#include "dispatch/queue.h"

#include <stdlib.h>

void queue_init(struct queue *q, size_t n)
{
    *q = (struct queue){ .n = n };
    q->items = xcalloc(n + 1, sizeof(*q->items));
    q->waits = xcalloc(n + 1, sizeof(*q->waits));
    q->counts[ITEM_QUEUED] = (int64_t)n;
    q->cursor = 1;
}

void queue_release(struct queue *q)
{
    free(q->items);
    free(q->waits);
    *q = (struct queue){ 0 };
}

static void set_state(struct queue *q, size_t n, enum item_state s)
{
    q->counts[q->items[n].state]--;
    q->items[n].state = (uint8_t)s;
    q->counts[s]++;
}

static bool before(const struct queue *q, uint32_t a, uint32_t b)
{
    int64_t x = q->items[a].due, y = q->items[b].due;
    return x != y ? x < y : a < b;
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t t = *a;
    *a = *b;
    *b = t;
}

static void heap_push(struct queue *q, size_t n)
{
    size_t i = q->n_waits++;
    q->waits[i] = (uint32_t)n;
    q->items[n].waits = true;
    for (; i && before(q, q->waits[i], q->waits[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&q->waits[i], &q->waits[(i - 1) / 2]);
}

static size_t heap_pop(struct queue *q)
{
    size_t top = q->waits[0], i = 0;
    q->waits[0] = q->waits[--q->n_waits];
    q->items[top].waits = false;
    for (;;) {
        size_t least = i;
        for (size_t c = 2 * i + 1; c <= 2 * i + 2 && c < q->n_waits; c++)
            if (before(q, q->waits[c], q->waits[least]))
                least = c;
        if (least == i)
            return top;
        swap(&q->waits[i], &q->waits[least]);
        i = least;
    }
}

static bool is_fresh(const struct queue_item *i)
{
    return i->state == ITEM_QUEUED && !i->waits;
}

size_t queue_take(struct queue *q, int64_t now)
{
    size_t n = 0;
    if (q->n_waits && q->items[q->waits[0]].due <= now) {
        n = heap_pop(q);
    } else {
        while (q->cursor <= q->n && !is_fresh(&q->items[q->cursor]))
            q->cursor++;
        if (q->cursor <= q->n)
            n = q->cursor++;
    }
    if (n) {
        set_state(q, n, ITEM_RUNNING);
        q->items[n].tries++;
    }
    return n;
}

void queue_return(struct queue *q, size_t n, int64_t due)
{
    set_state(q, n, ITEM_QUEUED);
    q->items[n].due = due;
    heap_push(q, n);
}

void queue_end(struct queue *q, size_t n, int result)
{
    set_state(q, n, ITEM_DONE);
    q->items[n].result = (uint8_t)result;
    q->results[result]++;
}

void queue_set_ended(struct queue *q, size_t n, int result, int tries)
{
    q->items[n].tries = tries;
    queue_end(q, n, result);
}

void queue_set_tries(struct queue *q, size_t n, int tries)
{
    q->items[n].tries = tries;
}

size_t queue_retry(struct queue *q, int result, int64_t now, void (*fn)(void *, size_t),
                   void *payload)
{
    size_t found = 0;
    for (size_t n = 1; n <= q->n; n++) {
        if (q->items[n].state != ITEM_DONE || q->items[n].result != result)
            continue;
        q->items[n].tries = 0;
        q->results[result]--;
        queue_return(q, n, now);
        fn(payload, n);
        found++;
    }
    return found;
}

bool queue_all_done(const struct queue *q)
{
    return q->counts[ITEM_DONE] == (int64_t)q->n;
}

int64_t queue_backoff(int64_t base, int tries)
{
    const int64_t most = 3600000;
    int64_t wait = base;
    for (int i = 1; i < tries && wait < most; i++)
        wait *= 2;
    return wait < most ? wait : most;
}
