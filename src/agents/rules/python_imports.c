#include "agents/rules/python_value.h"

#include <stdlib.h>
#include <string.h>

static void add_module(struct strv *modules, const struct py_token *tok)
{
    char *word = token_word_new(tok);
    strv_add_once(modules, word);
    free(word);
}

/* `import a.b as c, d`: the reader stands behind `import`. */
static void import_list(struct tokens *t, struct strv *modules)
{
    bool start = true;
    for (; token_ahead(t, 0)->kind != PY_NEWLINE && token_ahead(t, 0)->kind != PY_END &&
           !token_here(t, ";");
         t->i++) {
        if (start && token_ahead(t, 0)->kind == PY_NAME)
            add_module(modules, token_ahead(t, 0));
        start = token_here(t, ",");
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
    struct tokens t;
    bool plugins = false; /* within pytest_plugins = … */
    tokens_read(&t, source);
    for (; t.i < t.n; t.i++) {
        const struct py_token *tok = token_ahead(&t, 0);
        bool starts = tok->first || (t.i && (py_is(tok - 1, ":") || py_is(tok - 1, ";")));
        plugins = tok->first ? py_is(tok, "pytest_plugins") : plugins;
        if (starts && py_is(tok, "import")) {
            t.i++;
            import_list(&t, modules);
        } else if (starts && py_is(tok, "from") && token_ahead(&t, 1)->kind == PY_NAME) {
            add_module(modules, token_ahead(&t, 1));
        } else if (py_is(tok, "importorskip") && token_ahead(&t, 2)->kind == PY_STRING) {
            import_string(token_ahead(&t, 2), modules);
        } else if (plugins && tok->kind == PY_STRING) {
            import_string(tok, modules);
        }
    }
    tokens_release(&t);
}
