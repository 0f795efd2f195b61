/* command.h: the command line: one table row and one file per verb.
 *
 *   file          what it does
 *   command.c     the table of verbs; finds, opens what a verb needs, runs, maps errors to exits
 *   args.c        reads options by a table: --long VALUE, --long=VALUE, -x, NAME…
 *   maybe.c       a workspace if there is one, for verbs that work anywhere
 *   cmd_<verb>.c  one verb each; ends in nothing, is listed in command.c
 *
 * stdout carries results, stderr progress and errors. Exit: 0 all well, 1 some items failed,
 * 2 the command was wrong, 3 something it needs is missing, 130 cancelled (DESIGN 9).
 */
#ifndef BOTTEGA_COMMAND_H
#define BOTTEGA_COMMAND_H

#include "base/base.h"
#include "config/config.h"

enum {
    EXIT_ALL_WELL = 0,
    EXIT_SOME_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_MISSING = 3,
    EXIT_CANCELLED = 130
};

/* What a verb gets. Everything is borrowed and lives until it returns. */
struct invocation {
    const char *dir;             /* of -C; "." without */
    struct strv overrides;       /* of -c */
    struct workspace *workspace; /* NULL unless the row says NEEDS_WORKSPACE */
    struct cancel *stop;         /* raised by Ctrl-C */
    bool quiet;                  /* -q */
    bool json;                   /* --json */
    const struct args *args;
};

enum option_kind { ARG_FLAG, ARG_VALUE };

/* One row per option of a verb; `bottega help VERB` and completion read it. */
struct arg_def {
    const char *name; /* "jobs" for --jobs */
    char letter;      /* 0: none */
    enum option_kind kind;
    const char *value; /* what the value is called: "N" */
    const char *help;
};

struct args {
    struct map values; /* name -> char *; a flag has "" */
    struct strv names; /* what stood without an option */
};

void args_release(struct args *a);
/* Parses argv[0..argc) by `defs` (ended by a row without name) and the options that every
 * verb has (--json, -q, --help). */
WARN_UNUSED int args_parse(struct args *a, const struct arg_def *defs, int argc, char **argv,
                           struct error *err);
bool args_flag(const struct args *a, const char *name);
const char *args_text(const struct args *a, const char *name, const char *fallback);
/* A whole number of at least `least`; E_USAGE names the option. */
WARN_UNUSED int args_int(const struct args *a, const char *name, int64_t least, int64_t *out,
                         struct error *err);

enum command_flags { NEEDS_WORKSPACE = 1, HIDDEN = 2 };

struct command {
    const char *name;
    unsigned flags;
    const char *usage;          /* "FILE…" */
    const char *summary;        /* one sentence for `bottega help` */
    const struct arg_def *args; /* may be NULL */
    /* Returns an exit code >= 0, or a negative error class with `err` filled. */
    int (*run)(struct invocation *inv, struct error *err);
};

/* The table, ended by a row without name. */
extern const struct command commands[];
const struct command *command_find(const char *name);
/* Prints usage, summary and options of one verb. */
void command_print_help(const struct command *c);

/* argv as main gets it; returns the exit code. */
int command_main(int argc, char **argv);

/* Opens the workspace at -C when there is one; else fills only ws->config (the user's file,
 * overrides) and leaves ws->root NULL. For verbs that work anywhere. */
WARN_UNUSED int workspace_open_maybe(const struct invocation *inv, struct workspace *ws,
                                     struct error *err);

/* The verbs, one per file. */
extern const struct arg_def batch_args[];
extern const struct arg_def check_args[];
extern const struct arg_def gc_args[];
extern const struct arg_def image_args[];
extern const struct arg_def import_args[];
extern const struct arg_def list_args[];
extern const struct arg_def mirror_args[];
extern const struct arg_def playbook_args[];
extern const struct arg_def reindex_args[];
extern const struct arg_def report_args[];
extern const struct arg_def review_args[];
extern const struct arg_def search_args[];
extern const struct arg_def show_args[];
extern const struct arg_def supervisor_args[];
extern const struct arg_def ui_args[];
extern const struct arg_def synthesize_args[];
extern const struct arg_def verify_args[];
extern const struct arg_def worker_args[];
int cmd_batch(struct invocation *inv, struct error *err);
int cmd_check(struct invocation *inv, struct error *err);
int cmd_doctor(struct invocation *inv, struct error *err);
int cmd_gc(struct invocation *inv, struct error *err);
int cmd_help(struct invocation *inv, struct error *err);
int cmd_image(struct invocation *inv, struct error *err);
int cmd_import(struct invocation *inv, struct error *err);
int cmd_init(struct invocation *inv, struct error *err);
int cmd_list(struct invocation *inv, struct error *err);
int cmd_mirror(struct invocation *inv, struct error *err);
int cmd_playbook(struct invocation *inv, struct error *err);
int cmd_reindex(struct invocation *inv, struct error *err);
int cmd_report(struct invocation *inv, struct error *err);
int cmd_review(struct invocation *inv, struct error *err);
int cmd_search(struct invocation *inv, struct error *err);
int cmd_show(struct invocation *inv, struct error *err);
int cmd_supervisor(struct invocation *inv, struct error *err);
int cmd_synthesize(struct invocation *inv, struct error *err);
int cmd_ui(struct invocation *inv, struct error *err);
int cmd_verify(struct invocation *inv, struct error *err);
int cmd_worker(struct invocation *inv, struct error *err);

#endif
