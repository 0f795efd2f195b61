#include "index/signature.h"
#include "index/store.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT = 1 };

/* What an environment repeats of its task: taken from `instances i` and `repositories r`. */
#define OF_TASK     "instance, repository, pull_number, created_at, instance_id, repo, title"
#define TASK_VALUES "i.id, r.id, i.pull_number, i.created_at, i.instance_id, i.repo, i.title"
#define TASK_TABLES "instances i JOIN repositories r ON r.repo = i.repo"
/* What is its own. */
#define OWN                                                                                        \
    "run_id, round, f2p, p2p, verified, verify_failed, image_bytes, started, ended, line, stamp, " \
    "seconds, cost_usd, state, failure_class, phase, python, agent, run, log, reason, signature, " \
    "rule"
#define OWN_OF_E                                                                                   \
    "e.run_id, e.round, e.f2p, e.p2p, e.verified, e.verify_failed, e.image_bytes, e.started, "     \
    "e.ended, e.line, e.stamp, e.seconds, e.cost_usd, e.state, e.failure_class, e.phase, "         \
    "e.python, e.agent, e.run, e.log, e.reason, e.signature, e.rule"

/* The documents of a folder, and where it is. */
struct env {
    const char *run, *folder, *instance_id;
    char *dir; /* absolute */
    json_t *status, *cost, *image;
    char *trouble; /* why status.json cannot be used; NULL: it can */
    int64_t stamp;
    int64_t instance, run_id;
};

int environment_add_new(struct index *idx, int64_t instance, struct error *err)
{
    return store_run(idx, err,
                     "INSERT INTO environments (latest, run_id, state, " OF_TASK ") "
                     "SELECT 1, 0, 'new', " TASK_VALUES " FROM " TASK_TABLES " WHERE i.id = ?",
                     "i", instance);
}

/* Gives the row another id (0: a fresh one); a copy and a removal, so that the triggers see
 * both, and what it repeats of its task is read again. */
static int move_row(struct index *idx, int64_t from, int64_t to, int64_t latest, int64_t *id,
                    struct error *err)
{
    int rc = store_int(idx, 0, id, err,
                       "INSERT INTO environments (id, latest, " OF_TASK ", " OWN ") "
                       "SELECT nullif(?, 0), ?, " TASK_VALUES ", " OWN_OF_E
                       " FROM environments e JOIN instances i ON i.id = e.instance "
                       "JOIN repositories r ON r.repo = i.repo WHERE e.id = ? RETURNING id",
                       "iii", to, latest, from);
    if (rc == 0)
        rc = store_run(idx, err, "DELETE FROM environments WHERE id = ?", "i", from);
    return rc;
}

int environment_refresh(struct index *idx, int64_t instance, struct error *err)
{
    int64_t last = -1, id, latest, fresh;
    int rc = 0;
    while (rc == 0) {
        rc = store_int(idx, -1, &id, err,
                       "SELECT min(id) FROM environments WHERE instance = ? AND id > ?", "ii",
                       instance, last);
        if (rc < 0 || id <= 0)
            break;
        rc = store_int(idx, 0, &latest, err, "SELECT latest FROM environments WHERE id = ?", "i",
                       id);
        if (rc == 0)
            rc = move_row(idx, id, 0, latest, &fresh, err);
        if (rc == 0)
            rc = move_row(idx, fresh, id, latest, &fresh, err);
        last = id;
    }
    return rc;
}

/* ---- reading a folder ---- */

static json_t *read_document(const struct env *e, const char *name, char **trouble)
{
    struct error err = ERROR_INIT;
    json_t *doc = NULL;
    char *path = str_format("%s/%s", e->dir, name);
    if (!path_exists(path))
        goto out;
    if (json_read_file(path, &doc, &err) < 0 && trouble)
        *trouble = str_format("%s cannot be read: %s", name, error_text(&err));
    else if (json_get_int(doc, "format", FORMAT) > FORMAT && trouble)
        *trouble = str_format("%s has format %lld, made by a newer bottega", name,
                              (long long)json_get_int(doc, "format", 0));
out:
    error_release(&err);
    free(path);
    return doc;
}

static void env_read(struct index *idx, struct env *e)
{
    char *status = str_format("runs/%s/%s/%s/status.json", e->run, e->folder, e->instance_id);
    e->dir = workspace_path(idx->ws, "runs/%s/%s/%s", e->run, e->folder, e->instance_id);
    e->stamp = stamp_mark(stamp_now(idx, status));
    e->status = read_document(e, "status.json", &e->trouble);
    e->cost = read_document(e, "cost.json", NULL);
    e->image = read_document(e, "image.json", NULL);
    free(status);
}

static void env_release(struct env *e)
{
    free(e->dir);
    free(e->trouble);
    json_decref(e->status);
    json_decref(e->cost);
    json_decref(e->image);
}

static int64_t get_time(const json_t *doc, const char *key)
{
    int64_t utc = json_get_int(doc, key, 0);
    return clock_parse(json_get_str(doc, key, ""), &utc) ? utc : json_get_int(doc, key, 0);
}

/* A number, or how many there are. */
static int64_t get_count(const json_t *doc, const char *key)
{
    const json_t *list = json_object_get(doc, key);
    return json_is_array(list) ? (int64_t)json_array_size(list) : json_get_int(doc, key, 0);
}

/* What the evidence says, else the reason; nothing for what did not go wrong. */
static void add_signature(const struct env *e, const char *state, struct str *out)
{
    static const char *const wrong[] = { "failed", "rejected", "error" };
    const json_t *s = e->status;
    const char *reason = e->trouble ? e->trouble : json_get_str(s, "reason", "");
    bool is = false;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        is = is || strcmp(state, wrong[i]) == 0;
    if (!is)
        return;
    if (e->trouble ||
        !signature_of_log(out, e->dir, json_get_str(s, "log", ""), json_get_int(s, "line", 0)))
        signature_add(out, reason, strlen(reason));
    if (!out->len)
        str_add(out, "nothing was said");
}

static int add_row(struct index *idx, const struct env *e, int64_t id, int64_t latest,
                   struct error *err)
{
    const json_t *s = e->status;
    const char *state = e->trouble ? "error" : json_get_str(s, "state", "running");
    struct str signature = STR_INIT;
    add_signature(e, state, &signature);
    int rc = store_run(
        idx, err,
        "INSERT INTO environments (" OF_TASK ", id, latest, " OWN ") SELECT " TASK_VALUES
        ", nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "coalesce((SELECT x.rule FROM rounds x WHERE x.instance = i.id AND x.run_id = ? "
        "AND x.rule > '' ORDER BY x.round DESC LIMIT 1), '') "
        "FROM " TASK_TABLES " WHERE i.id = ?",
        "iiiiiiiiiiiiiffsssssssssii", id, latest, e->run_id, json_get_int(s, "round", 0),
        get_count(s, "f2p"), get_count(s, "p2p"), json_get_int(s, "verified", 0),
        json_get_int(s, "verify_failed", 0), json_get_int(e->image, "size", 0),
        get_time(s, "started"), get_time(s, "ended"), json_get_int(s, "line", 0), e->stamp,
        json_get_num(s, "seconds", 0), json_get_num(e->cost, "cost_usd", 0), state,
        json_get_str(s, "failure_class", ""), json_get_str(s, "phase", ""),
        json_get_str(s, "python", ""), json_get_str(s, "agent", ""), e->run,
        json_get_str(s, "log", ""), e->trouble ? e->trouble : json_get_str(s, "reason", ""),
        signature.s, e->run_id, e->instance);
    str_release(&signature);
    return rc;
}

/* ---- quality signals ---- */

static int drop_signals(struct index *idx, const struct env *e, struct error *err)
{
    return store_run(idx, err, "DELETE FROM signals WHERE instance = ? AND run_id = ?", "ii",
                     e->instance, e->run_id);
}

/* Of the last round that was judged: one that ended in the build has none. */
struct judged {
    int64_t round;
    json_t *signals;
};

static void keep_signals(struct judged *j, int64_t n, const json_t *ev)
{
    json_t *signals = json_object_get(ev, "signals");
    if (!json_is_object(signals) || n < j->round)
        return;
    json_decref(j->signals);
    j->signals = json_incref(signals);
    j->round = n;
}

static int add_signals(struct index *idx, const struct env *e, json_t *signals, struct error *err)
{
    const char *name;
    json_t *row;
    int rc = drop_signals(idx, e, err);
    json_object_foreach(signals, name, row)
    {
        if (rc == 0)
            rc = store_run(idx, err,
                           "INSERT OR REPLACE INTO signals (name, hint, instance, run_id, flag, "
                           "value) VALUES (?, ?, ?, ?, ?, ?)",
                           "ssiiif", name, json_get_str(row, "group", ""), e->instance, e->run_id,
                           (int64_t)json_get_bool(row, "flag", false),
                           json_get_num(row, "value", 0));
    }
    return rc;
}

/* ---- rounds ---- */

static int add_round(struct index *idx, const struct env *e, int64_t n, struct judged *judged,
                     struct error *err)
{
    struct env round = { .dir = str_format("%s/round-%lld", e->dir, (long long)n) };
    json_t *ev = read_document(&round, "evaluation.json", NULL);
    json_t *an = read_document(&round, "analysis.json", NULL);
    const char *class = json_get_str(an, "class", json_get_str(ev, "verdict", ""));
    int rc = store_run(idx, err,
                       "INSERT OR REPLACE INTO rounds (run_id, instance, round, f2p, p2p, line, "
                       "accepted, phase, failure_class, rule, remedy, log, reason) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "iiiiiiissssss", e->run_id, e->instance, n, get_count(ev, "f2p"),
                       get_count(ev, "p2p"), json_get_int(an, "line", 0),
                       (int64_t)json_get_bool(ev, "accepted", false),
                       json_get_str(ev, "reached", ""), class, json_get_str(an, "rule", ""),
                       json_get_str(an, "remedy", ""), json_get_str(an, "log", ""),
                       json_get_str(an, "reason", json_get_str(ev, "reason", "")));
    keep_signals(judged, n, ev);
    json_decref(ev);
    json_decref(an);
    free(round.dir);
    return rc;
}

static int drop_rounds(struct index *idx, const struct env *e, struct error *err)
{
    return store_run(idx, err, "DELETE FROM rounds WHERE instance = ? AND run_id = ?", "ii",
                     e->instance, e->run_id);
}

static int add_rounds(struct index *idx, const struct env *e, struct error *err)
{
    struct strv names = STRV_INIT;
    struct judged judged = { 0, NULL };
    int rc = dir_list(e->dir, &names, NULL) < 0 ? 0 : drop_rounds(idx, e, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *end;
        if (!str_starts(names.v[i], "round-"))
            continue;
        long long n = strtoll(names.v[i] + 6, &end, 10);
        if (n > 0 && !*end)
            rc = add_round(idx, e, n, &judged, err);
    }
    strv_release(&names);
    if (rc == 0)
        rc = add_signals(idx, e, judged.signals, err);
    json_decref(judged.signals);
    return rc;
}

/* ---- which row is the latest ---- */

/* The row of the instance that is shown: the one begun last, then the greater name. */
static int elect(struct index *idx, int64_t instance, int64_t shown, struct error *err)
{
    int64_t newest, fresh;
    int rc = store_int(idx, 0, &newest, err,
                       "SELECT id FROM environments WHERE instance = ? "
                       "ORDER BY started DESC, run DESC LIMIT 1",
                       "i", instance);
    if (rc < 0 || newest == 0)
        return rc;
    int64_t latest = 0, taken = 0;
    rc = store_int(idx, 0, &latest, err, "SELECT latest FROM environments WHERE id = ?", "i",
                   newest);
    if (rc < 0 || (latest && newest == shown))
        return rc;
    rc = store_int(idx, 0, &taken, err, "SELECT id FROM environments WHERE id = ?", "i", shown);
    if (rc == 0 && taken)
        rc = move_row(idx, shown, 0, 0, &fresh, err);
    if (rc == 0)
        rc = move_row(idx, newest, shown, 1, &fresh, err);
    return rc;
}

/* Takes the old row of this run, and the one that stands for "never tried". */
static int drop_rows(struct index *idx, const struct env *e, int64_t *shown, struct error *err)
{
    int rc = store_int(idx, 0, shown, err,
                       "SELECT id FROM environments WHERE instance = ? AND latest = 1", "i",
                       e->instance);
    if (rc == 0)
        rc = store_run(idx, err, "DELETE FROM environments WHERE instance = ? AND run_id IN (0, ?)",
                       "ii", e->instance, e->run_id);
    return rc;
}

/* The row names a rule of its rounds, so these come first. */
static int replace_rows(struct index *idx, const struct env *e, struct error *err)
{
    int64_t shown, others = 0;
    int rc = add_rounds(idx, e, err);
    if (rc == 0)
        rc = drop_rows(idx, e, &shown, err);
    if (rc == 0)
        rc = store_int(idx, 0, &others, err, "SELECT id FROM environments WHERE instance = ?", "i",
                       e->instance);
    if (rc == 0)
        rc = add_row(idx, e, others ? 0 : shown, others == 0, err);
    return rc == 0 && others ? elect(idx, e->instance, shown, err) : rc;
}

/* The folder is gone: so is its row; the next run shows, or "never tried". */
static int forget(struct index *idx, const struct env *e, struct error *err)
{
    int64_t shown, others = 0, from_task = 0;
    int rc = drop_rows(idx, e, &shown, err);
    if (rc == 0)
        rc = drop_rounds(idx, e, err);
    if (rc == 0)
        rc = drop_signals(idx, e, err);
    if (rc == 0)
        rc = store_int(idx, 0, &others, err, "SELECT id FROM environments WHERE instance = ?", "i",
                       e->instance);
    if (rc == 0 && others)
        return elect(idx, e->instance, shown, err);
    if (rc == 0)
        rc = store_int(idx, -1, &from_task, err, "SELECT task_length FROM instances WHERE id = ?",
                       "i", e->instance);
    if (rc < 0)
        return rc;
    return from_task >= 0
               ? environment_add_new(idx, e->instance, err)
               : store_run(idx, err, "DELETE FROM instances WHERE id = ?", "i", e->instance);
}

/* ---- ingest ---- */

/* A bundle from elsewhere has no task file: its instance.json serves. */
static int find_instance(struct index *idx, struct env *e, struct error *err)
{
    int rc = store_int(idx, 0, &e->instance, err, "SELECT id FROM instances WHERE instance_id = ?",
                       "s", e->instance_id);
    if (rc < 0 || e->instance)
        return rc;
    json_t *row = read_document(e, "instance.json", NULL);
    struct task_place at = { .offset = 0, .length = -1 };
    at.file = str_format("runs/%s/%s/%s/instance.json", e->run, e->folder, e->instance_id);
    if (strcmp(json_get_str(row, "instance_id", ""), e->instance_id) == 0)
        rc = task_add(idx, row, &at, &e->instance, err);
    free(at.file);
    json_decref(row);
    return rc;
}

static int find_run(struct index *idx, struct env *e, struct error *err)
{
    int rc = store_int(idx, 0, &e->run_id, err, "SELECT id FROM runs WHERE run = ?", "s", e->run);
    if (rc == 0 && !e->run_id)
        rc = store_int(idx, 0, &e->run_id, err, "INSERT INTO runs (run) VALUES (?) RETURNING id",
                       "s", e->run);
    return rc;
}

static int ingest(struct index *idx, struct env *e, struct error *err)
{
    bool here = path_is_dir(e->dir);
    int rc = find_instance(idx, e, err);
    if (rc < 0 || !e->instance)
        return rc;
    rc = find_run(idx, e, err);
    if (rc == 0)
        rc = here ? replace_rows(idx, e, err) : forget(idx, e, err);
    return rc;
}

int index_ingest_env(struct index *idx, const char *run, const char *repo_folder,
                     const char *instance_id, struct error *err)
{
    struct env e = { .run = run, .folder = repo_folder, .instance_id = instance_id };
    if (!path_is_safe(run) || !path_is_safe(repo_folder) || !path_is_safe(instance_id))
        return error_set(err, E_USAGE, "%s/%s/%s is no folder of a run", run, repo_folder,
                         instance_id);
    env_read(idx, &e);
    int rc = store_begin(idx, err);
    if (rc == 0)
        rc = store_end(idx, ingest(idx, &e, err), err);
    env_release(&e);
    return rc;
}
