/* The index follows the files, and is the same whichever way it came to be. */
#include "workspace.h"

#include "index/index.h"

#include <sqlite3.h>

static int set_up(void **state)
{
    struct made *m = xcalloc(1, sizeof(*m));
    made_open(m);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    made_close(*state);
    free(*state);
    return 0;
}

static struct index *open_now(struct made *m)
{
    struct index *idx;
    struct error err = ERROR_INIT;
    int rc = index_open_current(&m->ws, NULL, &idx, &err);
    if (rc < 0)
        fail_msg("%s", error_text(&err));
    return idx;
}

static void write_tasks(struct made *m, const char *file, const char *const *ids)
{
    struct str text = STR_INIT;
    for (; *ids; ids++) {
        char *line = made_task_new(*ids, "o/n", "a title");
        str_add(&text, line);
        free(line);
    }
    made_write(m, text.s, "tasks/%s", file);
    str_release(&text);
}

static void ended(struct made *m, const char *run, const char *id, const char *state, int started)
{
    char *rest = str_format(",\"started\":%d,\"ended\":%d,\"seconds\":1.25", started, started + 1);
    made_status(m, run, "o/n", id, state, rest);
    free(rest);
}

static int add_line(void *payload, const struct row *row)
{
    json_t *doc = row_to_json(LIST_INSTANCES, row, NULL, 0);
    str_addf(payload, "%s:%s@%s ", row->cells[0].text, json_get_str(doc, "state", ""),
             json_get_str(doc, "run", "-"));
    json_decref(doc);
    return 0;
}

/* "id:state@run " of the list, all runs or the latest. */
static void expect(struct index *idx, const char *query, const char *want)
{
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct str got = STR_INIT;
    struct query *q;
    assert_int_equal(query_parse(query, LIST_INSTANCES, &q, NULL, NULL), 0);
    spec.query = q;
    assert_int_equal(list_each(idx, &spec, NULL, add_line, &got, NULL), 0);
    str_rtrim(&got);
    assert_string_equal(got.s, want);
    query_free(q);
    str_release(&got);
}

static void follows_files(void **state)
{
    struct made *m = *state;
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-1", "x-2", NULL });
    struct index *idx = open_now(m);
    expect(idx, "", "x-1:new@- x-2:new@-");
    made_status(m, "r", "o/n", "x-1", "running", "");
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    expect(idx, "", "x-1:running@r x-2:new@-");
    ended(m, "r", "x-1", "accepted", 100);
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    expect(idx, "", "x-1:accepted@r x-2:new@-");
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-1", "x-2", "x-3", NULL });
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    expect(idx, "", "x-1:accepted@r x-2:new@- x-3:new@-");
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-3", NULL });
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    expect(idx, "", "x-1:accepted@r x-3:new@-"); /* a run still has x-1 */
    index_close(idx);
}

static uint32_t shown_id(struct index *idx)
{
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct id_vec ids = { 0 };
    assert_int_equal(list_ids(idx, &spec, NULL, &ids, NULL), 0);
    assert_int_equal(ids.n, 1);
    uint32_t id = ids.v[0];
    id_vec_release(&ids);
    return id;
}

static void shows_the_latest_run(void **state)
{
    struct made *m = *state;
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-1", NULL });
    struct index *idx = open_now(m);
    uint32_t id = shown_id(idx);
    ended(m, "b", "x-1", "failed", 200);
    assert_int_equal(index_ingest_env(idx, "b", "o__n", "x-1", NULL), 0);
    ended(m, "a", "x-1", "accepted", 100);
    assert_int_equal(index_ingest_env(idx, "a", "o__n", "x-1", NULL), 0);
    expect(idx, "", "x-1:failed@b");
    ended(m, "c", "x-1", "rejected", 300);
    assert_int_equal(index_ingest_env(idx, "c", "o__n", "x-1", NULL), 0);
    expect(idx, "", "x-1:rejected@c");
    expect(idx, "run:*", "x-1:accepted@a x-1:failed@b x-1:rejected@c");
    assert_int_equal(shown_id(idx), id);
    char *gone = workspace_path(&m->ws, "runs/c");
    assert_int_equal(tree_remove(gone, NULL), 0);
    free(gone);
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    assert_int_equal(index_ingest_env(idx, "c", "o__n", "x-1", NULL), 0);
    expect(idx, "", "x-1:failed@b");
    expect(idx, "run:*", "x-1:accepted@a x-1:failed@b");
    assert_int_equal(shown_id(idx), id);
    index_close(idx);
}

static void takes_bundles_without_tasks(void **state)
{
    struct made *m = *state;
    char *row = made_task_new("x-9", "o/n", "from elsewhere");
    made_write(m, row, "runs/r/o__n/x-9/instance.json");
    ended(m, "r", "x-9", "accepted", 5);
    struct index *idx = open_now(m);
    struct task_place at;
    expect(idx, "", "x-9:accepted@r");
    assert_int_equal(index_find_task(idx, "x-9", &at, NULL), 0);
    assert_string_equal(at.file, "runs/r/o__n/x-9/instance.json");
    assert_int_equal(at.length, 0);
    task_place_release(&at);
    made_write(m, row, "tasks/t.jsonl"); /* a task file is the better place */
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    assert_int_equal(index_find_task(idx, "x-9", &at, NULL), 0);
    assert_string_equal(at.file, "tasks/t.jsonl");
    assert_int_equal(at.length, strlen(row));
    task_place_release(&at);
    free(row);
    index_close(idx);
}

static void says_what_it_cannot_read(void **state)
{
    struct made *m = *state;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct id_vec ids = { 0 };
    struct row row;
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-1", "../x", "x-2", NULL });
    made_write(m, "{\"format\":2,\"state\":\"accepted\"}", "runs/r/o__n/x-1/status.json");
    made_write(m, "{\"format\":1,", "runs/r/o__n/x-2/status.json");
    made_write(m, "not a row\n[]\n{}\n", "tasks/u.jsonl");
    struct index *idx = open_now(m);
    expect(idx, "", "x-1:error@r x-2:error@r");
    assert_int_equal(list_ids(idx, &spec, NULL, &ids, NULL), 0);
    assert_int_equal(list_rows(idx, LIST_INSTANCES, ids.v, 1, &row, NULL), 0);
    const char *reason = row.cells[list_column_find(LIST_INSTANCES, "reason")].text;
    assert_non_null(strstr(reason, "status.json has format 2"));
    row_release(&row);
    id_vec_release(&ids);
    index_close(idx);
}

/* ---- the same from the files alone ---- */

struct dump {
    enum list_kind kind;
    struct str text;
};

static int dump_row(void *payload, const struct row *row)
{
    struct dump *d = payload;
    json_t *doc = row_to_json(d->kind, row, NULL, 0);
    char *line = json_line_new(doc);
    str_addf(&d->text, "%s\n", line);
    free(line);
    json_decref(doc);
    return 0;
}

static char *dump_new(struct index *idx)
{
    struct dump d = { 0, STR_INIT };
    for (d.kind = 0; d.kind < LIST_KINDS; d.kind++) {
        struct list_spec spec = { .kind = d.kind };
        assert_int_equal(list_each(idx, &spec, NULL, dump_row, &d, NULL), 0);
    }
    return str_detach(&d.text);
}

/* Many rows with few different values, in three runs, added one by one. */
static void write_many(struct made *m)
{
    static const char *const states[] = { "accepted", "rejected", "failed", "error", "running" };
    struct str tasks = STR_INIT;
    for (int i = 0; i < 90; i++) {
        char *id = str_format("i-%d", i), *repo = str_format("o/n%d", i % 4);
        char *line = made_task_new(id, repo, i % 2 ? "odd words" : "even words");
        const char *s = states[i * 7 % 5];
        char *rest =
            str_format(",\"round\":%d,\"f2p\":%d,\"p2p\":%d,\"seconds\":%d.5,\"failure_class\":%s,"
                       "\"started\":%d,\"ended\":%d,\"python\":\"3.%d\"",
                       i % 3, i % 4, i % 7, i % 5, i % 3 ? "\"flaky\"" : "null", 1000 + i % 6,
                       strcmp(s, "running") ? 2000 + i % 6 : 0, i % 4);
        str_add(&tasks, line);
        if (i % 5)
            made_status(m, i % 3 ? "one" : "two", repo, id, s, rest);
        if (i % 10 == 1)
            made_status(m, "three", repo, id, s, rest);
        free(id);
        free(repo);
        free(line);
        free(rest);
    }
    made_write(m, tasks.s, "tasks/many.jsonl");
    made_write(m,
               "{\"format\":1,\"id\":\"b1\",\"stage\":\"synthesize\",\"run\":\"one\",\"jobs\":2}\n"
               "{\"n\":1,\"instance_id\":\"i-1\"}\n{\"n\":2,\"instance_id\":\"i-2\"}\n",
               "batches/b1/manifest.jsonl");
    made_write(m, "{\"n\":1,\"state\":\"done\",\"result\":{\"state\":\"failed\"}}",
               "batches/b1/state/1.json");
    str_release(&tasks);
}

static void add_one_by_one(struct made *m, struct index *idx)
{
    static const char *const runs[] = { "three", "one", "two" };
    assert_int_equal(index_ingest_tasks(idx, "many.jsonl", NULL), 0);
    assert_int_equal(index_ingest_batch(idx, "b1", NULL), 0);
    for (int i = 89; i >= 0; i--) {
        char *id = str_format("i-%d", i), *folder = str_format("o__n%d", i % 4);
        for (size_t r = 0; r < ARRAY_LEN(runs); r++)
            for (int again = 0; again < 2; again++) {
                char *dir = workspace_path(&m->ws, "runs/%s/%s/%s", runs[r], folder, id);
                if (path_is_dir(dir))
                    assert_int_equal(index_ingest_env(idx, runs[r], folder, id, NULL), 0);
                free(dir);
            }
        free(id);
        free(folder);
    }
}

static void rebuilds_to_the_same(void **state)
{
    struct made *m = *state;
    struct index *idx;
    write_many(m);
    assert_int_equal(index_open(&m->ws, INDEX_WRITE, &idx, NULL), 0);
    add_one_by_one(m, idx);
    char *before = dump_new(idx);
    assert_int_equal(index_catch_up(idx, NULL, NULL), 0);
    char *caught_up = dump_new(idx);
    int64_t version = index_version(idx);
    assert_int_equal(index_reindex(&m->ws, NULL, NULL, NULL, NULL), 0);
    assert_true(index_version(idx) != version);
    char *after = dump_new(idx); /* through the handle that was open all the time */
    assert_string_equal(before, caught_up);
    assert_string_equal(before, after);
    assert_non_null(strstr(after, "\"batch\":\"b1\""));
    free(before);
    free(caught_up);
    free(after);
    index_close(idx);
}

/* ---- lists ---- */

static void check_pages(struct index *idx, const struct list_spec *spec)
{
    struct id_vec all = { 0 }, page = { 0 }, walked = { 0 };
    assert_int_equal(list_ids(idx, spec, NULL, &all, NULL), 0);
    uint32_t after = 0;
    do {
        assert_int_equal(list_page(idx, spec, after, 7, &page, NULL), 0);
        assert_true(page.n <= 7);
        walked.v = xrealloc(walked.v, (walked.n + page.n + 1) * sizeof(*walked.v));
        if (page.n)
            memcpy(walked.v + walked.n, page.v, page.n * sizeof(*page.v));
        walked.n += page.n;
        after = page.n ? page.v[page.n - 1] : 0;
    } while (page.n);
    assert_int_equal(walked.n, all.n);
    if (all.n)
        assert_memory_equal(walked.v, all.v, all.n * sizeof(*all.v));
    id_vec_release(&all);
    id_vec_release(&page);
    id_vec_release(&walked);
}

static void pages_are_the_list(void **state)
{
    static const char *const queries[] = { "", "state:failed,accepted", "-odd", "f2p:>1 even",
                                           "run:one,two,three" };
    struct made *m = *state;
    write_many(m);
    struct index *idx = open_now(m);
    size_t n;
    list_columns(LIST_INSTANCES, &n);
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        struct query *q;
        assert_int_equal(query_parse(queries[i], LIST_INSTANCES, &q, NULL, NULL), 0);
        for (size_t c = 0; c < 2 * n; c++) {
            struct list_spec spec = {
                .kind = LIST_INSTANCES, .query = q, .sort = (int)(c / 2), .desc = c % 2
            };
            check_pages(idx, &spec);
        }
        query_free(q);
    }
    for (enum list_kind kind = 0; kind < LIST_KINDS; kind++) {
        struct list_spec spec = { .kind = kind };
        check_pages(idx, &spec);
    }
    index_close(idx);
}

static int64_t count(struct index *idx, const char *fmt, ...) PRINTF(2, 3);

static int64_t count(struct index *idx, const char *fmt, ...)
{
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct str text = STR_INIT;
    struct query *q;
    int64_t n;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    assert_int_equal(query_parse(text.s, LIST_INSTANCES, &q, NULL, NULL), 0);
    spec.query = q;
    assert_int_equal(list_count(idx, &spec, NULL, &n, NULL), 0);
    query_free(q);
    str_release(&text);
    return n;
}

/* The counters of repositories and runs, which triggers keep, against the rows. */
static int check_counters(void *payload, const struct row *row)
{
    static const char *const states[] = { "accepted", "rejected", "failed", "error", "running" };
    struct dump *d = payload;
    struct index *idx = (struct index *)d->text.s;
    const char *key = d->kind == LIST_RUNS ? "run" : "repo";
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        int column = list_column_find(d->kind, states[i]);
        assert_int_equal(row->cells[column].n,
                         count(idx, "%s:%s state:%s", key, row->cells[0].text, states[i]));
    }
    return 0;
}

static void counters_are_right(void **state)
{
    struct made *m = *state;
    struct group_vec groups = { 0 };
    struct list_spec all = { .kind = LIST_INSTANCES };
    struct funnel f;
    write_many(m);
    struct index *idx = open_now(m);
    add_one_by_one(m, idx);
    for (enum list_kind kind = LIST_REPOSITORIES; kind <= LIST_RUNS; kind += 2) {
        struct list_spec spec = { .kind = kind };
        struct dump d = { .kind = kind };
        d.text.s = (char *)idx;
        assert_int_equal(list_each(idx, &spec, NULL, check_counters, &d, NULL), 0);
    }
    int by[2] = { list_column_find(LIST_INSTANCES, "state"), -1 };
    assert_int_equal(list_groups(idx, &all, by, NULL, &groups, NULL), 0);
    for (size_t i = 0; i < groups.n; i++)
        assert_int_equal(groups.v[i].n, count(idx, "state:%s", groups.v[i].key));
    by[1] = list_column_find(LIST_INSTANCES, "failure_class");
    assert_int_equal(list_groups(idx, &all, by, NULL, &groups, NULL), 0);
    assert_true(groups.n > 6 && groups.v[0].n >= groups.v[1].n && groups.v[0].key2);
    group_vec_release(&groups);
    assert_int_equal(list_funnel(idx, &f, NULL), 0);
    assert_int_equal(f.collected, 90);
    assert_int_equal(f.tried, count(idx, "-state:new"));
    assert_int_equal(f.built, count(idx, "state:accepted,rejected"));
    assert_int_equal(f.proven, count(idx, "state:accepted"));
    index_close(idx);
}

/* ---- failures ---- */

static int add_failure(void *payload, const struct row *row)
{
    const struct cell *c = row->cells;
    str_addf(payload, "%s|%lld|%s|%s|%.2f|%lld\n", c[0].text, (long long)c[1].n, c[2].text,
             c[3].text, c[4].x, (long long)c[5].n);
    return 0;
}

static void expect_failures(struct index *idx, const char *want)
{
    struct list_spec spec = { .kind = LIST_FAILURES };
    struct str got = STR_INIT;
    assert_int_equal(list_each(idx, &spec, NULL, add_failure, &got, NULL), 0);
    assert_string_equal(got.s, want);
    str_release(&got);
}

static void put_failure(struct made *m, const char *id, const char *state, const char *rest)
{
    char *all = str_format(",\"started\":10,\"ended\":%d,\"seconds\":1.5,\"phase\":\"evaluate\"%s",
                           20 + id[2], rest);
    made_status(m, "r", "o/n", id, state, all);
    free(all);
}

static void looks_into_a_cluster(struct index *idx)
{
    struct cluster c;
    assert_int_equal(
        cluster_load(idx, "No module named '<module>'", "import", "evaluate", NULL, &c, NULL), 0);
    assert_int_equal(c.repositories, 1);
    assert_string_equal(c.by_repo.v[0].key, "o/n");
    assert_int_equal(c.by_rule.n, 2);
    assert_string_equal(c.instance_id, "x-2"); /* ended last */
    assert_string_equal(c.log, "round-1/a.log");
    cluster_release(&c);
    assert_int_equal(cluster_load(idx, "unheard of", "", "", NULL, &c, NULL), 0);
    assert_null(c.instance_id);
    cluster_release(&c);
}

/* Every count opens as many rows as it says. */
static void counts_by_two_things(struct index *idx)
{
    for (enum cross_kind kind = CROSS_CLASS; kind <= CROSS_RULE; kind++) {
        struct cross c;
        assert_int_equal(cross_load(idx, kind, NULL, &c, NULL), 0);
        assert_true(c.rows.n > 0);
        for (size_t i = 0; i < c.rows.n * (c.columns.n + 1); i++) {
            size_t row = i / (c.columns.n + 1);
            long column = (long)(i % (c.columns.n + 1)) - 1;
            struct str query = STR_INIT;
            cross_add_query(&query, kind, &c, row, column);
            assert_int_equal(count(idx, "%s", query.s),
                             column < 0 ? c.all[row] : c.n[row * c.columns.n + (size_t)column]);
            str_release(&query);
        }
        cross_release(&c);
    }
}

static void failures_are_clusters(void **state)
{
    static const char log[] = ",\"failure_class\":\"import\",\"log\":\"round-1/a.log\",\"line\":2";
    struct made *m = *state;
    write_tasks(m, "t.jsonl", (const char *const[]){ "x-1", "x-2", "x-3", "x-4", NULL });
    made_write(m, "a\nNo module named 'trio'\n", "runs/r/o__n/x-1/round-1/a.log");
    made_write(m, "b\nNo module named 'yaml'\n", "runs/r/o__n/x-2/round-1/a.log");
    made_write(m, "{\"rule\":\"missing-module\"}", "runs/r/o__n/x-2/round-1/analysis.json");
    put_failure(m, "x-1", "failed", log);
    put_failure(m, "x-2", "failed", log);
    put_failure(m, "x-3", "rejected", ",\"failure_class\":\"flaky\",\"reason\":\"2 of 3 runs\"");
    put_failure(m, "x-4", "accepted", "");
    struct index *idx = open_now(m);
    expect_failures(idx, "<n> of <n> runs|1|evaluate|flaky|1.50|71\n"
                         "No module named '<module>'|2|evaluate|import|3.00|70\n");
    expect(idx, "signature:\"No module named '<module>'\"", "x-1:failed@r x-2:failed@r");
    expect(idx, "signature:\"\"", "x-4:accepted@r");
    expect(idx, "rule:missing-module", "x-2:failed@r");

    looks_into_a_cluster(idx);
    counts_by_two_things(idx);

    put_failure(m, "x-1", "accepted", "");
    put_failure(m, "x-3", "accepted", "");
    assert_int_equal(index_ingest_env(idx, "r", "o__n", "x-1", NULL), 0);
    assert_int_equal(index_ingest_env(idx, "r", "o__n", "x-3", NULL), 0);
    expect_failures(idx, "No module named '<module>'|1|evaluate|import|1.50|70\n");
    index_close(idx);
}

/* ---- the overview ---- */

static void overview_counts_are_queries(void **state)
{
    struct made *m = *state;
    struct overview o;
    struct attention wait[ATTENTIONS];
    int64_t n = 0;
    write_many(m);
    write_tasks(m, "z.jsonl", (const char *const[]){ "z-1", "z-2", "z-3", NULL });
    ended(m, "day", "z-1", "accepted", 1000000);
    ended(m, "day", "z-2", "failed", 1000000 + 3600);
    ended(m, "day", "z-3", "accepted", 1000000 - 25 * 3600);
    struct index *idx = open_now(m);
    assert_int_equal(overview_load(idx, 1000000 + 3601, NULL, &o, NULL), 0);
    for (size_t i = 0; i < OVERVIEW_STAGES; i++)
        assert_int_equal(o.stages[i].n,
                         o.stages[i].query ? count(idx, "%s ", o.stages[i].query) : 0);
    assert_int_equal(o.hours[OVERVIEW_HOURS - 1].ended, 1);
    assert_int_equal(o.hours[OVERVIEW_HOURS - 1].accepted, 0);
    assert_int_equal(o.hours[OVERVIEW_HOURS - 2].accepted, 1);
    for (size_t i = 0; i < OVERVIEW_HOURS; i++)
        n += o.hours[i].ended;
    assert_int_equal(n, 2);
    assert_int_equal(attention_load(idx, NULL, wait, NULL), 0);
    for (size_t i = 0; i < ATTENTIONS; i++)
        assert_int_equal(wait[i].n, count(idx, "%s", wait[i].query));
    assert_int_equal(run_ended_since(idx, "day", 1000000, &n, NULL), 0);
    assert_int_equal(n, 2);
    index_close(idx);
}

/* ---- what may be wrong with the file ---- */

static void write_at(const struct made *m, long offset, const char *bytes, size_t n)
{
    char *path = workspace_path(&m->ws, "index.db");
    FILE *f = fopen(path, offset ? "r+e" : "we");
    assert_non_null(f);
    fseek(f, offset, SEEK_SET);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    free(path);
}

static void damage_is_said_and_mended(void **state)
{
    struct made *m = *state;
    struct index *idx;
    struct error err = ERROR_INIT;
    char noise[4096];
    memset(noise, 0x5a, sizeof(noise));
    write_many(m);
    index_close(open_now(m));
    write_at(m, 0, "this is no database, not at all", 31);
    assert_int_equal(index_open(&m->ws, INDEX_READ, &idx, &err), E_MISSING);
    assert_non_null(strstr(error_text(&err), "bottega reindex"));
    assert_int_equal(index_reindex(&m->ws, NULL, NULL, NULL, &err), 0);
    idx = open_now(m);
    assert_int_equal(count(idx, " "), 90);
    index_close(idx);
    for (long page = 1; page < 40; page++)
        write_at(m, page * 4096, noise, sizeof(noise));
    assert_int_equal(index_reindex(&m->ws, NULL, NULL, NULL, &err), 0);
    idx = open_now(m);
    assert_int_equal(count(idx, " "), 90);
    index_close(idx);
    error_release(&err);
}

static void raise_stop(void *payload, const char *what UNUSED, int64_t done UNUSED,
                       int64_t total UNUSED)
{
    cancel_raise(payload);
}

static void a_stopped_reindex_changes_nothing(void **state)
{
    struct made *m = *state;
    struct cancel before = CANCEL_INIT, between = CANCEL_INIT;
    write_many(m);
    index_close(open_now(m));
    write_tasks(m, "z.jsonl", (const char *const[]){ "z-1", NULL });
    cancel_raise(&before);
    assert_int_equal(index_reindex(&m->ws, NULL, NULL, &before, NULL), E_CANCELLED);
    assert_int_equal(index_reindex(&m->ws, raise_stop, &between, &between, NULL), E_CANCELLED);
    struct index *idx;
    assert_int_equal(index_open(&m->ws, INDEX_READ, &idx, NULL), 0);
    assert_int_equal(count(idx, " "), 90);
    index_close(idx);
    assert_int_equal(index_reindex(&m->ws, NULL, NULL, NULL, NULL), 0);
    assert_int_equal(index_open(&m->ws, INDEX_READ, &idx, NULL), 0);
    assert_int_equal(count(idx, " "), 91);
    index_close(idx);
}

static void newer_is_refused(void **state)
{
    struct made *m = *state;
    struct index *idx;
    struct error err = ERROR_INIT;
    sqlite3 *db;
    index_close(open_now(m));
    char *path = workspace_path(&m->ws, "index.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    free(path);
    assert_int_equal(index_open(&m->ws, INDEX_WRITE, &idx, &err), E_NEWER);
    assert_null(idx);
    assert_non_null(strstr(error_text(&err), "newer bottega"));
    error_release(&err);
}

static void missing_is_said(void **state)
{
    struct made *m = *state;
    struct index *idx;
    struct error err = ERROR_INIT;
    assert_int_equal(index_open(&m->ws, INDEX_READ, &idx, &err), E_MISSING);
    assert_non_null(strstr(error_text(&err), "bottega reindex"));
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(follows_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_the_latest_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_bundles_without_tasks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_what_it_cannot_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rebuilds_to_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_are_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counters_are_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failures_are_clusters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(overview_counts_are_queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_said_and_mended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stopped_reindex_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(newer_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_is_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
