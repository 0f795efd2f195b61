#include "ui/views/attempt.h"

#include "ui/sign.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 400, BODY_BYTES = 4 << 20 };

struct attempt_ref *attempt_ref_new(struct attempt_row *row)
{
    struct attempt_ref *a = xcalloc(1, sizeof(*a));
    a->row = *row;
    a->refs = 1;
    str_init(&a->text.bytes);
    memset(row, 0, sizeof(*row));
    return a;
}

struct attempt_ref *attempt_hold(struct attempt_ref *a)
{
    a->refs++;
    return a;
}

void attempt_drop(struct attempt_ref *a)
{
    if (!a || --a->refs)
        return;
    attempt_row_release(&a->row);
    attempt_text_release(&a->text);
    free(a);
}

static int read_raw(struct attempt_ref *a, size_t step, struct str *out, struct error *err)
{
    const struct attempt_row *r = &a->row;
    const struct step *s = &r->steps.v[step];
    str_clear(out);
    if (!r->inner_length && !*r->member)
        return attempt_step_raw(r, step, out, err);
    int rc = a->unpacked ? 0 : attempt_text_read(r, &a->text, err);
    a->unpacked = a->unpacked || rc == 0;
    if (rc == 0 && (size_t)s->offset + s->length > a->text.bytes.len)
        rc = error_set(err, E_NOTFOUND, "%s has changed since it was imported", r->path);
    if (rc == 0)
        str_addn(out, a->text.bytes.s + s->offset, s->length);
    return rc;
}

static int read_step(struct attempt_ref *a, size_t step, size_t most, struct str *raw,
                     struct step_body *b, struct error *err)
{
    int rc = read_raw(a, step, raw, err);
    return rc < 0 ? rc : step_read(a->row.format, raw->s, raw->len, most, b, err);
}

/* ---- lines ---- */

static void first_line(const struct str *text, struct str *out)
{
    const char *p = text->s + strspn(text->s, " \t\r\n");
    if (str_starts(p, "```")) { /* the fence says nothing */
        p += strcspn(p, "\n");
        p += strspn(p, " \t\r\n");
    }
    text_add_shown(out, p, strcspn(p, "\n"));
}

static bool is_word(const char *s)
{
    return *s && strlen(s) < 40 && !strpbrk(s, " \n");
}

static void line_of(const struct step_body *b, const struct step *s, struct step_line *out)
{
    bool acts = s->kind == STEP_ASSISTANT;
    const struct str *const order[] = { acts ? &b->command : &b->observation,
                                        acts ? &b->path : &b->text,
                                        acts ? &b->thought : &b->observation,
                                        &b->text,
                                        &b->observation,
                                        &b->reasoning };
    struct str what = STR_INIT;
    for (size_t i = 0; !what.len && i < ARRAY_LEN(order); i++)
        first_line(order[i], &what);
    out->what = str_detach(&what);
    out->tool = is_word(b->tool.s) ? xstrdup(b->tool.s) : NULL;
}

int attempt_lines(struct attempt_ref *a, size_t from, size_t to, const struct cancel *stop,
                  struct step_line *out, struct error *err)
{
    struct str raw = STR_INIT;
    int rc = 0;
    for (size_t i = from; rc == 0 && i < to && !cancel_raised(stop); i++) {
        struct step_body b;
        step_body_init(&b);
        rc = read_step(a, i, LINE_BYTES, &raw, &b, err);
        if (rc == 0)
            line_of(&b, &a->row.steps.v[i], &out[i - from]);
        step_body_release(&b);
    }
    str_release(&raw);
    return rc;
}

/* ---- a body ---- */

static void add_part(struct doc *doc, const char *title, const struct str *text)
{
    if (!text->len)
        return;
    doc_line(doc, ROLE_HEADER, title);
    doc_text(doc, NULL, text->s, text->len);
    doc_line(doc, ROLE_TEXT, "");
}

static bool looks_like_diff(const struct str *s)
{
    return strstr(s->s, "diff --git ") || strstr(s->s, "\n@@ ");
}

static void add_head(struct doc *doc, const struct attempt_row *r, size_t step,
                     const struct step_body *b)
{
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = { { STEP_ERROR, "failed" },       { STEP_FORMAT, "format error" },
                  { STEP_EDIT, "edits" },         { STEP_SUBMIT, "submits" },
                  { STEP_DEMO, "demonstration" }, { STEP_COPIED, "copied" },
                  { STEP_MASKED, "masked" },      { STEP_BRANCH, "another branch" } };
    const struct step *s = &r->steps.v[step];
    doc_addf(doc, ROLE_STRONG, "step %zu of %zu", step + 1, r->steps.n);
    doc_addf(doc, ROLE_DIM, " · %s", step_kind_name(s->kind));
    if (s->exit >= 0)
        doc_addf(doc, s->exit ? ROLE_ERROR : ROLE_DIM, " · exit %d", s->exit);
    if (b->seconds > 0)
        doc_addf(doc, ROLE_DIM, " · %.1f s", b->seconds);
    if (s->tokens)
        doc_addf(doc, ROLE_DIM, " · %u tokens", s->tokens);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (s->flags & words[i].flag)
            doc_addf(doc, words[i].flag & (STEP_ERROR | STEP_FORMAT) ? ROLE_ERROR : ROLE_WARNING,
                     " · %s", words[i].word);
    doc_end(doc);
    doc_line(doc, ROLE_TEXT, "");
}

/* A reply that was taken apart into thought and action is not shown a second time. */
static bool is_told(const struct step_body *b)
{
    struct str action = STR_INIT;
    str_add(&action, b->command.s);
    str_rtrim(&action);
    bool told = strcmp(b->text.s, b->thought.s) == 0 ||
                (b->thought.len && action.len && strstr(b->text.s, action.s));
    str_release(&action);
    return told;
}

static int add_texts(struct attempt_ref *a, size_t step, bool terse, struct str *raw,
                     struct doc *doc, struct error *err)
{
    struct step_body b;
    step_body_init(&b);
    int rc = read_step(a, step, BODY_BYTES, raw, &b, err);
    if (rc == 0) {
        add_head(doc, &a->row, step, &b);
        if (!terse)
            add_part(doc, "reasoning", &b.reasoning);
        add_part(doc, "thought", &b.thought);
        if (!is_told(&b))
            add_part(doc, "said", &b.text);
        if (b.tool.len)
            doc_field(doc, "tool", ROLE_TEXT, b.tool.s);
        if (b.path.len)
            doc_field(doc, "path", ROLE_TEXT, b.path.s);
        add_part(doc, "action", &b.command);
        if (looks_like_diff(&b.observation)) {
            doc_line(doc, ROLE_HEADER, "observation");
            doc_text(doc, ink_of_diff, b.observation.s, b.observation.len);
        } else {
            add_part(doc, "observation", &b.observation);
        }
    }
    step_body_release(&b);
    return rc;
}

int attempt_body(struct attempt_ref *a, size_t step, bool raw_bytes, bool terse, struct doc **out,
                 struct error *err)
{
    struct str raw = STR_INIT;
    struct doc *doc = doc_new();
    int rc;
    if (raw_bytes) {
        rc = read_raw(a, step, &raw, err);
        if (rc == 0)
            doc_text(doc, NULL, raw.s, raw.len);
    } else {
        rc = add_texts(a, step, terse, &raw, doc, err);
    }
    str_release(&raw);
    if (rc < 0)
        doc_free(doc);
    *out = rc < 0 ? NULL : doc;
    return rc;
}

/* ---- search ---- */

static bool holds(const struct step_body *b, const char *needle)
{
    const struct str *const all[] = { &b->thought, &b->text,        &b->reasoning,
                                      &b->command, &b->observation, &b->path };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (strcasestr(all[i]->s, needle))
            return true;
    return false;
}

int attempt_search(struct attempt_ref *a, size_t from, int step, const char *needle,
                   const struct cancel *stop, size_t *found, struct error *err)
{
    struct str raw = STR_INIT;
    size_t n = a->row.steps.n;
    int rc = 0;
    *found = n;
    for (size_t i = from; rc == 0 && i < n && *found == n && !cancel_raised(stop);
         i += (size_t)step) {
        struct step_body b;
        step_body_init(&b);
        rc = read_step(a, i, SIZE_MAX / 2, &raw, &b, err);
        if (rc == 0 && holds(&b, needle))
            *found = i;
        step_body_release(&b);
    }
    str_release(&raw);
    return rc;
}

/* ---- a summary ---- */

static void add_count(struct doc *doc, const char *name, int64_t n)
{
    struct str text = STR_INIT;
    str_addf(&text, "%lld", (long long)n);
    if (n)
        doc_field(doc, name, ROLE_TEXT, text.s);
    str_release(&text);
}

static const char *below(const char *root, const char *path)
{
    size_t n = strlen(root);
    return strncmp(path, root, n) == 0 && path[n] == '/' ? path + n + 1 : path;
}

void attempt_add_summary(const struct attempt_row *r, const char *root, struct doc *doc)
{
    const char *path = below(root, r->path);
    struct str cost = STR_INIT, place = STR_INIT;
    doc_addf(doc, state_ink(r->outcome), "%s %s ", state_sign(r->outcome), r->outcome);
    doc_add(doc, ROLE_STRONG, r->instance_id);
    if (r->attempt)
        doc_addf(doc, ROLE_DIM, " · attempt %lld", (long long)r->attempt);
    doc_end(doc);
    doc_field(doc, "says so", ROLE_DIM, below(root, r->outcome_source));
    doc_field(doc, "run", ROLE_TEXT, r->run);
    doc_field(doc, "scaffold", ROLE_TEXT, r->scaffold);
    doc_field(doc, "model", ROLE_TEXT, r->model);
    doc_field(doc, "exit", ROLE_TEXT, r->exit_status);
    add_count(doc, "turns", r->turns);
    add_count(doc, "failed", r->errors);
    add_count(doc, "edits", r->edits);
    add_count(doc, "files", r->files);
    add_count(doc, "tokens in", r->tokens_in);
    add_count(doc, "tokens out", r->tokens_out);
    if (r->cost_usd > 0)
        str_addf(&cost, "$%.2f", r->cost_usd);
    doc_field(doc, "cost", ROLE_TEXT, cost.s);
    doc_field(doc, "format", ROLE_DIM, r->format->name);
    str_addf(&place, "%s%s%s", path, *r->member ? "!" : "", r->member);
    doc_field(doc, "file", ROLE_DIM, place.s);
    str_release(&cost);
    str_release(&place);
}
