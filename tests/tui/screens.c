/* screens [--update] WORKSPACE FILE.t…: keys in, screen out; prints TAP.
 *
 * A test file says, one thing a line:
 *   size COLUMNS ROWS      of the terminal; a later one resizes it
 *   env NAME=VALUE         before the first keys
 *   args WORDS             of bottega, after -C WORKSPACE
 *   run COMMAND            a shell command; $W is the workspace, $BOTTEGA the program
 *   keys j <Enter> gg      blanks between are left out
 *   press j <Enter>        the same without waiting for what comes of it; `await` does
 *   mouse press|up|down COLUMN ROW   from 1
 *   type TEXT              as it is
 *   storm N                so many sizes in a row; afterwards `press` and `await`
 *   await TEXT             until the screen shows it: for what other processes do
 *   screen                 the lines up to `end` are what must be seen
 *   look ROW LETTERS       what the cells of a row look like (term.h), rows from 1
 *   cursor COLUMN ROW      from 1; none: hidden
 *   snap DIR               the screen into DIR/<k>; which line of DIR/rec led to it, into DIR/at
 *   bytes N                since the last `bytes`, at most so many came; 0: forget them
 *   status N               it ends, and that is its exit
 *   again WORDS            hung up on if it has not ended; args WORDS when it begins anew
 * --update writes what was seen into the file instead of comparing.
 */
#include "term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test {
    const char *workspace, *file;
    const char *name; /* of the file, without folder */
    struct term *term;
    struct strv env, args;
    int cols, rows;
    bool update, failed;
    size_t snaps;
    struct strv lines;
    size_t at;
    struct str updated;
};

static void say(struct test *t, bool ok, const char *what, size_t line)
{
    printf("%s %s:%zu %s\n", ok ? "ok" : "not ok", t->name, line, what);
    t->failed = t->failed || !ok;
}

static struct term *term_of(struct test *t)
{
    if (!t->term) {
        struct strv argv = STRV_INIT;
        strv_add_all(&argv, getenv("BOTTEGA"), "-C", t->workspace, NULL);
        strv_add_list(&argv, &t->args);
        t->term = term_new(t->cols, t->rows, argv.v, &t->env);
        strv_release(&argv);
        term_settle(t->term);
    }
    return t->term;
}

/* ---- steps ---- */

static void do_size(struct test *t, const char *arg)
{
    int cols = t->cols, rows = t->rows;
    sscanf(arg, "%d %d", &t->cols, &t->rows);
    if (t->term && (t->cols != cols || t->rows != rows)) { /* the same size is no signal */
        term_resize(t->term, t->cols, t->rows);
        term_settle(t->term);
    }
}

static void do_env(struct test *t, const char *arg)
{
    strv_add(&t->env, arg);
}

/* Words, in which a leading $W is the workspace. */
static void do_args(struct test *t, const char *arg)
{
    struct strv words = STRV_INIT;
    strv_split(&words, arg, " ");
    strv_clear(&t->args);
    for (size_t i = 0; i < words.n; i++)
        strv_addf(&t->args, "%s%s", str_starts(words.v[i], "$W/") ? t->workspace : "",
                  words.v[i] + (str_starts(words.v[i], "$W/") ? 2 : 0));
    strv_release(&words);
}

static void do_again(struct test *t, const char *arg)
{
    if (t->term)
        term_free(t->term);
    t->term = NULL;
    do_args(t, arg);
}

static void do_run(struct test *t, const char *arg)
{
    setenv("W", t->workspace, 1);
    fflush(stdout);
    if (system(arg) != 0)
        say(t, false, arg, t->at);
}

static void do_press(struct test *t, const char *arg)
{
    keycode key;
    struct term *term = term_of(t);
    while (*arg) {
        size_t n = key_parse(arg, &key);
        if (*arg != ' ') {
            term_key(term, key);
            if (key == KEY_ESCAPE) /* the next byte would make it another key */
                term_settle(term);
        }
        arg += n ? n : 1;
    }
}

static void do_keys(struct test *t, const char *arg)
{
    do_press(t, arg);
    term_settle(term_of(t));
}

static void do_mouse(struct test *t, const char *arg)
{
    char what[8] = "";
    int x = 0, y = 0;
    if (sscanf(arg, "%7s %d %d", what, &x, &y) != 3)
        say(t, false, arg, t->at);
    int button = strcmp(what, "up") == 0 ? 4 : strcmp(what, "down") == 0 ? 5 : 1;
    term_mouse(term_of(t), button, y - 1, x - 1);
    term_settle(term_of(t));
}

static void do_storm(struct test *t, const char *arg)
{
    term_storm(term_of(t), atoi(arg));
}

static void do_type(struct test *t, const char *arg)
{
    keycode key;
    while (*arg) {
        size_t n = *arg == '<' ? 1 : key_parse(arg, &key);
        term_key(term_of(t), *arg == '<' ? '<' : key);
        arg += n ? n : 1;
    }
    term_settle(term_of(t));
}

static void add_screen(struct test *t, struct str *out)
{
    struct term *term = term_of(t);
    for (int y = 0; y < term_rows(term); y++) {
        term_add_row(term, y, out);
        str_addc(out, '\n');
    }
}

static void do_await(struct test *t, const char *arg)
{
    struct str seen = STR_INIT;
    if (!term_await(term_of(t), arg)) {
        say(t, false, arg, t->at);
        add_screen(t, &seen);
        printf("# got\n%s", seen.s);
    }
    str_release(&seen);
}

static void compare(struct test *t, const char *what, const char *want, const char *got,
                    size_t line)
{
    bool ok = strcmp(want, got) == 0;
    say(t, ok, what, line);
    if (!ok)
        printf("# wanted\n%s\n# got\n%s\n", want, got);
}

static void do_screen(struct test *t, const char *arg UNUSED)
{
    struct str want = STR_INIT, got = STR_INIT;
    size_t line = t->at;
    while (t->at < t->lines.n && strcmp(t->lines.v[t->at], "end") != 0)
        str_addf(&want, "%s\n", t->lines.v[t->at++]);
    t->at++;
    add_screen(t, &got);
    if (t->update)
        str_addf(&t->updated, "screen\n%send\n", got.s);
    else
        compare(t, "screen", want.s, got.s, line);
    str_release(&want);
    str_release(&got);
}

static void do_look(struct test *t, const char *arg)
{
    struct str got = STR_INIT;
    char *want;
    long row = strtol(arg, &want, 10);
    want += *want == ' ';
    term_add_looks(term_of(t), (int)row - 1, &got);
    if (t->update)
        str_addf(&t->updated, "look %ld %s\n", row, got.s);
    else
        compare(t, "look", want, got.s, t->at);
    str_release(&got);
}

static void do_cursor(struct test *t, const char *arg)
{
    struct str got = STR_INIT;
    int y, x;
    if (term_cursor(term_of(t), &y, &x))
        str_addf(&got, "%d %d", x + 1, y + 1);
    else
        str_add(&got, "none");
    if (t->update)
        str_addf(&t->updated, "cursor %s\n", got.s);
    else
        compare(t, "cursor", arg, got.s, t->at);
    str_release(&got);
}

/* Writes the screen to DIR/<k>, and "<lines of DIR/rec> <k>" to DIR/at: after which line of a
 * recording it showed. */
static void do_snap(struct test *t, const char *arg)
{
    struct str path = STR_INIT, text = STR_INIT, rec = STR_INIT;
    struct error err = ERROR_INIT;
    size_t lines = 0;
    char name[16];
    bool in_workspace = str_starts(arg, "$W/");
    str_addf(&path, "%s%s/", in_workspace ? t->workspace : "", arg + (in_workspace ? 2 : 0));
    size_t folder = path.len;
    add_screen(t, &text);
    str_add(&path, "rec");
    int rc = file_read(path.s, &rec, &err);
    for (size_t i = 0; i < rec.len; i++)
        lines += rec.s[i] == '\n';
    snprintf(name, sizeof(name), "%zu", ++t->snaps);
    str_truncate(&path, folder);
    str_add(&path, name);
    if (rc == 0)
        rc = file_write_unsynced(path.s, text.s, text.len, &err);
    str_truncate(&path, folder);
    str_add(&path, "at");
    str_setf(&text, "%zu %s", lines, name);
    if (rc == 0)
        rc = file_append_line(path.s, text.s, &err);
    if (rc < 0)
        say(t, false, error_text(&err), t->at);
    error_release(&err);
    str_release(&path);
    str_release(&text);
    str_release(&rec);
}

static void do_bytes(struct test *t, const char *arg)
{
    size_t got = term_bytes(term_of(t)), most = strtoul(arg, NULL, 10);
    if (most)
        say(t, got <= most, "bytes", t->at);
    if (most && got > most)
        printf("# %zu bytes came, at most %zu should\n", got, most);
}

static void do_status(struct test *t, const char *arg)
{
    int got = term_wait_end(term_of(t));
    say(t, got == atoi(arg), "status", t->at);
    if (got != atoi(arg))
        printf("# it ended with %d\n", got);
}

static const struct {
    const char *word;
    void (*run)(struct test *t, const char *arg);
    bool rewrites; /* writes its own lines when updating */
} steps[] = {
    { "size", do_size, false },     { "env", do_env, false },      { "args", do_args, false },
    { "run", do_run, false },       { "keys", do_keys, false },    { "press", do_press, false },
    { "type", do_type, false },     { "mouse", do_mouse, false },  { "await", do_await, false },
    { "look", do_look, true },      { "bytes", do_bytes, false },  { "again", do_again, false },
    { "status", do_status, false }, { "screen", do_screen, true }, { "snap", do_snap, false },
    { "cursor", do_cursor, true },  { "storm", do_storm, false },
};

static void run_line(struct test *t, const char *line)
{
    size_t n = strcspn(line, " ");
    const char *arg = line[n] ? line + n + 1 : "";
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (strlen(steps[i].word) != n || strncmp(steps[i].word, line, n) != 0)
            continue;
        if (!steps[i].rewrites)
            str_addf(&t->updated, "%s\n", line);
        steps[i].run(t, arg);
        return;
    }
    str_addf(&t->updated, "%s\n", line);
    if (n && *line != '#')
        say(t, false, line, t->at);
}

/* ---- files ---- */

static void split_lines(struct strv *out, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        strv_addn(out, text, n);
        text += n + (text[n] == '\n');
    }
}

static void run_lines(struct test *t, const char *text, struct error *err)
{
    split_lines(&t->lines, text);
    while (t->at < t->lines.n)
        run_line(t, t->lines.v[t->at++]);
    if (t->term)
        term_free(t->term);
    if (t->update && strcmp(text, t->updated.s) != 0 &&
        file_write(t->file, t->updated.s, t->updated.len, err) < 0)
        printf("# %s\n", error_text(err));
}

static bool run_file(const char *workspace, const char *file, bool update)
{
    struct test t = { .workspace = workspace,
                      .file = file,
                      .name = path_base(file),
                      .cols = 80,
                      .rows = 24,
                      .update = update };
    struct str text = STR_INIT;
    struct error err = ERROR_INIT;
    strv_init(&t.env);
    strv_init(&t.args);
    strv_init(&t.lines);
    str_init(&t.updated);
    if (file_read(file, &text, &err) < 0)
        say(&t, false, error_text(&err), 0);
    else
        run_lines(&t, text.s, &err);
    str_release(&text);
    str_release(&t.updated);
    strv_release(&t.env);
    strv_release(&t.args);
    strv_release(&t.lines);
    error_release(&err);
    return !t.failed;
}

int main(int argc, char **argv)
{
    bool update = argc > 1 && strcmp(argv[1], "--update") == 0, ok = true;
    int i = update ? 2 : 1;
    if (argc < i + 2) {
        fprintf(stderr, "screens [--update] WORKSPACE FILE.t…\n");
        return 2;
    }
    const char *workspace = argv[i++];
    for (; i < argc; i++)
        ok = run_file(workspace, argv[i], update) && ok;
    return ok ? 0 : 1;
}
