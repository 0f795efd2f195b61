#include "command/command.h"
#include "command/select.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def check_args[] = {
    { "leaks", 'l', ARG_FLAG, NULL, "look for the fix in the images, and for scripts that lie" },
    { "where", 'w', ARG_VALUE, "QUERY", "only these: repo:pallets* f2p:>3 some words" },
    { "run", 'r', ARG_VALUE, "NAME", "the run whose environments to check (main)" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

struct checking {
    struct invocation *inv;
    struct job_context job;
    size_t looked, found, failed;
};

static void print_text(const char *id, const struct leak_report *r)
{
    struct str shown = STR_INIT;
    printf("%s  %s\n", id, r->n ? "" : "clean");
    for (size_t i = 0; i < r->n; i++) {
        const struct leak *l = &r->v[i];
        str_clear(&shown);
        text_add_shown(&shown, l->where, strlen(l->where));
        printf("  %-12s %s: %s\n", l->kind, shown.s, l->what);
        str_clear(&shown);
        text_add_shown(&shown, l->bytes, strlen(l->bytes));
        if (shown.len)
            printf("  %-12s %s\n", "", shown.s);
    }
    str_release(&shown);
}

static void print_json(const char *id, const char *run, const struct leak_report *r,
                       const char *error)
{
    json_t *row = json_object(), *list = json_array();
    for (size_t i = 0; i < r->n; i++) {
        json_t *leak = json_object();
        json_put_text(leak, "kind", r->v[i].kind);
        json_put_text(leak, "where", r->v[i].where);
        json_put_text(leak, "what", r->v[i].what);
        json_put_text(leak, "bytes", r->v[i].bytes);
        json_array_append_new(list, leak);
    }
    json_put_text(row, "instance_id", id);
    json_put_text(row, "run", run);
    json_object_set_new(row, "leaks", list);
    json_put_text(row, "error", error);
    char *line = json_line_new(row);
    puts(line);
    free(line);
    json_decref(row);
}

/* One that cannot be looked at does not keep the others from it. */
static int check_one(struct checking *c, const char *id, struct error *err)
{
    struct leak_report r;
    struct error why = ERROR_INIT;
    int rc = leaks_instance(&c->job, id, &r, &why);
    c->looked += rc == 0;
    c->found += rc == 0 && r.n;
    c->failed += rc < 0;
    if (c->inv->json && rc != E_CANCELLED)
        print_json(id, c->job.run, &r, rc < 0 ? error_text(&why) : NULL);
    else if (rc == 0)
        print_text(id, &r);
    else if (rc != E_CANCELLED)
        fprintf(stderr, "%s\n", error_text(&why));
    if (rc == E_CANCELLED || rc == E_ENGINE)
        error_set(err, rc, "%s", error_text(&why));
    else
        rc = 0;
    fflush(stdout);
    leak_report_release(&r);
    error_release(&why);
    return rc;
}

static int check_leaks(struct invocation *inv, const struct workload *p, const char *run,
                       struct error *err)
{
    struct engine engine;
    struct checking c = { .inv = inv,
                          .job = { .ws = inv->workspace,
                                   .engine = &engine,
                                   .run = run,
                                   .agent = "rules",
                                   .stop = inv->stop } };
    int rc = engine_open(&inv->workspace->config, inv->workspace->root, &engine, err);
    for (size_t i = 0; rc == 0 && i < p->pick.ids.n; i++)
        rc = check_one(&c, p->pick.ids.v[i], err);
    if (!inv->quiet)
        fprintf(stderr, "%zu environments looked at, %zu with findings, %zu could not be\n",
                c.looked, c.found, c.failed);
    engine_release(&engine);
    return rc < 0 ? rc : c.found || c.failed ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}

int cmd_check(struct invocation *inv, struct error *err)
{
    struct workload p = WORKLOAD_INIT;
    const char *run = args_text(inv->args, "run", "main");
    int rc = 0;
    if (!args_flag(inv->args, "leaks"))
        return error_set(err, E_USAGE, "check what? --leaks looks at accepted environments");
    if (!path_is_safe(run))
        return error_set(err, E_USAGE, "--run %s: must be one name of a folder", run);
    rc = workload_make(inv, run, select_accepted, &p, err);
    if (rc == 0 && p.pick.ids.n)
        rc = check_leaks(inv, &p, run, err);
    else if (rc == 0 && !inv->quiet)
        fprintf(stderr, "nothing to do: no environment of the run %s is accepted%s\n", run,
                args_text(inv->args, "where", NULL) ? " and matches" : "");
    workload_release(&p);
    return rc;
}
