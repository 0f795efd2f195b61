/* private.h: what the files of git/ share. */
#ifndef BOTTEGA_GIT_PRIVATE_H
#define BOTTEGA_GIT_PRIVATE_H

#include "git/git.h"

#include <git2.h>

struct mirror {
    git_repository *git;
    char *repo; /* "owner/name" */
};

/* Fills `err` from libgit2's last error. */
int error_from_git(struct error *err, int code, const char *fmt, ...) PRINTF(3, 4);
WARN_UNUSED int mirror_commit(struct mirror *m, const char *commit, git_commit **out,
                              struct error *err);
WARN_UNUSED int mirror_tree(struct mirror *m, const char *commit, git_tree **out,
                            struct error *err);

/* Runs the git command that talks to the remote of `repo`; E_NOTFOUND, E_NETWORK, E_DISK or
 * E_MISSING by git's own words. */
WARN_UNUSED int remote_run(const struct workspace *ws, const struct strv *argv, const char *repo,
                           const struct cancel *stop, struct error *err);

/* True for names that only the content can tell: tests.py, test.py. */
bool split_may_be_test(const char *path);
/* True when the bytes use a test library. */
bool split_reads_as_test(const char *bytes, size_t n);

#endif
