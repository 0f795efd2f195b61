#include "ui/fields.h"

#include <stdlib.h>
#include <string.h>

/* The next "%{name}" at or after `at`: where it begins and the name's length; NULL: none. */
static const char *next_field(const char *at, size_t *name_len)
{
    while ((at = strstr(at, "%{"))) {
        *name_len = strcspn(at + 2, "}");
        if (at[2 + *name_len] == '}')
            return at;
        at += 2;
    }
    return NULL;
}

bool fields_any(const char *command)
{
    size_t n;
    return next_field(command, &n) != NULL;
}

static bool is(const char *name, size_t n, const char *word)
{
    return strlen(word) == n && strncmp(name, word, n) == 0;
}

static int column_named(enum list_kind kind, const char *name, size_t n)
{
    char *word = xstrndup(name, n);
    int column = list_column_find(kind, word);
    free(word);
    return column;
}

static void add_names(enum list_kind kind, struct str *out)
{
    size_t n;
    const struct list_column *columns = list_columns(kind, &n);
    for (size_t i = 0; i < n; i++)
        str_addf(out, "%s ", columns[i].name);
    str_add(out, kind == LIST_INSTANCES ? "folder workspace" : "workspace");
}

int fields_check(enum list_kind kind, const char *command, struct error *err)
{
    size_t n;
    for (const char *at = command; (at = next_field(at, &n)); at += n + 3) {
        const char *name = at + 2;
        bool own = is(name, n, "workspace") || (kind == LIST_INSTANCES && is(name, n, "folder"));
        if (own || column_named(kind, name, n) >= 0)
            continue;
        struct str names = STR_INIT;
        add_names(kind, &names);
        int rc = error_set(err, E_USAGE, "%%{%.*s}: these rows have %s", (int)n, name, names.s);
        str_release(&names);
        return rc;
    }
    return 0;
}

static const char *text_of(const struct row *row, const char *column)
{
    return row->cells[list_column_find(LIST_INSTANCES, column)].text;
}

static void add_folder(const struct workspace *ws, const struct row *row, struct str *out)
{
    const char *run = text_of(row, "run");
    char *repo = repo_folder_new(text_of(row, "repo"));
    char *path =
        workspace_path(ws, "runs/%s/%s/%s", *run ? run : "main", repo, text_of(row, "instance_id"));
    str_add_quoted(out, path);
    free(path);
    free(repo);
}

static void add_value(const struct list_column *column, const struct cell *cell, struct str *out)
{
    struct str value = STR_INIT;
    if (column->type == COL_TEXT)
        str_add(&value, cell->text);
    else if (column->type == COL_SECONDS || column->type == COL_MONEY)
        str_addf(&value, "%g", cell->x);
    else
        str_addf(&value, "%lld", (long long)cell->n);
    str_add_quoted(out, value.s);
    str_release(&value);
}

void fields_fill(const struct workspace *ws, enum list_kind kind, const struct row *row,
                 const char *command, struct str *out)
{
    const char *at;
    size_t n, count;
    const struct list_column *columns = list_columns(kind, &count);
    for (; (at = next_field(command, &n)); command = at + n + 3) {
        int column = column_named(kind, at + 2, n);
        str_addn(out, command, (size_t)(at - command));
        if (is(at + 2, n, "workspace"))
            str_add_quoted(out, ws->root);
        else if (column >= 0 && row)
            add_value(&columns[column], &row->cells[column], out);
        else if (row)
            add_folder(ws, row, out);
    }
    str_add(out, command);
}
