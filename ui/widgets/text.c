#include "ui/widgets/text.h"

#include "ui/app.h"
#include "ui/widgets/syntax.h"
#include "ui/widgets/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_STEP = 8 };
#define NOWHERE ((size_t)-1)

size_t text_count(const struct text *t)
{
    return t->doc ? t->doc->n : t->file ? textfile_count(t->file) : 0;
}

bool text_line(const struct text *t, size_t i, struct shown *out)
{
    const char *bytes;
    size_t n;
    int64_t more;
    shown_clear(out);
    if (t->doc) {
        doc_show(t->doc, i, out);
        return true;
    }
    if (!t->file || !textfile_line(t->file, i, &bytes, &n, &more))
        return false;
    shown_add_raw(out, t->ink_of && !t->syntax ? t->ink_of(bytes, n) : ROLE_TEXT, bytes, n);
    out->more = more;
    if (t->syntax)
        syntax_paint(t->syntax, out);
    return true;
}

/* ---- scrolling ---- */

static int width_of(const struct text *t)
{
    return t->win->r.w > TEXT_GUTTER ? t->win->r.w - TEXT_GUTTER : 1;
}

static size_t rows_of(const struct text *t, size_t line)
{
    struct shown s = { .text = STR_INIT };
    size_t rows = 1;
    if (t->wrap && text_line(t, line, &s))
        rows = wrap_rows(s.text.s, s.text.len, width_of(t));
    shown_release(&s);
    return rows;
}

/* The first line from which on everything up to the cursor fits. */
static void scroll_down_to_cursor(struct text *t)
{
    size_t room = t->win->r.h > 0 ? (size_t)t->win->r.h : 1, line = t->cursor,
           used = rows_of(t, line);
    while (line > t->first && used < room) {
        size_t rows = rows_of(t, line - 1);
        if (used + rows > room)
            break;
        used += rows;
        line--;
    }
    if (line > t->first) {
        t->first = line;
        t->first_row = used > room ? used - room : 0;
    }
}

static void keep_in_sight(struct text *t)
{
    size_t n = text_count(t), room = t->win->r.h > 0 ? (size_t)t->win->r.h : 1;
    if (t->cursor >= n)
        t->cursor = n ? n - 1 : 0;
    if (t->cursor < t->first) {
        t->first = t->cursor;
        t->first_row = 0;
    }
    if (t->cursor - t->first >= room)
        t->first = t->cursor - room + 1;
    scroll_down_to_cursor(t);
    if (!t->wrap && t->first + room > n)
        t->first = n > room ? n - room : 0;
    window_touch(t->win);
}

void text_go(struct text *t, size_t line)
{
    t->wanted = NOWHERE;
    t->cursor = line;
    keep_in_sight(t);
}

static void go_with_context(struct text *t, size_t line)
{
    size_t room = (size_t)(t->win->r.h > 0 ? t->win->r.h : 1);
    if (line < t->first || line >= t->first + room) {
        t->first = line > room / 3 ? line - room / 3 : 0;
        t->first_row = 0;
    }
    text_go(t, line);
}

static void move_by(struct text *t, long step)
{
    size_t n = text_count(t);
    t->follow = false;
    if (step < 0)
        text_go(t, t->cursor > (size_t)-step ? t->cursor - (size_t)-step : 0);
    else if (n)
        text_go(t, t->cursor + (size_t)step < n ? t->cursor + (size_t)step : n - 1);
}

static void on_move(struct window *w, enum motion m)
{
    struct text *t = w->data;
    long page = w->r.h > 1 ? w->r.h : 1;
    static const struct {
        int sign, divide; /* 0: one line */
    } steps[] = {
        [MOVE_UP] = { -1, 0 },       [MOVE_DOWN] = { 1, 0 },     [MOVE_PAGE_UP] = { -1, 1 },
        [MOVE_PAGE_DOWN] = { 1, 1 }, [MOVE_HALF_UP] = { -1, 2 }, [MOVE_HALF_DOWN] = { 1, 2 },
        [MOVE_TOP] = { 0, 0 }
    };
    if (m == MOVE_TOP)
        move_by(t, -(long)t->cursor);
    else if (m == MOVE_BOTTOM)
        move_by(t, (long)text_count(t));
    else if (m == MOVE_LEFT)
        t->left = t->left > SIDE_STEP ? t->left - SIDE_STEP : 0;
    else if (m == MOVE_RIGHT && !t->wrap)
        t->left += SIDE_STEP;
    else if (m != MOVE_RIGHT)
        move_by(t, steps[m].sign * (steps[m].divide ? page / steps[m].divide : 1));
    window_touch(w);
}

static void on_resized(struct window *w)
{
    keep_in_sight(w->data);
}

/* ---- what is shown ---- */

static void drop(struct text *t)
{
    doc_free(t->doc);
    textfile_free(t->file);
    t->doc = NULL;
    t->file = NULL;
    t->ink_of = NULL;
    t->syntax = NULL;
    t->wanted = NOWHERE;
    t->follow = t->search_when_whole = t->quiet = false;
    window_touch(t->win);
}

static void back_to_start(struct text *t)
{
    t->first = t->first_row = t->cursor = 0;
    t->left = 0;
}

void text_set_doc(struct text *t, struct doc *doc, bool keep)
{
    drop(t);
    if (!keep)
        back_to_start(t);
    t->doc = doc;
    keep_in_sight(t);
}

static void on_changed(void *payload)
{
    struct text *t = payload;
    size_t n = textfile_count(t->file);
    window_touch(t->app->state);
    if (t->follow)
        t->cursor = n ? n - 1 : 0;
    if (t->search_when_whole && textfile_whole(t->file)) {
        t->search_when_whole = false;
        textfile_search(t->file, t->pattern, n ? n - 1 : 0, true);
    }
    if (t->wanted != NOWHERE && (t->wanted < n || textfile_whole(t->file)))
        go_with_context(t, t->wanted);
    else
        keep_in_sight(t);
}

static void on_found(void *payload, bool any, size_t line)
{
    struct text *t = payload;
    if (any)
        go_with_context(t, line);
    window_touch(t->app->state);
    if (t->quiet)
        return;
    if (any && t->file) {
        app_say(t->app, "line %zu · counting …", line + 1);
        textfile_count_matches(t->file, t->pattern, line);
    } else if (!any)
        app_say(t->app, "nothing matches %s", t->pattern_text.s);
}

static void on_counted(void *payload, size_t nth, size_t total)
{
    struct text *t = payload;
    app_say(t->app, "line %zu · match %zu of %zu", t->cursor + 1, nth, total);
}

void text_set_file(struct text *t, const char *path, ink_fn ink_of, size_t line)
{
    struct textfile_events on = { on_changed, on_found, on_counted, t };
    drop(t);
    back_to_start(t);
    t->ink_of = ink_of;
    t->syntax = syntax_of(t->app->syntaxes, path);
    t->file = textfile_new(&t->app->loop, path, &on);
    str_clear(&t->empty);
    t->wanted = line ? line - 1 : NOWHERE;
}

void text_set_file_at(struct text *t, const char *path, ink_fn ink_of, const char *pattern)
{
    struct pattern *p = NULL;
    text_set_file(t, path, ink_of, 0);
    if (pattern_new(pattern, &p, NULL) < 0)
        return;
    pattern_free(t->pattern);
    t->pattern = p;
    str_set(&t->pattern_text, pattern);
    t->search_when_whole = t->quiet = true;
}

void text_set_empty(struct text *t, const char *why)
{
    drop(t);
    back_to_start(t);
    str_set(&t->empty, why);
}

void text_add_door(const struct text *t, struct str *out)
{
    struct shown s = { .text = STR_INIT };
    if (t->cursor < text_count(t) && text_line(t, t->cursor, &s) && s.link)
        str_add(out, s.link);
    shown_release(&s);
}

void text_follow(struct text *t, bool on)
{
    size_t n = text_count(t);
    if (on)
        text_go(t, n ? n - 1 : 0);
    t->follow = on;
}

bool text_cancel(struct text *t)
{
    return t->file && textfile_cancel(t->file);
}

/* ---- searching ---- */

static void search_doc(struct text *t, bool forward)
{
    struct shown s = { .text = STR_INIT };
    size_t n = t->doc->n, start, len, line = t->cursor, found = t->cursor, total = 0, nth = 0;
    for (size_t k = 0; k < n; k++) {
        line = forward ? (line + 1) % n : (line + n - 1) % n;
        shown_clear(&s);
        doc_show(t->doc, line, &s);
        if (!pattern_find(t->pattern, s.text.s, s.text.len, 0, &start, &len))
            continue;
        found = total++ ? found : line;
        nth += line <= found;
    }
    shown_release(&s);
    on_found(t, total > 0, found);
    if (total)
        on_counted(t, nth, total);
}

int text_search(struct text *t, const char *pattern, bool forward, struct error *err)
{
    struct pattern *p = NULL;
    if (pattern) {
        int rc = pattern_new(pattern, &p, err);
        if (rc < 0)
            return rc;
        pattern_free(t->pattern);
        t->pattern = p;
        str_set(&t->pattern_text, pattern);
    }
    t->follow = t->quiet = false;
    window_touch(t->win);
    if (t->doc && t->doc->n)
        search_doc(t, forward);
    else if (t->file)
        textfile_search(t->file, t->pattern, t->cursor, forward);
    return 0;
}

/* ---- life ---- */

static void on_release(struct window *w)
{
    struct text *t = w->data;
    drop(t);
    pattern_free(t->pattern);
    str_release(&t->pattern_text);
    str_release(&t->empty);
    free(t);
}

static bool on_press(struct window *w, int y, int x UNUSED)
{
    struct text *t = w->data;
    size_t n = text_count(t), i = t->first, before = t->cursor;
    long rows = y + (long)t->first_row;
    while (i < n && rows >= (long)rows_of(t, i))
        rows -= (long)rows_of(t, i++);
    if (i < n)
        text_go(t, i);
    return i == before;
}

static bool on_caret(struct window *w, int *y, int *x)
{
    struct text *t = w->data;
    long rows = -(long)t->first_row;
    for (size_t i = t->first; i < t->cursor && rows < w->r.h; i++)
        rows += (long)rows_of(t, i);
    *y = rows > 0 ? (int)rows : 0;
    *x = TEXT_GUTTER;
    return t->cursor < text_count(t) && *y < w->r.h;
}

static const struct window_ops text_ops = {
    .paint = text_paint,
    .resized = on_resized,
    .move = on_move,
    .release = on_release,
    .context = IN_TEXT,
    .press = on_press,
    .caret = on_caret,
};

struct text *text_new(struct app *app, struct window *parent)
{
    struct text *t = xcalloc(1, sizeof(*t));
    t->app = app;
    t->wanted = NOWHERE;
    str_init(&t->pattern_text);
    str_init(&t->empty);
    t->win = window_new(parent, &text_ops, t);
    return t;
}

struct text *text_of(const struct window *w)
{
    return w && w->ops == &text_ops ? w->data : NULL;
}
