#include "config/config.h"

#include <string.h>

/* One row per option, sorted by name; bottega.conf(5), `:set` and errors read this table. */
static const struct option_def options[] = {
    { "batch.on_end", OPTION_TEXT, "", NULL,
      "shell command run when a batch ends; $BOTTEGA_BATCH and $BOTTEGA_STATE tell of it" },
    { "container.command", OPTION_TEXT, "auto", NULL,
      "the docker or podman program; auto takes the first that answers" },
    { "container.cpus", OPTION_INT, "2", NULL, "CPUs that one container may use" },
    { "container.disk", OPTION_SIZE, "10g", NULL,
      "bytes that one container may write in all, looked at every few seconds" },
    { "container.memory", OPTION_SIZE, "4g", NULL, "memory that one container may use" },
    { "container.pids", OPTION_INT, "1024", NULL, "processes that one container may hold" },
    { "container.tmp", OPTION_SIZE, "2g", NULL, "bytes that a container may write to one file" },
    { "dispatch.backoff", OPTION_DURATION, "20s", NULL,
      "wait before an instance that ended in `error` is tried again; doubles each time" },
    { "dispatch.engine-wait", OPTION_DURATION, "15m", NULL,
      "how long an item waits for a container engine that does not answer before it is an error" },
    { "dispatch.grace", OPTION_DURATION, "30s", NULL,
      "time that a stopped worker has to clean up before it is killed" },
    { "dispatch.jobs", OPTION_INT, "2", NULL, "instances worked on at a time" },
    { "dispatch.min-disk", OPTION_SIZE, "1g", NULL,
      "free disk, here and of the engine, below which no further instance is begun" },
    { "dispatch.min-memory", OPTION_SIZE, "256m", NULL,
      "free memory below which one instance at a time is worked on" },
    { "dispatch.retries", OPTION_INT, "3", NULL,
      "times an instance that ended in `error` is tried again" },
    { "evaluation.limit", OPTION_DURATION, "10m", NULL, "time that one evaluation may take" },
    { "evaluation.log", OPTION_SIZE, "64m", NULL, "bytes kept of one evaluation's log" },
    { "evaluation.repeats", OPTION_INT, "3", NULL,
      "runs with the fix that must agree before an environment is accepted" },
    { "image.build-limit", OPTION_DURATION, "20m", NULL, "time that one image build may take" },
    { "image.interpreters", OPTION_TEXT,
      "~/.pyenv/versions/*/bin/python ~/.local/share/uv/python/*/bin/python3 "
      "/opt/python/*/bin/python3 /usr/local/bin/python[23].[0-9]*",
      NULL, "globs, with blanks between, of interpreters on this host for local base images" },
    { "image.keep", OPTION_WORD, "accepted", "none|accepted|all",
      "which images stay after their instance is finished" },
    { "image.source", OPTION_WORD, "auto", "auto|hub|local",
      "where base images come from: the hub, this host, or whichever answers" },
    { "image.suite", OPTION_TEXT, "bookworm", NULL, "Debian suite of local base images" },
    { "index.path", OPTION_TEXT, "index.db", NULL,
      "the SQLite index, in the workspace unless absolute" },
    { "mirror.timeout", OPTION_DURATION, "30m", NULL, "time that one clone or fetch may take" },
    { "mirror.url", OPTION_TEXT, "https://github.com/{owner}/{name}.git", NULL,
      "where repositories come from; a local folder works" },
    { "review.curator", OPTION_TEXT, "", NULL,
      "your name in reviews/, where the account's does not serve" },
    { "synthesis.limit", OPTION_DURATION, "60m", NULL, "time that one instance may take in all" },
    { "synthesis.recipes", OPTION_WORD, "on", "on|off",
      "the first round tries what worked for the repository before, nearest in time" },
    { "synthesis.rounds", OPTION_INT, "12", NULL, "rounds tried before an instance is given up" },
    { "ui.mouse", OPTION_WORD, "on", "on|off",
      "whether the workbench listens to the mouse; off leaves selecting to the terminal" },
    { "ui.reader", OPTION_WORD, "off", "on|off",
      "for a screen reader: the cursor stands on what is selected, lists have no preview beside" },
    { "ui.theme", OPTION_TEXT, "dark", NULL,
      "colours of the workbench: dark, light, contrast, mono, or a file" },
    { "workspace.format", OPTION_INT, "1", NULL, "version of the workspace's layout" },
};

const struct option_def *option_defs(size_t *n)
{
    *n = ARRAY_LEN(options);
    return options;
}

const struct option_def *option_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}
