/* preview.h: one environment read in the background, after the cursor has rested. */
#ifndef BOTTEGA_UI_PREVIEW_H
#define BOTTEGA_UI_PREVIEW_H

#include "index/index.h"
#include "ui/loop.h"

struct app;
struct preview;

/* Gets the environment (owned by it now: detail_release), or NULL and the reason why not. */
typedef void (*preview_fn)(void *payload, struct detail *d, const struct error *err);

struct preview *preview_new(struct app *a, preview_fn fn, void *payload);
void preview_free(struct preview *p);
/* After 80 ms in which nothing else was wanted (`now`: at once). `run` may be NULL: the latest;
 * `id` NULL: nothing, and what was on its way is dropped. */
void preview_want(struct preview *p, const char *run, const char *id, bool now);

#endif
