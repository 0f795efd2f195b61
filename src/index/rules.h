/* rules.h: how often playbook rules fired, and what came of it, counted over the latest runs. */
#ifndef BOTTEGA_INDEX_RULES_H
#define BOTTEGA_INDEX_RULES_H

#include "index/index.h"

/* The words of `report yield`: `last` is where no other rule fired between it and acceptance. */
struct rule_counts {
    int64_t fired, instances, accepted, last;
};
/* Every rule that fired: name -> struct rule_counts *; init with map_init(m, free). */
WARN_UNUSED int rules_count(struct index *idx, const struct cancel *stop, struct map *out,
                            struct error *err);

/* An instance in which a rule fired; texts live until the call returns. */
struct rule_instance {
    const char *instance_id, *run, *state, *remedy;
    int64_t round; /* in which it fired first */
};
typedef void (*rule_instance_fn)(void *payload, const struct rule_instance *i);
/* At most `most` of them, what ended last first. */
WARN_UNUSED int rule_instances(struct index *idx, const char *rule, int64_t most,
                               const struct cancel *stop, rule_instance_fn fn, void *payload,
                               struct error *err);

#endif
