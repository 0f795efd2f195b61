#include "pipeline/private.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct reading {
    struct eval_run *run;
    size_t cap;
    struct test_result now;
    bool in_case;
};

static const char *attribute(const XML_Char **atts, const char *name)
{
    for (; *atts; atts += 2)
        if (strcmp(atts[0], name) == 0)
            return atts[1];
    return "";
}

/* Parametrised ids may hold "<A object at 0x7f…>", which is another one in every run. */
static void blur_addresses(struct str *id)
{
    static const char mark[] = " at 0x";
    struct str out = STR_INIT;
    const char *from = id->s;
    for (const char *p; (p = strstr(from, mark));) {
        p += sizeof(mark) - 1;
        size_t n = strspn(p, "0123456789abcdefABCDEF");
        str_addn(&out, from, (size_t)(p - from));
        str_add(&out, n >= 6 ? "…" : "");
        from = n >= 6 ? p + n : p;
    }
    str_add(&out, from);
    str_swap(id, &out);
    str_release(&out);
}

/* Whether `n` digits stand somewhere as a number of their own. */
static bool has_number(const char *s, const char *digits, size_t n)
{
    for (; *s; s += strcspn(s, "0123456789")) {
        size_t len = strspn(s, "0123456789");
        if (len == n && memcmp(s, digits, n) == 0)
            return true;
        s += len;
    }
    return false;
}

/* … or the hour of the run, whatever the order in which its day is written. */
static void blur_time(struct str *id, const char *day)
{
    char *bracket = strchr(id->s, '[');
    if (strlen(day) < 10 || !bracket || !has_number(bracket, day, 4) ||
        !has_number(bracket, day + 5, 2) || !has_number(bracket, day + 8, 2))
        return;
    for (char *p = bracket; *p; p++)
        if (*p >= '0' && *p <= '9')
            *p = '#';
}

void blur_id(struct str *id, const char *day)
{
    blur_addresses(id);
    blur_time(id, day);
}

static void add_swapped(struct str *out, const char *s, size_t n, char from, const char *to)
{
    for (size_t i = 0; i < n; i++)
        str_add(out, s[i] == from ? to : (char[]){ s[i], '\0' });
}

/* Where in "tests.test_b.TestX" the classes begin; its length when there is none. */
static size_t classes_begin(const char *class)
{
    const char *p = class;
    while (*p && !(*p == '.' && p[1] >= 'A' && p[1] <= 'Z'))
        p++;
    return (size_t)(p - class);
}

/* "tests/test_a.py" + "tests.test_a.TestX" + "test_y[1]" -> "tests/test_a.py::TestX::test_y[1]". A
 * test that a class inherits names the file of its base, and the class says where it runs. */
static char *node_id_new(const char *file, const char *class, const char *name, const char *day)
{
    struct str id = STR_INIT, module = STR_INIT;
    if (!*class || !*file) /* a file that could not be collected has no class */
        return *class ? str_format("%s::%s", class, name) : xstrdup(name);
    size_t stem = strlen(file) - (str_ends(file, ".py") ? 3 : 0);
    add_swapped(&module, file, stem, '/', ".");
    if (str_starts(class, module.s) && (class[module.len] == '.' || !class[module.len])) {
        str_add(&id, file);
        class += module.len;
    } else if (class[classes_begin(class)]) {
        size_t n = classes_begin(class);
        add_swapped(&id, class, n, '.', "/");
        str_add(&id, ".py");
        class += n;
    } else {
        str_add(&id, file);
        class = "";
    }
    add_swapped(&id, class, strlen(class), '.', "::");
    str_addf(&id, "::%s", name);
    blur_id(&id, day);
    str_release(&module);
    return str_detach(&id);
}

static void first_line(char **slot, const char *text)
{
    if (!*slot && *text)
        *slot = xstrndup(text, strcspn(text, "\n"));
}

static void worsen(struct test_result *t, enum test_status s)
{
    if (s > t->status)
        t->status = s;
}

static void on_start(void *payload, const XML_Char *name, const XML_Char **atts)
{
    struct reading *r = payload;
    if (strcmp(name, "testcase") == 0) {
        r->in_case = true;
        r->now =
            (struct test_result){ node_id_new(attribute(atts, "file"), attribute(atts, "classname"),
                                              attribute(atts, "name"), r->run->day),
                                  TEST_PASSED, NULL, strtod(attribute(atts, "time"), NULL) };
        return;
    }
    if (!r->in_case)
        return;
    if (strcmp(name, "failure") == 0)
        worsen(&r->now, TEST_FAILED);
    else if (strcmp(name, "error") == 0)
        worsen(&r->now, TEST_ERROR);
    else if (strcmp(name, "skipped") == 0)
        worsen(&r->now,
               strcmp(attribute(atts, "type"), "pytest.xfail") == 0 ? TEST_XFAILED : TEST_SKIPPED);
    else
        return;
    first_line(&r->now.message, attribute(atts, "message"));
}

static void on_end(void *payload, const XML_Char *name)
{
    struct reading *r = payload;
    struct eval_run *run = r->run;
    if (strcmp(name, "testcase") != 0)
        return;
    if (run->n_tests == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 64;
        run->tests = xrealloc(run->tests, r->cap * sizeof(*run->tests));
    }
    run->tests[run->n_tests++] = r->now;
    r->in_case = false;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct test_result *)a)->id, ((const struct test_result *)b)->id);
}

/* Sorted; of equal ids the worst stays. */
static void settle(struct eval_run *run)
{
    size_t kept = 0;
    if (!run->n_tests)
        return;
    qsort(run->tests, run->n_tests, sizeof(*run->tests), compare_ids);
    for (size_t i = 1; i < run->n_tests; i++) {
        struct test_result *last = &run->tests[kept], *t = &run->tests[i];
        if (strcmp(last->id, t->id) != 0) {
            run->tests[++kept] = *t;
            continue;
        }
        worsen(last, t->status);
        last->seconds += t->seconds;
        first_line(&last->message, t->message ? t->message : "");
        free(t->id);
        free(t->message);
    }
    run->n_tests = kept + 1;
}

static void day_of(const char *path, char *day, size_t size)
{
    struct stat st;
    struct tm tm;
    if (stat(path, &st) == 0 && gmtime_r(&st.st_mtime, &tm))
        strftime(day, size, "%Y-%m-%d", &tm);
}

int junit_read(const char *path, struct eval_run *run, struct error *err)
{
    struct reading r = { .run = run };
    struct str text = STR_INIT;
    int rc = file_read(path, &text, err);
    day_of(path, run->day, sizeof(run->day));
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, on_start, on_end);
    if (rc == 0 && XML_Parse(p, text.s, (int)text.len, 1) != XML_STATUS_OK)
        rc = error_set(err, E_PARSE, "%s:%lu: %s", path_base(path),
                       (unsigned long)XML_GetCurrentLineNumber(p),
                       XML_ErrorString(XML_GetErrorCode(p)));
    if (r.in_case) {
        free(r.now.id);
        free(r.now.message);
    }
    settle(run);
    XML_ParserFree(p);
    str_release(&text);
    return rc;
}

const struct test_result *run_find(const struct eval_run *r, const char *id)
{
    struct test_result key = { .id = (char *)(uintptr_t)id };
    return r->n_tests ? bsearch(&key, r->tests, r->n_tests, sizeof(key), compare_ids) : NULL;
}
