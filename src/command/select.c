#include "command/select.h"

#include "command/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct selecting {
    struct selection *out;
    int id_col, state_col;
    struct map ended; /* instance_id -> its state in the run, borrowed from nobody */
    struct map named; /* ids of the command line -> non-NULL once met */
    bool all;         /* neither ids nor --where */
};

void selection_release(struct selection *s)
{
    strv_release(&s->ids);
}

static bool is_end(const char *state)
{
    static const char *const ends[] = { "accepted", "rejected", "failed" };
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (strcmp(state, ends[i]) == 0)
            return true;
    return false;
}

/* ---- going through rows ---- */

/* Every row of the query `text` (NULL: all) to `fn`. */
static int each_row(struct invocation *inv, struct index *idx, const char *text, list_row_fn fn,
                    void *payload, struct error *err)
{
    struct query *q = NULL;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    int rc = where_parse(text, LIST_INSTANCES, &q, err);
    spec.query = q;
    if (rc == 0)
        rc = list_each(idx, &spec, inv->stop, fn, payload, err);
    query_free(q);
    return rc;
}

static int on_ended(void *payload, const struct row *row)
{
    struct selecting *s = payload;
    if (is_end(row->cells[s->state_col].text))
        map_put(&s->ended, row->cells[s->id_col].text, s);
    return 0;
}

static bool is_asked_for(struct selecting *s, const char *id, const char *state)
{
    if (s->named.live) {
        if (!map_has(&s->named, id))
            return false;
        map_put(&s->named, id, s);
    }
    return !s->all || strcmp(state, "screened") != 0;
}

static int on_candidate(void *payload, const struct row *row)
{
    struct selecting *s = payload;
    const char *id = row->cells[s->id_col].text;
    if (!is_asked_for(s, id, row->cells[s->state_col].text))
        return 0;
    if (map_has(&s->ended, id))
        s->out->finished++;
    else
        strv_add(&s->out->ids, id);
    return 0;
}

static int check_named(const struct selecting *s, const char *what, struct error *err)
{
    for (struct map_entry *e = NULL; (e = map_next(&s->named, e));)
        if (!e->value)
            return error_set(err, E_USAGE, "%s is no %s", e->key, what);
    return 0;
}

/* What earlier instances took, for --dry-run. */
static int take_means(struct invocation *inv, struct index *idx, struct selection *out,
                      struct error *err)
{
    struct query *q = NULL;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    const int by[2] = { list_column_find(LIST_INSTANCES, "state"), -1 };
    struct group_vec groups = { 0 };
    double seconds = 0;
    int64_t n = 0;
    int rc = query_parse("state:accepted,rejected,failed", LIST_INSTANCES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_groups(idx, &spec, by, inv->stop, &groups, err);
    for (size_t i = 0; i < groups.n; i++) {
        seconds += groups.v[i].seconds;
        n += groups.v[i].n;
    }
    out->mean_seconds = n ? seconds / (double)n : 0;
    group_vec_release(&groups);
    query_free(q);
    return rc;
}

/* ---- the two selections ---- */

static void selecting_init(struct selecting *s, struct invocation *inv, struct selection *out)
{
    memset(out, 0, sizeof(*out));
    strv_init(&out->ids);
    s->out = out;
    s->id_col = list_column_find(LIST_INSTANCES, "instance_id");
    s->state_col = list_column_find(LIST_INSTANCES, "state");
    s->all = !inv->args->names.n && !args_text(inv->args, "where", NULL);
    map_init(&s->ended, NULL);
    map_init(&s->named, NULL);
    for (size_t i = 0; i < inv->args->names.n; i++)
        map_put(&s->named, inv->args->names.v[i], NULL);
}

static void selecting_release(struct selecting *s)
{
    map_release(&s->ended);
    map_release(&s->named);
}

int select_unfinished(struct invocation *inv, const char *run, struct selection *out,
                      struct error *err)
{
    struct selecting s;
    struct index *idx = NULL;
    struct str text = STR_INIT;
    selecting_init(&s, inv, out);
    query_add_word(&text, "run", run);
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (rc == 0)
        rc = each_row(inv, idx, text.s, on_ended, &s, err);
    if (rc == 0)
        rc = each_row(inv, idx, args_text(inv->args, "where", NULL), on_candidate, &s, err);
    if (rc == 0)
        rc = check_named(&s, "instance of the workspace (bottega list instances)", err);
    if (rc == 0 && args_flag(inv->args, "dry-run"))
        rc = take_means(inv, idx, out, err);
    if (idx)
        index_close(idx);
    str_release(&text);
    selecting_release(&s);
    return rc;
}

int select_accepted(struct invocation *inv, const char *run, struct selection *out,
                    struct error *err)
{
    struct selecting s;
    struct index *idx = NULL;
    struct str text = STR_INIT;
    selecting_init(&s, inv, out);
    str_addf(&text, "%s ", args_text(inv->args, "where", ""));
    query_add_word(&text, "run", run);
    str_add(&text, " state:accepted");
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (rc == 0)
        rc = each_row(inv, idx, text.s, on_candidate, &s, err);
    if (rc == 0)
        rc = check_named(&s, "accepted environment of the run (--run NAME)", err);
    if (rc == 0 && args_flag(inv->args, "dry-run"))
        rc = take_means(inv, idx, out, err);
    if (idx)
        index_close(idx);
    str_release(&text);
    selecting_release(&s);
    return rc;
}

/* ---- --dry-run ---- */

static void print_plan_json(const struct selection *s, const char *verb, const char *run,
                            int64_t jobs, double seconds)
{
    json_t *doc = json_object();
    json_put_text(doc, "verb", verb);
    json_put_text(doc, "run", run);
    json_put_int(doc, "instances", (int64_t)s->ids.n);
    json_put_int(doc, "finished", s->finished);
    json_put_int(doc, "jobs", jobs);
    json_object_set_new(doc, "seconds", seconds > 0 ? json_real(seconds) : json_null());
    json_object_set_new(doc, "ids", json_from_strv(&s->ids));
    char *line = json_line_new(doc);
    printf("%s\n", line);
    free(line);
    json_decref(doc);
}

void selection_print_plan(const struct invocation *inv, const struct selection *s, const char *verb,
                          const char *run, int64_t jobs)
{
    struct str line = STR_INIT;
    double seconds = s->mean_seconds * (double)s->ids.n / (double)jobs;
    if (inv->json) {
        print_plan_json(s, verb, run, jobs, seconds);
        return;
    }
    for (size_t i = 0; i < s->ids.n; i++)
        printf("%s\n", s->ids.v[i]);
    str_addf(&line, "would %s %zu in the run %s, %lld at a time", verb, s->ids.n, run,
             (long long)jobs);
    if (s->finished)
        str_addf(&line, "; %lld ended before", (long long)s->finished);
    str_add(&line, seconds > 0 ? "; about " : "; nobody knows yet how long it takes");
    if (seconds > 0)
        text_add_seconds(&line, seconds);
    printf("%s; no cost: the rules ask no model\n", line.s);
    str_release(&line);
}
