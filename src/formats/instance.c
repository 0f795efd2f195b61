#include "formats/instance.h"

#include <stdlib.h>
#include <string.h>

static bool is_commit(const char *s)
{
    return strlen(s) == 40 && strspn(s, "0123456789abcdef") == 40;
}

static bool is_repo(const char *s)
{
    const char *slash = strchr(s, '/');
    if (!slash || slash == s || *s == '-' || slash[1] == '-')
        return false;
    char *owner = xstrndup(s, (size_t)(slash - s));
    bool ok = path_is_safe(owner) && path_is_safe(slash + 1);
    free(owner);
    return ok;
}

/* Texts that a row must or may have; one that is there must be a text. */
static const struct field {
    const char *key;
    bool needed;
} fields[] = {
    { "instance_id", true }, { "repo", true },        { "base_commit", true },
    { "end_commit", false }, { "patch", false },      { "test_patch", false },
    { "version", false },    { "created_at", false }, { "problem_statement", false },
};

/* Numbers stand where some writers put a date or a version; nothing depends on those two. */
static bool may_be_number(const struct field *f, const json_t *v)
{
    return json_is_number(v) &&
           (strcmp(f->key, "version") == 0 || strcmp(f->key, "created_at") == 0);
}

static int check_field(const struct field *f, const json_t *row, struct error *err)
{
    const json_t *v = json_object_get(row, f->key);
    if (!v || json_is_null(v))
        return f->needed ? error_set(err, E_PARSE, "%s is missing", f->key) : 0;
    if (!json_is_string(v))
        return may_be_number(f, v) ? 0 : error_set(err, E_PARSE, "%s is not a text", f->key);
    if (f->needed && !json_string_length(v))
        return error_set(err, E_PARSE, "%s is empty", f->key);
    if (f->needed && strlen(json_string_value(v)) != json_string_length(v))
        return error_set(err, E_PARSE, "%s holds a NUL byte", f->key);
    return 0;
}

static int check_names(const json_t *row, struct error *err)
{
    const char *end = json_get_str(row, "end_commit", "");
    const char *id = json_get_str(row, "instance_id", "");
    const char *repo = json_get_str(row, "repo", "");
    const char *base = json_get_str(row, "base_commit", "");
    if (!path_is_safe(id))
        return error_set(err, E_PARSE, "instance_id %.80s is no safe folder name", id);
    if (!is_repo(repo))
        return error_set(err, E_PARSE, "repo %.80s is not owner/name", repo);
    if (!is_commit(base))
        return error_set(err, E_PARSE, "base_commit %.80s is not 40 hex digits", base);
    if (*end && !is_commit(end))
        return error_set(err, E_PARSE, "end_commit %.80s is not 40 hex digits", end);
    if (!*end && !*json_get_str(row, "patch", ""))
        return error_set(err, E_PARSE, "patch is %s, and no end_commit says where the fix is",
                         json_object_get(row, "patch") ? "empty" : "missing");
    return 0;
}

static int check_row(const json_t *row, struct error *err)
{
    int rc = json_is_object(row) ? 0 : error_set(err, E_PARSE, "not a JSON object");
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(fields); i++)
        rc = check_field(&fields[i], row, err);
    return rc == 0 ? check_names(row, err) : rc;
}

static void add_bytes(struct str *out, const json_t *row, const char *key)
{
    const json_t *v = json_object_get(row, key);
    if (json_is_string(v))
        str_addn(out, json_string_value(v), json_string_length(v));
}

int instance_from_row(struct instance *in, json_t *row, struct error *err)
{
    memset(in, 0, sizeof(*in));
    str_init(&in->patch);
    str_init(&in->test_patch);
    int rc = check_row(row, err);
    if (rc < 0)
        return rc;
    const char *end = json_get_str(row, "end_commit", "");
    in->instance_id = xstrdup(json_get_str(row, "instance_id", ""));
    in->repo = xstrdup(json_get_str(row, "repo", ""));
    in->base_commit = xstrdup(json_get_str(row, "base_commit", ""));
    in->end_commit = *end ? xstrdup(end) : NULL;
    in->created_at = xstrdup(json_get_str(row, "created_at", ""));
    in->version = xstrdup(json_get_str(row, "version", ""));
    in->problem_statement = xstrdup(json_get_str(row, "problem_statement", ""));
    in->pull_number = json_get_int(row, "pull_number", 0);
    add_bytes(&in->patch, row, "patch");
    add_bytes(&in->test_patch, row, "test_patch");
    in->row = json_incref(row);
    return 0;
}

void instance_release(struct instance *in)
{
    free(in->instance_id);
    free(in->repo);
    free(in->base_commit);
    free(in->end_commit);
    free(in->created_at);
    free(in->version);
    free(in->problem_statement);
    str_release(&in->patch);
    str_release(&in->test_patch);
    json_decref(in->row);
    memset(in, 0, sizeof(*in));
    str_init(&in->patch);
    str_init(&in->test_patch);
}
