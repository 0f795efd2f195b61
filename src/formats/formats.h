/* formats.h: other people's files, in and out.
 *
 *   file          what it does
 *   instance.c    one task row -> struct instance
 *   rows.c        a file as rows of bytes: JSON lines, an array, objects over lines
 *   row_text.c    a row's id without parsing; a row mended that is almost JSON
 *   import.c      rows of others into the workspace
 *   tasks.c       the workspace's task files: find one row, walk all
 *   reviews.c     what curators say of instances: append-only, one file for each of them
 *
 * Task rows come as JSON lines or one JSON array, in OpenSWE's, SWE-bench's or SWE-rebench's
 * fields. A line is kept to the byte, what no one knows included. Files are read as a stream: a
 * row stands in memory, never a file.
 */
#ifndef BOTTEGA_FORMATS_H
#define BOTTEGA_FORMATS_H

#include "base/base.h"
#include "config/config.h"
#include "formats/instance.h"

struct import_count {
    int64_t imported, already, skipped;
};

/* Told of each row that was not taken, or not as it was:
 * "dev.jsonl:17: base_commit is missing; the row was skipped". Holds the row's own bytes. */
typedef void (*import_word_fn)(void *payload, const char *sentence);
struct import_words {
    import_word_fn fn;
    void *payload;
};

struct tasks_import;
/* Knows where every row of the workspace stands afterwards, and is the only import into it until
 * it is freed. */
WARN_UNUSED int tasks_import_new(const struct workspace *ws, const struct cancel *stop,
                                 struct tasks_import **out, struct error *err);
/* Adds the rows of `path` to tasks/<stem>.jsonl, all that are good or, when the result is
 * negative, none. A row that is there already with the same content counts as `already`; the same
 * id with other content is skipped and said with both places. NaN becomes null and a number beyond
 * 64 bits a text, and it is said. */
WARN_UNUSED int tasks_import_file(struct tasks_import *t, const char *path,
                                  const struct import_words *words, struct import_count *count,
                                  struct error *err);
void tasks_import_free(struct tasks_import *t);

/* Fills `in` with the row of this id; E_NOTFOUND when no task file has it. */
WARN_UNUSED int tasks_find(const struct workspace *ws, const char *instance_id, struct instance *in,
                           struct error *err);

/* Calls `fn` for every row of every task file; a return other than 0 ends it and is returned. */
typedef int (*task_row_fn)(void *payload, json_t *row, struct error *err);
WARN_UNUSED int tasks_each(const struct workspace *ws, task_row_fn fn, void *payload,
                           struct error *err);

/* ---- reviews/<curator>.jsonl ---- */

struct review {
    const char *curator, *instance_id;
    const char *kind; /* "mark" "label" "note" */
    const char *text;
    bool retracted; /* it is taken back */
    int64_t at;     /* UTC seconds; set by reading */
};
bool review_kind_is_known(const char *kind);
/* Who speaks when nobody is named: review.curator, else the account. Appends. */
void review_curator(const struct config *config, struct str *out);
/* Appends one line. E_USAGE: the curator's name cannot be a file's. */
WARN_UNUSED int review_add(const struct workspace *ws, const struct review *r, struct error *err);
/* All that a curator said, oldest first; a retraction stands behind what it takes back. */
typedef int (*review_fn)(void *payload, const struct review *r, struct error *err);
WARN_UNUSED int reviews_each(const struct workspace *ws, const char *curator, review_fn fn,
                             void *payload, struct error *err);

#endif
