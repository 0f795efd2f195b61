#include "formats/traj_private.h"

#include <stdlib.h>
#include <string.h>

static const char *const outcome_names[OUTCOMES] = {
    [OUTCOME_UNKNOWN] = "unknown",       [OUTCOME_RUNNING] = "running",
    [OUTCOME_NO_PATCH] = "no-patch",     [OUTCOME_UNRESOLVED] = "unresolved",
    [OUTCOME_PARTIAL] = "partial",       [OUTCOME_RESOLVED] = "resolved",
    [OUTCOME_EVAL_ERROR] = "eval-error", [OUTCOME_INFRA] = "infra",
};

const char *outcome_name(enum outcome o)
{
    return outcome_names[o];
}

enum outcome outcome_by_name(const char *name)
{
    for (int i = 0; i < OUTCOMES; i++)
        if (strcmp(outcome_names[i], name) == 0)
            return (enum outcome)i;
    return OUTCOME_UNKNOWN;
}

static char **attempt_strings(struct attempt *a, size_t i)
{
    char **all[] = { &a->instance_id, &a->run,           &a->scaffold,       &a->model,
                     &a->exit_status, &a->trajectory_id, &a->outcome_source, &a->rule_flags };
    return i < ARRAY_LEN(all) ? all[i] : NULL;
}

void attempt_init(struct attempt *a)
{
    memset(a, 0, sizeof(*a));
    for (size_t i = 0; attempt_strings(a, i); i++)
        *attempt_strings(a, i) = xstrdup("");
}

void attempt_release(struct attempt *a)
{
    for (size_t i = 0; attempt_strings(a, i); i++)
        free(*attempt_strings(a, i));
    free(a->steps.v);
    memset(a, 0, sizeof(*a));
}

void attempt_copy(struct attempt *to, const struct attempt *from)
{
    *to = *from;
    for (size_t i = 0; attempt_strings(to, i); i++)
        *attempt_strings(to, i) = xstrdup(*attempt_strings(to, i));
    to->steps.v = xmalloc(from->steps.n * sizeof(struct step) + 1);
    memcpy(to->steps.v, from->steps.v, from->steps.n * sizeof(struct step));
    to->steps.cap = from->steps.n;
}

void traj_reader_init(struct traj_reader *r)
{
    json_scan_init(&r->scan);
    json_scan_init(&r->inner_scan);
    str_init(&r->inner);
    r->flagger = NULL;
}

void traj_reader_release(struct traj_reader *r)
{
    json_scan_release(&r->scan);
    json_scan_release(&r->inner_scan);
    str_release(&r->inner);
}

/* One value that holds one attempt, and what is found in it. */
struct reading {
    struct traj_reader *r;
    const struct traj_format *format;
    const char *base; /* offsets count from here */
    struct attempt a;
    struct step_vec history; /* messages before the steps of a SWE-agent file */
    struct json_at *nested;
    size_t n_nested;
    bool replied, history_replied; /* the model has spoken */
    bool called;                   /* it has called a tool: who answers is no user */
    bool in_history;
    flag_set rules;
    double last_node; /* of a tree */
    double resolved;  /* -1 nobody says, 1 yes, 0 no, between: some of it */
    bool ungraded, ended, patch_seen, graded;
};

static void step_add(struct step_vec *v, const struct step *s)
{
    if (v->n == v->cap) {
        v->cap = v->cap ? v->cap * 2 : 32;
        v->v = xrealloc(v->v, v->cap * sizeof(*v->v));
    }
    v->v[v->n++] = *s;
}

/* ---- steps ---- */

static enum step_kind kind_of(const struct reading *g, const struct step_seen *seen)
{
    if (seen->event >= 0)
        return (enum step_kind)seen->event;
    if (seen->role < 0 && !g->replied && !(seen->flags & STEP_ACTION) &&
        (strcmp(g->format->name, "openhands") == 0 || strcmp(g->format->name, "moatless") == 0))
        return STEP_USER; /* the flat shape and a tree do not say who speaks first */
    if (seen->role < 0)
        return STEP_ASSISTANT; /* formats whose steps have no role are turns */
    if (seen->role == STEP_USER && g->format->user_answers && g->replied && !g->called)
        return STEP_OBSERVATION;
    return (enum step_kind)seen->role;
}

/* What tools answered, demonstrations and copies are nobody's doing; messages are told again as
 * turns. */
static void add_rules(struct reading *g, const struct step_seen *seen, const struct step *s)
{
    if (!seen->flagger || g->in_history || s->kind != STEP_ASSISTANT ||
        (s->flags & (STEP_DEMO | STEP_COPIED)))
        return;
    g->rules |= seen->did;
    if (s->flags & STEP_EDIT)
        g->rules |= seen->touched;
    g->rules |= flagger_turn(seen->flagger, seen->action);
}

static void add_step(struct reading *g, struct step_vec *to, struct json_at at,
                     struct json_span value)
{
    struct step_seen seen;
    step_seen_init(&seen);
    seen.flagger = g->r->flagger;
    traj_walk(at, g->format->step, step_see, &seen);
    g->called = g->called || seen.called;
    enum step_kind kind = kind_of(g, &seen);
    if (kind == STEP_ASSISTANT)
        step_seen_text(&seen);
    struct step s = { .offset = (uint32_t)(value.s - g->base),
                      .length = (uint32_t)value.n,
                      .tokens =
                          seen.tokens > 0 && seen.tokens < UINT32_MAX ? (uint32_t)seen.tokens : 0,
                      .flags = seen.flags,
                      .kind = (uint8_t)kind,
                      .exit = (int8_t)seen.exit };
    if (s.kind == STEP_OBSERVATION)
        s.flags &= (uint16_t) ~(STEP_ACTION | STEP_EDIT | STEP_SUBMIT);
    if (s.kind == STEP_ASSISTANT && !(s.flags & STEP_DEMO))
        g->replied = true;
    if (seen.parent >= 0 && seen.parent != g->last_node)
        s.flags |= STEP_BRANCH;
    g->last_node = seen.node;
    add_rules(g, &seen, &s);
    step_add(to, &s);
}

/* OpenHands before 0.14 has pairs of action and observation. */
static void add_steps(struct reading *g, struct step_vec *to, const struct traj_hit *hit)
{
    struct json_at at = hit->at;
    if (json_peek(&at) != '[' || !json_enter(&at)) {
        add_step(g, to, hit->at, hit->value);
        return;
    }
    while (json_item(&at)) {
        struct json_at item = at;
        add_step(g, to, item, json_skip(&at));
    }
}

/* Some versions write the turns before the messages that came first. */
static void add_history(struct reading *g, const struct traj_hit *hit)
{
    bool replied = g->replied;
    g->replied = g->history_replied;
    g->in_history = true;
    add_step(g, &g->history, hit->at, hit->value);
    g->in_history = false;
    g->history_replied = g->replied;
    g->replied = replied;
}

/* Messages in a string of JSON: Parquet has no other way. */
static void read_inner(struct reading *g, struct json_span value)
{
    static const struct path_rule items[] = { { "[]", T_STEP }, { NULL, T_NONE } };
    struct traj_reader *r = g->r;
    const char *base = g->base;
    if (!json_span_is_string(value) || g->a.steps.n)
        return;
    str_clear(&r->inner);
    json_span_text(value, &r->inner);
    if (*r->inner.s != '[' || json_scan_open(&r->inner_scan, r->inner.s, r->inner.len, NULL) < 0)
        return;
    g->a.inner_offset = value.s - base;
    g->a.inner_length = (int64_t)value.n;
    g->base = r->inner.s;
    traj_walk(json_begin(&r->inner_scan), items, reading_hit, g);
    g->base = base;
}

/* ---- what a document says of its attempt ---- */

static void take(char **to, struct json_span v)
{
    struct str text = STR_INIT;
    if (**to || !v.n || *v.s == '{' || *v.s == '[' || (v.n == 4 && memcmp(v.s, "null", 4) == 0))
        return;
    json_span_head(v, 400, &text);
    free(*to);
    *to = str_detach(&text);
}

static void take_patch(struct reading *g, struct json_span v)
{
    static const char head[] = "diff --git ";
    const char *p = v.s, *end = v.s + v.n;
    g->patch_seen = true;
    if (!json_span_is_string(v) || v.n <= 2)
        return;
    g->a.patch_offset = v.s - g->base;
    g->a.patch_length = (int64_t)v.n;
    g->a.files = 0;
    while ((p = memmem(p, (size_t)(end - p), head, sizeof(head) - 1))) {
        g->a.files++;
        p += sizeof(head) - 1;
    }
}

static void take_resolved(struct reading *g, struct json_span v)
{
    static const struct {
        const char *word;
        double share;
    } grades[] = {
        { "\"C\"", 1 }, { "\"P\"", 0.5 }, { "\"I\"", 0 }, { "true", 1 }, { "false", 0 }
    };
    for (size_t i = 0; i < ARRAY_LEN(grades); i++)
        if (json_is(v, grades[i].word))
            g->resolved = grades[i].share;
    double x = json_span_is_string(v) ? -1 : json_span_number(v, -1);
    if (x >= 0)
        g->resolved = x;
}

/* "model": {"name": "…"} in the text of SWE-agent's replay_config. */
static void take_config(struct reading *g, struct json_span v)
{
    static const char model[] = "\"model\"", name[] = "\"name\": \"";
    struct str text = STR_INIT;
    if (!json_span_is_string(v))
        return;
    json_span_head(v, 64 << 10, &text);
    const char *p = strstr(text.s, model);
    p = p ? strstr(p, name) : NULL;
    if (p && !*g->a.model) {
        p += sizeof(name) - 1;
        free(g->a.model);
        g->a.model = xstrndup(p, strcspn(p, "\""));
    }
    str_release(&text);
}

static void add_nested(struct reading *g, struct json_at at)
{
    g->nested = xrealloc(g->nested, (g->n_nested + 1) * sizeof(*g->nested));
    g->nested[g->n_nested++] = at;
}

int reading_hit(void *payload, const struct traj_hit *hit)
{
    struct reading *g = payload;
    struct json_span v = hit->value;
    switch ((int)hit->field) {
    case T_INSTANCE:
        take(&g->a.instance_id, v);
        break;
    case T_RUN:
        take(&g->a.run, v);
        break;
    case T_SCAFFOLD:
        take(&g->a.scaffold, v);
        break;
    case T_MODEL:
        take(&g->a.model, v);
        break;
    case T_ID:
        take(&g->a.trajectory_id, v);
        break;
    case T_EXIT_STATUS:
    case T_RUN_ERROR:
        take(&g->a.exit_status, v);
        g->ended = g->ended || *g->a.exit_status;
        break;
    case T_ATTEMPT:
        g->a.attempt = json_span_int(v, 0);
        break;
    case T_COST:
        g->a.cost_usd = json_span_number(v, 0);
        break;
    case T_TOKENS_IN:
        g->a.tokens_in = json_span_int(v, 0);
        break;
    case T_TOKENS_OUT:
        g->a.tokens_out = json_span_int(v, 0);
        break;
    case T_RESOLVED:
        take_resolved(g, v);
        break;
    case T_UNGRADED:
        g->ungraded = g->ungraded || json_span_truth(v) == 1;
        break;
    case T_PATCH:
        take_patch(g, v);
        break;
    case T_CONFIG:
        take_config(g, v);
        break;
    case T_INNER:
        read_inner(g, v);
        break;
    case T_STEP:
        add_steps(g, &g->a.steps, hit);
        break;
    case T_HISTORY:
        add_history(g, hit);
        break;
    case T_NESTED:
        add_nested(g, hit->at);
        break;
    }
    return 0;
}

/* ---- what follows from it ---- */

/* A SWE-agent file tells its messages in `history` and its turns in `trajectory`: what was said
 * before the first turn comes from the one, the rest from the other. */
static void join_history(struct reading *g)
{
    struct step_vec all = { NULL, 0, 0 };
    for (size_t i = 0; i < g->history.n; i++) {
        const struct step *s = &g->history.v[i];
        if (g->a.steps.n && s->kind == STEP_ASSISTANT && !(s->flags & STEP_DEMO))
            break;
        step_add(&all, s);
    }
    for (size_t i = 0; i < g->a.steps.n; i++)
        step_add(&all, &g->a.steps.v[i]);
    free(g->a.steps.v);
    g->a.steps = all;
}

static void count_steps(struct attempt *a)
{
    for (size_t i = 0; i < a->steps.n; i++) {
        const struct step *s = &a->steps.v[i];
        if (s->flags & (STEP_DEMO | STEP_COPIED))
            continue;
        a->turns += s->kind == STEP_ASSISTANT;
        a->edits += (s->flags & STEP_EDIT) != 0;
        a->errors += (s->flags & STEP_ERROR) != 0;
        a->flags |= s->flags;
    }
}

static void say_rules(struct reading *g)
{
    struct flagger *f = g->r->flagger;
    struct str names = STR_INIT;
    if (!f)
        return;
    struct json_span why = { g->a.exit_status, strlen(g->a.exit_status) };
    flagger_names(f, g->rules | flagger_value(f, FLAG_EXIT, why), &names);
    free(g->a.rule_flags);
    g->a.rule_flags = str_detach(&names);
}

static void say_outcome(struct reading *g)
{
    struct attempt *a = &g->a;
    const char *source = "";
    if (g->resolved >= 0 && g->resolved < 1 && g->ungraded) {
        a->outcome = OUTCOME_EVAL_ERROR;
        source = "the trajectory";
    } else if (g->resolved >= 0) {
        a->outcome = g->resolved >= 1  ? OUTCOME_RESOLVED
                     : g->resolved > 0 ? OUTCOME_PARTIAL
                                       : OUTCOME_UNRESOLVED;
        source = "the trajectory";
    } else if (a->torn) {
        a->outcome = OUTCOME_RUNNING;
        source = "the file ends early";
    } else if (g->patch_seen && !a->patch_length) {
        a->outcome = OUTCOME_NO_PATCH;
        source = "the trajectory";
    }
    free(a->outcome_source);
    a->outcome_source = xstrdup(source);
}

static int read_value(struct traj_reader *r, const struct traj_format *f,
                      const struct document *doc, struct json_at at, const struct attempt *above,
                      int64_t number, attempt_fn fn, void *payload, struct error *err);

static const struct traj_format *format_below(const struct traj_format *f)
{
    if (strcmp(f->name, "inspect") == 0)
        return traj_format_by_name("inspect-sample");
    return strcmp(f->name, "threads") == 0 ? traj_format_by_name("messages") : f;
}

static int read_nested(struct reading *g, const struct document *doc, attempt_fn fn, void *payload,
                       struct error *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < g->n_nested; i++)
        rc = read_value(g->r, format_below(g->format), doc, g->nested[i], &g->a,
                        g->n_nested > 1 ? (int64_t)i + 1 : 0, fn, payload, err);
    return rc;
}

static void inherit(struct attempt *a, const struct attempt *above)
{
    const char *from[] = { above->instance_id, above->run, above->scaffold, above->model };
    for (size_t i = 0; i < ARRAY_LEN(from); i++) {
        char **to = attempt_strings(a, i);
        if (**to || !*from[i])
            continue;
        free(*to);
        *to = xstrdup(from[i]);
    }
}

static int give(struct reading *g, const struct document *doc, attempt_fn fn, void *payload,
                struct error *err)
{
    struct attempt *a = &g->a;
    if (g->history.n)
        join_history(g);
    count_steps(a);
    say_outcome(g);
    say_rules(g);
    attempt_name(a, doc);
    return a->steps.n ? fn(payload, a, err) : 0;
}

/* One value is one attempt, or the frame of several. */
static int read_value(struct traj_reader *r, const struct traj_format *f,
                      const struct document *doc, struct json_at at, const struct attempt *above,
                      int64_t number, attempt_fn fn, void *payload, struct error *err)
{
    struct json_at behind = at;
    struct json_span whole = json_skip(&behind);
    struct reading g = { .r = r,
                         .format = f,
                         .base = doc->lines ? doc->text : whole.s,
                         .resolved = -1,
                         .last_node = -1 };
    attempt_init(&g.a);
    if (r->flagger)
        flagger_begin(r->flagger);
    g.a.format = f;
    g.a.offset = doc->offset + (g.base - doc->text);
    g.a.length = doc->lines ? (int64_t)doc->len : (int64_t)whole.n;
    g.a.attempt = number;
    g.a.torn = r->scan.torn && behind.i >= r->scan.n;
    if (doc->lines) {
        while (json_peek(&at)) {
            struct traj_hit hit = { T_STEP, { NULL, 0 }, at };
            hit.value = json_skip(&at);
            reading_hit(&g, &hit);
        }
    } else {
        traj_walk(at, f->document, reading_hit, &g);
    }
    if (above)
        inherit(&g.a, above);
    bool is_frame = g.n_nested && strcmp(f->name, "atif") != 0;
    int rc = is_frame ? 0 : give(&g, doc, fn, payload, err);
    if (rc == 0)
        rc = read_nested(&g, doc, fn, payload, err);
    attempt_release(&g.a);
    free(g.history.v);
    free(g.nested);
    return rc;
}

int traj_read(struct traj_reader *r, const struct traj_format *f, const struct document *doc,
              attempt_fn fn, void *payload, struct error *err)
{
    return read_value(r, f, doc, json_begin(&r->scan), NULL, 0, fn, payload, err);
}
