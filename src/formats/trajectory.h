/* trajectory.h: one model for the trajectories of every agent.
 *
 *   file            what it does
 *   json_scan.c     a place in a JSON text that moves without parsing (json_index.cc: simdjson)
 *   source.c        a file as documents: whole, a line each, members of an archive
 *   traj_formats.c  the table of formats: how each is known, and where it keeps what
 *   traj_sniff.c    which format a document is, by its keys
 *   traj_walk.c     paths of a document -> rules of the table
 *   traj_read.c     a document -> attempts with their steps
 *   traj_step.c     a step's bytes -> what was said, done and seen
 *   traj_verdict.c  harness reports, summaries and predictions
 *
 * A run has instances, an instance attempts, an attempt steps. Nothing is copied: a step is a
 * place (offset, length) in its document, 16 bytes in the index, and its text is read when
 * somebody looks. A step is what the file has as one: a message, an event, or an action with its
 * observation; `kind` and `flags` say which. Formats and versions: anchors/trajectories.md A1-A10.
 *
 * Everything read here is hostile: texts are bytes, names are not paths, numbers may be anything.
 */
#ifndef BOTTEGA_TRAJECTORY_H
#define BOTTEGA_TRAJECTORY_H

#include "formats/flags.h"
#include "formats/json_scan.h"

/* ---- steps ---- */

enum step_kind {
    STEP_SYSTEM,
    STEP_USER,
    STEP_ASSISTANT,   /* a turn of the model; with its observation where the format has one step */
    STEP_OBSERVATION, /* what a tool or the environment answered */
    STEP_EVENT,       /* of the scaffold: state changes, condensations, errors */
    STEP_EXIT,        /* how it ended */
    STEP_KINDS
};
const char *step_kind_name(enum step_kind k); /* "system" "user" "assistant" … */

enum step_flags {
    STEP_ERROR = 1,   /* the action failed: exit status, error flag, error event */
    STEP_FORMAT = 2,  /* the reply could not be read as an action */
    STEP_EDIT = 4,    /* a file was changed */
    STEP_SUBMIT = 8,  /* the patch was handed in */
    STEP_DEMO = 16,   /* a demonstration: counts nowhere */
    STEP_COPIED = 32, /* copied from an earlier segment: counts once */
    STEP_ACTION = 64, /* a command or tool call */
    STEP_REASONING = 128,
    STEP_MASKED = 256, /* the file itself says: no loss on this turn */
    STEP_BRANCH = 512, /* of a tree: does not follow the step before it */
};

struct step {
    uint32_t offset, length; /* in the document; in its inner text where the attempt has one */
    uint32_t tokens;         /* completion tokens, 0 unknown */
    uint16_t flags;
    uint8_t kind;
    int8_t exit; /* -1 unknown, 127 for more */
};
_Static_assert(sizeof(struct step) == 16, "a step is 16 bytes in the index");

struct step_vec {
    struct step *v;
    size_t n, cap;
};

/* ---- attempts ---- */

/* How an attempt stands; a verdict of a harness is worth more than the agent's own words. */
enum outcome {
    OUTCOME_UNKNOWN,    /* nobody graded it */
    OUTCOME_RUNNING,    /* the file ends before the run does */
    OUTCOME_NO_PATCH,   /* it ended without a change */
    OUTCOME_UNRESOLVED, /* graded: no */
    OUTCOME_PARTIAL,    /* graded: some of the tests */
    OUTCOME_RESOLVED,   /* graded: yes */
    OUTCOME_EVAL_ERROR, /* the grader could not say: no report, patch did not apply, time-out */
    OUTCOME_INFRA,      /* the grader blames the machine */
    OUTCOMES
};
const char *outcome_name(enum outcome o); /* "unknown" "resolved" "eval-error" … */
enum outcome outcome_by_name(const char *name);

struct traj_format;

/* Strings are owned; "" when the file does not say. */
struct attempt {
    const struct traj_format *format;
    char *instance_id, *run, *scaffold, *model, *exit_status, *trajectory_id;
    int64_t attempt; /* from 1; 0 unknown */
    enum outcome outcome;
    char *rule_flags;     /* "git-pull network", by the rules of flags.h; "" without a flagger */
    char *outcome_source; /* "report.resolved", a path of the document or a file */
    double cost_usd;
    int64_t tokens_in, tokens_out;      /* as the format counts them */
    int64_t offset, length;             /* the document in its file or member */
    int64_t inner_offset, inner_length; /* of the text in the document that holds the steps; 0, 0 */
    int64_t patch_offset, patch_length; /* the value in the document; length 0: none */
    int64_t files;                      /* files that the patch changes */
    int64_t turns;                      /* model turns that count */
    int64_t edits, errors;              /* steps so flagged */
    uint32_t flags;                     /* of all steps together */
    bool torn;                          /* read as far as it goes */
    struct step_vec steps;
};
void attempt_init(struct attempt *a);
void attempt_release(struct attempt *a);
/* Into one that was not initialised. */
void attempt_copy(struct attempt *to, const struct attempt *from);

/* ---- formats ---- */

/* What a path of a document or a step holds. */
enum traj_field {
    T_NONE,
    /* of a document */
    T_INSTANCE,
    T_RUN,
    T_SCAFFOLD,
    T_MODEL,
    T_EXIT_STATUS,
    T_ID,
    T_ATTEMPT,
    T_RESOLVED,
    T_UNGRADED, /* true: the grader could not say */
    T_PATCH,
    T_COST,
    T_TOKENS_IN,
    T_TOKENS_OUT,
    T_STEP,
    T_HISTORY,
    T_INNER,
    T_NESTED,
    T_RUN_ERROR,
    T_CONFIG,
    /* of a step */
    S_ROLE,
    S_TEXT,
    S_THOUGHT,
    S_REASONING,
    S_TOOL,
    S_COMMAND,
    S_ARGUMENTS,
    S_OBSERVATION,
    S_EXIT,
    S_FAILED,
    S_ANSWER,
    S_EVENT,
    S_FORMAT,
    S_DEMO,
    S_COPIED,
    S_MASK,
    S_TOKENS,
    S_SECONDS,
    S_PATH,
    S_PARENT,
    S_NODE
};

struct path_rule {
    const char *path; /* "info.exit_status", "history[]", "[]" */
    enum traj_field field;
};

struct traj_format {
    const char *name; /* "swe-agent" */
    const char *help; /* one line */
    const char *keys; /* all must be there, " "-separated; "a|b": one of them */
    const char *not_keys;
    const char *shape; /* "object", "array" (keys are of its first item), "lines" */
    const struct path_rule *document, *step; /* ended by a NULL path */
    bool user_answers;                       /* after the first reply a "user" is the environment */
    const char *scaffold;                    /* when the file does not say; may be "" */
};

/* The table, ended by a row without name. */
extern const struct traj_format traj_formats[];
const struct traj_format *traj_format_by_name(const char *name);
/* By content. NULL: none of them. `lines`: the text is a file of which each line is a value. */
const struct traj_format *traj_sniff(const struct json_scan *scan, bool lines);

/* Calls `fn` for each value of the text whose path has a rule. A return other than 0 ends it. */
struct traj_hit {
    enum traj_field field;
    struct json_span value;
    struct json_at at; /* before the value */
};
typedef int (*traj_hit_fn)(void *payload, const struct traj_hit *hit);
/* Over the value that stands at `at`. */
int traj_walk(struct json_at at, const struct path_rule *rules, traj_hit_fn fn, void *payload);

/* ---- a document read ---- */

/* Where a document stands. */
struct document {
    const char *text;
    size_t len;
    int64_t offset;     /* in its file or member */
    const char *path;   /* of the file */
    const char *member; /* inside an archive; NULL */
    bool lines;         /* a file of lines read as one document */
};

typedef int (*attempt_fn)(void *payload, const struct attempt *a, struct error *err);
/* What a thread needs to read documents; may be used for any number of them. */
struct traj_reader {
    struct json_scan scan, inner_scan;
    struct str inner;
    struct flagger *flagger; /* borrowed; NULL: no rules are applied */
};
void traj_reader_init(struct traj_reader *r);
void traj_reader_release(struct traj_reader *r);
/* Reads the attempts of a document (of one: a retry run or a log of samples has several) that is
 * open in r->scan. Names that it does not say come from the path. */
WARN_UNUSED int traj_read(struct traj_reader *r, const struct traj_format *f,
                          const struct document *doc, attempt_fn fn, void *payload,
                          struct error *err);

/* ---- a step read ---- */

struct step_body {
    struct str role, text, thought, reasoning, tool, command, observation, path;
    int exit; /* -1 unknown */
    double seconds;
};
void step_body_init(struct step_body *b);
void step_body_release(struct step_body *b);
/* `raw` is the step's bytes. At most `most` bytes of each text; SIZE_MAX: all. */
WARN_UNUSED int step_read(const struct traj_format *f, const char *raw, size_t len, size_t most,
                          struct step_body *out, struct error *err);

/* ---- documents of a file ---- */

/* Calls `fn` for each document of a file: JSON lines one by one unless the whole file is one
 * trajectory, members of archives, what .gz and .zst hold. Archives are read in memory, never
 * unpacked on disk. A return other than 0 ends it and is returned. */
typedef int (*document_fn)(void *payload, const struct document *doc, struct error *err);
WARN_UNUSED int source_each(const char *path, const struct cancel *stop, document_fn fn,
                            void *payload, struct error *err);
/* Appends the bytes of one document, found again. */
WARN_UNUSED int source_read(const char *path, const char *member, int64_t offset, int64_t length,
                            struct str *out, struct error *err);

#endif
