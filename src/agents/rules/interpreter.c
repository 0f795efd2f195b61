#include "agents/rules/project.h"

#include <stdlib.h>
#include <string.h>

/* Interpreters that environments can have, oldest first. */
static const struct interpreter {
    const char *version;
    const char *released;
} interpreters[] = {
    { "2.7", "2010-07-03" },  { "3.6", "2016-12-23" },  { "3.7", "2018-06-27" },
    { "3.8", "2019-10-14" },  { "3.9", "2020-10-05" },  { "3.10", "2021-10-04" },
    { "3.11", "2022-10-24" }, { "3.12", "2023-10-02" }, { "3.13", "2024-10-07" },
};

/* Until then most packages of the day have no wheels for it. */
static const int64_t settled = 180 * (int64_t)86400;

/* From the first beta on, projects mend what it breaks. */
static const int64_t beta = 150 * (int64_t)86400;

static int64_t release_date(const struct interpreter *i)
{
    int64_t utc = 0;
    clock_parse(i->released, &utc);
    return utc;
}

static bool within(const struct py_bounds *b, const char *version)
{
    if (*version == '2')
        return b->min == 0 || b->max == 2;
    int minor = atoi(version + 2);
    return minor >= b->min && minor <= b->max && b->max != 2;
}

enum pick {
    PICK_LISTED = 1,
    PICK_SETTLED = 2,
    PICK_BOUNDS = 4,
    PICK_REQUIRED = 8,
    PICK_OUT = 16,
    PICK_BETA = 32
};

/* Adds the Python 3 versions for which all of `pick` holds: newest first, but where none was out
 * yet, the nearest in time first. */
static void pick(const struct python_wants *w, unsigned pick, struct strv *order)
{
    enum { N = ARRAY_LEN(interpreters) };
    bool dated = pick & (PICK_SETTLED | PICK_OUT);
    for (size_t k = 1; k < N; k++) {
        const struct interpreter *c = &interpreters[dated ? N - k : k];
        int64_t age = w->as_of - release_date(c);
        if (((pick & PICK_LISTED) && !strv_has(w->listed, c->version)) ||
            ((pick & PICK_SETTLED) && age < settled) || ((pick & PICK_OUT) && age < 0) ||
            ((pick & PICK_BETA) && (age >= 0 || age < -beta)) ||
            ((pick & PICK_BOUNDS) && !within(w->bounds, c->version)) ||
            ((pick & PICK_REQUIRED) && !python_satisfies(c->version, w->requires)))
            continue;
        strv_add_once(order, c->version);
    }
}

static bool lists_python3(const struct strv *listed)
{
    for (size_t i = 0; i < listed->n; i++) {
        if (listed->v[i][0] == '3')
            return true;
    }
    return false;
}

static bool only_python2(const struct python_wants *w)
{
    bool listed2 = w->listed->n && !lists_python3(w->listed);
    bool requires2 = python_satisfies("2.7", w->requires) &&
                     !python_satisfies("3.6", w->requires) &&
                     !python_satisfies("3.13", w->requires);
    return w->bounds->max == 2 || listed2 || requires2;
}

void python_order(const struct python_wants *w, struct strv *order)
{
    static const unsigned ladder[] = {
        PICK_REQUIRED | PICK_BOUNDS | PICK_LISTED | PICK_SETTLED,
        PICK_REQUIRED | PICK_BOUNDS | PICK_LISTED | PICK_OUT,
        PICK_REQUIRED | PICK_BOUNDS | PICK_SETTLED,
        PICK_REQUIRED | PICK_BOUNDS | PICK_OUT,
        PICK_REQUIRED | PICK_BOUNDS,
        PICK_REQUIRED | PICK_SETTLED,
        PICK_REQUIRED,
        PICK_OUT,
    };
    enum { ENOUGH = 3 };
    if (only_python2(w))
        strv_add(order, "2.7");
    for (size_t i = 0; i < ARRAY_LEN(ladder); i++) {
        if (i < 2 || (i == 2 && order->n < ENOUGH) || !order->n)
            pick(w, ladder[i], order);
    }
    if (!*w->requires && !w->listed->n && w->bounds->min < 10 && order->n > 1) {
        char *newest = order->v[0]; /* nothing is said: one below the newest is safer */
        order->v[0] = order->v[1];
        order->v[1] = newest;
    }
    pick(w, PICK_REQUIRED | PICK_BOUNDS | PICK_BETA, order);
    if (strv_has(w->listed, "2.7"))
        strv_add_once(order, "2.7");
    if (!order->n)
        strv_add(order, "3.9");
}

int python_number(const char *version)
{
    int major = 0, minor = 0;
    return sscanf(version, "%d.%d", &major, &minor) < 1 ? 0 : major * 100 + minor;
}

void interpreter_choose(struct project *p)
{
    struct python_wants w = { p->requires_python.s, &p->listed, &p->bounds, p->f->as_of };
    python_order(&w, &p->f->pythons);
    snprintf(p->f->plan.python, sizeof(p->f->plan.python), "%s", p->f->pythons.v[0]);
    struct str listed = STR_INIT;
    for (size_t i = 0; i < p->listed.n; i++)
        str_addf(&listed, "%s%s", i ? " " : "", p->listed.v[i]);
    project_note(p, "python %s: requires \"%s\", listed \"%s\"%s%s%s%s", p->f->plan.python,
                 p->requires_python.s, listed.s, *p->bounds.why_min ? ", at least for " : "",
                 p->bounds.why_min, *p->bounds.why_max ? ", at most for " : "", p->bounds.why_max);
    str_release(&listed);
}
