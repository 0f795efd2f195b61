/* path.h: files and folders.
 *
 * file_write never leaves half a file: it writes "<path>.tmp-<pid>" beside it, syncs and
 * renames. Names that come from data must pass path_is_safe before they touch a disk.
 */
#ifndef BOTTEGA_PATH_H
#define BOTTEGA_PATH_H

#include "base/error.h"
#include "base/str.h"
#include "base/strv.h"

#include <stdint.h>
#include <sys/types.h>

/* One component that data may name: no '/', no control byte, not "." or "..", not empty,
 * at most 200 bytes. */
bool path_is_safe(const char *name);

bool path_exists(const char *path);
bool path_is_dir(const char *path);
const char *path_base(const char *path); /* after the last '/'; borrowed */

/* mkdir -p. */
WARN_UNUSED int dir_make(const char *path, struct error *err);
/* Names in a folder, sorted, without "." and ".."; a missing folder is E_NOTFOUND. */
WARN_UNUSED int dir_list(const char *path, struct strv *names, struct error *err);
/* rm -rf; a missing tree is no error; never follows a link. */
WARN_UNUSED int tree_remove(const char *path, struct error *err);

/* Appends the whole file to `out`. */
WARN_UNUSED int file_read(const char *path, struct str *out, struct error *err);
WARN_UNUSED int file_write(const char *path, const void *bytes, size_t len, struct error *err);
/* The same without the sync, for what can be made again after a power failure: a hundred times
 * cheaper, and still never half a file after a kill. */
WARN_UNUSED int file_write_unsynced(const char *path, const void *bytes, size_t len,
                                    struct error *err);
/* Appends one line and its newline with a single write(2), creating the file. */
WARN_UNUSED int file_append_line(const char *path, const char *line, struct error *err);

/* Bytes of a file, or -1. */
int64_t file_size(const char *path);

/* Free and total bytes of the file system below `path`; false when it cannot be told. */
bool disk_space(const char *path, int64_t *free_bytes, int64_t *total_bytes);

#endif
