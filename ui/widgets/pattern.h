/* pattern.h: what people search for: a pcre2 pattern, without case unless it has a capital. */
#ifndef BOTTEGA_UI_PATTERN_H
#define BOTTEGA_UI_PATTERN_H

#include "base/base.h"

struct pattern;

WARN_UNUSED int pattern_new(const char *text, struct pattern **out, struct error *err);
/* A second one for another thread. */
struct pattern *pattern_share(const struct pattern *p);
void pattern_free(struct pattern *p);

/* The first match in bytes[from..n); false when there is none (or limits were met). */
bool pattern_find(const struct pattern *p, const char *bytes, size_t n, size_t from, size_t *start,
                  size_t *len);

#endif
