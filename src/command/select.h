/* select.h: which instances a verb works on: ids, --where, or everything unfinished. */
#ifndef BOTTEGA_COMMAND_SELECT_H
#define BOTTEGA_COMMAND_SELECT_H

#include "command/command.h"
#include "dispatch/dispatch.h"

struct workload {
    struct selection pick;
    double mean_seconds; /* of an instance that ended, in any run; 0: unknown */
};
#define WORKLOAD_INIT                                                                              \
    {                                                                                              \
        .pick = {.ids = STRV_INIT }                                                                \
    }
void workload_release(struct workload *p);

/* select_unfinished, select_accepted or select_ended. */
typedef int (*select_fn)(const struct select_spec *want, struct selection *out, struct error *err);
/* By the names and --where of the command line. An id that is none is E_USAGE. */
WARN_UNUSED int workload_make(struct invocation *inv, const char *run, select_fn select,
                              struct workload *out, struct error *err);

/* --dry-run: what would be done, to how many, how long, at what cost; on stdout. */
void workload_print(const struct invocation *inv, const struct workload *p, const char *verb,
                    const char *run, int64_t jobs);

#endif
