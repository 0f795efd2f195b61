/* indexer.h: tells the index of what ended, on a thread of its own.
 *
 * The index is derived: when it cannot be opened or written, the supervisor's log says so and
 * the batch goes on; the next list catches up from the files.
 */
#ifndef BOTTEGA_DISPATCH_INDEXER_H
#define BOTTEGA_DISPATCH_INDEXER_H

#include "config/config.h"

struct indexer;

/* `ws` is borrowed until indexer_end. NULL, with a word on stderr, when no thread can be had:
 * the other calls take it. */
struct indexer *indexer_new(const struct workspace *ws, const char *batch, const char *run);
/* The environment of that instance has changed; NULL: the batch itself has. */
void indexer_tell(struct indexer *i, const char *instance_id);
/* Works off what was told, then frees. */
void indexer_end(struct indexer *i);

#endif
