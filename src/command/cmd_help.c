#include "command/command.h"
#include "command/manual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_args(const struct arg_def *defs)
{
    for (const struct arg_def *d = defs; d && d->name; d++) {
        char *left = str_format("--%s%s%s", d->name, d->kind == ARG_VALUE ? " " : "",
                                d->kind == ARG_VALUE ? d->value : "");
        if (d->letter)
            printf("  -%c, %-22s %s\n", d->letter, left, d->help);
        else
            printf("      %-22s %s\n", left, d->help);
        free(left);
    }
}

void command_print_help(const struct command *c)
{
    printf("bottega [-C WORKSPACE] [-c key=value] %s %s\n\n%s\n", c->name, c->usage, c->summary);
    if (c->args) {
        printf("\n");
        print_args(c->args);
    }
    printf("\nEvery verb takes --json, -q and --help.\n");
}

static void print_options(void)
{
    size_t n;
    const struct option_def *defs = option_defs(&n);
    for (size_t i = 0; i < n; i++)
        printf("%-22s %s\n%22s default %s%s%s\n", defs[i].name, defs[i].help, "", defs[i].fallback,
               defs[i].words ? " of " : "", defs[i].words ? defs[i].words : "");
}

static void print_verbs(void)
{
    printf("bottega [-C WORKSPACE] [-c key=value] VERB …\n\n");
    for (const struct command *c = commands; c->name; c++)
        if (!(c->flags & HIDDEN))
            printf("  %-14s %s\n", c->name, c->summary);
    printf(
        "\nbottega help VERB says how one works, bottega help options what bottega.conf takes,\n"
        "bottega help keys what the workbench can do, bottega help man all of it as a man page.\n");
}

int cmd_help(struct invocation *inv, struct error *err)
{
    const char *name = inv->args->names.n ? inv->args->names.v[0] : NULL;
    if (!name) {
        print_verbs();
        return 0;
    }
    if (strcmp(name, "options") == 0) {
        print_options();
        return 0;
    }
    if (strcmp(name, "keys") == 0)
        return manual_print_keys(err);
    if (strcmp(name, "man") == 0)
        return manual_print_man(err);
    const struct command *c = command_find(name);
    if (!c)
        return error_set(err, E_USAGE, "no verb is called %s", name);
    command_print_help(c);
    return 0;
}
