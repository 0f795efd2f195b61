/* view.h: views, the numbered screens, and the history of where one has been.
 *
 * A view is a file in views/ that ends in its ops table. The screens of DESIGN 8 are made once
 * and kept; what is opened from them is a new instance, kept as long as the history leads to
 * it, so that going back finds everything as it was left.
 */
#ifndef BOTTEGA_UI_VIEW_H
#define BOTTEGA_UI_VIEW_H

#include "ui/window.h"

struct app;
struct target;
struct view;

struct view_ops {
    const char *name, *title;
    unsigned context; /* enum context of its keys */
    /* Makes windows and data; `arg` may be NULL. */
    int (*open)(struct view *v, const char *arg, struct error *err);
    void (*close)(struct view *v);                                      /* frees data */
    unsigned (*holds)(struct view *v);                                  /* needs that it meets */
    void (*state)(struct view *v, struct str *left, struct str *right); /* its line of state */
    void (*enter)(struct view *v);                                      /* goes deeper */
    bool (*back)(struct view *v);    /* whether there was something to take back first */
    void (*shown)(struct view *v);   /* it came to the front; may be NULL */
    void (*hidden)(struct view *v);  /* it went; may be NULL */
    void (*changed)(struct view *v); /* the index or a batch changed; may be NULL */
    void (*layout)(struct view *v);  /* before each reflow; may be NULL */
    /* What an action would work on; may be NULL. */
    void (*target)(struct view *v, struct target *out);
    /* The cursor goes to the next or previous row: appends the door to it; false: there is none;
     * may be NULL. */
    bool (*sibling)(struct view *v, int step, struct str *door);
    /* Appends the door to where it stands now; NULL: the one that it was opened by. */
    void (*place)(struct view *v, struct str *door);
};

/* How list and side stand to each other. */
enum arrangement { ARRANGE_AUTO, ARRANGE_COLUMNS, ARRANGE_ROWS, ARRANGE_ALONE, ARRANGEMENTS };

struct view {
    const struct view_ops *ops;
    struct app *app;
    struct window *win;         /* its whole tree */
    struct window *focus;       /* a pane of it */
    struct window *list, *side; /* of the split that `|` turns; NULL: none */
    enum arrangement arrangement;
    void *data;
    char *title; /* instead of ops->title; owned; NULL */
    char *link;  /* what opens it again */
    int depth;   /* screens 0 */
    bool stale;  /* something changed while it was away */
};

enum { KEPT_MAX = 8 };

struct views {
    struct view *kept[KEPT_MAX]; /* tabs: stay open until they are let go */
    size_t n_kept;
    struct view *screens[9]; /* by number; NULL until asked for */
    struct view **past;      /* places in the order of visits */
    size_t n, cap, at;
};

/* The screens that exist, in order; number 0 ends them. */
struct screen_row {
    int number;
    const struct view_ops *ops;
};
extern const struct screen_row view_screens[];

/* The screen that the shown view belongs to; NULL: none. */
const struct view_ops *view_screen_of(const struct app *a);
/* The shown view becomes a tab, or is none any more; E_USAGE: it is a screen, or there are enough.
 */
WARN_UNUSED int view_keep(struct app *a, struct error *err);
/* The next or previous tab; the `i`th. */
void view_step_kept(struct app *a, int step);
void view_go_kept(struct app *a, size_t i);
/* What its tab says; appends. */
void view_add_label(const struct view *v, struct str *out);
/* No view was visited and none shows; screens stay as they are. */
void views_forget_visits(struct app *a);
/* Goes to a screen. */
void view_go_screen(struct app *a, int number);
/* Opens a new view in front. */
void view_open(struct app *a, const struct view_ops *ops, const char *arg);
/* Opens what a door says: "instances QUERY", "environment RUN ID", "file LINE PATH", "rule NAME",
 * "screen N". */
void view_follow(struct app *a, const char *door);
/* The same, in the place of the shown view, which goes. */
void view_replace(struct app *a, const char *door);
/* Appends the door that leads to it; nothing when there is none. */
void view_add_door(const struct app *a, struct view *v, struct str *out);
/* Whether a view is still kept. */
bool view_alive(const struct app *a, const struct view *v);
/* One level up; false at a screen. */
bool view_up(struct app *a);
bool view_can_step(const struct app *a, int step);
void view_step(struct app *a, int step);
void views_release(struct app *a);

/* Gives the shown view its place. */
void view_reflow(struct app *a);
/* The index or a batch changed. */
void view_tell_changed(struct app *a);
const char *view_title(const struct view *v);

#endif
