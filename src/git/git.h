/* git.h: bare mirrors, and what stood in them at a commit, without a checkout.
 *
 *   file        what it does
 *   clone.c     brings a repository into mirrors/<owner>/<name>.git, or fetches more
 *   remote.c    runs git against a remote; what its words mean
 *   mirror.c    opens a mirror; commit time, description, files and folders at a commit
 *   walk.c      every file of a tree; search in them; submodules
 *   history.c   the commits that changed a path
 *   diff.c      base..end as two patches, tests and fix, by git's own file list
 *   patch.c     which files a diff text touches, by its git headers
 *   split.c     what is a test file
 *   textdiff.c  two texts that are in no repository
 *
 * A struct mirror belongs to one thread. Nothing of a mirror is ever executed and nothing is
 * written into it but by clone.c. Commits are named by 40 hex digits. Bytes are the blobs' own:
 * no filter, no end-of-line conversion, no export-ignore.
 */
#ifndef BOTTEGA_GIT_H
#define BOTTEGA_GIT_H

#include "base/base.h"
#include "config/config.h"

struct mirror;

/* ---- bringing ---- */

/* "<root>/mirrors/<owner>/<name>.git", a fresh string; NULL when `repo` is no owner/name. */
char *mirror_path_new(const struct workspace *ws, const char *repo);

/* Clones what is missing; fetches when `commit` (may be NULL) is not there yet. Any number of
 * processes may ask for one repository: one works, the others wait. An interrupted clone leaves
 * nothing behind. E_NOTFOUND: the remote says there is no such repository; E_NETWORK: it does not
 * answer; E_USAGE: mirror.url or the name is wrong. A commit that the remote lacks as well is
 * E_NOTFOUND. */
WARN_UNUSED int mirror_ensure(const struct workspace *ws, const char *repo, const char *commit,
                              const struct cancel *stop, struct error *err);

/* ---- reading ---- */

WARN_UNUSED int mirror_open(const struct workspace *ws, const char *repo, struct mirror **out,
                            struct error *err);
void mirror_close(struct mirror *m);

bool mirror_has_commit(struct mirror *m, const char *commit);
/* The committer's date, UTC seconds. */
WARN_UNUSED int mirror_commit_time(struct mirror *m, const char *commit, int64_t *utc,
                                   struct error *err);
/* `git describe --tags`: "v1.2.3", "v1.2.3-4-gabcdef0"; empty when no tag is reachable. */
WARN_UNUSED int mirror_describe(struct mirror *m, const char *commit, struct str *out,
                                struct error *err);

/* Appends the bytes of a file; E_NOTFOUND when there is none (or it is a folder). */
WARN_UNUSED int mirror_read(struct mirror *m, const char *commit, const char *path, struct str *out,
                            struct error *err);
bool mirror_has_file(struct mirror *m, const char *commit, const char *path);
bool mirror_has_dir(struct mirror *m, const char *commit, const char *path);

enum entry_kind { ENTRY_FILE, ENTRY_EXECUTABLE, ENTRY_LINK, ENTRY_DIR, ENTRY_SUBMODULE };

struct mirror_entry {
    const char *path; /* whole path from the root */
    enum entry_kind kind;
    const void *oid; /* for mirror_entry_read */
};

/* Calls `fn` for each entry of folder `dir` ("" is the root), not deeper. A return other than 0
 * ends it and is returned. */
typedef int (*mirror_entry_fn)(void *payload, const struct mirror_entry *e, struct error *err);
WARN_UNUSED int mirror_list(struct mirror *m, const char *commit, const char *dir,
                            mirror_entry_fn fn, void *payload, struct error *err);
/* … for each file, link, submodule and folder (before its content) of the whole tree. */
WARN_UNUSED int mirror_walk(struct mirror *m, const char *commit, mirror_entry_fn fn, void *payload,
                            struct error *err);
/* Appends the bytes of a file or the target of a link. */
WARN_UNUSED int mirror_entry_read(struct mirror *m, const struct mirror_entry *e, struct str *out,
                                  struct error *err);

/* Lines that match the pcre2 `pattern` in files whose path matches `glob` (fnmatch, "*" crosses
 * slashes; NULL: all); files over 1 MiB or with a NUL byte are passed over. Stops after `limit`
 * matches. */
struct tree_search {
    const char *commit, *pattern, *glob;
    int64_t limit;
};
/* A return other than 0 ends it and is returned. */
typedef int (*mirror_match_fn)(void *payload, const char *path, int64_t line, const char *text,
                               size_t len);
WARN_UNUSED int mirror_search(struct mirror *m, const struct tree_search *q, mirror_match_fn fn,
                              void *payload, struct error *err);

/* The newest `limit` commits, from `commit` back, that changed a file or folder. */
struct path_log {
    const char *commit, *path;
    int64_t limit;
};
struct mirror_change {
    const char *commit; /* 40 hex digits */
    int64_t utc;        /* the committer's date */
    const char *summary;
};
/* A return other than 0 ends it and is returned. */
typedef int (*mirror_change_fn)(void *payload, const struct mirror_change *c);
WARN_UNUSED int mirror_path_log(struct mirror *m, const struct path_log *q, mirror_change_fn fn,
                                void *payload, struct error *err);

/* ---- patches ---- */

/* A test file: a folder `test` or `tests` above it, or named test_*.py, *_test.py or conftest.py.
 * By whole components: src/_pytest/python.py, inspector.py and latest/ are none. */
bool split_is_test(const char *path);

/* The diff base..end as git writes it with --binary --full-index -M, files that are tests in
 * `test`, all others in `fix`; both apply to the base in either order. tests.py and test.py are
 * tests when they use a test library (Django's are, jinja2/tests.py is not); a file that leaves
 * the tests is no test. E_FAIL when the two together are not the whole diff, file by file. */
WARN_UNUSED int mirror_diff_split(struct mirror *m, const char *base, const char *end,
                                  struct str *fix, struct str *test, struct error *err);

struct patch_file {
    char *old_path, *new_path; /* NULL: added, deleted */
    bool binary, renamed;
};
struct patch_files {
    struct patch_file *v;
    size_t n;
};
/* The files of a diff, by its headers, quoted names undone; each has at least one path. Reads
 * git's, with or without its own headers, and bears wrong hunk counts. E_PARSE names the line, or
 * says that it is no diff at all. */
WARN_UNUSED int patch_files_read(const struct str *patch, struct patch_files *out,
                                 struct error *err);
void patch_files_release(struct patch_files *f);

/* Appends what changed from `old` to `new`, as git writes it; nothing when they are equal. */
WARN_UNUSED int text_diff(const char *name, const struct str *old, const struct str *new,
                          struct str *out, struct error *err);

#endif
