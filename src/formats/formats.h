/* formats.h: other people's files, in and out.
 *
 *   file          what it does
 *   instance.c    one task row -> struct instance
 *   tasks.c       task files: import, find one, walk all
 *
 * Task rows come as JSON lines or one JSON array, in OpenSWE's, SWE-bench's or SWE-rebench's
 * fields; what no one knows is kept. Files are read as a stream: a row stands in memory, not a
 * file (an array file of one document is the exception).
 */
#ifndef BOTTEGA_FORMATS_H
#define BOTTEGA_FORMATS_H

#include "base/base.h"
#include "config/config.h"
#include "formats/instance.h"

struct import_count {
    int64_t imported, already, skipped;
};

/* Told of each row that was not taken: "dev.jsonl:17: base_commit is missing". */
typedef void (*import_skip_fn)(void *payload, const char *sentence);

struct tasks_import;
/* Knows every row of the workspace's task files afterwards (ids and hashes, not rows). */
WARN_UNUSED int tasks_import_new(const struct workspace *ws, struct tasks_import **out,
                                 struct error *err);
/* Adds the rows of `path` to tasks/<stem>.jsonl. A row that is there already with the same
 * content counts as `already`; the same id with other content is skipped and said. */
WARN_UNUSED int tasks_import_file(struct tasks_import *t, const char *path, import_skip_fn on_skip,
                                  void *payload, struct import_count *count, struct error *err);
void tasks_import_free(struct tasks_import *t);

/* Fills `in` with the row of this id; E_NOTFOUND when no task file has it. */
WARN_UNUSED int tasks_find(const struct workspace *ws, const char *instance_id, struct instance *in,
                           struct error *err);

/* Calls `fn` for every row of every task file; a return other than 0 ends it and is returned. */
typedef int (*task_row_fn)(void *payload, json_t *row, struct error *err);
WARN_UNUSED int tasks_each(const struct workspace *ws, task_row_fn fn, void *payload,
                           struct error *err);

#endif
