#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tried(struct findings *f, const char *move)
{
    strv_add_once(&f->plan.tried, move);
}

bool move_rung(struct findings *f, const char *word)
{
    bool next = strcmp(word, "next") == 0;
    for (enum rung r = 0; r < RUNGS; r++) {
        bool wanted = next ? r > f->plan.rung : r == rung_by_name(word);
        char *key = str_format("at %s rung %s", f->plan.python, rung_name(r));
        if (wanted && strv_add_once(&f->plan.tried, key)) {
            f->plan.rung = r;
            if (rung_locks_build(r))
                strv_add_once(&f->plan.build_require, "setuptools");
            free(key);
            return true;
        }
        free(key);
    }
    return false;
}

/* Which interpreter a word means, seen from the one at hand; NULL when there is none. */
static const char *python_meant(const struct findings *f, const char *word)
{
    int now = python_number(f->plan.python), best = 0;
    const char *found = NULL;
    for (size_t i = 0; i < f->pythons.n; i++) {
        const char *v = f->pythons.v[i];
        int n = python_number(v);
        char *key = str_format("at python %s", v);
        bool fresh = n >= 300 && n != now && !strv_has(&f->plan.tried, key);
        free(key);
        if (!fresh || (strcmp(word, "older") == 0 && n > now) ||
            (strcmp(word, "newer") == 0 && n < now))
            continue;
        if (strcmp(word, v) == 0 || strcmp(word, "next") == 0)
            return v;
        bool closer = strcmp(word, "newer") == 0    ? n < best
                      : strcmp(word, "oldest") == 0 ? n < best
                                                    : n > best; /* older, newest */
        if (strchr(word, '.') || (found && !closer))
            continue;
        found = v;
        best = n;
    }
    return found;
}

/* "older" and "newer" are the nearest, "oldest" and "newest" the ends, "next" is as explored. The
 * rung stays: what a build backend lacks does not depend on the interpreter. */
bool move_python(struct findings *f, const char *word)
{
    char *here = str_format("at python %s", f->plan.python);
    tried(f, here);
    free(here);
    const char *v = python_meant(f, word);
    if (!v)
        return false;
    char *key = str_format("at python %s", v);
    tried(f, key);
    free(key);
    snprintf(f->plan.python, sizeof(f->plan.python), "%s", v);
    return true;
}

/* Requirement lines of a name go; the name alone stays when only its version was wrong. */
static bool drop_requirement(struct findings *f, const char *name, bool keep_name)
{
    struct str n = STR_INIT, want = STR_INIT;
    bool changed = false;
    requirement_name(name, &want);
    for (size_t i = 0; i < f->plan.require.n; i++) {
        requirement_name(f->plan.require.v[i], &n);
        if (strcmp(n.s, want.s) != 0 || (keep_name && strcmp(f->plan.require.v[i], want.s) == 0))
            continue;
        strv_remove(&f->plan.require, i--);
        changed = true;
    }
    if (keep_name && changed)
        strv_add(&f->plan.require, want.s);
    if (!keep_name)
        changed = strv_add_once(&f->plan.drop, want.s) || changed;
    str_release(&n);
    str_release(&want);
    return changed;
}

/* Whether the project needs it to run, not only to be tested. */
static bool is_runtime(const struct findings *f, const char *name)
{
    static const char *const places[] = { "install_requires", "[project]",
                                          "[tool.poetry.dependencies]", "[tool.flit.metadata]" };
    struct str n = STR_INIT;
    bool yes = false;
    for (size_t i = 0; i < f->requires.n && !yes; i++) {
        const char *tab = strchr(f->requires.v[i], '\t');
        requirement_name(tab ? tab + 1 : "", &n);
        for (size_t k = 0; k < ARRAY_LEN(places) && strcmp(n.s, name) == 0; k++) {
            const char *at = strstr(f->requires.v[i], places[k]);
            yes = yes || (at && at < tab);
        }
    }
    str_release(&n);
    return yes;
}

/* ---- one function a verb ---- */

static bool add_words(struct strv *list, const char *words)
{
    struct strv w = STRV_INIT;
    bool added = false;
    strv_split(&w, words, " ");
    for (size_t i = 0; i < w.n; i++)
        added = strv_add_once(list, w.v[i]) || added;
    strv_release(&w);
    return added;
}

static bool do_require(struct findings *f, const char *words)
{
    return add_words(&f->plan.require, words);
}

static bool do_constrain(struct findings *f, const char *words)
{
    return add_words(&f->plan.constraint, words);
}

static bool do_build_require(struct findings *f, const char *words)
{
    return add_words(&f->plan.build_require, words);
}

static bool do_drop(struct findings *f, const char *name)
{
    long dot = strcmp(name, ".") == 0 ? strv_find(&f->plan.require, ".") : -1;
    if (dot >= 0)
        strv_remove(&f->plan.require, (size_t)dot);
    return dot >= 0 || (strcmp(name, ".") != 0 && drop_requirement(f, name, false));
}

static bool do_drop_tests(struct findings *f, const char *name)
{
    struct str n = STR_INIT;
    requirement_name(name, &n);
    bool done = !is_runtime(f, n.s) && drop_requirement(f, n.s, false);
    str_release(&n);
    return done;
}

static bool do_unpin(struct findings *f, const char *name)
{
    return drop_requirement(f, name, true);
}

static bool do_apt(struct findings *f, const char *words)
{
    return add_words(&f->plan.apt, words);
}

static bool do_drop_apt(struct findings *f, const char *name)
{
    long at = strv_find(&f->plan.apt, name);
    if (at >= 0)
        strv_remove(&f->plan.apt, (size_t)at);
    return at >= 0;
}

static bool do_prepare(struct findings *f, const char *command)
{
    return strv_add_once(&f->plan.prepare, command);
}

static bool do_newer(struct findings *f, const char *name)
{
    return strv_add_once(&f->plan.newer, name);
}

static bool do_without(struct findings *f, const char *name)
{
    return strv_add_once(&f->plan.without, name);
}

/* "KEY=value": the value may hold blanks. */
static bool do_env(struct findings *f, const char *pair)
{
    return strchr(pair, '=') && strv_add_once(&f->plan.env, pair);
}

static bool do_pytest_args(struct findings *f, const char *words)
{
    strv_split(&f->plan.pytest_args, words, " ");
    return true;
}

static bool do_date(struct findings *f, const char *days)
{
    f->plan.date_slack_days += atoi(days);
    return true;
}

static bool do_retry(struct findings *f, const char *nothing)
{
    (void)f;
    (void)nothing;
    return true;
}

static const struct verb {
    const char *name;
    bool (*act)(struct findings *f, const char *rest);
    bool relative; /* means something else under another interpreter or rung */
} verbs[] = {
    { "require", do_require, false },
    { "constrain", do_constrain, false },
    { "build-require", do_build_require, false },
    { "drop", do_drop, false },
    { "drop-tests", do_drop_tests, false },
    { "unpin", do_unpin, false },
    { "apt", do_apt, false },
    { "drop-apt", do_drop_apt, false },
    { "prepare", do_prepare, false },
    { "without", do_without, false },
    { "env", do_env, false },
    { "pytest-args", do_pytest_args, false },
    { "date", do_date, false },
    { "newer", do_newer, false },
    { "rung", move_rung, true },
    { "python", move_python, true },
    { "retry", do_retry, false },
};

static const struct verb *verb_of(const char *remedy)
{
    size_t n = strcspn(remedy, " ");
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strlen(verbs[i].name) == n && strncmp(verbs[i].name, remedy, n) == 0)
            return &verbs[i];
    }
    return NULL;
}

bool remedy_is_known(const char *remedy)
{
    return verb_of(remedy) != NULL;
}

static char *key_new(const struct findings *f, const char *remedy)
{
    const struct verb *v = verb_of(remedy);
    return v && v->relative
               ? str_format("%s at %s, %s", remedy, f->plan.python, rung_name(f->plan.rung))
               : xstrdup(remedy);
}

bool remedy_tried(const struct findings *f, const char *remedy)
{
    char *key = key_new(f, remedy);
    bool yes = strv_has(&f->plan.tried, key);
    free(key);
    return yes;
}

/* One of the words that " + " joins. */
static bool apply_one(struct findings *f, const char *remedy, size_t len)
{
    char *one = xstrndup(remedy, len);
    const struct verb *v = verb_of(one);
    size_t n = strcspn(one, " ");
    bool changed = v && v->act(f, one + n + (one[n] == ' '));
    free(one);
    return changed;
}

bool remedy_apply(struct findings *f, const char *remedy)
{
    char *key = key_new(f, remedy);
    bool changed = false;
    strv_add_once(&f->plan.tried, key);
    free(key);
    for (const char *plus; (plus = strstr(remedy, " + ")); remedy = plus + 3)
        changed = apply_one(f, remedy, (size_t)(plus - remedy)) || changed;
    return apply_one(f, remedy, strlen(remedy)) || changed;
}
