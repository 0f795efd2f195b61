#include "ui/chooser.h"
#include "ui/data.h"
#include "ui/dump.h"
#include "ui/handlers.h"
#include "ui/input.h"
#include "ui/looks.h"
#include "ui/undo.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- help ---- */

enum { HELP_MAX = 256 };

/* Rows of help are the table's actions, those that work here first, under their headings. */
static size_t help_rows(const struct app *a, const struct action **out)
{
    size_t n, rows = 0;
    const struct action *table = action_table(&n);
    unsigned live[4], all = 0;
    const char *group = NULL;
    app_contexts(a, live);
    for (size_t i = 0; live[i]; i++)
        all |= live[i];
    for (size_t i = 0; i < n && rows + 2 < HELP_MAX; i++) {
        if (!(table[i].where & all))
            continue;
        if (!group || strcmp(group, table[i].group) != 0)
            out[rows++] = NULL;
        group = table[i].group;
        out[rows++] = &table[i];
    }
    return rows;
}

static void on_help(struct app *a, size_t picked)
{
    const struct action *rows[HELP_MAX];
    size_t n = help_rows(a, rows);
    const struct action *act = picked < n ? rows[picked] : NULL;
    if (act && act->arg && !act->keys) { /* by itself it would only ask for its argument */
        char *text = str_format("%s ", act->name);
        palette_open(a, text);
        free(text);
    } else if (act)
        action_run(a, act, NULL);
}

int act_help(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    const struct action *rows[HELP_MAX];
    size_t n = help_rows(a, rows);
    unsigned held = app_holds(a);
    struct str keys = STR_INIT, text = STR_INIT;
    struct chooser *c = chooser_open(a, "What can be done here", on_help);
    for (size_t i = 0; i < n; i++) {
        if (!rows[i]) {
            chooser_add_heading(c, rows[i + 1]->group);
            continue;
        }
        const char *lack = action_lacks(rows[i]->needs, held);
        str_clear(&keys);
        keymap_add_labels(&a->keymap, rows[i], &keys);
        str_setf(&text, "%s", rows[i]->help);
        if (lack)
            str_addf(&text, " (not now: %s)", lack);
        chooser_add(c, keys.len ? keys.s : rows[i]->name, text.s, rows[i]->name);
    }
    str_release(&keys);
    str_release(&text);
    return 0;
}

int act_command(struct app *a, int value UNUSED, const char *arg, struct error *err UNUSED)
{
    palette_open(a, arg);
    return 0;
}

/* ---- the terminal ---- */

int act_redraw(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    screen_redraw(&a->screen);
    app_touch_all(a);
    return 0;
}

int act_suspend(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    input_suspend(a);
    return 0;
}

int act_quit(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    a->quit = true;
    return 0;
}

int act_undo(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    return undo_take(a, err);
}

void undo_preview(struct app *a, const char *arg UNUSED, struct str *out)
{
    str_add(out, "would take back the last: ");
    undo_add_words(a, out);
}

/* ---- the workspace ---- */

int act_refresh(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    data_catch_up(a->data);
    view_tell_changed(a);
    return 0;
}

int act_stop(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct text *t = text_of(a->view->focus);
    if (a->shell)
        cancel_raise(&a->shell->stop);
    else if (t && text_cancel(t))
        app_say(a, "the search was given up");
    else
        app_say(a, "nothing to give up here; Q leaves bottega");
    return 0;
}

/* ---- pictures, colours ---- */

int act_screenshot(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    if (!*arg)
        return error_set(err, E_USAGE, "screenshot wants a file to write: screenshot FILE.svg");
    int rc = dump_svg(a, arg, err);
    if (rc == 0)
        app_say(a, "drawn into %s", arg);
    return rc;
}

int act_theme(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    if (!*arg)
        return error_set(err, E_USAGE, "theme wants a name: dark, light, contrast, mono");
    return looks_theme(a->looks, arg, err);
}

void theme_complete(struct app *a UNUSED, const char *word, struct strv *out)
{
    static const char *const names[] = { "dark", "light", "contrast", "mono" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_starts(names[i], word))
            strv_add(out, names[i]);
}
