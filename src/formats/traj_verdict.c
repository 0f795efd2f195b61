#include "formats/verdict.h"

#include <stdlib.h>
#include <string.h>

/* ---- shapes ---- */

enum shape {
    NO_SHAPE,
    PREDICTION,
    PREDICTIONS,
    SINGLE,
    SINGLE_BY_ID,
    SUMMARY,
    TRIAL,
    TRIALS,
    TASK
};

/* One of the keys is enough; where a key is looked for: in the object, or in its first value. */
static const struct {
    const char *keys;
    bool inside; /* of the first value */
    enum shape shape;
} shapes[] = {
    { "model_patch", false, PREDICTION },
    { "fix_patch", false, PREDICTION },
    { "problem_statement", false, TASK },
    { "patch_successfully_applied", false, SINGLE },
    { "is_resolved", false, TRIAL },
    { "verifier_result", false, TRIAL },
    { "resolved_ids", false, SUMMARY },
    { "ids_resolved", false, SUMMARY },
    { "no_generation", false, SUMMARY },
    { "model_patch", true, PREDICTIONS },
    { "patch_successfully_applied", true, SINGLE_BY_ID },
};

static bool object_has(struct json_at at, const char *name)
{
    struct json_span key;
    if (json_peek(&at) != '{' || !json_enter(&at))
        return false;
    while (json_member(&at, &key)) {
        if (json_is(key, name))
            return true;
        json_skip(&at);
    }
    return false;
}

static bool first_value(struct json_at *at)
{
    struct json_span key;
    return json_peek(at) == '{' && json_enter(at) && json_member(at, &key);
}

static enum shape shape_of(struct json_at at)
{
    struct json_at inner = at;
    bool has_inner = first_value(&inner);
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        if (shapes[i].inside ? has_inner && object_has(inner, shapes[i].keys)
                             : object_has(at, shapes[i].keys))
            return shapes[i].shape;
    return NO_SHAPE;
}

static enum shape shape_of_document(const struct json_scan *scan, bool *list)
{
    struct json_at at = json_begin(scan);
    *list = json_peek(&at) == '[';
    if (*list && (!json_enter(&at) || !json_item(&at)))
        return NO_SHAPE;
    return shape_of(at);
}

const char *report_sniff(const struct json_scan *scan)
{
    static const char *const names[] = {
        [NO_SHAPE] = NULL,   [PREDICTION] = "predictions", [PREDICTIONS] = "predictions",
        [SINGLE] = "report", [SINGLE_BY_ID] = "report",    [SUMMARY] = "summary",
        [TRIAL] = "report",  [TASK] = "task rows",
    };
    bool list;
    return names[shape_of_document(scan, &list)];
}

/* ---- values ---- */

struct reading {
    const struct document *doc;
    finding_fn fn;
    void *payload;
    struct error *err;
    int rc;
    struct str id, model, run; /* of the finding at work */
    struct str org, repo, number;
    enum outcome outcome;
    struct json_span patch;
};

enum {
    R_ID = T_NONE + 1,
    R_MODEL,
    R_PATCH,
    R_ORG,
    R_REPO,
    R_NUMBER,
    R_IS_NONE,
    R_APPLIED,
    R_RESOLVED,
    R_INFRA,
    R_REWARD,
    R_EXCEPTION,
    R_LIST, /* + the outcome of the ids in the list */
};

static void set_text(struct str *to, struct json_span v)
{
    str_clear(to);
    if (v.n && *v.s != '{' && *v.s != '[' && !(v.n == 4 && *v.s == 'n'))
        json_span_head(v, 400, to);
}

static void give(struct reading *g, enum finding_kind kind, bool single)
{
    struct finding f = { kind, g->id.s, g->model.s, g->run.s, g->outcome, single, 0, 0 };
    if (g->patch.n > 2 && json_span_is_string(g->patch)) {
        f.patch_offset = g->patch.s - g->doc->text;
        f.patch_length = (int64_t)g->patch.n;
    }
    if (g->rc == 0 && g->id.len)
        g->rc = g->fn(g->payload, &f, g->err);
}

static int see_value(void *payload, const struct traj_hit *hit)
{
    struct reading *g = payload;
    struct json_span v = hit->value;
    int truth = json_span_truth(v), field = (int)hit->field;
    struct str *const texts[] = { [R_ID] = &g->id,
                                  [R_MODEL] = &g->model,
                                  [R_ORG] = &g->org,
                                  [R_REPO] = &g->repo,
                                  [R_NUMBER] = &g->number };
    if (field >= R_LIST) {
        set_text(&g->id, v);
        g->outcome = (enum outcome)(field - R_LIST);
        give(g, FINDING_VERDICT, false);
    } else if (field < (int)ARRAY_LEN(texts) && texts[field]) {
        set_text(texts[field], v);
    } else if (field == R_PATCH) {
        g->patch = v;
    } else if (field == R_INFRA && truth == 1) {
        g->outcome = OUTCOME_INFRA;
    } else if (field == R_IS_NONE && truth == 1) {
        g->outcome = OUTCOME_NO_PATCH;
    } else if (field == R_APPLIED && truth == 0 && g->outcome == OUTCOME_UNKNOWN) {
        g->outcome = OUTCOME_EVAL_ERROR;
    } else if (field == R_RESOLVED && truth >= 0 && g->outcome == OUTCOME_UNKNOWN) {
        g->outcome = truth ? OUTCOME_RESOLVED : OUTCOME_UNRESOLVED;
    } else if (field == R_REWARD) {
        double x = json_span_number(v, -1);
        g->outcome = x >= 1   ? OUTCOME_RESOLVED
                     : x > 0  ? OUTCOME_PARTIAL
                     : x == 0 ? OUTCOME_UNRESOLVED
                              : g->outcome;
    } else if (field == R_EXCEPTION && v.n && *v.s == '{' && g->outcome == OUTCOME_UNKNOWN) {
        g->outcome = OUTCOME_EVAL_ERROR;
    }
    return g->rc;
}

#define END                                                                                        \
    {                                                                                              \
        NULL, T_NONE                                                                               \
    }
#define F(x) ((enum traj_field)(x))

static const struct path_rule prediction[] = {
    { "instance_id", F(R_ID) },    { "model_name_or_path", F(R_MODEL) },
    { "model_patch", F(R_PATCH) }, { "fix_patch", F(R_PATCH) },
    { "org", F(R_ORG) },           { "repo", F(R_REPO) },
    { "number", F(R_NUMBER) },     END,
};

static const struct path_rule single[] = {
    { "infra_failure", F(R_INFRA) },
    { "patch_is_None", F(R_IS_NONE) },
    { "patch_successfully_applied", F(R_APPLIED) },
    { "resolved", F(R_RESOLVED) },
    { "model_name_or_path", F(R_MODEL) },
    END,
};

static const struct path_rule trial[] = {
    { "task_id", F(R_ID) },
    { "task_name", F(R_ID) },
    { "agent_info.model_info.name", F(R_MODEL) },
    { "verifier_result.rewards.*", F(R_REWARD) },
    { "is_resolved", F(R_RESOLVED) },
    { "exception_info", F(R_EXCEPTION) },
    END,
};

static const struct path_rule summary[] = {
    { "infra_failure_ids[]", F(R_LIST + OUTCOME_INFRA) },
    { "resolved_ids[]", F(R_LIST + OUTCOME_RESOLVED) },
    { "ids_resolved[]", F(R_LIST + OUTCOME_RESOLVED) },
    { "unresolved_ids[]", F(R_LIST + OUTCOME_UNRESOLVED) },
    { "ids_unresolved[]", F(R_LIST + OUTCOME_UNRESOLVED) },
    { "empty_patch_ids[]", F(R_LIST + OUTCOME_NO_PATCH) },
    { "error_ids[]", F(R_LIST + OUTCOME_EVAL_ERROR) },
    { "resolved[]", F(R_LIST + OUTCOME_RESOLVED) },
    { "no_generation[]", F(R_LIST + OUTCOME_NO_PATCH) },
    { "no_apply[]", F(R_LIST + OUTCOME_EVAL_ERROR) },
    { "test_timeout[]", F(R_LIST + OUTCOME_EVAL_ERROR) },
    END,
};

static void begin(struct reading *g)
{
    struct str *const all[] = { &g->id, &g->org, &g->repo, &g->number };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_clear(all[i]);
    g->outcome = OUTCOME_UNKNOWN;
    g->patch = (struct json_span){ NULL, 0 };
}

static void read_prediction(struct reading *g, struct json_at at, const struct json_span *id)
{
    begin(g);
    traj_walk(at, prediction, see_value, g);
    if (!g->id.len && id)
        str_addn(&g->id, id->s, id->n);
    if (!g->id.len && g->org.len)
        str_setf(&g->id, "%s__%s-%s", g->org.s, g->repo.s, g->number.s);
    give(g, FINDING_PREDICTION, true);
}

/* ".../run_evaluation/<run>/<model>/<instance>/report.json" */
static void names_of_tree(struct reading *g, const struct document *doc)
{
    struct strv parts = STRV_INIT;
    strv_split(&parts, doc->member ? doc->member : doc->path, "/");
    size_t n = parts.n;
    if (n >= 2 && !g->id.len)
        str_set(&g->id, parts.v[n - 2]);
    if (n >= 5 && strcmp(parts.v[n - 5], "run_evaluation") == 0) {
        str_set(&g->run, parts.v[n - 4]);
        if (!g->model.len)
            str_set(&g->model, parts.v[n - 3]);
    }
    strv_release(&parts);
}

static void read_single(struct reading *g, struct json_at at, const struct json_span *id)
{
    begin(g);
    if (id)
        str_addn(&g->id, id->s, id->n);
    traj_walk(at, single, see_value, g);
    names_of_tree(g, g->doc);
    give(g, FINDING_VERDICT, true);
}

static void read_trial(struct reading *g, struct json_at at)
{
    begin(g);
    traj_walk(at, trial, see_value, g);
    give(g, FINDING_VERDICT, true);
}

typedef void (*member_fn)(struct reading *g, struct json_at at, const struct json_span *id);

static void each_member(struct reading *g, struct json_at at, member_fn fn)
{
    struct json_span key;
    if (!json_enter(&at))
        return;
    while (g->rc == 0 && json_member(&at, &key)) {
        fn(g, at, &key);
        json_skip(&at);
    }
}

/* "<model>.<run>.json" */
static void names_of_summary(struct reading *g)
{
    const char *base = path_base(g->doc->path), *dot = strrchr(base, '.');
    const char *first = dot ? memchr(base, '.', (size_t)(dot - base)) : NULL;
    if (!first)
        return;
    str_addn(&g->model, base, (size_t)(first - base));
    str_addn(&g->run, first + 1, (size_t)(dot - first) - 1);
}

static void read_shape(struct reading *g, struct json_at at, enum shape shape)
{
    if (shape == PREDICTION)
        read_prediction(g, at, NULL);
    else if (shape == PREDICTIONS)
        each_member(g, at, read_prediction);
    else if (shape == SINGLE)
        read_single(g, at, NULL);
    else if (shape == SINGLE_BY_ID)
        each_member(g, at, read_single);
    else if (shape == TRIAL)
        read_trial(g, at);
    else if (shape == SUMMARY) {
        names_of_summary(g);
        traj_walk(at, summary, see_value, g);
    }
}

int report_read(const struct json_scan *scan, const struct document *doc, finding_fn fn,
                void *payload, struct error *err)
{
    struct reading g = { .doc = doc, .fn = fn, .payload = payload, .err = err };
    struct str *const all[] = { &g.id, &g.model, &g.run, &g.org, &g.repo, &g.number };
    bool list;
    enum shape shape = shape_of_document(scan, &list);
    struct json_at at = json_begin(scan);
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_init(all[i]);
    if (list && json_enter(&at)) {
        while (g.rc == 0 && json_item(&at)) {
            read_shape(&g, at, shape_of(at));
            json_skip(&at);
        }
    } else {
        read_shape(&g, at, shape);
    }
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_release(all[i]);
    return g.rc;
}
