#include "command/manual.h"

#include "command/command.h"
#include "config/config.h"
#include "ui/conf.h"
#include "ui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_name(const struct action *a, struct str *out)
{
    str_addf(out, "%s%s%s", a->name, a->arg ? " " : "", a->arg ? a->arg : "");
}

/* ---- on a terminal ---- */

static void pad(struct str *s, size_t from, int columns)
{
    for (int w = text_width(s->s + from, s->len - from); w < columns; w++)
        str_addc(s, ' ');
}

int manual_print_keys(struct error *err)
{
    enum { KEYS_W = 14, NAME_W = 26 };
    struct keymap keys;
    struct str line = STR_INIT;
    const char *group = "";
    char *path = conf_user_path_new("keys");
    size_t n;
    const struct action *table = action_table(&n);
    int rc = keymap_load(&keys, path, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        if (strcmp(group, table[i].group) != 0)
            printf("%s%s\n", *group ? "\n" : "", table[i].group);
        group = table[i].group;
        str_set(&line, "  ");
        keymap_add_labels(&keys, &table[i], &line);
        pad(&line, 0, KEYS_W);
        size_t name = line.len;
        add_name(&table[i], &line);
        if (text_width(line.s + name, line.len - name) > NAME_W) {
            printf("%s\n", line.s);
            str_clear(&line);
            pad(&line, 0, KEYS_W + NAME_W);
        } else
            pad(&line, name, NAME_W);
        printf("%s  %s\n", line.s, table[i].help);
    }
    keymap_release(&keys);
    str_release(&line);
    free(path);
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

static void put_actions(const struct keymap *keys)
{
    const char *group = "";
    size_t n;
    const struct action *table = action_table(&n);
    printf(".SH WORKBENCH\nWithout a verb, on a terminal. Each action has a name for : and for "
           "scripts; the file\n.I ~/.config/bottega/keys\ngives it other keys: section keys, "
           "action = sequence.\n");
    for (size_t i = 0; i < n; i++) {
        struct str term = STR_INIT;
        if (strcmp(group, table[i].group) != 0)
            printf(".SS %s\n", table[i].group);
        group = table[i].group;
        keymap_add_labels(keys, &table[i], &term);
        str_add(&term, term.len ? "   " : "");
        add_name(&table[i], &term);
        put_entry(term.s, table[i].help);
        str_release(&term);
    }
}

int manual_print_man(struct error *err)
{
    struct keymap keys;
    int rc = keymap_load(&keys, "", err);
    if (rc == 0) {
        printf(".TH BOTTEGA 1\n.SH NAME\nbottega \\- from merged pull requests to proven "
               "environments\n.SH SYNOPSIS\n.B bottega\n[\\-C WORKSPACE] [\\-c key=value] "
               "[VERB \\&...]\n.SH VERBS\n");
        for (const struct command *c = commands; c->name; c++)
            if (!(c->flags & HIDDEN))
                put_verb(c);
        put_options();
        put_actions(&keys);
    }
    keymap_release(&keys);
    return rc;
}
