#include "agents/rules/read.h"

#include <ctype.h>
#include <string.h>

void py_lexer_init(struct py_lexer *lx, const char *text)
{
    memset(lx, 0, sizeof(*lx));
    if (str_starts(text, "\xef\xbb\xbf"))
        text += 3;
    lx->p = text;
    lx->line_start = text;
    lx->line = 1;
    lx->fresh = true;
}

static void count_line(struct py_lexer *lx)
{
    lx->p++;
    lx->line++;
    lx->line_start = lx->p;
}

static bool starts_name(char c)
{
    return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool in_name(char c)
{
    return starts_name(c) || isdigit((unsigned char)c);
}

static int column(const char *from, const char *to)
{
    int n = 0;
    for (; from < to; from++)
        n = *from == '\t' ? (n / 8 + 1) * 8 : n + 1;
    return n;
}

/* Passes over what is no token; true when a logical line ended here. */
static bool skip(struct py_lexer *lx)
{
    for (;;) {
        char c = *lx->p;
        if (c == '#') {
            lx->p += strcspn(lx->p, "\n");
        } else if (c == '\n') {
            if (!lx->fresh && lx->depth == 0)
                return true;
            count_line(lx);
        } else if (c == '\\' && (lx->p[1] == '\n' || (lx->p[1] == '\r' && lx->p[2] == '\n'))) {
            lx->p += lx->p[1] == '\r' ? 2 : 1;
            count_line(lx);
        } else if (c && isspace((unsigned char)c)) {
            lx->p++;
        } else {
            return false;
        }
    }
}

/* Bytes of a string prefix at `s` ("rb"), or -1 when no string starts here. */
static int string_prefix(const char *s)
{
    int n = 0;
    while (n < 3 && s[n] && strchr("rRbBuUfFtT", s[n]))
        n++;
    return n < 3 && (s[n] == '"' || s[n] == '\'') ? n : -1;
}

static void string_token(struct py_lexer *lx, struct py_token *tok, int prefix)
{
    for (int i = 0; i < prefix; i++)
        tok->interpolated = tok->interpolated || strchr("fFtT", lx->p[i]) != NULL;
    const char *q = lx->p + prefix;
    char quote = *q;
    bool triple = q[1] == quote && q[2] == quote;
    int marks = triple ? 3 : 1;
    tok->kind = PY_STRING;
    tok->body = prefix + marks;
    lx->p = q + marks;
    while (*lx->p) {
        if (*lx->p == quote && (!triple || (lx->p[1] == quote && lx->p[2] == quote))) {
            lx->p += marks;
            tok->tail = marks;
            return;
        }
        if (*lx->p == '\\' && lx->p[1])
            lx->p++;
        if (*lx->p == '\n' && !triple && lx->p[-1] != '\\')
            return; /* unterminated: the line ends it */
        if (*lx->p == '\n')
            count_line(lx);
        else
            lx->p++;
    }
}

static void op_token(struct py_lexer *lx, struct py_token *tok)
{
    static const char *const longer[] = { "...", "**=", "//=", ">>=", "<<=", "->", ":=", "==",
                                          "!=",  "<=",  ">=",  "+=",  "-=",  "*=", "/=", "%=",
                                          "&=",  "|=",  "^=",  "**",  "//",  "<<", ">>", "@=" };
    size_t n = 1;
    for (size_t i = 0; i < ARRAY_LEN(longer) && n == 1; i++)
        n = str_starts(lx->p, longer[i]) ? strlen(longer[i]) : 1;
    tok->kind = PY_OP;
    if (strchr("([{", *lx->p))
        lx->depth++;
    else if (strchr(")]}", *lx->p) && lx->depth > 0)
        lx->depth--;
    lx->p += n;
}

bool py_next(struct py_lexer *lx, struct py_token *tok)
{
    memset(tok, 0, sizeof(*tok));
    bool ended = skip(lx);
    tok->s = lx->p;
    tok->line = lx->line;
    tok->depth = lx->depth;
    tok->first = lx->fresh && !ended;
    if (ended || (!*lx->p && !lx->fresh)) {
        tok->kind = PY_NEWLINE;
        lx->fresh = true;
        tok->indent = lx->indent;
        return true;
    }
    if (!*lx->p)
        return false;
    if (tok->first)
        lx->indent = column(lx->line_start, lx->p);
    tok->indent = lx->indent;
    lx->fresh = false;
    int prefix = string_prefix(lx->p);
    if (prefix >= 0) {
        string_token(lx, tok, prefix);
    } else if (starts_name(*lx->p)) {
        tok->kind = PY_NAME;
        while (in_name(*lx->p))
            lx->p++;
    } else if (isdigit((unsigned char)*lx->p)) {
        tok->kind = PY_NUMBER;
        while (in_name(*lx->p) || *lx->p == '.')
            lx->p++;
    } else {
        op_token(lx, tok);
    }
    tok->len = (size_t)(lx->p - tok->s);
    return true;
}

bool py_is(const struct py_token *tok, const char *word)
{
    return (tok->kind == PY_NAME || tok->kind == PY_OP) && strlen(word) == tok->len &&
           memcmp(tok->s, word, tok->len) == 0;
}

static bool is_raw(const struct py_token *tok)
{
    return memchr(tok->s, 'r', (size_t)tok->body) || memchr(tok->s, 'R', (size_t)tok->body);
}

void py_string_value(const struct py_token *tok, struct str *out)
{
    const char *p = tok->s + tok->body, *end = tok->s + tok->len - tok->tail;
    bool raw = is_raw(tok);
    for (; p < end; p++) {
        if (*p != '\\' || raw || p + 1 >= end) {
            str_addc(out, *p);
            continue;
        }
        p++;
        if (*p == 'n' || *p == 't')
            str_addc(out, *p == 'n' ? '\n' : '\t');
        else if (*p != '\n')
            str_addc(out, *p);
    }
}
