#include "pipeline/private.h"
#include "pipeline/recipe.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT = 1, FILE_MOST = 64 << 20 };

/* The lists that another instance may take over. What names tests stays with its instance. */
static const struct list {
    const char *key;
    size_t offset;
} lists[] = {
    { "require", offsetof(struct plan, require) },
    { "constraint", offsetof(struct plan, constraint) },
    { "build_require", offsetof(struct plan, build_require) },
    { "drop", offsetof(struct plan, drop) },
    { "apt", offsetof(struct plan, apt) },
    { "prepare", offsetof(struct plan, prepare) },
    { "newer", offsetof(struct plan, newer) },
    { "without", offsetof(struct plan, without) },
    { "env", offsetof(struct plan, env) },
    { "pytest_args", offsetof(struct plan, pytest_args) },
};

static struct strv *list_of(const struct plan *p, const struct list *l)
{
    return (struct strv *)((char *)(uintptr_t)p + l->offset);
}

/* ---- the difference ---- */

/* Words of a command line come in their order, and more than once. */
static bool is_in_order(const struct list *l)
{
    return strcmp(l->key, "pytest_args") == 0;
}

static bool begins_with(const struct strv *all, const struct strv *head)
{
    bool yes = all->n >= head->n;
    for (size_t i = 0; yes && i < head->n; i++)
        yes = strcmp(all->v[i], head->v[i]) == 0;
    return yes;
}

static json_t *added(const struct list *l, const struct strv *first, const struct strv *accepted)
{
    struct strv more = STRV_INIT;
    bool tail = is_in_order(l) && begins_with(accepted, first);
    for (size_t i = tail ? first->n : 0; i < accepted->n; i++)
        if (tail || !strv_has(first, accepted->v[i]))
            strv_add(&more, accepted->v[i]);
    json_t *out = more.n ? json_from_strv(&more) : NULL;
    strv_release(&more);
    return out;
}

json_t *recipe_delta(const struct plan *first, const struct plan *accepted)
{
    json_t *delta = json_object(), *add = json_object();
    struct strv gone = STRV_INIT;
    if (strcmp(first->python, accepted->python) != 0)
        json_put_text(delta, "python", accepted->python);
    if (first->rung != accepted->rung)
        json_put_text(delta, "rung", rung_name(accepted->rung));
    if (first->date_slack_days != accepted->date_slack_days)
        json_put_int(delta, "date_slack_days", accepted->date_slack_days - first->date_slack_days);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        json_t *more = added(&lists[i], list_of(first, &lists[i]), list_of(accepted, &lists[i]));
        if (more)
            json_object_set_new(add, lists[i].key, more);
    }
    for (size_t i = 0; i < first->require.n; i++)
        if (!strv_has(&accepted->require, first->require.v[i]))
            strv_add(&gone, first->require.v[i]);
    if (json_object_size(add))
        json_object_set(delta, "add", add);
    if (gone.n)
        json_object_set_new(delta, "remove", json_from_strv(&gone));
    json_decref(add);
    strv_release(&gone);
    return delta;
}

/* ---- into another plan ---- */

static size_t name_length(const char *line)
{
    size_t n = 0;
    while (isalnum((unsigned char)line[n]) || (n && line[n] && strchr("._-", line[n])))
        n++;
    return n;
}

/* Whether two requirements are of one distribution: "Foo_Bar>=1" and "foo-bar". */
static bool same_name(const char *a, const char *b)
{
    size_t n = name_length(a);
    if (!n || n != name_length(b))
        return false;
    for (size_t i = 0; i < n; i++) {
        char x = strchr("._-", a[i]) ? '-' : (char)tolower((unsigned char)a[i]);
        char y = strchr("._-", b[i]) ? '-' : (char)tolower((unsigned char)b[i]);
        if (x != y)
            return false;
    }
    return true;
}

static bool remove_lines(struct strv *require, const json_t *delta)
{
    struct strv gone = STRV_INIT;
    bool any = false;
    json_get_strv(delta, "remove", &gone);
    for (size_t i = 0; i < gone.n; i++)
        for (size_t k = require->n; k-- > 0;)
            if (same_name(require->v[k], gone.v[i]) || strcmp(require->v[k], gone.v[i]) == 0) {
                strv_remove(require, k);
                any = true;
            }
    strv_release(&gone);
    return any;
}

static bool add_lines(struct plan *p, const json_t *add)
{
    bool any = false;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct strv more = STRV_INIT, *to = list_of(p, &lists[i]);
        json_get_strv(add, lists[i].key, &more);
        for (size_t k = 0; k < more.n; k++) {
            if (is_in_order(&lists[i]))
                strv_add(to, more.v[k]);
            else if (!strv_add_once(to, more.v[k]))
                continue;
            any = true;
        }
        strv_release(&more);
    }
    return any;
}

bool recipe_apply(struct findings *f, const json_t *delta)
{
    struct plan *p = &f->plan;
    const char *python = json_get_str(delta, "python", "");
    enum rung rung = rung_by_name(json_get_str(delta, "rung", ""));
    int slack = (int)json_get_int(delta, "date_slack_days", 0);
    bool any = remove_lines(&p->require, delta);
    any = add_lines(p, json_object_get(delta, "add")) || any;
    if (strv_has(&f->pythons, python) && strcmp(p->python, python) != 0) {
        (void)snprintf(p->python, sizeof(p->python), "%s", python);
        any = true;
    }
    if (rung != RUNGS && rung != p->rung) {
        p->rung = rung;
        any = true;
    }
    p->date_slack_days += slack;
    return any || slack;
}

/* ---- the nearest ---- */

char *recipe_manifest_new(const struct findings *f)
{
    uint64_t h = 1469598103934665603u;
    struct str text = STR_INIT;
    str_addf(&text, "%s\n", f->backend);
    for (size_t i = 0; i < f->requires.n; i++)
        str_addf(&text, "%s\n", f->requires.v[i]);
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.s[i]) * 1099511628211u;
    str_release(&text);
    return str_format("%016" PRIx64, h);
}

struct search {
    const char *manifest;
    int64_t as_of;
    json_t *best; /* owned */
    bool same;
    int64_t away;
};

/* Of equals the line that was written last. */
static int on_line(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                   const struct error *err UNUSED)
{
    struct search *s = payload;
    int64_t date = 0;
    if (!json_is_object(doc) || json_get_int(doc, "format", FORMAT) > FORMAT ||
        !clock_parse(json_get_str(doc, "base_date", ""), &date))
        return 0;
    bool same = strcmp(json_get_str(doc, "manifest", ""), s->manifest) == 0;
    int64_t away = date > s->as_of ? date - s->as_of : s->as_of - date;
    if (s->best && (s->same != same ? s->same : away > s->away))
        return 0;
    json_decref(s->best);
    s->best = json_incref(doc);
    s->same = same;
    s->away = away;
    return 0;
}

json_t *recipe_nearest(const char *path, const struct findings *f)
{
    char *manifest = recipe_manifest_new(f);
    struct search s = { .manifest = manifest, .as_of = f->as_of };
    int64_t size = file_size(path);
    if (size > 0 && size <= FILE_MOST)
        (void)!json_each_line(path, on_line, &s, NULL);
    free(manifest);
    return s.best;
}

/* ---- in a synthesis ---- */

static char *recipe_path(const struct synthesis *s)
{
    char *folder = repo_folder_new(s->in.repo);
    char *path = workspace_path(s->job->ws, "recipes/%s.jsonl", folder);
    free(folder);
    return path;
}

/* What the first round took when it ran; it is not chosen again. */
static json_t *taken_before(const struct synthesis *s)
{
    char *path = round_path(s, "recipe.json");
    json_t *doc = NULL;
    (void)!json_read_file(path, &doc, NULL);
    free(path);
    return doc;
}

void recipe_begin(struct synthesis *s)
{
    bool on = strcmp(config_text(&s->job->ws->config, "synthesis.recipes"), "on") == 0;
    char *path = recipe_path(s);
    s->plain = findings_to_json(&s->findings);
    s->round_dir = str_format("%s/round-1", s->dir);
    if (round_is_finished(s))
        s->recipe = taken_before(s);
    else if (on)
        s->recipe = recipe_nearest(path, &s->findings);
    if (s->recipe && recipe_apply(&s->findings, json_object_get(s->recipe, "delta"))) {
        s->in_recipe = true;
        strv_addf(&s->findings.notes, "first as for %s, which took %d rounds",
                  json_get_str(s->recipe, "instance_id", "another"),
                  (int)json_get_int(s->recipe, "round", 1));
    }
    free(path);
}

/* A class and a reason as ever, by an agent whose memory goes with it; then the plain plan. */
int recipe_give_up(struct synthesis *s, const struct evaluation *ev, struct analysis *a,
                   struct error *err)
{
    struct agent *other = NULL;
    int rc = agent_rules_new(s->job->ws->root, &other, err);
    if (rc == 0)
        rc = other->analyze(other, ev, &s->findings, a, err);
    if (rc == 0)
        rc = findings_from_json(s->plain, &s->findings, err);
    if (other)
        other->free(other);
    if (rc < 0)
        return rc;
    const char *slash = strrchr(a->log, '/'); /* "round-1/build.log", had it been the end */
    if (slash)
        analysis_say(&a->log, xstrdup(slash + 1));
    a->is_finish = a->solvable = false;
    analysis_say(&a->rule, xstrdup("recipe"));
    analysis_say(&a->remedy, xstrdup("the plain plan"));
    a->again_dockerfile = a->again_evalscript = true;
    s->in_recipe = false;
    s->recipe_rounds = s->round;
    s->recipe_ms = clock_ms() - s->begin_ms;
    return 0;
}

/* ---- what worked ---- */

struct saying {
    const json_t *recipe;
    bool said;
};

static int on_said(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                   const struct error *err UNUSED)
{
    static const char *const keys[] = { "instance_id", "manifest", "delta" };
    struct saying *s = payload;
    bool same = true;
    for (size_t i = 0; same && i < ARRAY_LEN(keys); i++)
        same = json_equal(json_object_get(doc, keys[i]), json_object_get(s->recipe, keys[i]));
    s->said = s->said || same;
    return 0;
}

static void put_time(json_t *doc, const char *key, int64_t utc)
{
    struct str text = STR_INIT;
    clock_format(utc, &text);
    json_put_text(doc, key, text.s);
    str_release(&text);
}

/* What a recipe spared counts as what it took without. */
static int rounds_of(const struct synthesis *s)
{
    int plain = s->in_recipe ? (int)json_get_int(s->recipe, "round", 1) : 0;
    int own = s->round - s->recipe_rounds;
    return plain > own ? plain : own;
}

static json_t *recipe_new(const struct synthesis *s, const struct plan *first)
{
    json_t *doc = json_object();
    char *manifest = recipe_manifest_new(&s->findings);
    json_put_int(doc, "format", FORMAT);
    put_time(doc, "t", clock_utc());
    json_put_text(doc, "repo", s->in.repo);
    json_put_text(doc, "instance_id", s->in.instance_id);
    json_put_text(doc, "run", s->job->run);
    json_put_int(doc, "round", rounds_of(s));
    put_time(doc, "base_date", s->findings.as_of);
    json_put_text(doc, "manifest", manifest);
    json_put_text(doc, "python", s->findings.plan.python);
    json_put_text(doc, "rung", rung_name(s->findings.plan.rung));
    json_object_set_new(doc, "delta", recipe_delta(first, &s->findings.plan));
    free(manifest);
    return doc;
}

int recipe_keep(const struct synthesis *s, struct error *err)
{
    struct findings first;
    char *path = recipe_path(s), *dir = workspace_path(s->job->ws, "recipes"), *line = NULL;
    findings_init(&first);
    int rc = findings_from_json(s->plain, &first, err);
    json_t *doc = rc == 0 ? recipe_new(s, &first.plan) : NULL;
    struct saying saying = { doc, false };
    if (rc == 0 && path_exists(path))
        rc = json_each_line(path, on_said, &saying, err);
    if (rc == 0)
        rc = dir_make(dir, err);
    if (rc == 0 && !saying.said) {
        line = json_line_new(doc);
        rc = file_append_line(path, line, err);
    }
    json_decref(doc);
    findings_release(&first);
    free(line);
    free(path);
    free(dir);
    return rc;
}
