/* read.h: the readers of packaging files; text in, JSON or small structs out, nothing executed.
 *
 * Texts come from other people's repositories: every reader is tolerant (what it cannot make
 * out is left out, never an error), bounded in depth, and linear in the text.
 */
#ifndef BOTTEGA_RULES_READ_H
#define BOTTEGA_RULES_READ_H

#include "base/base.h"

/* ---- toml.c ---- */

/* Tables become objects; strings, arrays, inline tables and booleans themselves; every other
 * value its text. A new object. */
json_t *toml_read(const char *text);
/* obj["a"]["b"]["c"] for "a.b.c"; NULL when a step is missing. Borrowed. */
json_t *json_at(const json_t *obj, const char *path);

/* ---- ini.c: setup.cfg, tox.ini, pytest.ini ---- */

/* {section: {key: value}}; continuation lines are joined by newlines; section and key names
 * are trimmed, keys are lower case with '-' as '_'. A new object. */
json_t *ini_read(const char *text);
const char *ini_get(const json_t *ini, const char *section, const char *key); /* "" absent */

/* ---- python_lex.c: Python's tokens ---- */

enum py_kind { PY_END, PY_NEWLINE, PY_NAME, PY_NUMBER, PY_STRING, PY_OP };

struct py_token {
    enum py_kind kind;
    const char *s; /* in the text */
    size_t len;
    int line;          /* 1-based */
    int depth;         /* open brackets before it */
    int indent;        /* columns of blanks before the first token of its line */
    bool first;        /* first token of a logical line */
    bool interpolated; /* f-string */
    int body;          /* bytes from s to the string's content */
    int tail;          /* bytes of closing quotes; 0 when unterminated */
};

struct py_lexer {
    const char *p, *line_start;
    int line, depth, indent;
    bool fresh; /* the next token starts a logical line */
};

void py_lexer_init(struct py_lexer *lx, const char *text);
/* False at the end. NEWLINE ends a logical line; comments and blank lines are passed over. */
bool py_next(struct py_lexer *lx, struct py_token *tok);
bool py_is(const struct py_token *tok, const char *word); /* NAME or OP with this text */
/* Appends a string token's value, escapes undone. */
void py_string_value(const struct py_token *tok, struct str *out);

/* ---- setup_py.c, python_imports.c (over python_value.h) ---- */

/* The keyword arguments of setup() as far as they are literals, names of literals, or lists
 * built up by +=, append and extend: strings, arrays, objects, null where it could not be
 * read. Requirements added under `if sys.version_info …` carry that as a marker. A call that
 * names a file ("parse_requirements('requirements.txt')") becomes {"files": [names]}. */
json_t *setup_py_read(const char *text);

/* Top-level modules that a Python file imports ("yaml", "numpy"), once each; relative imports are
 * left out. pytest.importorskip("x") and `pytest_plugins = ["x"]` count. */
void python_imports(const char *text, struct strv *modules);

/* ---- python_bounds.c: which interpreters can read a file ---- */

struct py_bounds {
    int min, max; /* minor versions of Python 3; min 0: none, max 99: none; max 2: Python 2 only */
    char why_min[80], why_max[80]; /* "match statement, line 12" */
};

#define PY_BOUNDS_INIT                                                                             \
    {                                                                                              \
        0, 99, "", ""                                                                              \
    }

/* Narrows `b` by what stands in the text outside try blocks and version checks. */
void python_bounds(const char *text, struct py_bounds *b);

/* ---- requirement.c: PEP 508 and requirement files ---- */

struct requirement {
    char *name;   /* normalised: "ruamel-yaml"; "" when only a place is given */
    char *extras; /* "a,b" or "" */
    char *spec;   /* ">=1.0,<2" or "" */
    char *marker; /* "python_version < '3'" or "" */
    char *url;    /* "git+https://…", "./sub" or "" */
};

/* False when the line holds no requirement (blank, comment, option). Release `out` after true. */
bool requirement_read(const char *line, struct requirement *out);
void requirement_release(struct requirement *r);
/* "name[extras]spec ; marker", canonical. */
void requirement_write(const struct requirement *r, struct str *out);
/* Lower case, runs of "-_." as one '-'. */
void dist_normalize(const char *name, struct str *out);
/* The normalised name that a line begins with; "" when there is none. */
void requirement_name(const char *line, struct str *out);
/* Whether a marker may hold on Python `python` ("3.8") under Linux: only clauses on
 * python_version, sys_platform, os_name, platform_system and implementation are judged. */
bool marker_may_hold(const char *marker, const char *python);

/* The lines of a requirements file: requirements into `lines`, -r targets into `nested`, -c into
 * `constraints`, what is passed over (with why) into `notes`. */
void requirements_read(const char *text, struct strv *lines, struct strv *nested,
                       struct strv *constraints, struct strv *notes);

/* ---- version.c ---- */

/* Whether `python` ("3.8") satisfies a specifier set like ">=3.6,!=3.7.*"; an unreadable clause
 * holds. Patch levels are taken kindly: some 3.8.x satisfies. */
bool python_satisfies(const char *python, const char *specifiers);
/* poetry's "^1.2", "~1.2", "1.*", "*" as PEP 440, appended. */
void poetry_specifier(const char *text, struct str *out);
/* "v1.2.3-4-gabc" → "1.2.3"; nothing appended when no version stands in it. */
void version_of_tag(const char *describe, struct str *out);

#endif
