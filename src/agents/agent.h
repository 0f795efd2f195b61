/* agent.h: who decides how an environment is built (OpenSWE section 3: four agents).
 *
 *   file              what it does
 *   failure.c         the one table of failure classes: name, phase, sentence, next move
 *   findings.c        findings and plan: life cycle, JSON in and out
 *   evaluation.c      evaluation and analysis: life cycle, JSON in and out
 *   rules/            decides by rules and the playbook; no key, no model
 *
 * The loop (pipeline/synthesize) calls explore once and after guidance for it; then, each
 * round: lock (pipeline), dockerfile, build, evalscript, three conditions, judge (pipeline),
 * analyze. An agent never touches a container or the disk outside the mirror; it answers with
 * data and text, the pipeline acts. One agent serves one instance on one thread.
 */
#ifndef BOTTEGA_AGENT_H
#define BOTTEGA_AGENT_H

#include "base/base.h"
#include "formats/instance.h"

struct mirror; /* git/ */

/* ---- failure classes (DESIGN 3) ---- */

enum failure_class {
    FAIL_NONE,
    FAIL_PATCH_SPLIT,
    FAIL_PATCH_APPLY_TEST,
    FAIL_PATCH_APPLY_FIX,
    FAIL_FETCH,
    FAIL_BASE_IMAGE,
    FAIL_INTERPRETER,
    FAIL_RESOLVE,
    FAIL_SDIST_BUILD,
    FAIL_PROJECT_INSTALL,
    FAIL_IMPORT,
    FAIL_COLLECT,
    FAIL_NONE_COLLECTED,
    FAIL_PLUGIN_ARGS,
    FAIL_WRONG_COPY,
    FAIL_NO_F2P,
    FAIL_FIX_FAILS,
    FAIL_P2P_BROKEN,
    FAIL_FLAKY,
    FAIL_TIMEOUT,
    FAIL_OOM,
    FAIL_DISK,
    FAIL_ENGINE,
    FAIL_LEAK,
    FAIL_SCRIPT_DISHONEST,
    FAIL_NEEDS_NETWORK,
    FAIL_BUDGET,
    FAIL_CLASSES
};

enum phase {
    PHASE_FETCH,
    PHASE_EXPLORE,
    PHASE_IMAGE,
    PHASE_LOCK,
    PHASE_BUILD,
    PHASE_EVALUATE,
    PHASE_ANALYZE,
    PHASES
};

/* What the loop does when no playbook rule says otherwise. */
enum next_move { NEXT_STOP, NEXT_RETRY_SAME, NEXT_RUNG, NEXT_INTERPRETER, NEXT_ADD_PACKAGE };

struct failure_info {
    const char *name;  /* "sdist-build" */
    enum phase phase;  /* where it shows */
    const char *state; /* instance state that it leads to: "rejected" "failed" "error" */
    const char *text;  /* what a curator reads */
    enum next_move next;
};

const struct failure_info *failure_info(enum failure_class c); /* never NULL */
enum failure_class failure_by_name(const char *name);          /* FAIL_CLASSES: unknown */
const char *phase_name(enum phase p);

/* ---- findings: facts of the repository, and the plan that follows from them ---- */

/* Rungs of the install ladder, tried in this order (environments.md 3.5). */
enum rung { RUNG_EDITABLE, RUNG_NO_ISOLATION, RUNG_DEVELOP, RUNG_INSTALL, RUNG_PYTHONPATH, RUNGS };

/* Whether build requirements stand in the lock: the rung builds the project without isolation. */
bool rung_locks_build(enum rung r);
const char *rung_name(enum rung r);       /* "editable" "no-isolation" … */
enum rung rung_by_name(const char *name); /* RUNGS: unknown */

/* Everything that may change between rounds. The lock, the Dockerfile and the script are
 * functions of findings, so two equal plans give equal images. */
struct plan {
    char python[8]; /* "3.8" */
    enum rung rung;
    struct strv require;       /* what the lock resolves: "pytest", ".[test]" is expanded before;
                                  "." alone: the resolver must read the project's own metadata */
    struct strv constraint;    /* "setuptools<58": bounds for the lock */
    struct strv build_require; /* part of the lock when rung_locks_build(rung): "setuptools<58" */
    struct strv drop;          /* distribution names never installed; the project's own is one */
    struct strv apt;           /* Debian packages */
    struct strv prepare;       /* shell commands in the checkout before it is installed */
    struct strv newer;         /* packages whose versions of the time are gone: any date goes */
    struct strv without;       /* packages that leave the image when the project is installed */
    struct strv rebuild;       /* … before each run: the fix changes sources that are compiled */
    struct strv env;           /* "KEY=value" for build and evaluation */
    struct strv pytest_args;   /* "-o", "addopts=" */
    struct strv deselect;      /* test ids that fail under every condition */
    struct strv tried;         /* rules and moves taken so far, "rule:missing-module:yaml" */
    int date_slack_days;       /* how much younger than the base commit a package may be */
    bool network;              /* evaluation needs the network (the instance says so) */
};

struct findings {
    int64_t as_of;            /* committer date of the base commit, UTC seconds */
    char *dist_name;          /* the project's distribution name, normalised; "" unknown */
    char *version;            /* for setuptools_scm and kin, from git describe; "" unknown */
    char *backend;            /* "setuptools.build_meta", "poetry.core…", "legacy", "" none */
    char *runner;             /* "pytest" or "unittest" */
    struct strv packages;     /* top-level import names in the checkout */
    struct strv import_roots; /* "", "src": folders that hold them */
    struct strv manifests;    /* files read, in order */
    struct strv requires;     /* requirement lines with where they come from: "setup.cfg
                                 [test]\tpytest>=5" */
    struct strv pythons;      /* interpreters to try, best first */
    struct strv test_files;   /* files of the test patch that the runner is given */
    struct strv notes;        /* sentences for the curator: what was read, why chosen */
    bool has_project;         /* something installable stands at the root */
    bool has_submodules;
    struct plan plan;
};

void plan_init(struct plan *p);
void plan_release(struct plan *p);
void findings_init(struct findings *f);
void findings_release(struct findings *f);
json_t *findings_to_json(const struct findings *f); /* a new document */
/* Into an initialised `f`; E_NEWER when it is of a later format. */
WARN_UNUSED int findings_from_json(const json_t *doc, struct findings *f, struct error *err);

/* ---- evaluation: what was run and seen in one round ---- */

enum condition { COND_BASE, COND_TEST_ONLY, COND_TEST_WITH_FIX, CONDITIONS };
const char *condition_name(enum condition c); /* "base" "test_only" "test_with_fix" */

enum test_status {
    TEST_MISSING,
    TEST_PASSED,
    TEST_SKIPPED,
    TEST_XFAILED,
    TEST_FAILED,
    TEST_ERROR,
    TEST_STATUSES
};
const char *test_status_name(enum test_status s); /* "missing" "passed" … */

struct test_result {
    char *id; /* pytest node id as the XML gives it: "tests/test_a.py::TestX::test_y[1 2]" */
    enum test_status status; /* the worst of duplicates */
    char *message;           /* first line of the failure or skip reason; may be NULL */
    double seconds;          /* as the report says */
};

struct eval_run {
    enum condition condition;
    int k;         /* 1, 2, 3 */
    int exit_code; /* the container's own, from the engine */
    int marker;    /* OPENSWE_EXIT_CODE after the nonce; -1 absent */
    bool patched;  /* the patches applied */
    bool timed_out, oom;
    double seconds;
    char day[12];              /* "2026-11-23", when its report was written, UTC */
    char *log, *xml;           /* file names inside the round's folder */
    char *contradiction;       /* between the log and the report; NULL: none */
    struct test_result *tests; /* sorted by id */
    size_t n_tests;
};

struct clause {
    bool ok;
    char *why;
}; /* one of DESIGN 5's acceptance clauses */
enum { CLAUSES = 6 };

/* What is looked at once beside the runs, when these say yes: the image as it is, the F2P tests
 * alone again and again, and the tests with their files empty. */
enum unstable_how { UNSTABLE_ALONE, UNSTABLE_UNFIXED, UNSTABLE_OTHERS, UNSTABLE_HOWS };
struct controls {
    bool ran;
    int repeats;  /* of the F2P tests alone */
    int unstable; /* the first repeat in which one did what it may not; 0: none … */
    enum unstable_how unstable_how; /* … and what */
    int gutted_exit;                /* of the script with empty test files */
    int gutted_passes;              /* F2P tests that pass all the same */
    bool reversed;                  /* the fix can be taken away where it was never put … */
    int reversed_exit;              /* … and what the script then ends with */
    struct strv leaks;              /* "KIND\tWHERE\tWHAT\tBYTES", data/images/audit.sh */
    char *log;                      /* in the round's folder; NULL when not run */
};
void controls_clear(struct controls *c);
const char *unstable_text(enum unstable_how how); /* "run without the others, an F2P test fails" */

struct evaluation {
    int round;
    enum phase reached; /* the phase that ended the round */
    char *failed_log;   /* log of the step that failed before evaluation; NULL when none */
    enum failure_class
        failed; /* set by the pipeline when it knows: fetch, timeout, oom, disk, engine */
    char *failed_why;
    struct eval_run *runs;
    size_t n_runs;
    struct strv f2p, p2p;   /* ids */
    struct strv broken;     /* P2P that failed or went missing with the fix */
    struct strv unfixed;    /* failed test_only and still fail with the fix */
    struct strv flaky;      /* differ between repeats */
    struct strv moved;      /* parametrised, and named otherwise in another run; all pass */
    struct strv deselected; /* fail under every condition */
    struct controls controls;
    struct clause clauses[CLAUSES];
    json_t *signals;            /* pipeline/signals.h; NULL: not counted */
    bool accepted;              /* all clauses hold */
    enum failure_class verdict; /* FAIL_NONE when accepted */
    char *reason;               /* one sentence */
    const char *dir;            /* the round's folder; borrowed */
};

void eval_run_release(struct eval_run *r);
void evaluation_init(struct evaluation *e);
void evaluation_release(struct evaluation *e);
json_t *evaluation_to_json(const struct evaluation *e);
/* What was run, into an initialised `e`: the tests are in the runs' reports, and the lists and
 * the verdict are the judge's to say again. */
WARN_UNUSED int evaluation_from_json(const json_t *doc, struct evaluation *e, struct error *err);

/* ---- analysis: what the last agent makes of it ---- */

struct analysis {
    bool is_finish; /* no more rounds */
    bool solvable;  /* … because it was accepted */
    enum failure_class class;
    char *reason; /* one sentence, for status.json */
    char *log;    /* "build.log": where the evidence stands, in the round's folder */
    int64_t line; /* 1-based; 0 unknown */
    char *rule;   /* the playbook rule or built-in move that fired; "" none */
    char *remedy; /* "require pytest-mock", "rung no-isolation"; "" none */
    bool again_explore, again_dockerfile, again_evalscript; /* who gets guidance */
};

void analysis_init(struct analysis *a);
void analysis_release(struct analysis *a);
void analysis_say(char **field, char *text); /* one of its texts; takes `text` */
json_t *analysis_to_json(const struct analysis *a);

/* ---- the agent itself ---- */

struct request {
    struct mirror *mirror;
    const struct analysis *guidance; /* NULL at first */
};
struct feedback {
    const struct analysis *last; /* NULL in round 1 */
    int round;
    bool cache_mounts; /* the engine builds with BuildKit: RUN --mount=type=cache is fine */
};

struct agent {
    const char *name; /* "rules" */
    /* Reads the repository at the base commit. Fills findings and the first plan. */
    int (*explore)(struct agent *a, const struct instance *in, const struct request *rq,
                   struct findings *out, struct error *err);
    /* The text of the Dockerfile for findings->plan; the lock stands beside it. */
    int (*dockerfile)(struct agent *a, const struct findings *f, const struct feedback *fb,
                      struct str *out, struct error *err);
    /* The skeleton: like eval.sh, with "[CONTENT OF TEST PATCH]" in the heredoc. */
    int (*evalscript)(struct agent *a, const struct findings *f, const struct feedback *fb,
                      struct str *out, struct error *err);
    /* Reads the round's logs (folder ev->dir), changes f->plan for the next round. */
    int (*analyze)(struct agent *a, const struct evaluation *ev, struct findings *f,
                   struct analysis *out, struct error *err);
    void (*free)(struct agent *a);
};

/* The rule-based agent; `playbook_dir`, a workspace, may have a playbook.conf (NULL: none). */
WARN_UNUSED int agent_rules_new(const char *playbook_dir, struct agent **out, struct error *err);

#endif
