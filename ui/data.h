/* data.h: what the screen knows of the workspace as a whole, and when that changes.
 *
 * Brings the index up to date once, in the background; then watches its folder and tells the
 * views when anybody committed. Keeps the running batches for the line of state.
 */
#ifndef BOTTEGA_UI_DATA_H
#define BOTTEGA_UI_DATA_H

#include "base/base.h"

struct app;
struct data;

struct data *data_new(struct app *app);
void data_free(struct data *d);

/* Reads everything that changed on disk into the index, in the background. */
void data_catch_up(struct data *d);
/* Why the index could not be brought up to date; "" when it could. */
const char *data_trouble(const struct data *d);
bool data_catching_up(const struct data *d);
/* " · ◐ dev-7 61 %" for each running batch; appends nothing when there is none. */
void data_add_running(const struct data *d, struct str *out);

#endif
