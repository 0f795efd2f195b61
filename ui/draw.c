#include "ui/draw.h"

#include <curses.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

/* What a terminal without UTF-8 gets instead of the signs that we draw ourselves. */
static const struct {
    wchar_t sign;
    char ascii;
} ascii_signs[] = {
    { L'…', '~' },  { L'–', '-' }, { L'—', '-' }, { L'·', '.' }, { L'▸', '>' }, { L'●', '*' },
    { L'◐', '%' },  { L'○', 'o' }, { L'✕', 'x' }, { L'✓', 'v' }, { L'│', '|' }, { L'─', '-' },
    { L'┌', '+' },  { L'┐', '+' }, { L'└', '+' }, { L'┘', '+' }, { L'├', '+' }, { L'┤', '+' },
    { L'█', '#' },  { L'▏', ' ' }, { L'▎', ' ' }, { L'▍', ' ' }, { L'▌', '=' }, { L'▋', '=' },
    { L'▊', '=' },  { L'▉', '#' }, { L'▁', '_' }, { L'▂', '_' }, { L'▃', '.' }, { L'▄', 'o' },
    { L'▅', 'o' },  { L'▆', 'O' }, { L'▇', '#' }, { L'→', '>' }, { L'←', '<' }, { L'↑', '^' },
    { L'↓', 'v' },  { L'×', 'x' }, { L'▾', 'v' }, { L'▴', '^' }, { L'‖', '=' }, { L'−', '-' },
    { L'›', '>' },  { L'«', '<' }, { L'»', '>' }, { L'“', '"' }, { L'”', '"' }, { L'‘', '\'' },
    { L'’', '\'' },
};

struct canvas canvas_at(struct screen *s, const struct theme *t, struct rect r)
{
    struct canvas whole = { { 0, 0, s->rows, s->cols }, t, s->utf8, &s->pairs, ROLE_TEXT };
    return canvas_part(&whole, r);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct canvas canvas_part(const struct canvas *c, struct rect r)
{
    struct canvas part = *c;
    part.r.y = c->r.y + r.y;
    part.r.x = c->r.x + r.x;
    part.r.h = least(r.h, c->r.h - r.y);
    part.r.w = least(r.w, c->r.w - r.x);
    if (part.r.h < 0 || part.r.w < 0)
        part.r.h = part.r.w = 0;
    return part;
}

/* ---- one cell ---- */

struct look {
    attr_t attributes;
    int pair;
};

/* Their number for curses; the first is 1. */
static int pair_of(struct pairs *p, int32_t fg, int32_t bg)
{
    int i = 0;
    while (i < p->n && (p->v[i].fg != fg || p->v[i].bg != bg))
        i++;
    if (i < p->n)
        return i + 1;
    if (i == PAIRS_KEPT || i + 1 >= COLOR_PAIRS)
        i = p->n = 0; /* a log with more colours than that looks odd for a moment */
    p->v[i].fg = fg;
    p->v[i].bg = bg;
    p->n = i + 1;
    init_extended_pair(i + 1, fg == COLOR_NONE ? -1 : fg & ~COLOR_IS_RGB,
                       bg == COLOR_NONE ? -1 : bg & ~COLOR_IS_RGB);
    return i + 1;
}

static struct look look_of(const struct canvas *c, ink_t ink)
{
    static const struct {
        unsigned ours;
        attr_t theirs;
    } map[] = { { ATTR_BOLD, A_BOLD },
                { ATTR_DIM, A_DIM },
                { ATTR_ITALIC, A_ITALIC },
                { ATTR_UNDERLINE, A_UNDERLINE },
                { ATTR_REVERSE, A_REVERSE } };
    struct style s = theme_style(c->theme, ink, c->over);
    struct look look = { A_NORMAL, 0 };
    for (size_t i = 0; i < ARRAY_LEN(map); i++)
        if (s.attributes & map[i].ours)
            look.attributes |= map[i].theirs;
    if (COLORS < 16 && s.fg >= 8 && s.fg < 16) { /* eight colours: bright ones are bold */
        s.fg -= 8;
        look.attributes |= A_BOLD;
    }
    if (COLORS < 16 && s.bg >= 8 && s.bg < 16)
        s.bg -= 8;
    if (s.fg != COLOR_NONE || s.bg != COLOR_NONE)
        look.pair = pair_of(c->pairs, s.fg, s.bg);
    return look;
}

static wchar_t ascii_for(wchar_t sign)
{
    for (size_t i = 0; i < ARRAY_LEN(ascii_signs); i++)
        if (ascii_signs[i].sign == sign)
            return (wchar_t)ascii_signs[i].ascii;
    return L'?';
}

/* The characters of a grapheme as one cell of `columns`: its first one and the marks that stand
 * on it. Where the C library thinks of another width, U+FFFD keeps the columns right. */
static size_t cell_of(const struct canvas *c, const char *s, size_t n, int columns, wchar_t *out)
{
    size_t k = 0;
    while (n && k < CCHARW_MAX - 1) {
        utf8proc_int32_t cp = 0;
        utf8proc_ssize_t used =
            utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &cp);
        if (used <= 0) {
            used = 1;
            cp = 0xfffd;
        }
        if (k == 0 || wcwidth((wchar_t)cp) == 0)
            out[k++] = (wchar_t)cp;
        s += used;
        n -= (size_t)used;
    }
    if (!c->utf8 && out[0] > 0x7e) {
        out[0] = ascii_for(out[0]);
        k = 1;
    }
    int width = wcwidth(out[0]);
    if (width != columns && !(width == 1 && columns == 2)) {
        out[0] = c->utf8 ? 0xfffd : L'?';
        k = 1;
    }
    out[k] = 0;
    return k;
}

/* Draws one grapheme; `columns` of it are there. */
static void put_cell(const struct canvas *c, int y, int x, const struct look *look,
                     const wchar_t *cell, int columns)
{
    cchar_t cc;
    int pair = look->pair;
    if (setcchar(&cc, cell, look->attributes, 0, &pair) == ERR)
        return;
    int row = c->r.y + y, col = c->r.x + x;
    mvadd_wch(row, col, &cc);
    if (columns == 2 && wcwidth(cell[0]) == 1) {
        setcchar(&cc, L" ", look->attributes, 0, &pair);
        mvadd_wch(row, col + 1, &cc);
    }
}

static void put_blanks(const struct canvas *c, int y, int x, int w, const struct look *look)
{
    for (int i = 0; i < w; i++)
        put_cell(c, y, x + i, look, L" ", 1);
}

/* ---- runs ---- */

void canvas_fill(const struct canvas *c, int y, int x, int w, ink_t ink)
{
    if (y < 0 || y >= c->r.h || x >= c->r.w)
        return;
    struct look look = look_of(c, ink);
    put_blanks(c, y, x, least(w, c->r.w - x), &look);
}

void canvas_clear(const struct canvas *c)
{
    for (int y = 0; y < c->r.h; y++)
        canvas_fill(c, y, 0, c->r.w, ROLE_TEXT);
}

int canvas_put(const struct canvas *c, int y, int x, int w, ink_t ink, const char *s, size_t n)
{
    wchar_t cell[CCHARW_MAX + 1] = { 0 };
    int used = 0;
    if (y < 0 || y >= c->r.h || x < 0 || x >= c->r.w)
        return 0;
    w = least(w, c->r.w - x);
    struct look look = look_of(c, ink);
    while (n && used < w) {
        int columns;
        size_t k = text_grapheme(s, n, &columns);
        if (used + columns > w) { /* a wide one at the edge */
            put_blanks(c, y, x + used, w - used, &look);
            return w;
        }
        cell_of(c, s, k, columns > 0 ? columns : 1, cell);
        if (columns > 0)
            put_cell(c, y, x + used, &look, cell, columns);
        used += columns > 0 ? columns : 0;
        s += k;
        n -= k;
    }
    return used;
}

int canvas_text(const struct canvas *c, int y, int x, int w, ink_t ink, const char *text)
{
    struct str cut = STR_INIT;
    text_add_clipped(&cut, text, strlen(text), least(w, c->r.w - x));
    int used = canvas_put(c, y, x, w, ink, cut.s, cut.len);
    str_release(&cut);
    return used;
}

int canvas_middle(const struct canvas *c, int y, int x, int w, ink_t ink, const char *text)
{
    size_t n = strlen(text), from = 0, k;
    int width = text_width(text, n), tail = w / 3, columns;
    w = least(w, c->r.w - x);
    if (width <= w || tail < 2)
        return canvas_text(c, y, x, w, ink, text);
    while (width > tail) {
        k = text_grapheme(text + from, n - from, &columns);
        from += k;
        width -= columns;
    }
    struct str cut = STR_INIT;
    text_add_clipped(&cut, text, n, w - width);
    str_add(&cut, text + from);
    int used = canvas_put(c, y, x, w, ink, cut.s, cut.len);
    str_release(&cut);
    return used;
}

void canvas_right(const struct canvas *c, int y, int w, ink_t ink, const char *text)
{
    int width = least(text_width(text, strlen(text)), w);
    canvas_text(c, y, c->r.w - width, width, ink, text);
}

/* ---- lines ---- */

static void repeat(const struct canvas *c, struct rect from, bool down, const char *sign)
{
    int n = down ? from.h : from.w;
    for (int i = 0; i < n; i++)
        canvas_put(c, from.y + (down ? i : 0), from.x + (down ? 0 : i), 1, ROLE_BORDER, sign,
                   strlen(sign));
}

void canvas_hline(const struct canvas *c, int y, int x, int w)
{
    repeat(c, (struct rect){ y, x, 1, w }, false, "─");
}

void canvas_vline(const struct canvas *c, int y, int x, int h)
{
    repeat(c, (struct rect){ y, x, h, 1 }, true, "│");
}

void canvas_box(const struct canvas *c, const char *title)
{
    int h = c->r.h, w = c->r.w;
    static const char *const corners[] = { "┌", "┐", "└", "┘" };
    canvas_hline(c, 0, 1, w - 2);
    canvas_hline(c, h - 1, 1, w - 2);
    canvas_vline(c, 1, 0, h - 2);
    canvas_vline(c, 1, w - 1, h - 2);
    for (int i = 0; i < 4; i++)
        canvas_put(c, i / 2 ? h - 1 : 0, i % 2 ? w - 1 : 0, 1, ROLE_BORDER, corners[i], 3);
    if (title && w > 6) {
        int used = canvas_text(c, 0, 3, w - 6, ROLE_STRONG, title);
        canvas_put(c, 0, 2, 1, ROLE_BORDER, " ", 1);
        canvas_put(c, 0, 3 + used, 1, ROLE_BORDER, " ", 1);
    }
}
