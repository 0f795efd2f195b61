/* pipeline.h: what happens to an instance: one file per stage, in the papers' order.
 *
 *   file          what it does
 *   synthesize.c  the loop: explore, then rounds until the end
 *   round.c       one round: lock, Dockerfile, build, script, evaluate, judge, analyze
 *   rejudge.c     what was run then, judged by the rules of now
 *   recipe.c      what worked for the repository, tried first (recipe.h)
 *   resume.c      rounds that a worker finished before it ended early
 *   aside.c       rounds that a person wants made anew: kept beside, never removed
 *   hand.c        a person's own Dockerfile, script or lock, tried as a new round
 *   shell.c       a person's shell in an environment
 *   verify.c      what was accepted, built and run again
 *   job.c         what synthesize and verify share
 *   patches.c     the fix and the tests, from the mirror where it can
 *   lock.c        requirements -> requirements.lock, resolved in the base image as of the date
 *   build.c       the context as a tar stream, the image
 *   script.c      the evaluation script: patch filled in, honesty read
 *   run.c         one evaluation in a fresh container
 *   evaluate.c    the three conditions, and how often
 *   leaks.c       the same for a person, of what is accepted
 *   controls.c    the image read for the fix, and the tests with their files empty
 *   junit.c       JUnit XML -> test results
 *   textlog.c     what the log says of the tests, beside the report
 *   sort_tests.c  what each test did over all runs: F2P, P2P, broken, flaky, moved …
 *   judge.c       the acceptance contract (DESIGN 5), a pure function of the runs
 *   journal.c     journal.jsonl, phases and their times
 *   signals*.c    hints at what a task is worth (signals.h)
 *   funnel.c      how far environments came, counted (funnel.h)
 *   trial.c       which stored logs a rule would match (trial.h)
 *   files.c       the files of a synthesis folder (ARCHITECTURE.md)
 *
 * A stage blocks its thread for minutes and is ended early by job->stop, which leaves a state
 * from which the same call goes on. Follows OpenSWE section 3.
 */
#ifndef BOTTEGA_PIPELINE_H
#define BOTTEGA_PIPELINE_H

#include "agents/agent.h"
#include "config/config.h"
#include "container/container.h"
#include "formats/formats.h"

/* Told of each phase that begins. */
typedef void (*job_phase_fn)(void *payload, int round, enum phase phase);

/* What a person asks of an instance that has rounds. `from_round` alone: that round and those
 * after it are put aside (aside/<ticket>/) and made anew. With texts: they are tried as a new
 * round, the rest as the round `from_round` (0: the last) has it, and the rules do not go on. */
struct asked {
    const char *ticket; /* names the asking, safe in a path: the same one goes on after a kill */
    int from_round;
    const char *dockerfile, *script, *lock; /* texts; NULL: as they are */
};

struct job_context {
    const struct workspace *ws;
    const struct engine *engine;
    const char *run;           /* "first" */
    const char *agent;         /* "rules" */
    const struct asked *asked; /* NULL: nothing but to bring it to its end */
    const struct cancel *stop;
    job_phase_fn on_phase; /* may be NULL */
    void *payload;
};

struct job_result {
    char state[12];         /* "accepted" "rejected" "failed" "error" */
    char failure_class[24]; /* "" when accepted */
    char *reason;
    double seconds;
    int64_t round, f2p, p2p;
};
void job_result_release(struct job_result *r);

/* Brings one instance to its end in job->run, or does what job->asked says. Finished before and
 * nothing asked: answers from status.json. What a person tried changes an accepted environment
 * only when it is accepted too. Returns 0 with a result whatever the verdict; E_CANCELLED leaves a
 * resumable folder; other errors are of the workspace itself (E_IO, E_DISK, E_NOTFOUND: no such
 * task). */
WARN_UNUSED int synthesize_instance(struct job_context *job, const char *instance_id,
                                    struct job_result *out, struct error *err);

/* Builds what job->run accepted again, without any layer of before, runs it as often and judges
 * it: the result is "accepted" only when the same tests are F2P. Everything is kept in
 * verify-<n>/, and status.json counts `verified` or `verify_failed`. Errors that say nothing of
 * the environment (E_ENGINE, E_NETWORK, E_DISK, E_CANCELLED) count nothing. */
WARN_UNUSED int verify_instance(struct job_context *job, const char *instance_id,
                                struct job_result *out, struct error *err);

/* What a solver could learn the fix from, or a script that does not say what the tests say. */
struct leak {
    char *kind;  /* audit.sh's kinds, "script" "empty-fix" "reversed-fix" "gutted-tests" */
    char *where; /* a file in the image, or of the environment */
    char *what;
    char *bytes; /* what stands there; "" when nothing can be shown */
};
struct leak_report {
    struct leak *v;
    size_t n;
};
void leak_report_release(struct leak_report *r);

/* Reads the script of an accepted environment and its image (built when it is not there), and runs
 * the tests without the fix, with the fix reversed where that applies, and with their files empty.
 * Nothing of the environment is changed. E_NOTFOUND: it is not accepted. */
WARN_UNUSED int leaks_instance(struct job_context *job, const char *instance_id,
                               struct leak_report *out, struct error *err);

/* Gives this terminal to a shell in the image of a round (0: as accepted or tried last), built
 * when it is not there, with the limits and without the network that an evaluation has; /bottega
 * holds eval.sh, fix.patch and test.patch. Returns when the person leaves, with its status. */
WARN_UNUSED int shell_instance(struct job_context *job, const char *instance_id, int round,
                               int *status, struct error *err);

/* What the judge of now says of what was run then. */
struct rejudgement {
    int round;      /* where the verdict stands */
    bool judged;    /* false: no test ran in it, so there is nothing to judge */
    bool changed;   /* the verdict, or the tests that it names */
    bool signals;   /* other ones than are written there: they count for no verdict */
    bool undecided; /* … but what was run is too little to say: nothing is written */
    struct {
        char state[12], failure_class[24];
        size_t f2p, p2p;
    } before, after;
    char *why;
};
void rejudgement_release(struct rejudgement *r);

/* Reads the logs and reports of the round that the verdict of an ended instance stands on, and
 * judges them again; nothing is run and nothing fetched. With `write` a change goes into
 * status.json and evaluation.json. What is accepted now and was not is "new" afterwards: its image
 * is to be built and looked at, which the next synthesis does without running the round again.
 * E_IO, E_PARSE, E_NEWER: a file that a judge needs is gone, torn or of later; nothing is
 * written. */
WARN_UNUSED int rejudge_instance(struct job_context *job, const char *instance_id, bool write,
                                 struct rejudgement *out, struct error *err);

#endif
