/* manual.h: what `help keys` and `help man` print, made from the tables of verbs, options and
 * actions. */
#ifndef BOTTEGA_COMMAND_MANUAL_H
#define BOTTEGA_COMMAND_MANUAL_H

#include "base/base.h"

/* The workbench's actions with their keys as the user's file has them. */
WARN_UNUSED int manual_print_keys(struct error *err);
/* The man page, in roff. */
WARN_UNUSED int manual_print_man(struct error *err);

#endif
