/* pipeline.h: what happens to an instance: one file per stage, in the papers' order.
 *
 *   file          what it does
 *   synthesize.c  the loop: explore, lock, Dockerfile, build, script, evaluate, judge, analyze
 *   patches.c     the fix and the tests, from the mirror where it can
 *   lock.c        requirements -> requirements.lock, resolved in the base image as of the date
 *   build.c       the context as a tar stream, the image
 *   script.c      the evaluation script: patch filled in, honesty read
 *   run.c         one evaluation in a fresh container
 *   evaluate.c    the three conditions, and how often
 *   junit.c       JUnit XML -> test results
 *   judge.c       the acceptance contract (DESIGN 5), a pure function of the runs
 *   journal.c     journal.jsonl, phases and their times
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

struct job_context {
    const struct workspace *ws;
    const struct engine *engine;
    const char *run;   /* "first" */
    const char *agent; /* "rules" */
    const struct cancel *stop;
    job_phase_fn on_phase; /* may be NULL */
    void *payload;
};

struct job_result {
    char state[12];         /* "accepted" "rejected" "failed" "error" */
    char failure_class[24]; /* "" when accepted */
    char *reason;
    double seconds;
    int64_t f2p, p2p;
};
void job_result_release(struct job_result *r);

/* Brings one instance to its end in job->run. Finished before: answers from status.json. Returns
 * 0 with a result whatever the verdict; E_CANCELLED leaves a resumable folder; other errors are of
 * the workspace itself (E_IO, E_DISK, E_NOTFOUND: no such task). */
WARN_UNUSED int synthesize_instance(struct job_context *job, const char *instance_id,
                                    struct job_result *out, struct error *err);

#endif
