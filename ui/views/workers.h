/* workers.h: the workers of a running batch as a table: who does what, since when. */
#ifndef BOTTEGA_UI_WORKERS_H
#define BOTTEGA_UI_WORKERS_H

#include "ui/views/live.h"
#include "ui/window.h"

struct workers;

struct workers *workers_new(struct window *parent, loop_fn moved, void *payload);
void workers_free(struct workers *w);
/* Shows those of `live` (borrowed until the next call; NULL: nothing runs). */
void workers_set(struct workers *w, const struct live *live);
void workers_touch(struct workers *w); /* ages grew */
struct window *workers_window(const struct workers *w);
/* The one under the cursor, NULL. */
const struct live_worker *workers_at(const struct workers *w);

#endif
