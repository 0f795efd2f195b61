#include "ui/input.h"

#include "ui/app.h"
#include "ui/script.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct input {
    struct app *app;
    uv_poll_t keys;
    uv_signal_t winch, term, hup;
    bool resized;
    int idle_fd; /* -1: nobody waits */
    uint64_t taken, told;
    int open_handles;
};

static void on_keys(uv_poll_t *poll, int status, int events UNUSED)
{
    struct input *in = poll->data;
    keycode key;
    if (status < 0) { /* the terminal went away */
        in->app->quit = true;
        return;
    }
    bool any = false;
    while (!in->app->quit && screen_key(&in->app->screen, &key)) {
        any = true;
        in->taken++;
        app_key(in->app, key);
    }
    char probe;
    if (!any && read(STDIN_FILENO, &probe, 0) < 0 && errno == EIO)
        in->app->quit = true;
}

static void on_winch(uv_signal_t *sig, int signo UNUSED)
{
    struct input *in = sig->data;
    in->resized = true;
}

static void on_end(uv_signal_t *sig, int signo)
{
    struct input *in = sig->data;
    in->app->quit = true;
    if (signo == SIGTERM)
        in->app->rc = error_set(&in->app->err, E_CANCELLED, "ended by a signal");
}

static void add_signal(struct input *in, uv_signal_t *sig, uv_signal_cb fn, int signo)
{
    uv_signal_init(&in->app->loop.uv, sig);
    sig->data = in;
    uv_signal_start(sig, fn, signo);
}

struct input *input_new(struct app *a)
{
    struct input *in = xcalloc(1, sizeof(*in));
    const char *fd = getenv("BOTTEGA_IDLE_FD");
    in->app = a;
    in->idle_fd = fd && *fd ? atoi(fd) : -1;
    in->told = UINT64_MAX;
    uv_poll_init(&a->loop.uv, &in->keys, STDIN_FILENO);
    in->keys.data = in;
    uv_poll_start(&in->keys, UV_READABLE, on_keys);
    add_signal(in, &in->winch, on_winch, SIGWINCH);
    add_signal(in, &in->term, on_end, SIGTERM);
    add_signal(in, &in->hup, on_end, SIGHUP);
    return in;
}

static void on_closed(uv_handle_t *h)
{
    struct input *in = h->data;
    if (--in->open_handles == 0)
        free(in);
}

void input_free(struct input *in)
{
    if (!in)
        return;
    uv_handle_t *const handles[] = { (uv_handle_t *)&in->keys, (uv_handle_t *)&in->winch,
                                     (uv_handle_t *)&in->term, (uv_handle_t *)&in->hup };
    in->open_handles = ARRAY_LEN(handles);
    for (size_t i = 0; i < ARRAY_LEN(handles); i++)
        uv_close(handles[i], on_closed);
}

void input_settle(struct input *in)
{
    if (!in->resized)
        return;
    in->resized = false;
    in->taken++;
    if (screen_take_size(&in->app->screen)) {
        app_resized(in->app);
        script_record_size(in->app);
    }
}

void input_tell_idle(struct input *in)
{
    char line[32];
    if (in->idle_fd < 0 || !loop_idle(&in->app->loop) || in->told == in->taken)
        return;
    in->told = in->taken;
    int n = snprintf(line, sizeof(line), "%llu\n", (unsigned long long)in->taken);
    if (write(in->idle_fd, line, (size_t)n) < 0)
        in->idle_fd = -1;
}

void input_suspend(struct app *a)
{
    screen_leave(&a->screen);
    kill(0, SIGTSTP);
    screen_return(&a->screen);
    a->input->resized = true;
    app_touch_all(a);
}

/* Ctrl-C is for the command then, not for us. */
static int wait_for(pid_t pid)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before[2];
    int status = 0;
    sigaction(SIGINT, &ignore, &before[0]);
    sigaction(SIGQUIT, &ignore, &before[1]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    sigaction(SIGINT, &before[0], NULL);
    sigaction(SIGQUIT, &before[1], NULL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int input_hand_over(struct app *a, const char *command, struct error *err)
{
    char *text = xstrdup(command);
    char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, text, NULL };
    pid_t pid;
    screen_leave(&a->screen);
    int failed = posix_spawnp(&pid, "sh", NULL, NULL, argv, environ);
    int status = failed ? 0 : wait_for(pid);
    screen_return(&a->screen);
    if (screen_take_size(&a->screen))
        app_resized(a);
    app_touch_all(a);
    free(text);
    if (failed)
        return error_set(err, E_MISSING, "sh: %s", strerror(failed));
    return status ? error_set(err, E_FAIL, "status %d: %s", status, command) : 0;
}

void input_resize(struct app *a, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    ioctl(STDOUT_FILENO, TIOCSWINSZ, &size);
    if (screen_take_size(&a->screen))
        app_resized(a);
}
