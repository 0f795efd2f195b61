#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

enum { AWAIT_MS = 30000 };

struct term {
    int pty, idle;
    pid_t pid;
    VTerm *vt;
    VTermScreen *screen;
    int cols, rows;
    unsigned long long sent, taken; /* keys and resizes */
    bool told, ended;               /* told: it has been quiet at least once */
    int status;
    size_t bytes;
    bool cursor; /* shown */
    bool mouse;  /* listened to */
    struct str idle_line;
};

/* ---- the child ---- */

NORETURN static void become(char *const *argv, const struct strv *env, int idle)
{
    char fd[16];
    snprintf(fd, sizeof(fd), "%d", idle);
    setenv("BOTTEGA_IDLE_FD", fd, 1);
    setenv("TERM", "xterm-256color", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLORTERM");
    for (size_t i = 0; i < env->n; i++)
        putenv(env->v[i]);
    execv(argv[0], argv);
    _exit(127);
}

static int on_property(VTermProp prop, VTermValue *value, void *payload)
{
    struct term *t = payload;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        t->cursor = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

struct term *term_new(int cols, int rows, char *const *argv, const struct strv *env)
{
    struct term *t = xcalloc(1, sizeof(*t));
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    int ends[2];
    if (pipe(ends) < 0)
        abort();
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    t->pid = forkpty(&t->pty, NULL, NULL, &size);
    if (t->pid == 0)
        become(argv, env, ends[1]);
    close(ends[1]);
    fcntl(t->pty, F_SETFD, FD_CLOEXEC);
    t->idle = ends[0];
    t->cols = cols;
    t->rows = rows;
    str_init(&t->idle_line);
    t->vt = vterm_new(rows, cols);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_reset(t->screen, 1);
    return t;
}

static void send_bytes(struct term *t, const char *bytes, size_t n)
{
    while (n) {
        ssize_t k = write(t->pty, bytes, n);
        if (k <= 0)
            return;
        bytes += k;
        n -= (size_t)k;
    }
}

/* ---- reading ---- */

static void read_pty(struct term *t)
{
    char chunk[65536];
    ssize_t n = read(t->pty, chunk, sizeof(chunk));
    if (n <= 0) {
        t->ended = true;
        return;
    }
    t->bytes += (size_t)n;
    if (memmem(chunk, (size_t)n, "1000h", 5)) /* libvterm takes only the first of several modes */
        t->mouse = true;
    vterm_input_write(t->vt, chunk, (size_t)n);
    n = (ssize_t)vterm_output_read(t->vt, chunk, sizeof(chunk));
    if (n > 0)
        send_bytes(t, chunk, (size_t)n);
}

static void read_idle(struct term *t)
{
    char chunk[256];
    ssize_t n = read(t->idle, chunk, sizeof(chunk));
    for (ssize_t i = 0; i < n; i++) {
        if (chunk[i] != '\n') {
            str_addc(&t->idle_line, chunk[i]);
            continue;
        }
        t->taken = strtoull(t->idle_line.s, NULL, 10);
        t->told = true;
        str_clear(&t->idle_line);
    }
    if (n <= 0)
        t->ended = true;
}

static bool readable(int fd, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    return poll(&p, 1, ms) > 0;
}

/* What it wrote before it said that it is quiet is in the pty already. */
void term_drain(struct term *t)
{
    while (!t->ended && readable(t->pty, 0))
        read_pty(t);
}

static void turn(struct term *t, int ms)
{
    struct pollfd p[] = { { .fd = t->pty, .events = POLLIN }, { .fd = t->idle, .events = POLLIN } };
    int n = poll(p, 2, ms);
    if (n > 0 && p[0].revents)
        read_pty(t);
    if (n > 0 && p[1].revents && !t->ended)
        read_idle(t);
}

bool term_turn(struct term *t, int ms)
{
    size_t before = t->bytes;
    turn(t, ms);
    term_drain(t);
    return t->bytes > before;
}

bool term_settle(struct term *t)
{
    while (!t->ended && !(t->told && t->taken >= t->sent))
        turn(t, -1);
    term_drain(t);
    return !t->ended;
}

bool term_await(struct term *t, const char *text)
{
    int64_t limit = clock_ms() + AWAIT_MS;
    for (;;) {
        struct str all = STR_INIT;
        term_drain(t);
        for (int y = 0; y < t->rows; y++) {
            term_add_row(t, y, &all);
            str_addc(&all, '\n');
        }
        bool found = strstr(all.s, text) != NULL;
        str_release(&all);
        if (found || t->ended || clock_ms() > limit)
            return found;
        turn(t, 1000);
    }
}

int term_wait_end(struct term *t)
{
    int status = 0;
    while (!t->ended)
        turn(t, -1);
    if (t->pid && waitpid(t->pid, &status, 0) == t->pid)
        t->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    t->pid = 0;
    return t->status;
}

int term_free(struct term *t)
{
    if (!t->ended) {
        close(t->pty); /* the terminal goes away: SIGHUP */
        t->pty = -1;
        while (!t->ended)
            read_idle(t);
    }
    int status = term_wait_end(t);
    if (t->pty >= 0)
        close(t->pty);
    close(t->idle);
    vterm_free(t->vt);
    str_release(&t->idle_line);
    free(t);
    return status;
}

pid_t term_pid(const struct term *t)
{
    return t->pid;
}

/* ---- writing ---- */

static const struct {
    keycode key;
    const char *bytes;
} sequences[] = {
    { KEY_CURSOR_UP, "\033OA" },   { KEY_CURSOR_DOWN, "\033OB" },    { KEY_CURSOR_RIGHT, "\033OC" },
    { KEY_CURSOR_LEFT, "\033OD" }, { KEY_TO_HOME, "\033OH" },        { KEY_TO_END, "\033OF" },
    { KEY_PAGE_UP, "\033[5~" },    { KEY_PAGE_DOWN, "\033[6~" },     { KEY_DELETE, "\033[3~" },
    { KEY_SHIFT_TAB, "\033[Z" },   { KEY_PASTE_BEGIN, "\033[200~" }, { KEY_PASTE_END, "\033[201~" },
};

void term_key(struct term *t, keycode key)
{
    struct str text = STR_INIT;
    const char *bytes = NULL;
    for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
        if (sequences[i].key == key)
            bytes = sequences[i].bytes;
    if (!bytes)
        key_add_text(&text, key);
    send_bytes(t, bytes ? bytes : text.s, bytes ? strlen(bytes) : text.len);
    t->sent++;
    str_release(&text);
}

void term_mouse(struct term *t, int button, int y, int x)
{
    int code = button > 3 ? button + 60 : 0;
    char *bytes =
        str_format("\033[<%d;%d;%dM\033[<%d;%d;%dm", code, x + 1, y + 1, code, x + 1, y + 1);
    if (t->mouse) {
        send_bytes(t, bytes, strlen(bytes));
        t->sent++; /* a release is no key */
    }
    free(bytes);
}

void term_resize(struct term *t, int cols, int rows)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    vterm_set_size(t->vt, rows, cols);
    t->cols = cols;
    t->rows = rows;
    t->sent++;
    ioctl(t->pty, TIOCSWINSZ, &size);
}

void term_storm(struct term *t, int n)
{
    int cols = t->cols, rows = t->rows;
    for (int i = n; i-- > 0; term_drain(t)) {
        struct winsize size = { .ws_row = (unsigned short)(rows + i % 7),
                                .ws_col = (unsigned short)(cols + i % 31) };
        ioctl(t->pty, TIOCSWINSZ, &size);
    }
    vterm_set_size(t->vt, rows, cols);
}

/* ---- the screen ---- */

size_t term_bytes(struct term *t)
{
    size_t n = t->bytes;
    t->bytes = 0;
    return n;
}

bool term_cursor(const struct term *t, int *y, int *x)
{
    VTermPos pos;
    vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
    *y = pos.row;
    *x = pos.col;
    return t->cursor;
}

int term_rows(const struct term *t)
{
    return t->rows;
}

static void rtrim_blanks(struct str *out, size_t start)
{
    while (out->len > start && out->s[out->len - 1] == ' ')
        str_truncate(out, out->len - 1);
}

void term_add_row(const struct term *t, int row, struct str *out)
{
    size_t start = out->len;
    VTermScreenCell cell;
    for (int x = 0; x<t->cols; x += cell.width> 1 ? cell.width : 1) {
        vterm_screen_get_cell(t->screen, (VTermPos){ row, x }, &cell);
        if (!cell.chars[0])
            str_addc(out, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            key_add_text(out, cell.chars[i]);
    }
    rtrim_blanks(out, start);
}

static char letter(const VTermScreenCell *c)
{
    bool fg = !VTERM_COLOR_IS_DEFAULT_FG(&c->fg), bg = !VTERM_COLOR_IS_DEFAULT_BG(&c->bg);
    char l = c->attrs.reverse ? 'r' : c->attrs.bold ? 'b' : c->attrs.underline ? 'u' : ' ';
    if (bg)
        return 's';
    if (l == ' ')
        return fg ? 'c' : ' ';
    return fg ? (char)(l - 'a' + 'A') : l;
}

void term_add_looks(const struct term *t, int row, struct str *out)
{
    size_t start = out->len;
    for (int x = 0; x < t->cols; x++) {
        VTermScreenCell cell;
        vterm_screen_get_cell(t->screen, (VTermPos){ row, x }, &cell);
        str_addc(out, letter(&cell));
    }
    rtrim_blanks(out, start);
}
