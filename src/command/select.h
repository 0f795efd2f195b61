/* select.h: which instances a verb works on: ids, --where, or everything unfinished. */
#ifndef BOTTEGA_COMMAND_SELECT_H
#define BOTTEGA_COMMAND_SELECT_H

#include "command/command.h"

struct selection {
    struct strv ids;
    int64_t finished;    /* asked for, and ended in the run already */
    double mean_seconds; /* of an instance that ended, in any run; 0: unknown */
};

void selection_release(struct selection *s);

/* For synthesize: those without an end in `run`. An id that no task has is E_USAGE. */
WARN_UNUSED int select_unfinished(struct invocation *inv, const char *run, struct selection *out,
                                  struct error *err);
/* For verify: the accepted environments of `run`. */
WARN_UNUSED int select_accepted(struct invocation *inv, const char *run, struct selection *out,
                                struct error *err);

/* --dry-run: what would be done, to how many, how long, at what cost; on stdout. */
void selection_print_plan(const struct invocation *inv, const struct selection *s, const char *verb,
                          const char *run, int64_t jobs);

#endif
