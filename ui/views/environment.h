/* environment.h: one environment on its tabs.
 *
 *   environment.c   the view: tabs, what stands on each, reading it again
 *   env_tests.c     the Tests tab: condition × test, and the log at the test
 *   env_rounds.c    the Rounds tab: what fired, what changed, the diffs
 */
#ifndef BOTTEGA_UI_ENVIRONMENT_H
#define BOTTEGA_UI_ENVIRONMENT_H

#include "index/index.h"
#include "ui/view.h"

enum env_tab {
    TAB_SUMMARY,
    TAB_DOCKERFILE,
    TAB_SCRIPT,
    TAB_BUILD,
    TAB_TESTS,
    TAB_ROUNDS,
    TAB_ISSUE,
    TABS
};

/* ---- env_tests.c ---- */

struct tests_pane;
/* Its windows stand in `parent`. */
struct tests_pane *tests_new(struct app *a, struct window *parent);
void tests_free(struct tests_pane *t);
/* Shows a round (borrowed until the next call; NULL: none). */
void tests_show(struct tests_pane *t, const struct detail_round *r);
void tests_toggle_all(struct tests_pane *t);
/* Appends the door to the log of the test under the cursor. */
void tests_add_door(struct tests_pane *t, struct str *out);
struct window *tests_table(struct tests_pane *t);
void tests_state(struct tests_pane *t, struct str *right);

/* ---- env_rounds.c ---- */

struct rounds_pane;
struct rounds_pane *rounds_new(struct app *a, struct window *parent);
void rounds_free(struct rounds_pane *p);
void rounds_show(struct rounds_pane *p, const struct detail *d);
struct window *rounds_table(struct rounds_pane *p);
/* The place in d->rounds under the cursor. */
size_t rounds_at(struct rounds_pane *p);

#endif
