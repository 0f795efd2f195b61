/* rules.h: the rule-based agent, inside.
 *
 *   file          what it does
 *   agent.c       the agent's table of functions
 *   explore.c     reads the repository: facts, first plan
 *   project.h     what a repository says about itself, in parts
 *   read.h        readers of packaging files: TOML, INI, Python, requirements
 *   dockerfile.c  the Dockerfile of a plan
 *   evalscript.c  the evaluation script of a plan
 *   playbook.h    the rules of data/playbook and of the workspace: pattern -> class, remedy
 *   analyze.c     reads a round's logs, takes the next move
 *   remedy.c      carries a remedy into the plan
 *   log.c         logs of any size, bounded
 */
#ifndef BOTTEGA_RULES_H
#define BOTTEGA_RULES_H

#include "agents/agent.h"
#include "agents/rules/playbook.h"
#include "agents/rules/read.h"
#include "git/git.h"

/* ---- interpreter.c ---- */

/* 308 for "3.8". */
int python_number(const char *version);

/* ---- remedy.c ---- */

/* Carries one remedy into the plan and remembers it; false when it changes nothing. */
bool remedy_apply(struct findings *f, const char *remedy);
bool remedy_tried(const struct findings *f, const char *remedy);
bool remedy_is_known(const char *remedy); /* its verb is one of ours */
bool move_rung(struct findings *f, const char *word);
bool move_python(struct findings *f, const char *word);

/* ---- the agent ---- */

/* The furthest that a round came: what the curator is told when the moves run out. */
struct best_try {
    enum failure_class class;
    char *reason, *log; /* log: "round-2/build.log" */
    int64_t line;
    bool judged; /* it ran, and the contract said no */
};

struct rules_agent {
    struct agent base;
    struct playbook *playbook;
    struct best_try best;
    int verdict_moves; /* interpreters tried after a verdict */
    struct strv
        wider; /* test modules that use what the test patch changed: run when no test tells */
};

int rules_explore(struct agent *a, const struct instance *in, const struct request *rq,
                  struct findings *out, struct error *err);
int rules_dockerfile(struct agent *a, const struct findings *f, const struct feedback *fb,
                     struct str *out, struct error *err);
int rules_evalscript(struct agent *a, const struct findings *f, const struct feedback *fb,
                     struct str *out, struct error *err);
int rules_analyze(struct agent *a, const struct evaluation *ev, struct findings *f,
                  struct analysis *out, struct error *err);

#endif
