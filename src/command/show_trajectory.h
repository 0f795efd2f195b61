/* show_trajectory.h: `bottega show --trajectory NAME`: an attempt as text, JSON or bytes. */
#ifndef BOTTEGA_SHOW_TRAJECTORY_H
#define BOTTEGA_SHOW_TRAJECTORY_H

#include "command/command.h"
#include "index/index.h"

/* NAME is a number of `list trajectories`, an instance (all its attempts) or RUN/INSTANCE. */
WARN_UNUSED int show_trajectory(struct invocation *inv, struct index *idx, const char *name,
                                struct error *err);
/* show_as.c: `--as atif`, `--as messages`: one line of JSON for each attempt. */
WARN_UNUSED int show_as(const struct attempt_row *r, const char *as, struct error *err);
/* show_flags.c: `--flags`: what the rules of playbook/trajectory.conf hit, each with its place. */
WARN_UNUSED int show_flags(struct invocation *inv, const struct attempt_row *r, struct error *err);

#endif
