/* attach.h: what synthesize, verify and `batch` have in common: submit, watch, sum up. */
#ifndef BOTTEGA_COMMAND_ATTACH_H
#define BOTTEGA_COMMAND_ATTACH_H

#include "command/command.h"
#include "dispatch/dispatch.h"

struct attach_spec {
    const char *batch;
    bool owns;          /* Ctrl-C cancels the batch; else it only stops watching */
    const char *resume; /* the words that go on after a cancel */
    int64_t since;      /* UTC seconds: items that ended from then on are ours to tell */
    int64_t jobs;       /* asked of the supervisor when > 0 */
};

/* Watches until the batch ends. Fills `end` with how it stands then (release it). Returns 0, or
 * E_CANCELLED after Ctrl-C. */
WARN_UNUSED int batch_attach(struct invocation *inv, const struct attach_spec *spec,
                             struct batch_status *end, struct error *err);

/* batch_submit, launch, attach (unless --detach) and the summary on stdout. Returns an exit code.
 */
WARN_UNUSED int submit_and_watch(struct invocation *inv, const struct batch_spec *spec,
                                 const char *resume, struct error *err);

/* One row per item on stdout (--json: one object per line), then the counts. Returns
 * EXIT_ALL_WELL, or EXIT_SOME_FAILED when some ended in `error` or were not proved again. */
WARN_UNUSED int summary_print(struct invocation *inv, const char *batch, struct error *err);

#endif
