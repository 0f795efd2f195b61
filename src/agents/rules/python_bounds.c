#include "agents/rules/read.h"

#include <stdio.h>
#include <string.h>

/* What the standard library lost: `name` of `module` (or the module itself) is there up to
 * Python 3.`max`. */
static const struct removal {
    const char *module, *name;
    int max;
} removals[] = {
    { "collections", "Callable", 9 },
    { "collections", "Container", 9 },
    { "collections", "Hashable", 9 },
    { "collections", "Iterable", 9 },
    { "collections", "Iterator", 9 },
    { "collections", "ItemsView", 9 },
    { "collections", "KeysView", 9 },
    { "collections", "Mapping", 9 },
    { "collections", "MappingView", 9 },
    { "collections", "MutableMapping", 9 },
    { "collections", "MutableSequence", 9 },
    { "collections", "MutableSet", 9 },
    { "collections", "Sequence", 9 },
    { "collections", "Set", 9 },
    { "collections", "Sized", 9 },
    { "fractions", "gcd", 8 },
    { "time", "clock", 7 },
    { "inspect", "getargspec", 10 },
    { "asyncio", "coroutine", 10 },
    { "formatter", NULL, 9 },
    { "parser", NULL, 9 },
    { "symbol", NULL, 9 },
    { "binhex", NULL, 10 },
    { "asynchat", NULL, 11 },
    { "asyncore", NULL, 11 },
    { "imp", NULL, 11 },
    { "smtpd", NULL, 11 },
    { "cgi", NULL, 12 },
    { "crypt", NULL, 12 },
    { "imghdr", NULL, 12 },
    { "lib2to3", NULL, 12 },
    { "pipes", NULL, 12 },
    { "telnetlib", NULL, 12 },
};

enum { WINDOW = 6, GUARDS = 64 };

struct scan {
    struct py_token w[WINDOW]; /* the token at hand, then those before it */
    int guards[GUARDS];        /* indents of the try and if blocks around */
    int n_guards;
    bool match;   /* the last logical line began with `match` and may be a statement */
    int imports;  /* 1: in `import …`, 2: in `from X import …` */
    bool reached; /* `from X import` has reached its names */
    struct py_token from;
    struct py_bounds *b;
};

static void at_least(struct scan *s, int minor, const char *what)
{
    if (minor > s->b->min) {
        s->b->min = minor;
        snprintf(s->b->why_min, sizeof(s->b->why_min), "%s, line %d", what, s->w[0].line);
    }
}

static void at_most(struct scan *s, int minor, const char *what)
{
    if (minor < s->b->max) {
        s->b->max = minor;
        snprintf(s->b->why_max, sizeof(s->b->why_max), "%s, line %d", what, s->w[0].line);
    }
}

static bool is_any(const struct py_token *tok, const char *const *words)
{
    for (; *words; words++) {
        if (py_is(tok, *words))
            return true;
    }
    return false;
}

static void guard_line(struct scan *s)
{
    static const char *const heads[] = { "try", "if", "else", "elif", "except", "finally", NULL };
    const struct py_token *tok = &s->w[0];
    while (s->n_guards && s->guards[s->n_guards - 1] >= tok->indent)
        s->n_guards--;
    if (is_any(tok, heads) && s->n_guards < GUARDS)
        s->guards[s->n_guards++] = tok->indent;
}

static void first_token(struct scan *s)
{
    guard_line(s);
    if (s->match && py_is(&s->w[0], "case"))
        at_least(s, 10, "match statement");
    s->match = py_is(&s->w[0], "match");
    s->imports = py_is(&s->w[0], "import") ? 1 : py_is(&s->w[0], "from") ? 2 : 0;
    s->reached = false;
    s->from.kind = PY_END;
}

static void removed(struct scan *s, const struct py_token *module, const struct py_token *name)
{
    char what[60];
    for (size_t i = 0; i < ARRAY_LEN(removals) && !s->n_guards; i++) {
        const struct removal *r = &removals[i];
        bool hit = py_is(module, r->module) && (name ? r->name && py_is(name, r->name) : !r->name);
        if (hit) {
            snprintf(what, sizeof(what), "%s%s%s", r->module, name ? "." : "", name ? r->name : "");
            at_most(s, r->max, what);
        }
    }
}

/* Modules and names of import statements. */
static void import_token(struct scan *s)
{
    const struct py_token *tok = &s->w[0], *before = &s->w[1];
    if (s->imports == 1 && tok->kind == PY_NAME && (py_is(before, "import") || py_is(before, ",")))
        removed(s, tok, NULL);
    if (s->imports != 2)
        return;
    if (py_is(before, "from") && before->first && tok->kind == PY_NAME) {
        s->from = *tok;
        removed(s, tok, NULL);
    } else if (py_is(tok, ".") && !s->reached) {
        s->from.kind = PY_END; /* a submodule */
    } else if (py_is(tok, "import")) {
        s->reached = true;
    } else if (s->reached && tok->kind == PY_NAME && s->from.kind == PY_NAME &&
               !py_is(before, "as")) {
        removed(s, &s->from, tok);
    }
}

static void python2_token(struct scan *s)
{
    static const char *const operators[] = { "in", "is", "and", "or", "if", "not", "for", NULL };
    const struct py_token *tok = &s->w[0], *before = &s->w[1];
    bool value = tok->kind == PY_STRING || tok->kind == PY_NUMBER ||
                 (tok->kind == PY_NAME && !is_any(tok, operators));
    if (before->first && py_is(before, "print") && value)
        at_most(s, 2, "print statement");
}

static void async_token(struct scan *s)
{
    static const char *const after[] = { "=", ",", ")", ".", ":", NULL };
    const struct py_token *tok = &s->w[0], *before = &s->w[1], *older = &s->w[2];
    bool used =
        py_is(before, "async") && (is_any(tok, after) || tok->kind == PY_NEWLINE ||
                                   py_is(older, ".") || (py_is(older, "def") && py_is(tok, "(")));
    if (used && !py_is(older, "import") && !py_is(older, "from"))
        at_most(s, 6, "async as a name");
}

static void syntax_token(struct scan *s)
{
    static const char *const opens[] = { "(", ",", NULL }, *const closes[] = { ")", ",", NULL };
    const struct py_token *tok = &s->w[0], *before = &s->w[1], *older = &s->w[2];
    if (tok->kind == PY_STRING && tok->interpolated)
        at_least(s, 6, "f-string");
    if (py_is(tok, ":="))
        at_least(s, 8, "assignment expression");
    if (is_any(tok, closes) && py_is(before, "/") && is_any(older, opens))
        at_least(s, 8, "positional-only parameter");
    if (py_is(tok, "*") && before->first && py_is(before, "except"))
        at_least(s, 11, "except*");
    if (py_is(tok, "[") && before->kind == PY_NAME &&
        (py_is(older, "def") || (older->first && py_is(older, "class"))))
        at_least(s, 12, "type parameters");
    if (tok->kind == PY_NAME && before->first && py_is(before, "type"))
        at_least(s, 12, "type statement");
    if (tok->kind == PY_NAME && py_is(before, ".") && older->kind == PY_NAME &&
        !py_is(&s->w[3], "."))
        removed(s, older, tok);
}

void python_bounds(const char *text, struct py_bounds *b)
{
    struct scan s = { .b = b };
    struct py_lexer lx;
    struct py_token tok;
    py_lexer_init(&lx, text);
    while (py_next(&lx, &tok)) {
        memmove(&s.w[1], &s.w[0], sizeof(s.w) - sizeof(s.w[0]));
        s.w[0] = tok;
        if (tok.first)
            first_token(&s);
        import_token(&s);
        python2_token(&s);
        async_token(&s);
        syntax_token(&s);
    }
}
