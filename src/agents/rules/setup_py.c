#include "agents/rules/python_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What holds for the statements of a block: always, never, or under a marker. */
struct block {
    int indent; /* of the line that opened it */
    bool skip;
    char marker[64];
};

enum { BLOCKS = 32 };

struct reader {
    struct tokens t;
    json_t *setup; /* keyword -> value */
    struct block blocks[BLOCKS];
    int n_blocks;
};

/* ---- blocks ---- */

static const char *opposite(const char *op)
{
    static const char *const pairs[][2] = { { "<", ">=" }, { ">", "<=" }, { "==", "!=" } };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        if (strcmp(op, pairs[i][0]) == 0)
            return pairs[i][1];
        if (strcmp(op, pairs[i][1]) == 0)
            return pairs[i][0];
    }
    return op;
}

static const char *mirrored(const char *op)
{
    return *op == '<' ? (op[1] ? ">=" : ">") : *op == '>' ? (op[1] ? "<=" : "<") : op;
}

/* "(3, 4)" or "3" at tokens k…: "3.4". */
static bool version_at(const struct reader *r, size_t k, char *out, size_t size)
{
    bool tuple = py_is(token_ahead(&r->t, k), "(");
    const struct py_token *major = token_ahead(&r->t, k + tuple),
                          *minor = token_ahead(&r->t, k + 3);
    if (major->kind != PY_NUMBER)
        return false;
    bool two = tuple && py_is(token_ahead(&r->t, k + 2), ",") && minor->kind == PY_NUMBER;
    snprintf(out, size, "%.*s%s%.*s", (int)major->len, major->s, two ? "." : "",
             two ? (int)minor->len : 0, two ? minor->s : "");
    return true;
}

static bool comparison(const struct py_token *tok, char *op, size_t size)
{
    static const char *const ops[] = { "<", ">", "<=", ">=", "==", "!=" };
    for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
        if (py_is(tok, ops[i])) {
            snprintf(op, size, "%s", ops[i]);
            return true;
        }
    }
    return false;
}

/* The condition on the interpreter that the tokens up to the colon hold, as a marker. */
static bool version_marker(const struct reader *r, struct block *b)
{
    char version[24] = "", op[4] = "";
    bool seen = false, reversed = false;
    for (size_t k = 0;
         token_ahead(&r->t, k)->kind != PY_NEWLINE && token_ahead(&r->t, k)->kind != PY_END; k++) {
        const struct py_token *tok = token_ahead(&r->t, k);
        if (py_is(tok, "version_info"))
            seen = true;
        else if (py_is(tok, ":") && tok->depth == token_ahead(&r->t, 0)->depth)
            break;
        else if (comparison(tok, op, sizeof(op)) && seen && !*version)
            version_at(r, k + 1, version, sizeof(version));
        else if (!seen && !*version && tok->kind != PY_NAME)
            reversed = version_at(r, k, version, sizeof(version)) || reversed;
    }
    if (!seen || !*op || !*version)
        return false;
    snprintf(b->marker, sizeof(b->marker), "python_version %s '%s'", reversed ? mirrored(op) : op,
             version);
    return true;
}

static bool line_has(const struct reader *r, const char *word)
{
    for (size_t k = 0;
         token_ahead(&r->t, k)->kind != PY_NEWLINE && token_ahead(&r->t, k)->kind != PY_END; k++) {
        if (py_is(token_ahead(&r->t, k), word))
            return true;
    }
    return false;
}

static void negate(struct block *b)
{
    char op[4] = "", version[32] = "";
    if (sscanf(b->marker, "python_version %3[<>=!] %31s", op, version) == 2)
        snprintf(b->marker, sizeof(b->marker), "python_version %s %s", opposite(op), version);
    else
        b->skip = false;
}

static void open_block(struct reader *r, const struct block *closed)
{
    struct block b = { .indent = token_ahead(&r->t, 0)->indent };
    if (token_here(&r->t, "else") && closed) {
        b = *closed;
        negate(&b);
    } else if (token_here(&r->t, "except") || token_here(&r->t, "elif")) {
        b.skip = !version_marker(r, &b);
    } else if (token_here(&r->t, "if") && !version_marker(r, &b)) {
        b.skip = line_has(r, "platform") || line_has(r, "argv") || line_has(r, "name");
    }
    if (r->n_blocks < BLOCKS)
        r->blocks[r->n_blocks++] = b;
}

/* Closes and opens blocks for the statement at hand; true when it is a block's head. */
static bool block_head(struct reader *r)
{
    static const char *const heads[] = { "if", "else", "elif", "try", "except", "finally" };
    const struct block *closed = NULL;
    while (r->n_blocks && r->blocks[r->n_blocks - 1].indent >= token_ahead(&r->t, 0)->indent)
        closed = &r->blocks[--r->n_blocks];
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        if (token_here(&r->t, heads[i])) {
            open_block(r, closed);
            return true;
        }
    }
    return false;
}

static bool skipped(const struct reader *r)
{
    for (int i = 0; i < r->n_blocks; i++) {
        if (r->blocks[i].skip)
            return true;
    }
    return false;
}

/* Strings of `v` with the marker of the blocks around them. */
static json_t *marked(const struct reader *r, json_t *v)
{
    const char *marker = "";
    for (int i = 0; i < r->n_blocks; i++)
        marker = r->blocks[i].marker[0] ? r->blocks[i].marker : marker;
    if (!*marker || !json_is_array(v))
        return v;
    json_t *out = json_array(), *item;
    size_t i;
    json_array_foreach(v, i, item)
    {
        if (json_is_string(item))
            json_array_append_new(
                out, json_sprintf("%s%s %s", json_string_value(item),
                                  strchr(json_string_value(item), ';') ? " and" : " ;", marker));
        else
            json_array_append(out, item);
    }
    json_decref(v);
    return out;
}

/* ---- statements ---- */

static void assign(struct reader *r, const char *var, json_t *v, bool add)
{
    json_t *old = json_object_get(r->t.vars, var);
    v = marked(r, v);
    bool conditional = r->n_blocks && r->blocks[r->n_blocks - 1].marker[0];
    if ((add || conditional) && json_is_array(old) && json_is_array(v)) {
        json_array_extend(old, v);
        json_decref(v);
    } else if (old && !json_is_null(old) && (conditional || (add && !json_is_string(old)))) {
        json_decref(v);
    } else if (old && add) {
        json_object_set_new(r->t.vars, var, value_sum(json_incref(old), v));
    } else {
        json_object_set_new(r->t.vars, var, v);
    }
}

/* x.append(v), x.extend(v), x.update(v): the reader stands on x. */
static void method(struct reader *r, const char *var)
{
    bool append = py_is(token_ahead(&r->t, 2), "append"),
         extend = py_is(token_ahead(&r->t, 2), "extend");
    bool update = py_is(token_ahead(&r->t, 2), "update");
    if (!append && !extend && !update)
        return;
    r->t.i += 4;
    json_t *v = expression_read(&r->t), *old = json_object_get(r->t.vars, var);
    if (append)
        v = json_pack("[o]", v);
    if (update && json_is_object(old) && json_is_object(v))
        json_object_update(old, v);
    if (update)
        json_decref(v);
    else
        assign(r, var, v, true);
}

/* x["key"] = v and x["key"] += v */
static void item(struct reader *r, const char *var)
{
    json_t *map = json_object_get(r->t.vars, var), *key = token_text(token_ahead(&r->t, 2));
    bool add = py_is(token_ahead(&r->t, 4), "+=");
    if (json_is_object(map) && (add || py_is(token_ahead(&r->t, 4), "="))) {
        r->t.i += 5;
        json_t *v = marked(r, expression_read(&r->t)),
               *old = json_object_get(map, json_string_value(key));
        if (add && old)
            v = value_sum(json_incref(old), v);
        json_object_set_new(map, json_string_value(key), v);
    }
    json_decref(key);
}

static void setup_call(struct reader *r)
{
    while (!token_here(&r->t, "("))
        r->t.i++;
    r->t.i++;
    keywords_read(&r->t, r->setup);
}

/* Whether the statement calls setup(), also as setuptools.setup(). */
static bool calls_setup(const struct reader *r)
{
    const struct py_token *tok = token_ahead(&r->t, 0);
    if (tok->kind == PY_NAME && py_is(token_ahead(&r->t, 1), ".") &&
        py_is(token_ahead(&r->t, 2), "setup"))
        return py_is(token_ahead(&r->t, 3), "(");
    return py_is(tok, "setup") && py_is(token_ahead(&r->t, 1), "(");
}

static void statement(struct reader *r)
{
    if (token_take(&r->t, "with") || block_head(r) || skipped(r) ||
        token_ahead(&r->t, 0)->kind != PY_NAME)
        return;
    if (calls_setup(r)) {
        setup_call(r);
        return;
    }
    char *var = token_word_new(token_ahead(&r->t, 0));
    const struct py_token *next = token_ahead(&r->t, 1);
    if (py_is(next, "=") || py_is(next, "+=")) {
        bool add = py_is(next, "+=");
        r->t.i += 2;
        assign(r, var, expression_read(&r->t), add);
    } else if (py_is(next, ".") && py_is(token_ahead(&r->t, 3), "(")) {
        method(r, var);
    } else if (py_is(next, "[") && token_ahead(&r->t, 2)->kind == PY_STRING &&
               py_is(token_ahead(&r->t, 3), "]")) {
        item(r, var);
    }
    free(var);
}

json_t *setup_py_read(const char *source)
{
    struct reader r = { .setup = json_object() };
    tokens_read(&r.t, source);
    r.t.vars = json_object();
    while (r.t.i < r.t.n) {
        statement(&r);
        tokens_next_line(&r.t);
    }
    tokens_release(&r.t);
    return r.setup;
}
