/* stages.h: the stages of the pipeline with how much waits, runs, and ended in each. */
#ifndef BOTTEGA_UI_STAGES_H
#define BOTTEGA_UI_STAGES_H

#include "ui/widgets/table.h"

struct app;
struct stages;

struct stages *stages_new(struct app *a, struct window *parent);
void stages_free(struct stages *s);
/* Counts again, in the background. */
void stages_refresh(struct stages *s);
struct table *stages_table(struct stages *s);
/* Appends the door to the instances that the row under the cursor counts. */
void stages_add_door(const struct stages *s, struct str *out);
size_t stages_rows(void);

#endif
