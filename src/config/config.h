/* config.h: options, the workspace, and where the program's own data files are.
 *
 *   file          what it does
 *   options.c     the one table of options: name, type, unit, default, sentence
 *   config.c      reads git-config syntax by libgit2: workspace over user over defaults, -c on top
 *   workspace.c   finds, makes and names a workspace (DESIGN 4)
 *   data.c        finds shipped files, installed or in the source tree
 *
 * A config is read once per process on its main thread and is constant afterwards, so any
 * thread may read it. Sizes are bytes, durations milliseconds, whatever the file's unit was
 * ("8g", "90s", "15m").
 */
#ifndef BOTTEGA_CONFIG_H
#define BOTTEGA_CONFIG_H

#include "base/base.h"

enum option_type { OPTION_TEXT, OPTION_INT, OPTION_SIZE, OPTION_DURATION, OPTION_WORD };

struct option_def {
    const char *name; /* "container.command" */
    enum option_type type;
    const char *fallback;
    const char *words; /* OPTION_WORD: "hub|local|auto" */
    const char *help;  /* one sentence */
};

/* The table, `*n` rows, sorted by name. */
const struct option_def *option_defs(size_t *n);
const struct option_def *option_find(const char *name);

struct config {
    struct map values;   /* name -> char *, every option of the table has one */
    struct map sections; /* "scaffold.mini.command" and other open-ended keys -> char * */
};

void config_init(struct config *c); /* the defaults */
void config_release(struct config *c);
/* Reads the user's file and `workspace_dir`/bottega.conf (either may be missing), then the
 * "key=value" overrides. E_USAGE names file and key. */
WARN_UNUSED int config_load(struct config *c, const char *workspace_dir,
                            const struct strv *overrides, struct error *err);

/* `name` must stand in the table. */
const char *config_text(const struct config *c, const char *name);
int64_t config_int(const struct config *c, const char *name); /* also sizes and durations */

struct workspace {
    char *root; /* absolute, no trailing slash */
    char *id;   /* 12 hex digits of the root path: the value of container labels */
    struct config config;
};

/* Makes `dir` a workspace: bottega.conf and the folders of DESIGN 4. Doing it again is no
 * error. */
WARN_UNUSED int workspace_init(const char *dir, struct error *err);
/* Opens the workspace at `dir` or at the nearest parent of it; E_MISSING says
 * "run bottega init". Fill with overrides from -c. */
WARN_UNUSED int workspace_open(struct workspace *ws, const char *dir, const struct strv *overrides,
                               struct error *err);
void workspace_release(struct workspace *ws);
/* "<root>/<printf>", a fresh string. */
char *workspace_path(const struct workspace *ws, const char *fmt, ...) PRINTF(2, 3);
/* "<owner>__<name>" of "owner/name", a fresh string. */
char *repo_folder_new(const char *repo);

/* The path of a shipped file ("playbook/python.conf"): $BOTTEGA_DATA, else the installed
 * folder, else the source tree. E_MISSING when it is nowhere. */
WARN_UNUSED int data_path(const char *name, struct str *out, struct error *err);
WARN_UNUSED int data_read(const char *name, struct str *out, struct error *err); /* its bytes */

#endif
