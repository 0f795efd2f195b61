#include "command/command.h"

int workspace_open_maybe(const struct invocation *inv, struct workspace *ws, struct error *err)
{
    int rc = workspace_open(ws, inv->dir, &inv->overrides, err);
    if (rc != E_MISSING)
        return rc;
    workspace_release(ws);
    config_init(&ws->config);
    return config_load(&ws->config, NULL, &inv->overrides, err);
}
