#include "command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One row per verb, in the order in which people meet them. */
const struct command commands[] = {
    { "init", 0, "[DIR]", "make a workspace", NULL, cmd_init },
    { "import", NEEDS_WORKSPACE, "PATH…",
      "bring in task rows, and trajectories, predictions and reports of other tools", import_args,
      cmd_import },
    { "mirror", NEEDS_WORKSPACE, "[OWNER/NAME…]", "bring the repositories of the tasks",
      mirror_args, cmd_mirror },
    { "synthesize", NEEDS_WORKSPACE, "[ID…]",
      "from pull requests to proven environments; again: goes on", synthesize_args,
      cmd_synthesize },
    { "verify", NEEDS_WORKSPACE, "[ID…]", "prove accepted environments again on this machine",
      verify_args, cmd_verify },
    { "check", NEEDS_WORKSPACE, "--leaks [ID…]",
      "look for the fix in accepted images, and for scripts that lie", check_args, cmd_check },
    { "batch", NEEDS_WORKSPACE,
      "[list | run | status | watch | pause | resume | cancel | jobs N | retry] [ID]",
      "work that was submitted: how it stands, and orders to it", batch_args, cmd_batch },
    { "supervisor", NEEDS_WORKSPACE | HIDDEN, "ID", "the process behind a batch", supervisor_args,
      cmd_supervisor },
    { "worker", NEEDS_WORKSPACE | HIDDEN, "--batch ID", "one of a batch's hands", worker_args,
      cmd_worker },
    { "image", 0, "list | build X.Y…", "base images: which there are, make one", image_args,
      cmd_image },
    { "gc", NEEDS_WORKSPACE, "", "remove this workspace's containers and images, and no others",
      gc_args, cmd_gc },
    { "doctor", 0, "", "what this machine lacks, and the mend for each", NULL, cmd_doctor },
    { "list", NEEDS_WORKSPACE, "repositories|instances|runs|batches|rounds|failures",
      "what the workspace holds, as a table or as JSON", list_args, cmd_list },
    { "show", NEEDS_WORKSPACE, "ID…", "one environment: why it stands so, and its files", show_args,
      cmd_show },
    { "search", 0, "[in:PLACE] PATTERN [PATH…]", "find words in what agents said, did and saw",
      search_args, cmd_search },
    { "report", NEEDS_WORKSPACE, "yield", "how much came of the work, and where it was lost",
      report_args, cmd_report },
    { "review", NEEDS_WORKSPACE, "ID…",
      "mark, label or annotate instances; --retract takes it back", review_args, cmd_review },
    { "playbook", NEEDS_WORKSPACE, "list|show NAME|test FILE|add FILE",
      "rules that mend failures: shipped ones, and the workspace's own", playbook_args,
      cmd_playbook },
    { "reindex", NEEDS_WORKSPACE, "", "make the index again from the files", reindex_args,
      cmd_reindex },
    { "workbench", HIDDEN, "[FOLDER]", "the screens, on a terminal", ui_args, cmd_ui },
    { "help", 0, "[VERB|options|keys|man]", "what there is, or how one verb works", NULL,
      cmd_help },
    { NULL, 0, NULL, NULL, NULL, NULL },
};

const struct command *command_find(const char *name)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static int exit_code_of(int rc)
{
    switch (rc) {
    case E_USAGE:
        return EXIT_USAGE;
    case E_MISSING:
    case E_ENGINE:
    case E_NEWER:
        return EXIT_MISSING;
    case E_CANCELLED:
        return EXIT_CANCELLED;
    default:
        return rc < 0 ? EXIT_SOME_FAILED : rc;
    }
}

static int run_command(const struct command *c, struct invocation *inv, struct error *err)
{
    struct workspace ws;
    if (!(c->flags & NEEDS_WORKSPACE))
        return c->run(inv, err);
    int rc = workspace_open(&ws, inv->dir, &inv->overrides, err);
    inv->workspace = &ws;
    if (rc == 0)
        rc = c->run(inv, err);
    inv->workspace = NULL;
    workspace_release(&ws);
    return rc;
}

static int parse_and_run(const struct command *c, struct invocation *inv, int argc, char **argv,
                         struct error *err)
{
    struct args args;
    int rc = args_parse(&args, c->args, argc, argv, err);
    inv->args = &args;
    inv->quiet = args_flag(&args, "quiet");
    inv->json = args_flag(&args, "json");
    if (rc == 0 && args_flag(&args, "help"))
        command_print_help(c);
    else if (rc == 0)
        rc = run_command(c, inv, err);
    inv->args = NULL;
    args_release(&args);
    return rc;
}

/* Without a verb the workbench opens, and its options stand alone. */
static bool is_of_workbench(const char *word)
{
    for (const struct arg_def *d = ui_args; d->name; d++)
        if (str_starts(word, "--") && str_starts(word + 2, d->name))
            return true;
    return false;
}

static bool opens_workbench(int argc, char **argv, int i)
{
    if (i == argc)
        return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return is_of_workbench(argv[i]) || (!command_find(argv[i]) && path_is_dir(argv[i]));
}

/* Reads -C and -c, which stand before the verb; leaves *i at the verb. */
static int parse_global(struct invocation *inv, int argc, char **argv, int *i, struct error *err)
{
    for (; *i < argc && argv[*i][0] == '-'; ++*i) {
        const char *word = argv[*i];
        if (strcmp(word, "--help") == 0 || strcmp(word, "--version") == 0 || is_of_workbench(word))
            break;
        if (strcmp(word, "-C") != 0 && strcmp(word, "-c") != 0)
            return error_set(err, E_USAGE, "unknown option %s before the verb", word);
        if (*i + 1 >= argc)
            return error_set(err, E_USAGE, "%s wants a value", word);
        if (word[1] == 'C')
            inv->dir = argv[++*i];
        else
            strv_add(&inv->overrides, argv[++*i]);
    }
    return 0;
}

static int dispatch(struct invocation *inv, int argc, char **argv, int i, struct error *err)
{
    if (opens_workbench(argc, argv, i))
        return parse_and_run(command_find("workbench"), inv, argc - i, argv + i, err);
    const char *verb = i < argc ? argv[i] : "help";
    if (strcmp(verb, "--version") == 0) {
        printf("bottega %s\n", BOTTEGA_VERSION);
        return 0;
    }
    const struct command *c = command_find(strcmp(verb, "--help") == 0 ? "help" : verb);
    if (!c)
        return error_set(err, E_USAGE, "no verb is called %s (bottega help lists them)", verb);
    return parse_and_run(c, inv, argc - i - 1, argv + i + 1, err);
}

int command_main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct cancel stop = CANCEL_INIT;
    struct invocation inv = { .dir = ".", .overrides = STRV_INIT, .stop = &stop };
    int i = 1;
    cancel_on_signals(&stop);
    int rc = parse_global(&inv, argc, argv, &i, &err);
    if (rc == 0)
        rc = dispatch(&inv, argc, argv, i, &err);
    if (rc < 0)
        fprintf(stderr, "bottega: %s\n", error_text(&err));
    strv_release(&inv.overrides);
    error_release(&err);
    return exit_code_of(rc);
}
