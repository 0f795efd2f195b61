#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

/* pytest's own words for one test per line, and the short ones of before 4.0. */
static const struct word {
    const char *text;
    enum test_status status;
} words[] = {
    { "PASSED ", TEST_PASSED }, { "FAILED ", TEST_FAILED }, { "FAIL ", TEST_FAILED },
    { "ERROR ", TEST_ERROR },   { "XPASS ", TEST_XFAILED },
};

/* Ids may hold " - ", which also begins the message: how many tests a word is said of is known
 * between two bounds. */
struct tally {
    const char *day; /* of the run */
    struct map passed, bad_most, bad_least, unexpected;
    bool foreign; /* a plugin's words, which the report counts in its own way */
};

static const char *last_summary(const char *log)
{
    static const char mark[] = " short test summary info ";
    const char *at = NULL;
    for (const char *p = log; (p = strstr(p, mark)); p += sizeof(mark) - 1) {
        const char *line = p;
        while (line > log && line[-1] == '=')
            line--;
        if (line < p && (line == log || line[-1] == '\n'))
            at = p;
    }
    return at ? at + strcspn(at, "\n") : NULL;
}

static void count_line(struct tally *t, const struct word *w, const char *rest, size_t n)
{
    struct str whole = STR_INIT, cut = STR_INIT;
    str_addn(&whole, rest, n);
    blur_id(&whole, t->day);
    const char *dash = strstr(whole.s, " - ");
    str_addn(&cut, whole.s, dash ? (size_t)(dash - whole.s) : whole.len);
    if (w->status == TEST_PASSED) {
        map_put(&t->passed, whole.s, NULL);
    } else if (w->status == TEST_XFAILED) {
        map_put(&t->unexpected, cut.s, NULL);
    } else {
        map_put(&t->bad_most, whole.s, NULL);
        map_put(&t->bad_least, cut.s, NULL);
    }
    str_release(&whole);
    str_release(&cut);
}

/* "[msg] (i=1) SUBFAIL t.py::f - why", and since pytest 9 "SUBFAILED[msg] (i=1) t.py::f - why": the
 * id begins behind the blank before its "::". A subtest's failure is its test's. */
static bool count_subtest(struct tally *t, const char *line, size_t n)
{
    static const struct word failed = { "SUBFAIL", TEST_FAILED };
    const char *word = memmem(line, n, failed.text, strlen(failed.text));
    bool first = word == line || (word && word[-1] == ' ' && strchr("[(", *line));
    const char *colons = first ? memmem(word, n - (size_t)(word - line), "::", 2) : NULL;
    if (!colons)
        return false;
    while (colons > word && colons[-1] != ' ')
        colons--;
    count_line(t, &failed, colons, n - (size_t)(colons - line));
    return true;
}

static void read_line(struct tally *t, const char *line, size_t n)
{
    if (count_subtest(t, line, n))
        return;
    if (str_starts(line, "SUB") || str_starts(line, "RERUN"))
        t->foreign = true;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t skip = strlen(words[i].text);
        if (n > skip && memcmp(line, words[i].text, skip) == 0) {
            count_line(t, &words[i], line + skip, n - skip);
            return;
        }
    }
}

/* To the line of counts, "=== 1 failed, 2 passed …", or to the marker. */
static void read_summary(struct tally *t, const char *at)
{
    while (*at == '\n') {
        size_t n = strcspn(++at, "\n");
        if (str_starts(at, "===") || str_starts(at, "OPENSWE_EXIT_CODE="))
            return;
        read_line(t, at, n);
        at += n;
    }
}

static void compare(const struct tally *t, const struct eval_run *r, struct str *why)
{
    size_t passed = 0, bad = 0, skipped = 0;
    for (size_t i = 0; i < r->n_tests; i++) {
        skipped += r->tests[i].status == TEST_SKIPPED;
        passed += r->tests[i].status == TEST_PASSED;
        bad += r->tests[i].status == TEST_FAILED || r->tests[i].status == TEST_ERROR;
    }
    size_t most = t->passed.live + t->unexpected.live;
    size_t least = t->passed.live > t->bad_most.live ? t->passed.live - t->bad_most.live : 0;
    if (bad < t->bad_least.live || bad > t->bad_most.live)
        str_addf(why, "the log says %zu tests failed, the report %zu", t->bad_most.live, bad);
    else if (passed + skipped < least || passed > most) /* a subtest is skipped, its test passes */
        str_addf(why, "the log says %zu tests passed, the report %zu", t->passed.live, passed);
}

bool textlog_agrees(const struct str *log, const struct eval_run *r, struct str *why)
{
    struct tally t = { .day = r->day };
    struct map *maps[] = { &t.passed, &t.bad_most, &t.bad_least, &t.unexpected };
    const char *at = last_summary(log->s);
    if (!at || memchr(log->s, '\0', log->len))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(maps); i++)
        map_init(maps[i], NULL);
    read_summary(&t, at);
    if (!t.foreign && (t.passed.live || t.bad_most.live))
        compare(&t, r, why);
    for (size_t i = 0; i < ARRAY_LEN(maps); i++)
        map_release(maps[i]);
    return !why->len;
}
