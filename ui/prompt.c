#include "ui/prompt.h"

#include "ui/app.h"

#include <stdlib.h>
#include <string.h>

enum { HISTORY_MAX = 200 };

static struct strv *history(const struct prompt *p)
{
    return &p->app->typed[p->ops->kind];
}

static void touch(struct prompt *p)
{
    window_touch(p->app->keys);
    window_touch(p->app->state);
    p->app->overlay_dirty = true;
}

static void forget_candidates(struct prompt *p)
{
    strv_clear(&p->words);
    strv_clear(&p->helps);
    p->chosen = -1;
}

static void text_changed(struct prompt *p)
{
    str_clear(&p->note);
    p->note_is_error = false;
    p->bad_len = 0;
    forget_candidates(p);
    if (p->ops->changed)
        p->ops->changed(p);
    if (p->ops->complete)
        p->ops->complete(p);
    touch(p);
}

struct prompt *prompt_open(struct app *a, const struct prompt_ops *ops, const char *text)
{
    struct prompt *p = xcalloc(1, sizeof(*p));
    prompt_free(a->prompt);
    p->app = a;
    p->ops = ops;
    str_init(&p->text);
    str_init(&p->note);
    str_init(&p->draft);
    str_init(&p->typed);
    str_init(&p->saved);
    strv_init(&p->words);
    strv_init(&p->helps);
    str_set(&p->text, text);
    p->cursor = p->text.len;
    a->prompt = p;
    p->past = (long)history(p)->n;
    text_changed(p);
    return p;
}

void prompt_free(struct prompt *p)
{
    if (!p)
        return;
    touch(p);
    p->app->prompt = NULL;
    str_release(&p->text);
    str_release(&p->note);
    str_release(&p->draft);
    str_release(&p->typed);
    str_release(&p->saved);
    job_drop(&p->completing);
    strv_release(&p->words);
    strv_release(&p->helps);
    free(p);
}

void prompt_note(struct prompt *p, const char *text)
{
    str_clear(&p->note);
    text_add_shown(&p->note, text, strlen(text));
    p->note_is_error = false;
    p->bad_len = 0;
    window_touch(p->app->state);
}

void prompt_wrong(struct prompt *p, size_t at, size_t len, const char *why)
{
    prompt_note(p, why);
    p->note_is_error = true;
    p->bad = at;
    p->bad_len = len ? len : 1;
    window_touch(p->app->keys);
}

void prompt_offer(struct prompt *p, size_t word, const struct strv *words, const struct strv *helps)
{
    forget_candidates(p);
    p->word = word;
    strv_add_list(&p->words, words);
    strv_add_list(&p->helps, helps);
    touch(p);
}

/* ---- editing ---- */

static size_t before_cursor(const struct prompt *p)
{
    size_t at = 0, k;
    int columns;
    while (at < p->cursor) {
        k = text_grapheme(p->text.s + at, p->text.len - at, &columns);
        if (at + k >= p->cursor)
            return at;
        at += k;
    }
    return at;
}

static size_t after_cursor(const struct prompt *p)
{
    int columns;
    if (p->cursor >= p->text.len)
        return p->text.len;
    return p->cursor + text_grapheme(p->text.s + p->cursor, p->text.len - p->cursor, &columns);
}

static void replace(struct prompt *p, size_t from, size_t to, const char *with)
{
    struct str new = STR_INIT;
    str_addn(&new, p->text.s, from);
    str_add(&new, with);
    p->cursor = new.len;
    str_add(&new, p->text.s + to);
    str_swap(&p->text, &new);
    str_release(&new);
}

static size_t word_before(const struct prompt *p)
{
    size_t at = p->cursor;
    while (at && p->text.s[at - 1] == ' ')
        at--;
    while (at && p->text.s[at - 1] != ' ')
        at--;
    return at;
}

static void edit(struct prompt *p, size_t from, size_t to, const char *with)
{
    replace(p, from, to, with);
    text_changed(p);
}

static void walk_history(struct prompt *p, int step)
{
    const struct strv *h = history(p);
    long to = p->past + step;
    if (to < 0 || to > (long)h->n)
        return;
    if (p->past == (long)h->n)
        str_set(&p->draft, p->text.s);
    p->past = to;
    str_set(&p->text, to == (long)h->n ? p->draft.s : h->v[to]);
    p->cursor = p->text.len;
    text_changed(p);
}

/* Puts the next candidate in the word's place; before the first stands what was typed. */
static void choose(struct prompt *p, int step)
{
    long n = (long)p->words.n;
    if (!n)
        return;
    if (p->chosen < 0) {
        str_clear(&p->typed);
        str_addn(&p->typed, p->text.s + p->word, p->cursor - p->word);
    }
    p->chosen += step;
    if (p->chosen >= n)
        p->chosen = -1;
    if (p->chosen < -1)
        p->chosen = n - 1;
    replace(p, p->word, p->cursor, p->chosen < 0 ? p->typed.s : p->words.v[p->chosen]);
    str_clear(&p->note);
    if (p->ops->changed)
        p->ops->changed(p);
    touch(p);
}

static void remember(struct prompt *p)
{
    struct strv *h = history(p);
    long old = strv_find(h, p->text.s);
    if (!p->text.len)
        return;
    if (old >= 0)
        strv_remove(h, (size_t)old);
    if (h->n == HISTORY_MAX)
        strv_remove(h, 0);
    strv_add(h, p->text.s);
}

static void finish(struct prompt *p, bool accepted)
{
    struct app *a = p->app;
    const struct prompt_ops *ops = p->ops;
    char *text = xstrdup(p->text.s);
    if (accepted)
        remember(p);
    else if (ops->cancel)
        ops->cancel(p);
    prompt_free(p);
    if (accepted)
        ops->accept(a, text);
    free(text);
}

static void move_cursor(struct prompt *p, size_t to)
{
    p->cursor = to;
    forget_candidates(p);
    touch(p);
}

static void type(struct prompt *p, keycode key)
{
    struct str one = STR_INIT;
    key_add_text(&one, key);
    edit(p, p->cursor, p->cursor, one.s);
    str_release(&one);
}

static bool edit_key(struct prompt *p, keycode key)
{
    switch (key) {
    case KEY_ERASE:
        if (p->text.len)
            edit(p, before_cursor(p), p->cursor, "");
        else
            finish(p, false);
        return true;
    case KEY_DELETE:
        edit(p, p->cursor, after_cursor(p), "");
        return true;
    case KEY_CTRL('w'):
        edit(p, word_before(p), p->cursor, "");
        return true;
    case KEY_CTRL('u'):
        edit(p, 0, p->cursor, "");
        return true;
    case KEY_CTRL('k'):
        edit(p, p->cursor, p->text.len, "");
        return true;
    default:
        return false;
    }
}

void prompt_key(struct prompt *p, keycode key)
{
    if (edit_key(p, key))
        return;
    if (key_is_text(key))
        type(p, key);
    else if (key == KEY_RETURN)
        finish(p, true);
    else if (key == KEY_ESCAPE || key == KEY_CTRL('c'))
        finish(p, false);
    else if (key == KEY_TAB || key == KEY_SHIFT_TAB)
        choose(p, key == KEY_TAB ? 1 : -1);
    else if (key == KEY_CURSOR_UP || key == KEY_CTRL('p'))
        walk_history(p, -1);
    else if (key == KEY_CURSOR_DOWN || key == KEY_CTRL('n'))
        walk_history(p, 1);
    else if (key == KEY_CURSOR_LEFT || key == KEY_CTRL('b'))
        move_cursor(p, before_cursor(p));
    else if (key == KEY_CURSOR_RIGHT || key == KEY_CTRL('f'))
        move_cursor(p, after_cursor(p));
    else if (key == KEY_TO_HOME || key == KEY_CTRL('a'))
        move_cursor(p, 0);
    else if (key == KEY_TO_END || key == KEY_CTRL('e'))
        move_cursor(p, p->text.len);
}
