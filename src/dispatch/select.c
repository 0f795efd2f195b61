#include "dispatch/dispatch.h"
#include "index/index.h"

#include <string.h>

struct selecting {
    struct selection *out;
    int id_col, state_col;
    struct map ended; /* instance_id -> its state in the run, borrowed from nobody */
    struct map named; /* ids asked for -> non-NULL once met */
    bool all;         /* neither ids nor a query */
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
static int each_row(const struct select_spec *want, const char *text, list_row_fn fn, void *payload,
                    struct error *err)
{
    struct query *q = NULL;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    int rc = saved_parse(index_workspace(want->idx), text, LIST_INSTANCES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_each(want->idx, &spec, want->stop, fn, payload, err);
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

int selection_mean(const struct select_spec *want, double *mean, struct error *err)
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
        rc = list_groups(want->idx, &spec, by, want->stop, &groups, err);
    for (size_t i = 0; i < groups.n; i++) {
        seconds += groups.v[i].seconds;
        n += groups.v[i].n;
    }
    *mean = n ? seconds / (double)n : 0;
    group_vec_release(&groups);
    query_free(q);
    return rc;
}

/* ---- the two selections ---- */

static void selecting_init(struct selecting *s, const struct select_spec *want,
                           struct selection *out)
{
    size_t named = want->named ? want->named->n : 0;
    memset(out, 0, sizeof(*out));
    strv_init(&out->ids);
    s->out = out;
    s->id_col = list_column_find(LIST_INSTANCES, "instance_id");
    s->state_col = list_column_find(LIST_INSTANCES, "state");
    s->all = !named && !want->where;
    map_init(&s->ended, NULL);
    map_init(&s->named, NULL);
    for (size_t i = 0; i < named; i++)
        map_put(&s->named, want->named->v[i], NULL);
}

static void selecting_release(struct selecting *s)
{
    map_release(&s->ended);
    map_release(&s->named);
}

int select_unfinished(const struct select_spec *want, struct selection *out, struct error *err)
{
    struct selecting s;
    struct str text = STR_INIT;
    selecting_init(&s, want, out);
    query_add_word(&text, "run", want->run);
    int rc = each_row(want, text.s, on_ended, &s, err);
    if (rc == 0)
        rc = each_row(want, want->where, on_candidate, &s, err);
    if (rc == 0)
        rc = check_named(&s, "instance of the workspace (bottega list instances)", err);
    str_release(&text);
    selecting_release(&s);
    return rc;
}

int select_again(const struct select_spec *want, struct selection *out, struct error *err)
{
    struct selecting s;
    selecting_init(&s, want, out);
    int rc = each_row(want, want->where, on_candidate, &s, err);
    if (rc == 0)
        rc = check_named(&s, "instance of the workspace (bottega list instances)", err);
    selecting_release(&s);
    return rc;
}

static int select_states(const struct select_spec *want, const char *states, const char *what,
                         struct selection *out, struct error *err)
{
    struct selecting s;
    struct str text = STR_INIT;
    selecting_init(&s, want, out);
    str_addf(&text, "%s ", want->where ? want->where : "");
    query_add_word(&text, "run", want->run);
    str_addf(&text, " state:%s", states);
    int rc = each_row(want, text.s, on_candidate, &s, err);
    if (rc == 0)
        rc = check_named(&s, what, err);
    str_release(&text);
    selecting_release(&s);
    return rc;
}

int select_accepted(const struct select_spec *want, struct selection *out, struct error *err)
{
    return select_states(want, "accepted", "accepted environment of the run (--run NAME)", out,
                         err);
}

int select_ended(const struct select_spec *want, struct selection *out, struct error *err)
{
    return select_states(want, "accepted,rejected,failed",
                         "instance that ended in the run (--run NAME)", out, err);
}
