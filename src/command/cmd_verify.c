#include "command/attach.h"
#include "command/select.h"

#include <stdio.h>

const struct arg_def verify_args[] = {
    { "where", 'w', ARG_VALUE, "QUERY", "only these: repo:pallets* f2p:>3 some words" },
    { "run", 'r', ARG_VALUE, "NAME", "the run whose environments to prove (main)" },
    { "times", 't', ARG_VALUE, "N", "proofs of each environment (1)" },
    { "jobs", 'j', ARG_VALUE, "N", "environments at a time (dispatch.jobs)" },
    { "dry-run", 'n', ARG_FLAG, NULL, "only say what would be done" },
    { "detach", 'd', ARG_FLAG, NULL, "do not watch; print the batch's id" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static int work(struct invocation *inv, const struct selection *s, const char *run, int64_t jobs,
                struct error *err)
{
    int64_t times = 1;
    int rc = args_int(inv->args, "times", 1, &times, err);
    if (rc == 0)
        rc = stage_ready(inv->workspace, "verify", err);
    if (rc < 0)
        return rc;
    json_t *options = json_object();
    struct batch_spec spec = { "verify", run, "", jobs, &s->ids, options };
    json_put_int(options, "times", times);
    if (inv->overrides.n)
        json_object_set_new(options, "config", json_from_strv(&inv->overrides));
    rc = submit_and_watch(inv, &spec, "the same command", err);
    json_decref(options);
    return rc;
}

int cmd_verify(struct invocation *inv, struct error *err)
{
    struct workload p = WORKLOAD_INIT;
    const char *run = args_text(inv->args, "run", "main");
    int64_t jobs = config_int(&inv->workspace->config, "dispatch.jobs");
    int rc = args_int(inv->args, "jobs", 1, &jobs, err);
    if (rc == 0 && !path_is_safe(run))
        rc = error_set(err, E_USAGE, "--run %s: must be one name of a folder", run);
    if (rc == 0)
        rc = workload_make(inv, run, select_accepted, &p, err);
    if (rc == 0 && args_flag(inv->args, "dry-run"))
        workload_print(inv, &p, "verify", run, jobs);
    else if (rc == 0 && p.pick.ids.n)
        rc = work(inv, &p.pick, run, jobs, err);
    else if (rc == 0 && !inv->quiet)
        fprintf(stderr, "nothing to do: no environment of the run %s is accepted%s\n", run,
                args_text(inv->args, "where", NULL) ? " and matches" : "");
    workload_release(&p);
    return rc;
}
