/* signals.h: cheap hints at what a task is worth (environments.md 5): told in the statement, too
 * broad, not to be guessed, unclear, costly. They drop nothing; a person filters by them.
 *
 *   file            what it does
 *   signals.c       one row per signal, and how each is counted; pure
 *   signals_read.c  lines, names and quoted words of patches (signals_read.h)
 *   signals_base.c  which of them the base tree has; into an evaluation
 */
#ifndef BOTTEGA_PIPELINE_SIGNALS_H
#define BOTTEGA_PIPELINE_SIGNALS_H

#include "agents/agent.h"

/* Of every signal there is a number; some are only told when they are flagged. */
struct signal_info {
    const char *name;  /* "tiny" */
    const char *group; /* "trivial": what it hints at; both are values of signal: */
    const char *key;   /* of a query over its number: "gold_lines"; NULL: none */
    const char *help;
};
extern const struct signal_info signal_infos[]; /* ended by a row without name */

struct signals_input {
    const struct instance *in;
    const struct evaluation *ev; /* lists as judged */
    const struct strv *in_base;  /* of signals_candidates, those that stand in the base tree; NULL:
                                    nobody can tell, and what rests on it is left out */
};

/* What of the fix the tests name or quote and the statement does not: it counts when the base
 * does not have it either. */
void signals_candidates(const struct instance *in, struct strv *out);

/* {"tiny": {"value": 2, "flag": true, "why": "…"}, …} in the order of the table; `why` only with
 * a flag. */
json_t *signals_new(const struct signals_input *input);

#endif
