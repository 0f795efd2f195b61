#include "agents/agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const rungs[RUNGS] = {
    [RUNG_EDITABLE] = "editable", [RUNG_NO_ISOLATION] = "no-isolation", [RUNG_DEVELOP] = "develop",
    [RUNG_INSTALL] = "install",   [RUNG_PYTHONPATH] = "pythonpath",
};

const char *rung_name(enum rung r)
{
    return rungs[r];
}

enum rung rung_by_name(const char *name)
{
    for (unsigned r = 0; r < RUNGS; r++) {
        if (strcmp(rungs[r], name) == 0)
            return (enum rung)r;
    }
    return RUNGS;
}

bool rung_locks_build(enum rung r)
{
    return r == RUNG_NO_ISOLATION || r == RUNG_DEVELOP;
}

/* The lists of a plan, named as findings.json names them. */
struct plan_list {
    const char *key;
    size_t offset;
};

#define PLAN_LIST(field)                                                                           \
    {                                                                                              \
#field, offsetof(struct plan, field)                                                       \
    }

static const struct plan_list plan_lists[] = {
    PLAN_LIST(require),     PLAN_LIST(constraint), PLAN_LIST(build_require), PLAN_LIST(drop),
    PLAN_LIST(apt),         PLAN_LIST(prepare),    PLAN_LIST(rebuild),       PLAN_LIST(env),
    PLAN_LIST(pytest_args), PLAN_LIST(deselect),   PLAN_LIST(tried),         PLAN_LIST(without),
    PLAN_LIST(newer),
};

static struct strv *plan_list(const struct plan *p, size_t i)
{
    return (struct strv *)((char *)(uintptr_t)p + plan_lists[i].offset);
}

void plan_init(struct plan *p)
{
    memset(p, 0, sizeof(*p));
    for (size_t i = 0; i < ARRAY_LEN(plan_lists); i++)
        strv_init(plan_list(p, i));
}

void plan_release(struct plan *p)
{
    for (size_t i = 0; i < ARRAY_LEN(plan_lists); i++)
        strv_release(plan_list(p, i));
}

static json_t *plan_to_json(const struct plan *p)
{
    json_t *doc = json_object();
    json_put_text(doc, "python", p->python);
    json_put_text(doc, "rung", rung_name(p->rung));
    for (size_t i = 0; i < ARRAY_LEN(plan_lists); i++)
        json_object_set_new(doc, plan_lists[i].key, json_from_strv(plan_list(p, i)));
    json_put_int(doc, "date_slack_days", p->date_slack_days);
    json_put_bool(doc, "network", p->network);
    return doc;
}

static struct strv *const *findings_lists(struct findings *f, struct strv *(*room)[7])
{
    struct strv *all[] = { &f->packages, &f->import_roots, &f->manifests, &f->requires,
                           &f->pythons,  &f->test_files,   &f->notes };
    memcpy(*room, all, sizeof(all));
    return *room;
}

static const char *const findings_keys[] = { "packages", "import_roots", "manifests", "requires",
                                             "pythons",  "test_files",   "notes" };

void findings_init(struct findings *f)
{
    struct strv *room[7];
    memset(f, 0, sizeof(*f));
    for (size_t i = 0; i < ARRAY_LEN(findings_keys); i++)
        strv_init(findings_lists(f, &room)[i]);
    f->dist_name = xstrdup("");
    f->version = xstrdup("");
    f->backend = xstrdup("");
    f->runner = xstrdup("pytest");
    plan_init(&f->plan);
}

void findings_release(struct findings *f)
{
    struct strv *room[7];
    for (size_t i = 0; i < ARRAY_LEN(findings_keys); i++)
        strv_release(findings_lists(f, &room)[i]);
    free(f->dist_name);
    free(f->version);
    free(f->backend);
    free(f->runner);
    plan_release(&f->plan);
}

json_t *findings_to_json(const struct findings *f)
{
    struct strv *room[7];
    struct str date = STR_INIT;
    json_t *doc = json_object();
    json_put_int(doc, "format", 1);
    clock_format(f->as_of, &date);
    json_put_text(doc, "as_of", date.s);
    json_put_text(doc, "dist_name", f->dist_name);
    json_put_text(doc, "version", f->version);
    json_put_text(doc, "backend", f->backend);
    json_put_text(doc, "runner", f->runner);
    for (size_t i = 0; i < ARRAY_LEN(findings_keys); i++) {
        struct strv *list = findings_lists((struct findings *)(uintptr_t)f, &room)[i];
        json_object_set_new(doc, findings_keys[i], json_from_strv(list));
    }
    json_put_bool(doc, "has_project", f->has_project);
    json_put_bool(doc, "has_submodules", f->has_submodules);
    json_object_set_new(doc, "plan", plan_to_json(&f->plan));
    str_release(&date);
    return doc;
}

static void plan_from_json(const json_t *doc, struct plan *p)
{
    enum rung rung = rung_by_name(json_get_str(doc, "rung", ""));
    (void)snprintf(p->python, sizeof(p->python), "%s", json_get_str(doc, "python", ""));
    p->rung = rung == RUNGS ? RUNG_EDITABLE : rung;
    for (size_t i = 0; i < ARRAY_LEN(plan_lists); i++)
        json_get_strv(doc, plan_lists[i].key, plan_list(p, i));
    p->date_slack_days = (int)json_get_int(doc, "date_slack_days", 0);
    p->network = json_get_bool(doc, "network", false);
}

static void take_text(const json_t *doc, const char *key, char **slot)
{
    free(*slot);
    *slot = xstrdup(json_get_str(doc, key, ""));
}

int findings_from_json(const json_t *doc, struct findings *f, struct error *err)
{
    struct strv *room[7];
    if (json_get_int(doc, "format", 1) > 1)
        return error_set(err, E_NEWER, "findings.json is of a later format");
    findings_release(f);
    findings_init(f);
    (void)clock_parse(json_get_str(doc, "as_of", ""), &f->as_of);
    take_text(doc, "dist_name", &f->dist_name);
    take_text(doc, "version", &f->version);
    take_text(doc, "backend", &f->backend);
    take_text(doc, "runner", &f->runner);
    for (size_t i = 0; i < ARRAY_LEN(findings_keys); i++)
        json_get_strv(doc, findings_keys[i], findings_lists(f, &room)[i]);
    f->has_project = json_get_bool(doc, "has_project", false);
    f->has_submodules = json_get_bool(doc, "has_submodules", false);
    plan_from_json(json_object_get(doc, "plan"), &f->plan);
    return 0;
}
