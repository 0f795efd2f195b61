/* python_value.h: the tokens of a Python file at hand, and the literal values among them.
 *
 *   file               what it does
 *   python_value.c     tokens into a list; literals, names of literals, sums of both
 *   setup_py.c         the statements of a setup.py
 *   python_imports.c   the modules that a file imports
 */
#ifndef BOTTEGA_RULES_PYTHON_VALUE_H
#define BOTTEGA_RULES_PYTHON_VALUE_H

#include "agents/rules/read.h"

struct tokens {
    struct py_token *v;
    size_t n, i;  /* i: the token at hand */
    json_t *vars; /* name -> value; NULL when names have none */
    int depth;    /* expressions within expressions */
};

void tokens_read(struct tokens *t, const char *source);
void tokens_release(struct tokens *t);

/* The token `k` behind the one at hand; one of kind PY_END behind the last. */
const struct py_token *token_ahead(const struct tokens *t, size_t k);
bool token_here(const struct tokens *t, const char *word);
bool token_take(struct tokens *t, const char *word); /* goes on when it is there */
char *token_word_new(const struct py_token *tok);
json_t *token_text(const struct py_token *tok); /* of a string token */
void tokens_next_line(struct tokens *t);

/* The value of the expression at hand, which is passed: strings, arrays, objects, booleans; what
 * cannot be told is null, or {"files": […]} when it names requirement files. */
json_t *expression_read(struct tokens *t);
/* Keyword arguments up to the closing bracket into `out`; `**name` adds what is known of it. */
void keywords_read(struct tokens *t, json_t *out);
/* a + b, as far as both are known; takes both. */
json_t *value_sum(json_t *a, json_t *b);

#endif
