/* spark.h: a row of numbers as a row of small columns. */
#ifndef BOTTEGA_UI_SPARK_H
#define BOTTEGA_UI_SPARK_H

#include "base/base.h"

/* Appends one sign per number, the greatest full height; 0 is a dot, so that "none" and "few"
 * differ. */
void spark_add(struct str *out, const double *v, size_t n);

#endif
