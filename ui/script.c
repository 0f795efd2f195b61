#include "ui/script.h"

#include "ui/app.h"
#include "ui/dump.h"
#include "ui/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct script {
    struct app *app;
    struct strv lines;
    size_t at;
    bool waiting;
};

struct recorder {
    FILE *file;
    bool typing; /* a line of `type` is open */
};

/* ---- steps ---- */

static int step_action(struct app *a, const char *arg, struct error *err)
{
    app_hush(a);
    return action_run_line(a, arg) ? 0 : error_set(err, E_USAGE, "no action is called %s", arg);
}

static int step_key(struct app *a, const char *arg, struct error *err)
{
    keycode keys[KEYS_MAX];
    size_t n = keys_parse(arg, keys);
    if (!n)
        return error_set(err, E_USAGE, "no key is called %s", arg);
    for (size_t i = 0; i < n; i++)
        app_key(a, keys[i]);
    return 0;
}

static int step_type(struct app *a, const char *arg, struct error *err UNUSED)
{
    keycode key;
    while (*arg) {
        size_t n = *arg == '<' ? 1 : key_parse(arg, &key);
        if (*arg == '<')
            key = '<';
        app_key(a, key);
        arg += n ? n : 1;
    }
    return 0;
}

static int step_mouse(struct app *a, const char *arg, struct error *err)
{
    char what[8];
    int x, y;
    if (sscanf(arg, "%7s %d %d", what, &x, &y) == 3)
        for (enum mouse m = 0; m < MICE; m++)
            if (strcmp(what, mouse_names[m]) == 0) {
                app_hush(a);
                app_paint(a); /* what is pressed is where it was seen */
                mouse_do(a, m, y - 1, x - 1);
                return 0;
            }
    return error_set(err, E_USAGE, "mouse wants press, up or down, a column and a row");
}

static int step_wait(struct app *a, const char *arg UNUSED, struct error *err UNUSED)
{
    a->script->waiting = true;
    return 0;
}

static int step_resize(struct app *a, const char *arg, struct error *err)
{
    int rows, cols;
    if (sscanf(arg, "%d %d", &cols, &rows) != 2 || rows < 1 || cols < 1)
        return error_set(err, E_USAGE, "resize wants columns and rows");
    input_resize(a, rows, cols);
    return 0;
}

static int step_expect(struct app *a, const char *arg, struct error *err)
{
    struct str text = STR_INIT;
    app_paint(a);
    dump_text(a, &text);
    int rc = strstr(text.s, arg)
                 ? 0
                 : error_set(err, E_FAIL, "the screen does not show %s:\n%s", arg, text.s);
    str_release(&text);
    return rc;
}

static int write_dump(struct app *a, const char *path, void (*dump)(struct app *, struct str *),
                      struct error *err)
{
    struct str text = STR_INIT;
    app_paint(a);
    dump(a, &text);
    int rc = file_write_unsynced(path, text.s, text.len, err);
    str_release(&text);
    return rc;
}

static int step_screen(struct app *a, const char *arg, struct error *err)
{
    return write_dump(a, arg, dump_text, err);
}

static int step_cells(struct app *a, const char *arg, struct error *err)
{
    return write_dump(a, arg, dump_cells, err);
}

static int step_screenshot(struct app *a, const char *arg, struct error *err)
{
    app_paint(a);
    return dump_svg(a, arg, err);
}

static const struct {
    const char *word;
    int (*run)(struct app *a, const char *arg, struct error *err);
} steps[] = {
    { "action", step_action }, { "key", step_key },
    { "type", step_type },     { "mouse", step_mouse },
    { "wait", step_wait },     { "screen", step_screen },
    { "cells", step_cells },   { "screenshot", step_screenshot },
    { "resize", step_resize }, { "expect", step_expect },
};

static int run_line(struct app *a, const char *line, struct error *err)
{
    size_t n = strcspn(line, " ");
    const char *arg = line + n + strspn(line + n, " ");
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (strlen(steps[i].word) == n && strncmp(steps[i].word, line, n) == 0)
            return steps[i].run(a, arg, err);
    return error_set(err, E_USAGE, "no step is called %.*s", (int)n, line);
}

bool script_step(struct script *s)
{
    struct app *a = s->app;
    if (s->waiting && !loop_idle(&a->loop))
        return false;
    s->waiting = false;
    if (s->at == s->lines.n) {
        a->quit = true;
        return true;
    }
    const char *line = s->lines.v[s->at++];
    if (*line && *line != '#')
        a->rc = run_line(a, line, &a->err);
    if (a->rc < 0) {
        error_prefix(&a->err, "%s:%zu", a->options->script, s->at);
        a->quit = true;
    }
    return true;
}

/* ---- recording ---- */

static void end_typing(struct recorder *r)
{
    if (r->typing)
        fputc('\n', r->file);
    r->typing = false;
}

void script_record_action(struct app *a, const char *name, const char *arg)
{
    if (!a->record)
        return;
    end_typing(a->record);
    fprintf(a->record->file, "wait\naction %s%s%s\n", name, arg && *arg ? " " : "", arg ? arg : "");
    fflush(a->record->file);
}

void script_record_mouse(struct app *a, enum mouse what, int y, int x)
{
    if (!a->record)
        return;
    end_typing(a->record);
    fprintf(a->record->file, "wait\nmouse %s %d %d\n", mouse_names[what], x + 1, y + 1);
    fflush(a->record->file);
}

void script_record_size(struct app *a)
{
    if (!a->record)
        return;
    end_typing(a->record);
    fprintf(a->record->file, "wait\nresize %d %d\n", a->screen.cols, a->screen.rows);
    fflush(a->record->file);
}

void script_record_key(struct app *a, keycode key)
{
    struct recorder *r = a->record;
    struct str text = STR_INIT;
    if (!r)
        return;
    if (key_is_text(key) && (r->typing || key != KEY_SPACE)) {
        if (!r->typing)
            fputs("type ", r->file);
        r->typing = true;
        key_add_text(&text, key);
        fputs(text.s, r->file);
    } else {
        end_typing(r);
        key_add_name(&text, key);
        fprintf(r->file, "wait\nkey %s\n", text.s);
    }
    fflush(r->file);
    str_release(&text);
}

/* ---- files ---- */

static void split_lines(struct strv *out, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        strv_addn(out, text, n);
        text += n + (text[n] == '\n');
    }
}

int script_open(struct app *a, struct error *err)
{
    struct str text = STR_INIT;
    int rc = 0;
    if (a->options->record) {
        a->record = xcalloc(1, sizeof(*a->record));
        a->record->file = fopen(a->options->record, "we");
        if (!a->record->file)
            return error_set(err, E_IO, "cannot write %s", a->options->record);
        fprintf(a->record->file, "# on %d columns and %d rows\n", a->screen.cols, a->screen.rows);
    }
    if (!a->options->script)
        return 0;
    rc = file_read(a->options->script, &text, err);
    if (rc == 0) {
        a->script = xcalloc(1, sizeof(*a->script));
        a->script->app = a;
        strv_init(&a->script->lines);
        split_lines(&a->script->lines, text.s);
    }
    str_release(&text);
    return rc;
}

void script_close(struct app *a)
{
    if (a->script)
        strv_release(&a->script->lines);
    free(a->script);
    if (a->record && a->record->file) {
        end_typing(a->record);
        fclose(a->record->file);
    }
    free(a->record);
}
