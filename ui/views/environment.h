/* environment.h: one environment on its tabs.
 *
 *   environment.c   the view: tabs, what stands on each, reading it again
 *   env_live.c      what a batch does to it now: phase, the log that grows, the end
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
    TAB_LOCK,
    TAB_BUILD,
    TAB_TESTS,
    TAB_ROUNDS,
    TAB_ISSUE,
    TABS
};

/* ---- environment.c: the one of the shown view ---- */

/* NULL until it is read. */
const struct detail *environment_detail(const struct app *a);
enum env_tab environment_tab(const struct app *a);
/* The number of the round that shows, or under the cursor; 1 without rounds. */
int environment_round(const struct app *a);
/* A batch works on this instance: if it shows, what it does is shown too. */
void environment_watch(struct app *a, const char *instance_id, const char *batch);

/* ---- env_live.c ---- */

struct env_live;
enum live_event { LIVE_LOOK, LIVE_PHASE, LIVE_END }; /* a second went by; another phase */
typedef void (*env_live_fn)(void *payload, enum live_event event);
/* Follows the item of `instance_id` in a batch; NULL when no supervisor of it lives. */
struct env_live *env_live_new(struct app *a, const char *batch, const char *instance_id,
                              env_live_fn changed, void *payload);
void env_live_free(struct env_live *l); /* NULL is no error */
/* "build, round 3, 12s"; appends. */
void env_live_add_words(const struct env_live *l, struct str *out);
/* The round that it is at; 0: none yet. */
int env_live_round(const struct env_live *l);
/* Appends the newest log in the round's folder; nothing when there is none. */
void env_live_add_log(const char *dir, struct str *out);

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
/* The cursor stands there when rounds show next. */
void rounds_go(struct rounds_pane *p, size_t at);
struct window *rounds_table(struct rounds_pane *p);
/* The place in d->rounds under the cursor. */
size_t rounds_at(struct rounds_pane *p);

#endif
