/* rx.h: pcre2 with limits, in one call.
 *
 * A pattern is compiled once and used by one thread at a time. A match that needs more than the
 * limit counts as none: patterns meet bytes that somebody made.
 */
#ifndef BOTTEGA_RX_H
#define BOTTEGA_RX_H

#include "base/error.h"
#include "base/str.h"
#include "base/strv.h"

struct rx;
/* Compiles a pcre2 pattern, multi-line, with a match limit. E_USAGE shows the place of a fault. */
WARN_UNUSED int rx_new(const char *pattern, struct rx **out, struct error *err);
/* The same for text: characters are UTF-8 (bytes that are none match nothing), capitals or not. */
WARN_UNUSED int rx_new_any_case(const char *pattern, struct rx **out, struct error *err);
void rx_free(struct rx *rx);
/* The first match at or after `from`: fills `groups` with it and its groups ("" when unset) and
 * returns the offset behind it, or -1. */
long rx_find(const struct rx *rx, const struct str *text, size_t from, struct strv *groups);
/* The same where only the place matters: its first byte, and the byte behind it. */
bool rx_span(const struct rx *rx, const struct str *text, size_t from, size_t *begin, size_t *end);
bool rx_has(const char *pattern, const struct str *text);

#endif
