#include "ui/app.h"
#include "ui/listing.h"
#include "ui/sign.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

struct repositories {
    struct listing *list;
    struct text *text;
    struct str shown; /* repository in the preview */
};

static const char *const columns[] = { "repo",     "instances",     "accepted", "rejected",
                                       "failed",   "error",         "running",  "new",
                                       "screened", "last_activity", NULL };

/* The counts of a row, each a door to the instances that it counts. */
static void add_counts(struct doc *doc, const struct row *row, const char *repo)
{
    static const char *const states[] = { "accepted", "rejected", "failed",  "error",
                                          "running",  "new",      "screened" };
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        const struct cell *c = &row->cells[list_column_find(LIST_REPOSITORIES, states[i])];
        struct str query = STR_INIT;
        if (!c->n)
            continue;
        query_add_word(&query, "repo", repo);
        str_addf(&query, " state:%s", states[i]);
        doc_door(doc, "instances %s", query.s);
        doc_addf(doc, state_ink(states[i]), "%s %-10s", state_sign(states[i]), states[i]);
        doc_addf(doc, ROLE_TEXT, "%6lld", (long long)c->n);
        doc_end(doc);
        str_release(&query);
    }
}

static void on_moved(void *payload)
{
    struct repositories *r = payload;
    const struct row *row = listing_row(r->list);
    struct str query = STR_INIT;
    if (!row) {
        text_set_empty(r->text, "");
        return;
    }
    const char *repo = listing_text(r->list, row, "repo");
    struct doc *doc = doc_new();
    query_add_word(&query, "repo", repo);
    doc_line(doc, ROLE_STRONG, repo);
    doc_door(doc, "instances %s", query.s);
    doc_addf(doc, ROLE_TEXT, "  %-10s%6lld", "instances",
             (long long)row->cells[list_column_find(LIST_REPOSITORIES, "instances")].n);
    doc_end(doc);
    add_counts(doc, row, repo);
    text_set_doc(r->text, doc, strcmp(repo, r->shown.s) == 0);
    str_set(&r->shown, repo);
    str_release(&query);
}

static int on_open(struct view *v, const char *arg UNUSED, struct error *err UNUSED)
{
    struct repositories *r = xcalloc(1, sizeof(*r));
    v->data = r;
    str_init(&r->shown);
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    struct window *left = window_new_split(split, SPLIT_ROWS, false);
    r->list = listing_new(v->app, left, LIST_REPOSITORIES, columns);
    r->list->empty =
        "No repositories yet: they come with tasks. `bottega import FILE…` brings them.";
    r->text = text_new(v->app, split);
    r->list->table->moved = on_moved;
    r->list->table->payload = r;
    v->list = left;
    v->side = r->text->win;
    v->focus = r->list->table->win;
    return 0;
}

static void on_close(struct view *v)
{
    struct repositories *r = v->data;
    listing_free(r->list);
    str_release(&r->shown);
    free(r);
}

static unsigned holds(struct view *v)
{
    const struct repositories *r = v->data;
    return r->list->ids.n ? NEEDS_INSTANCES : 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct repositories *r = v->data;
    str_add(left, view_title(v));
    listing_state(r->list, left, right);
}

static void enter(struct view *v)
{
    struct repositories *r = v->data;
    const struct row *row = listing_row(r->list);
    struct str door = STR_INIT;
    if (v->focus == r->text->win)
        text_add_door(r->text, &door);
    if (!door.len && row) {
        str_add(&door, "instances ");
        query_add_word(&door, "repo", listing_text(r->list, row, "repo"));
    }
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v)
{
    struct repositories *r = v->data;
    return r->list->filter.len && listing_filter(r->list, "", NULL) == 0;
}

static void changed(struct view *v)
{
    struct repositories *r = v->data;
    listing_refresh(r->list);
}

static void target(struct view *v, struct target *out)
{
    const struct repositories *r = v->data;
    target_of_listing(r->list, out);
}

const struct view_ops repositories_view = {
    .name = "repositories",
    .title = "Repositories",
    .context = IN_REPOSITORIES,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
};
