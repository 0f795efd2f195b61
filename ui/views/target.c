#include "ui/views/target.h"

#include "ui/listing.h"

#include <stdlib.h>
#include <string.h>

void target_of_listing(const struct listing *l, struct target *out)
{
    const struct table *t = l->table;
    uint32_t here = table_id(t);
    memset(out, 0, sizeof(*out));
    out->kind = l->kind;
    out->marks = t->n_marks > 0;
    out->n = out->marks ? t->n_marks : here ? 1 : 0;
    out->rows = xcalloc(out->n + 1, sizeof(*out->rows));
    if (out->n)
        memcpy(out->rows, out->marks ? t->marks : &here, out->n * sizeof(*out->rows));
}

void target_release(struct target *t)
{
    free(t->rows);
    free(t->id);
    memset(t, 0, sizeof(*t));
}

void target_add_words(const struct target *t, struct str *out)
{
    const char *noun = t->kind == LIST_REPOSITORIES ? "repositor" : "instance";
    const char *one = t->kind == LIST_REPOSITORIES ? "y" : "";
    const char *many = t->kind == LIST_REPOSITORIES ? "ies" : "s";
    if (t->all)
        str_add(out, "every instance of the workspace");
    else if (t->id)
        str_add(out, t->id);
    else
        str_addf(out, "%zu %s%s%s", t->n, t->marks ? "marked " : "", noun, t->n == 1 ? one : many);
}

static int on_row(void *payload, const struct row *row)
{
    strv_add(payload, row->cells[list_column_find(LIST_INSTANCES, "instance_id")].text);
    return 0;
}

static int add_repository(struct index *idx, const char *repo, struct strv *out, struct error *err)
{
    struct str text = STR_INIT;
    struct query *q = NULL;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    query_add_word(&text, "repo", repo);
    int rc = query_parse(text.s, LIST_INSTANCES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_each(idx, &spec, NULL, on_row, out, err);
    query_free(q);
    str_release(&text);
    return rc;
}

static int add_row(const struct target *t, struct index *idx, const struct row *row,
                   struct strv *out, struct error *err)
{
    if (!row->id)
        return 0;
    if (t->kind == LIST_REPOSITORIES)
        return add_repository(idx, row->cells[list_column_find(t->kind, "repo")].text, out, err);
    return on_row(out, row);
}

int target_ids(const struct target *t, struct index *idx, struct strv *out, struct error *err)
{
    struct row *rows = xcalloc(t->n + 1, sizeof(*rows));
    int rc = 0;
    if (t->id)
        strv_add(out, t->id);
    if (t->n)
        rc = list_rows(idx, t->kind, t->rows, t->n, rows, err);
    for (size_t i = 0; rc == 0 && i < t->n; i++)
        rc = add_row(t, idx, &rows[i], out, err);
    for (size_t i = 0; i < t->n; i++)
        row_release(&rows[i]);
    free(rows);
    return rc;
}
