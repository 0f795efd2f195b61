/* traj_private.h: what the readers of trajectories share. */
#ifndef BOTTEGA_TRAJ_PRIVATE_H
#define BOTTEGA_TRAJ_PRIVATE_H

#include "formats/trajectory.h"

/* traj_step.c: what is seen of a step while it is passed. */
struct step_seen {
    int role, event; /* step_kind, -1 unknown */
    int exit;        /* -1 unknown */
    uint16_t flags;
    bool called;           /* as a tool, not in words */
    struct json_span text; /* the first */
    double tokens, node, parent;
    struct flagger *flagger; /* NULL: nobody asks */
    flag_set did, touched;   /* rules that its actions and its paths meet */
    uint64_t action;         /* the same for the same actions; 0: none */
};
void step_seen_init(struct step_seen *seen);
/* Once all of the step was passed: what only its text tells. */
void step_seen_text(struct step_seen *seen);
int step_see(void *seen, const struct traj_hit *hit);  /* a traj_hit_fn */
int step_text(void *body, const struct traj_hit *hit); /* a traj_hit_fn of step_read */

/* traj_read.c: a traj_hit_fn over a document. */
int reading_hit(void *reading, const struct traj_hit *hit);
/* traj_names.c: what the document does not say, its path may. */
void attempt_name(struct attempt *a, const struct document *doc);

#endif
