/* container.h: Docker or Podman, through its command: base images, build, run, clean up.
 *
 *   file            what it does
 *   engine.c        finds the engine that answers and what it can do; is it still alive
 *   engine_info.c   reads what `version` and `info` say (pure)
 *   argv.c          run and build specs -> argument vectors; cache mounts taken out (pure)
 *   run.c           one container from create to removal, with its limits
 *   shell.c         a person's shell in an image, on this terminal
 *   copy.c          files out of a finished container, bounded
 *   build.c         one image from a Dockerfile and a streamed context
 *   run_state.c     what the engine says of a finished container (pure)
 *   tail.c          the last bytes of a stream, for reasons and cut logs
 *   build_log.c     why a build failed, from the end of its log (pure)
 *   image.c         exists, size, removal, list
 *   base.c          bottega-python:X.Y, made when missing; from the hub or from this host
 *   debian.c        the Debian layer that local base images share (mmdebstrap)
 *   interpreter.c   interpreters on this host, and the tar of one
 *   site.c          this host's CA bundle, package index, proxies and apt settings
 *   lock.c          one builder of a base image at a time on this host
 *   gc.c            removes what carries our labels, nothing else
 *   tar.c           the tar stream of a build context (tar.h)
 *
 * Containers run untrusted code (DESIGN 5): no network unless asked, all capabilities
 * dropped, no new privileges, memory, CPU, processes, time, file size and log bounded, and
 * labels that say whose they are. A struct engine is opened once per process and is then
 * read-only, so worker threads may share it; every call blocks its thread and ends early
 * when its `stop` rises. Sizes are bytes, durations milliseconds.
 *
 * Errors: E_MISSING no engine, or a base image that cannot be had (the message has the
 * mend); E_ENGINE the engine died or misbehaved, never the command's own fault; E_NETWORK,
 * E_DISK, E_TIMEOUT and E_CANCELLED as everywhere.
 */
#ifndef BOTTEGA_CONTAINER_H
#define BOTTEGA_CONTAINER_H

#include "base/base.h"
#include "config/config.h"
#include "container/tar.h"

/* ---- the engine ---- */

enum engine_kind { ENGINE_DOCKER, ENGINE_PODMAN };

struct engine {
    enum engine_kind kind;
    char *command; /* "/usr/bin/docker" */
    char *version; /* of the server, "20.10.24" */
    char *client_version;
    char *storage_driver; /* "overlay2" */
    char *root;           /* where images live; only meaningful for an engine on this host */
    int cgroup_version;   /* 1 or 2; 0 unknown */
    bool buildkit;        /* cache mounts work */
    bool init;            /* containers get an init process, which reaps and passes signals on */
    bool ipv6;            /* the kernel has it: a container without network may still use ::1 */
    bool rootless;
    int64_t nproc;        /* processes per user that may be asked for; 0: leave it to the engine */
    int64_t root_free;    /* bytes free below root; -1 unknown */
    struct strv env;      /* what its commands get: "DOCKER_BUILDKIT=1" */
    struct strv warnings; /* of `info`: "No swap limit support" */
};

/* Takes `container.command`, or the best of every docker and podman on PATH: one that answers
 * before one that does not, one with BuildKit before one without. `dir` is the workspace's
 * root (its containers.conf, if any, is used) or NULL. E_MISSING names what was tried. */
WARN_UNUSED int engine_open(const struct config *config, const char *dir, struct engine *out,
                            struct error *err);
void engine_release(struct engine *e); /* also after a failed engine_open */
/* E_ENGINE when it does not answer within ten seconds. */
WARN_UNUSED int engine_ping(const struct engine *e, struct error *err);
/* Runs a container of the smallest kind; for podman, if that fails, writes `dir`/containers.conf,
 * asks for runc and tries again. `image` must exist. What helped stays in `e`. */
WARN_UNUSED int engine_probe_run(struct engine *e, const char *dir, const char *image,
                                 struct error *err);

/* ---- images ---- */

struct image_info {
    char *id;        /* "sha256:…" */
    char *tag;       /* "bottega-python:3.8" */
    int64_t size;    /* bytes, shared layers included */
    int64_t created; /* UTC seconds */
    char *workspace; /* label bottega.workspace, "" without */
    char *job;       /* label bottega.job, "<run>/<instance>"; "" */
    char *source;    /* label bottega.source: "hub", "local"; "" */
};

struct image_list {
    struct image_info *v;
    size_t n;
};

void image_info_release(struct image_info *i);
void image_list_release(struct image_list *l);
/* E_NOTFOUND when there is none. */
WARN_UNUSED int image_inspect(const struct engine *e, const char *ref, struct image_info *out,
                              struct error *err);
bool image_exists(const struct engine *e, const char *ref);
/* A missing image is no error; one in use by a container is E_FAIL. */
WARN_UNUSED int image_remove(const struct engine *e, const char *ref, struct error *err);
/* `pattern` as in `docker images`: "bottega-python", "bottega/abc*". */
WARN_UNUSED int image_list(const struct engine *e, const char *pattern, struct image_list *out,
                           struct error *err);

/* ---- base images ---- */

/* Makes bottega-python:<version> when it is missing and puts its name into `ref`. The first
 * local one takes about 90 s, each further one about 15 s; a file lock lets other processes
 * wait for it instead of making it again. `log` (may be NULL) collects the builds' output.
 * E_MISSING when no source has that interpreter, E_NETWORK when the hub was asked for and
 * does not answer. */
struct base_request {
    const char *version; /* "3.8" */
    const char *source;  /* "hub", "local", "auto"; NULL: image.source */
    bool rebuild;        /* even if it exists */
    const char *log;
    const struct cancel *stop;
};
WARN_UNUSED int image_base_ensure(const struct engine *e, const struct config *config,
                                  const struct base_request *rq, struct str *ref,
                                  struct error *err);
WARN_UNUSED int image_base_list(const struct engine *e, struct image_list *out, struct error *err);
/* Versions that `image.interpreters` finds on this host, "2.7" "3.6" …, in order. */
void image_base_local(const struct config *config, struct strv *versions);
/* The Dockerfile's default base for anyone else: "python:3.8-slim". */
void image_base_hub_name(const char *version, struct str *out);

/* Where this host's CA bundle stands ("" when it has none) and which package index its settings
 * name: what base images are given. */
void site_summary(struct str *ca_path, struct str *index_url);

/* ---- building ---- */

/* Adds the next file or files of the context to `tar`; sets `*done` after the last. It is
 * asked only when the engine takes more, so one file at a time stands in memory. Put a checkout
 * below a folder of its own: a .dockerignore at the top would take files out of it. */
typedef int (*context_fn)(void *payload, struct tar *tar, bool *done, struct error *err);

struct build_spec {
    const char *dockerfile; /* its text; put into the context as "Dockerfile" */
    context_fn context;     /* NULL: nothing but the Dockerfile */
    void *payload;
    const char *tag;
    const char *const *labels;     /* "bottega.workspace=…", NULL-terminated; may be NULL */
    const char *const *build_args; /* "BASE=bottega-python:3.8" */
    const char *log;               /* plain progress goes here, appended; may be NULL */
    int64_t limit_ms;              /* 0: none */
    bool network;
    bool no_cache;
    const struct cancel *stop;
};

struct build_result {
    char *id;
    int64_t size; /* bytes, shared layers included */
    int64_t ms;
};

/* Returns 0 with an image; E_FAIL when a step of the Dockerfile failed (the message has the
 * step and its status, the log has the rest); E_MISSING when FROM cannot be had. Cache mounts
 * are taken out of the Dockerfile where the engine has none. Proxies of this host reach the
 * steps (not the image) when `network` is set. */
WARN_UNUSED int image_build(const struct engine *e, const struct build_spec *spec,
                            struct build_result *out, struct error *err);
void build_result_release(struct build_result *r);

/* ---- running ---- */

struct container_limits {
    int64_t memory_bytes; /* swap included: there is none beyond it */
    double cpus;
    int64_t pids;
    int64_t ms;         /* wall clock of the command, then the container is killed */
    int64_t log_bytes;  /* of the log: its head and its last 64 KiB stay */
    int64_t file_bytes; /* the largest file that it may write */
    int64_t disk_bytes; /* all that it may write; looked at every few seconds */
};                      /* 0: no limit */

/* The limits that `config` sets for an evaluation. */
void container_limits_init(struct container_limits *l, const struct config *config);

struct container_mount {
    const char *host, *path;
    bool writable;
};

/* A regular file of the finished container to be kept; not there: no error, copied says so. */
struct container_copy {
    const char *path;  /* in the container, absolute */
    const char *to;    /* on the host; written beside and renamed */
    int64_t max_bytes; /* a longer one is not kept; 0: 64 MiB */
    bool copied;       /* out */
};

struct run_spec {
    const char *image;
    const char *const *argv;
    const char *const *env; /* "KEY=value" */
    const char *input;      /* stdin, such as a script for `sh -s`; or `feed` */
    size_t input_len;
    process_feed_fn feed;
    const char *log;         /* stdout and stderr as they come; see `log_bytes`. Order between
                                the two streams is kept only if the command joins them. */
    process_data_fn on_data; /* chunk by chunk; may be NULL */
    void *payload;           /* of feed and on_data */
    struct container_limits limits;
    bool network;
    const char *const *labels;
    const struct container_mount *mounts;
    size_t n_mounts;
    struct container_copy *copies;
    size_t n_copies;
    const char *workdir, *user; /* NULL: the image's */
    bool terminal;              /* stdin is ours; a terminal when ours is one */
    const struct cancel *stop;
};

struct run_result {
    int exit_code;   /* of the command; 128+n when signal n ended it */
    int signal;      /* n, or 0 */
    bool oom_killed; /* a process of it was, maybe not the first */
    bool timed_out;
    bool disk_full; /* it was killed for writing more than disk_bytes */
    bool log_truncated;
    int64_t log_dropped; /* bytes */
    int64_t ms;          /* of the command, by the engine's clock */
    int64_t overhead_ms;
};

/* Returns 0 when the command ran to an end of any kind, a time-out and a kill for memory
 * included; E_CANCELLED; E_NOTFOUND when the image or the program is not there; E_ENGINE. The
 * container is removed in every case. */
WARN_UNUSED int container_run(const struct engine *e, const struct run_spec *spec,
                              struct run_result *out, struct error *err);

/* The command has our stdin, stdout and stderr; `terminal` is to be set, copies, logs and the time
 * limit are not. Returns when it ends, with its `*status`; the container is removed. */
WARN_UNUSED int container_shell(const struct engine *e, const struct run_spec *spec, int *status,
                                struct error *err);

/* ---- cleaning up ---- */

struct gc_report {
    struct strv removed; /* "container bottega-…", "image sha256:… (tag)" */
    struct strv kept;    /* the same, with why */
    int64_t bytes;       /* that the engine's disk has gained */
};

void gc_report_init(struct gc_report *r);
void gc_report_release(struct gc_report *r);

struct gc_spec {
    const char *workspace;   /* its id: label bottega.workspace; NULL: every workspace of ours */
    const struct strv *keep; /* image ids or tags that stay (accepted environments) */
    bool bases;              /* the base images too */
    bool dry_run;            /* only say what would go */
    const struct cancel *stop;
};
/* Removes stopped and running containers and images with our labels. */
WARN_UNUSED int engine_gc(const struct engine *e, const struct gc_spec *spec, struct gc_report *out,
                          struct error *err);
struct room_spec {
    const char *workspace; /* its id */
    int64_t want;          /* bytes that are to be free on the engine's disk */
    bool (*may_go)(void *payload, const struct image_info *i);
    void *payload;
};
/* Removes images of the workspace that may go, the oldest first, until as much is free. */
WARN_UNUSED int engine_make_room(const struct engine *e, const struct room_spec *spec,
                                 struct gc_report *out, struct error *err);
/* Removes the containers with these labels bottega.workspace and bottega.job: what a worker
 * that was killed left behind, before the job is begun again. */
WARN_UNUSED int engine_remove_leftovers(const struct engine *e, const char *workspace,
                                        const char *job, struct error *err);

#endif
