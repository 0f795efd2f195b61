#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/listing.h"
#include "ui/views/preview.h"
#include "ui/views/progress.h"
#include "ui/views/summary.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

struct instances {
    struct view *view;
    struct progress *progress; /* of a curator; NULL */
    struct listing *list;
    struct text *text;
    struct preview *preview;
    uint32_t shown; /* row whose summary stands in the preview */
};

static const char *const columns[] = { "instance_id", "state",    "failure_class", "f2p",
                                       "p2p",         "round",    "seconds",       "ended",
                                       "reason",      "repo",     "python",        "run",
                                       "verified",    "cost_usd", "title",         NULL };

static void on_detail(void *payload, struct detail *d, const struct error *err)
{
    struct instances *in = payload;
    uint32_t id = table_id(in->list->table);
    if (!d) {
        text_set_empty(in->text, error_text(err));
        return;
    }
    text_set_doc(in->text, summary_new(d), id == in->shown);
    in->shown = id;
    detail_release(d);
}

static void want_preview(struct instances *in, bool now)
{
    const struct row *row = listing_row(in->list);
    if (row)
        preview_want(in->preview, listing_text(in->list, row, "run"),
                     listing_text(in->list, row, "instance_id"), now);
    else
        preview_want(in->preview, NULL, NULL, true);
    if (!row && !in->list->ids.n)
        text_set_empty(in->text, "");
}

static void on_moved(void *payload)
{
    struct instances *in = payload;
    want_preview(in, false);
}

static int on_open(struct view *v, const char *arg, struct error *err)
{
    struct instances *in = xcalloc(1, sizeof(*in));
    v->data = in;
    in->view = v;
    if (v->ops == &reviews_view)
        in->progress = progress_new(v->app, v->win);
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    struct window *left = window_new_split(split, SPLIT_ROWS, false);
    in->list = listing_new(v->app, left, LIST_INSTANCES, columns);
    in->list->empty = "No instances yet. `bottega import FILE…` brings tasks into the workspace.";
    in->text = text_new(v->app, split);
    in->text->wrap = true;
    in->preview = preview_new(v->app, on_detail, in);
    in->list->table->moved = on_moved;
    in->list->table->payload = in;
    v->list = left;
    v->side = in->text->win;
    v->focus = in->list->table->win;
    return arg ? listing_filter(in->list, arg, err) : 0;
}

/* What nobody has decided on. */
static int on_open_reviews(struct view *v, const char *arg UNUSED, struct error *err)
{
    return on_open(v, PROGRESS_QUEUE, err);
}

static void on_close(struct view *v)
{
    struct instances *in = v->data;
    if (!in)
        return;
    preview_free(in->preview);
    progress_free(in->progress);
    listing_free(in->list);
    free(in);
}

static unsigned holds(struct view *v)
{
    const struct instances *in = v->data;
    return in->list->ids.n ? NEEDS_INSTANCES : 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct instances *in = v->data;
    str_add(left, view_title(v));
    listing_state(in->list, left, right);
}

static void add_door(const struct instances *in, struct str *out)
{
    const struct row *row = listing_row(in->list);
    const char *run = row ? listing_text(in->list, row, "run") : "";
    if (row)
        str_addf(out, "environment %s %s ", *run ? run : "-",
                 listing_text(in->list, row, "instance_id"));
}

static void enter(struct view *v)
{
    struct instances *in = v->data;
    struct str door = STR_INIT, to = STR_INIT;
    if (v->focus == in->text->win)
        text_add_door(in->text, &door);
    if (str_starts(door.s, "file "))
        str_add(&to, door.s);
    else
        add_door(in, &to);
    if (to.len && str_starts(door.s, "tab "))
        str_add(&to, door.s + strlen("tab "));
    if (to.len)
        view_follow(v->app, to.s);
    str_release(&door);
    str_release(&to);
}

static bool back(struct view *v)
{
    struct instances *in = v->data;
    if (!in->list->filter.len || v->depth)
        return false;
    return listing_filter(in->list, "", NULL) == 0;
}

static void changed(struct view *v)
{
    struct instances *in = v->data;
    listing_refresh(in->list);
    if (in->progress)
        progress_refresh(in->progress);
}

static void target(struct view *v, struct target *out)
{
    const struct instances *in = v->data;
    target_of_listing(in->list, out);
}

static bool sibling(struct view *v, int step, struct str *door)
{
    struct instances *in = v->data;
    struct table *t = in->list->table;
    size_t at = t->cursor;
    if (step < 0 ? at == 0 : at + 1 >= in->list->ids.n)
        return false;
    table_move_to(t, step < 0 ? at - 1 : at + 1);
    add_door(in, door);
    return door->len > 0;
}

/* ---- others like it ---- */

int act_alike(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    const struct instances *in = a->view->data;
    const struct row *row = listing_row(in->list);
    const char *signature = row ? listing_text(in->list, row, "signature") : "";
    struct str door = STR_INIT;
    if (!*signature)
        return error_set(err, E_USAGE, "alike: this instance did not fail");
    str_add(&door, "instances ");
    query_add_word(&door, "signature", signature);
    view_follow(a, door.s);
    str_release(&door);
    return 0;
}

const struct view_ops instances_view = {
    .name = "instances",
    .title = "Instances",
    .context = IN_INSTANCES,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
    .sibling = sibling,
};

const struct view_ops reviews_view = {
    .name = "reviews",
    .title = "Reviews",
    .context = IN_REVIEWS | IN_INSTANCES,
    .open = on_open_reviews,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
    .sibling = sibling,
};
