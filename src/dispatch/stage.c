#include "dispatch/stage.h"

#include <stdio.h>
#include <string.h>

enum { COMMAND_LOG_BYTES = 64 << 20, EXIT_TRY_AGAIN = 75 };

/* Puts the instance's id, quoted, wherever the command says %{instance_id}. */
static void expand(const char *command, const char *instance_id, struct str *out)
{
    static const char mark[] = "%{instance_id}";
    const char *hit;
    while ((hit = strstr(command, mark))) {
        str_addn(out, command, (size_t)(hit - command));
        str_add_quoted(out, instance_id);
        command = hit + sizeof(mark) - 1;
    }
    str_add(out, command);
}

static void judge(const struct process_result *res, struct item_result *out)
{
    bool again = res->signal || res->exit_code == EXIT_TRY_AGAIN;
    out->seconds = (double)res->ms / 1000;
    out->state = xstrdup(again ? "error" : res->exit_code ? "failed" : "done");
    if (res->signal)
        out->reason = str_format("the command was killed by signal %d", res->signal);
    else if (res->exit_code)
        out->reason = str_format("the command ended with status %d", res->exit_code);
}

/* Any shell command per instance: 0 is `done`, 75 (EX_TEMPFAIL) or a signal `error`, which is
 * tried again, anything else `failed`. */
static int run_command(const struct stage_job *job, struct item_result *out, struct error *err)
{
    struct str command = STR_INIT;
    struct strv env = STRV_INIT;
    struct process_result res;
    expand(json_get_str(job->batch->options, "command", "true"), job->instance_id, &command);
    strv_addf(&env, "BOTTEGA_INSTANCE=%s", job->instance_id);
    strv_addf(&env, "BOTTEGA_WORKSPACE=%s", job->ws->root);
    const char *argv[] = { "/bin/sh", "-c", command.s, NULL };
    struct process_spec spec = { .argv = argv,
                                 .env = (const char *const *)env.v,
                                 .out_path = job->log,
                                 .append = true,
                                 .max_bytes = COMMAND_LOG_BYTES,
                                 .stop = job->stop };
    job->on_phase(job->payload, 1, "command");
    int rc = process_run(&spec, &res, err);
    if (rc == 0 && res.dropped_bytes)
        fprintf(stderr, "-- %lld bytes more were not kept\n", (long long)res.dropped_bytes);
    if (rc == 0)
        judge(&res, out);
    strv_release(&env);
    str_release(&command);
    return rc;
}

/* One row per stage. */
static const struct stage stages[] = {
    { "synthesize", stage_synthesize, stage_can_synthesize,
      "from a pull request to a proven environment" },
    { "verify", stage_verify, stage_has_engine, "prove an accepted environment again, built anew" },
    { "command", run_command, NULL, "a shell command of yours, once per instance" },
};

const struct stage *stage_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(stages); i++)
        if (strcmp(stages[i].name, name) == 0)
            return &stages[i];
    return NULL;
}

int stage_ready(const struct workspace *ws, const char *name, struct error *err)
{
    const struct stage *s = stage_find(name);
    return s && s->ready ? s->ready(ws, err) : 0;
}
