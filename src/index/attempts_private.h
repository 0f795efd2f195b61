/* attempts_private.h: between attempts.c (rows) and attempts_import.c (files and threads). */
#ifndef BOTTEGA_INDEX_ATTEMPTS_PRIVATE_H
#define BOTTEGA_INDEX_ATTEMPTS_PRIVATE_H

#include "index/attempts.h"
#include "index/store.h"

WARN_UNUSED int attempts_put(struct index *idx, int64_t source, const struct attempt *a,
                             const char *member, struct error *err);

#endif
