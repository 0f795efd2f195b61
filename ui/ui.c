#include "ui/ui.h"

#include "ui/app.h"
#include "ui/input.h"
#include "ui/script.h"

/* One turn: what asked for it is put into effect, painted once, and the loop sleeps. */
static void turn(struct app *a)
{
    input_settle(a->input);
    app_paint(a);
    bool more = a->script && script_step(a->script);
    if (!more)
        input_tell_idle(a->input);
    if (!a->quit)
        loop_turn(&a->loop, !more);
}

int ui_main(struct workspace *ws, const struct ui_options *options, struct error *err)
{
    struct app a;
    int rc = app_init(&a, ws, options, err);
    if (rc == 0) {
        a.input = input_new(&a);
        rc = script_open(&a, err);
    }
    while (rc == 0 && !a.quit)
        turn(&a);
    if (rc == 0 && a.rc < 0)
        rc = error_set(err, a.rc, "%s", error_text(&a.err));
    script_close(&a);
    input_free(a.input);
    app_release(&a);
    return rc;
}
