#include "command/attach.h"
#include "container/container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say_begin(struct invocation *inv, const char *id, bool resumed, size_t n)
{
    if (!inv->quiet)
        fprintf(stderr, "%s: %s, %zu %s\n", id, resumed ? "resumed" : "begun", n,
                n == 1 ? "instance" : "instances");
}

static int watch_to_end(struct invocation *inv, const struct attach_spec *spec, struct error *err)
{
    struct batch_status end;
    int rc = batch_attach(inv, spec, &end, err);
    batch_status_release(&end);
    if (rc == 0)
        rc = summary_print(inv, spec->batch, err);
    return rc;
}

int submit_and_watch(struct invocation *inv, const struct batch_spec *spec, const char *resume,
                     struct error *err)
{
    struct str id = STR_INIT;
    bool resumed = false;
    struct attach_spec a = { .owns = true, .resume = resume, .since = clock_utc() };
    if (args_flag(inv->args, "jobs"))
        a.jobs = spec->jobs;
    int rc = batch_submit(inv->workspace, spec, &id, &resumed, err);
    if (rc == 0)
        rc = batch_launch(inv->workspace, id.s, &inv->overrides, err);
    a.batch = id.s;
    if (rc == 0)
        say_begin(inv, id.s, resumed, spec->ids->n);
    if (rc == 0 && args_flag(inv->args, "detach"))
        printf("%s\n", id.s);
    else if (rc == 0)
        rc = watch_to_end(inv, &a, err);
    str_release(&id);
    return rc;
}
