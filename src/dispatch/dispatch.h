/* dispatch.h: where work happens: batches, their supervisor, its workers, its clients.
 *
 *   file            what it does
 *   batch.c         a batch's folder: makes one, reads its manifest, finds one by name
 *   item.c          state/<n>.json: where one item stands and how it ended
 *   batch_status.c  a batch's counts and state from its files
 *   select.c        which instances there is work for
 *   asked.c         what a person asks beside: from which round, with which files
 *   submit.c        the open batch that work belongs to, or a new one
 *   launch.c        starts a detached supervisor and waits until it listens
 *   supervisor.c    one process per batch: its beginning, its files, its end
 *   assign.c        an item's way through a worker: given out, told of, returned, ended
 *   orders.c        what clients may ask of a supervisor: pause, jobs N, retry …
 *   queue.c         which item is next: order, retries and their waits (pure)
 *   pool.c          worker children on the loop: spawn, talk, notice death
 *   orphan.c        ends what a dead worker left running
 *   guard.c         free memory and disk before an item begins
 *   room.c          old images go when the engine's disk is nearly full
 *   indexer.c       tells the index of what ended, on its own thread
 *   control.c       the control socket: several clients, watchers
 *   socket.c        unix sockets of folders too deep for sun_path
 *   client.c        the other end of the control socket, on the caller's loop
 *   line.c          JSON lines over a stream
 *   worker.c        `bottega worker`: takes items from stdin, runs a stage, tells on stdout
 *   stage.c         the table of stages; `command` runs a shell command per item
 *   stage_pipeline.c  the stages of pipeline/, on this host's container engine
 *
 * A batch is work submitted together: one stage over a list of instances. It lives in
 * batches/<id>/ (ARCHITECTURE.md has its files) and outlives the screen that started it.
 * Truth about an instance is in its own folder; a batch only says who has been asked and what
 * came back, so a lost state file costs a look, not work. DESIGN 7.
 */
#ifndef BOTTEGA_DISPATCH_H
#define BOTTEGA_DISPATCH_H

#include "base/base.h"
#include "config/config.h"

#include <uv.h>

/* ---- batches ---- */

struct batch_spec {
    const char *stage; /* a name of the stage table */
    const char *run;   /* "" for stages without one */
    const char *agent; /* "rules" "llm" "auto"; "" where it means nothing */
    int64_t jobs;      /* workers at a time */
    const struct strv *ids;
    json_t *options; /* borrowed; NULL: none. "config": ["key=value"…] is given to workers */
};

/* Makes batches/<stage>-<k>/ and its manifest, items of one repository side by side. Appends
 * the id to `id`. E_USAGE: no ids, an unsafe or doubled one, an unknown stage. */
WARN_UNUSED int batch_create(const struct workspace *ws, const struct batch_spec *spec,
                             struct str *id, struct error *err);

struct batch {
    char *id, *stage, *run, *agent;
    char *created; /* ISO 8601 */
    int64_t jobs;
    json_t *options;
    struct strv ids; /* item n is ids.v[n - 1] */
};

WARN_UNUSED int batch_open(const struct workspace *ws, const char *id, struct batch *out,
                           struct error *err);
/* The manifest's first line only: `ids` stays empty. */
WARN_UNUSED int batch_open_head(const struct workspace *ws, const char *id, struct batch *out,
                                struct error *err);
void batch_release(struct batch *b); /* also after a failed open */

/* Ids of all batches, oldest first. */
WARN_UNUSED int batch_list(const struct workspace *ws, struct strv *ids, struct error *err);
/* "synthesize-7", "7", or NULL for the newest; appends the id. E_NOTFOUND. */
WARN_UNUSED int batch_resolve(const struct workspace *ws, const char *name, struct str *id,
                              struct error *err);
/* Batches of that stage and run that are neither done nor superseded, oldest first. */
WARN_UNUSED int batch_find_open(const struct workspace *ws, const char *stage, const char *run,
                                struct strv *ids, struct error *err);
/* Says that `by` has taken over what was left of the batch `id`; no supervisor may live. */
WARN_UNUSED int batch_supersede(const struct workspace *ws, const char *id, const char *by,
                                struct error *err);

/* ---- items ---- */

enum item_state { ITEM_QUEUED, ITEM_RUNNING, ITEM_DONE };

struct item_result {
    char *state;         /* a word of DESIGN 3, or "done" for a stage without verdicts */
    char *failure_class; /* NULL when there is none */
    char *reason;        /* one sentence; NULL when there is none */
    double seconds;
    int64_t round, f2p, p2p; /* 0 when the stage has none */
};

struct item {
    enum item_state state;
    int tries;             /* times it was begun */
    char *worker;          /* "w2"; NULL */
    char *started, *ended; /* ISO 8601; NULL */
    struct item_result result;
};

/* Reads state/<n>.json; a missing or unreadable one is a queued item. E_NEWER only. */
WARN_UNUSED int item_read(const struct workspace *ws, const char *batch, size_t n, struct item *out,
                          struct error *err);
void item_release(struct item *i);
void item_result_release(struct item_result *r);
bool item_finished(const struct item *i); /* done, and not in `error` */

/* ---- how a batch stands ---- */

enum { RESULT_ACCEPTED, RESULT_REJECTED, RESULT_FAILED, RESULT_ERROR, RESULT_DONE, RESULTS };
const char *result_name(int r);
int result_by_name(const char *state); /* unknown words count as RESULT_DONE */

struct batch_status {
    char state[16]; /* running paused cancelled done superseded; "interrupted": its supervisor is
                       gone */
    bool alive;     /* a supervisor answers */
    int64_t pid, jobs, total, queued, running, done;
    int64_t results[RESULTS];
    char *why; /* what holds it back, or why it ended; NULL */
};

/* From the files; costs one read, or, when a supervisor was killed, one per item. */
WARN_UNUSED int batch_status(const struct workspace *ws, const char *id, struct batch_status *out,
                             struct error *err);
void batch_status_release(struct batch_status *s);
json_t *batch_status_to_json(const struct batch_status *s);
bool batch_alive(const struct workspace *ws, const char *id);
/* Puts items that ended in `error` back into the queue of a batch without a supervisor; says
 * how many. */
WARN_UNUSED int batch_retry(const struct workspace *ws, const char *id, int64_t *n,
                            struct error *err);

/* ---- what to submit ---- */

struct index;

struct select_spec {
    struct index *idx;
    const struct strv *named; /* only these ids; NULL or empty: any */
    const char *where;        /* only what matches this query; NULL: anything */
    const char *run;
    const struct cancel *stop;
};
struct selection {
    struct strv ids;
    int64_t finished; /* asked for, and ended in the run already */
};
void selection_release(struct selection *s);
/* Those without an end in the run; screened ones only by name or query. An id that no task has
 * is E_USAGE. */
WARN_UNUSED int select_unfinished(const struct select_spec *want, struct selection *out,
                                  struct error *err);
/* The accepted environments of the run. */
WARN_UNUSED int select_accepted(const struct select_spec *want, struct selection *out,
                                struct error *err);
/* All that is asked for, whatever its end; screened ones only by name or query. */
WARN_UNUSED int select_again(const struct select_spec *want, struct selection *out,
                             struct error *err);
/* Those that ended in the run, whatever the verdict. */
WARN_UNUSED int select_ended(const struct select_spec *want, struct selection *out,
                             struct error *err);
/* Seconds that an instance took that ended, in any run; 0: unknown. */
WARN_UNUSED int selection_mean(const struct select_spec *want, double *mean, struct error *err);

/* Rounds made again, or a person's files tried as a new round (`synthesize --from-round`). */
struct asked_spec {
    int64_t from_round;                     /* 0: none */
    const char *dockerfile, *script, *lock; /* paths; NULL: none */
};
bool asked_by_hand(const struct asked_spec *spec);
/* Puts "from_round" and, with the files' texts, "by_hand" {dockerfile eval requirements} into a
 * batch's options. E_USAGE names a file that is none, too large or no UTF-8. */
WARN_UNUSED int asked_to_options(const struct asked_spec *spec, json_t *options, struct error *err);

/* Without a container engine every instance would end in `error`: better one word before any
 * begins. E_MISSING. */
WARN_UNUSED int stage_ready(const struct workspace *ws, const char *stage, struct error *err);
/* Finds the open batch that this work belongs to, or makes one. `resumed` says which. E_FAIL
 * when a living batch holds some of the instances. */
WARN_UNUSED int batch_submit(const struct workspace *ws, const struct batch_spec *spec,
                             struct str *id, bool *resumed, struct error *err);

/* ---- supervisor and worker ---- */

/* Starts the batch's supervisor, detached, and returns when it listens (some 10 ms). One that
 * lives already is no error. `overrides` ("key=value", may be NULL) stand above the batch's
 * own. E_FAIL says why it did not start. */
WARN_UNUSED int batch_launch(const struct workspace *ws, const char *id,
                             const struct strv *overrides, struct error *err);

/* What `bottega supervisor` is; returns when the batch ends. `ready_fd` gets "ready\n" or the
 * reason why not, then is closed; -1: nobody waits. */
WARN_UNUSED int supervisor_main(const struct workspace *ws, const char *id,
                                const struct strv *overrides, int ready_fd, struct error *err);

/* What `bottega worker` is: JSON lines on stdin and stdout until stdin ends or `stop` rises. */
WARN_UNUSED int worker_main(const struct workspace *ws, const char *id, const char *name,
                            struct cancel *stop, struct error *err);

/* ---- clients ---- */

struct client;
typedef void (*client_event_fn)(void *payload, const json_t *doc);
/* Called once, last; the client is freed right after it. `err` is NULL when the other side
 * ended in good order. */
typedef void (*client_close_fn)(void *payload, const struct error *err);

struct client_spec {
    client_event_fn on_event; /* replies and events, in order */
    client_close_fn on_close;
    void *payload;
};

/* Connects at once. E_NOTFOUND: no supervisor lives. */
WARN_UNUSED int client_open(uv_loop_t *loop, const struct workspace *ws, const char *batch,
                            const struct client_spec *spec, struct client **out, struct error *err);
void client_send(struct client *c, const json_t *command);
/* {"cmd":`word`} and, when `n` >= 0, "n". */
void client_command(struct client *c, const char *word, int64_t n);
void client_close(struct client *c); /* on_close still comes */

/* One question and its reply on a loop of its own, within ten seconds; decref `*reply`. */
WARN_UNUSED int client_ask(const struct workspace *ws, const char *batch, const json_t *command,
                           json_t **reply, struct error *err);

#endif
