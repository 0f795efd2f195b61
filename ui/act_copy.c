/* What is here, into the clipboard of the terminal (OSC 52). */
#include "ui/chooser.h"
#include "ui/handlers.h"
#include "ui/views/environment.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text.h"

#include <string.h>

static void add_base64(struct str *out, const char *s, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)(unsigned char)s[i] << 16;
        v |= i + 1 < n ? (uint32_t)(unsigned char)s[i + 1] << 8 : 0;
        v |= i + 2 < n ? (unsigned char)s[i + 2] : 0;
        str_addc(out, digits[v >> 18]);
        str_addc(out, digits[v >> 12 & 63]);
        str_addc(out, i + 1 < n ? digits[v >> 6 & 63] : '=');
        str_addc(out, i + 2 < n ? digits[v & 63] : '=');
    }
}

static void copy(struct app *a, const struct str *text)
{
    struct str bytes = STR_INIT;
    str_add(&bytes, "\033]52;c;");
    add_base64(&bytes, text->s, text->len);
    str_add(&bytes, "\a");
    screen_send(&a->screen, &bytes);
    app_say(a, "copied %s", text->s);
    str_release(&bytes);
}

/* ---- what there is; each appends nothing where it means nothing ---- */

static void add_name(const struct app *a, struct str *out)
{
    const struct table *t = table_of(a->view->focus);
    ink_t ink;
    if (t && table_id(t))
        (void)t->ops->cell(t->model, t->cursor, 0, out, &ink);
}

static void add_line(const struct app *a, struct str *out)
{
    const struct text *t = text_of(a->view->focus);
    struct shown line = { .text = STR_INIT };
    if (t && t->cursor < text_count(t) && text_line(t, t->cursor, &line))
        str_add(out, line.text.s);
    shown_release(&line);
}

static void add_id(const struct app *a, struct str *out)
{
    const struct detail *d = environment_detail(a);
    str_add(out, d ? d->instance_id : "");
}

static void add_path(const struct app *a, struct str *out)
{
    const struct text *t = text_of(a->view->focus);
    const struct detail *d = environment_detail(a);
    if (t && t->file)
        str_add(out, textfile_path(t->file));
    else if (d && d->dir)
        str_add(out, d->dir);
}

static void add_command(const struct app *a, struct str *out)
{
    const struct detail *d = environment_detail(a);
    if (!d || !d->dir)
        return;
    str_add(out, "bottega -C ");
    str_add_quoted(out, a->ws->root);
    str_addf(out, " show --run ");
    str_add_quoted(out, d->run);
    str_addc(out, ' ');
    str_add_quoted(out, d->instance_id);
}

static const struct {
    const char *word;
    void (*add)(const struct app *a, struct str *out);
} things[] = {
    { "line", add_line }, { "name", add_name },       { "id", add_id },
    { "path", add_path }, { "command", add_command },
};

/* ---- choosing ---- */

static void on_picked(struct app *a, size_t picked)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < ARRAY_LEN(things); i++) {
        str_clear(&text);
        things[i].add(a, &text);
        if (text.len && picked-- == 0) {
            copy(a, &text);
            break;
        }
    }
    str_release(&text);
}

static int choose(struct app *a, struct error *err)
{
    struct str text = STR_INIT;
    struct chooser *c = NULL;
    for (size_t i = 0; i < ARRAY_LEN(things); i++) {
        str_clear(&text);
        things[i].add(a, &text);
        if (!text.len)
            continue;
        if (!c)
            c = chooser_open(a, "Copy what?", on_picked);
        chooser_add(c, things[i].word, text.s, NULL);
    }
    str_release(&text);
    return c ? 0 : error_set(err, E_USAGE, "nothing to copy is under the cursor");
}

int act_copy(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    struct str text = STR_INIT;
    bool known = !*arg, any;
    if (!*arg && (environment_detail(a) || !table_of(a->view->focus)))
        return choose(a, err);
    for (size_t i = 0; i < ARRAY_LEN(things); i++)
        if (strcmp(*arg ? arg : "name", things[i].word) == 0) {
            things[i].add(a, &text);
            known = true;
        }
    any = text.len > 0;
    if (any)
        copy(a, &text);
    str_release(&text);
    if (any)
        return 0;
    return known ? error_set(err, E_USAGE, "nothing to copy is under the cursor")
                 : error_set(err, E_USAGE, "copy what? line, name, id, path or command");
}

void copy_complete(struct app *a UNUSED, const char *word, struct strv *out)
{
    for (size_t i = 0; i < ARRAY_LEN(things); i++)
        if (str_starts(things[i].word, word))
            strv_add(out, things[i].word);
}
