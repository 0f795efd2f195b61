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
    if (!slash || slash == s)
        return false;
    char *owner = xstrndup(s, (size_t)(slash - s));
    bool ok = path_is_safe(owner) && path_is_safe(slash + 1);
    free(owner);
    return ok;
}

/* The text of a field that must be there; sets `err` otherwise. */
static const char *need_text(const json_t *row, const char *key, struct error *err)
{
    const json_t *v = json_object_get(row, key);
    if (!v || json_is_null(v))
        error_set(err, E_PARSE, "%s is missing", key);
    else if (!json_is_string(v))
        error_set(err, E_PARSE, "%s is not a text", key);
    else if (!*json_string_value(v))
        error_set(err, E_PARSE, "%s is empty", key);
    else
        return json_string_value(v);
    return NULL;
}

static void add_bytes(struct str *out, const json_t *row, const char *key)
{
    const json_t *v = json_object_get(row, key);
    str_init(out);
    if (json_is_string(v))
        str_addn(out, json_string_value(v), json_string_length(v));
}

static int check_names(const char *id, const char *repo, const char *base, struct error *err)
{
    if (!path_is_safe(id))
        return error_set(err, E_PARSE, "instance_id is no safe folder name");
    if (!is_repo(repo))
        return error_set(err, E_PARSE, "repo is not owner/name");
    if (!is_commit(base))
        return error_set(err, E_PARSE, "base_commit is not 40 hex digits");
    return 0;
}

int instance_from_row(struct instance *in, json_t *row, struct error *err)
{
    memset(in, 0, sizeof(*in));
    str_init(&in->patch);
    str_init(&in->test_patch);
    if (!json_is_object(row))
        return error_set(err, E_PARSE, "not a JSON object");
    const char *id = need_text(row, "instance_id", err);
    const char *repo = id ? need_text(row, "repo", err) : NULL;
    const char *base = repo ? need_text(row, "base_commit", err) : NULL;
    if (!base || !need_text(row, "patch", err))
        return E_PARSE;
    int rc = check_names(id, repo, base, err);
    if (rc < 0)
        return rc;
    const char *end = json_get_str(row, "end_commit", "");
    in->instance_id = xstrdup(id);
    in->repo = xstrdup(repo);
    in->base_commit = xstrdup(base);
    in->end_commit = is_commit(end) ? xstrdup(end) : NULL;
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
