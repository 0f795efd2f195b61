#include "command/attach.h"
#include "command/rejudge.h"
#include "command/select.h"

#include <stdio.h>
#include <string.h>

const struct arg_def synthesize_args[] = {
    { "where", 'w', ARG_VALUE, "QUERY", "only these: state:failed repo:pallets* some words" },
    { "run", 'r', ARG_VALUE, "NAME", "the run that it belongs to (main)" },
    { "jobs", 'j', ARG_VALUE, "N", "instances at a time (dispatch.jobs)" },
    { "agent", 0, ARG_VALUE, "rules|auto", "who decides how an environment is built (auto)" },
    { "from-round", 0, ARG_VALUE, "N", "again from this round on; what was is put aside" },
    { "dockerfile", 0, ARG_VALUE, "FILE", "try this one as a new round of the one instance named" },
    { "eval", 0, ARG_VALUE, "FILE", "likewise, the evaluation script or its skeleton" },
    { "requirements", 0, ARG_VALUE, "FILE", "likewise, the lock" },
    { "engine", 0, ARG_VALUE, "local", "where the work is done" },
    { "rejudge", 0, ARG_FLAG, NULL,
      "run nothing: judge again what ended in the run, by the logs and reports that it left" },
    { "dry-run", 'n', ARG_FLAG, NULL, "only say what would be done" },
    { "detach", 'd', ARG_FLAG, NULL, "do not watch; print the batch's id" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static int check_words(const struct args *args, struct error *err)
{
    const char *agent = args_text(args, "agent", "auto");
    const char *engine = args_text(args, "engine", "local");
    if (strcmp(agent, "llm") == 0)
        return error_set(err, E_MISSING,
                         "--agent llm: this bottega speaks to no model; "
                         "--agent rules needs none");
    if (strcmp(agent, "rules") != 0 && strcmp(agent, "auto") != 0)
        return error_set(err, E_USAGE, "--agent %s: must be one of rules|auto", agent);
    if (strcmp(engine, "local") != 0)
        return error_set(err, E_USAGE, "--engine %s: must be local", engine);
    return 0;
}

static int nothing_to_do(const struct invocation *inv, const struct selection *s, const char *run)
{
    if (inv->quiet)
        return EXIT_ALL_WELL;
    if (s->finished)
        fprintf(stderr,
                "nothing to do: all %lld have ended in the run %s; another --run NAME "
                "does them afresh\n",
                (long long)s->finished, run);
    else
        fprintf(stderr, "nothing to do: no instance%s\n",
                args_text(inv->args, "where", NULL) ? " matches"
                                                    : "; `bottega import FILE` brings tasks");
    return EXIT_ALL_WELL;
}

static int read_asked(const struct invocation *inv, struct asked_spec *asked, struct error *err)
{
    const struct args *a = inv->args;
    *asked = (struct asked_spec){ .dockerfile = args_text(a, "dockerfile", NULL),
                                  .script = args_text(a, "eval", NULL),
                                  .lock = args_text(a, "requirements", NULL) };
    int rc = args_int(a, "from-round", 1, &asked->from_round, err);
    if (rc == 0 && asked_by_hand(asked) && (a->names.n != 1 || args_flag(a, "where")))
        rc = error_set(err, E_USAGE, "a file is tried on one instance: name it");
    if (rc == 0 && asked->from_round && !a->names.n && !args_flag(a, "where"))
        rc = error_set(err, E_USAGE, "--from-round %lld: of which instances? Name them, or --where",
                       (long long)asked->from_round);
    return rc;
}

static int work(struct invocation *inv, const struct selection *s, const struct asked_spec *asked,
                const char *run, int64_t jobs, struct error *err)
{
    json_t *options = json_object();
    struct batch_spec spec = { "synthesize", run,     args_text(inv->args, "agent", "auto"),
                               jobs,         &s->ids, options };
    if (inv->overrides.n)
        json_object_set_new(options, "config", json_from_strv(&inv->overrides));
    int rc = asked_to_options(asked, options, err);
    if (rc == 0)
        rc = stage_ready(inv->workspace, "synthesize", err);
    if (rc == 0)
        rc = submit_and_watch(inv, &spec, "the same command", err);
    json_decref(options);
    return rc;
}

int cmd_synthesize(struct invocation *inv, struct error *err)
{
    struct workload p = WORKLOAD_INIT;
    struct asked_spec asked;
    const char *run = args_text(inv->args, "run", "main");
    int64_t jobs = config_int(&inv->workspace->config, "dispatch.jobs");
    int rc = check_words(inv->args, err);
    if (rc == 0 && !path_is_safe(run))
        rc = error_set(err, E_USAGE, "--run %s: must be one name of a folder", run);
    if (rc == 0 && args_flag(inv->args, "rejudge"))
        return rejudge_run(inv, run, err);
    if (rc == 0)
        rc = args_int(inv->args, "jobs", 1, &jobs, err);
    if (rc == 0)
        rc = read_asked(inv, &asked, err);
    bool anew = rc == 0 && (asked.from_round || asked_by_hand(&asked));
    if (rc == 0)
        rc = workload_make(inv, run, anew ? select_again : select_unfinished, &p, err);
    if (rc == 0 && args_flag(inv->args, "dry-run"))
        workload_print(inv, &p, "synthesize", run, jobs);
    else if (rc == 0)
        rc = p.pick.ids.n ? work(inv, &p.pick, &asked, run, jobs, err)
                          : nothing_to_do(inv, &p.pick, run);
    workload_release(&p);
    return rc;
}
