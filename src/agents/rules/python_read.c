#include "agents/rules/read.h"

#include <stdlib.h>
#include <string.h>

/* What holds for the statements of a block: always, never, or under a marker. */
struct block {
    int indent; /* of the line that opened it */
    bool skip;
    char marker[64];
};

enum { BLOCKS = 32, NESTING = 24 };

struct reader {
    struct py_token *v;
    size_t n, i;
    json_t *vars;  /* name -> value */
    json_t *setup; /* keyword -> value */
    struct block blocks[BLOCKS];
    int n_blocks, depth;
};

static json_t *expression(struct reader *r);

/* ---- tokens ---- */

static const struct py_token *ahead(const struct reader *r, size_t k)
{
    static const struct py_token none = { .kind = PY_END, .s = "" };
    return r->i + k < r->n ? &r->v[r->i + k] : &none;
}

static bool here(const struct reader *r, const char *word)
{
    return py_is(ahead(r, 0), word);
}

static bool take(struct reader *r, const char *word)
{
    bool yes = here(r, word);
    r->i += yes;
    return yes;
}

static char *word_new(const struct py_token *tok)
{
    return xstrndup(tok->s, tok->len);
}

static json_t *text_of(const struct py_token *tok)
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

static void next_statement(struct reader *r)
{
    while (r->i < r->n && r->v[r->i].kind != PY_NEWLINE)
        r->i++;
    r->i += r->i < r->n;
}

/* ---- values ---- */

static bool names_requirements(const char *s)
{
    return str_ends(s, ".txt") || str_ends(s, ".in") || str_ends(s, ".pip");
}

/* The tokens from `from` to the end of their expression make no value that can be told: the
 * requirement files that they name, or null. Leaves the reader behind them. */
static json_t *unreadable(struct reader *r, size_t from)
{
    json_t *files = json_array();
    int depth = r->v[from].depth;
    for (r->i = from; r->i < r->n; r->i++) {
        const struct py_token *tok = ahead(r, 0);
        if (r->i > from && tok->depth <= depth && ends_expression(tok))
            break;
        json_t *text = tok->kind == PY_STRING ? text_of(tok) : NULL;
        if (text && names_requirements(json_string_value(text)))
            json_array_append(files, text);
        json_decref(text);
    }
    json_t *v = json_array_size(files) ? json_pack("{s:O}", "files", files) : json_null();
    json_decref(files);
    return v;
}

static json_t *sequence(struct reader *r)
{
    json_t *list = json_array();
    size_t from = r->i++;
    while (r->i < r->n && !here(r, "]") && !here(r, ")") && !here(r, "}")) {
        json_array_append_new(list, expression(r));
        if (!take(r, ",") && !here(r, "]") && !here(r, ")") && !here(r, "}")) {
            json_decref(list); /* a comprehension */
            return unreadable(r, from);
        }
    }
    r->i += r->i < r->n;
    return list;
}

/* After `{`, known to be a mapping. */
static json_t *mapping(struct reader *r)
{
    json_t *map = json_object();
    size_t from = r->i++;
    while (r->i < r->n && !here(r, "}")) {
        json_t *key = here(r, "**") ? NULL : expression(r);
        if (!key || !take(r, ":")) {
            json_decref(key);
            json_decref(map);
            return unreadable(r, from);
        }
        json_t *value = expression(r);
        if (json_is_string(key))
            json_object_set(map, json_string_value(key), value);
        json_decref(key);
        json_decref(value);
        if (!take(r, ",") && !here(r, "}"))
            break;
    }
    r->i += r->i < r->n;
    return map;
}

static json_t *braces(struct reader *r)
{
    struct reader look = *r;
    look.i++;
    if (py_is(ahead(&look, 0), "}"))
        return mapping(r);
    for (; look.i < look.n; look.i++) {
        const struct py_token *tok = ahead(&look, 0);
        if (tok->depth == r->v[r->i].depth + 1 && (py_is(tok, ":") || py_is(tok, "**")))
            return mapping(r);
        if (tok->depth == r->v[r->i].depth + 1 && py_is(tok, ","))
            break;
    }
    return sequence(r);
}

/* Keyword arguments up to the closing bracket into `out`; `**name` adds what is known of it. */
static void keywords(struct reader *r, json_t *out)
{
    while (r->i < r->n && !here(r, ")")) {
        if (take(r, "**")) {
            json_t *more = expression(r);
            if (json_is_object(more))
                json_object_update_missing(out, more);
            json_decref(more);
        } else if (ahead(r, 0)->kind == PY_NAME && py_is(ahead(r, 1), "=")) {
            char *key = word_new(ahead(r, 0));
            r->i += 2;
            json_t *value = expression(r);
            const json_t *known = json_object_get(out, key);
            if (!known || json_is_null(known))
                json_object_set(out, key, value);
            json_decref(value);
            free(key);
        } else {
            json_decref(expression(r));
        }
        if (!take(r, ",") && !here(r, ")"))
            break;
    }
    r->i += here(r, ")");
}

/* "a b".split(), "…".splitlines(), "…".strip(): the reader stands on the dot. */
static json_t *text_method(struct reader *r, json_t *text, size_t from)
{
    bool lines = py_is(ahead(r, 1), "splitlines"), words = py_is(ahead(r, 1), "split");
    bool plain = py_is(ahead(r, 2), "(") && py_is(ahead(r, 3), ")");
    struct strv pieces = STRV_INIT;
    if (!plain || (!lines && !words)) {
        bool strip = plain && py_is(ahead(r, 1), "strip");
        r->i += strip ? 4 : 0;
        if (strip && ends_expression(ahead(r, 0)))
            return text;
        json_decref(text);
        return unreadable(r, from);
    }
    r->i += 4;
    strv_split(&pieces, json_string_value(text), lines ? "\n" : " \t\r\n");
    json_decref(text);
    text = json_from_strv(&pieces);
    strv_release(&pieces);
    return text;
}

static json_t *text(struct reader *r)
{
    json_t *whole = json_string("");
    size_t from = r->i;
    while (ahead(r, 0)->kind == PY_STRING) {
        json_t *piece = text_of(ahead(r, 0)), *old = whole;
        whole = json_sprintf("%s%s", json_string_value(old), json_string_value(piece));
        json_decref(old);
        json_decref(piece);
        if (ahead(r, 0)->interpolated) {
            json_decref(whole);
            return unreadable(r, from);
        }
        r->i++;
    }
    return here(r, ".") ? text_method(r, whole, from) : whole;
}

static json_t *name(struct reader *r)
{
    size_t from = r->i;
    char *word = word_new(ahead(r, 0));
    json_t *v = NULL;
    r->i++;
    if (here(r, "(") && strcmp(word, "dict") == 0) {
        v = json_object();
        r->i++;
        keywords(r, v);
    } else if (here(r, "(") && (strcmp(word, "list") == 0 || strcmp(word, "tuple") == 0 ||
                                strcmp(word, "set") == 0 || strcmp(word, "sorted") == 0)) {
        json_t *args = sequence(r);
        v = json_array_size(args) ? json_incref(json_array_get(args, 0)) : json_array();
        json_decref(args);
    } else if (strcmp(word, "True") == 0 || strcmp(word, "False") == 0) {
        v = json_boolean(*word == 'T');
    } else if (json_object_get(r->vars, word)) {
        v = json_deep_copy(json_object_get(r->vars, word));
        if (here(r, "[") && ahead(r, 1)->kind == PY_STRING && py_is(ahead(r, 2), "]")) {
            json_t *key = text_of(ahead(r, 1)), *whole = v;
            v = json_incref(json_object_get(whole, json_string_value(key)));
            json_decref(key);
            json_decref(whole);
            r->i += 3;
        }
    }
    free(word);
    return v ? v : unreadable(r, from);
}

static json_t *primary(struct reader *r)
{
    const struct py_token *tok = ahead(r, 0);
    if (tok->kind == PY_STRING)
        return text(r);
    if (tok->kind == PY_NAME)
        return name(r);
    if (py_is(tok, "["))
        return sequence(r);
    if (py_is(tok, "{"))
        return braces(r);
    if (py_is(tok, "(")) {
        json_t *list = sequence(r);
        bool tuple = r->i >= 2 && py_is(&r->v[r->i - 2], ",");
        if (json_array_size(list) != 1 || tuple)
            return list;
        json_t *only = json_incref(json_array_get(list, 0)); /* brackets around one value */
        json_decref(list);
        return only;
    }
    return unreadable(r, r->i);
}

static json_t *sum(json_t *a, json_t *b)
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

static json_t *expression(struct reader *r)
{
    size_t from = r->i;
    if (r->i >= r->n)
        return json_null();
    if (ends_expression(ahead(r, 0)))
        return json_null();
    if (r->depth >= NESTING)
        return unreadable(r, from);
    r->depth++;
    json_t *v = primary(r);
    while (take(r, "+"))
        v = sum(v, primary(r));
    r->depth--;
    if (ends_expression(ahead(r, 0)))
        return v;
    json_decref(v);
    return unreadable(r, from);
}

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
    bool tuple = py_is(ahead(r, k), "(");
    const struct py_token *major = ahead(r, k + tuple), *minor = ahead(r, k + 3);
    if (major->kind != PY_NUMBER)
        return false;
    bool two = tuple && py_is(ahead(r, k + 2), ",") && minor->kind == PY_NUMBER;
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
    for (size_t k = 0; ahead(r, k)->kind != PY_NEWLINE && ahead(r, k)->kind != PY_END; k++) {
        const struct py_token *tok = ahead(r, k);
        if (py_is(tok, "version_info"))
            seen = true;
        else if (py_is(tok, ":") && tok->depth == ahead(r, 0)->depth)
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
    for (size_t k = 0; ahead(r, k)->kind != PY_NEWLINE && ahead(r, k)->kind != PY_END; k++) {
        if (py_is(ahead(r, k), word))
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
    struct block b = { .indent = ahead(r, 0)->indent };
    if (here(r, "else") && closed) {
        b = *closed;
        negate(&b);
    } else if (here(r, "except") || here(r, "elif")) {
        b.skip = !version_marker(r, &b);
    } else if (here(r, "if") && !version_marker(r, &b)) {
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
    while (r->n_blocks && r->blocks[r->n_blocks - 1].indent >= ahead(r, 0)->indent)
        closed = &r->blocks[--r->n_blocks];
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        if (here(r, heads[i])) {
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
    json_t *old = json_object_get(r->vars, var);
    v = marked(r, v);
    bool conditional = r->n_blocks && r->blocks[r->n_blocks - 1].marker[0];
    if ((add || conditional) && json_is_array(old) && json_is_array(v)) {
        json_array_extend(old, v);
        json_decref(v);
    } else if (old && !json_is_null(old) && (conditional || (add && !json_is_string(old)))) {
        json_decref(v);
    } else if (old && add) {
        json_object_set_new(r->vars, var, sum(json_incref(old), v));
    } else {
        json_object_set_new(r->vars, var, v);
    }
}

/* x.append(v), x.extend(v), x.update(v): the reader stands on x. */
static void method(struct reader *r, const char *var)
{
    bool append = py_is(ahead(r, 2), "append"), extend = py_is(ahead(r, 2), "extend");
    bool update = py_is(ahead(r, 2), "update");
    if (!append && !extend && !update)
        return;
    r->i += 4;
    json_t *v = expression(r), *old = json_object_get(r->vars, var);
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
    json_t *map = json_object_get(r->vars, var), *key = text_of(ahead(r, 2));
    bool add = py_is(ahead(r, 4), "+=");
    if (json_is_object(map) && (add || py_is(ahead(r, 4), "="))) {
        r->i += 5;
        json_t *v = marked(r, expression(r)), *old = json_object_get(map, json_string_value(key));
        if (add && old)
            v = sum(json_incref(old), v);
        json_object_set_new(map, json_string_value(key), v);
    }
    json_decref(key);
}

static void setup_call(struct reader *r)
{
    while (!here(r, "("))
        r->i++;
    r->i++;
    keywords(r, r->setup);
}

/* Whether the statement calls setup(), also as setuptools.setup(). */
static bool calls_setup(const struct reader *r)
{
    const struct py_token *tok = ahead(r, 0);
    if (tok->kind == PY_NAME && py_is(ahead(r, 1), ".") && py_is(ahead(r, 2), "setup"))
        return py_is(ahead(r, 3), "(");
    return py_is(tok, "setup") && py_is(ahead(r, 1), "(");
}

static void statement(struct reader *r)
{
    if (take(r, "with") || block_head(r) || skipped(r) || ahead(r, 0)->kind != PY_NAME)
        return;
    if (calls_setup(r)) {
        setup_call(r);
        return;
    }
    char *var = word_new(ahead(r, 0));
    const struct py_token *next = ahead(r, 1);
    if (py_is(next, "=") || py_is(next, "+=")) {
        bool add = py_is(next, "+=");
        r->i += 2;
        assign(r, var, expression(r), add);
    } else if (py_is(next, ".") && py_is(ahead(r, 3), "(")) {
        method(r, var);
    } else if (py_is(next, "[") && ahead(r, 2)->kind == PY_STRING && py_is(ahead(r, 3), "]")) {
        item(r, var);
    }
    free(var);
}

static void tokens_read(struct reader *r, const char *source)
{
    struct py_lexer lx;
    struct py_token tok;
    size_t cap = 0;
    py_lexer_init(&lx, source);
    while (py_next(&lx, &tok)) {
        if (r->n == cap) {
            cap = cap ? cap * 2 : 256;
            r->v = xrealloc(r->v, cap * sizeof(*r->v));
        }
        r->v[r->n++] = tok;
    }
}

json_t *setup_py_read(const char *source)
{
    struct reader r = { .vars = json_object(), .setup = json_object() };
    tokens_read(&r, source);
    while (r.i < r.n) {
        statement(&r);
        next_statement(&r);
    }
    json_decref(r.vars);
    free(r.v);
    return r.setup;
}

/* ---- imports ---- */

static void add_module(struct strv *modules, const struct py_token *tok)
{
    char *word = word_new(tok);
    strv_add_once(modules, word);
    free(word);
}

/* `import a.b as c, d`: the reader stands behind `import`. */
static void import_list(struct reader *r, struct strv *modules)
{
    bool start = true;
    for (; ahead(r, 0)->kind != PY_NEWLINE && ahead(r, 0)->kind != PY_END && !here(r, ";");
         r->i++) {
        if (start && ahead(r, 0)->kind == PY_NAME)
            add_module(modules, ahead(r, 0));
        start = here(r, ",");
    }
}

/* The top-level module that a string names. */
static void import_string(const struct py_token *tok, struct strv *modules)
{
    struct str name = STR_INIT;
    py_string_value(tok, &name);
    str_truncate(&name, strcspn(name.s, "."));
    if (name.len)
        strv_add_once(modules, name.s);
    str_release(&name);
}

void python_imports(const char *source, struct strv *modules)
{
    struct reader r = { 0 };
    bool plugins = false; /* within pytest_plugins = … */
    tokens_read(&r, source);
    for (; r.i < r.n; r.i++) {
        const struct py_token *tok = ahead(&r, 0);
        bool starts = tok->first || (r.i && (py_is(tok - 1, ":") || py_is(tok - 1, ";")));
        plugins = tok->first ? py_is(tok, "pytest_plugins") : plugins;
        if (starts && py_is(tok, "import")) {
            r.i++;
            import_list(&r, modules);
        } else if (starts && py_is(tok, "from") && ahead(&r, 1)->kind == PY_NAME) {
            add_module(modules, ahead(&r, 1));
        } else if (py_is(tok, "importorskip") && ahead(&r, 2)->kind == PY_STRING) {
            import_string(ahead(&r, 2), modules);
        } else if (plugins && tok->kind == PY_STRING) {
            import_string(tok, modules);
        }
    }
    free(r.v);
}
