/* rejudge.h: `bottega synthesize --rejudge`. */
#ifndef BOTTEGA_COMMAND_REJUDGE_H
#define BOTTEGA_COMMAND_REJUDGE_H

#include "command/command.h"

/* Judges what ended in the run again, tells each change, and writes it unless --dry-run. An exit
 * code, or an error class. */
WARN_UNUSED int rejudge_run(struct invocation *inv, const char *run, struct error *err);

#endif
