#include "formats/flags_private.h"

#include <stdlib.h>
#include <string.h>

struct flagger {
    const struct flag_rules *rules;
    struct words *words;
    struct {
        struct compiled {
            struct rx *rx;
            size_t flag;
            uint64_t needs;
        } * v;
        size_t n;
    } at[FLAG_PLACES];
    struct str text;
    uint64_t last, before; /* actions */
    int64_t repeated, alternated, silent;
};

static int compile_pattern(struct flagger *f, enum flag_place place, size_t flag, size_t k,
                           struct error *err)
{
    const struct flag_rule *r = &f->rules->v[flag];
    struct compiled c = { NULL, flag, 0 };
    int rc = words_add(f->words, r->needs[place].v[k], &c.needs, err);
    if (rc == 0)
        rc = rx_new(r->patterns[place].v[k], &c.rx, err);
    if (rc < 0) {
        error_prefix(err, "flag \"%s\"", r->name);
        return rc;
    }
    size_t n = f->at[place].n++;
    f->at[place].v = xrealloc(f->at[place].v, (n + 1) * sizeof(c));
    f->at[place].v[n] = c;
    return 0;
}

static int compile_place(struct flagger *f, enum flag_place place, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; i < f->rules->n; i++)
        for (size_t k = 0; rc == 0 && k < f->rules->v[i].patterns[place].n; k++)
            rc = compile_pattern(f, place, i, k, err);
    return rc;
}

int flagger_new(const struct flag_rules *r, struct flagger **out, struct error *err)
{
    struct flagger *f = xcalloc(1, sizeof(*f));
    int rc = 0;
    f->rules = r;
    f->words = words_new();
    str_init(&f->text);
    for (int i = 0; rc == 0 && i < FLAG_PLACES; i++)
        rc = compile_place(f, (enum flag_place)i, err);
    if (rc < 0) {
        flagger_free(f);
        f = NULL;
    }
    *out = f;
    return rc;
}

void flagger_free(struct flagger *f)
{
    if (!f)
        return;
    for (int i = 0; i < FLAG_PLACES; i++) {
        for (size_t k = 0; k < f->at[i].n; k++)
            rx_free(f->at[i].v[k].rx);
        free(f->at[i].v);
    }
    words_free(f->words);
    str_release(&f->text);
    free(f);
}

void flagger_names(const struct flagger *f, flag_set set, struct str *out)
{
    for (; set; set &= set - 1) {
        if (out->len)
            str_addc(out, ' ');
        str_add(out, flag_name(f->rules, (size_t)__builtin_ctzll(set)));
    }
}

/* ---- words ---- */

/* A pattern is worth a try where its words stand. */
static bool is_due(const struct compiled *c, uint64_t words)
{
    return (c->needs & words) == c->needs;
}

static flag_set look(struct flagger *f, enum flag_place place, uint64_t words)
{
    flag_set set = 0;
    size_t begin, end;
    for (size_t i = 0; i < f->at[place].n; i++) {
        const struct compiled *c = &f->at[place].v[i];
        flag_set bit = (flag_set)1 << c->flag;
        if (!(set & bit) && is_due(c, words) && rx_span(c->rx, &f->text, 0, &begin, &end))
            set |= bit;
    }
    return set;
}

static bool any_due(const struct flagger *f, enum flag_place place, uint64_t words)
{
    for (size_t i = 0; i < f->at[place].n; i++)
        if (is_due(&f->at[place].v[i], words))
            return true;
    return false;
}

flag_set flagger_value(struct flagger *f, enum flag_place place, struct json_span value)
{
    uint64_t words = words_in(f->words, value.s, value.n);
    if (!any_due(f, place, words))
        return 0;
    str_clear(&f->text);
    json_span_text(value, &f->text);
    return look(f, place, words);
}

flag_set flagger_said(struct flagger *f, struct json_span text)
{
    static const char *const marks[] = { "```", "<function=", "<execute" };
    uint64_t words = words_in(f->words, text.s, text.n);
    const char *first = NULL;
    if (!any_due(f, FLAG_COMMAND, words))
        return 0;
    str_clear(&f->text);
    json_span_text(text, &f->text);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        const char *p = memmem(f->text.s, f->text.len, marks[i], strlen(marks[i]));
        if (p && (!first || p < first))
            first = p;
    }
    if (!first)
        return 0;
    size_t cut = (size_t)(first - f->text.s);
    memmove(f->text.s, first, f->text.len - cut + 1);
    f->text.len -= cut;
    return look(f, FLAG_COMMAND, words);
}

void flagger_each(struct flagger *f, enum flag_place place, const struct str *text, flag_fn fn,
                  void *payload)
{
    uint64_t words = words_in(f->words, text->s, text->len);
    size_t begin, end;
    for (size_t i = 0; i < f->at[place].n; i++) {
        const struct compiled *c = &f->at[place].v[i];
        if (!is_due(c, words))
            continue;
        for (size_t from = 0; rx_span(c->rx, text, from, &begin, &end);
             from = end > begin ? end : end + 1)
            fn(payload, c->flag, begin, end - begin);
    }
}

/* ---- loops ---- */

void flagger_begin(struct flagger *f)
{
    f->last = f->before = 0;
    f->repeated = f->alternated = f->silent = 0;
}

uint64_t flagger_mix(uint64_t action, struct json_span value)
{
    uint64_t h = action ^ 0xcbf29ce484222325u ^ value.n;
    const char *s = value.s;
    size_t n = value.n;
    for (uint64_t word; n >= sizeof(word); s += sizeof(word), n -= sizeof(word)) {
        memcpy(&word, s, sizeof(word));
        h = (h ^ word) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    for (; n; n--, s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return h ? h : 1;
}

flag_set flagger_turn(struct flagger *f, uint64_t action)
{
    flag_set set = 0;
    f->silent = action ? 0 : f->silent + 1;
    if (action) {
        f->repeated = action == f->last ? f->repeated + 1 : 1;
        bool turns = action == f->before && action != f->last;
        f->alternated = turns ? f->alternated + 1 : 2;
        f->before = f->last;
        f->last = action;
    }
    for (size_t i = 0; i < f->rules->n; i++) {
        const struct flag_rule *r = &f->rules->v[i];
        bool hit = (r->repeat && action && f->repeated >= r->repeat) ||
                   (r->alternate && action && f->alternated >= 2 * r->alternate) ||
                   (r->silent && f->silent >= r->silent);
        set |= hit ? (flag_set)1 << i : 0;
    }
    return set;
}
