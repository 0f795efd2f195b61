/* base.h: what every other folder stands on; knows nothing of the project.
 *
 *   file        what it does
 *   error.c     an error's class, sentence, place and mend, filled by whoever failed
 *   str.c       growing byte strings
 *   strv.c      growing lists of strings, always NULL-terminated (an argv as it is)
 *   map.c       string -> pointer hash map, in order of insertion
 *   path.c      files and folders: read, write beside and rename, append, walk, remove
 *   process.c   children on a libuv loop: streams, time limit, whole-group kill
 *   cancel.c    one flag that says "stop", set by a signal or another part
 *   json.c      jansson with defaults, one-line JSON files and JSON lines
 *   text.c      hostile bytes made printable; widths; sizes and durations for people
 *   rx.c        pcre2 with limits, in one call
 *   clock.c     monotonic milliseconds, UTC seconds, ISO 8601
 *
 * Out of memory ends the program with a word (xmalloc and kin): nothing here returns NULL
 * for want of memory. Nothing here keeps state between calls but `cancel` and what its
 * header says.
 */
#ifndef BOTTEGA_BASE_H
#define BOTTEGA_BASE_H

#include "base/cancel.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/map.h"
#include "base/path.h"
#include "base/process.h"
#include "base/rx.h"
#include "base/str.h"
#include "base/strv.h"
#include "base/text.h"

#endif
