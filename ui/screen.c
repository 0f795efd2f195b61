#include "ui/screen.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

enum { ESCAPE_MS = 25 };

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

static const struct {
    int curses;
    keycode key;
} key_map[] = {
    { KEY_UP, KEY_CURSOR_UP },      { KEY_DOWN, KEY_CURSOR_DOWN },
    { KEY_LEFT, KEY_CURSOR_LEFT },  { KEY_RIGHT, KEY_CURSOR_RIGHT },
    { KEY_PPAGE, KEY_PAGE_UP },     { KEY_NPAGE, KEY_PAGE_DOWN },
    { KEY_HOME, KEY_TO_HOME },      { KEY_END, KEY_TO_END },
    { KEY_IC, KEY_INSERT },         { KEY_DC, KEY_DELETE },
    { KEY_BTAB, KEY_SHIFT_TAB },    { KEY_BACKSPACE, KEY_ERASE },
    { KEY_ENTER, KEY_RETURN },      { KEY_MAX + 1, KEY_PASTE_BEGIN },
    { KEY_MAX + 2, KEY_PASTE_END },
};

static bool has_no_color(void)
{
    const char *wish = getenv("NO_COLOR");
    return wish && *wish;
}

static enum depth depth_of_terminal(void)
{
    if (has_no_color() || !has_colors() || COLORS < 8)
        return DEPTH_MONO;
    if (COLORS >= 1 << 24 && tigetflag("RGB") > 0)
        return DEPTH_RGB;
    return COLORS >= 256 ? DEPTH_256 : DEPTH_16;
}

/* The keys come through a pad, because reading from a window repaints it. */
static void take_keys(struct screen *s)
{
    WINDOW *pad = newpad(1, 1);
    raw();
    noecho();
    nonl();
    keypad(pad, TRUE);
    nodelay(pad, TRUE);
    define_key("\033[200~", KEY_MAX + 1);
    define_key("\033[201~", KEY_MAX + 2);
    s->keys = pad;
}

static void say(const char *bytes)
{
    if (write(STDOUT_FILENO, bytes, strlen(bytes)) < 0)
        return; /* a terminal that went away is told by SIGHUP */
}

int screen_init(struct screen *s, struct error *err)
{
    memset(s, 0, sizeof(*s));
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, E_MISSING,
                         "the workbench needs a terminal; `bottega help` lists what works without");
    setlocale(LC_CTYPE, "");
    set_escdelay(ESCAPE_MS);
    s->set = newterm(NULL, stdout, stdin);
    if (!s->set)
        return error_set(err, E_MISSING,
                         "the terminal type %s is not known here; TERM=xterm usually works",
                         getenv("TERM") ? getenv("TERM") : "(TERM is not set)");
    s->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    start_color();
    use_default_colors();
    s->depth = depth_of_terminal();
    take_keys(s);
    curs_set(0);
    s->rows = LINES;
    s->cols = COLS;
    s->on = true;
    say(PASTE_ON);
    return 0;
}

void screen_release(struct screen *s)
{
    if (!s->set)
        return;
    if (s->on)
        screen_leave(s);
    delwin(s->keys);
    delscreen(s->set);
    s->set = NULL;
}

bool screen_take_size(struct screen *s)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
        return false;
    if (size.ws_row == s->rows && size.ws_col == s->cols)
        return false;
    resizeterm(size.ws_row, size.ws_col);
    s->rows = size.ws_row;
    s->cols = size.ws_col;
    return true;
}

void screen_leave(struct screen *s)
{
    say(PASTE_OFF);
    curs_set(1);
    endwin();
    s->on = false;
}

void screen_return(struct screen *s)
{
    say(PASTE_ON);
    refresh();
    curs_set(0);
    s->on = true;
    screen_redraw(s);
}

void screen_flush(struct screen *s)
{
    curs_set(s->cursor ? 1 : 0);
    if (s->cursor)
        move(s->cursor_y, s->cursor_x);
    leaveok(stdscr, s->cursor ? FALSE : TRUE);
    wnoutrefresh(stdscr);
    doupdate();
}

void screen_redraw(struct screen *s UNUSED)
{
    clearok(curscr, TRUE);
}

void screen_take_mouse(struct screen *s UNUSED)
{
    mouseinterval(0); /* a press counts at once */
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

static bool mouse_key(struct screen *s, keycode *out)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return false;
    s->mouse_y = event.y;
    s->mouse_x = event.x;
    s->mouse = event.bstate & BUTTON4_PRESSED   ? MOUSE_WHEEL_UP
               : event.bstate & BUTTON5_PRESSED ? MOUSE_WHEEL_DOWN
                                                : MOUSE_PRESS;
    *out = KEY_MOUSE_AT;
    return true;
}

static keycode special_key(wint_t code)
{
    for (size_t i = 0; i < ARRAY_LEN(key_map); i++)
        if ((wint_t)key_map[i].curses == code)
            return key_map[i].key;
    if (code > (wint_t)KEY_F0 && code <= (wint_t)KEY_F0 + 12)
        return KEY_F1 + (code - (wint_t)KEY_F0 - 1);
    return KEY_NOTHING;
}

bool screen_key(struct screen *s, keycode *out)
{
    wint_t code;
    int kind;
    bool mouse, nobodys; /* a new size, and a button let go, are told by a key too */
    do {
        kind = wget_wch(s->keys, &code);
        mouse = kind == KEY_CODE_YES && code == KEY_MOUSE && mouse_key(s, out);
        nobodys = kind == KEY_CODE_YES && (code == KEY_RESIZE || code == KEY_MOUSE) && !mouse;
    } while (nobodys);
    if (kind == ERR || mouse)
        return mouse;
    if (kind == KEY_CODE_YES)
        *out = special_key(code);
    else if (code == '\n')
        *out = KEY_RETURN;
    else
        *out = code == 8 ? KEY_ERASE : (keycode)code;
    return true;
}

void screen_send(struct screen *s UNUSED, const struct str *bytes)
{
    say(bytes->s);
}
