/* cluster_pane.h: one cluster of failures looked into: who has it, which rule fired, and the log
 * of the latest. Read off the loop, after the cursor has rested. */
#ifndef BOTTEGA_UI_CLUSTER_PANE_H
#define BOTTEGA_UI_CLUSTER_PANE_H

#include "ui/window.h"

struct app;
struct cluster_pane;
struct row;

/* Two panes under `parent`, a split by rows. */
struct cluster_pane *cluster_pane_new(struct app *a, struct window *parent);
void cluster_pane_free(struct cluster_pane *p); /* NULL is no error */
/* A row of the list `failures`; NULL: nothing is shown. */
void cluster_pane_want(struct cluster_pane *p, const struct row *row);
/* The door under the cursor of the focused pane; nothing when there is none. */
void cluster_pane_add_door(const struct cluster_pane *p, struct str *out);

#endif
