#include "command/command.h"
#include "dispatch/dispatch.h"

const struct arg_def worker_args[] = {
    { "batch", 0, ARG_VALUE, "ID", "the batch whose stage to run" },
    { "name", 0, ARG_VALUE, "NAME", "how the supervisor calls it" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

int cmd_worker(struct invocation *inv, struct error *err)
{
    const char *batch = args_text(inv->args, "batch", NULL);
    if (!batch)
        return error_set(err, E_USAGE, "worker: --batch ID is missing");
    return worker_main(inv->workspace, batch, args_text(inv->args, "name", "w0"), inv->stop, err);
}
