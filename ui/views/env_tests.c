#include "ui/app.h"
#include "ui/views/environment.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { REST_MS = 80 };

struct tests_pane {
    struct app *app;
    struct table *table;
    struct text *text;
    struct timer *rest;
    const struct detail_round *round; /* NULL: none */
    size_t *shown;                    /* places in round->tests */
    size_t n, quiet;
    bool all;
    char *at; /* the test under the cursor while there was no round; NULL */
};

static const struct table_column columns[] = {
    { .name = "test", .title = "test", .grow = true },
    { .name = "verdict", .title = "verdict" },
    { .name = "base", .title = "base" },
    { .name = "test_only", .title = "test only" },
    { .name = "with_fix", .title = "with fix" },
    { .name = "message", .title = "message", .grow = true },
};

/* P2P, skipped and always failing tests say nothing about the fix. */
static bool is_quiet(const struct detail_test *t)
{
    static const char *const quiet[] = { "P2P", "skipped", "always-fails" };
    for (size_t i = 0; i < ARRAY_LEN(quiet); i++)
        if (strcmp(t->verdict, quiet[i]) == 0)
            return true;
    return false;
}

/* ---- the table ---- */

static size_t count(void *model)
{
    return ((struct tests_pane *)model)->n;
}

static const struct detail_test *test_at(const struct tests_pane *p, size_t row)
{
    return row < p->n ? &p->round->tests[p->shown[row]] : NULL;
}

static uint32_t id_of(void *model, size_t row)
{
    const struct tests_pane *p = model;
    return row < p->n ? (uint32_t)p->shown[row] + 1 : 0;
}

static ink_t ink_of_status(const char *status)
{
    static const struct {
        const char *status;
        enum role role;
    } inks[] = { { "passed", ROLE_ACCEPTED }, { "failed", ROLE_FAILED },
                 { "error", ROLE_FAILED },    { "skipped", ROLE_SCREENED },
                 { "missing", ROLE_WARNING }, { "", ROLE_DIM } };
    for (size_t i = 0; i < ARRAY_LEN(inks); i++)
        if (strcmp(inks[i].status, status) == 0)
            return inks[i].role;
    return ROLE_TEXT;
}

static ink_t ink_of_verdict(const char *verdict)
{
    if (strcmp(verdict, "F2P") == 0)
        return ROLE_ACCEPTED;
    if (strcmp(verdict, "blocks") == 0 || strcmp(verdict, "flaky") == 0)
        return ROLE_REJECTED;
    return ROLE_DIM;
}

/* "passed ×3", or each on its own where they differ. */
static void add_with_fix(const struct detail_test *t, struct str *out, ink_t *ink)
{
    bool equal = true;
    for (size_t i = 1; i < t->n_with_fix; i++)
        equal = equal && strcmp(t->with_fix[i], t->with_fix[0]) == 0;
    *ink = t->n_with_fix ? ink_of_status(t->with_fix[0]) : ROLE_DIM;
    if (!t->n_with_fix)
        str_add(out, "–");
    else if (equal && t->n_with_fix > 1)
        str_addf(out, "%s ×%zu", t->with_fix[0], t->n_with_fix);
    else
        for (size_t i = 0; i < t->n_with_fix; i++)
            str_addf(out, "%s%s", i ? " " : "", t->with_fix[i]);
    if (!equal)
        *ink = ROLE_WARNING;
}

static void add_status(const char *status, struct str *out, ink_t *ink)
{
    str_add(out, *status ? status : "–");
    *ink = ink_of_status(status);
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct detail_test *t = test_at(model, row);
    switch (column) {
    case 0:
        text_add_shown(out, t->id, strlen(t->id));
        break;
    case 1:
        str_add(out, t->verdict);
        *ink = ink_of_verdict(t->verdict);
        break;
    case 2:
        add_status(t->base, out, ink);
        break;
    case 3:
        add_status(t->test_only, out, ink);
        break;
    case 4:
        add_with_fix(t, out, ink);
        break;
    default:
        text_add_shown(out, t->message, strlen(t->message));
        *ink = ROLE_DIM;
    }
    return true;
}

static void empty(void *model, struct str *out)
{
    const struct tests_pane *p = model;
    if (!p->round)
        str_add(out, "No round has run tests yet.");
    else if (p->quiet)
        str_addf(out, "None of the %zu tests changed with the fix. a shows them all.", p->quiet);
    else
        str_addf(out, "Round %d ran no tests: it ended at %s.", p->round->n,
                 *p->round->reached ? p->round->reached : "its beginning");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

/* ---- the log at the test ---- */

static const char *log_of(const struct detail_round *r, const char *condition, int64_t k)
{
    for (size_t i = 0; i < r->n_runs; i++)
        if (strcmp(r->runs[i].condition, condition) == 0 && r->runs[i].k == k)
            return r->runs[i].log;
    return "";
}

/* The run that says most about a test: the first that failed with the fix, else the one that
 * failed before it. */
static const char *telling_log(const struct detail_round *r, const struct detail_test *t)
{
    for (size_t k = 0; k < t->n_with_fix; k++)
        if (strcmp(t->with_fix[k], "passed") != 0)
            return log_of(r, "test_with_fix", (int64_t)k + 1);
    if (strcmp(t->test_only, "passed") != 0)
        return log_of(r, "test_only", 1);
    return log_of(r, "test_with_fix", 1);
}

/* pytest heads a failure with the test's name between underscores, in red where it may. */
static char *place_pattern_new(const struct detail_test *t)
{
    const char *name = strrchr(t->id, ':');
    name = name ? name + 1 : t->id;
    const char *dot = strrchr(name, '.');
    name = dot && dot[1] ? dot + 1 : name;
    return str_format("^(?:\\x1b\\[[0-9;]*m)*_{2,} .*\\Q%.*s\\E", (int)strcspn(name, "["), name);
}

static void show_log(void *payload)
{
    struct tests_pane *p = payload;
    const struct detail_test *t = test_at(p, p->table->cursor);
    const char *log = t ? telling_log(p->round, t) : "";
    if (!*log) {
        text_set_empty(p->text, t && *t->message ? t->message : "");
        window_set_title(p->text->win, "");
        return;
    }
    char *path = str_format("%s/%s", p->round->dir, log), *pattern = place_pattern_new(t);
    text_set_file_at(p->text, path, ink_of_log, pattern);
    window_set_title(p->text->win, log);
    free(path);
    free(pattern);
}

static void on_moved(void *payload)
{
    struct tests_pane *p = payload;
    timer_start(p->rest, REST_MS);
}

/* ---- */

static void choose(struct tests_pane *p)
{
    size_t n = p->round ? p->round->n_tests : 0, at = 0;
    p->shown = xrealloc(p->shown, (n + 1) * sizeof(*p->shown));
    p->n = p->quiet = 0;
    for (size_t i = 0; i < n; i++) {
        bool quiet = is_quiet(&p->round->tests[i]);
        p->quiet += quiet;
        if (!p->all && quiet)
            continue;
        if (p->at && strcmp(p->at, p->round->tests[i].id) == 0)
            at = p->n;
        p->shown[p->n++] = i;
    }
    table_reset(p->table, at);
}

struct tests_pane *tests_new(struct app *a, struct window *parent)
{
    struct tests_pane *p = xcalloc(1, sizeof(*p));
    p->app = a;
    p->table = table_new(parent, &model_ops, p);
    table_set_columns(p->table, columns, ARRAY_LEN(columns));
    p->text = text_new(a, parent);
    p->rest = timer_new(&a->loop, true, show_log, p);
    p->table->moved = on_moved;
    p->table->payload = p;
    return p;
}

void tests_free(struct tests_pane *p)
{
    if (!p)
        return;
    timer_free(p->rest);
    free(p->at);
    free(p->shown);
    free(p);
}

/* Read again, or all of them instead of some: the cursor stays on its test. */
static void keep_test(struct tests_pane *p)
{
    const struct detail_test *t = p->round ? test_at(p, p->table->cursor) : NULL;
    if (!t)
        return;
    free(p->at);
    p->at = xstrdup(t->id);
}

void tests_show(struct tests_pane *p, const struct detail_round *r)
{
    keep_test(p);
    p->round = r;
    choose(p);
}

void tests_toggle_all(struct tests_pane *p)
{
    keep_test(p);
    p->all = !p->all;
    choose(p);
}

void tests_add_door(struct tests_pane *p, struct str *out)
{
    if (p->text->file && test_at(p, p->table->cursor))
        str_addf(out, "file %zu %s", p->text->cursor + 1, textfile_path(p->text->file));
}

struct window *tests_table(struct tests_pane *p)
{
    return p->table->win;
}

void tests_state(struct tests_pane *p, struct str *right)
{
    if (p->n)
        str_addf(right, "test %zu of %zu", p->table->cursor + 1, p->n);
    if (p->quiet && !p->all)
        str_addf(right, "%s%zu unchanged ones hidden", p->n ? " · " : "", p->quiet);
}
