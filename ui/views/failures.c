#include "index/failures.h"

#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/listing.h"
#include "ui/views/cluster_pane.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/grid.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

/* The same failures: by signature first, then counted by two things at once. */
enum mode { BY_SIGNATURE, BY_CLASS, BY_REPOSITORY, BY_RULE, MODES };

static const struct {
    const char *title, *first; /* in the line of state; heading of the first column */
    enum cross_kind cross;
    const char *empty;
} modes[MODES] = {
    [BY_SIGNATURE] = { .title = "by signature" },
    [BY_CLASS] = { "class × phase", "class", CROSS_CLASS,
                   "Nothing failed: every environment that ended was accepted." },
    [BY_REPOSITORY] = { "by repository", "repository", CROSS_REPOSITORY,
                        "No repository has an environment that failed." },
    [BY_RULE] = { "by rule", "rule", CROSS_RULE,
                  "No playbook rule or move has fired yet; they do when a round fails." },
};

struct failures {
    struct view *view;
    enum mode mode;
    struct listing *list;
    struct grid *grid;
    struct window *list_part, *grid_part, *cluster_part; /* whose rest is hidden */
    struct cluster_pane *cluster;
    struct text *counts; /* of the grid's row, each a door */
    struct job *job;
    struct cross cross;
    bool loaded;
};

static const char *const columns[] = { "signature", "instances", "phase", "failure_class",
                                       "seconds",   "last",      NULL };

/* ---- counted by two things ---- */

struct cross_job {
    struct job job;
    enum mode mode;
    struct cross cross;
};

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct cross_job *j = (struct cross_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : cross_load(idx, modes[j->mode].cross, &job->stop, &j->cross, err);
}

static const char *name_of(const char *key)
{
    return *key ? key : "(none)";
}

static void add_count(struct strv *cells, int64_t n)
{
    struct str text = STR_INIT;
    if (n)
        text_add_count(&text, n);
    else
        str_add(&text, "–");
    strv_add(cells, text.s);
    str_release(&text);
}

static void add_cross_row(const struct failures *f, struct grid_data *d, size_t row)
{
    const struct cross *c = &f->cross;
    struct str text = STR_INIT;
    strv_add(&d->cells, name_of(c->rows.v[row]));
    add_count(&d->cells, c->all[row]);
    for (size_t k = 0; k < c->columns.n; k++)
        add_count(&d->cells, c->n[row * c->columns.n + k]);
    if (c->seconds[row] > 0)
        text_add_seconds(&text, c->seconds[row]);
    strv_add(&d->cells, text.len ? text.s : "–");
    if (f->mode == BY_RULE) {
        str_setf(&text, "rule %s", c->rows.v[row]);
    } else {
        str_set(&text, "instances ");
        cross_add_query(&text, modes[f->mode].cross, c, row, -1);
    }
    strv_add(&d->doors, text.s);
    str_release(&text);
}

static void show_cross(struct failures *f)
{
    struct grid_data d;
    grid_data_init(&d);
    str_set(&f->grid->empty, modes[f->mode].empty);
    strv_add(&d.titles, modes[f->mode].first);
    strv_add(&d.titles, "all");
    for (size_t k = 0; k < f->cross.columns.n; k++)
        strv_add(&d.titles, name_of(f->cross.columns.v[k]));
    strv_add(&d.titles, "time");
    d.right = ~1u;
    for (size_t i = 0; i < f->cross.rows.n; i++)
        add_cross_row(f, &d, i);
    bool again = f->loaded;
    f->loaded = true;
    grid_set(f->grid, &d, again);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct cross_job *j = (struct cross_job *)job;
    struct failures *f = job->owner;
    if (f) {
        f->job = NULL;
        if (rc < 0) {
            grid_set_empty(f->grid, error_text(err));
        } else {
            cross_release(&f->cross);
            f->cross = j->cross;
            memset(&j->cross, 0, sizeof(j->cross));
            show_cross(f);
        }
        window_touch(f->view->app->state);
    }
    cross_release(&j->cross);
    free(j);
}

static void start_cross(struct failures *f)
{
    struct cross_job *j = xcalloc(1, sizeof(*j));
    job_drop(&f->job);
    j->job = (struct job){ .work = work, .done = done, .owner = f };
    j->mode = f->mode;
    f->job = &j->job;
    lane_push(&f->view->app->loop, LANE_LIST, &j->job);
}

/* Each count of the row under the cursor. */
static void on_grid_moved(void *payload)
{
    struct failures *f = payload;
    const struct cross *c = &f->cross;
    size_t row = f->grid->table->cursor;
    if (!f->loaded || row >= c->rows.n) {
        text_set_empty(f->counts, "");
        return;
    }
    struct doc *doc = doc_new();
    doc_line(doc, ROLE_STRONG, name_of(c->rows.v[row]));
    for (size_t k = 0; k < c->columns.n; k++) {
        struct str query = STR_INIT;
        int64_t n = c->n[row * c->columns.n + k];
        if (!n)
            continue;
        cross_add_query(&query, modes[f->mode].cross, c, row, (long)k);
        doc_door(doc, "instances %s", query.s);
        doc_addf(doc, ROLE_TEXT, "%7lld  %s", (long long)n, name_of(c->columns.v[k]));
        doc_end(doc);
        str_release(&query);
    }
    text_set_doc(f->counts, doc, false);
}

/* ---- which of the two shows ---- */

static void show_mode(struct failures *f, enum mode mode)
{
    bool cross = mode != BY_SIGNATURE;
    f->mode = mode;
    f->loaded = false;
    f->list_part->hidden = cross;
    f->cluster_part->hidden = cross;
    f->grid_part->hidden = !cross;
    f->counts->win->hidden = !cross;
    if (cross) {
        grid_set_empty(f->grid, "Counting …");
        start_cross(f);
    }
    f->view->focus = cross ? f->grid->table->win : f->list->table->win;
}

int act_grouping(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct failures *f = a->view->data;
    show_mode(f, (f->mode + 1) % MODES);
    view_reflow(a);
    app_focus(a, a->view->focus);
    app_touch_all(a);
    return 0;
}

void failures_cluster(const struct app *a, const char *key[3])
{
    const struct failures *f = a->view->data;
    const struct row *row = listing_row(f->list);
    key[0] = listing_text(f->list, row, "signature");
    key[1] = listing_text(f->list, row, "failure_class");
    key[2] = listing_text(f->list, row, "phase");
}

static void on_moved(void *payload)
{
    struct failures *f = payload;
    const struct row *row = listing_row(f->list);
    if (row || !f->list->ids.n) /* else it is on its way */
        cluster_pane_want(f->cluster, row);
}

/* ---- the view ---- */

static void make_left(struct failures *f, struct window *left)
{
    f->list_part = window_new_split(left, SPLIT_ROWS, false);
    f->list = listing_new(f->view->app, f->list_part, LIST_FAILURES, columns);
    f->list->empty = "Nothing failed: every environment that ended was accepted, or none has "
                     "ended yet. 7 shows what runs.";
    f->list->table->moved = on_moved;
    f->list->table->payload = f;
    table_sort(f->list->table, 4, true); /* the most costly first */
    f->grid_part = window_new_split(left, SPLIT_ROWS, false);
    f->grid = grid_new(f->grid_part);
    f->grid->table->moved = on_grid_moved;
    f->grid->table->payload = f;
}

static int on_open(struct view *v, const char *arg UNUSED, struct error *err UNUSED)
{
    struct failures *f = xcalloc(1, sizeof(*f));
    v->data = f;
    f->view = v;
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    v->list = window_new_split(split, SPLIT_ROWS, false);
    v->side = window_new_split(split, SPLIT_ROWS, false);
    make_left(f, v->list);
    f->cluster_part = window_new_split(v->side, SPLIT_ROWS, true);
    f->cluster = cluster_pane_new(v->app, f->cluster_part);
    f->counts = text_new(v->app, v->side);
    show_mode(f, BY_SIGNATURE);
    return 0;
}

static void on_close(struct view *v)
{
    struct failures *f = v->data;
    job_drop(&f->job);
    cluster_pane_free(f->cluster);
    listing_free(f->list);
    grid_free(f->grid);
    cross_release(&f->cross);
    free(f);
}

static unsigned holds(struct view *v)
{
    const struct failures *f = v->data;
    if (f->mode != BY_SIGNATURE || !f->list->ids.n)
        return 0;
    return NEEDS_INSTANCES | (listing_row(f->list) ? NEEDS_CLUSTER : 0);
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct failures *f = v->data;
    str_addf(left, "%s · %s", view_title(v), modes[f->mode].title);
    if (f->mode == BY_SIGNATURE) {
        listing_state(f->list, left, right);
    } else if (f->cross.rows.n) {
        str_addf(right, "row %zu of %zu", f->grid->table->cursor + 1, f->cross.rows.n);
    }
}

static void add_row_door(const struct failures *f, struct str *out)
{
    const struct row *row = listing_row(f->list);
    if (f->mode != BY_SIGNATURE) {
        str_add(out, grid_door(f->grid));
    } else if (row) {
        str_add(out, "instances ");
        cluster_add_query(out, listing_text(f->list, row, "signature"),
                          listing_text(f->list, row, "failure_class"),
                          listing_text(f->list, row, "phase"));
    }
}

static void enter(struct view *v)
{
    struct failures *f = v->data;
    struct str door = STR_INIT;
    if (f->mode == BY_SIGNATURE)
        cluster_pane_add_door(f->cluster, &door);
    else if (f->counts->win->focused)
        text_add_door(f->counts, &door);
    if (!door.len)
        add_row_door(f, &door);
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v)
{
    struct failures *f = v->data;
    if (f->mode != BY_SIGNATURE) {
        show_mode(f, BY_SIGNATURE);
        view_reflow(v->app);
        app_focus(v->app, v->focus);
        app_touch_all(v->app);
        return true;
    }
    return f->list->filter.len && listing_filter(f->list, "", NULL) == 0;
}

static void changed(struct view *v)
{
    struct failures *f = v->data;
    listing_refresh(f->list);
    if (f->mode != BY_SIGNATURE)
        start_cross(f);
}

static void target(struct view *v, struct target *out)
{
    const struct failures *f = v->data;
    if (f->mode == BY_SIGNATURE)
        target_of_listing(f->list, out);
}

const struct view_ops failures_view = {
    .name = "failures",
    .title = "Failures",
    .context = IN_FAILURES,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
};
