/* index.h: a workspace's SQLite index: derived from the files, made for lists and filters.
 *
 *   file          what it does
 *   index.c       opens and closes; migrations of data/schema; runs statements
 *   task.c        rows of task files into `instances`
 *   environment.c one environment's folder into `environments` and `rounds`
 *   signature.c   what a failure said, as a text that equal failures share
 *   batch.c       one batch's folder into `batches`
 *   catchup.c     brings in what changed since
 *   reindex.c     rebuilds everything from the files
 *   stamp.c       what was seen of a file or folder when it was read last
 *   columns.c     the tables of columns and of query keys, one per kind of list
 *   query.c       the query language (DESIGN 8): text -> words
 *   saved.c       queries with a name, and @name in a query
 *   condition.c   a word's values -> SQL with bound values
 *   value.c       numbers, spans, sizes, dates and ages
 *   sets.c        the rows of each word as bits, kept while the query grows
 *   list.c        row ids in order, rows, pages
 *   count.c       counts, groups, the funnel
 *   failures.c    clusters of failures looked into, and counts by two things
 *   rules.c       how often playbook rules fired, and what came of it
 *   overview.c    the funnel, the last day, what needs a person
 *   sql.c         a SELECT of a person's own
 *   attempts.c    trajectories of other tools: rows, and one of them read back
 *   attempts_import.c  … whole folders of them, by threads
 *   outcomes.c    attempts counted: tasks by runs, and how often each task is solved
 *   cell.c        one value as people see it, and as JSON
 *   detail.c      one environment's folder: status, rounds, tests, clauses, files
 *
 * Truth is in the files (DESIGN 4); removing index.db loses nothing. A handle belongs to one
 * thread; any number of readers and one writer at a time work on one file (WAL, and a wait of
 * five seconds for the lock). Nothing here changes a file of the workspace but index.db.
 *
 * Every row of the list `instances` is one environment (one instance in one run); an instance
 * that was never tried has one row without a run. Unless the query says `run:`, an instance
 * shows its latest run only, and that row keeps its id when a newer run comes.
 */
#ifndef BOTTEGA_INDEX_H
#define BOTTEGA_INDEX_H

#include "base/base.h"
#include "config/config.h"

#include "index/query.h"
#include "index/saved.h"
#include "index/list.h"
#include "index/detail.h"
#include "index/failures.h"
#include "index/overview.h"
#include "index/sql.h"
#include "index/attempts.h"
#include "index/outcomes.h"

enum index_mode {
    INDEX_READ, /* E_MISSING when there is no index yet */
    INDEX_WRITE /* makes and migrates it; an empty one is filled by index_catch_up */
};

/* Opens config `index.path`; `ws` is borrowed until index_close. E_NEWER: made by a newer
 * bottega. E_MISSING: damaged or absent, and the message says `bottega reindex`. E_IO: locked
 * or not writable. */
WARN_UNUSED int index_open(const struct workspace *ws, enum index_mode mode, struct index **out,
                           struct error *err);
/* For commands that only look: INDEX_WRITE and index_catch_up where the file can be written,
 * else INDEX_READ as it stands. */
WARN_UNUSED int index_open_current(const struct workspace *ws, const struct cancel *stop,
                                   struct index **out, struct error *err);
void index_close(struct index *idx);
const struct workspace *index_workspace(const struct index *idx);

/* A number that changes whenever another handle has committed; cheap, for polling. */
int64_t index_version(struct index *idx);

/* tasks/<name>: new rows when it grew, all of it when it was replaced, nothing when neither
 * size nor time changed. */
WARN_UNUSED int index_ingest_tasks(struct index *idx, const char *name, struct error *err);

/* Reads runs/<run>/<repo_folder>/<instance_id>/: status, cost, image and each round's evaluation
 * and analysis. A folder that is gone takes its row with it. */
WARN_UNUSED int index_ingest_env(struct index *idx, const char *run, const char *repo_folder,
                                 const char *instance_id, struct error *err);

/* reviews/<curator>.jsonl, all of it. */
WARN_UNUSED int index_ingest_reviews(struct index *idx, const char *curator, struct error *err);
WARN_UNUSED int index_ingest_batch(struct index *idx, const char *id, struct error *err);

/* Brings in what changed on disk: task files by size and time, batches and folders of
 * repositories by time, environments that had not ended. Looks again at the ended ones of a
 * run only when a batch or folder of it changed. */
WARN_UNUSED int index_catch_up(struct index *idx, const struct cancel *stop, struct error *err);

/* `done` of `total` things of the kind `what` ("tasks", "environments"); total 0: unknown. */
typedef void (*index_progress_fn)(void *payload, const char *what, int64_t done, int64_t total);

/* Everything again from the files alone. Readers see the old rows until it is whole. A damaged
 * file is replaced. */
WARN_UNUSED int index_reindex(const struct workspace *ws, index_progress_fn progress, void *payload,
                              const struct cancel *stop, struct error *err);

/* Where the row of an imported task stands. */
struct task_place {
    char *file; /* "tasks/dev.jsonl", or the instance.json of a run when no task file has it */
    char *repo;
    int64_t offset, length; /* bytes; length 0: the whole file */
};
WARN_UNUSED int index_find_task(struct index *idx, const char *instance_id, struct task_place *out,
                                struct error *err);
void task_place_release(struct task_place *p);

#endif
