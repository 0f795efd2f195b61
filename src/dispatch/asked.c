#include "dispatch/dispatch.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 4 << 20 };

bool asked_by_hand(const struct asked_spec *spec)
{
    return spec->dockerfile || spec->script || spec->lock;
}

/* UTF-8 alone survives the manifest. */
static int put_file(json_t *doc, const char *key, const char *path, struct error *err)
{
    struct str text = STR_INIT;
    int rc = 0;
    if (!path)
        return 0;
    if (!path_exists(path) || path_is_dir(path))
        rc = error_set(err, E_USAGE, "%s: no such file", path);
    else if (file_size(path) > MOST_BYTES)
        rc = error_set(err, E_USAGE, "%s: more than 4 MiB", path);
    else
        rc = file_read(path, &text, err);
    json_t *value = rc == 0 ? json_stringn(text.s, text.len) : NULL;
    if (rc == 0 && (!value || strlen(text.s) != text.len))
        rc = error_set(err, E_USAGE, "%s: not UTF-8 text", path);
    if (rc == 0 && !text.len && strcmp(key, "requirements") != 0)
        rc = error_set(err, E_USAGE, "%s: empty", path);
    if (rc == 0)
        json_object_set(doc, key, value);
    json_decref(value);
    str_release(&text);
    return rc;
}

int asked_to_options(const struct asked_spec *spec, json_t *options, struct error *err)
{
    json_t *texts = json_object();
    int rc = put_file(texts, "dockerfile", spec->dockerfile, err);
    if (rc == 0)
        rc = put_file(texts, "eval", spec->script, err);
    if (rc == 0)
        rc = put_file(texts, "requirements", spec->lock, err);
    if (spec->from_round)
        json_put_int(options, "from_round", spec->from_round);
    if (rc == 0 && asked_by_hand(spec))
        json_object_set(options, "by_hand", texts);
    json_decref(texts);
    return rc;
}
