#include "index/index.h"

#include "ui/chooser.h"
#include "ui/handlers.h"
#include "ui/undo.h"
#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>

static struct table *here(const struct app *a)
{
    return table_of(a->view->focus);
}

/* ---- marks ---- */

int act_mark(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct table *t = here(a);
    uint32_t id = table_id(t);
    undo_keep_marks(a, t);
    t->anchor = id;
    table_mark(t, id, !table_marked(t, id));
    if (t->cursor + 1 < t->ops->count(t->model))
        table_move_to(t, t->cursor + 1);
    window_touch(a->state);
    return 0;
}

/* The row that was marked last; where the cursor is when there is none or it is not shown. */
static size_t anchor_row(const struct table *t)
{
    size_t n = t->ops->count(t->model);
    for (size_t i = 0; t->anchor && i < n; i++)
        if (t->ops->id(t->model, i) == t->anchor)
            return i;
    return t->cursor;
}

int act_mark_range(struct app *a, int value UNUSED, const char *arg UNUSED,
                   struct error *err UNUSED)
{
    struct table *t = here(a);
    size_t from = anchor_row(t), to = t->cursor;
    undo_keep_marks(a, t);
    for (size_t i = from < to ? from : to; i <= (from < to ? to : from); i++)
        table_mark(t, t->ops->id(t->model, i), true);
    t->anchor = table_id(t);
    app_say(a, "%zu marked", t->n_marks);
    window_touch(a->state);
    return 0;
}

int act_mark_all(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct table *t = here(a);
    size_t n = t->ops->count(t->model);
    undo_keep_marks(a, t);
    for (size_t i = 0; i < n; i++)
        table_mark(t, t->ops->id(t->model, i), true);
    app_say(a, "%zu marked", t->n_marks);
    window_touch(a->state);
    return 0;
}

int act_unmark(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    undo_keep_marks(a, here(a));
    table_set_marks(here(a), NULL, 0);
    window_touch(a->state);
    return 0;
}

void mark_all_preview(struct app *a, const char *arg UNUSED, struct str *out)
{
    struct table *t = here(a);
    size_t n = t ? t->ops->count(t->model) : 0;
    str_addf(out, "would mark %zu rows (%zu are); u takes it back", n, t ? t->n_marks : 0);
}

void unmark_preview(struct app *a, const char *arg UNUSED, struct str *out)
{
    struct table *t = here(a);
    str_addf(out, "would unmark %zu rows; u takes it back", t ? t->n_marks : 0);
}

/* ---- order ---- */

static void sort_by(struct app *a, size_t column)
{
    struct table *t = here(a);
    if (t && t->ops->sort && column < t->n_cols)
        table_sort(t, column, t->sorted == (int)column ? !t->desc : t->cols[column].right);
}

static int sort_named(struct app *a, const char *name, struct error *err)
{
    struct table *t = here(a);
    bool desc = *name == '-';
    for (size_t i = 0; i < t->n_cols; i++) {
        if (strcmp(t->cols[i].name, name + desc) == 0) {
            table_sort(t, i, desc);
            return 0;
        }
    }
    return error_set(err, E_USAGE, "sort: no column is called %s", name + desc);
}

int act_sort(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    struct table *t = here(a);
    if (*arg)
        return sort_named(a, arg, err);
    struct chooser *c = chooser_open(a, "Sort by", sort_by);
    for (size_t i = 0; i < t->n_cols; i++) {
        bool is = t->sorted == (int)i;
        chooser_add(c, !is ? " " : t->desc ? "▾" : "▴", t->cols[i].title, t->cols[i].name);
    }
    chooser_select(c, t->sorted < 0 ? 0 : (size_t)t->sorted);
    return 0;
}

void sort_complete(struct app *a, const char *word, struct strv *out)
{
    const struct table *t = here(a);
    bool desc = *word == '-';
    for (size_t i = 0; t && i < t->n_cols; i++)
        if (str_starts(t->cols[i].name, word + desc))
            strv_addf(out, "%s%s", desc ? "-" : "", t->cols[i].name);
}

/* ---- filter ---- */

int act_filter(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    struct table *t = here(a);
    if (*arg)
        return t->ops->filter(t->model, arg, err);
    filter_open(a, t);
    return 0;
}

/* ---- saved queries ---- */

/* Names it, or forgets it when `text` is "", so that it can be taken back. */
static int put_query(struct app *a, const char *name, const char *text, struct error *err)
{
    struct saved_queries saved;
    struct str before = STR_INIT;
    int rc = saved_load(a->ws, &saved, err);
    for (size_t i = 0; rc == 0 && i < saved.n; i++)
        if (strcmp(saved.v[i].name, name) == 0)
            str_set(&before, saved.v[i].where);
    if (rc == 0)
        saved_release(&saved);
    if (rc == 0)
        rc = saved_put(a->ws, name, text, err);
    if (rc == 0)
        undo_keep_query(a, name, before.s);
    str_release(&before);
    return rc;
}

int act_save(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    const struct table *t = here(a);
    const char *text = t->ops->filter_text(t->model);
    if (!*text)
        return error_set(err, E_USAGE, "save: no filter is set; / sets one");
    if (!*arg)
        return error_set(err, E_USAGE, "save wants a name: save NAME");
    int rc = put_query(a, arg, text, err);
    if (rc == 0)
        app_say(a, "@%s now means %s", arg, text);
    return rc;
}

int act_forget(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    int rc = *arg ? put_query(a, arg, "", err)
                  : error_set(err, E_USAGE, "forget wants a name: forget NAME");
    if (rc == 0)
        app_say(a, "@%s is forgotten", arg);
    return rc;
}

void saved_complete(struct app *a, const char *word, struct strv *out)
{
    struct saved_queries saved;
    if (saved_load(a->ws, &saved, NULL) < 0)
        return;
    for (size_t i = 0; i < saved.n; i++)
        if (str_starts(saved.v[i].name, word))
            strv_add(out, saved.v[i].name);
    saved_release(&saved);
}
