#include "command/show_trajectory.h"

#include "formats/flags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct showing {
    const struct invocation *inv;
    const struct attempt_row *row;
    const struct flag_rules *rules;
    size_t step;
    enum flag_place place;
    const struct str *text;
};

static const char *const place_words[FLAG_PLACES] = { "command", "path", "exit" };

/* The step in its file or member; of messages in a string of JSON, the string. */
static void step_place(const struct showing *s, int64_t *at, int64_t *length)
{
    const struct attempt_row *r = s->row;
    *at = r->offset + (r->inner_length ? r->inner_offset : r->steps.v[s->step].offset);
    *length = r->inner_length ? r->inner_length : r->steps.v[s->step].length;
}

static void print_json_flag(const struct showing *s, size_t flag, size_t offset, const char *match,
                            size_t n)
{
    json_t *doc = json_object();
    struct str text = STR_INIT;
    int64_t at, length;
    step_place(s, &at, &length);
    text_add_utf8(&text, match, n);
    json_put_text(doc, "instance_id", s->row->instance_id);
    json_put_text(doc, "flag", flag_name(s->rules, flag));
    json_put_text(doc, "path", s->row->path);
    json_put_text(doc, "member", s->row->member);
    json_put_int(doc, "step", (int64_t)s->step + 1);
    json_put_int(doc, "at", at);
    json_put_int(doc, "length", length);
    json_put_text(doc, "in", place_words[s->place]);
    json_put_int(doc, "offset", (int64_t)offset);
    json_put_int(doc, "match", (int64_t)n);
    json_object_set_new(doc, "text", json_stringn_nocheck(text.s, text.len));
    char *line = json_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
    str_release(&text);
}

static void print_flag(const struct showing *s, size_t flag, size_t offset, const char *match,
                       size_t n)
{
    struct str out = STR_INIT;
    if (s->inv->json) {
        print_json_flag(s, flag, offset, match, n);
        return;
    }
    text_add_shown(&out, match, n);
    printf("step %zu  %s  %s%s(%s)\n", s->step + 1, flag_name(s->rules, flag), out.s,
           out.len ? "  " : "", flag_help(s->rules, flag));
    str_release(&out);
}

static void on_match(void *payload, size_t flag, size_t offset, size_t length)
{
    const struct showing *s = payload;
    print_flag(s, flag, offset, s->text->s + offset, length);
}

static void show_text(struct flagger *f, struct showing *s, enum flag_place place,
                      const struct str *text)
{
    s->place = place;
    s->text = text;
    flagger_each(f, place, text, on_match, s);
}

/* A model without calls of tools writes its command into what it says. */
static void cut_to_command(struct str *text)
{
    const char *p = strstr(text->s, "```");
    if (!p)
        p = strstr(text->s, "<function=");
    size_t cut = p ? (size_t)(p - text->s) : text->len;
    memmove(text->s, text->s + cut, text->len - cut);
    str_truncate(text, text->len - cut);
}

static void show_step(struct flagger *f, struct showing *s, struct step_body *b, flag_set *looped)
{
    const struct step *step = &s->row->steps.v[s->step];
    if (!b->command.len && (step->flags & STEP_ACTION)) {
        cut_to_command(&b->text);
        str_swap(&b->text, &b->command);
    }
    show_text(f, s, FLAG_COMMAND, &b->command);
    if (step->flags & STEP_EDIT)
        show_text(f, s, FLAG_PATH, &b->path);
    struct json_span all = { b->command.s, b->command.len };
    flag_set now = flagger_turn(f, step->flags & STEP_ACTION ? flagger_mix(0, all) : 0) & ~*looped;
    *looped |= now;
    s->place = FLAG_COMMAND;
    for (; now; now &= now - 1)
        print_flag(s, (size_t)__builtin_ctzll(now), 0, "", 0);
}

static int show_steps(struct flagger *f, struct showing *s, struct error *err)
{
    const struct attempt_row *r = s->row;
    flag_set looped = 0;
    int rc = 0;
    flagger_begin(f);
    for (s->step = 0; rc == 0 && s->step < r->steps.n; s->step++) {
        const struct step *step = &r->steps.v[s->step];
        struct step_body b;
        struct str raw = STR_INIT;
        if (step->kind != STEP_ASSISTANT || (step->flags & (STEP_DEMO | STEP_COPIED)))
            continue;
        step_body_init(&b);
        rc = attempt_step_raw(r, s->step, &raw, err);
        if (rc == 0)
            rc = step_read(r->format, raw.s, raw.len, SIZE_MAX, &b, err);
        if (rc == 0)
            show_step(f, s, &b, &looped);
        step_body_release(&b);
        str_release(&raw);
    }
    return rc;
}

int show_flags(struct invocation *inv, const struct attempt_row *r, struct error *err)
{
    struct flag_rules *rules = NULL;
    struct flagger *f = NULL;
    int rc = flag_rules_load(inv->workspace->root, &rules, err);
    if (rc == 0)
        rc = flagger_new(rules, &f, err);
    struct showing s = { .inv = inv, .row = r, .rules = rules };
    if (rc == 0)
        rc = show_steps(f, &s, err);
    if (rc == 0 && r->steps.n) {
        struct str why = STR_INIT;
        str_add(&why, r->exit_status);
        s.step = r->steps.n - 1;
        show_text(f, &s, FLAG_EXIT, &why);
        str_release(&why);
    }
    flagger_free(f);
    flag_rules_free(rules);
    return rc;
}
