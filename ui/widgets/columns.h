/* columns.h: which columns of a table fit, and how wide each is. Pure. */
#ifndef BOTTEGA_UI_COLUMNS_H
#define BOTTEGA_UI_COLUMNS_H

#include "ui/widgets/table.h"

struct column_layout {
    int x[TABLE_COLUMNS], w[TABLE_COLUMNS]; /* w 0: not shown */
    bool hidden_right;
};

/* `avail` columns of the screen; `left` columns after the first are scrolled away. */
void columns_layout(const struct table *t, int avail, struct column_layout *out);

#endif
