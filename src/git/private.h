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
WARN_UNUSED int mirror_tree(struct mirror *m, const char *commit, git_tree **out,
                            struct error *err);

#endif
