/* align.h: sequences of actions laid beside each other by what they did. Pure.
 *
 * The first sequence is the ruler: every other one is aligned to it by a longest common
 * subsequence of equal keys. A row holds, of each sequence, the place that stands there or -1;
 * what has no partner stands between the rows of what has.
 */
#ifndef BOTTEGA_UI_ALIGN_H
#define BOTTEGA_UI_ALIGN_H

#include "base/base.h"

enum { ALIGN_MOST = 4, ALIGN_LONGEST = 3000 };

struct align_row {
    int at[ALIGN_MOST]; /* -1: nothing of it stands here */
    bool same;          /* all of them, and with equal keys */
};
struct align_rows {
    struct align_row *v;
    size_t n, cap;
};

/* `keys[k]` are the keys of sequence k, `n[k]` of them; beyond ALIGN_LONGEST they count as
 * having no partner. */
void align(const char *const *const keys[], const size_t *n, size_t count, struct align_rows *out);
void align_rows_release(struct align_rows *r);
/* The first row from `from` on, in the direction, that begins a stretch where they differ; n:
 * none. */
size_t align_divergence(const struct align_rows *r, size_t from, int direction);

#endif
