#include "base/json.h"

#include "base/path.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *json_get_str(const json_t *obj, const char *key, const char *fallback)
{
    const char *s = json_string_value(json_object_get(obj, key));
    return s ? s : fallback;
}

int64_t json_get_int(const json_t *obj, const char *key, int64_t fallback)
{
    const json_t *v = json_object_get(obj, key);
    return json_is_integer(v) ? (int64_t)json_integer_value(v) : fallback;
}

double json_get_num(const json_t *obj, const char *key, double fallback)
{
    const json_t *v = json_object_get(obj, key);
    return json_is_number(v) ? json_number_value(v) : fallback;
}

bool json_get_bool(const json_t *obj, const char *key, bool fallback)
{
    const json_t *v = json_object_get(obj, key);
    return json_is_boolean(v) ? json_is_true(v) : fallback;
}

void json_get_strv(const json_t *obj, const char *key, struct strv *out)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(obj, key), i, item)
    {
        if (json_is_string(item))
            strv_add(out, json_string_value(item));
    }
}

static json_t *text_value(const char *text)
{
    json_t *v = json_string(text);
    if (v)
        return v;
    struct str clean = STR_INIT;
    text_add_utf8(&clean, text, strlen(text));
    v = json_stringn(clean.s, clean.len);
    str_release(&clean);
    return v;
}

json_t *json_from_strv(const struct strv *list)
{
    json_t *a = json_array();
    for (size_t i = 0; i < list->n; i++)
        json_array_append_new(a, text_value(list->v[i]));
    return a;
}

void json_put_text(json_t *obj, const char *key, const char *text)
{
    json_object_set_new(obj, key, text ? text_value(text) : json_null());
}

void json_put_int(json_t *obj, const char *key, int64_t n)
{
    json_object_set_new(obj, key, json_integer(n));
}

void json_put_bool(json_t *obj, const char *key, bool b)
{
    json_object_set_new(obj, key, json_boolean(b));
}

int json_parse(const char *text, size_t len, json_t **out, struct error *err)
{
    json_error_t why;
    *out = json_loadb(text, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &why);
    if (*out)
        return 0;
    if (!memchr(text, '\n', len))
        return error_set(err, E_PARSE, "not JSON (column %d: %s)", why.column, why.text);
    return error_set(err, E_PARSE, "not JSON (line %d, column %d: %s)", why.line, why.column,
                     why.text);
}

int json_read_file(const char *path, json_t **out, struct error *err)
{
    struct str text = STR_INIT;
    int rc = file_read(path, &text, err);
    if (rc == 0) {
        rc = json_parse(text.s, text.len, out, err);
        if (rc < 0)
            error_prefix(err, "%s", path);
    }
    str_release(&text);
    return rc;
}

int json_write_file(const char *path, const json_t *doc, struct error *err)
{
    char *text = json_dumps(doc, JSON_INDENT(1) | JSON_ENCODE_ANY);
    if (!text)
        return error_set(err, E_FAIL, "%s: the document cannot be written as JSON", path);
    struct str all = STR_INIT;
    str_add(&all, text);
    str_addc(&all, '\n');
    int rc = file_write(path, all.s, all.len, err);
    str_release(&all);
    free(text);
    return rc;
}

char *json_line_new(const json_t *doc)
{
    return json_dumps(doc, JSON_COMPACT | JSON_ENCODE_ANY);
}

char *json_short_line_new(const json_t *doc)
{
    return json_dumps(doc, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}

static bool is_blank(const char *s, size_t n)
{
    return strspn(s, " \t\r\n") >= n;
}

int json_each_line(const char *path, json_line_fn fn, void *payload, struct error *err)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return error_errno(err, errno, "cannot read %s", path);
    char *line = NULL;
    size_t cap = 0, number = 0;
    int64_t offset = 0;
    int rc = 0;
    ssize_t n;
    while (rc >= 0 && (n = getline(&line, &cap, f)) > 0) {
        size_t bom = number == 0 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        number++;
        if (!is_blank(line + bom, (size_t)n - bom)) {
            struct error why = ERROR_INIT;
            json_t *doc = NULL;
            if (json_parse(line + bom, (size_t)n - bom, &doc, &why) < 0)
                doc = NULL;
            rc = fn(payload, number, offset, doc, &why);
            json_decref(doc);
            error_release(&why);
        }
        offset += n;
    }
    if (rc >= 0 && ferror(f))
        rc = error_errno(err, errno, "cannot read %s", path);
    free(line);
    fclose(f);
    return rc < 0 ? rc : 0;
}
