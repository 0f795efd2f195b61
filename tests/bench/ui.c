/* ui BIG SMALL: what the workbench costs at 140x40 in a terminal of our own: BIG is made by
 * tests/bench/mkindex, SMALL by tests/fixtures/mkworkspace, $BOTTEGA is the program. Prints a
 * table: what, the bar, median, p99 (of few: the most), unit. Run it with nothing else at work. */
#include "../tui/term.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { COLS = 140, ROWS = 40, BODY = 3, STARTS = 9, TIMES = 15, MOVES = 200 };

struct series {
    double v[MOVES];
    size_t n;
};

struct bench {
    const char *big, *small;
    struct term *term;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void add(struct series *s, double v)
{
    if (s->n < MOVES)
        s->v[s->n++] = v;
}

static void tell(const char *what, double bar, struct series *s, const char *unit)
{
    if (!s->n)
        return;
    qsort(s->v, s->n, sizeof(*s->v), by_value);
    double p99 = s->v[(s->n * 99 + 99) / 100 - 1];
    printf("| %-56s | %6.0f | %7.1f | %7.1f | %s |\n", what, bar, s->v[s->n / 2], p99, unit);
    fflush(stdout);
    s->n = 0;
}

/* ---- driving ---- */

static void start(struct bench *b, const char *workspace)
{
    const char *argv[] = { getenv("BOTTEGA"), "-C", workspace, NULL };
    struct strv env = STRV_INIT;
    b->term = term_new(COLS, ROWS, (char *const *)argv, &env);
    strv_release(&env);
}

static void stop(struct bench *b)
{
    term_free(b->term);
    b->term = NULL;
}

static void keys(struct bench *b, const char *text)
{
    keycode key;
    while (*text) {
        text += key_parse(text, &key);
        term_key(b->term, key);
    }
}

static void typed(struct bench *b, const char *text)
{
    for (; *text; text++)
        term_key(b->term, *text == '<' ? '<' : (keycode)*text);
}

static void add_body(const struct bench *b, struct str *out)
{
    for (int y = BODY; y < ROWS - 2; y++)
        term_add_row(b->term, y, out);
}

/* What does not come ends it: a figure of something else would be worse than none. */
static void await(struct bench *b, const char *text)
{
    struct str seen = STR_INIT;
    if (term_await(b->term, text))
        return;
    for (int y = 0; y < ROWS; y++) {
        term_add_row(b->term, y, &seen);
        str_addc(&seen, '\n');
    }
    printf("%snever came: %s\n", seen.s, text);
    exit(1);
}

/* Neither with the prompt's list over it, nor without. */
static bool shows_other(const struct bench *b, const struct str before[2])
{
    struct str now = STR_INIT;
    add_body(b, &now);
    bool other = strcmp(now.s, before[0].s) != 0 && strcmp(now.s, before[1].s) != 0;
    str_release(&now);
    return other;
}

/* Until other rows show than before, and not half a frame: when that was. */
static double await_other(struct bench *b, const struct str before[2])
{
    double at = 0;
    do {
        while (!shows_other(b, before))
            term_turn(b->term, 1000);
        at = now_ms();
        while (term_turn(b->term, 4))
            continue;
    } while (!shows_other(b, before));
    return at;
}

/* The command is typed beforehand; its Enter counts. */
static double command(struct bench *b, const char *text)
{
    struct str before[2] = { STR_INIT, STR_INIT };
    add_body(b, &before[0]);
    keys(b, ":");
    typed(b, text);
    term_settle(b->term);
    add_body(b, &before[1]);
    double from = now_ms();
    keys(b, "<Enter>");
    double took = await_other(b, before) - from;
    term_settle(b->term);
    str_release(&before[0]);
    str_release(&before[1]);
    return took;
}

/* ---- what the system says of it ---- */

static long status_of(const char *path, const char *field)
{
    char line[256];
    long n = 0;
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, field, strlen(field)) == 0)
            n = strtol(line + strlen(field) + 1, NULL, 10);
    if (f)
        fclose(f);
    return n;
}

static double resident(const struct bench *b, const char *field)
{
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/status", (int)term_pid(b->term));
    return (double)status_of(path, field) / 1024;
}

/* How often any of its threads slept. */
static long wakeups(const struct bench *b)
{
    char folder[64];
    long n = 0;
    snprintf(folder, sizeof(folder), "/proc/%d/task", (int)term_pid(b->term));
    DIR *d = opendir(folder);
    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
        char *path = str_format("%s/%s/status", folder, e->d_name);
        if (*e->d_name != '.')
            n += status_of(path, "voluntary_ctxt_switches");
        free(path);
    }
    if (d)
        closedir(d);
    return n;
}

/* ---- the bars ---- */

static void first_paint(struct bench *b, const char *workspace, const char *what, double bar)
{
    struct series frame = { .n = 0 }, counts = { .n = 0 }, quiet = { .n = 0 };
    char *line = str_format("first paint, %s", what);
    char *more = str_format("its counts, %s", what);
    for (int i = 0; i < STARTS; i++) {
        double from = now_ms();
        start(b, workspace);
        await(b, "Overview");
        add(&frame, now_ms() - from);
        await(b, "█");
        add(&counts, now_ms() - from);
        term_settle(b->term);
        add(&quiet, now_ms() - from);
        stop(b);
    }
    tell(line, bar, &frame, "ms");
    tell(more, bar, &counts, "ms");
    free(line);
    free(more);
}

static void jump(struct bench *b)
{
    struct series s = { .n = 0 };
    for (int i = 0; i < TIMES; i++) {
        keys(b, "gg");
        term_settle(b->term);
        double from = now_ms();
        keys(b, "G");
        await(b, "row 600,000 of");
        add(&s, now_ms() - from);
        term_settle(b->term);
    }
    tell("jump to the last row", 50, &s, "ms");
}

static void sorts(struct bench *b)
{
    static const char *const columns[] = {
        "seconds", "repo",     "python", "run",   "cost_usd",
        "title",   "verified", "reason", "state", "instance_id"
    };
    struct series first = { .n = 0 }, again = { .n = 0 };
    keys(b, "gg");
    term_settle(b->term);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
            for (int desc = 1; desc >= 0; desc--) {
                char *text = str_format("sort %s%s", desc ? "-" : "", columns[i]);
                double took = command(b, text);
                add(round ? &again : &first, took);
                if (getenv("BENCH_EACH"))
                    printf("%s: %.1f ms\n", text, took);
                free(text);
            }
        }
    }
    tell("sort by another column, the first time", 100, &first, "ms");
    tell("sort by another column, again", 100, &again, "ms");
}

static void filters(struct bench *b)
{
    static const char *const queries[] = { "state:failed",
                                           "class:collect seconds:>60",
                                           "sandbox",
                                           "python:3.8 f2p:>1",
                                           "-state:accepted unicode",
                                           "repo:dialect-0/*",
                                           "rule:wrong-copy state:rejected",
                                           "title:*cache*" };
    struct series first = { .n = 0 }, again = { .n = 0 };
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
            char *text = str_format("filter %s", queries[i]);
            double took = command(b, text);
            add(round ? &again : &first, took);
            if (getenv("BENCH_EACH"))
                printf("%s: %.1f ms\n", text, took);
            free(text);
        }
    }
    tell("change a filter, the first time", 100, &first, "ms");
    tell("change a filter, again", 100, &again, "ms");
    keys(b, "<Esc>");
    term_settle(b->term);
}

/* Key to frame, and the bytes of it; what follows it (the preview) is apart. */
static void moves(struct bench *b, const char *what, double bar, bool settle)
{
    struct series took = { .n = 0 }, bytes = { .n = 0 }, all = { .n = 0 };
    char want[32];
    keys(b, "gg");
    await(b, "row 1 of");
    if (settle)
        term_settle(b->term);
    for (int i = 2; i < (settle ? 30 : MOVES); i++) {
        snprintf(want, sizeof(want), "row %d of", i);
        term_bytes(b->term);
        double from = now_ms();
        keys(b, "j");
        await(b, want);
        add(&took, now_ms() - from);
        double n = (double)term_bytes(b->term);
        add(&bytes, n);
        if (settle)
            term_settle(b->term);
        add(&all, n + (double)term_bytes(b->term));
    }
    tell(what, bar, &took, "ms");
    if (settle) {
        tell("one cursor move", 300, &bytes, "bytes");
        tell("the same with the preview that follows it", 0, &all, "bytes");
    }
}

/* A program of ours for each core, and a SELECT without end. */
static void busy_moves(struct bench *b)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    pid_t *burn = xcalloc((size_t)cores, sizeof(*burn));
    for (long i = 0; i < cores; i++)
        if ((burn[i] = fork()) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0)
            for (volatile unsigned n = 0;; n++)
                continue;
    keys(b, ":");
    typed(b, "sql SELECT count(*) FROM environments a, environments b");
    keys(b, "<Enter>");
    await(b, "reading …");
    keys(b, "3");
    await(b, "row ");
    moves(b, "key to frame, a query and all cores busy", 16, false);
    for (long i = 0; i < cores; i++)
        kill(burn[i], SIGKILL);
    free(burn);
    keys(b, "[");
    await(b, "reading …");
    keys(b, "<Esc>");
    term_settle(b->term);
    keys(b, "3");
    term_settle(b->term);
}

static void await_unfiltered(struct bench *b)
{
    struct str line = STR_INIT;
    do {
        term_turn(b->term, 1000);
        str_clear(&line);
        term_add_row(b->term, 1, &line);
    } while (strstr(line.s, "filter:"));
    str_release(&line);
}

static void cancels(struct bench *b)
{
    struct series seen = { .n = 0 }, ended = { .n = 0 };
    for (int i = 0; i < STARTS; i++) {
        keys(b, ":");
        typed(b, "sql SELECT count(*) FROM environments a, environments b");
        keys(b, "<Enter>");
        await(b, "reading …");
        double from = now_ms();
        keys(b, "<Esc>");
        await(b, "Given up");
        add(&seen, now_ms() - from);
        term_settle(b->term);
        add(&ended, now_ms() - from);
        keys(b, "q");
        term_settle(b->term);
    }
    struct series filter = { .n = 0 }, whole = { .n = 0 };
    struct timespec some = { 0, 60000000 };
    keys(b, "3");
    term_settle(b->term);
    for (int i = 0; i < STARTS; i++) {
        keys(b, ":");
        typed(b, "filter reason:*no-such-*");
        term_settle(b->term);
        keys(b, "<Enter>");
        nanosleep(&some, NULL); /* it is at work */
        double from = now_ms();
        keys(b, "<Esc>");
        await_unfiltered(b);
        add(&filter, now_ms() - from);
        term_settle(b->term);
        add(&whole, now_ms() - from);
    }
    tell("cancel of a filter, its line is gone", 50, &filter, "ms");
    tell("the same, and all rows are there again", 0, &whole, "ms");
    tell("cancel of a SELECT, on the screen", 50, &seen, "ms");
    tell("cancel of a SELECT, the lane is free", 50, &ended, "ms");
    keys(b, "3");
    term_settle(b->term);
}

static void idle(struct bench *b)
{
    struct series s = { .n = 0 }, bytes = { .n = 0 };
    struct timespec second = { 1, 0 };
    for (int i = 0; i < 3; i++) {
        term_bytes(b->term);
        long before = wakeups(b);
        nanosleep(&second, NULL);
        add(&s, (double)(wakeups(b) - before));
        term_drain(b->term);
        add(&bytes, (double)term_bytes(b->term));
    }
    tell("idle for a second", 0, &bytes, "bytes");
    tell("idle for a second", 0, &s, "wake-ups");
}

static void memory(struct bench *b, const char *what)
{
    struct series rss = { .n = 0 }, anon = { .n = 0 };
    char *own = str_format("of these its own, %s", what);
    char *all = str_format("resident memory, %s", what);
    add(&rss, resident(b, "VmRSS"));
    add(&anon, resident(b, "RssAnon"));
    tell(all, 20, &rss, "MiB");
    tell(own, 0, &anon, "MiB");
    free(own);
    free(all);
}

static void scroll(struct bench *b)
{
    keys(b, "gg");
    for (int i = 0; i < 40; i++)
        keys(b, "<PgDn>");
    term_settle(b->term);
    keys(b, "G");
    for (int i = 0; i < 40; i++)
        keys(b, "<PgUp>");
    term_settle(b->term);
    keys(b, "gg");
    term_settle(b->term);
}

static void on_big(struct bench *b)
{
    struct series open = { .n = 0 };
    start(b, b->big);
    term_settle(b->term);
    memory(b, "the first screen");
    double from = now_ms();
    keys(b, "3");
    await(b, "row 1 of");
    add(&open, now_ms() - from);
    tell("open the list of instances", 100, &open, "ms");
    term_settle(b->term);
    scroll(b);
    memory(b, "scrolled to the end and back");
    jump(b);
    moves(b, "key to frame, nothing else at work", 16, true);
    idle(b);
    busy_moves(b);
    cancels(b);
    filters(b);
    sorts(b);
    memory(b, "after all of this");
    stop(b);
}

int main(int argc, char **argv)
{
    struct bench b = { .term = NULL };
    char state[] = "/tmp/bottega-bench-XXXXXX";
    if (argc != 3 || !getenv("BOTTEGA") || !mkdtemp(state)) {
        fprintf(stderr, "BOTTEGA=PROGRAM ui BIG SMALL\n");
        return 2;
    }
    b.big = argv[1];
    b.small = argv[2];
    setenv("HOME", state, 1);
    setenv("XDG_STATE_HOME", state, 1);
    setenv("XDG_CONFIG_HOME", state, 1);
    start(&b, b.big); /* what was changed since is read, and the pages come from memory */
    term_settle(b.term);
    stop(&b);
    printf("| %-56s | %6s | %7s | %7s | |\n|---|---|---|---|---|\n", "what", "bar", "median",
           "p99");
    first_paint(&b, b.small, "small workspace", 30);
    first_paint(&b, b.big, "600,000 instances", 50);
    on_big(&b);
    return tree_remove(state, NULL) < 0;
}
