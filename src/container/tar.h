/* tar.h: a tar stream written piece by piece into a str, by libarchive.
 *
 * GNU format: names are bytes as git has them, of any length. Owners are root, times are
 * `mtime`, so equal input gives equal bytes. Whoever sends the stream empties the str between
 * calls. Paths are relative; one that is absolute or climbs by ".." is E_PARSE.
 */
#ifndef BOTTEGA_TAR_H
#define BOTTEGA_TAR_H

#include "base/base.h"

struct archive;

struct tar {
    struct archive *archive;
    struct str *sink; /* borrowed; bytes are appended */
    int64_t mtime;    /* UTC seconds of what is added next; 2000-01-01 at first */
};

void tar_begin(struct tar *t, struct str *sink);
/* `mode` as git has it or as stat has it: the permission bits are taken. */
WARN_UNUSED int tar_add_file(struct tar *t, const char *path, unsigned mode, const void *bytes,
                             size_t n, struct error *err);
WARN_UNUSED int tar_add_dir(struct tar *t, const char *path, struct error *err);
WARN_UNUSED int tar_add_link(struct tar *t, const char *path, const char *target,
                             struct error *err);
/* Writes the end mark. */
WARN_UNUSED int tar_end(struct tar *t, struct error *err);
void tar_release(struct tar *t);

#endif
