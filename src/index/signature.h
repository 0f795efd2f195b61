/* signature.h: what a failure said, without what differs from one instance to the next.
 *
 * Equal causes get equal texts: numbers, versions, hex, paths, addresses of the network, tests
 * and the names that a sentence is about become placeholders ("No module named '<module>'").
 * The line is taken from the evidence that status.json points at: that line when it speaks of
 * an error, else the first after it that does (pytest's "E  " lines stand below a heading);
 * without a line the last one of the log. A log is a stranger's: reading is bounded, and a name
 * that leaves the folder, a pipe or a link is no evidence.
 */
#ifndef BOTTEGA_INDEX_SIGNATURE_H
#define BOTTEGA_INDEX_SIGNATURE_H

#include "base/base.h"

/* Appends the signature of one line; nothing when nothing is left of it. At most 160 bytes of
 * UTF-8. */
void signature_add(struct str *out, const char *line, size_t n);

/* Appends the signature of the log `log` (relative to the folder `dir`, as in status.json) at
 * `line` (1-based; 0: unknown). False: there is no such log, or no error in it. */
bool signature_of_log(struct str *out, const char *dir, const char *log, int64_t line);
/* The line that it is taken from; `line` when there is none. */
int64_t signature_line(const char *dir, const char *log, int64_t line);

#endif
