/* funnel.h: how far environments came, counted one after the other.
 *
 * Pure: documents in, counts out. Of an environment nothing is kept, so a million of them need the
 * memory of one. What the documents say is foreign: a key of another type counts as missing, and a
 * number that cannot be is left out and told.
 *
 *   yield_env_init; yield_env_round for each round, in order; yield_add; yield_env_release
 */
#ifndef BOTTEGA_FUNNEL_H
#define BOTTEGA_FUNNEL_H

#include "agents/agent.h"

/* Each holds all before it; an environment stands where its furthest round stands. */
enum yield_step {
    YIELD_NOWHERE,
    YIELD_ATTEMPTED,
    YIELD_FETCHED,
    YIELD_RESOLVED,
    YIELD_BUILT,
    YIELD_COLLECTED,
    YIELD_FAILED_BEFORE,
    YIELD_PASSED_AFTER,
    YIELD_STABLE,
    YIELD_LEAK_CLEAN,
    YIELD_ACCEPTED,
    YIELD_STEPS
};
const char *yield_step_name(enum yield_step s); /* "failed before" */
const char *yield_step_text(enum yield_step s); /* what it says */

struct yield_rule {
    int64_t fired;     /* rounds that it changed the plan after */
    int64_t instances; /* … of so many environments */
    int64_t accepted;  /* of these, accepted in the end */
    int64_t last;      /* of these, with no other rule in between */
};

/* Environments whose first round took a recipe. */
struct yield_recipes {
    int64_t taken;
    int64_t accepted; /* by it */
    int64_t first;    /* of these, in round 1 */
    int64_t rounds;   /* that the recipes' own instances took more than these */
};

struct yield_sum {
    int64_t n;
    double total, most;
};

struct yield {
    int64_t steps[YIELD_STEPS];
    int64_t open;       /* attempted, without an end yet */
    int64_t unseen;     /* accepted before images were looked at */
    struct map classes; /* failure class -> int64_t * */
    struct map rules;   /* -> struct yield_rule * */
    struct yield_recipes recipes;
    struct yield_sum phases[PHASES];          /* seconds */
    struct yield_sum stored[PHASES];          /* bytes of its files that are kept */
    struct yield_sum images, accepted_images; /* bytes */
};
void yield_init(struct yield *y);
void yield_release(struct yield *y);

/* One environment while its rounds are read. */
struct yield_env {
    enum yield_step reached;
    bool proven, seen;     /* a round is accepted; its image was looked at */
    bool recipe;           /* round 1 took one */
    bool by_recipe;        /* the accepted round stands on it */
    int64_t round, spared; /* the last one; what a recipe's own instance took beyond it */
    struct strv rules;     /* each once */
    struct strv firings;   /* as they came */
    double stored[PHASES];
};
void yield_env_init(struct yield_env *e);
void yield_env_release(struct yield_env *e);

/* Either document may be NULL. */
void yield_env_round(struct yield_env *e, const json_t *evaluation, const json_t *analysis);
/* A file of the round and its size. */
void yield_env_file(struct yield_env *e, const char *name, int64_t bytes);
/* recipe.json of the round that was given last; NULL: it took none. */
void yield_env_recipe(struct yield_env *e, const json_t *recipe);
/* Counts it; `cost` may be NULL. NULL, or what cannot be right about it, as a sentence. */
const char *yield_add(struct yield *y, struct yield_env *e, const json_t *status,
                      const json_t *cost);

/* The keys of a map of the above, greatest count first, then by name; borrowed from it. */
struct yield_key {
    const char *name;
    const void *value;
};
size_t yield_keys_new(const struct map *m, int64_t (*count)(const void *value),
                      struct yield_key **out);
int64_t yield_class_count(const void *value);
int64_t yield_rule_count(const void *value);

#endif
