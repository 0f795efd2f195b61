#include "agents/rules/read.h"

#include <ctype.h>
#include <string.h>

/* A tolerant reader of the TOML that packaging files use. A line that cannot be read is passed
 * over; nothing is validated. */
struct toml {
    const char *p;
    int depth;
};

enum { TOML_DEPTH = 32 };

static json_t *value(struct toml *t);

static void skip_blanks(struct toml *t)
{
    while (*t->p == ' ' || *t->p == '\t')
        t->p++;
}

static void skip_line(struct toml *t)
{
    t->p += strcspn(t->p, "\n");
    if (*t->p)
        t->p++;
}

/* Blanks, comments and line ends. */
static void skip_space(struct toml *t)
{
    for (;;) {
        t->p += strspn(t->p, " \t\r\n");
        if (*t->p != '#')
            return;
        skip_line(t);
    }
}

static void add_codepoint(struct str *out, unsigned long cp)
{
    if (cp < 0x80) {
        str_addc(out, (char)cp);
    } else if (cp < 0x800) {
        str_addc(out, (char)(0xc0 | cp >> 6));
        str_addc(out, (char)(0x80 | (cp & 0x3f)));
    } else {
        str_add(out, "?");
    }
}

static void escape(struct toml *t, struct str *out)
{
    static const char names[] = "btnfr\"\\e";
    static const char bytes[] = "\b\t\n\f\r\"\\\033";
    const char *at = *t->p ? strchr(names, *t->p) : NULL;
    char hex[9] = "";
    if (at) {
        str_addc(out, bytes[at - names]);
        t->p++;
    } else if (*t->p == 'u' || *t->p == 'U') {
        size_t n = *t->p++ == 'u' ? 4 : 8;
        memcpy(hex, t->p, strnlen(t->p, n));
        t->p += strnlen(t->p, n);
        add_codepoint(out, strtoul(hex, NULL, 16));
    } else if (*t->p == '\n' || *t->p == '\r') {
        t->p += strspn(t->p, " \t\r\n"); /* a line that is folded */
    }
}

/* At an opening quote; `out` gets the content. */
static void string(struct toml *t, struct str *out)
{
    char quote = *t->p;
    bool triple = t->p[1] == quote && t->p[2] == quote;
    char close[4] = { quote, triple ? quote : '\0', quote, '\0' };
    t->p += triple ? 3 : 1;
    if (triple)
        t->p += *t->p == '\r' ? 2 : *t->p == '\n';
    while (*t->p && strncmp(t->p, close, strlen(close)) != 0) {
        if (*t->p == '\n' && !triple)
            return;
        if (*t->p == '\\' && quote == '"') {
            t->p++;
            escape(t, out);
        } else {
            str_addc(out, *t->p++);
        }
    }
    if (*t->p)
        t->p += strlen(close);
    if (triple && *t->p == quote) /* a quote just before the closing ones */
        str_addc(out, *t->p++);
}

static bool key_part(struct toml *t, struct str *out)
{
    skip_blanks(t);
    if (*t->p == '"' || *t->p == '\'') {
        string(t, out);
    } else {
        size_t n = 0;
        while (isalnum((unsigned char)t->p[n]) || t->p[n] == '-' || t->p[n] == '_')
            n++;
        str_addn(out, t->p, n);
        t->p += n;
    }
    skip_blanks(t);
    return out->len > 0;
}

static json_t *json_text(const struct str *s)
{
    struct str clean = STR_INIT;
    text_add_utf8(&clean, s->s, s->len);
    json_t *text = json_stringn(clean.s, clean.len);
    str_release(&clean);
    return text ? text : json_string("");
}

/* The object below `table` under `key`, made when missing; of an array of tables the last. */
static json_t *descend(json_t *table, const char *key, bool append)
{
    json_t *at = json_object_get(table, key);
    if (append && !json_is_array(at)) {
        at = json_array();
        json_object_set_new(table, key, at);
    }
    if (append)
        json_array_append_new(at, json_object());
    if (json_is_array(at) && json_array_size(at))
        at = json_array_get(at, json_array_size(at) - 1);
    if (!json_is_object(at)) {
        at = json_object();
        json_object_set_new(table, key, at);
    }
    return at;
}

/* Reads "a.b.c", goes down all but the last, whose name is left in `last`. */
static json_t *key_path(struct toml *t, json_t *table, struct str *last)
{
    for (int steps = 0; steps < TOML_DEPTH; steps++) {
        str_clear(last);
        if (!key_part(t, last))
            return NULL;
        if (*t->p != '.')
            return table;
        t->p++;
        table = descend(table, last->s, false);
    }
    return NULL;
}

static bool pair(struct toml *t, json_t *table)
{
    struct str key = STR_INIT;
    json_t *at = key_path(t, table, &key);
    bool ok = at && *t->p == '=';
    if (ok) {
        t->p++;
        skip_blanks(t);
        json_object_set_new(at, key.s, value(t));
    }
    str_release(&key);
    return ok;
}

static json_t *array(struct toml *t)
{
    json_t *list = json_array();
    for (t->p++;;) {
        skip_space(t);
        if (*t->p == ',') {
            t->p++;
        } else if (!*t->p || *t->p == ']') {
            t->p += *t->p == ']';
            return list;
        } else {
            const char *before = t->p;
            json_array_append_new(list, value(t));
            t->p += t->p == before;
        }
    }
}

static json_t *inline_table(struct toml *t)
{
    json_t *table = json_object();
    for (t->p++;;) {
        skip_space(t);
        if (*t->p == ',') {
            t->p++;
        } else if (!*t->p || *t->p == '}') {
            t->p += *t->p == '}';
            return table;
        } else if (!pair(t, table)) {
            t->p += *t->p != '\0';
        }
    }
}

static json_t *bare(struct toml *t)
{
    struct str word = STR_INIT;
    size_t n = strcspn(t->p, ",]}#\r\n");
    str_addn(&word, t->p, n);
    str_rtrim(&word);
    t->p += n;
    json_t *v = strcmp(word.s, "true") == 0    ? json_true()
                : strcmp(word.s, "false") == 0 ? json_false()
                                               : json_text(&word);
    str_release(&word);
    return v;
}

static json_t *value(struct toml *t)
{
    json_t *v;
    if (t->depth >= TOML_DEPTH) {
        t->p += strlen(t->p);
        return json_null();
    }
    t->depth++;
    if (*t->p == '"' || *t->p == '\'') {
        struct str text = STR_INIT;
        string(t, &text);
        v = json_text(&text);
        str_release(&text);
    } else if (*t->p == '[') {
        v = array(t);
    } else if (*t->p == '{') {
        v = inline_table(t);
    } else {
        v = bare(t);
    }
    t->depth--;
    return v;
}

/* At '['; gives the table that the following pairs belong to. */
static json_t *header(struct toml *t, json_t *root)
{
    struct str last = STR_INIT;
    bool append = t->p[1] == '[';
    t->p += append ? 2 : 1;
    json_t *at = key_path(t, root, &last);
    if (at)
        at = descend(at, last.s, append);
    str_release(&last);
    return at ? at : root;
}

json_t *toml_read(const char *text)
{
    struct toml t = { text, 0 };
    json_t *root = json_object(), *table = root;
    for (skip_space(&t); *t.p; skip_space(&t)) {
        if (*t.p == '[')
            table = header(&t, root);
        else
            pair(&t, table);
        skip_line(&t);
    }
    return root;
}

json_t *json_at(const json_t *obj, const char *path)
{
    char key[64];
    json_t *at = (json_t *)(uintptr_t)obj;
    while (at && *path) {
        size_t n = strcspn(path, ".");
        snprintf(key, sizeof(key), "%.*s", (int)n, path);
        at = json_object_get(at, key);
        path += n + (path[n] == '.');
    }
    return at;
}
