/* json.h: jansson with defaults, files of one document, and JSON lines.
 *
 * Getters never fail: a missing key or another type gives the default. What they return is
 * borrowed from the object. Files are written beside and renamed.
 */
#ifndef BOTTEGA_JSON_H
#define BOTTEGA_JSON_H

#include "base/error.h"
#include "base/str.h"
#include "base/strv.h"

#include <jansson.h>
#include <stdint.h>

const char *json_get_str(const json_t *obj, const char *key, const char *fallback);
int64_t json_get_int(const json_t *obj, const char *key, int64_t fallback);
double json_get_num(const json_t *obj, const char *key, double fallback);
bool json_get_bool(const json_t *obj, const char *key, bool fallback);
/* Adds every string of the array obj[key]. */
void json_get_strv(const json_t *obj, const char *key, struct strv *out);

json_t *json_from_strv(const struct strv *list); /* a new array */
/* Sets obj[key] to the text; bytes that are no UTF-8 become U+FFFD. NULL sets null. */
void json_put_text(json_t *obj, const char *key, const char *text);
void json_put_int(json_t *obj, const char *key, int64_t n);
void json_put_bool(json_t *obj, const char *key, bool b);

/* Parses one document; E_PARSE says where, by line and column. */
WARN_UNUSED int json_parse(const char *text, size_t len, json_t **out, struct error *err);
WARN_UNUSED int json_read_file(const char *path, json_t **out, struct error *err);
/* Indented, keys in order of insertion, newline at the end. */
WARN_UNUSED int json_write_file(const char *path, const json_t *doc, struct error *err);
/* One line, without the newline; free() it. */
char *json_line_new(const json_t *doc);
/* Likewise for output: "22.96" where json_line_new keeps every bit, "22.960000000000001". */
char *json_short_line_new(const json_t *doc);

/* Calls `fn` for every line that is not blank: `doc` is NULL when the line does not parse
 * and `err` says why. `offset` is the line's first byte. A negative return of `fn` ends the
 * reading and is returned. Lines of any length; a BOM at the start is skipped. */
typedef int (*json_line_fn)(void *payload, size_t line, int64_t offset, json_t *doc,
                            const struct error *err);
WARN_UNUSED int json_each_line(const char *path, json_line_fn fn, void *payload, struct error *err);

#endif
