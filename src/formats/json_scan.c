#include "formats/json_scan.h"

#include "formats/json_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void json_scan_init(struct json_scan *s)
{
    memset(s, 0, sizeof(*s));
}

void json_scan_release(struct json_scan *s)
{
    json_indexer_free(s->simd);
    free(s->own);
    free(s->over);
    json_scan_init(s);
}

/* ---- the scanner that takes everything ---- */

static void add_token(struct json_scan *s, size_t at)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 4096;
        s->own = xrealloc(s->own, s->cap * sizeof(*s->own));
    }
    s->own[s->n++] = (uint32_t)at;
}

/* From behind an opening quote to behind the closing one, or to the end. */
static size_t string_end(const char *text, size_t len, size_t i)
{
    while (i < len && text[i] != '"')
        i += text[i] == '\\' ? 2 : 1;
    return i < len ? i + 1 : len;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_mark(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

static size_t scalar_end(const char *text, size_t len, size_t i)
{
    while (i < len && !is_blank(text[i]) && !is_mark(text[i]) && text[i] != '"')
        i++;
    return i;
}

static void index_slowly(struct json_scan *s)
{
    s->n = 0;
    for (size_t i = 0; i < s->len;) {
        char c = s->text[i];
        if (is_blank(c)) {
            i++;
            continue;
        }
        add_token(s, i);
        if (c == '"')
            i = string_end(s->text, s->len, i + 1);
        else if (is_mark(c))
            i++;
        else
            i = scalar_end(s->text, s->len, i);
    }
    s->at = s->own;
}

/* Where each bracket ends. Until it does, its entry holds the one around it. */
static void find_ends(struct json_scan *s)
{
    const uint32_t none = UINT32_MAX;
    uint32_t open = none;
    if (s->n > s->over_cap) {
        free(s->over);
        s->over_cap = s->n + s->n / 4;
        s->over = xmalloc(s->over_cap * sizeof(*s->over));
    }
    for (size_t i = 0; i < s->n; i++) {
        char c = s->text[s->at[i]] | 0x20; /* [ and { differ in one bit, and so do their ends */
        if (c == '{') {
            s->over[i] = open;
            open = (uint32_t)i;
        } else if (c == '}' && open != none) {
            uint32_t around = s->over[open];
            s->over[open] = (uint32_t)i + 1;
            open = around;
        }
    }
    s->torn = open != none;
    while (open != none) {
        uint32_t around = s->over[open];
        s->over[open] = (uint32_t)s->n;
        open = around;
    }
}

int json_scan_open(struct json_scan *s, const char *text, size_t len, struct error *err)
{
    if (len >= UINT32_MAX)
        return error_set(err, E_PARSE, "a JSON text of %.1f GB is more than can be read",
                         (double)len / 1e9);
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3, len -= 3;
    s->text = text;
    s->len = len;
    if (!s->simd)
        s->simd = json_indexer_new();
    const uint32_t *at;
    if (len && s->simd && json_indexer_run(s->simd, text, len, &at, &s->n))
        s->at = at;
    else
        index_slowly(s);
    find_ends(s);
    return 0;
}

/* ---- walking ---- */

struct json_at json_begin(const struct json_scan *s)
{
    return (struct json_at){ s, 0 };
}

char json_peek(const struct json_at *a)
{
    return a->i < a->scan->n ? a->scan->text[a->scan->at[a->i]] : '\0';
}

/* Bytes from token `from` to before token `to`, without the blanks at the end. */
static struct json_span span_of(const struct json_scan *s, size_t from, size_t to)
{
    size_t begin = s->at[from], end = to < s->n ? s->at[to] : s->len;
    while (end > begin && is_blank(s->text[end - 1]))
        end--;
    return (struct json_span){ s->text + begin, end - begin };
}

struct json_span json_skip(struct json_at *a)
{
    const struct json_scan *s = a->scan;
    size_t from = a->i;
    if (from >= s->n)
        return (struct json_span){ s->text + s->len, 0 };
    char c = s->text[s->at[from]];
    a->i = c == '{' || c == '[' ? s->over[from] : from + 1;
    return span_of(s, from, a->i);
}

bool json_enter(struct json_at *a)
{
    char c = json_peek(a);
    if (c != '{' && c != '[')
        return false;
    a->i++;
    return true;
}

/* To the next thing inside brackets; false behind the closing one. */
static bool step_in(struct json_at *a)
{
    while (json_peek(a) == ',')
        a->i++;
    char c = json_peek(a);
    if (c == '}' || c == ']') {
        a->i++;
        return false;
    }
    return c != '\0';
}

bool json_member(struct json_at *a, struct json_span *key)
{
    while (step_in(a)) {
        struct json_span k = span_of(a->scan, a->i, a->i + 1);
        struct json_at next = { a->scan, a->i + 1 };
        if (k.n >= 2 && *k.s == '"' && json_peek(&next) == ':') {
            *key = (struct json_span){ k.s + 1, k.n - 2 };
            a->i += 2;
            return json_peek(a) != '\0';
        }
        json_skip(a); /* no member; what follows may be one */
    }
    return false;
}

bool json_item(struct json_at *a)
{
    return step_in(a);
}

bool json_is(struct json_span key, const char *name)
{
    return strlen(name) == key.n && memcmp(key.s, name, key.n) == 0;
}

/* ---- scalars ---- */

bool json_span_is_string(struct json_span value)
{
    return value.n && *value.s == '"';
}

static int hex4(const char *s, const char *end)
{
    int n = 0;
    if (end - s < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = s[i];
        int d = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
        if (d < 0)
            return -1;
        n = n * 16 + d;
    }
    return n;
}

static void add_code(struct str *out, uint32_t c)
{
    if (c < 0x80) {
        str_addc(out, (char)c);
    } else if (c < 0x800) {
        str_addc(out, (char)(0xC0 | c >> 6));
        str_addc(out, (char)(0x80 | (c & 63)));
    } else if (c < 0x10000) {
        str_addc(out, (char)(0xE0 | c >> 12));
        str_addc(out, (char)(0x80 | (c >> 6 & 63)));
        str_addc(out, (char)(0x80 | (c & 63)));
    } else {
        str_addc(out, (char)(0xF0 | c >> 18));
        str_addc(out, (char)(0x80 | (c >> 12 & 63)));
        str_addc(out, (char)(0x80 | (c >> 6 & 63)));
        str_addc(out, (char)(0x80 | (c & 63)));
    }
}

/* Behind "\u"; how far it went. Halves of a pair that stand alone are no text. */
static const char *add_unicode(const char *s, const char *end, struct str *out)
{
    int hi = hex4(s, end);
    if (hi < 0) {
        str_add(out, "\\u");
        return s;
    }
    s += 4;
    if (hi >= 0xD800 && hi < 0xDC00 && end - s >= 6 && s[0] == '\\' && s[1] == 'u') {
        int lo = hex4(s + 2, end);
        if (lo >= 0xDC00 && lo < 0xE000) {
            add_code(out, 0x10000 + (((uint32_t)hi - 0xD800) << 10) + ((uint32_t)lo - 0xDC00));
            return s + 6;
        }
    }
    add_code(out, hi >= 0xD800 && hi < 0xE000 ? 0xFFFD : (uint32_t)hi);
    return s;
}

static const char *add_escape(const char *s, const char *end, struct str *out)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *p = s < end ? memchr(from, *s, 5) : NULL;
    if (s == end)
        return s;
    if (*s == 'u')
        return add_unicode(s + 1, end, out);
    str_addc(out, p ? to[p - from] : *s);
    return s + 1;
}

void json_span_head(struct json_span value, size_t most, struct str *out)
{
    if (!json_span_is_string(value)) {
        str_addn(out, value.s, value.n < most ? value.n : most);
        return;
    }
    const char *s = value.s + 1, *end = value.s + value.n;
    size_t stop = out->len + most;
    if (end > s && end[-1] == '"')
        end--;
    while (s < end && out->len < stop) {
        const char *slash = memchr(s, '\\', (size_t)(end - s));
        size_t plain = (size_t)((slash ? slash : end) - s);
        size_t room = stop - out->len;
        str_addn(out, s, plain < room ? plain : room);
        s += plain;
        if (slash && out->len < stop)
            s = add_escape(s + 1, end, out);
    }
}

void json_span_text(struct json_span value, struct str *out)
{
    json_span_head(value, SIZE_MAX / 2, out);
}

double json_span_number(struct json_span value, double fallback)
{
    char text[64];
    bool quoted = json_span_is_string(value);
    size_t n = value.n - (quoted && value.n > 1 ? 2 : 0);
    if (!n || n >= sizeof(text))
        return fallback;
    memcpy(text, value.s + quoted, n);
    text[n] = '\0';
    if (!strchr("-0123456789", *text))
        return fallback;
    char *end;
    double x = strtod(text, &end);
    return end == text + n && x - x == 0 ? x : fallback;
}

int64_t json_span_int(struct json_span value, int64_t fallback)
{
    double x = json_span_number(value, NAN);
    bool quoted = json_span_is_string(value);
    if (x != x)
        return fallback;
    if (x >= 9.2e18 || x <= -9.2e18)
        return x > 0 ? INT64_MAX : INT64_MIN;
    bool whole = !memchr(value.s, '.', value.n) && !memchr(value.s, 'e', value.n) &&
                 !memchr(value.s, 'E', value.n);
    return whole ? strtoll(value.s + quoted, NULL, 10) : (int64_t)x;
}

int json_span_truth(struct json_span value)
{
    if (value.n == 4 && memcmp(value.s, "true", 4) == 0)
        return 1;
    if (value.n == 5 && memcmp(value.s, "false", 5) == 0)
        return 0;
    double x = json_span_is_string(value) ? -1 : json_span_number(value, -1);
    return x < 0 ? -1 : x > 0;
}
