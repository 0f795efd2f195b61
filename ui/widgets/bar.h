/* bar.h: bars of eighths of a cell. */
#ifndef BOTTEGA_UI_BAR_H
#define BOTTEGA_UI_BAR_H

#include "base/base.h"

/* Appends a bar of `width` columns for `part` of `whole`, padded with blanks. */
void bar_add(struct str *out, int64_t part, int64_t whole, int width);

#endif
