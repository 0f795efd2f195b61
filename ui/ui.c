#include "ui/ui.h"

#include "ui/app.h"
#include "ui/conf.h"
#include "ui/input.h"
#include "ui/script.h"

#include <malloc.h>
#include <stdlib.h>

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

/* A list's ids are megabytes that come and go on several threads: they are given back to the
 * system, and threads share what is free. */
static void save_memory(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

int ui_main(struct workspace *ws, const struct ui_options *options, struct error *err)
{
    struct app a;
    save_memory();
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

static void tell_action(const struct keymap *keys, const struct action *a, ui_action_fn fn,
                        void *payload)
{
    struct str labels = STR_INIT, name = STR_INIT;
    keymap_add_labels(keys, a, &labels);
    str_addf(&name, "%s%s%s", a->name, a->arg ? " " : "", a->arg ? a->arg : "");
    fn(payload, a->group, labels.s, name.s, a->help);
    str_release(&labels);
    str_release(&name);
}

int ui_each_action(bool own, ui_action_fn fn, void *payload, struct error *err)
{
    struct keymap keys;
    char *path = own ? conf_user_path_new("keys") : xstrdup("");
    size_t n;
    const struct action *table = action_table(&n);
    int rc = keymap_load(&keys, path, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        tell_action(&keys, &table[i], fn, payload);
    keymap_release(&keys);
    free(path);
    return rc;
}
