#include "index/signature.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LONGEST = 160,        /* bytes of a signature */
    LINE_MOST = 2048,     /* bytes of a line that are looked at */
    QUOTED_MOST = 120,    /* a quote that ends later is an apostrophe */
    WINDOW = 32 << 10,    /* bytes after the line, or at the end */
    SEEK_MOST = 16 << 20, /* bytes in which the line is looked for */
    TOKEN_LEAST_HEX = 7
};

/* The name that follows is what the sentence is about. */
static const struct {
    const char *before, *placeholder;
} contexts[] = {
    { "No module named ", "<module>" },
    { "no module named ", "<module>" },
    { "distribution found for ", "<package>" },
    { "the requirement ", "<package>" },
    { "Failed to build ", "<package>" },
    { "package named ", "<package>" },
    { "DID NOT RAISE ", "<class>" },
};

static const char *context_of(const struct str *out)
{
    for (size_t i = 0; i < ARRAY_LEN(contexts); i++)
        if (str_ends(out->s, contexts[i].before))
            return contexts[i].placeholder;
    return NULL;
}

/* ---- tokens ---- */

static bool is_end(char c)
{
    return isspace((unsigned char)c) || strchr(",;()[]{}=<>|'\"`!~", c);
}

static size_t token_length(const char *s, size_t n)
{
    size_t len = 0;
    while (len < n && s[len] && !is_end(s[len]))
        len++;
    return len;
}

static bool has(const char *s, size_t n, const char *what)
{
    return s && memmem(s, n, what, strlen(what)); /* gcc with sanitizers wants to see it */
}

static bool is_hex(const char *s, size_t n)
{
    size_t digits = 0, letters = 0, from = n > 2 && s[0] == '0' && (s[1] | 32) == 'x' ? 2 : 0;
    for (size_t i = from; i < n; i++) {
        digits += isdigit((unsigned char)s[i]) != 0;
        letters += !isdigit((unsigned char)s[i]) && isxdigit((unsigned char)s[i]);
    }
    if (digits + letters != n - from)
        return false;
    return from || (n >= TOKEN_LEAST_HEX && digits && letters);
}

/* A file of a project; a header without its folder is what is missing, and stays. */
static bool is_file(const char *s, size_t n)
{
    static const char *const ends[] = { ".py",  ".pyx", ".pyi",  ".rst", ".md",  ".txt",
                                        ".cfg", ".ini", ".toml", ".yml", ".json" };
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        size_t k = strlen(ends[i]);
        if (n > k && memcmp(s + n - k, ends[i], k) == 0)
            return true;
    }
    return false;
}

static bool is_path(const char *s, size_t n)
{
    size_t slashes = 0;
    for (size_t i = 0; i < n; i++)
        slashes += s[i] == '/';
    return slashes && n > 1 && (slashes > 1 || strchr("/.", *s) || memchr(s, '.', n));
}

static size_t number_length(const char *s, size_t n)
{
    size_t len = 0;
    while (len < n && (isdigit((unsigned char)s[len]) ||
                       (s[len] == '.' && len + 1 < n && isdigit((unsigned char)s[len + 1]))))
        len++;
    return len;
}

/* "4711", "45.1" of "45.1s", and versions: "3.8", "1.2.3", "2.0rc1". */
static size_t add_number(struct str *out, const char *s, size_t n)
{
    static const char *const marks[] = { "a", "b", "rc", ".dev", ".post" };
    size_t len = number_length(s, n);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        size_t k = strlen(marks[i]);
        if (n - len > k && memcmp(s + len, marks[i], k) == 0 && isdigit((unsigned char)s[len + k]))
            len += k + number_length(s + len + k, n - len - k);
    }
    str_add(out, "<n>");
    return len;
}

static void add_word(struct str *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        bool inside = i && (isalnum((unsigned char)s[i - 1]) || s[i - 1] == '_');
        if (isdigit((unsigned char)s[i]) && !inside)
            i += add_number(out, s + i, n - i);
        else
            str_addc(out, s[i++]);
    }
}

/* A path goes up to its line number: "a/b.c:4:10:". */
static void add_path(struct str *out, const char *s, size_t n)
{
    const char *colon = memchr(s, ':', n);
    size_t len = colon ? (size_t)(colon - s) : n;
    str_add(out, "<path>");
    add_word(out, s + len, n - len);
}

static void add_token(struct str *out, const char *s, size_t n)
{
    size_t bare = n;
    while (bare && strchr(".,:!?", s[bare - 1]))
        bare--;
    const char *context = context_of(out);
    if (context && bare)
        str_add(out, context);
    else if (has(s, n, "://"))
        str_add(out, "<url>");
    else if (has(s, n, ".py::"))
        str_add(out, "<test>");
    else if (is_hex(s, bare))
        str_add(out, "<hex>");
    else if (is_path(s, bare) || is_file(s, bare))
        add_path(out, s, bare);
    else
        add_word(out, s, bare);
    str_addn(out, s + bare, n - bare);
}

/* A test's parameters go with its name: "test_y[1 2]". */
static size_t parameters_length(const char *token, size_t n, const char *end)
{
    const char *last;
    if (!has(token, n, ".py::") || token + n >= end || token[n] != '[')
        return 0;
    last = memchr(token + n, ']', (size_t)(end - token) - n);
    return last ? (size_t)(last - token) - n + 1 : 0;
}

static void add_tokens(struct str *out, const char *s, size_t n);

/* A quoted text of `n` bytes with both quotes. */
static void add_quoted(struct str *out, const char *s, size_t n)
{
    const char *context = context_of(out);
    str_addc(out, *s);
    if (context)
        str_add(out, context);
    else
        add_tokens(out, s + 1, n - 2);
    str_addc(out, s[n - 1]);
}

static size_t quoted_length(const char *s, size_t n)
{
    const char *end = n > 1 ? memchr(s + 1, *s, n - 1) : NULL;
    size_t len = end ? (size_t)(end - s) + 1 : 0;
    return len > 2 && len <= QUOTED_MOST ? len : 0;
}

static void add_tokens(struct str *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n && out->len < (size_t)2 * LONGEST;) {
        size_t len = token_length(s + i, n - i);
        if (len) {
            add_token(out, s + i, len);
            len += parameters_length(s + i, len, s + n);
        } else if (strchr("'\"`", s[i]) && (len = quoted_length(s + i, n - i))) {
            add_quoted(out, s + i, len);
        } else if (isspace((unsigned char)s[i])) {
            len = 1;
            if (out->len && out->s[out->len - 1] != ' ')
                str_addc(out, ' ');
        } else {
            len = 1;
            str_addc(out, s[i]);
        }
        i += len;
    }
}

/* ---- a line ---- */

static size_t escape_length(const char *s, size_t n)
{
    size_t len = 2;
    if (n < 2 || s[0] != '\033' || s[1] != '[')
        return 0;
    while (len < n && !(s[len] >= '@' && s[len] <= '~'))
        len++;
    return len < n ? len + 1 : n;
}

/* Without colours and control bytes, as UTF-8. */
static void add_clean(struct str *out, const char *line, size_t n)
{
    struct str bare = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        size_t escape = escape_length(line + i, n - i);
        if (escape)
            i += escape - 1;
        else
            str_addc(&bare, (unsigned char)line[i] < ' ' || line[i] == 0x7f ? ' ' : line[i]);
    }
    text_add_utf8(out, bare.s, bare.len);
    str_release(&bare);
}

/* BuildKit's "#8 1.204 " and pytest's "E   " stand before what was said. */
static const char *skip_prefix(const char *s)
{
    s += strspn(s, " ");
    if (*s == '#' && isdigit((unsigned char)s[1])) {
        s += 1 + strspn(s + 1, "0123456789");
        s += strspn(s, " ");
        size_t stamp = strspn(s, "0123456789.");
        if (stamp && s[stamp] == ' ')
            s += stamp;
        s += strspn(s, " ");
    }
    if (*s == 'E' && s[1] == ' ')
        s += 1 + strspn(s + 1, " ");
    return s;
}

static size_t cut_at(const struct str *s, size_t most)
{
    size_t n = s->len < most ? s->len : most;
    while (n && n < s->len && ((unsigned char)s->s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void signature_add(struct str *out, const char *line, size_t n)
{
    struct str clean = STR_INIT, made = STR_INIT;
    add_clean(&clean, line, n < LINE_MOST ? n : LINE_MOST);
    const char *said = skip_prefix(clean.s);
    add_tokens(&made, said, strlen(said));
    str_truncate(&made, cut_at(&made, LONGEST));
    str_rtrim(&made);
    str_add(out, made.s);
    str_release(&clean);
    str_release(&made);
}

/* How much a line says of an error: 3 where pytest names it, 2 where it goes on about it, 1 where
 * it looks like one. */
static int error_weight(const char *line, size_t n)
{
    static const char *const signs[] = {
        "Error",     "error:",    "ERROR",     "Exception",     "fatal:",   "No module named",
        "not found", "No such ",  "Could not", "Cannot ",       "cannot ",  "Permission denied",
        "Killed",    "Traceback", "conflict",  "unrecognized ", "invalid ", "DID NOT RAISE",
        "assert ",   "fixture ",
    };
    static const char *const noise[] = {
        "failed to solve", "did not complete successfully",
        "Traceback (most", "short test summary",
        " passed",         " PASSED",
        " SKIPPED",        " XFAIL",
        "Warning: ",
    };
    struct str clean = STR_INIT;
    add_clean(&clean, line, n < LINE_MOST ? n : LINE_MOST);
    const char *s = clean.s + strspn(clean.s, " ");
    bool rule = str_starts(s, "===") || str_starts(s, "___") || str_starts(s, "---");
    bool is = false, told = !rule && str_starts(s, "E  ");
    for (size_t i = 0; !rule && !is && i < ARRAY_LEN(signs); i++)
        is = strstr(s, signs[i]) != NULL;
    for (size_t i = 0; is && !told && i < ARRAY_LEN(noise); i++)
        is = strstr(s, noise[i]) == NULL;
    str_release(&clean);
    return told ? 2 + is : is;
}

/* ---- a log ---- */

static int open_log(const char *dir, const char *log)
{
    struct strv parts = STRV_INIT;
    struct stat st;
    char *path = str_format("%s/%s", dir, log);
    bool safe = *log && *log != '/';
    int fd = -1;
    strv_split(&parts, log, "/");
    for (size_t i = 0; safe && i < parts.n; i++)
        safe = path_is_safe(parts.v[i]);
    if (safe)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
    }
    strv_release(&parts);
    free(path);
    return fd;
}

/* Where line `line` begins; -1: not within reach. */
static int64_t find_line(int fd, int64_t line)
{
    char *chunk = xmalloc(WINDOW);
    int64_t at = 0, found = line == 1 ? 0 : -1;
    ssize_t got;
    while (found < 0 && at < SEEK_MOST && (got = pread(fd, chunk, WINDOW, at)) > 0) {
        char *p = chunk, *end = chunk + got;
        while (found < 0 && (p = memchr(p, '\n', (size_t)(end - p)))) {
            p++;
            if (--line == 1)
                found = at + (p - chunk);
        }
        at += got;
    }
    free(chunk);
    return found;
}

static void read_window(int fd, int64_t at, struct str *out)
{
    str_grow(out, WINDOW);
    ssize_t got = pread(fd, out->s, WINDOW, at);
    out->len = got > 0 ? (size_t)got : 0;
    out->s[out->len] = '\0';
}

/* A part of a log, and a line of it. */
struct found {
    struct str window;
    int64_t at; /* the window's first byte in the file */
    size_t start, len;
};

static size_t line_length(const struct str *text, size_t at)
{
    const char *end = memchr(text->s + at, '\n', text->len - at);
    return end ? (size_t)(end - text->s) - at : text->len - at;
}

/* The first or last line of those that say most. */
static bool pick(struct found *f, size_t from, bool last)
{
    int best = 0;
    for (size_t at = from, n; at < f->window.len; at += n + 1) {
        n = line_length(&f->window, at);
        int weight = error_weight(f->window.s + at, n);
        if (!weight || weight < best || (weight == best && !last))
            continue;
        best = weight;
        f->start = at;
        f->len = n;
    }
    return best > 0;
}

/* Errors before a byte of the file; what is cut at the window's edge is no line. */
static bool pick_before(int fd, int64_t end, struct found *f)
{
    f->at = end > WINDOW ? end - WINDOW : 0;
    read_window(fd, f->at, &f->window);
    if ((int64_t)f->window.len > end - f->at)
        str_truncate(&f->window, (size_t)(end - f->at));
    return pick(f, f->at ? line_length(&f->window, 0) + 1 : 0, true);
}

/* pytest's sections: the test's own ends where the next heading stands. */
static void cut_at_heading(struct found *f)
{
    const char *next = strstr(f->window.s + 1, "\n____");
    if (str_starts(f->window.s, "____") && next)
        str_truncate(&f->window, (size_t)(next - f->window.s));
}

/* A line at the end of a run, "=== 1 failed, 2 passed in 0.3s ===", speaks of what is before. */
static bool find_at(int fd, struct found *f)
{
    size_t n = line_length(&f->window, 0);
    char *line = xstrndup(f->window.s, n);
    bool rule = str_starts(line, "===") && strstr(line, " in ");
    bool bad = strstr(line, " error") || strstr(line, " failed");
    bool found;
    if (rule) {
        found = bad && pick_before(fd, f->at, f);
    } else if (error_weight(line, n)) {
        f->start = 0;
        f->len = n;
        found = true;
    } else {
        cut_at_heading(f);
        found = pick(f, 0, false);
    }
    free(line);
    return found;
}

/* The first line is what is named when nobody knew the place. */
static bool find(int fd, int64_t line, struct found *f)
{
    f->at = line > 1 ? find_line(fd, line) : -1;
    if (f->at < 0)
        return pick_before(fd, lseek(fd, 0, SEEK_END), f);
    read_window(fd, f->at, &f->window);
    return find_at(fd, f);
}

bool signature_of_log(struct str *out, const char *dir, const char *log, int64_t line)
{
    struct found f = { .window = STR_INIT };
    size_t before = out->len;
    int fd = open_log(dir, log);
    if (fd < 0)
        return false;
    if (find(fd, line, &f))
        signature_add(out, f.window.s + f.start, f.len);
    close(fd);
    str_release(&f.window);
    return out->len > before;
}

static int64_t lines_before(int fd, int64_t end)
{
    char *chunk = xmalloc(WINDOW);
    int64_t lines = 0, at = 0;
    ssize_t got;
    while (at < end && (got = pread(fd, chunk, WINDOW, at)) > 0) {
        got = got < end - at ? got : end - at;
        for (ssize_t i = 0; i < got; i++)
            lines += chunk[i] == '\n';
        at += got;
    }
    free(chunk);
    return lines;
}

int64_t signature_line(const char *dir, const char *log, int64_t line)
{
    struct found f = { .window = STR_INIT };
    int fd = open_log(dir, log);
    if (fd < 0)
        return line;
    if (find(fd, line, &f) && f.at + (int64_t)f.start < SEEK_MOST)
        line = lines_before(fd, f.at + (int64_t)f.start) + 1;
    close(fd);
    str_release(&f.window);
    return line;
}
