/* summary.h: an environment in one page: why it stands as it does, each word leading to its
 * bytes. The Summary tab and the preview of Instances. */
#ifndef BOTTEGA_UI_SUMMARY_H
#define BOTTEGA_UI_SUMMARY_H

#include "index/index.h"
#include "ui/widgets/doc.h"

struct doc *summary_new(const struct detail *d);
/* "✕ rejected in round 3: fix-fails"; appends. */
void summary_add_verdict(const struct detail *d, struct str *out);
const char *detail_state(const struct detail *d);

/* The statement, the tests and the fix. */
struct doc *issue_new(const struct detail *d);

#endif
