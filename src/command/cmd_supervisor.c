#include "command/command.h"
#include "dispatch/dispatch.h"

const struct arg_def supervisor_args[] = {
    { "ready-fd", 0, ARG_VALUE, "FD", "where to say that it listens" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

int cmd_supervisor(struct invocation *inv, struct error *err)
{
    int64_t ready = -1;
    if (inv->args->names.n != 1)
        return error_set(err, E_USAGE, "supervisor: name one batch");
    int rc = args_flag(inv->args, "ready-fd") ? args_int(inv->args, "ready-fd", 3, &ready, err) : 0;
    return rc < 0 ? rc
                  : supervisor_main(inv->workspace, inv->args->names.v[0], &inv->overrides,
                                    (int)ready, err);
}
