#include "ui/mouse.h"

#include "ui/app.h"
#include "ui/chooser.h"
#include "ui/script.h"

enum { WHEEL_ROWS = 3 };

const char *const mouse_names[MICE] = { "press", "up", "down" };

static struct window *at(struct app *a, int y, int x)
{
    struct window *w = window_at(a->root, y, x);
    return w == a->body && a->view ? window_at(a->view->win, y, x) : w;
}

static void press(struct app *a, struct window *w, int y, int x)
{
    bool pane = w->ops->move != NULL, before = w->focused;
    if (pane && !before)
        app_focus(a, w);
    bool again = w->ops->press && w->ops->press(w, y - w->r.y, x - w->r.x);
    if (pane)
        window_touch(a->state);
    if (pane && again && before)
        action_run(a, action_find("enter"), NULL);
}

static void wheel(struct app *a, struct window *w, int step)
{
    for (int i = 0; w->ops->move && i < WHEEL_ROWS; i++)
        w->ops->move(w, step < 0 ? MOVE_UP : MOVE_DOWN);
    window_touch(a->state);
}

void mouse_do(struct app *a, enum mouse what, int y, int x)
{
    struct recorder *record = a->record;
    struct window *w = at(a, y, x);
    script_record_mouse(a, what, y, x);
    a->record = NULL; /* what it leads to comes again by itself */
    if (a->chooser)
        chooser_mouse(a->chooser, what, y, x);
    else if (!a->prompt && w && what == MOUSE_PRESS)
        press(a, w, y, x);
    else if (!a->prompt && w)
        wheel(a, w, what == MOUSE_WHEEL_UP ? -1 : 1);
    a->record = record;
}
