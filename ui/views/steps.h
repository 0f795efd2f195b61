/* steps.h: the steps of an attempt as a table; lines are read for what shows. */
#ifndef BOTTEGA_UI_STEPS_H
#define BOTTEGA_UI_STEPS_H

#include "ui/app.h"
#include "ui/views/attempt.h"
#include "ui/widgets/table.h"

struct steps {
    struct app *app;
    struct attempt_ref *attempt;
    struct table *table;
    struct step_line *lines; /* of each step, read when it shows */
    size_t *seen;            /* the steps that are listed */
    size_t n_seen;
    bool turns_only;
    struct job *job;
};

/* A table under `parent`; takes a hold of the attempt. */
struct steps *steps_new(struct app *a, struct window *parent, struct attempt_ref *attempt);
void steps_free(struct steps *s); /* NULL is no error; the window stays */

/* The step under the cursor; the number of steps when there is none. */
size_t steps_here(const struct steps *s);
/* Puts the cursor on a step, or the listed one nearest to it. */
void steps_go(struct steps *s, size_t step);
/* The next listed step from here with one of the flags; false: none. */
bool steps_go_flag(struct steps *s, unsigned flags, int direction);
/* Turns of the model alone, or everything. */
void steps_fold(struct steps *s, bool turns_only);

#endif
