#include "agents/rules/rules.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

const char *playbook_name(const struct playbook *p, const char *table, const char *name)
{
    char *key = str_format("%s.%s", table, name);
    const char *found = map_get(&p->tables, key);
    free(key);
    return found;
}

bool playbook_is_tool(const struct playbook *p, const char *dist)
{
    for (struct map_entry *e = NULL; (e = map_next(&p->tables, e));) {
        if (str_starts(e->key, "tool.") && fnmatch(e->key + 5, dist, 0) == 0)
            return true;
    }
    return false;
}

/* Looks `word` up in a table, also without its case, then by its first component. */
static const char *look_up(const struct playbook *p, const char *table, const char *word)
{
    const char *found = playbook_name(p, table, word);
    struct str other = STR_INIT;
    str_set(&other, word);
    for (size_t i = 0; i < other.len; i++)
        other.s[i] = (char)tolower((unsigned char)other.s[i]);
    if (!found)
        found = playbook_name(p, table, other.s);
    str_set(&other, word);
    str_truncate(&other, strcspn(word, "."));
    if (!found)
        found = playbook_name(p, table, other.s);
    str_release(&other);
    return found;
}

/* "%name" at `s`: adds what the table says of the first group; false for "no remedy". */
static bool fill_name(const struct playbook *p, const char *s, size_t n, const char *word,
                      struct str *out)
{
    bool strict = n && s[n - 1] == '!';
    char *table = xstrndup(s, n - strict);
    const char *found = look_up(p, table, word);
    bool guess = !strict && strcmp(table, "module") == 0;
    free(table);
    if (found)
        str_add(out, found);
    else if (guess)
        str_addn(out, word, strcspn(word, "."));
    return found ? *found != '\0' : guess;
}

/* Fills the groups of a match into a remedy; false when a name of it has no entry. */
static bool fill_in(const struct playbook *p, const char *remedy, const struct strv *groups,
                    struct str *out)
{
    const char *word = groups->n > 1 ? groups->v[1] : "";
    bool ok = true;
    str_clear(out);
    for (const char *s = remedy; *s && ok; s++) {
        if (*s != '%') {
            str_addc(out, *s);
        } else if (isdigit((unsigned char)s[1])) {
            size_t i = (size_t)(*++s - '0');
            str_add(out, i < groups->n ? groups->v[i] : "");
        } else {
            size_t n = strcspn(s + 1, " ");
            ok = fill_name(p, s + 1, n, word, out);
            s += n;
        }
    }
    return ok;
}

static bool take_remedy(const struct playbook *p, const struct rule *r, const struct strv *groups,
                        const struct findings *f, struct playbook_hit *out)
{
    struct str remedy = STR_INIT;
    bool found = false;
    for (size_t i = 0; !found && i < r->remedies.n; i++) {
        if (!fill_in(p, r->remedies.v[i], groups, &remedy) || remedy_tried(f, remedy.s))
            continue;
        out->remedy = str_detach(&remedy);
        found = true;
    }
    str_release(&remedy);
    return found;
}

/* From the last match backwards, so that the last error is mended first. */
static bool try_pattern(const struct playbook *p, const struct rule *r, const struct rx *pattern,
                        const struct log *log, const struct findings *f, struct playbook_hit *out)
{
    enum { MOST = 64 };
    struct strv hits[MOST];
    size_t ends[MOST], n = 0, from = 0;
    bool found = false;
    struct strv g = STRV_INIT;
    for (long at; (at = rx_find(pattern, &log->text, from, &g)) >= 0; from = (size_t)at) {
        size_t slot = n % MOST;
        if (n++ < MOST)
            strv_init(&hits[slot]);
        strv_clear(&hits[slot]);
        strv_add_list(&hits[slot], &g);
        ends[slot] = (size_t)at;
    }
    for (size_t k = 0; k < n && k < MOST; k++) {
        size_t i = (n - 1 - k) % MOST;
        if (!found && take_remedy(p, r, &hits[i], f, out)) {
            found = true;
            out->rule = r->name;
            out->class = r->class;
            out->line = log_line(log, ends[i] - 1);
            out->words = xstrdup(hits[i].v[0]);
        }
        strv_release(&hits[i]);
    }
    strv_release(&g);
    return found;
}

bool playbook_find(const struct playbook *p, enum phase phase, const struct log *log,
                   const struct findings *f, struct playbook_hit *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < p->n; i++) {
        const struct rule *r = &p->rules[i];
        if (r->phase != PHASES && r->phase != phase)
            continue;
        for (size_t k = 0; k < r->patterns.n; k++)
            if (try_pattern(p, r, r->compiled[k], log, f, out))
                return true;
    }
    return false;
}

void playbook_hit_release(struct playbook_hit *h)
{
    free(h->remedy);
    free(h->words);
    memset(h, 0, sizeof(*h));
}
