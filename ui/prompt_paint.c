#include "ui/app.h"
#include "ui/prompt.h"

#include <string.h>

enum { LIST_ROWS = 8, LABEL_X = 1 };

/* Columns of the text that are scrolled away so that the cursor is in sight. */
static int scrolled(const struct prompt *p, int room)
{
    int at = text_width(p->text.s, p->cursor);
    return at >= room ? at - room + 1 : 0;
}

static int text_x(const struct prompt *p)
{
    return LABEL_X + text_width(p->ops->label, strlen(p->ops->label));
}

void prompt_paint(struct prompt *p, const struct canvas *c)
{
    int x = text_x(p), room = c->r.w - x - 1, skip = scrolled(p, room), columns = 0;
    size_t from = 0;
    canvas_text(c, 0, LABEL_X, c->r.w, ROLE_PROMPT, p->ops->label);
    while (columns < skip && from < p->text.len) {
        int w;
        from += text_grapheme(p->text.s + from, p->text.len - from, &w);
        columns += w;
    }
    canvas_put(c, 0, x, room, ROLE_TEXT, p->text.s + from, p->text.len - from);
    if (p->bad_len && p->bad >= from && p->bad < p->text.len) {
        size_t end = p->bad + p->bad_len < p->text.len ? p->bad + p->bad_len : p->text.len;
        canvas_put(c, 0, x + text_width(p->text.s + from, p->bad - from), room, ROLE_ERROR,
                   p->text.s + p->bad, end - p->bad);
    }
}

bool prompt_paint_note(struct prompt *p, const struct canvas *c)
{
    int x = text_x(p);
    if (!p->note.len)
        return false;
    if (!p->note_is_error) {
        canvas_text(c, 0, LABEL_X, c->r.w - 1, ROLE_STATUS, p->note.s);
        return true;
    }
    /* The sentence stands above the word that is wrong, as far as there is room. */
    int need = text_width(p->note.s, p->note.len) + 3;
    int at = x + text_width(p->text.s, p->bad < p->text.len ? p->bad : p->text.len);
    if (at + need > c->r.w)
        at = c->r.w > need ? c->r.w - need : 0;
    canvas_put(c, 0, at, 2, ROLE_ERROR, "↓", 3);
    canvas_text(c, 0, at + 2, c->r.w - at - 2, ROLE_ERROR, p->note.s);
    return true;
}

bool prompt_has_list(const struct prompt *p)
{
    return p->words.n > 0;
}

static int widest(const struct strv *words)
{
    int most = 0;
    for (size_t i = 0; i < words->n; i++) {
        int w = text_width(words->v[i], strlen(words->v[i]));
        most = w > most ? w : most;
    }
    return most;
}

static void paint_candidate(const struct prompt *p, struct canvas c, int y, size_t i, int word_w)
{
    if ((long)i == p->chosen)
        c.over = ROLE_SELECTED;
    canvas_fill(&c, y, 1, c.r.w - 2, ROLE_TEXT);
    canvas_text(&c, y, 2, word_w, ROLE_TEXT, p->words.v[i]);
    if (i < p->helps.n)
        canvas_text(&c, y, word_w + 4, c.r.w - word_w - 6, ROLE_DIM, p->helps.v[i]);
}

void prompt_paint_list(struct prompt *p)
{
    struct screen *s = &p->app->screen;
    int n = (int)p->words.n, rows = n < LIST_ROWS ? n : LIST_ROWS, bottom = s->rows - 2;
    struct str title = STR_INIT;
    if (!n || bottom < 4)
        return;
    if (rows > bottom - 2)
        rows = bottom - 2;
    int word_w = widest(&p->words);
    if (word_w > s->cols / 2)
        word_w = s->cols / 2;
    int w = word_w + 4 + (p->helps.n ? widest(&p->helps) + 2 : 0), x = text_x(p);
    w = w + x > s->cols ? s->cols - x : w;
    int first = p->chosen >= rows ? (int)p->chosen - rows + 1 : 0;
    struct canvas c =
        canvas_at(s, &p->app->theme, (struct rect){ bottom - rows - 2, x, rows + 2, w });
    canvas_clear(&c);
    if (n > rows)
        str_addf(&title, "%d of %d", rows, n);
    canvas_box(&c, n > rows ? title.s : NULL);
    for (int i = 0; i < rows; i++)
        paint_candidate(p, c, i + 1, (size_t)first + (size_t)i, word_w);
    str_release(&title);
}

void prompt_place_cursor(struct prompt *p)
{
    struct screen *s = &p->app->screen;
    const struct rect *r = &p->app->keys->r;
    int x = text_x(p), room = r->w - x - 1;
    s->cursor = true;
    s->cursor_y = r->y;
    s->cursor_x = r->x + x + text_width(p->text.s, p->cursor) - scrolled(p, room);
}
