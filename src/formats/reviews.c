#include "formats/formats.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const kinds[] = { "mark", "label", "note" };

bool review_kind_is_known(const char *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

void review_curator(const struct config *config, struct str *out)
{
    const char *name = config_text(config, "review.curator");
    const struct passwd *user = *name ? NULL : getpwuid(getuid());
    str_add(out, *name ? name : user ? user->pw_name : "curator");
}

int review_add(const struct workspace *ws, const struct review *r, struct error *err)
{
    struct str now = STR_INIT;
    if (!path_is_safe(r->curator))
        return error_set(err, E_USAGE, "%s: a curator's name is one name of a file", r->curator);
    char *dir = workspace_path(ws, "reviews"), *path = str_format("%s/%s.jsonl", dir, r->curator);
    json_t *doc = json_object();
    clock_format(clock_utc(), &now);
    json_put_int(doc, "format", 1);
    json_put_text(doc, "t", now.s);
    json_put_text(doc, "instance_id", r->instance_id);
    json_put_text(doc, "kind", r->retracted ? "retraction" : r->kind);
    if (r->retracted)
        json_put_text(doc, "of", r->kind);
    json_put_text(doc, "text", r->text);
    char *line = json_line_new(doc);
    int rc = dir_make(dir, err);
    if (rc == 0)
        rc = file_append_line(path, line, err);
    free(line);
    json_decref(doc);
    free(path);
    free(dir);
    str_release(&now);
    return rc;
}

struct reading {
    const char *curator;
    review_fn fn;
    void *payload;
    struct error *err;
};

/* A line that is torn or of a kind that nobody knows yet says nothing here. */
static int on_line(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                   const struct error *why UNUSED)
{
    struct reading *r = payload;
    struct review v = { .curator = r->curator };
    const char *kind = json_get_str(doc, "kind", "");
    if (json_get_int(doc, "format", 1) > 1)
        return error_set(r->err, E_NEWER, "reviews/%s.jsonl is of a later bottega", r->curator);
    v.retracted = strcmp(kind, "retraction") == 0;
    v.kind = v.retracted ? json_get_str(doc, "of", "") : kind;
    v.instance_id = json_get_str(doc, "instance_id", "");
    v.text = json_get_str(doc, "text", "");
    if (!*v.instance_id || !review_kind_is_known(v.kind))
        return 0;
    (void)clock_parse(json_get_str(doc, "t", ""), &v.at);
    return r->fn(r->payload, &v, r->err);
}

int reviews_each(const struct workspace *ws, const char *curator, review_fn fn, void *payload,
                 struct error *err)
{
    struct reading r = { curator, fn, payload, err };
    char *path = workspace_path(ws, "reviews/%s.jsonl", curator);
    int rc = path_exists(path) ? json_each_line(path, on_line, &r, err) : 0;
    free(path);
    return rc;
}
