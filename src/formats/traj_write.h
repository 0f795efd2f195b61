/* traj_write.h: an attempt as other tools read it: Harbor's ATIF, or a list of messages.
 *
 * Made step by step, so that only one body stands beside the result. What ATIF has no place for
 * (instance, patch, exit status, verdict) goes into `extra` and is read back from there. A call and
 * what it answered become one step of ATIF and two messages. Demonstrations are left out. Bytes
 * that are no UTF-8 become U+FFFD: JSON has no other way. Read back, several answers to one call
 * are one text, and in a plain list whoever speaks after a model that has called no tool is taken
 * for its environment, as agents without tools have it.
 */
#ifndef BOTTEGA_TRAJ_WRITE_H
#define BOTTEGA_TRAJ_WRITE_H

#include "formats/trajectory.h"

/* "atif", "messages"; false: nothing is written so. */
bool traj_write_knows(const char *as);

/* Borrowed; "" and 0 for what nobody says. */
struct traj_about {
    const char *instance_id, *run, *scaffold, *model, *exit_status, *outcome;
    const struct str *patch;
    int64_t tokens_in, tokens_out;
    double cost_usd;
};

struct traj_writer;
struct traj_writer *traj_writer_new(const char *as);
void traj_writer_free(struct traj_writer *w);
void traj_writer_step(struct traj_writer *w, const struct step *step, const struct step_body *body);
/* The whole document; a new value. Nothing may be added afterwards. */
json_t *traj_writer_end(struct traj_writer *w, const struct traj_about *about);

#endif
