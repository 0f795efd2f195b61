#include "agents/rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First releases (environments.md 3.3). */
static const struct {
    const char *version;
    const char *released;
} releases[] = {
    { "2.7", "2010-07-01" },  { "3.6", "2016-12-23" },  { "3.7", "2018-06-27" },
    { "3.8", "2019-10-14" },  { "3.9", "2020-10-05" },  { "3.10", "2021-10-04" },
    { "3.11", "2022-10-24" }, { "3.12", "2023-10-02" }, { "3.13", "2024-10-07" },
};

enum { SETTLE_SECONDS = 180 * 86400 };

int python_number(const char *version)
{
    int major = 0, minor = 0;
    if (sscanf(version, "%d.%d", &major, &minor) < 1)
        return 0;
    return major * 100 + minor;
}

struct bounds {
    int low, high; /* numbers, inclusive */
    bool listed[ARRAY_LEN(releases)];
    bool any_listed;
};

static void read_requires(const struct str *text, struct bounds *b)
{
    static const char pattern[] =
        "^\\s*['\"]?(?:python_requires|requires-python|requires_python|python)['\"]?\\s*[=:]\\s*"
        "['\"]?([^\\n'\"#]*[0-9][^\\n'\"#]*)";
    struct strv g = STRV_INIT;
    if (rx_find(pattern, text->s, text->len, 0, &g) >= 0) {
        struct str spec = STR_INIT;
        str_add(&spec, g.v[1]);
        struct strv h = STRV_INIT;
        if (rx_find("(?:>=|~=|\\^|>)\\s*(\\d\\.\\d+)", spec.s, spec.len, 0, &h) >= 0)
            b->low = python_number(h.v[1]);
        if (rx_find("<\\s*(3\\.\\d+)", spec.s, spec.len, 0, &h) >= 0)
            b->high = python_number(h.v[1]) - 1;
        strv_release(&h);
        str_release(&spec);
    }
    strv_release(&g);
}

static void read_classifiers(const struct str *text, struct bounds *b)
{
    struct strv g = STRV_INIT;
    size_t from = 0;
    long at;
    while ((at = rx_find("Programming Language :: Python :: (\\d\\.\\d+)", text->s, text->len, from,
                         &g)) >= 0) {
        for (size_t i = 0; i < ARRAY_LEN(releases); i++)
            if (strcmp(releases[i].version, g.v[1]) == 0)
                b->any_listed = b->listed[i] = true;
        from = (size_t)at;
    }
    strv_release(&g);
}

static bool fits(const struct bounds *b, size_t i)
{
    int n = python_number(releases[i].version);
    return n >= b->low && n <= b->high;
}

static bool is_out(size_t i, int64_t as_of)
{
    int64_t released = 0;
    return clock_parse(releases[i].released, &released) && released + SETTLE_SECONDS <= as_of;
}

/* Adds what passes, newest first. */
static void add_all(const struct bounds *b, int64_t as_of, bool listed, bool out,
                    struct strv *pythons)
{
    for (size_t i = ARRAY_LEN(releases); i-- > 0;) {
        bool old = python_number(releases[i].version) < 300;
        if (!fits(b, i) || (listed && !b->listed[i]) || (out && !is_out(i, as_of)) || old)
            continue;
        strv_add_once(pythons, releases[i].version);
    }
}

void python_choose(const struct python_hints *h, struct strv *pythons, struct strv *notes)
{
    struct bounds b = { .low = 0, .high = 999 };
    read_requires(h->manifests, &b);
    read_classifiers(h->manifests, &b);
    if (h->syntax_floor && python_number(h->syntax_floor) > b.low)
        b.low = python_number(h->syntax_floor);
    if (h->syntax_ceiling && python_number(h->syntax_ceiling) < b.high)
        b.high = python_number(h->syntax_ceiling);
    if (b.any_listed)
        add_all(&b, h->as_of, true, true, pythons);
    add_all(&b, h->as_of, false, true, pythons);
    add_all(&b, h->as_of, false, false, pythons);
    if (b.low < 300)
        strv_add_once(pythons, "2.7");
    if (!pythons->n)
        strv_add(pythons, "3.9");
    strv_addf(notes, "python %s: %s%s, released half a year before the base commit or earlier",
              pythons->v[0], b.any_listed ? "listed by the project" : "by date",
              b.low ? ", allowed by its bounds" : "");
}
