/* process.h: children on a libuv loop.
 *
 * A child gets a process group of its own; a time limit, a raised cancel or process_stop
 * sends SIGTERM to the group and SIGKILL two seconds later. Output goes to a file (bounded
 * by max_bytes, the rest counted, not kept) and, chunk by chunk, to a callback. Input comes
 * from memory or from a callback that is asked for the next chunk whenever the pipe takes
 * more, so a large tar never stands in memory.
 *
 * process_run blocks its caller on a private loop: workers and commands use it.
 * process_start joins a loop that already turns: the supervisor and the terminal use it.
 */
#ifndef BOTTEGA_PROCESS_H
#define BOTTEGA_PROCESS_H

#include "base/cancel.h"
#include "base/error.h"
#include "base/str.h"
#include "base/strv.h"

#include <stdint.h>
#include <uv.h>

/* Appends the next bytes of input to `chunk`; leaves it empty at the end. */
typedef int (*process_feed_fn)(void *payload, struct str *chunk, struct error *err);
/* Gets output as it comes; `is_err` tells stderr from stdout. */
typedef void (*process_data_fn)(void *payload, const char *bytes, size_t n, bool is_err);

struct process_spec {
    const char *const *argv; /* argv[0] is searched on PATH */
    const char *const *env;  /* "KEY=value" added to ours; may be NULL */
    const char *cwd;         /* NULL: ours */
    const char *input;       /* bytes for stdin; NULL with no feed: /dev/null */
    size_t input_len;
    process_feed_fn feed;      /* instead of `input` */
    const char *out_path;      /* both streams are written here, truncated first; or NULL */
    bool append;               /* … appended instead */
    int64_t max_bytes;         /* of out_path; 0: no limit */
    process_data_fn on_data;   /* may be NULL */
    void *payload;             /* for feed and on_data */
    int64_t limit_ms;          /* 0: none */
    const struct cancel *stop; /* may be NULL */
};

struct process_result {
    int exit_code; /* 0..255; -1 when a signal ended it */
    int signal;    /* 0 when it exited */
    bool timed_out;
    bool cancelled;
    int64_t dropped_bytes; /* beyond max_bytes */
    int64_t ms;
};

/* Runs to the end. Returns 0 when the child ran, whatever its status; E_MISSING when the
 * program does not exist, E_DISK or E_IO when its output could not be kept, E_CANCELLED,
 * E_TIMEOUT. `res` may be NULL. */
WARN_UNUSED int process_run(const struct process_spec *spec, struct process_result *res,
                            struct error *err);

/* Runs a short command and appends its stdout to `out`; a status other than 0 is E_FAIL
 * with the last line of stderr as the message. */
WARN_UNUSED int process_capture(const char *const *argv, struct str *out, struct error *err);

struct process;
/* Called once on the loop; the process is freed right after it. `rc` as in process_run. */
typedef void (*process_exit_fn)(void *payload, int rc, const struct process_result *res,
                                const struct error *err);

/* Starts a child on `loop`. `spec` may go away when this returns; what it points to
 * (paths, feed, payload) must live until on_exit. */
WARN_UNUSED int process_start(uv_loop_t *loop, const struct process_spec *spec,
                              process_exit_fn on_exit, void *exit_payload, struct process **out,
                              struct error *err);
void process_stop(struct process *p); /* TERM, then KILL; on_exit still comes */

#endif
