/* workspace.h: a small workspace on disk for tests, written file by file. */
#ifndef BOTTEGA_TEST_WORKSPACE_H
#define BOTTEGA_TEST_WORKSPACE_H

#include "unit.h"

#include "config/config.h"

struct made {
    char dir[64];
    struct workspace ws;
};

static inline void made_open(struct made *m)
{
    strcpy(m->dir, "/tmp/bottega-test-XXXXXX");
    assert_non_null(mkdtemp(m->dir));
    assert_int_equal(workspace_init(m->dir, NULL), 0);
    assert_int_equal(workspace_open(&m->ws, m->dir, NULL, NULL), 0);
}

static inline void made_close(struct made *m)
{
    workspace_release(&m->ws);
    assert_int_equal(tree_remove(m->dir, NULL), 0);
}

/* Writes a file below the workspace, its folders too. */
static inline void made_write(const struct made *m, const char *text, const char *fmt, ...)
    PRINTF(3, 4);

static inline void made_write(const struct made *m, const char *text, const char *fmt, ...)
{
    struct str path = STR_INIT;
    va_list ap;
    str_addf(&path, "%s/", m->dir);
    va_start(ap, fmt);
    str_vaddf(&path, fmt, ap);
    va_end(ap);
    char *folder = xstrndup(path.s, (size_t)(strrchr(path.s, '/') - path.s));
    assert_int_equal(dir_make(folder, NULL), 0);
    assert_int_equal(file_write(path.s, text, strlen(text), NULL), 0);
    free(folder);
    str_release(&path);
}

/* A row of a task file. */
static inline char *made_task_new(const char *id, const char *repo, const char *title)
{
    return str_format("{\"instance_id\":\"%s\",\"repo\":\"%s\",\"created_at\":\"2020-03-%02dT00:00:"
                      "00Z\",\"pull_number\":%d,\"problem_statement\":\"%s\\n\\nmore\"}\n",
                      id, repo, (int)(strlen(id) % 28 + 1), (int)strlen(id), title);
}

/* status.json of an environment; `rest` is more members, each after a comma. */
static inline void made_status(const struct made *m, const char *run, const char *repo,
                               const char *id, const char *state, const char *rest)
{
    char *folder = repo_folder_new(repo);
    char *text = str_format("{\"format\":1,\"instance_id\":\"%s\",\"repo\":\"%s\",\"run\":\"%s\","
                            "\"state\":\"%s\"%s}",
                            id, repo, run, state, rest);
    made_write(m, text, "runs/%s/%s/%s/status.json", run, folder, id);
    free(text);
    free(folder);
}

#endif
