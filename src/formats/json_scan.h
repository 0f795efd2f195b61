/* json_scan.h: a place to stand in a JSON text, moved forward without parsing it.
 *
 * A text is indexed once (libsimdjson's first pass: where its brackets, commas, colons, strings
 * and numbers begin); then members are found and whole values skipped by walking that index, so
 * that a prompt repeated in every step costs its brackets and not its bytes. What simdjson's
 * pass refuses (a text that ends in the middle of a string, control bytes inside strings) is
 * indexed by a scanner of our own that takes everything: NaN, Infinity, NUL, invalid UTF-8, a
 * torn end. Scalars are read when somebody asks.
 *
 * The text is borrowed and lives as long as the scan. Spans are borrowed from it. One thread per
 * scan. A text may have 4 GiB less one byte. Values nested deeper than JSON_DEPTH are skipped,
 * never entered.
 */
#ifndef BOTTEGA_JSON_SCAN_H
#define BOTTEGA_JSON_SCAN_H

#include "base/base.h"

enum { JSON_DEPTH = 1000 };

struct json_indexer;

struct json_scan {
    const char *text;
    size_t len;
    const uint32_t *at; /* offsets of brackets, commas, colons, and first bytes of scalars */
    size_t n;
    bool torn; /* the text ends before its value does */
    struct json_indexer *simd;
    uint32_t *own; /* the index when simdjson refuses the text */
    size_t cap;
    uint32_t *over; /* of a bracket: the token behind its end */
    size_t over_cap;
};

void json_scan_init(struct json_scan *s);
void json_scan_release(struct json_scan *s);
/* Indexes `text`; the memory of the one before is used again. E_PARSE: longer than 4 GiB. */
WARN_UNUSED int json_scan_open(struct json_scan *s, const char *text, size_t len,
                               struct error *err);

/* A value as it stands in the text. */
struct json_span {
    const char *s;
    size_t n;
};

/* What walks: `i` is the index of the token that comes next. Copy it to come back. */
struct json_at {
    const struct json_scan *scan;
    size_t i;
};
struct json_at json_begin(const struct json_scan *s);
/* First byte of the value that comes next: { [ " t f n N I - 0-9; 0 at the end. */
char json_peek(const struct json_at *a);
/* Over the value that comes next; its bytes. Ends at the text's end when it is torn. */
struct json_span json_skip(struct json_at *a);
/* Into the object or array that comes next; false, and nowhere moved, when it is none. */
bool json_enter(struct json_at *a);
/* The next member of the object that was entered: its key (between the quotes, escapes as they
 * are); the place stands before its value, which must be skipped or entered. False at the end,
 * and the place stands behind it. */
bool json_member(struct json_at *a, struct json_span *key);
/* Likewise for the next item of an array. */
bool json_item(struct json_at *a);

bool json_is(struct json_span key, const char *name);

/* Readers of one value's bytes. Text of a string with its escapes resolved: a lone surrogate
 * becomes U+FFFD, NUL stays a byte. Of anything else its bytes as they are. */
void json_span_text(struct json_span value, struct str *out);
/* The same for at most `most` bytes of it. */
void json_span_head(struct json_span value, size_t most, struct str *out);
bool json_span_is_string(struct json_span value);
/* The number; numbers inside strings count ("1.5"); `fallback` for the rest, NaN included. */
double json_span_number(struct json_span value, double fallback);
/* The same as a whole number, every digit of it; what is too great becomes the greatest there is.
 */
int64_t json_span_int(struct json_span value, int64_t fallback);
/* 1 or 0 for true, false and numbers; -1 for null and the rest. */
int json_span_truth(struct json_span value);

#endif
