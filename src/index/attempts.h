/* attempts.h: trajectories of other tools in the index, and one of them read back.
 *
 * imports.jsonl in the workspace names what was imported, a line each ({"format":1,"path","t"}),
 * so that reindex reads it again; nothing of a trajectory is copied. Files are read by as many
 * threads as there are cores and written by the caller's.
 */
#ifndef BOTTEGA_INDEX_ATTEMPTS_H
#define BOTTEGA_INDEX_ATTEMPTS_H

#include "base/base.h"
#include "formats/trajectory.h"

struct index;

struct attempts_count {
    int64_t files, already, attempts, predictions, verdicts, unknown, failed;
};
/* Told of each file: what it was taken for ("swe-agent", "predictions"), or why it was not taken.
 * On the caller's thread. */
typedef void (*attempts_word_fn)(void *payload, const char *path, const char *what, bool taken);
struct attempts_words {
    attempts_word_fn fn; /* may be NULL */
    void *payload;
};

/* Reads a file or all files below a folder, and writes its name into imports.jsonl. What is there
 * already and has not changed is not read again. */
WARN_UNUSED int attempts_import(struct index *idx, const char *path,
                                const struct attempts_words *words, const struct cancel *stop,
                                struct attempts_count *count, struct error *err);
/* Everything that imports.jsonl names and the index lacks; with `again` changed files too. */
WARN_UNUSED int attempts_catch_up(struct index *idx, const struct cancel *stop, bool again,
                                  struct error *err);

/* One attempt as it stands in the index. Strings are owned. */
struct attempt_row {
    uint32_t id;
    char *path, *member, *instance_id, *run, *scaffold, *model, *exit_status, *outcome,
        *outcome_source, *trajectory_id;
    const struct traj_format *format;
    int64_t attempt, offset, length, inner_offset, inner_length, patch_offset, patch_length;
    int64_t turns, edits, errors, files, tokens_in, tokens_out;
    double cost_usd;
    struct step_vec steps;
};
/* E_NOTFOUND: no such attempt. */
WARN_UNUSED int attempt_get(struct index *idx, uint32_t id, struct attempt_row *out,
                            struct error *err);
void attempt_row_release(struct attempt_row *r);
/* Attempts of an instance, or those that a text names: a number of the list ("17"; it goes before
 * an instance of that name), an instance, or an instance and a run ("RUN/INSTANCE"). Appends. */
WARN_UNUSED int attempt_find(struct index *idx, const char *name, uint32_t **ids, size_t *n,
                             struct error *err);

/* The document of an attempt, kept while its steps are looked at. Touches only files: any thread.
 */
struct attempt_text {
    struct str bytes; /* the document, or the inner text that holds the steps */
};
WARN_UNUSED int attempt_text_read(const struct attempt_row *r, struct attempt_text *out,
                                  struct error *err);
void attempt_text_release(struct attempt_text *t);
/* The bytes of a step; of a plain file they alone are read. E_NOTFOUND: the file has changed. */
WARN_UNUSED int attempt_step_raw(const struct attempt_row *r, size_t step, struct str *out,
                                 struct error *err);
/* The patch that the attempt ends with, as text; empty without one. */
WARN_UNUSED int attempt_patch(const struct attempt_row *r, struct str *out, struct error *err);

#endif
