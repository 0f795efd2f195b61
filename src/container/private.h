/* private.h: what the files of container/ share; nobody else includes it. */
#ifndef BOTTEGA_CONTAINER_PRIVATE_H
#define BOTTEGA_CONTAINER_PRIVATE_H

#include "container/container.h"

/* ---- tail.c ---- */

enum { TAIL_BYTES = 64 << 10 };
/* Appends to `tail`, which keeps at least the last TAIL_BYTES and less than twice as many. */
void tail_add(struct str *tail, const char *bytes, size_t n);

/* ---- engine_info.c ---- */

/* Fills kind, versions, driver, root, cgroups and warnings from the JSON of `info` and the
 * line of `--version`. E_ENGINE with the engine's own words when no server answered. */
WARN_UNUSED int engine_info_parse(struct engine *e, const char *info, const char *version_line,
                                  struct error *err);
/* The number before the first dot of "20.10.24+dfsg1"; 0 when there is none. */
int version_major(const char *version);
/* The error class that an engine's words stand for; E_FAIL when they say nothing known. */
int engine_words_class(const char *text);
/* The last line of `text` that is not blank, without "Error response from daemon: ". */
void engine_last_words(const char *text, struct str *out);

/* gc.c */
void image_list_oldest_first(struct image_list *l);

/* ---- engine.c ---- */

struct engine_call {
    const char *const *argv; /* after the command: "image", "inspect", … NULL */
    struct str *out;         /* stdout is appended; may be NULL */
    process_feed_fn feed;    /* stdin */
    void *payload;
    const char *log;  /* both streams, appended; may be NULL */
    int64_t limit_ms; /* 0: 60 s */
    const struct cancel *stop;
};
/* Runs one command of the engine. A status other than 0 is the class that its words stand
 * for, with those words as the message. */
WARN_UNUSED int engine_call(const struct engine *e, const struct engine_call *call,
                            struct error *err);
/* The common case: no input, stdout into `out`. */
WARN_UNUSED int engine_ask(const struct engine *e, const char *const *argv, struct str *out,
                           struct error *err);

/* ---- argv.c ---- */

/* What follows the engine's command. `proxies` ("http_proxy=…") are for specs with a network. */
void run_argv(const struct engine *e, const struct run_spec *spec, const char *name,
              const struct strv *proxies, struct strv *argv);
void build_argv(const struct build_spec *spec, const struct strv *proxies, struct strv *argv);
/* Copies a Dockerfile without the --mount options of its RUN lines. */
void dockerfile_without_mounts(const char *text, struct str *out);

/* ---- run.c ---- */

char *container_name_new(void); /* one that nobody else has */

/* ---- run_state.c ---- */

struct run_state {
    bool created_only; /* it never started */
    bool running;
    bool oom_killed;
    int exit_code;
    int64_t ms;       /* from start to finish */
    struct str error; /* why it did not start */
};
/* Reads the JSON of `inspect --format {{json .State}}`. */
WARN_UNUSED int run_state_parse(const char *json, struct run_state *out, struct error *err);

/* ---- build_log.c ---- */

/* Why a build failed, in one sentence, from the end of its log; returns the class: E_FAIL when
 * a step of the Dockerfile ended with a status. */
int build_log_reason(const char *tail, struct str *reason);

/* ---- image.c ---- */

/* Images of ours by `docker images --filter FILTER`: "label=bottega.workspace=abc". */
WARN_UNUSED int images_where(const struct engine *e, const char *filter, struct image_list *out,
                             struct error *err);

/* ---- copy.c ---- */

/* A file that is not there, no regular file or longer than its bound is no error. */
WARN_UNUSED int container_copy_out(const struct engine *e, const char *name,
                                   struct container_copy *copy, struct error *err);

/* ---- site.c ---- */

/* What this host needs to reach packages; all of it may be empty. */
struct site {
    struct str ca;       /* PEM bundle */
    struct str pip_conf; /* text of /etc/pip.conf for the image */
    struct str uv_toml;  /* of /etc/uv/uv.toml; site-setup.sh adds the certificate line */
    struct strv apt;     /* apt.conf lines that this host has set */
    struct strv sources; /* apt source files for image.suite */
};
void site_init(struct site *s);
void site_release(struct site *s);
/* Reads the environment, pip's and apt's files. A missing CA bundle is left empty. */
void site_read(struct site *s, const char *suite);
/* "http_proxy=…" and kin, for builds and for runs that have a network. */
void site_proxies(struct strv *out);

/* ---- interpreter.c ---- */

struct interpreter {
    char *version; /* "3.8.18" */
    char *prefix;  /* "/opt/python/3.8.18" */
    char *minor;   /* "3.8" */
};
struct interpreters {
    struct interpreter *v;
    size_t n;
};
void interpreters_release(struct interpreters *l);
/* Runs every program that the globs match (they are this host's own) and keeps the newest of
 * each X.Y, in order of version. */
void interpreters_find(const char *globs, struct interpreters *out);

/* The files of one interpreter, for a build context. */
struct interpreter_files {
    struct strv paths; /* absolute: folders before what is in them, files and links */
    size_t next;
};
WARN_UNUSED int interpreter_files_find(const struct interpreter *in, struct interpreter_files *f,
                                       struct error *err);
void interpreter_files_release(struct interpreter_files *f);
/* A context_fn: adds the next file as "root/<its absolute path>". */
int interpreter_files_add(void *payload, struct tar *tar, bool *done, struct error *err);

/* ---- debian.c ---- */

/* Makes the image bottega-debian:<suite> when it is missing. */
WARN_UNUSED int debian_ensure(const struct engine *e, const char *suite, const struct site *site,
                              const struct base_request *rq, struct str *ref, struct error *err);

/* ---- lock.c ---- */

/* Waits for the lock called `name` on this host; *fd holds it until host_unlock. */
WARN_UNUSED int host_lock(const char *name, const struct cancel *stop, int *fd, struct error *err);
void host_unlock(int fd);

#endif
