#include "agents/rules/read.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct release {
    int part[4];
    int n;
    bool wild; /* ended in ".*" */
};

/* "3.6.1" or "3.*"; false when no number stands there. */
static bool release_read(const char *s, struct release *out)
{
    memset(out, 0, sizeof(*out));
    s += *s == 'v';
    while (isdigit((unsigned char)*s) && out->n < 4) {
        out->part[out->n++] = (int)strtol(s, (char **)(uintptr_t)&s, 10);
        if (*s != '.')
            break;
        s++;
        out->wild = *s == '*';
    }
    return out->n > 0;
}

/* `a` against the first two parts of `b`, -1, 0 or 1. */
static int minor_compare(const struct release *a, const struct release *b)
{
    for (int i = 0; i < 2; i++) {
        if (i >= b->n)
            return 0;
        if (a->part[i] != b->part[i])
            return a->part[i] < b->part[i] ? -1 : 1;
    }
    return 0;
}

/* Python X.Y against one clause, some X.Y.z counting as X.Y. */
static bool clause_holds(const struct release *py, const char *op, const struct release *v)
{
    int c = minor_compare(py, v);
    bool exact = v->n <= 2 || (v->n == 3 && v->part[2] == 0); /* names the minor version's start */
    if (strcmp(op, ">=") == 0 || strcmp(op, ">") == 0)
        return v->n == 1 && *op == '>' && !op[1] ? py->part[0] > v->part[0] : c >= 0;
    if (strcmp(op, "<") == 0)
        return c < 0 || (c == 0 && (!exact && v->n > 1));
    if (strcmp(op, "<=") == 0)
        return c <= 0;
    if (strcmp(op, "!=") == 0)
        return c != 0 || v->n > 2;
    if (strcmp(op, "~=") == 0)
        return v->n <= 2 ? c >= 0 && py->part[0] == v->part[0] : c == 0;
    return c == 0;
}

bool python_satisfies(const char *python, const char *specifiers)
{
    struct release py, v;
    struct strv clauses = STRV_INIT;
    bool ok = release_read(python, &py);
    strv_split(&clauses, specifiers, ", \t\n");
    for (size_t i = 0; ok && i < clauses.n; i++) {
        char op[4] = "";
        const char *s = clauses.v[i];
        size_t n = strspn(s, "<>=!~");
        snprintf(op, sizeof(op), "%.*s", (int)n, s);
        s += n;
        if (!*s && i + 1 < clauses.n) /* ">= 3.6" */
            s = clauses.v[++i];
        if (release_read(s, &v))
            ok = clause_holds(&py, op, &v);
    }
    strv_release(&clauses);
    return ok;
}

/* The version after the one that `v` names, at part `at`. */
static void next_release(const struct release *v, int at, struct str *out)
{
    for (int i = 0; i <= at; i++)
        str_addf(out, "%s%d", i ? "." : "", v->part[i] + (i == at));
}

static void poetry_clause(const char *s, struct str *out)
{
    struct release v;
    size_t n = strspn(s, "<>=!~^ ");
    const char *number = s + n;
    if (strcmp(s, "*") == 0 || !release_read(number, &v))
        return;
    str_add(out, out->len ? "," : "");
    bool caret = *s == '^', tilde = *s == '~' && s[1] != '=';
    if (!caret && !tilde) {
        str_addf(out, "%s%s", n ? "" : "==", s);
        return;
    }
    int at = v.n > 1 ? 1 : 0; /* ~1.2.3: <1.3 */
    if (caret) {
        for (at = 0; at + 1 < v.n && v.part[at] == 0;)
            at++;
    }
    str_addf(out, ">=%s,<", number);
    next_release(&v, at, out);
}

static char *without_blanks_new(const char *s)
{
    struct str bare = STR_INIT;
    for (; *s; s++) {
        if (!isspace((unsigned char)*s))
            str_addc(&bare, *s);
    }
    return str_detach(&bare);
}

/* One alternative of "a || b", without the ends that other alternatives say. */
static void poetry_alternative(const char *text, bool lower, bool upper, struct str *out)
{
    struct str spec = STR_INIT;
    struct strv clauses = STRV_INIT;
    strv_split(&clauses, text, ",");
    for (size_t i = 0; i < clauses.n; i++) {
        char *bare = without_blanks_new(clauses.v[i]);
        poetry_clause(bare, &spec);
        free(bare);
    }
    strv_clear(&clauses);
    strv_split(&clauses, spec.s, ",");
    for (size_t i = 0; i < clauses.n; i++) {
        if (clauses.v[i][0] == '<' ? upper : lower)
            str_addf(out, "%s%s", out->len ? "," : "", clauses.v[i]);
    }
    strv_release(&clauses);
    str_release(&spec);
}

void poetry_specifier(const char *text, struct str *out)
{
    struct strv alternatives = STRV_INIT;
    size_t last;
    strv_split(&alternatives, text, "|");
    last = alternatives.n - (alternatives.n > 0);
    for (size_t i = 0; i < alternatives.n; i++) {
        if (i == 0 || i == last)
            poetry_alternative(alternatives.v[i], i == 0, i == last, out);
    }
    strv_release(&alternatives);
}

void version_of_tag(const char *describe, struct str *out)
{
    for (const char *p = describe; *p; p++) {
        size_t n = strspn(p, "0123456789.");
        bool start =
            p == describe || !isalnum((unsigned char)p[-1]) || p[-1] == 'v' || p[-1] == 'V';
        if (!isdigit((unsigned char)*p) || !start) {
            continue;
        }
        while (n && p[n - 1] == '.')
            n--;
        if (memchr(p, '.', n)) {
            str_addn(out, p, n);
            return;
        }
        p += n - 1;
    }
}

/* ---- markers ---- */

struct marker {
    const char *p;
    const char *python;
    int depth;
};

static bool disjunction(struct marker *m);

static void marker_word(struct marker *m, struct str *out)
{
    m->p += strspn(m->p, " \t");
    if (*m->p == '\'' || *m->p == '"') {
        size_t n = strcspn(m->p + 1, (char[]){ *m->p, '\0' });
        str_addn(out, m->p + 1, n);
        m->p += n + 1;
        m->p += *m->p != '\0';
        return;
    }
    size_t n = strcspn(m->p, " \t<>=!~()'\"");
    str_addn(out, m->p, n);
    m->p += n;
}

static void marker_op(struct marker *m, struct str *out)
{
    m->p += strspn(m->p, " \t");
    size_t n = strspn(m->p, "<>=!~");
    if (n) {
        str_addn(out, m->p, n);
        m->p += n;
        return;
    }
    marker_word(m, out);
    if (strcmp(out->s, "not") == 0) {
        str_addc(out, ' ');
        marker_word(m, out);
    }
}

/* The value of a marker variable on the machines that environments run on; NULL not judged. */
static const char *marker_variable(const char *name)
{
    static const char *const known[][2] = {
        { "sys_platform", "linux" },          { "os_name", "posix" },
        { "platform_system", "Linux" },       { "platform_python_implementation", "CPython" },
        { "implementation_name", "cpython" },
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (strcmp(known[i][0], name) == 0)
            return known[i][1];
    }
    return NULL;
}

static bool compare(const struct marker *m, const char *left, const char *op, const char *right)
{
    struct str clause = STR_INIT;
    bool ok = true;
    const char *is = marker_variable(left);
    if (str_starts(left, "python_")) {
        bool list = strcmp(op, "in") == 0 || strcmp(op, "not in") == 0;
        str_addf(&clause, "%s%s", list ? "" : op, right);
        ok = list ? (strstr(right, m->python) != NULL) == (op[0] == 'i')
                  : python_satisfies(m->python, clause.s);
    } else if (strcmp(left, "extra") == 0) {
        ok = false; /* extras are chosen by name elsewhere */
    } else if (is && strcmp(op, "==") == 0) {
        ok = strcmp(is, right) == 0;
    } else if (is && strcmp(op, "!=") == 0) {
        ok = strcmp(is, right) != 0;
    }
    str_release(&clause);
    return ok;
}

static bool operand(struct marker *m)
{
    struct str left = STR_INIT, op = STR_INIT, right = STR_INIT;
    bool ok = true;
    m->p += strspn(m->p, " \t");
    if (*m->p == '(' && m->depth < 16) {
        m->p++;
        m->depth++;
        ok = disjunction(m);
        m->depth--;
        m->p += strspn(m->p, " \t");
        m->p += *m->p == ')';
        return ok;
    }
    marker_word(m, &left);
    marker_op(m, &op);
    marker_word(m, &right);
    ok = compare(m, left.s, op.s, right.s);
    str_release(&left);
    str_release(&op);
    str_release(&right);
    return ok;
}

static bool word_follows(struct marker *m, const char *word)
{
    m->p += strspn(m->p, " \t");
    if (!str_starts(m->p, word))
        return false;
    m->p += strlen(word);
    return true;
}

static bool conjunction(struct marker *m)
{
    bool ok = operand(m);
    while (word_follows(m, "and "))
        ok = operand(m) && ok;
    return ok;
}

static bool disjunction(struct marker *m)
{
    bool ok = conjunction(m);
    while (word_follows(m, "or "))
        ok = conjunction(m) || ok;
    return ok;
}

bool marker_may_hold(const char *marker, const char *python)
{
    struct marker m = { marker, python, 0 };
    return !*marker || disjunction(&m);
}
