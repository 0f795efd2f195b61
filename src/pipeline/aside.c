#include "pipeline/private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number of "round-7"; 0: the name is none. */
static int number_of(const char *name)
{
    int n = 0, used = 0;
    return sscanf(name, "round-%d%n", &n, &used) == 1 && !name[used] && n > 0 ? n : 0;
}

int last_round(const struct synthesis *s, int *n, struct error *err)
{
    struct strv names = STRV_INIT;
    int rc = path_is_dir(s->dir) ? dir_list(s->dir, &names, err) : 0;
    *n = 0;
    for (size_t i = 0; i < names.n; i++)
        if (number_of(names.v[i]) > *n)
            *n = number_of(names.v[i]);
    strv_release(&names);
    return rc;
}

static int copy_file(const char *from_dir, const char *to_dir, const char *name, struct error *err)
{
    struct str bytes = STR_INIT;
    char *from = str_format("%s/%s", from_dir, name), *to = str_format("%s/%s", to_dir, name);
    int rc = 0;
    if (path_exists(from) && !path_exists(to)) {
        rc = file_read(from, &bytes, err);
        if (rc == 0)
            rc = file_write(to, bytes.s, bytes.len, err);
    }
    str_release(&bytes);
    free(from);
    free(to);
    return rc;
}

/* What stood before is copied first, once: after a kill the files may be of the new life. */
static int copy_end(const struct synthesis *s, const char *to, struct error *err)
{
    static const char *const files[] = { "Dockerfile", "requirements.lock", "eval_skeleton.sh",
                                         "eval.sh",    "image.json",        "cost.json",
                                         "status.json" };
    char *last = str_format("%s/status.json", to);
    int rc = 0;
    for (size_t i = 0; rc == 0 && !path_exists(last) && i < ARRAY_LEN(files); i++)
        rc = copy_file(s->dir, to, files[i], err);
    free(last);
    return rc;
}

static int move_name(const char *from_dir, const char *to_dir, const char *name, struct error *err)
{
    char *from = str_format("%s/%s", from_dir, name), *to = str_format("%s/%s", to_dir, name);
    int rc = rename(from, to) < 0 && errno != ENOENT
                 ? error_set(err, E_IO, "%s to %s: %s", from, to, strerror(errno))
                 : 0;
    free(from);
    free(to);
    return rc;
}

/* image.json too: what it names is no environment of now. */
static int move_rounds(const struct synthesis *s, int first, const char *to, struct error *err)
{
    struct strv names = STRV_INIT;
    int rc = dir_list(s->dir, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        if (number_of(names.v[i]) >= first || strcmp(names.v[i], "image.json") == 0 ||
            (first == 1 && strcmp(names.v[i], "journal.jsonl") == 0))
            rc = move_name(s->dir, to, names.v[i], err);
    strv_release(&names);
    return rc;
}

int put_aside(struct synthesis *s, struct error *err)
{
    const struct asked *asked = s->job->asked;
    char *done = str_format("%s/aside/%s", s->dir, asked->ticket);
    char *part = str_format("%s.part", done);
    int rc = path_is_dir(done) ? 1 : dir_make(part, err);
    if (rc == 0)
        rc = copy_end(s, part, err);
    if (rc == 0)
        rc = move_rounds(s, asked->from_round, part, err);
    if (rc == 0)
        rc = write_status(s, "running", NULL, NULL, err);
    if (rc == 0 && rename(part, done) < 0)
        rc = error_set(err, E_IO, "%s: %s", done, strerror(errno));
    free(part);
    free(done);
    return rc < 0 ? rc : 0;
}
