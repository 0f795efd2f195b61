#include "ui/views/align.h"

#include <stdlib.h>
#include <string.h>

/* partner[i]: the place in `b` that a[i] is matched with, -1 none. */
static void match(const char *const *a, size_t n, const char *const *b, size_t m, int *partner)
{
    size_t rows = n < ALIGN_LONGEST ? n : ALIGN_LONGEST,
           cols = m < ALIGN_LONGEST ? m : ALIGN_LONGEST;
    size_t width = cols + 1;
    uint16_t *best = xcalloc((rows + 1) * width, sizeof(*best));
    for (size_t i = rows; i-- > 0;) {
        for (size_t k = cols; k-- > 0;) {
            uint16_t down = best[(i + 1) * width + k], right = best[i * width + k + 1];
            best[i * width + k] = strcmp(a[i], b[k]) == 0
                                      ? (uint16_t)(best[(i + 1) * width + k + 1] + 1)
                                      : (down > right ? down : right);
        }
    }
    for (size_t i = 0; i < n; i++)
        partner[i] = -1;
    for (size_t i = 0, k = 0; i < rows && k < cols;) {
        if (strcmp(a[i], b[k]) == 0)
            partner[i++] = (int)k++;
        else if (best[(i + 1) * width + k] >= best[i * width + k + 1])
            i++;
        else
            k++;
    }
    free(best);
}

static struct align_row *add_row(struct align_rows *r, size_t count)
{
    if (r->n == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 64;
        r->v = xrealloc(r->v, r->cap * sizeof(*r->v));
    }
    struct align_row *row = &r->v[r->n++];
    for (size_t k = 0; k < ALIGN_MOST; k++)
        row->at[k] = -1;
    row->same = count == 1;
    return row;
}

struct laying {
    int *partner[ALIGN_MOST];
    size_t next[ALIGN_MOST]; /* not laid yet */
    const size_t *n;
    size_t count;
    struct align_rows *out;
};

/* What the others have before their partners of the ruler's `i` stands beside each other. */
static void lay_between(struct laying *l, size_t i)
{
    size_t until[ALIGN_MOST], most = 0;
    for (size_t k = 1; k < l->count; k++) {
        bool end = i >= l->n[0];
        until[k] = end ? l->n[k] : l->partner[k][i] < 0 ? l->next[k] : (size_t)l->partner[k][i];
        if (until[k] - l->next[k] > most)
            most = until[k] - l->next[k];
    }
    for (size_t row = 0; row < most; row++) {
        struct align_row *r = add_row(l->out, l->count);
        for (size_t k = 1; k < l->count; k++)
            if (l->next[k] < until[k])
                r->at[k] = (int)l->next[k]++;
    }
}

static void lay_ruler(struct laying *l, size_t i)
{
    struct align_row *r = add_row(l->out, l->count);
    r->at[0] = (int)i;
    r->same = true;
    for (size_t k = 1; k < l->count; k++) {
        r->at[k] = l->partner[k][i];
        r->same = r->same && r->at[k] >= 0;
        if (r->at[k] >= 0)
            l->next[k] = (size_t)r->at[k] + 1;
    }
}

void align(const char *const *const keys[], const size_t *n, size_t count, struct align_rows *out)
{
    struct laying l = { .n = n, .count = count, .out = out };
    for (size_t k = 1; k < count; k++) {
        l.partner[k] = xcalloc(n[0] + 1, sizeof(int));
        match(keys[0], n[0], keys[k], n[k], l.partner[k]);
    }
    for (size_t i = 0; i < n[0]; i++) {
        lay_between(&l, i);
        lay_ruler(&l, i);
    }
    lay_between(&l, n[0]);
    for (size_t k = 1; k < count; k++)
        free(l.partner[k]);
}

void align_rows_release(struct align_rows *r)
{
    free(r->v);
    memset(r, 0, sizeof(*r));
}

size_t align_divergence(const struct align_rows *r, size_t from, int direction)
{
    for (size_t i = from; i < r->n; i += (size_t)direction)
        if (!r->v[i].same && (i == 0 || r->v[i - 1].same))
            return i;
    return r->n;
}
