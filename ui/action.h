/* action.h: the one table of everything that can be done.
 *
 * Keys, `:` names, help, footer, man page, scripts and recordings are all made from it. An
 * action runs only when what it needs is there; else the sentence of the first need that is
 * missing is said, and nothing happens.
 */
#ifndef BOTTEGA_UI_ACTION_H
#define BOTTEGA_UI_ACTION_H

#include "base/base.h"

struct app;

/* Where an action's keys work; a view or pane says which of these it is. */
enum context {
    IN_ANY = 1,
    IN_TABLE = 2,
    IN_TEXT = 4,
    IN_OVERVIEW = 8,
    IN_REPOSITORIES = 16,
    IN_INSTANCES = 32,
    IN_ENVIRONMENT = 64,
    IN_PIPELINE = 128,
    IN_FAILURES = 256,
    IN_RULE = 512,
    IN_TRAJECTORIES = 1024,
    IN_TRAJECTORY = 2048,
    IN_REVIEWS = 4096,
    IN_COMPARE = 8192,
    IN_MATRIX = 16384,
    IN_DIFFICULTY = 32768
};
#define IN_LISTS (IN_OVERVIEW | IN_REPOSITORIES | IN_INSTANCES | IN_FAILURES | IN_PIPELINE)

enum need {
    NEEDS_ROW = 1 << 0,
    NEEDS_MANY = 1 << 1,
    NEEDS_FILTER = 1 << 2,
    NEEDS_SORT = 1 << 3,
    NEEDS_INSTANCES = 1 << 4,
    NEEDS_ENVIRONMENT = 1 << 5,
    NEEDS_TEXT = 1 << 6,
    NEEDS_FILE = 1 << 7,
    NEEDS_SEARCH = 1 << 8,
    NEEDS_PANES = 1 << 9,
    NEEDS_SPLIT = 1 << 10,
    NEEDS_EARLIER = 1 << 11,
    NEEDS_LATER = 1 << 12,
    NEEDS_BATCH = 1 << 13,
    NEEDS_LIVE = 1 << 14,
    NEEDS_WRITABLE = 1 << 15,
    NEEDS_ROUNDS = 1 << 16,
    NEEDS_TESTS = 1 << 17,
    NEEDS_UNDO = 1 << 18,
    NEEDS_CLUSTER = 1 << 19,
    NEEDS_DRAFT = 1 << 20,
    NEEDS_MATCHES = 1 << 21,
    NEEDS_STEPS = 1 << 22,
    NEEDS_KEPT = 1 << 23
};

struct action {
    const char *name;  /* "next-tab": what `:` and scripts call it */
    unsigned where;    /* bits of enum context */
    const char *group; /* heading in help */
    unsigned needs;    /* bits of enum need */
    const char *keys;  /* default sequences, blanks between; NULL: none */
    /* `value` is the row's own, below; `arg` is "" without one. */
    int (*run)(struct app *app, int value, const char *arg, struct error *err);
    int value;
    const char *hint; /* its word in the footer; NULL: not there */
    const char *arg;  /* what may follow its name in `:`; NULL: nothing */
    const char *help; /* one sentence */
    /* Candidates for its argument, and what it would touch; may be NULL. */
    void (*complete)(struct app *app, const char *word, struct strv *out);
    void (*preview)(struct app *app, const char *arg, struct str *out);
};

const struct action *action_table(size_t *n);
const struct action *action_find(const char *name);

/* Whether the keys of both can be heard at one moment: in the same pane, or the same view. */
bool action_meets(const struct action *a, const struct action *b);

/* The sentence of the first need in `needs` that `held` lacks; NULL when all are there. */
const char *action_lacks(unsigned needs, unsigned held);

/* Runs it if it can; failures and lacks end up on the message line. */
void action_run(struct app *app, const struct action *a, const char *arg);
/* "name argument", as `:` and scripts say it; false: there is no such action. */
bool action_run_line(struct app *app, const char *line);

struct table;
/* Opens the prompt that filters this table. */
void filter_open(struct app *app, struct table *table);
/* Opens `:` with a text in it. */
void palette_open(struct app *app, const char *text);

#endif
