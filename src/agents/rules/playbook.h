/* playbook.h: rules as data: pattern -> failure class -> remedy.
 *
 *   file               what it does
 *   playbook.c         what of a playbook matches a log, and the remedy that follows
 *   playbook_load.c    reads <workspace>/playbook.conf, then data/playbook/python.conf
 *   playbook_write.c   a rule as text: a draft from an error line, one more of the workspace's own
 *
 * The workspace's own rules stand before the shipped ones; one of the name of a shipped rule stands
 * in its place. What is wrong in a file is told with file and line. A playbook is constant once it
 * is loaded, but for its patterns, which one thread at a time may match.
 */
#ifndef BOTTEGA_PLAYBOOK_H
#define BOTTEGA_PLAYBOOK_H

#include "agents/agent.h"

struct rx;

struct rule {
    char *name;
    struct strv patterns; /* as texts, in the order of `compiled` */
    struct rx **compiled;
    struct strv remedies; /* taken in order, each at most once per filled-in text */
    enum phase phase;     /* PHASES: any */
    enum failure_class class;
    const char *file; /* "playbook.conf" or "python.conf"; borrowed from the playbook */
    size_t line;      /* of its first entry, from 1 */
    bool own;         /* it stands in the workspace's file */
};

struct playbook {
    struct rule *rules; /* in the order of the files: the specific ones first */
    size_t n;
    struct map tables; /* "module.yaml" -> "pyyaml" */
    struct strv files; /* that it was read from */
    char *own_path;    /* where rules of the workspace's own go; NULL: no workspace */
};

/* `workspace_dir` may be NULL: the shipped rules alone. E_USAGE: "FILE:LINE: what is wrong". */
WARN_UNUSED int playbook_load(const char *workspace_dir, struct playbook **out, struct error *err);
/* The rules of one file alone, with the tables of the whole playbook: to try them. */
WARN_UNUSED int playbook_load_draft(const char *workspace_dir, const char *path,
                                    struct playbook **out, struct error *err);
/* The rule `name` alone, with all tables. E_USAGE: there is none. */
WARN_UNUSED int playbook_load_one(const char *workspace_dir, const char *name,
                                  struct playbook **out, struct error *err);
void playbook_free(struct playbook *p);
const struct rule *playbook_rule(const struct playbook *p, const char *name); /* NULL: none */

/* What [module "yaml"] says: "pyyaml"; "": nothing to install; NULL: not known. Borrowed. */
const char *playbook_name(const struct playbook *p, const char *table, const char *name);
/* Distributions that no test needs: linters, formatters, documentation, publishing. */
bool playbook_is_tool(const struct playbook *p, const char *dist);

/* ---- logs ---- */

/* A log of any size: whole, or its first 128 KiB and its last 512 KiB. */
struct log {
    struct str text;
    size_t gap_at;     /* where the middle is left out; 0: it is whole */
    int64_t gap_lines; /* lines left out */
};
void log_read(const char *dir, const char *name, struct log *out); /* empty when missing */
void log_release(struct log *l);
int64_t log_line(const struct log *l, size_t at); /* 1-based, in the file */

struct playbook_hit {
    const char *rule;
    enum failure_class class;
    char *remedy; /* with the match filled in: "require pyyaml" */
    int64_t line;
    char *words; /* what matched, for a reason */
};
/* The most specific rule that matches near the end of `log` and whose remedy is not in `tried`.
 * False when none is left. */
bool playbook_find(const struct playbook *p, enum phase phase, const struct log *log,
                   const struct findings *f, struct playbook_hit *out);
void playbook_hit_release(struct playbook_hit *h);

/* ---- rules as text ---- */

/* A pattern of the signature of an error line: its placeholders become patterns, all else stands
 * for itself. */
void pattern_of_signature(struct str *out, const char *signature);
/* A whole draft: a rule of that signature, class and phase, its remedy to be chosen. */
void rule_draft_add(struct str *out, const char *signature, const char *failure_class,
                    const char *phase);
/* The rule as it would stand in a file. */
void rule_add_text(const struct rule *r, struct str *out);
/* Puts the rules of the file `path` in front of the workspace's own; those of the same name go.
 * Their names are added to `names`. E_USAGE: what is wrong in it; nothing is written then. */
WARN_UNUSED int playbook_add(const char *workspace_dir, const char *path, struct strv *names,
                             struct error *err);

#endif
