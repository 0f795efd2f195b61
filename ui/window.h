/* window.h: the window tree: who is where on the screen, and what must be painted anew.
 *
 * A node either paints (its ops do) or divides its rectangle among its children: rows or
 * columns, by fixed sizes and weights, with a ruled line between them where `ruled` says so.
 * A window is a pane, and can have the focus, when its ops can move.
 * Nothing paints on its own account: window_touch marks, and the turn's end paints once.
 */
#ifndef BOTTEGA_UI_WINDOW_H
#define BOTTEGA_UI_WINDOW_H

#include "ui/draw.h"

enum motion {
    MOVE_UP,
    MOVE_DOWN,
    MOVE_PAGE_UP,
    MOVE_PAGE_DOWN,
    MOVE_HALF_UP,
    MOVE_HALF_DOWN,
    MOVE_TOP,
    MOVE_BOTTOM,
    MOVE_LEFT,
    MOVE_RIGHT
};

enum split { SPLIT_NONE, SPLIT_ROWS, SPLIT_COLUMNS };

struct window;

struct window_ops {
    void (*paint)(struct window *w, const struct canvas *c);
    void (*resized)(struct window *w);             /* may be NULL */
    void (*move)(struct window *w, enum motion m); /* NULL: no pane */
    void (*release)(struct window *w);             /* frees `data`; may be NULL */
    unsigned context;                              /* enum context of its keys; 0: none */
    /* The mouse pressed there, relative to it; whether its cursor stood there already. May be
     * NULL. */
    bool (*press)(struct window *w, int y, int x);
    /* Where its cursor stands, relative to it; false: nowhere. May be NULL. */
    bool (*caret)(struct window *w, int *y, int *x);
};

struct window {
    const struct window_ops *ops; /* NULL: divides */
    void *data;
    struct window *parent;
    struct window **kids;
    size_t n_kids;
    enum split split;
    bool ruled;          /* a line between the kids */
    int fixed;           /* lines or columns in the parent; 0: by weight */
    int weight;          /* 1 unless set */
    bool hidden;         /* takes no room */
    struct window *only; /* the leaf below that has all the room; NULL */
    char *title;         /* on the line before it; owned */
    struct rect r;       /* since the last reflow; h or w 0: not to be seen */
    bool dirty, focused;
};

/* At the end of `parent`'s children (NULL: a root). */
struct window *window_new(struct window *parent, const struct window_ops *ops, void *data);
struct window *window_new_split(struct window *parent, enum split split, bool ruled);
/* With everything below; leaves its parent first. NULL is no error. */
void window_free(struct window *w);

/* Gives the tree its rectangle; whoever changed is told and touched. */
void window_reflow(struct window *root, struct rect r);
void window_touch(struct window *w);
/* The same for everything below. */
void window_touch_all(struct window *w);
void window_set_title(struct window *w, const char *title);
bool window_visible(const struct window *w);

/* Paints what is dirty; says whether anything was. */
bool window_paint(struct window *root, struct screen *s, const struct theme *t);

/* The pane after (`step` 1) or before (-1) `from` below `root`, around; the first when `from` is
 * NULL; NULL when there is none. */
struct window *window_next_pane(struct window *root, struct window *from, int step);
/* The leaf below `root` that shows there; NULL: none. */
struct window *window_at(struct window *root, int y, int x);
bool window_contains(const struct window *above, const struct window *w);

#endif
