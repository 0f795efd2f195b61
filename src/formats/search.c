#include "formats/search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    unsigned places;
} place_names[] = {
    { "system", IN_SYSTEM },       { "user", IN_USER },           { "thought", IN_THOUGHT },
    { "reasoning", IN_REASONING }, { "command", IN_COMMAND },     { "observation", IN_OBSERVATION },
    { "event", IN_EVENT },         { "assistant", IN_ASSISTANT },
};

const char *search_place_name(enum search_place one)
{
    for (size_t i = 0; i < ARRAY_LEN(place_names); i++)
        if (place_names[i].places == one)
            return place_names[i].name;
    return "";
}

unsigned search_place_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(place_names); i++)
        if (strcmp(place_names[i].name, name) == 0)
            return place_names[i].places;
    return 0;
}

struct searcher {
    struct search_spec spec;
    struct rx *rx; /* NULL: the bytes as they are */
    struct str literal;
    struct str probe; /* what every file says of the pattern in the same bytes; may be empty */
    struct traj_reader reader;
    struct step_body body;
};

/* ---- the pattern ---- */

/* No writer of JSON escapes these. */
static bool is_plain(unsigned char c)
{
    return isalnum(c) || (c && strchr(" _-.,:;=+*()[]{}!?%#@$^|~", c));
}

static void find_probe(struct searcher *s)
{
    const char *p = s->literal.s, *end = p + s->literal.len, *best = p;
    size_t most = 0;
    while (p < end) {
        const char *from = p;
        while (p < end && is_plain((unsigned char)*p))
            p++;
        if ((size_t)(p - from) > most) {
            most = (size_t)(p - from);
            best = from;
        }
        p += p < end;
    }
    str_addn(&s->probe, best, most);
}

static int compile(struct searcher *s, struct error *err)
{
    const struct search_spec *spec = &s->spec;
    if (!spec->is_regex)
        str_add(&s->literal, spec->pattern);
    if (!spec->is_regex && !spec->any_case) {
        find_probe(s);
        return 0;
    }
    struct str pattern = STR_INIT;
    for (const char *p = spec->pattern; *p; p++) {
        if (!spec->is_regex && !isalnum((unsigned char)*p) && (unsigned char)*p < 0x80)
            str_addc(&pattern, '\\');
        str_addc(&pattern, *p);
    }
    int rc =
        spec->any_case ? rx_new_any_case(pattern.s, &s->rx, err) : rx_new(pattern.s, &s->rx, err);
    str_release(&pattern);
    return rc;
}

int searcher_new(const struct search_spec *spec, struct searcher **out, struct error *err)
{
    struct searcher *s = xcalloc(1, sizeof(*s));
    *out = NULL;
    s->spec = *spec;
    str_init(&s->literal);
    str_init(&s->probe);
    traj_reader_init(&s->reader);
    step_body_init(&s->body);
    int rc = *spec->pattern ? compile(s, err) : error_set(err, E_USAGE, "search for what?");
    if (rc < 0)
        searcher_free(s);
    else
        *out = s;
    return rc;
}

void searcher_free(struct searcher *s)
{
    if (!s)
        return;
    rx_free(s->rx);
    str_release(&s->literal);
    str_release(&s->probe);
    traj_reader_release(&s->reader);
    step_body_release(&s->body);
    free(s);
}

static bool may_hold(const struct searcher *s, const char *bytes, size_t n)
{
    return !s->probe.len || memmem(bytes, n, s->probe.s, s->probe.len);
}

static bool find(const struct searcher *s, const struct str *text, size_t from, size_t *begin,
                 size_t *end)
{
    if (s->rx)
        return rx_span(s->rx, text, from, begin, end);
    const char *p = memmem(text->s + from, text->len - from, s->literal.s, s->literal.len);
    if (!p)
        return false;
    *begin = (size_t)(p - text->s);
    *end = *begin + s->literal.len;
    return true;
}

/* ---- a step ---- */

struct looking {
    struct searcher *s;
    const struct document *doc;
    search_fn fn;
    void *payload;
    struct search_hit hit;
};

/* What a chat model says holds its thought and its command again: once is enough. */
static bool is_told(const struct looking *l, const struct str *text)
{
    const struct step_body *b = &l->s->body;
    const struct search_hit *h = &l->hit;
    if (text != &b->text || h->place != IN_THOUGHT)
        return false;
    return memmem(b->thought.s, b->thought.len, h->line, h->line_len) ||
           memmem(b->command.s, b->command.len, h->line, h->line_len);
}

static int look_at(struct looking *l, const struct str *text, enum search_place place)
{
    struct search_hit *h = &l->hit;
    size_t begin, end, from = 0;
    int rc = 0;
    if (!(l->s->spec.places & place))
        return 0;
    while (rc == 0 && from <= text->len && find(l->s, text, from, &begin, &end)) {
        const char *before = memrchr(text->s, '\n', begin);
        const char *after = memchr(text->s + begin, '\n', text->len - begin);
        h->place = place;
        h->offset = begin;
        h->match = end - begin;
        h->line = before ? before + 1 : text->s;
        h->line_len = (size_t)((after ? after : text->s + text->len) - h->line);
        h->line_at = (size_t)(text->s + begin - h->line);
        if (!is_told(l, text))
            rc = l->fn(l->payload, h);
        size_t next = (size_t)(h->line + h->line_len - text->s) + 1;
        from = next > end ? next : end;
    }
    return rc;
}

static enum search_place text_place(enum step_kind kind)
{
    static const enum search_place places[STEP_KINDS] = {
        [STEP_SYSTEM] = IN_SYSTEM,           [STEP_USER] = IN_USER,   [STEP_ASSISTANT] = IN_THOUGHT,
        [STEP_OBSERVATION] = IN_OBSERVATION, [STEP_EVENT] = IN_EVENT, [STEP_EXIT] = IN_EVENT,
    };
    return places[kind];
}

static int look_at_step(struct looking *l, const char *raw, const struct step *step,
                        struct error *err)
{
    struct step_body *b = &l->s->body;
    const struct attempt *a = l->hit.attempt;
    struct str *all[] = { &b->role, &b->text,    &b->thought,     &b->reasoning,
                          &b->tool, &b->command, &b->observation, &b->path };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_clear(all[i]);
    int rc = step_read(a->format, raw, step->length, SIZE_MAX, b, err);
    enum search_place seen = step->kind == STEP_EVENT ? IN_EVENT : IN_OBSERVATION;
    const struct {
        const struct str *text;
        enum search_place place;
    } looks[] = { { &b->thought, IN_THOUGHT },          { &b->reasoning, IN_REASONING },
                  { &b->command, IN_COMMAND },          { &b->path, IN_COMMAND },
                  { &b->text, text_place(step->kind) }, { &b->observation, seen } };
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(looks); i++)
        rc = look_at(l, looks[i].text, looks[i].place);
    return rc;
}

static int look_at_attempt(void *payload, const struct attempt *a, struct error *err)
{
    struct looking *l = payload;
    const char *base =
        a->inner_length ? l->s->reader.inner.s : l->doc->text + (a->offset - l->doc->offset);
    int rc = 0;
    l->hit.attempt = a;
    for (size_t i = 0; rc == 0 && i < a->steps.n; i++) {
        const struct step *step = &a->steps.v[i];
        if (!may_hold(l->s, base + step->offset, step->length))
            continue;
        l->hit.step = i;
        l->hit.at = a->offset + (a->inner_length ? a->inner_offset : step->offset);
        l->hit.length = a->inner_length ? a->inner_length : step->length;
        rc = look_at_step(l, base + step->offset, step, err);
    }
    return rc;
}

int search_document(struct searcher *s, const struct document *doc, search_fn fn, void *payload,
                    struct error *err)
{
    if (!may_hold(s, doc->text, doc->len))
        return 0;
    int rc = json_scan_open(&s->reader.scan, doc->text, doc->len, err);
    const struct traj_format *f = rc == 0 ? traj_sniff(&s->reader.scan, doc->lines) : NULL;
    struct looking l = { .s = s, .doc = doc, .fn = fn, .payload = payload };
    l.hit.path = doc->path;
    l.hit.member = doc->member;
    return f ? traj_read(&s->reader, f, doc, look_at_attempt, &l, err) : rc;
}
