#include "agents/rules/python_value.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING = 24 };

void tokens_read(struct tokens *t, const char *source)
{
    struct py_lexer lx;
    struct py_token tok;
    size_t cap = 0;
    memset(t, 0, sizeof(*t));
    py_lexer_init(&lx, source);
    while (py_next(&lx, &tok)) {
        if (t->n == cap) {
            cap = cap ? cap * 2 : 256;
            t->v = xrealloc(t->v, cap * sizeof(*t->v));
        }
        t->v[t->n++] = tok;
    }
}

void tokens_release(struct tokens *t)
{
    json_decref(t->vars);
    free(t->v);
}

/* ---- tokens ---- */

const struct py_token *token_ahead(const struct tokens *t, size_t k)
{
    static const struct py_token none = { .kind = PY_END, .s = "" };
    return t->i + k < t->n ? &t->v[t->i + k] : &none;
}

bool token_here(const struct tokens *t, const char *word)
{
    return py_is(token_ahead(t, 0), word);
}

bool token_take(struct tokens *t, const char *word)
{
    bool yes = token_here(t, word);
    t->i += yes;
    return yes;
}

char *token_word_new(const struct py_token *tok)
{
    return xstrndup(tok->s, tok->len);
}

json_t *token_text(const struct py_token *tok)
{
    struct str raw = STR_INIT, clean = STR_INIT;
    py_string_value(tok, &raw);
    text_add_utf8(&clean, raw.s, raw.len);
    json_t *v = json_string(clean.s);
    str_release(&raw);
    str_release(&clean);
    return v;
}

static bool ends_expression(const struct py_token *tok)
{
    static const char *const ends[] = { ",", ")", "]", "}", ":", ";", "=", "for" };
    if (tok->kind == PY_END || tok->kind == PY_NEWLINE)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        if (py_is(tok, ends[i]))
            return true;
    }
    return false;
}

void tokens_next_line(struct tokens *t)
{
    while (t->i < t->n && t->v[t->i].kind != PY_NEWLINE)
        t->i++;
    t->i += t->i < t->n;
}

/* ---- values ---- */

static bool names_requirements(const char *s)
{
    return str_ends(s, ".txt") || str_ends(s, ".in") || str_ends(s, ".pip");
}

/* The tokens from `from` to the end of their expression make no value that can be told: the
 * requirement files that they name, or null. Leaves the reader behind them. */
static json_t *unreadable(struct tokens *t, size_t from)
{
    json_t *files = json_array();
    int depth = t->v[from].depth;
    for (t->i = from; t->i < t->n; t->i++) {
        const struct py_token *tok = token_ahead(t, 0);
        if (t->i > from && tok->depth <= depth && ends_expression(tok))
            break;
        json_t *text = tok->kind == PY_STRING ? token_text(tok) : NULL;
        if (text && names_requirements(json_string_value(text)))
            json_array_append(files, text);
        json_decref(text);
    }
    json_t *v = json_array_size(files) ? json_pack("{s:O}", "files", files) : json_null();
    json_decref(files);
    return v;
}

static json_t *sequence(struct tokens *t)
{
    json_t *list = json_array();
    size_t from = t->i++;
    while (t->i < t->n && !token_here(t, "]") && !token_here(t, ")") && !token_here(t, "}")) {
        json_array_append_new(list, expression_read(t));
        if (!token_take(t, ",") && !token_here(t, "]") && !token_here(t, ")") &&
            !token_here(t, "}")) {
            json_decref(list); /* a comprehension */
            return unreadable(t, from);
        }
    }
    t->i += t->i < t->n;
    return list;
}

/* After `{`, known to be a mapping. */
static json_t *mapping(struct tokens *t)
{
    json_t *map = json_object();
    size_t from = t->i++;
    while (t->i < t->n && !token_here(t, "}")) {
        json_t *key = token_here(t, "**") ? NULL : expression_read(t);
        if (!key || !token_take(t, ":")) {
            json_decref(key);
            json_decref(map);
            return unreadable(t, from);
        }
        json_t *value = expression_read(t);
        if (json_is_string(key))
            json_object_set(map, json_string_value(key), value);
        json_decref(key);
        json_decref(value);
        if (!token_take(t, ",") && !token_here(t, "}"))
            break;
    }
    t->i += t->i < t->n;
    return map;
}

static json_t *braces(struct tokens *t)
{
    struct tokens look = *t;
    look.i++;
    if (py_is(token_ahead(&look, 0), "}"))
        return mapping(t);
    for (; look.i < look.n; look.i++) {
        const struct py_token *tok = token_ahead(&look, 0);
        if (tok->depth == t->v[t->i].depth + 1 && (py_is(tok, ":") || py_is(tok, "**")))
            return mapping(t);
        if (tok->depth == t->v[t->i].depth + 1 && py_is(tok, ","))
            break;
    }
    return sequence(t);
}

void keywords_read(struct tokens *t, json_t *out)
{
    while (t->i < t->n && !token_here(t, ")")) {
        if (token_take(t, "**")) {
            json_t *more = expression_read(t);
            if (json_is_object(more))
                json_object_update_missing(out, more);
            json_decref(more);
        } else if (token_ahead(t, 0)->kind == PY_NAME && py_is(token_ahead(t, 1), "=")) {
            char *key = token_word_new(token_ahead(t, 0));
            t->i += 2;
            json_t *value = expression_read(t);
            const json_t *known = json_object_get(out, key);
            if (!known || json_is_null(known))
                json_object_set(out, key, value);
            json_decref(value);
            free(key);
        } else {
            json_decref(expression_read(t));
        }
        if (!token_take(t, ",") && !token_here(t, ")"))
            break;
    }
    t->i += token_here(t, ")");
}

/* "a b".split(), "…".splitlines(), "…".strip(): the reader stands on the dot. */
static json_t *text_method(struct tokens *t, json_t *text, size_t from)
{
    bool lines = py_is(token_ahead(t, 1), "splitlines"), words = py_is(token_ahead(t, 1), "split");
    bool plain = py_is(token_ahead(t, 2), "(") && py_is(token_ahead(t, 3), ")");
    struct strv pieces = STRV_INIT;
    if (!plain || (!lines && !words)) {
        bool strip = plain && py_is(token_ahead(t, 1), "strip");
        t->i += strip ? 4 : 0;
        if (strip && ends_expression(token_ahead(t, 0)))
            return text;
        json_decref(text);
        return unreadable(t, from);
    }
    t->i += 4;
    strv_split(&pieces, json_string_value(text), lines ? "\n" : " \t\r\n");
    json_decref(text);
    text = json_from_strv(&pieces);
    strv_release(&pieces);
    return text;
}

static json_t *text(struct tokens *t)
{
    json_t *whole = json_string("");
    size_t from = t->i;
    while (token_ahead(t, 0)->kind == PY_STRING) {
        json_t *piece = token_text(token_ahead(t, 0)), *old = whole;
        whole = json_sprintf("%s%s", json_string_value(old), json_string_value(piece));
        json_decref(old);
        json_decref(piece);
        if (token_ahead(t, 0)->interpolated) {
            json_decref(whole);
            return unreadable(t, from);
        }
        t->i++;
    }
    return token_here(t, ".") ? text_method(t, whole, from) : whole;
}

static json_t *named(struct tokens *t)
{
    size_t from = t->i;
    char *word = token_word_new(token_ahead(t, 0));
    json_t *v = NULL;
    t->i++;
    if (token_here(t, "(") && strcmp(word, "dict") == 0) {
        v = json_object();
        t->i++;
        keywords_read(t, v);
    } else if (token_here(t, "(") && (strcmp(word, "list") == 0 || strcmp(word, "tuple") == 0 ||
                                      strcmp(word, "set") == 0 || strcmp(word, "sorted") == 0)) {
        json_t *args = sequence(t);
        v = json_array_size(args) ? json_incref(json_array_get(args, 0)) : json_array();
        json_decref(args);
    } else if (strcmp(word, "True") == 0 || strcmp(word, "False") == 0) {
        v = json_boolean(*word == 'T');
    } else if (json_object_get(t->vars, word)) {
        v = json_deep_copy(json_object_get(t->vars, word));
        if (token_here(t, "[") && token_ahead(t, 1)->kind == PY_STRING &&
            py_is(token_ahead(t, 2), "]")) {
            json_t *key = token_text(token_ahead(t, 1)), *whole = v;
            v = json_incref(json_object_get(whole, json_string_value(key)));
            json_decref(key);
            json_decref(whole);
            t->i += 3;
        }
    }
    free(word);
    return v ? v : unreadable(t, from);
}

static json_t *primary(struct tokens *t)
{
    const struct py_token *tok = token_ahead(t, 0);
    if (tok->kind == PY_STRING)
        return text(t);
    if (tok->kind == PY_NAME)
        return named(t);
    if (py_is(tok, "["))
        return sequence(t);
    if (py_is(tok, "{"))
        return braces(t);
    if (py_is(tok, "(")) {
        json_t *list = sequence(t);
        bool tuple = t->i >= 2 && py_is(&t->v[t->i - 2], ",");
        if (json_array_size(list) != 1 || tuple)
            return list;
        json_t *only = json_incref(json_array_get(list, 0)); /* brackets around one value */
        json_decref(list);
        return only;
    }
    return unreadable(t, t->i);
}

json_t *value_sum(json_t *a, json_t *b)
{
    json_t *v = NULL;
    if (json_is_string(a) && json_is_string(b)) {
        v = json_sprintf("%s%s", json_string_value(a), json_string_value(b));
    } else if (json_is_array(a) && json_is_array(b)) {
        json_array_extend(a, b);
        v = json_incref(a);
    } else if (json_is_object(a) || json_is_object(b)) {
        v = json_incref(json_is_object(a) ? a : b);
    } else if (json_is_array(a) || json_is_array(b)) {
        v = json_incref(json_is_array(a) ? a : b);
        json_array_append_new(v, json_null()); /* part of it is not known */
    }
    json_decref(a);
    json_decref(b);
    return v ? v : json_null();
}

json_t *expression_read(struct tokens *t)
{
    size_t from = t->i;
    if (t->i >= t->n)
        return json_null();
    if (ends_expression(token_ahead(t, 0)))
        return json_null();
    if (t->depth >= NESTING)
        return unreadable(t, from);
    t->depth++;
    json_t *v = primary(t);
    while (token_take(t, "+"))
        v = value_sum(v, primary(t));
    t->depth--;
    if (ends_expression(token_ahead(t, 0)))
        return v;
    json_decref(v);
    return unreadable(t, from);
}
