/* orphan.h: what a killed worker left running must not work on beside its successor.
 *
 * The supervisor asks the kernel to inherit its workers' children (Linux); after a worker's
 * death it ends those, whole groups, before the item goes back to the queue.
 */
#ifndef BOTTEGA_DISPATCH_ORPHAN_H
#define BOTTEGA_DISPATCH_ORPHAN_H

#include <stdbool.h>
#include <stddef.h>

void orphans_adopt(void);
/* Kills and reaps every child of ours that `is_ours` does not know. Returns how many. */
size_t orphans_end(bool (*is_ours)(void *payload, int pid), void *payload);

#endif
