/* guard.h: is there room to begin another item? Looks at most once a second. */
#ifndef BOTTEGA_DISPATCH_GUARD_H
#define BOTTEGA_DISPATCH_GUARD_H

#include "config/config.h"

struct guard {
    int64_t looked_at; /* clock_ms; 0: never */
    bool disk_short, memory_short;
    bool engine_short; /* the engine's disk: old images may go */
    char *engine_root; /* the disk of the images; NULL: no engine is wanted, or it is elsewhere */
    struct str why;    /* "" when there is room */
};

void guard_init(struct guard *g);
void guard_release(struct guard *g);
/* True when an item may begin beside `running` others. Short memory lets one at a time go on:
 * with none running, waiting would free nothing. `why` says what is short. */
bool guard_allows(struct guard *g, const struct workspace *ws, int64_t running, int64_t now);

/* MemAvailable of the text of /proc/meminfo in bytes; -1 when it does not say. */
int64_t guard_parse_meminfo(const char *text);

#endif
