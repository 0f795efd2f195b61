#include "command/command.h"

#include <stdio.h>

int cmd_init(struct invocation *inv, struct error *err)
{
    const char *dir = inv->args->names.n ? inv->args->names.v[0] : inv->dir;
    int rc = workspace_init(dir, err);
    if (rc == 0 && !inv->quiet)
        fprintf(stderr, "%s is a workspace; `bottega -C %s import FILE` brings tasks\n", dir, dir);
    return rc;
}
