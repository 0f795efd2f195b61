#include "ui/session.h"

#include "ui/app.h"
#include "ui/looks.h"
#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT = 1, TYPED_KEPT = 50, CHAIN_MAX = 20 };

static char *path_new(const struct app *a)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state)
        return str_format("%s/bottega/%s.json", state, a->ws->id);
    return home && *home ? str_format("%s/.local/state/bottega/%s.json", home, a->ws->id) : NULL;
}

static bool is_wanted(const struct app *a)
{
    return !a->options->script && !a->options->record;
}

/* The list of a view, if it has one that can be filtered. */
static struct table *list_of(const struct view *v)
{
    struct table *t = table_of(window_next_pane(v->win, NULL, 1));
    return t && t->ops->filter && t->ops->sort ? t : NULL;
}

/* ---- keeping ---- */

static json_t *place_new(struct view *v, const char *door)
{
    json_t *place = json_object();
    const struct table *t = list_of(v);
    json_put_text(place, "door", door);
    json_put_int(place, "arrangement", v->arrangement);
    if (!t)
        return place;
    json_put_text(place, "filter", t->ops->filter_text(t->model));
    json_put_int(place, "row", table_id(t));
    if (t->sorted >= 0)
        json_put_text(place, "sort", t->cols[t->sorted].name);
    json_put_bool(place, "desc", t->desc);
    return place;
}

/* From the screen down to where one is; no more than leads there. */
static size_t chain(const struct app *a, struct view *out[CHAIN_MAX])
{
    size_t n = 0;
    int depth = a->view ? a->view->depth + 1 : 0;
    for (size_t i = a->views.at + 1; depth > 0 && n < CHAIN_MAX && i-- > 0;) {
        struct view *v = a->views.past[i];
        if (v->depth >= depth)
            continue;
        depth = v->depth;
        out[n++] = v;
    }
    return n;
}

static json_t *places_new(const struct app *a)
{
    struct view *views[CHAIN_MAX];
    json_t *places = json_array();
    struct str door = STR_INIT;
    for (size_t n = chain(a, views); n-- > 0;) {
        str_clear(&door);
        view_add_door(a, views[n], &door);
        if (!door.len)
            break;
        json_array_append_new(places, place_new(views[n], door.s));
    }
    str_release(&door);
    return places;
}

/* Lists of screens that are not on the way to where one is keep their filters too. */
static json_t *screens_new(const struct app *a)
{
    json_t *screens = json_array();
    struct str door = STR_INIT;
    for (size_t i = 0; i < ARRAY_LEN(a->views.screens); i++) {
        struct view *v = a->views.screens[i];
        const struct table *t = v ? list_of(v) : NULL;
        if (!t || !*t->ops->filter_text(t->model))
            continue;
        str_clear(&door);
        view_add_door(a, v, &door);
        json_array_append_new(screens, place_new(v, door.s));
    }
    str_release(&door);
    return screens;
}

static json_t *kept_new(const struct app *a)
{
    json_t *kept = json_array();
    struct str door = STR_INIT;
    for (size_t i = 0; i < a->views.n_kept; i++) {
        str_clear(&door);
        view_add_door(a, a->views.kept[i], &door);
        if (door.len)
            json_array_append_new(kept, place_new(a->views.kept[i], door.s));
    }
    str_release(&door);
    return kept;
}

static json_t *typed_new(const struct app *a)
{
    json_t *kinds = json_array();
    for (size_t i = 0; i < PROMPT_KINDS; i++) {
        const struct strv *all = &a->typed[i];
        json_t *lines = json_array();
        for (size_t k = all->n > TYPED_KEPT ? all->n - TYPED_KEPT : 0; k < all->n; k++)
            json_array_append_new(lines, json_string(all->v[k]));
        json_array_append_new(kinds, lines);
    }
    return kinds;
}

void session_keep(struct app *a)
{
    char *path = is_wanted(a) && a->view ? path_new(a) : NULL;
    if (!path)
        return;
    json_t *doc = json_object();
    char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));
    json_put_int(doc, "format", FORMAT);
    json_put_text(doc, "workspace", a->ws->root);
    json_put_text(doc, "theme", looks_theme_name(a->looks));
    json_object_set_new(doc, "screens", screens_new(a));
    json_object_set_new(doc, "kept", kept_new(a));
    json_object_set_new(doc, "places", places_new(a));
    json_object_set_new(doc, "typed", typed_new(a));
    if (dir_make(folder, NULL) == 0 && json_write_file(path, doc, NULL) < 0)
        unlink(path); /* better none than one of long ago */
    json_decref(doc);
    free(folder);
    free(path);
}

/* ---- taking up ---- */

static void take_list(struct table *t, const json_t *place)
{
    const char *filter = json_get_str(place, "filter", ""), *sort = json_get_str(place, "sort", "");
    bool desc = json_get_bool(place, "desc", false);
    t->wanted = (uint32_t)json_get_int(place, "row", 0);
    if (*filter && t->ops->filter(t->model, filter, NULL) < 0)
        t->wanted = 0; /* a saved query that is gone */
    for (size_t i = 0; i < t->n_cols; i++)
        if (strcmp(t->cols[i].name, sort) == 0 && ((int)i != t->sorted || desc != t->desc))
            table_sort(t, i, desc);
}

/* A tab that was taken up already, else by its door. */
static void go(struct app *a, const char *door)
{
    struct str its = STR_INIT;
    bool found = false;
    for (size_t i = 0; i < a->views.n_kept && !found; i++) {
        str_clear(&its);
        view_add_door(a, a->views.kept[i], &its);
        found = strcmp(its.s, door) == 0;
        if (found)
            view_go_kept(a, i);
    }
    if (!found)
        view_follow(a, door);
    str_release(&its);
}

static bool take_place(struct app *a, const json_t *place)
{
    const struct view *before = a->view;
    int64_t arrangement = json_get_int(place, "arrangement", ARRANGE_AUTO);
    go(a, json_get_str(place, "door", ""));
    if (a->view == before)
        return false;
    if (arrangement > 0 && arrangement < ARRANGEMENTS)
        a->view->arrangement = (enum arrangement)arrangement;
    view_reflow(a);
    struct table *t = list_of(a->view);
    if (t)
        take_list(t, place);
    return true;
}

static void take_typed(struct app *a, const json_t *kinds)
{
    for (size_t i = 0; i < PROMPT_KINDS; i++) {
        const json_t *lines = json_array_get(kinds, i);
        for (size_t k = 0; k < json_array_size(lines); k++) {
            const char *line = json_string_value(json_array_get(lines, k));
            if (line)
                strv_add(&a->typed[i], line);
        }
    }
}

/* They are made and left; where one was comes after. */
static void take_screens(struct app *a, const json_t *screens, const json_t *kept)
{
    for (size_t i = 0; i < json_array_size(screens); i++)
        (void)take_place(a, json_array_get(screens, i));
    for (size_t i = 0; i < json_array_size(kept); i++)
        if (!take_place(a, json_array_get(kept, i)) || view_keep(a, NULL) < 0)
            break;
    views_forget_visits(a);
}

bool session_take_up(struct app *a)
{
    char *path = is_wanted(a) ? path_new(a) : NULL;
    json_t *doc = NULL;
    bool any = false;
    if (path && path_exists(path) && json_read_file(path, &doc, NULL) == 0 &&
        json_get_int(doc, "format", 0) == FORMAT) {
        const json_t *places = json_object_get(doc, "places");
        const char *theme = json_get_str(doc, "theme", "");
        take_typed(a, json_object_get(doc, "typed"));
        if (*theme && looks_theme(a->looks, theme, NULL) < 0)
            app_complain(a, "the theme %s is gone", theme);
        take_screens(a, json_object_get(doc, "screens"), json_object_get(doc, "kept"));
        for (size_t i = 0; i < json_array_size(places); i++)
            if (take_place(a, json_array_get(places, i)))
                any = true;
            else
                break;
    }
    json_decref(doc);
    free(path);
    return any;
}
