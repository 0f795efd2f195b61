#include "ui/dump.h"

#include "ui/app.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

/* One cell as the terminal has it. */
struct seen_cell {
    struct str text;
    attr_t attributes;
    int32_t fg, bg;
    int width; /* 0: the right half of a wide one */
};

static void read_cell(int y, int x, struct seen_cell *out)
{
    cchar_t cc;
    wchar_t text[CCHARW_MAX + 1] = { 0 };
    int pair = 0, fg = COLOR_NONE, bg = COLOR_NONE;
    short unused;
    str_clear(&out->text);
    mvwin_wch(curscr, y, x, &cc);
    getcchar(&cc, text, &out->attributes, &unused, &pair);
    if (pair)
        extended_pair_content(pair, &fg, &bg);
    out->fg = fg;
    out->bg = bg;
    out->width = text[0] ? wcwidth(text[0]) : 0;
    for (size_t i = 0; text[i]; i++) {
        utf8proc_uint8_t bytes[4];
        str_addn(&out->text, bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)text[i], bytes));
    }
}

static void rtrim_blanks(struct str *out, size_t start)
{
    while (out->len > start && out->s[out->len - 1] == ' ')
        str_truncate(out, out->len - 1);
    str_addc(out, '\n');
}

static void add_row_text(const struct app *a, int y, struct str *out)
{
    struct seen_cell cell = { .text = STR_INIT };
    size_t start = out->len;
    for (int x = 0; x<a->screen.cols; x += cell.width> 1 ? cell.width : 1) {
        read_cell(y, x, &cell);
        str_add(out, cell.text.s);
    }
    str_release(&cell.text);
    rtrim_blanks(out, start);
}

void dump_text(struct app *a, struct str *out)
{
    for (int y = 0; y < a->screen.rows; y++)
        add_row_text(a, y, out);
}

static char look_letter(const struct seen_cell *c)
{
    static const struct {
        attr_t attributes;
        char plain, colored;
    } letters[] = { { A_REVERSE, 'r', 'R' },
                    { A_BOLD | A_UNDERLINE, 'B', 'X' },
                    { A_BOLD, 'b', 'C' },
                    { A_UNDERLINE, 'u', 'U' },
                    { A_DIM, 'd', 'D' } };
    bool colored = c->fg != COLOR_NONE || c->bg != COLOR_NONE;
    for (size_t i = 0; i < ARRAY_LEN(letters); i++)
        if ((c->attributes & letters[i].attributes) == letters[i].attributes)
            return colored ? letters[i].colored : letters[i].plain;
    return !colored ? ' ' : c->bg != COLOR_NONE ? 's' : 'c';
}

void dump_cells(struct app *a, struct str *out)
{
    struct seen_cell cell = { .text = STR_INIT };
    for (int y = 0; y < a->screen.rows; y++) {
        add_row_text(a, y, out);
        size_t start = out->len;
        for (int x = 0; x < a->screen.cols; x++) {
            read_cell(y, x, &cell);
            str_addc(out, look_letter(&cell));
        }
        rtrim_blanks(out, start);
    }
    str_release(&cell.text);
}

/* ---- SVG ---- */

enum { CELL_W = 8, CELL_H = 17, BASELINE = 13 };

struct paper {
    uint32_t fg, bg; /* of what asks for no colour */
    enum depth depth;
};

/* A theme that lights the cursor's row up brightly is made for a bright terminal. */
static struct paper paper_of(const struct app *a)
{
    int32_t bg = a->theme.roles[ROLE_SELECTED].bg;
    uint32_t rgb = bg == COLOR_NONE ? 0 : color_rgb(bg);
    if ((rgb >> 16) + (rgb >> 8 & 255) + (rgb & 255) > 3 * 128)
        return (struct paper){ 0x1f2328, 0xffffff, a->screen.depth };
    return (struct paper){ 0xd8dee9, 0x16191d, a->screen.depth };
}

static void add_escaped(struct str *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '<')
            str_add(out, "&lt;");
        else if (*s == '&')
            str_add(out, "&amp;");
        else
            str_addc(out, *s);
    }
}

static void colors_of(const struct seen_cell *c, const struct paper *p, uint32_t *fg, uint32_t *bg)
{
    int32_t rgb = p->depth == DEPTH_RGB ? COLOR_IS_RGB : 0;
    *fg = c->fg == COLOR_NONE ? p->fg : color_rgb(c->fg < 8 ? c->fg : c->fg | rgb);
    *bg = c->bg == COLOR_NONE ? p->bg : color_rgb(c->bg < 8 ? c->bg : c->bg | rgb);
    if (c->attributes & A_REVERSE) {
        uint32_t swap = *fg;
        *fg = *bg;
        *bg = swap;
    }
}

static void add_cell_svg(struct str *out, int y, int x, const struct seen_cell *c,
                         const struct paper *p)
{
    uint32_t fg, bg;
    int w = c->width > 1 ? c->width : 1;
    colors_of(c, p, &fg, &bg);
    if (bg != p->bg)
        str_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>",
                 x * CELL_W, y * CELL_H, w * CELL_W, CELL_H, bg);
    if (!c->text.len || strcmp(c->text.s, " ") == 0)
        return;
    str_addf(out, "<text x=\"%d\" y=\"%d\" fill=\"#%06x\"%s%s%s>", x * CELL_W,
             y * CELL_H + BASELINE, fg, c->attributes & A_BOLD ? " font-weight=\"bold\"" : "",
             c->attributes & A_UNDERLINE ? " text-decoration=\"underline\"" : "",
             c->attributes & A_DIM ? " opacity=\"0.6\"" : "");
    add_escaped(out, c->text.s);
    str_add(out, "</text>");
}

int dump_svg(struct app *a, const char *path, struct error *err)
{
    struct str svg = STR_INIT;
    struct seen_cell cell = { .text = STR_INIT };
    struct paper paper = paper_of(a);
    int w = a->screen.cols * CELL_W, h = a->screen.rows * CELL_H;
    str_addf(
        &svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "font-family=\"DejaVu Sans Mono, monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
        "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
        w, h, w, h, paper.bg);
    for (int y = 0; y < a->screen.rows; y++) {
        for (int x = 0; x<a->screen.cols; x += cell.width> 1 ? cell.width : 1) {
            read_cell(y, x, &cell);
            add_cell_svg(&svg, y, x, &cell, &paper);
        }
        str_addc(&svg, '\n');
    }
    str_add(&svg, "</svg>\n");
    int rc = file_write_unsynced(path, svg.s, svg.len, err);
    str_release(&cell.text);
    str_release(&svg);
    return rc;
}
