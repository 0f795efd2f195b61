#include "pipeline/signals.h"

#include "git/git.h"
#include "pipeline/signals_read.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CANDIDATES = 60, SHORTEST_LINE = 8, FEW_WORDS = 4 };
enum { MANY_F2P = 50, MANY_FILES = 5, MANY_DIRS = 3, TINY = 2, SHORT = 30, LONG = 10000 };
static const double mostly_told = 0.6, mostly_foreign = 0.2, slow = 60;

enum sig {
    SIG_OVERLAP,
    SIG_NAMED_LINE,
    SIG_TINY,
    SIG_MANY_F2P,
    SIG_F2P_FILES,
    SIG_WIDE_FIX,
    SIG_MANY_ISSUES,
    SIG_HIDDEN_WORDS,
    SIG_HIDDEN_NAMES,
    SIG_DATA_TESTS,
    SIG_SHORT_ISSUE,
    SIG_LONG_ISSUE,
    SIG_IMAGES,
    SIG_BARE_LINKS,
    SIG_NON_ASCII,
    SIG_NO_CODE,
    SIG_SLOW_TESTS,
    SIG_SLEEPS,
    SIG_NETWORK,
    SIG_HINDSIGHT,
    SIGS
};

const struct signal_info signal_infos[] = {
    [SIG_OVERLAP] = { "overlap", "trivial", "overlap", "share of the fix that the statement has" },
    [SIG_NAMED_LINE] = { "named-line", "trivial", NULL, "the statement names file and line" },
    [SIG_TINY] = { "tiny", "trivial", "gold_lines", "lines changed; two at most, one quoted" },
    [SIG_MANY_F2P] = { "many-f2p", "broad", NULL, "more than 50 F2P tests" },
    [SIG_F2P_FILES] = { "f2p-files", "broad", "f2p_files", "files of F2P tests; five or more" },
    [SIG_WIDE_FIX] = { "wide-fix", "broad", "fix_dirs", "top folders of the fix; three or more" },
    [SIG_MANY_ISSUES] = { "many-issues", "broad", "closes", "issues closed; two or more" },
    [SIG_HIDDEN_WORDS] = { "hidden-words", "hidden", "hidden_words",
                           "texts asserted that stand in the fix alone" },
    [SIG_HIDDEN_NAMES] = { "hidden-names", "hidden", "hidden_names",
                           "new names that tests use and nobody tells" },
    [SIG_DATA_TESTS] = { "data-tests", "hidden", NULL, "the tests change in data files only" },
    [SIG_SHORT_ISSUE] = { "short-issue", "unclear", "issue_chars",
                          "a statement below 30 characters" },
    [SIG_LONG_ISSUE] = { "long-issue", "unclear", NULL, "a statement above 10,000 characters" },
    [SIG_IMAGES] = { "images", "unclear", NULL, "the statement shows images" },
    [SIG_BARE_LINKS] = { "bare-links", "unclear", NULL, "links, and nothing is quoted" },
    [SIG_NON_ASCII] = { "non-ascii", "unclear", NULL, "a fifth of the statement is not ASCII" },
    [SIG_NO_CODE] = { "no-code", "no-task", NULL, "the fix touches docs, CI or the version only" },
    [SIG_SLOW_TESTS] = { "slow-tests", "costly", "f2p_seconds", "the F2P tests take over 60 s" },
    [SIG_SLEEPS] = { "sleeps", "costly", NULL, "the tests sleep" },
    [SIG_NETWORK] = { "network", "costly", NULL, "the tests call into the network" },
    [SIG_HINDSIGHT] = { "hindsight", "late", NULL, "the statement is younger than the change" },
    [SIGS] = { NULL, NULL, NULL, NULL },
};

/* While they are counted. */
struct counting {
    const struct signals_input *input;
    const char *issue;
    struct strv added, removed; /* of the fix */
    struct strv tests;          /* added by the tests */
    json_t *out;
};

static void put(struct counting *c, enum sig s, double value, bool flag, const char *fmt, ...)
    PRINTF(5, 6);
static void put(struct counting *c, enum sig s, double value, bool flag, const char *fmt, ...)
{
    json_t *row = json_object();
    json_put_text(row, "group", signal_infos[s].group);
    json_object_set_new(row, "value", json_real(value));
    json_put_bool(row, "flag", flag);
    if (flag) {
        struct str why = STR_INIT;
        va_list ap;
        va_start(ap, fmt);
        str_vaddf(&why, fmt, ap);
        va_end(ap);
        json_put_text(row, "why", why.s);
        str_release(&why);
    }
    json_object_set_new(c->out, signal_infos[s].name, row);
}

static void join(const struct strv *lines, struct str *out)
{
    for (size_t i = 0; i < lines->n; i++)
        str_addf(out, "%s\n", lines->v[i]);
}

/* ---- told in the statement ---- */

static double share_of_lines(const struct counting *c)
{
    size_t told = 0, all = 0;
    for (size_t i = 0; i < c->added.n; i++) {
        const char *line = c->added.v[i];
        if (strlen(line) < SHORTEST_LINE || *line == '#')
            continue;
        all++;
        told += prose_has_line(c->issue, line);
    }
    return all ? (double)told / (double)all : 0;
}

/* Of the names that only the new lines have. */
static double share_of_words(const struct counting *c)
{
    struct str old = STR_INIT, new = STR_INIT;
    struct strv words = STRV_INIT;
    size_t told = 0, all = 0;
    join(&c->removed, &old);
    join(&c->added, &new);
    prose_each("\\b[a-z_]\\w{3,}\\b", new.s, &words);
    for (size_t i = 0; i < words.n; i++) {
        if (prose_has_word(old.s, words.v[i]))
            continue;
        all++;
        told += prose_has_word(c->issue, words.v[i]);
    }
    strv_release(&words);
    str_release(&old);
    str_release(&new);
    return all >= FEW_WORDS ? (double)told / (double)all : 0;
}

static void count_overlap(struct counting *c)
{
    double lines = share_of_lines(c), words = share_of_words(c);
    double value = lines > words ? lines : words;
    put(c, SIG_OVERLAP, value, value >= mostly_told, "the statement has %.0f %% of the fix's %s",
        value * 100, lines >= words ? "lines" : "new names");
}

static void count_named_lines(struct counting *c, const struct patch_files *fix)
{
    struct strv places = STRV_INIT;
    const char *shown = NULL;
    int n = 0;
    prose_each("([\\w.-]+\\.pyx?[\"'`)]?(?:,? line |:|#L)\\d+)", c->issue, &places);
    for (size_t i = 0; i < places.n; i++) {
        for (size_t k = 0; k < fix->n; k++) {
            const char *path = fix->v[k].old_path ? fix->v[k].old_path : fix->v[k].new_path;
            if (!str_starts(places.v[i], path_base(path)))
                continue;
            n++;
            shown = shown ? shown : places.v[i];
            break;
        }
    }
    put(c, SIG_NAMED_LINE, n, n > 0, "the statement names %s", shown);
    strv_release(&places);
}

static const char *quoted_line(const struct counting *c)
{
    const struct strv *sides[] = { &c->added, &c->removed };
    for (size_t i = 0; i < ARRAY_LEN(sides); i++)
        for (size_t k = 0; k < sides[i]->n; k++)
            if (strlen(sides[i]->v[k]) >= SHORTEST_LINE && prose_has_line(c->issue, sides[i]->v[k]))
                return sides[i]->v[k];
    return NULL;
}

static void count_tiny(struct counting *c)
{
    size_t n = c->added.n + c->removed.n;
    const char *quoted = n <= TINY ? quoted_line(c) : NULL;
    put(c, SIG_TINY, (double)n, quoted != NULL, "%zu lines change, and the statement has: %s", n,
        quoted);
}

/* ---- broad ---- */

static void count_f2p(struct counting *c)
{
    struct strv files = STRV_INIT;
    const struct strv *ids = &c->input->ev->f2p;
    for (size_t i = 0; i < ids->n; i++) {
        const char *end = strstr(ids->v[i], "::");
        char *file = end ? xstrndup(ids->v[i], (size_t)(end - ids->v[i])) : xstrdup(ids->v[i]);
        strv_add_once(&files, file);
        free(file);
    }
    put(c, SIG_MANY_F2P, (double)ids->n, ids->n > MANY_F2P, "%zu F2P tests", ids->n);
    put(c, SIG_F2P_FILES, (double)files.n, files.n >= MANY_FILES, "F2P tests in %zu files",
        files.n);
    strv_release(&files);
}

static const char *path_of(const struct patch_file *f)
{
    return f->new_path ? f->new_path : f->old_path;
}

static void count_fix_dirs(struct counting *c, const struct patch_files *fix)
{
    struct strv dirs = STRV_INIT;
    struct str names = STR_INIT;
    bool code = false;
    for (size_t i = 0; i < fix->n; i++) {
        const char *path = path_of(&fix->v[i]), *slash = strchr(path, '/');
        if (path_is_prose(path))
            continue;
        code = true;
        char *dir = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
        if (strv_add_once(&dirs, dir))
            str_addf(&names, "%s%s", names.len ? ", " : "", dir);
        free(dir);
    }
    put(c, SIG_WIDE_FIX, (double)dirs.n, dirs.n >= MANY_DIRS, "the fix is in %s", names.s);
    put(c, SIG_NO_CODE, (double)fix->n, fix->n > 0 && !code, "the fix touches %s%s",
        fix->n ? path_of(&fix->v[0]) : "", fix->n > 1 ? " and the like" : " alone");
    strv_release(&dirs);
    str_release(&names);
}

static void count_issues(struct counting *c)
{
    struct strv closed = STRV_INIT;
    prose_each("\\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\\s+(?:[\\w.-]+/[\\w.-]+)?#(\\d+)",
               c->issue, &closed);
    const json_t *listed = json_object_get(c->input->in->row, "issue_numbers");
    size_t n = closed.n;
    if (json_is_array(listed) && json_array_size(listed) > n)
        n = json_array_size(listed);
    put(c, SIG_MANY_ISSUES, (double)n, n >= 2, "it closes %zu issues", n);
    strv_release(&closed);
}

/* ---- what only the fix tells ---- */

static bool asserts(const char *line)
{
    return strstr(line, "assert") || strstr(line, "==") || strstr(line, "match=") ||
           strstr(line, "raises");
}

static void add_words(const struct counting *c, const char *added, struct strv *out)
{
    struct strv words = STRV_INIT;
    for (size_t i = 0; i < c->tests.n; i++)
        if (asserts(c->tests.v[i]))
            prose_each("[\"']([^\"'\\\\]{4,})[\"']", c->tests.v[i], &words);
    for (size_t i = 0; i < words.n; i++)
        if (prose_count("[a-z]{3}", words.v[i], NULL) && strstr(added, words.v[i]) &&
            !strstr(c->issue, words.v[i]))
            strv_add_once(out, words.v[i]);
    strv_release(&words);
}

static void add_names(const struct counting *c, const char *added, struct strv *out)
{
    struct strv names = STRV_INIT;
    struct str tests = STR_INIT, removed = STR_INIT;
    join(&c->tests, &tests);
    join(&c->removed, &removed);
    prose_each("^(?:async )?(?:def|class) ([a-z]\\w+)", added, &names);
    prose_each("^([a-z]\\w+)(?::[^=\\n]+)? = ", added, &names);
    for (size_t i = 0; i < names.n; i++)
        if (prose_has_word(tests.s, names.v[i]) && !prose_has_word(removed.s, names.v[i]) &&
            !prose_has_word(c->issue, names.v[i]))
            strv_add_once(out, names.v[i]);
    strv_release(&names);
    str_release(&tests);
    str_release(&removed);
}

typedef void (*gather_fn)(const struct counting *c, const char *added, struct strv *out);

static void count_hidden(struct counting *c, enum sig s, gather_fn gather, const char *what)
{
    struct strv all = STRV_INIT;
    struct str added = STR_INIT, shown = STR_INIT;
    size_t n = 0;
    join(&c->added, &added);
    gather(c, added.s, &all);
    for (size_t i = 0; i < all.n; i++) {
        if (strv_has(c->input->in_base, all.v[i]))
            continue;
        if (n++ < 3)
            str_addf(&shown, "%s%s", shown.len ? ", " : "", all.v[i]);
    }
    put(c, s, (double)n, n > 0, "%s that neither statement nor base has: %s%s", what, shown.s,
        n > 3 ? ", …" : "");
    strv_release(&all);
    str_release(&added);
    str_release(&shown);
}

static void count_data_tests(struct counting *c)
{
    struct patch_files files = { NULL, 0 };
    size_t code = 0;
    if (patch_files_read(&c->input->in->test_patch, &files, NULL) == 0)
        for (size_t i = 0; i < files.n; i++)
            code += path_is_code(path_of(&files.v[i]));
    put(c, SIG_DATA_TESTS, (double)files.n, files.n > 0 && !code, "the tests change only in %s%s",
        files.n ? path_of(&files.v[0]) : "", files.n > 1 ? " and the like" : "");
    patch_files_release(&files);
}

/* ---- the statement itself ---- */

static void count_statement(struct counting *c)
{
    int64_t chars, foreign;
    prose_measure(c->issue, &chars, &foreign);
    double share = chars ? (double)foreign / (double)chars : 0;
    int images = prose_count("!\\[[^]\\n]*\\]\\(|<img |https?://\\S+\\.(?:png|jpe?g|gif|svg)\\b",
                             c->issue, NULL);
    int links = prose_count("https?://", c->issue, NULL);
    int quotes = prose_count("```|^>|^(?: {4}|\\t)\\S|`[^`\\n]+`", c->issue, NULL);
    put(c, SIG_SHORT_ISSUE, (double)chars, chars < SHORT, "%lld characters", (long long)chars);
    put(c, SIG_LONG_ISSUE, (double)chars, chars > LONG, "%lld characters", (long long)chars);
    put(c, SIG_IMAGES, images, images > 0, "%d images", images);
    put(c, SIG_BARE_LINKS, links, links > 0 && !quotes, "%d links, and nothing is quoted", links);
    put(c, SIG_NON_ASCII, share, share > mostly_foreign, "%.0f %% is not ASCII", share * 100);
}

static bool read_time(const json_t *row, const char *const *keys, int64_t *utc)
{
    for (; *keys; keys++)
        if (clock_parse(json_get_str(row, *keys, ""), utc))
            return true;
    return false;
}

static void count_hindsight(struct counting *c)
{
    static const char *const statement[] = { "statement_created_at", "issue_created_at",
                                             "problem_statement_created_at", NULL };
    static const char *const opened[] = { "pr_created_at", "pr_opened_at", "created_at", NULL };
    const json_t *row = c->input->in->row;
    int64_t told = 0, change = 0;
    bool known = read_time(row, statement, &told) && read_time(row, opened, &change);
    bool commit = strcmp(json_get_str(row, "problem_statement_source", ""), "commit") == 0;
    double late = known ? (double)(told - change) : 0;
    if (commit)
        put(c, SIG_HINDSIGHT, late, true, "the statement is the message of the commit");
    else
        put(c, SIG_HINDSIGHT, late, late > 0, "the statement came %.0f s after the change", late);
}

/* ---- costly ---- */

static void count_cost(struct counting *c)
{
    const struct evaluation *ev = c->input->ev;
    struct str tests = STR_INIT, call = STR_INIT;
    double seconds = 0;
    for (size_t i = 0; i < ev->n_runs; i++) {
        const struct eval_run *r = &ev->runs[i];
        if (r->condition != COND_TEST_WITH_FIX || r->k != 1)
            continue;
        for (size_t k = 0; k < r->n_tests; k++)
            if (strv_has(&ev->f2p, r->tests[k].id))
                seconds += r->tests[k].seconds;
    }
    join(&c->tests, &tests);
    int sleeps = prose_count("\\bsleep\\(", tests.s, NULL);
    int calls = prose_count("\\brequests\\.(?:get|post|put|head|delete|request)\\(|\\burlopen\\(|"
                            "\\bcreate_connection\\(|\\bgetaddrinfo\\(",
                            tests.s, &call);
    put(c, SIG_SLOW_TESTS, seconds, seconds > slow, "the F2P tests take %.0f s", seconds);
    put(c, SIG_SLEEPS, sleeps, sleeps > 0, "the tests sleep in %d places", sleeps);
    put(c, SIG_NETWORK, calls, calls > 0, "the tests call %s…)", call.s);
    str_release(&tests);
    str_release(&call);
}

/* ---- all of them ---- */

static void begin(struct counting *c, const struct instance *in)
{
    memset(c, 0, sizeof(*c));
    strv_init(&c->added);
    strv_init(&c->removed);
    strv_init(&c->tests);
    c->issue = in->problem_statement ? in->problem_statement : "";
    patch_lines(&in->patch, '+', &c->added);
    patch_lines(&in->patch, '-', &c->removed);
    patch_lines(&in->test_patch, '+', &c->tests);
}

static void end(struct counting *c)
{
    strv_release(&c->added);
    strv_release(&c->removed);
    strv_release(&c->tests);
}

void signals_candidates(const struct instance *in, struct strv *out)
{
    struct counting c;
    struct str added = STR_INIT;
    struct strv all = STRV_INIT;
    begin(&c, in);
    join(&c.added, &added);
    add_words(&c, added.s, &all);
    add_names(&c, added.s, &all);
    for (size_t i = 0; i < all.n && i < MOST_CANDIDATES; i++)
        strv_add_once(out, all.v[i]);
    strv_release(&all);
    str_release(&added);
    end(&c);
}

json_t *signals_new(const struct signals_input *input)
{
    struct counting c;
    struct patch_files fix = { NULL, 0 };
    begin(&c, input->in);
    c.input = input;
    c.out = json_object();
    if (patch_files_read(&input->in->patch, &fix, NULL) < 0)
        fix = (struct patch_files){ NULL, 0 };
    count_overlap(&c);
    count_named_lines(&c, &fix);
    count_tiny(&c);
    count_f2p(&c);
    count_fix_dirs(&c, &fix);
    count_issues(&c);
    if (input->in_base) {
        count_hidden(&c, SIG_HIDDEN_WORDS, add_words, "the tests want texts");
        count_hidden(&c, SIG_HIDDEN_NAMES, add_names, "the tests use names");
    }
    count_data_tests(&c);
    count_statement(&c);
    count_cost(&c);
    count_hindsight(&c);
    patch_files_release(&fix);
    end(&c);
    return c.out;
}
