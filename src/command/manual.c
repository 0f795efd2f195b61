#include "command/manual.h"

#include "command/command.h"
#include "config/config.h"
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- on a terminal ---- */

static void pad(struct str *s, size_t from, int columns)
{
    for (int w = text_width(s->s + from, s->len - from); w < columns; w++)
        str_addc(s, ' ');
}

static void print_action(void *payload, const char *group, const char *keys, const char *name,
                         const char *help)
{
    enum { KEYS_W = 14, NAME_W = 26 };
    struct str line = STR_INIT, *last = payload;
    if (strcmp(last->s, group) != 0)
        printf("%s%s\n", last->len ? "\n" : "", group);
    str_set(last, group);
    str_addf(&line, "  %s", keys);
    pad(&line, 0, KEYS_W);
    size_t from = line.len;
    str_add(&line, name);
    if (text_width(name, strlen(name)) > NAME_W) {
        printf("%s\n", line.s);
        str_clear(&line);
        pad(&line, 0, KEYS_W + NAME_W);
    } else
        pad(&line, from, NAME_W);
    printf("%s  %s\n", line.s, help);
    str_release(&line);
}

int manual_print_keys(struct error *err)
{
    struct str group = STR_INIT;
    int rc = ui_each_action(true, print_action, &group, err);
    str_release(&group);
    return rc;
}

/* ---- roff ---- */

static void put(const char *s)
{
    if (*s == '.' || *s == '\'')
        fputs("\\&", stdout);
    for (; *s; s++) {
        if (*s == '\\')
            fputs("\\e", stdout);
        else if (*s == '-')
            fputs("\\-", stdout);
        else
            putchar(*s);
    }
}

static void put_entry(const char *term, const char *text)
{
    printf(".TP\n.B ");
    put(term);
    putchar('\n');
    put(text);
    putchar('\n');
}

static void put_verb(const struct command *c)
{
    printf(".SS ");
    put(c->name);
    putchar(' ');
    put(c->usage ? c->usage : "");
    putchar('\n');
    put(c->summary);
    putchar('\n');
    for (const struct arg_def *d = c->args; d && d->name; d++) {
        char *term = str_format("--%s%s%s", d->name, d->kind == ARG_VALUE ? " " : "",
                                d->kind == ARG_VALUE ? d->value : "");
        put_entry(term, d->help);
        free(term);
    }
}

static void put_options(void)
{
    size_t n;
    const struct option_def *defs = option_defs(&n);
    printf(".SH CONFIGURATION\nbottega.conf of the workspace, over ~/.config/bottega/config, in "
           "the syntax of\n.BR git\\-config (1).\n");
    for (size_t i = 0; i < n; i++) {
        char *term = str_format("%s = %s", defs[i].name, defs[i].fallback);
        put_entry(term, defs[i].help);
        free(term);
    }
}

static void put_action(void *payload, const char *group, const char *keys, const char *name,
                       const char *help)
{
    struct str *last = payload;
    char *term = str_format("%s%s%s", keys, *keys ? "   " : "", name);
    if (strcmp(last->s, group) != 0)
        printf(".SS %s\n", group);
    str_set(last, group);
    put_entry(term, help);
    free(term);
}

int manual_print_man(struct error *err)
{
    struct str group = STR_INIT;
    printf(".TH BOTTEGA 1\n.SH NAME\nbottega \\- from merged pull requests to proven "
           "environments\n.SH SYNOPSIS\n.B bottega\n[\\-C WORKSPACE] [\\-c key=value] "
           "[VERB \\&...]\n.SH VERBS\n");
    for (const struct command *c = commands; c->name; c++)
        if (!(c->flags & HIDDEN))
            put_verb(c);
    put_options();
    printf(".SH WORKBENCH\nWithout a verb, on a terminal. Each action has a name for : and for "
           "scripts; the file\n.I ~/.config/bottega/keys\ngives it other keys: section keys, "
           "action = sequence.\n");
    int rc = ui_each_action(false, put_action, &group, err);
    str_release(&group);
    return rc;
}
