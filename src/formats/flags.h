/* flags.h: rules over what an agent did (data/playbook/trajectory.conf).
 *
 *   file          what it does
 *   flags.c       reads the rules
 *   flags_run.c   applies them to the actions of an attempt, while it is read or one by one
 *   flags_words.c which words a text has: a pattern without its words is not tried
 *
 * The rules are constant once read: any thread. A flagger belongs to one thread. While a file is
 * read only actions, edited paths and the end are looked at, never what tools answered; so rules
 * cost little. Follows OpenSWE 3.10 (trajectories with `git pull` are dropped) and what graders
 * were seen to be cheated by (anchors/environments.md 4).
 */
#ifndef BOTTEGA_FLAGS_H
#define BOTTEGA_FLAGS_H

#include "config/config.h"
#include "formats/json_scan.h"

enum flag_place { FLAG_COMMAND, FLAG_PATH, FLAG_EXIT, FLAG_PLACES };

struct flag_rules;
/* The workspace's own (NULL: none) and the shipped ones. E_USAGE names file and rule. */
WARN_UNUSED int flag_rules_load(const char *workspace_dir, struct flag_rules **out,
                                struct error *err);
void flag_rules_free(struct flag_rules *r);
const char *flag_name(const struct flag_rules *r, size_t i);
const char *flag_help(const struct flag_rules *r, size_t i);

/* A set of flags: bit i is rule i. */
typedef uint64_t flag_set;
enum { MOST_FLAGS = 64 };

struct flagger;
WARN_UNUSED int flagger_new(const struct flag_rules *r, struct flagger **out, struct error *err);
void flagger_free(struct flagger *f);
/* "git-pull network": appended in the order of the rules. */
void flagger_names(const struct flagger *f, flag_set set, struct str *out);
/* A new attempt: nothing was done yet. */
void flagger_begin(struct flagger *f);
/* A value of a document, as JSON. */
flag_set flagger_value(struct flagger *f, enum flag_place place, struct json_span value);
/* What a model without tool calls says: from its first code fence or call on. */
flag_set flagger_said(struct flagger *f, struct json_span text);
/* At the end of a turn: loops. `action` is made by flagger_mix from 0; 0 is a turn without one. */
uint64_t flagger_mix(uint64_t action, struct json_span value);
flag_set flagger_turn(struct flagger *f, uint64_t action);

/* Each match in a decoded text. */
typedef void (*flag_fn)(void *payload, size_t flag, size_t offset, size_t length);
void flagger_each(struct flagger *f, enum flag_place place, const struct str *text, flag_fn fn,
                  void *payload);

#endif
