#include "agents/rules/rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What of a signature is a hole (index/signature.h), and what may stand there. The name that a
 * sentence is about is a group: a remedy calls it %1. */
static const struct {
    const char *hole, *pattern, *remedy;
} holes[] = {
    { "<module>", "([\\w.]+)", "require %module" },
    { "<package>", "([\\w.-]+)", "unpin %1" },
    { "<class>", "([\\w.]+)", NULL },
    { "<path>", "[^\\s:'\"]+", NULL },
    { "<n>", "\\d[\\w.]*", NULL },
    { "<hex>", "(?:0x)?[0-9a-fA-F]+", NULL },
    { "<url>", "[^\\s'\"]+", NULL },
    { "<test>", "\\S+\\.py::\\S+", NULL },
};

static size_t hole_at(const char *s, size_t *which)
{
    for (size_t i = 0; i < ARRAY_LEN(holes); i++)
        if (str_starts(s, holes[i].hole)) {
            *which = i;
            return strlen(holes[i].hole);
        }
    return 0;
}

void pattern_of_signature(struct str *out, const char *signature)
{
    for (const char *s = signature; *s;) {
        size_t which = 0, n = hole_at(s, &which);
        if (n) {
            str_add(out, holes[which].pattern);
            s += n;
            continue;
        }
        if (*s == ' ')
            str_add(out, " +");
        else if (strchr("\\^$.[]|()?*+{}#", *s))
            str_addf(out, "\\%c", *s);
        else
            str_addc(out, *s);
        s++;
    }
}

/* As git-config reads it back. */
static void add_value(struct str *out, const char *key, const char *value)
{
    size_t n = strlen(value);
    bool quote = !n || value[0] == ' ' || value[n - 1] == ' ' || strpbrk(value, "#;");
    str_addf(out, "\t%s = %s", key, quote ? "\"" : "");
    for (const char *s = value; *s; s++) {
        if (*s == '\n' || *s == '\t') {
            str_add(out, *s == '\n' ? "\\n" : "\\t");
            continue;
        }
        if (*s == '"' || *s == '\\')
            str_addc(out, '\\');
        str_addc(out, *s);
    }
    str_add(out, quote ? "\"\n" : "\n");
}

static void add_heading(struct str *out, const char *name)
{
    str_add(out, "[rule \"");
    for (const char *s = name; *s; s++) {
        if (*s == '"' || *s == '\\')
            str_addc(out, '\\');
        str_addc(out, *s);
    }
    str_add(out, "\"]\n");
}

void rule_add_text(const struct rule *r, struct str *out)
{
    add_heading(out, r->name);
    if (r->phase != PHASES)
        add_value(out, "phase", phase_name(r->phase));
    add_value(out, "class", failure_info(r->class)->name);
    for (size_t i = 0; i < r->patterns.n; i++)
        add_value(out, "pattern", r->patterns.v[i]);
    for (size_t i = 0; i < r->remedies.n; i++)
        add_value(out, "remedy", r->remedies.v[i]);
}

/* ---- a draft ---- */

/* "own-cannot-open-shared": the first words of the signature. */
static void add_name(struct str *out, const char *signature)
{
    enum { WORDS = 4 };
    size_t words = 0;
    bool inside = false, hole = false;
    str_add(out, "own");
    for (const char *s = signature; *s && words <= WORDS; s++) {
        hole = *s == '<' || (hole && *s != '>');
        bool letter = !hole && isalpha((unsigned char)*s);
        if (letter && !inside && words++ < WORDS)
            str_addc(out, '-');
        if (letter && words <= WORDS)
            str_addc(out, (char)tolower((unsigned char)*s));
        inside = letter;
    }
}

static const char *remedy_of(const char *signature)
{
    for (size_t i = 0; i < ARRAY_LEN(holes); i++)
        if (holes[i].remedy && strstr(signature, holes[i].hole))
            return holes[i].remedy;
    return NULL;
}

/* Where a log is read for it: what a phase is called in a status and what a rule may say. */
static const char *phase_of(const char *phase)
{
    return strcmp(phase, "lock") == 0 || strcmp(phase, "build") == 0 ? phase : "evaluate";
}

void rule_draft_add(struct str *out, const char *signature, const char *failure_class,
                    const char *phase)
{
    static const char help[] =
        "#: A rule of the workspace's own. Lines with #: go when it is kept. Choose a remedy: "
        "take\n"
        "#: the # away before one or more; %1 is what the pattern's first ( ) matched.\n"
        "#\tremedy = require NAME\n#\tremedy = constrain NAME<VERSION\n#\tremedy = unpin NAME\n"
        "#\tremedy = drop NAME\n#\tremedy = build-require NAME\n#\tremedy = apt PACKAGE\n"
        "#\tremedy = env NAME=VALUE\n#\tremedy = pytest-args ARGUMENT\n"
        "#\tremedy = rung next\n#\tremedy = python older\n#\tremedy = prepare COMMAND\n";
    struct str pattern = STR_INIT, name = STR_INIT;
    const char *remedy = remedy_of(signature);
    add_name(&name, signature);
    pattern_of_signature(&pattern, signature);
    add_heading(out, name.s);
    add_value(out, "phase", phase_of(phase));
    if (failure_by_name(failure_class) != FAIL_CLASSES)
        add_value(out, "class", failure_class);
    add_value(out, "pattern", pattern.s);
    if (remedy)
        add_value(out, "remedy", remedy);
    str_add(out, help);
    str_release(&pattern);
    str_release(&name);
}

/* ---- the workspace's own file ---- */

/* Whether `line` heads a rule that `book` has. */
static bool heads_one_of(const struct playbook *book, const char *line, size_t n)
{
    bool yes = false;
    for (size_t i = 0; i < book->n && !yes; i++) {
        struct str heading = STR_INIT;
        add_heading(&heading, book->rules[i].name);
        yes = n >= heading.len - 1 && memcmp(line, heading.s, heading.len - 1) == 0;
        str_release(&heading);
    }
    return yes;
}

static bool is_help(const char *line)
{
    return str_starts(line, "#:") || str_starts(line, "#\tremedy = ");
}

/* The lines of `text` without help, and without the rules of `gone` (may be NULL). */
static void add_lines(struct str *out, const char *text, const struct playbook *gone)
{
    bool skip = false;
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, "\n");
        if (*s == '[')
            skip = gone && heads_one_of(gone, s, n);
        if (!skip && !is_help(s)) {
            str_addn(out, s, n);
            str_addc(out, '\n');
        }
        s += n + (s[n] == '\n');
    }
}

int playbook_add(const char *workspace_dir, const char *path, struct strv *names, struct error *err)
{
    struct playbook *draft = NULL;
    struct str added = STR_INIT, before = STR_INIT, all = STR_INIT;
    int rc = playbook_load_draft(workspace_dir, path, &draft, err);
    if (rc == 0)
        rc = file_read(path, &added, err);
    if (rc == 0 && path_exists(draft->own_path))
        rc = file_read(draft->own_path, &before, err);
    if (rc == 0) {
        add_lines(&all, added.s, NULL);
        str_rtrim(&all);
        str_add(&all, "\n");
        add_lines(&all, before.s, draft);
        rc = file_write(draft->own_path, all.s, all.len, err);
    }
    for (size_t i = 0; rc == 0 && i < draft->n; i++)
        strv_add(names, draft->rules[i].name);
    playbook_free(draft);
    str_release(&added);
    str_release(&before);
    str_release(&all);
    return rc;
}
