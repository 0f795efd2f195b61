/* wrap.h: where lines break and what stands at which column. Pure. */
#ifndef BOTTEGA_UI_WRAP_H
#define BOTTEGA_UI_WRAP_H

#include "base/base.h"

enum { TEXT_GUTTER = 2 };

/* Bytes from `from` on that fill at most `width` columns; at least one grapheme. */
size_t wrap_take(const char *s, size_t n, size_t from, int width);
/* Rows that a line takes at `width`; an empty one takes one. */
size_t wrap_rows(const char *s, size_t n, int width);
/* The first byte at or after the column; *column becomes where it really stands. */
size_t wrap_column(const char *s, size_t n, int *column);

#endif
