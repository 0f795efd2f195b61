#include "ui/views/target.h"

#include "ui/listing.h"

#include <stdlib.h>
#include <string.h>

/* The marked rows in the order of the list, then those that it does not show. */
static void add_marked(const struct listing *l, uint32_t *rows)
{
    const struct table *t = l->table;
    bool *shown = xcalloc(t->n_marks + 1, sizeof(*shown));
    size_t n = 0, at;
    for (size_t i = 0; i < l->ids.n && n < t->n_marks; i++) {
        if (!table_find_mark(t, l->ids.v[i], &at))
            continue;
        shown[at] = true;
        rows[n++] = l->ids.v[i];
    }
    for (size_t i = 0; i < t->n_marks; i++)
        if (!shown[i])
            rows[n++] = t->marks[i];
    free(shown);
}

void target_of_listing(const struct listing *l, struct target *out)
{
    const struct table *t = l->table;
    uint32_t here = table_id(t);
    memset(out, 0, sizeof(*out));
    out->kind = l->kind;
    out->marks = t->n_marks > 0;
    out->n = out->marks ? t->n_marks : here ? 1 : 0;
    out->rows = xcalloc(out->n + 1, sizeof(*out->rows));
    if (out->marks)
        add_marked(l, out->rows);
    else
        out->rows[0] = here;
}

void target_release(struct target *t)
{
    free(t->rows);
    free(t->id);
    strv_release(&t->ids);
    free(t->run);
    memset(t, 0, sizeof(*t));
}

void target_add_words(const struct target *t, struct str *out)
{
    static const char *const nouns[LIST_KINDS][2] = {
        [LIST_REPOSITORIES] = { "repository", "repositories" },
        [LIST_FAILURES] = { "cluster of failures", "clusters of failures" },
        [LIST_TRAJECTORIES] = { "trajectory", "trajectories" },
    };
    const char *one = nouns[t->kind][0] ? nouns[t->kind][0] : "instance";
    const char *many = nouns[t->kind][1] ? nouns[t->kind][1] : "instances";
    if (t->all)
        str_add(out, "every instance of the workspace");
    else if (t->id)
        str_add(out, t->id);
    else if (t->ids.n)
        str_addf(out, "%zu instance%s", t->ids.n, t->ids.n == 1 ? "" : "s");
    else
        str_addf(out, "%zu %s%s", t->n, t->marks ? "marked " : "", t->n == 1 ? one : many);
}

static int on_row(void *payload, const struct row *row)
{
    strv_add(payload, row->cells[list_column_find(LIST_INSTANCES, "instance_id")].text);
    return 0;
}

static int add_matches(struct index *idx, const char *query, struct strv *out, struct error *err)
{
    struct query *q = NULL;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    int rc = query_parse(query, LIST_INSTANCES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_each(idx, &spec, NULL, on_row, out, err);
    query_free(q);
    return rc;
}

static const char *text_of(const struct target *t, const struct row *row, const char *column)
{
    return row->cells[list_column_find(t->kind, column)].text;
}

static int add_row(const struct target *t, struct index *idx, const struct row *row,
                   struct strv *out, struct error *err)
{
    if (!row->id)
        return 0;
    struct str query = STR_INIT;
    if (t->kind == LIST_REPOSITORIES)
        query_add_word(&query, "repo", text_of(t, row, "repo"));
    else if (t->kind == LIST_FAILURES)
        cluster_add_query(&query, text_of(t, row, "signature"), text_of(t, row, "failure_class"),
                          text_of(t, row, "phase"));
    else
        strv_add(out, text_of(t, row, "instance_id"));
    int rc = query.len ? add_matches(idx, query.s, out, err) : 0;
    str_release(&query);
    return rc;
}

int target_ids(const struct target *t, struct index *idx, struct strv *out, struct error *err)
{
    struct row *rows = xcalloc(t->n + 1, sizeof(*rows));
    int rc = 0;
    if (t->id)
        strv_add(out, t->id);
    strv_add_list(out, &t->ids);
    if (t->n)
        rc = list_rows(idx, t->kind, t->rows, t->n, rows, err);
    for (size_t i = 0; rc == 0 && i < t->n; i++)
        rc = add_row(t, idx, &rows[i], out, err);
    for (size_t i = 0; i < t->n; i++)
        row_release(&rows[i]);
    free(rows);
    return rc;
}
