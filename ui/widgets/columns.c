#include "ui/widgets/columns.h"

#include <string.h>

enum { GAP = 2, CAP = 44, LEAST_GROW = 14, LEAST_FIRST = 14 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool scrolled_away(const struct table *t, size_t c)
{
    return c > 0 && c <= t->left;
}

static int wanted(const struct table *t, size_t c)
{
    int title = text_width(t->cols[c].title, strlen(t->cols[c].title));
    int w = t->seen[c] > title ? t->seen[c] : title;
    return t->cols[c].grow ? w : least(w, CAP);
}

/* The first column may not crowd out the others before they had their turn. */
static int first_width(const struct table *t, int avail)
{
    int share = avail * 2 / 5 > LEAST_FIRST ? avail * 2 / 5 : LEAST_FIRST;
    return least(least(wanted(t, 0), share), avail);
}

/* Columns from the left as long as they fit; what is left over. */
static int fit(const struct table *t, struct column_layout *l, int avail)
{
    int spare = avail - l->w[0];
    for (size_t c = 1; c < t->n_cols; c++) {
        int w = wanted(t, c);
        if (scrolled_away(t, c))
            continue;
        if (t->cols[c].grow)
            w = least(w, LEAST_GROW);
        if (l->hidden_right || GAP + w > spare) {
            l->hidden_right = true;
            continue;
        }
        l->w[c] = w;
        spare -= GAP + w;
    }
    return spare;
}

static int widen(int *w, int want, int spare)
{
    int more = least(want - *w, spare);
    if (more <= 0)
        return spare;
    *w += more;
    return spare - more;
}

void columns_layout(const struct table *t, int avail, struct column_layout *out)
{
    int x = 0;
    memset(out, 0, sizeof(*out));
    if (!t->n_cols || avail <= 0)
        return;
    out->w[0] = first_width(t, avail);
    int spare = fit(t, out, avail);
    spare = widen(&out->w[0], wanted(t, 0), spare);
    for (size_t c = 1; c < t->n_cols; c++)
        if (t->cols[c].grow && out->w[c])
            spare = widen(&out->w[c], wanted(t, c), spare);
    for (size_t c = 0; c < t->n_cols; c++) {
        out->x[c] = x;
        if (out->w[c])
            x += out->w[c] + GAP;
    }
}
