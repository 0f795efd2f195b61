/* trial.h: which stored logs a rule would match, dry: nothing is run and nothing written.
 *
 * Every log of every round of every run that is kept is read once, as far as the rules read one
 * (its first 128 KiB and its last 512 KiB), and only those of the rule's phase.
 */
#ifndef BOTTEGA_TRIAL_H
#define BOTTEGA_TRIAL_H

#include "agents/rules/playbook.h"
#include "config/config.h"

/* One instance of one run with a log that matches; texts are borrowed. */
struct trial_match {
    const char *run, *instance_id;
    const char *state; /* "failed"; "" when nobody knows */
    const char *dir;   /* its folder */
    const char *log;   /* the first that matches, in that folder: "round-1/build.log" */
    int64_t line;
    const char *words;  /* what matched */
    const char *remedy; /* with the match filled in */
    size_t logs;        /* that match */
};
typedef void (*trial_fn)(void *payload, const struct trial_match *match);

struct trial_counts {
    size_t logs, matched; /* read; of these, with a match */
    size_t instances;     /* told of; one in two runs counts twice */
};

/* The rules of `book` against all logs. E_CANCELLED leaves the counts as far as it came. */
WARN_UNUSED int trial_run(const struct workspace *ws, const struct playbook *book,
                          const struct cancel *stop, trial_fn fn, void *payload,
                          struct trial_counts *out, struct error *err);

#endif
