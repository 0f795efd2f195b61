/* What the readers say of files, against tables that another program made of the same files
 * (tests/fixtures/trajectories/count.py). */
#include "unit.h"

#include "formats/trajectory.h"

enum column {
    PATH,
    ATTEMPT,
    FORMAT,
    INSTANCE,
    STEPS,
    TURNS,
    EXIT,
    OUTCOME,
    PATCH,
    IN,
    OUT,
    COLUMNS
};

struct counting {
    struct traj_reader reader;
    struct str out; /* the rows of one file as the table has them */
    const char *path;
    size_t dir_len;
    int n;
};

static void add_number(struct str *out, int64_t n)
{
    if (n)
        str_addf(out, "\t%lld", (long long)n);
    else
        str_add(out, "\t-");
}

static int64_t patch_bytes(const struct document *doc, const struct attempt *a)
{
    struct str text = STR_INIT;
    struct json_span v = { doc->text + (a->offset - doc->offset) + a->patch_offset,
                           (size_t)a->patch_length };
    json_span_text(v, &text);
    int64_t n = (int64_t)text.len;
    str_release(&text);
    return n;
}

struct told {
    struct counting *c;
    const struct document *doc;
};

static int tell(void *payload, const struct attempt *a, struct error *err UNUSED)
{
    struct told *t = payload;
    struct counting *c = t->c;
    bool graded = a->outcome >= OUTCOME_UNRESOLVED;
    str_addf(&c->out, "%s\t%d\t%s\t%s\t%zu\t%lld\t%s\t%s", c->path + c->dir_len + 1, ++c->n,
             a->format->name, *a->instance_id ? a->instance_id : "-", a->steps.n,
             (long long)a->turns, *a->exit_status ? a->exit_status : "-",
             graded ? outcome_name(a->outcome) : "-");
    add_number(&c->out, a->patch_length ? patch_bytes(t->doc, a) : 0);
    add_number(&c->out, a->tokens_in);
    add_number(&c->out, a->tokens_out);
    str_addc(&c->out, '\n');
    return 0;
}

static int count_document(void *payload, const struct document *doc, struct error *err)
{
    struct counting *c = payload;
    struct told t = { c, doc };
    int rc = json_scan_open(&c->reader.scan, doc->text, doc->len, err);
    const struct traj_format *f = rc == 0 ? traj_sniff(&c->reader.scan, doc->lines) : NULL;
    return f ? traj_read(&c->reader, f, doc, tell, &t, err) : rc;
}

/* "-" in the table, and 0 of what may be unsaid, say nothing; of an outcome "-" says "not graded".
 */
static bool agrees(enum column k, const char *want, const char *got)
{
    bool silent = strcmp(want, "-") == 0 || strcmp(want, "0") == 0;
    if (silent && k != OUTCOME && k != STEPS && k != TURNS)
        return k == INSTANCE || k == EXIT || strcmp(got, "-") == 0;
    return strcmp(want, got) == 0;
}

static int compare_row(const char *want, const char *got)
{
    struct strv w = STRV_INIT, g = STRV_INIT;
    int bad = 0;
    strv_split(&w, want, "\t");
    strv_split(&g, got, "\t");
    for (size_t k = 0; k < COLUMNS; k++) {
        const char *a = k < w.n ? w.v[k] : "", *b = k < g.n ? g.v[k] : "nothing";
        if (agrees((enum column)k, a, b))
            continue;
        print_error("%s, column %zu: the table says %s, read was %s\n", want, k, a, b);
        bad++;
    }
    strv_release(&w);
    strv_release(&g);
    return bad;
}

static int compare_file(const char *dir, const char *name, const struct strv *rows)
{
    struct counting c = { .dir_len = strlen(dir) };
    struct error err = ERROR_INIT;
    struct strv got = STRV_INIT;
    char *path = str_format("%s/%s", dir, name);
    int bad = 0;
    c.path = path;
    str_init(&c.out);
    traj_reader_init(&c.reader);
    if (source_each(path, NULL, count_document, &c, &err) < 0) {
        print_error("%s\n", error_text(&err));
        bad++;
    }
    strv_split(&got, c.out.s, "\n");
    for (size_t i = 0; i < rows->n; i++)
        bad += compare_row(rows->v[i], i < got.n ? got.v[i] : "");
    if (got.n > rows->n) {
        print_error("%s: %zu attempts too many\n", name, got.n - rows->n);
        bad++;
    }
    traj_reader_release(&c.reader);
    str_release(&c.out);
    strv_release(&got);
    error_release(&err);
    free(path);
    return bad;
}

static void compare_table(const char *table, const char *dir)
{
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT, rows = STRV_INIT;
    char *path = str_format("%s/tests/fixtures/trajectories/%s", BOTTEGA_SRCDIR, table);
    int bad = 0;
    assert_int_equal(file_read(path, &text, NULL), 0);
    strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        size_t n = strcspn(lines.v[i], "\t");
        strv_add(&rows, lines.v[i]);
        if (i + 1 < lines.n && strncmp(lines.v[i], lines.v[i + 1], n + 1) == 0)
            continue;
        char *name = xstrndup(lines.v[i], n);
        bad += compare_file(dir, name, &rows);
        free(name);
        strv_clear(&rows);
    }
    free(path);
    strv_release(&lines);
    strv_release(&rows);
    str_release(&text);
    assert_int_equal(bad, 0);
}

static void compare_fixtures(const char *table)
{
    compare_table(table, BOTTEGA_SRCDIR "/tests/fixtures/trajectories");
}

static void fixtures_count_as_the_table_says(void **state UNUSED)
{
    compare_fixtures("expected.tsv");
}

static void torn_files_count_as_far_as_they_go(void **state UNUSED)
{
    compare_fixtures("torn.tsv");
}

static void samples_count_as_the_table_says(void **state UNUSED)
{
    const char *dir = getenv("BOTTEGA_SAMPLES");
    if (!dir || !path_is_dir(dir)) {
        print_message("# the real files are not here: set BOTTEGA_SAMPLES\n");
        skip();
    }
    compare_table("samples.tsv", dir);
}

/* Files that broke a reader once; the sanitizers' build looks closest. */
static void what_a_fuzzer_found_is_read(void **state UNUSED)
{
    static const char dir[] = BOTTEGA_SRCDIR "/tests/fixtures/fuzz";
    struct strv names = STRV_INIT;
    assert_int_equal(dir_list(dir, &names, NULL), 0);
    assert_true(names.n > 0);
    for (size_t i = 0; i < names.n; i++) {
        struct counting c = { .dir_len = strlen(dir) };
        char *path = str_format("%s/%s", dir, names.v[i]);
        c.path = path;
        str_init(&c.out);
        traj_reader_init(&c.reader);
        assert_int_equal(source_each(path, NULL, count_document, &c, NULL), 0);
        traj_reader_release(&c.reader);
        str_release(&c.out);
        free(path);
    }
    strv_release(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixtures_count_as_the_table_says),
        cmocka_unit_test(torn_files_count_as_far_as_they_go),
        cmocka_unit_test(samples_count_as_the_table_says),
        cmocka_unit_test(what_a_fuzzer_found_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
