/* cancel.h: one flag that says "stop".
 *
 * Long work looks at it between steps and children are killed when it rises. It may be
 * raised from a signal handler or another thread. A NULL cancel never stops anything.
 */
#ifndef BOTTEGA_CANCEL_H
#define BOTTEGA_CANCEL_H

#include <signal.h>
#include <stdbool.h>

struct cancel {
    volatile sig_atomic_t raised;
};

#define CANCEL_INIT                                                                                \
    {                                                                                              \
        0                                                                                          \
    }

void cancel_raise(struct cancel *c);
bool cancel_raised(const struct cancel *c);

/* SIGINT and SIGTERM raise `c` from now on; a second SIGINT ends the program at once. */
void cancel_on_signals(struct cancel *c);

#endif
