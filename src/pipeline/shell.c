#include "pipeline/private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Round `round`, or with 0 the files that were accepted or tried last. */
static int read_files(struct synthesis *s, int round, struct error *err)
{
    json_t *status = NULL, *doc = NULL;
    (void)!status_read(s, &status, NULL);
    int from = round ? round : (int)json_get_int(status, "round", 1);
    char *findings = str_format("%s/round-%d/findings.json", s->dir, from);
    s->round = from;
    s->round_dir = round ? str_format("%s/round-%d", s->dir, round) : xstrdup(s->dir);
    read_texts(s);
    int rc = s->dockerfile.len ? 0
                               : error_set(err, E_NOTFOUND, "%s has no Dockerfile in round %d",
                                           s->in.instance_id, from);
    if (rc == 0)
        rc = json_read_file(findings, &doc, err);
    if (rc == 0)
        rc = findings_from_json(doc, &s->findings, err);
    if (rc == 0)
        python_of_dockerfile(s);
    json_decref(doc);
    json_decref(status);
    free(findings);
    return rc;
}

/* What an evaluation has at /bottega, so that a person can do by hand what it does. */
static int write_inputs(const struct synthesis *s, const char *dir, struct error *err)
{
    const struct {
        const char *name;
        const struct str *text;
    } files[] = { { "eval.sh", &s->script },
                  { "fix.patch", &s->in.patch },
                  { "test.patch", &s->in.test_patch } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++) {
        char *path = str_format("%s/%s", dir, files[i].name);
        rc = file_write(path, files[i].text->s, files[i].text->len, err);
        free(path);
    }
    return rc;
}

/* The label is not the job's own: a worker of this instance must not end a person's shell. */
static int enter(struct synthesis *s, const char *dir, int *status, struct error *err)
{
    static const char *const argv[] = { "bash", NULL };
    char *workspace = str_format("bottega.workspace=%s", s->job->ws->id);
    char *job = str_format("bottega.job=shell/%s", s->in.instance_id);
    const char *const labels[] = { workspace, job, NULL };
    const struct container_mount mounts[] = { { dir, "/bottega", false } };
    struct run_spec spec = { .image = s->tag,
                             .argv = argv,
                             .network = s->findings.plan.network,
                             .labels = labels,
                             .mounts = mounts,
                             .n_mounts = 1,
                             .workdir = "/testbed",
                             .terminal = true };
    container_limits_init(&spec.limits, &s->job->ws->config);
    int rc = container_shell(s->job->engine, &spec, status, err);
    free(workspace);
    free(job);
    return rc;
}

static int open_shell(struct synthesis *s, int round, int *status, struct error *err)
{
    char dir[] = "/tmp/bottega-shell-XXXXXX";
    int rc = read_files(s, round, err);
    if (rc == 0)
        rc = synthesis_fetch(s, err);
    if (rc < 0)
        return rc;
    if (!mkdtemp(dir) || chmod(dir, 0755) < 0)
        return error_errno(err, errno, "cannot make a folder in /tmp");
    free(s->round_dir); /* the round keeps the log of its own build */
    s->round_dir = xstrdup(dir);
    rc = base_image(s, err);
    if (rc == 0)
        rc = build_image(s, err);
    if (rc == 0)
        rc = write_inputs(s, dir, err);
    if (rc == 0)
        rc = enter(s, dir, status, err);
    images_drop(s, false);
    (void)!tree_remove(dir, NULL);
    return rc;
}

int shell_instance(struct job_context *job, const char *instance_id, int round, int *status,
                   struct error *err)
{
    struct synthesis s;
    int rc = synthesis_init(&s, job, instance_id, err);
    if (rc == 0)
        rc = open_shell(&s, round, status, err);
    synthesis_release(&s);
    return rc;
}
