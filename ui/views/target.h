/* target.h: what an action works on: rows of a list, one instance, or everything. */
#ifndef BOTTEGA_UI_TARGET_H
#define BOTTEGA_UI_TARGET_H

#include "index/index.h"

struct listing;

struct target {
    enum list_kind kind; /* of the rows: instances or repositories */
    uint32_t *rows;      /* owned */
    size_t n;
    char *id;        /* one instance instead; owned */
    struct strv ids; /* these instances beside */
    char *run;       /* that it shows there; owned; NULL: not known */
    bool all;        /* every instance of the workspace instead */
    bool marks;      /* the rows were marked by hand */
};

/* The marked rows, else the one under the cursor. */
void target_of_listing(const struct listing *l, struct target *out);
void target_release(struct target *t);
/* "the 3 marked instances", "pallets__click-1309"; appends. */
void target_add_words(const struct target *t, struct str *out);
/* Adds the ids of its instances; none for `all`. On a lane. */
WARN_UNUSED int target_ids(const struct target *t, struct index *idx, struct strv *out,
                           struct error *err);

#endif
