/* clock.h: time. Durations are milliseconds of a clock that never jumps; instants are
 * UTC seconds since 1970 and are written as ISO 8601 ("2020-03-16T20:44:58Z"). */
#ifndef BOTTEGA_CLOCK_H
#define BOTTEGA_CLOCK_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

int64_t clock_ms(void);  /* monotonic */
int64_t clock_utc(void); /* wall clock, seconds */

/* Reads "2020-03-16", "2020-03-16T20:44:58Z", "2020-03-16 20:44:58+02:00", a fraction of a
 * second allowed and dropped. False when it is none of these. */
bool clock_parse(const char *text, int64_t *utc);
void clock_format(int64_t utc, struct str *out); /* appends */

#endif
