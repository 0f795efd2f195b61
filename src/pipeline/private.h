/* private.h: what the files of pipeline/ share. One synthesis lives on one thread. */
#ifndef BOTTEGA_PIPELINE_PRIVATE_H
#define BOTTEGA_PIPELINE_PRIVATE_H

#include "git/git.h"
#include "pipeline/pipeline.h"

/* One instance on its way. */
struct synthesis {
    struct job_context *job;
    struct instance in;
    struct mirror *mirror;
    struct agent *agent;
    struct findings findings;
    char *dir;       /* runs/<run>/<repo>/<id> */
    char *round_dir; /* …/round-<n> */
    int round;
    bool checking;     /* the controls leave the repeats out: what they find is asked for */
    bool verifying;    /* round_dir is verify-<n>: all is built anew and journaled there */
    json_t *hand;      /* hand.json of a round by hand; NULL: the agent makes the texts … */
    json_t *plain;     /* the findings before a recipe changed them */
    json_t *recipe;    /* that the first round took; NULL: none */
    bool in_recipe;    /* the plan is still that one's … */
    int recipe_rounds; /* … or it was given up after so many rounds, … */
    int64_t recipe_ms; /* … and so much time, which do not count */
    bool has_lock, has_dockerfile, has_skeleton; /* … but those that are there already */
    int64_t started;                             /* UTC seconds */
    int64_t begin_ms;                            /* monotonic */
    struct str base;                             /* "bottega-python:3.8" */
    struct str lock, dockerfile, skeleton, script;
    char *tag;         /* of the image of this round */
    struct strv built; /* tags that this job has made */
    int64_t image_size;
    char *image_id;
    double phase_seconds[PHASES];
    int64_t phase_began;
};

/* job.c: the start and the end that synthesize and verify share. */
WARN_UNUSED int synthesis_init(struct synthesis *s, struct job_context *job,
                               const char *instance_id, struct error *err);
void synthesis_release(struct synthesis *s); /* also after a failed synthesis_init */
WARN_UNUSED int synthesis_sweep(struct synthesis *s, struct error *err);
WARN_UNUSED int synthesis_fetch(struct synthesis *s, struct error *err); /* mirror and patches */
WARN_UNUSED int status_read(const struct synthesis *s, json_t **doc, struct error *err);
void job_result_set(struct job_result *out, const char *state, const char *class,
                    const char *reason);
void job_result_read(struct job_result *out, const json_t *status);
/* What a failure in phase `p` means for the instance, and whether it means nothing for it. */
enum failure_class class_of_error(int rc, enum phase p);
bool is_infrastructure(int rc);

/* round.c: one round, from the base image to the analysis; both files of it are written. `*at` is
 * the phase of an error. */
WARN_UNUSED int round_run(struct synthesis *s, struct evaluation *ev, struct analysis *a,
                          enum phase *at, struct error *err);
/* The end of a round: what its runs say, and what is to change. Writes nothing. */
WARN_UNUSED int round_analyze(struct synthesis *s, struct evaluation *ev, struct analysis *a,
                              struct error *err);
WARN_UNUSED int base_image(struct synthesis *s, struct error *err);

/* resume.c: what a worker that ended early leaves is taken up. A finished round is not run again:
 * its files are read and its analysis made anew, so that the agent knows what it knew. */
WARN_UNUSED int resume(struct synthesis *s, const json_t *status, struct error *err);
bool round_is_finished(const struct synthesis *s);
WARN_UNUSED int round_replay(struct synthesis *s, struct evaluation *ev, struct analysis *a,
                             enum phase *at, struct error *err);

/* The documents and texts of s->round_dir, without the reports; `doc` is evaluation.json as it
 * stands, the caller's also after an error. */
WARN_UNUSED int round_read(struct synthesis *s, struct evaluation *ev, json_t **doc,
                           struct error *err);
/* Adds what the journal says of the phases before to s->phase_seconds. */
WARN_UNUSED int resume_seconds(struct synthesis *s, struct error *err);
/* Reads the texts that the folder s->round_dir has; the others are empty. */
void read_texts(struct synthesis *s);

/* aside.c: puts the rounds from job->asked->from_round on into aside/<ticket>/, with status.json
 * and the final files as they were, and says "running". Again after a kill: goes on; once done:
 * does nothing. */
WARN_UNUSED int put_aside(struct synthesis *s, struct error *err);
/* The highest number of a round; 0: none. */
WARN_UNUSED int last_round(const struct synthesis *s, int *n, struct error *err);

/* recipe.c: takes the nearest recipe into the first plan, or the one that round 1 had. */
void recipe_begin(struct synthesis *s);
/* The round was not accepted: says why, and goes back to the plain plan. */
WARN_UNUSED int recipe_give_up(struct synthesis *s, const struct evaluation *ev, struct analysis *a,
                               struct error *err);
/* Remembers the plan that was accepted. */
WARN_UNUSED int recipe_keep(const struct synthesis *s, struct error *err);

/* hand.c */
void hand_settle(struct analysis *a); /* the round is the last one, and no rule fired */
bool round_is_by_hand(const struct synthesis *s);
void python_of_dockerfile(struct synthesis *s);
/* What is asked as a new round. The result is of this try, whatever the environment stays. */
WARN_UNUSED int hand_try(struct synthesis *s, const json_t *status, struct job_result *out,
                         struct error *err);

/* journal.c */
void phase_begin(struct synthesis *s, enum phase p);
void phase_end(struct synthesis *s, enum phase p, bool ok);

/* files.c */
char *round_path(const struct synthesis *s, const char *name);
WARN_UNUSED int write_round(const struct synthesis *s, const char *name, const struct str *text,
                            struct error *err);
WARN_UNUSED int write_round_json(const struct synthesis *s, const char *name, json_t *doc,
                                 struct error *err); /* takes `doc` */
WARN_UNUSED int write_status(struct synthesis *s, const char *state, const struct evaluation *ev,
                             const struct analysis *a, struct error *err);
/* image.json is the accepted image's alone: it keeps it from `gc`. */
WARN_UNUSED int write_final(struct synthesis *s, bool accepted, struct error *err);

/* patches.c */
WARN_UNUSED int patches_settle(struct synthesis *s, struct error *err);

/* The first file that a fix creates and that a test runner or interpreter reads by itself; NULL
 * when there is none. */
char *runner_file_new(const struct str *fix);

/* lock.c: whether a log says that the index could not be reached. */
bool looks_like_network(const struct str *log);
/* lock.c: fills s->lock. E_FAIL: the requirements have no solution; lock.log says why. */
WARN_UNUSED int lock_resolve(struct synthesis *s, struct error *err);

/* build.c: the context on its way: the lock first, then the tree below repo/, one file a call. */
struct file_ref {
    char *path;
    enum entry_kind kind;
    unsigned char oid[20];
};
struct context {
    struct synthesis *s;
    struct file_ref *files;
    size_t n, cap, next;
    bool lock_done; /* true at first: no lock in it */
};
WARN_UNUSED int context_init(struct context *c, struct synthesis *s, struct error *err);
int context_next(void *payload, struct tar *tar, bool *done, struct error *err);
void context_release(struct context *c);

/* files.c: "bottega.workspace=…" and "bottega.job=<run>/<instance>" of all that this job makes in
 * the engine, so that what a killed worker leaves can be found. */
void job_labels(const struct synthesis *s, struct strv *out);

char *tag_new(const struct synthesis *s); /* build.c: by the Dockerfile, the lock and the base */
/* build.c: makes s->tag from s->dockerfile and s->lock. E_FAIL: a step failed; see build.log. */
WARN_UNUSED int build_image(struct synthesis *s, struct error *err);
/* `keep` is image.keep; `environment`: the image that the accepted round stands on. */
bool image_stays(const char *keep, bool accepted, bool environment);
/* Removes what this job has built, as image.keep says; `accepted`: s->tag is the environment. */
void images_drop(struct synthesis *s, bool accepted);

/* script.c */
/* Puts the mark where `test_patch` stands; false when neither is there. */
bool script_unfill(struct str *script, const struct str *test_patch);
size_t script_test_line(const struct str *script); /* where the line of the test command begins */
void script_fill(const struct str *skeleton, const struct str *test_patch, struct str *out);
/* NULL when the script's status is the tests' own, else what is wrong with it. `line` gets the line
 * that says so, nothing when one is missing; may be NULL. */
const char *script_dishonesty(const struct str *script, struct str *line);

/* run.c: one evaluation in a fresh container; the run is appended to `ev`. */
WARN_UNUSED int evaluate_once(struct synthesis *s, struct evaluation *ev, enum condition c, int k,
                              struct error *err);
/* Some builds write into files of the repository: where a patch does not apply, these are first
 * made again what the commit says. */
#define APPLY_FIX                                                                                  \
    "cd /testbed || exit 96\n"                                                                     \
    "if [ -s /bottega/fix.patch ] && ! git apply --whitespace=nowarn /bottega/fix.patch; then\n"   \
    "  git checkout -q -- . && git apply --whitespace=nowarn /bottega/fix.patch || exit 98\n"      \
    "fi\n"
/* What /bottega/run.sh in `dir` does in the image, read into r->log, r->xml and `r`. */
WARN_UNUSED int run_container(struct synthesis *s, const char *dir, struct eval_run *r,
                              struct run_result *res, struct error *err);
/* controls.c: looks for the fix in the image, and at the tests with their files empty. */
WARN_UNUSED int controls_run(struct synthesis *s, struct evaluation *ev, struct error *err);
/* What log and report of the controls say, for the F2P tests that `ev` has now. E_IO, E_PARSE. */
WARN_UNUSED int controls_read(const struct synthesis *s, struct evaluation *ev, struct error *err);
struct leak_report;
void leaks_of_controls(const struct controls *c, struct leak_report *out); /* appends */
/* The skeleton with steps before the test command that run /bottega/f2p alone and again, and empty
 * /bottega/targets. */
void script_gut(const struct str *script, const struct strv *pytest_args, struct str *out);
/* The lines of a fix that nobody else has written, and how many of them in one file tell; 0: none
 * is telling enough. */
int leak_lines(const struct str *patch, struct strv *out);
/* evaluate.c: as many runs as the verdict needs, in the order that fails soonest. */
WARN_UNUSED int evaluate(struct synthesis *s, struct evaluation *ev, struct error *err);

/* signals_base.c: what the task is worth, into ev->signals; nothing is judged by it. */
void signals_fill(struct synthesis *s, struct evaluation *ev);

void judge_now(struct synthesis *s, struct evaluation *ev); /* by the runs so far */

/* junit.c: reads an XML report into r->tests, sorted. */
WARN_UNUSED int junit_read(const char *path, struct eval_run *r, struct error *err);
/* What is another one in every run, an address or the hour, goes from an id; as junit_read does it.
 */
void blur_id(struct str *id, const char *day);
const struct test_result *run_find(const struct eval_run *r, const char *id);

/* textlog.c: whether pytest's summary in the log tells the same as the report; else `why`. No
 * summary agrees with everything. */
bool textlog_agrees(const struct str *log, const struct eval_run *r, struct str *why);

/* sort_tests.c: puts every test that ran into the list that it belongs to. */
void sort_tests(struct evaluation *ev);
bool test_is_bad(enum test_status s);
const struct eval_run *first_run(const struct evaluation *ev, enum condition c); /* NULL: none */

/* judge.c: fills the lists, clauses, verdict and reason from the runs; pure. */
struct judge_rules {
    int repeats;             /* runs of test_with_fix that were asked for */
    const char *dishonesty;  /* of the script; NULL: honest */
    const char *runner_file; /* that the fix brings and the test runner would read; NULL: none */
};
void judge(struct evaluation *ev, const struct judge_rules *rules);

#endif
