#include "base/cancel.h"

#include "base/macros.h"

#include <string.h>
#include <unistd.h>

void cancel_raise(struct cancel *c)
{
    c->raised = 1;
}

bool cancel_raised(const struct cancel *c)
{
    return c && c->raised;
}

/* A signal handler has no argument of its own: this is the one pointer it needs. */
static struct cancel *volatile signalled;

static void on_signal(int signo)
{
    if (signalled->raised && signo == SIGINT)
        _exit(130);
    signalled->raised = 1;
}

void cancel_on_signals(struct cancel *c)
{
    static const int signals[] = { SIGINT, SIGTERM };
    struct sigaction sa;
    memset(&sa, 0, sizeof(sa));
    sa.sa_handler = on_signal;
    signalled = c;
    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        sigaction(signals[i], &sa, NULL);
}
