#include "ui/widgets/ansi.h"

#include "ui/color.h"

#include <stdlib.h>
#include <string.h>

void shown_clear(struct shown *s)
{
    str_clear(&s->text);
    s->n = 0;
    s->link = NULL;
    s->more = 0;
}

void shown_release(struct shown *s)
{
    str_release(&s->text);
    free(s->spans);
    s->spans = NULL;
    s->n = s->cap = 0;
}

static void add_span(struct shown *s, size_t start, ink_t ink)
{
    struct span *last = s->n ? &s->spans[s->n - 1] : NULL;
    if (s->text.len == start)
        return;
    if (last && last->ink == ink && last->start + last->len == start) {
        last->len += (uint32_t)(s->text.len - start);
        return;
    }
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 8;
        s->spans = xrealloc(s->spans, s->cap * sizeof(*s->spans));
    }
    s->spans[s->n++] = (struct span){ (uint32_t)start, (uint32_t)(s->text.len - start), ink };
}

void shown_add(struct shown *s, ink_t ink, const char *text, size_t n)
{
    size_t start = s->text.len;
    str_addn(&s->text, text, n);
    add_span(s, start, ink);
}

/* ---- SGR ---- */

static ink_t with_fg(ink_t ink, int color)
{
    return (ink & ~0xffu) | INK_ANSI | INK_FG | (ink_t)color;
}

static ink_t with_bg(ink_t ink, int color)
{
    return (ink & ~0xff00u) | INK_ANSI | INK_BG | (ink_t)color << 8;
}

/* "38;5;N" and "38;2;R;G;B": the colour, and how many numbers were eaten. */
static int extended(const int *n, size_t left, size_t *eaten)
{
    if (left >= 3 && n[1] == 5) {
        *eaten = 3;
        return n[2] & 0xff;
    }
    if (left >= 5 && n[1] == 2) {
        *eaten = 5;
        return color_at_depth(
            COLOR_IS_RGB | (n[2] & 0xff) << 16 | (n[3] & 0xff) << 8 | (n[4] & 0xff), DEPTH_256);
    }
    *eaten = left;
    return 7;
}

static ink_t apply_one(ink_t ink, int n)
{
    static const struct {
        int n;
        ink_t bit;
    } on[] = {
        { 1, INK_BOLD }, { 2, INK_DIM }, { 3, INK_ITALIC }, { 4, INK_UNDERLINE }, { 7, INK_REVERSE }
    };
    if (n >= 30 && n <= 37)
        return with_fg(ink, n - 30);
    if (n >= 90 && n <= 97)
        return with_fg(ink, n - 90 + 8);
    if (n >= 40 && n <= 47)
        return with_bg(ink, n - 40);
    if (n >= 100 && n <= 107)
        return with_bg(ink, n - 100 + 8);
    if (n == 39)
        return ink & ~(INK_FG | 0xffu);
    if (n == 49)
        return ink & ~(INK_BG | 0xff00u);
    if (n == 22)
        return ink & ~(INK_BOLD | INK_DIM);
    for (size_t i = 0; i < ARRAY_LEN(on); i++) {
        if (on[i].n == n)
            return ink | INK_ANSI | on[i].bit;
        if (on[i].n + 20 == n)
            return ink & ~on[i].bit;
    }
    return ink;
}

static ink_t apply_sgr(ink_t ink, const int *n, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t eaten = 1;
        if (n[i] == 0)
            ink = 0;
        else if (n[i] == 38)
            ink = with_fg(ink, extended(n + i, count - i, &eaten));
        else if (n[i] == 48)
            ink = with_bg(ink, extended(n + i, count - i, &eaten));
        else
            ink = apply_one(ink, n[i]);
        i += eaten;
    }
    return ink;
}

/* Reads "ESC [ numbers m" at the start of `s`; its bytes, or 0 when it is something else. */
static size_t read_sgr(const char *s, size_t n, ink_t *ink)
{
    int numbers[16] = { 0 };
    size_t k = 0, i = 2;
    if (n < 3 || s[0] != '\033' || s[1] != '[')
        return 0;
    for (; i < n && s[i] != 'm'; i++) {
        if (s[i] >= '0' && s[i] <= '9')
            numbers[k] = numbers[k] < 1000 ? numbers[k] * 10 + s[i] - '0' : numbers[k];
        else if ((s[i] == ';' || s[i] == ':') && k + 1 < ARRAY_LEN(numbers))
            k++;
        else
            return 0;
    }
    if (i == n)
        return 0;
    *ink = apply_sgr(*ink, numbers, k + 1);
    return i + 1;
}

/* ---- whole lines ---- */

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t') || c == 0x7f;
}

static size_t plain_run(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && !is_control((unsigned char)s[i]))
        i++;
    return i;
}

/* Tabs need to know the column at which they stand. */
static void add_run(struct shown *s, ink_t ink, const char *bytes, size_t n)
{
    size_t start = s->text.len;
    while (n) {
        const char *tab = memchr(bytes, '\t', n);
        size_t k = tab ? (size_t)(tab - bytes) : n;
        text_add_shown(&s->text, bytes, k);
        if (tab) {
            int at = text_width(s->text.s, s->text.len);
            str_addn(&s->text, "        ", (size_t)(8 - at % 8));
            k++;
        }
        bytes += k;
        n -= k;
    }
    add_span(s, start, ink);
}

void shown_add_raw(struct shown *s, ink_t plain, const char *bytes, size_t n)
{
    ink_t ink = 0;
    while (n && (bytes[n - 1] == '\r' || bytes[n - 1] == '\n'))
        n--;
    const char *cr = memrchr(bytes, '\r', n);
    if (cr) {
        n -= (size_t)(cr + 1 - bytes);
        bytes = cr + 1;
    }
    while (n) {
        size_t k = plain_run(bytes, n);
        if (k) {
            add_run(s, ink & INK_ANSI ? ink : plain, bytes, k);
        } else if ((k = read_sgr(bytes, n, &ink)) == 0) {
            size_t start = s->text.len;
            k = 1;
            text_add_shown(&s->text, bytes, k);
            add_span(s, start, ROLE_CONTROL);
        }
        bytes += k;
        n -= k;
    }
}
