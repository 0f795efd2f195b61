/* room.h: room on the engine's disk, gained from old images of this workspace. */
#ifndef BOTTEGA_DISPATCH_ROOM_H
#define BOTTEGA_DISPATCH_ROOM_H

#include "config/config.h"

struct engine;
struct image_info;

/* Where the engine of this host keeps its images; NULL when none answers, or it is elsewhere. */
char *room_engine_root(const struct workspace *ws);
/* Removes images of this workspace, the oldest first, until twice dispatch.min-disk is free. What
 * a job is at work on stays, and, unless image.keep is none, what an accepted environment names.
 * `*n` counts what went. */
WARN_UNUSED int room_make(const struct workspace *ws, const struct engine *e, size_t *n,
                          struct error *err);
/* Whether an image of ours may go to make room; reads status.json and image.json. */
bool room_may_take(const struct workspace *ws, const struct image_info *i);

#endif
