#include "command/show_trajectory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one step ---- */

static void print_shown(const char *title, const struct str *text)
{
    struct str shown = STR_INIT;
    if (!text->len)
        return;
    for (const char *p = text->s, *end = text->s + text->len; p < end;) {
        const char *eol = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((eol ? eol : end) - p);
        str_add(&shown, "  ");
        text_add_shown(&shown, p, n);
        str_addc(&shown, '\n');
        p += n + (eol != NULL);
    }
    printf("%s:\n%s", title, shown.s);
    str_release(&shown);
}

static int read_body(const struct attempt_row *r, size_t i, struct step_body *b, struct error *err)
{
    struct str raw = STR_INIT;
    int rc = attempt_step_raw(r, i, &raw, err);
    if (rc == 0)
        rc = step_read(r->format, raw.s, raw.len, SIZE_MAX, b, err);
    str_release(&raw);
    return rc;
}

static int print_raw(const struct attempt_row *r, size_t i, struct error *err)
{
    struct str raw = STR_INIT;
    int rc = attempt_step_raw(r, i, &raw, err);
    if (rc == 0 && fwrite(raw.s, 1, raw.len, stdout) == raw.len)
        putchar('\n');
    str_release(&raw);
    return rc;
}

static int print_step(const struct attempt_row *r, size_t i, struct error *err)
{
    const struct step *s = &r->steps.v[i];
    struct step_body b;
    step_body_init(&b);
    int rc = read_body(r, i, &b, err);
    const struct {
        const char *title;
        const struct str *text;
    } parts[] = { { "reasoning", &b.reasoning },
                  { "thought", &b.thought },
                  { "text", &b.text },
                  { "tool", &b.tool },
                  { "path", &b.path },
                  { "command", &b.command },
                  { "observation", &b.observation } };
    if (rc == 0) {
        printf("--- step %zu: %s", i + 1, step_kind_name(s->kind));
        if (s->exit >= 0)
            printf(", exit %d", s->exit);
        puts("");
    }
    for (size_t k = 0; rc == 0 && k < ARRAY_LEN(parts); k++)
        print_shown(parts[k].title, parts[k].text);
    step_body_release(&b);
    return rc;
}

/* ---- a line a step ---- */

static void first_line(const struct str *text, size_t most, struct str *out)
{
    const char *p = text->s + strspn(text->s, " \t\r\n");
    size_t n = strcspn(p, "\n");
    text_add_shown(out, p, n < most ? n : most);
}

static int print_line(const struct attempt_row *r, size_t i, struct error *err)
{
    enum { MOST = 100 };
    const struct step *s = &r->steps.v[i];
    struct step_body b;
    struct str line = STR_INIT;
    step_body_init(&b);
    int rc = read_body(r, i, &b, err);
    const struct str *const from[] = { &b.command, &b.thought, &b.text, &b.observation };
    for (size_t k = 0; rc == 0 && !line.len && k < ARRAY_LEN(from); k++)
        first_line(from[k], MOST, &line);
    if (rc == 0)
        printf("%4zu  %-11s  %3s  %s\n", i + 1, step_kind_name(s->kind),
               s->flags & STEP_ERROR ? "✕" : "", line.s);
    str_release(&line);
    step_body_release(&b);
    return rc;
}

static int print_text(const struct attempt_row *r, struct error *err)
{
    int rc = 0;
    printf("%s  %s  %s\n", r->instance_id, r->run, r->outcome);
    printf("%s %s, %lld turns, %lld failed, exit %s, $%.2f\n", r->scaffold, r->model,
           (long long)r->turns, (long long)r->errors, *r->exit_status ? r->exit_status : "-",
           r->cost_usd);
    printf("%s%s%s at %lld\n\n", r->path, *r->member ? "!" : "", r->member, (long long)r->offset);
    for (size_t i = 0; rc == 0 && i < r->steps.n; i++)
        rc = print_line(r, i, err);
    return rc;
}

/* ---- JSON ---- */

static json_t *step_json(const struct attempt_row *r, size_t i)
{
    const struct step *s = &r->steps.v[i];
    json_t *doc = json_object();
    json_put_int(doc, "step", (int64_t)i + 1);
    json_put_text(doc, "kind", step_kind_name(s->kind));
    json_put_int(doc, "offset", r->inner_length ? s->offset : r->offset + s->offset);
    json_put_int(doc, "length", s->length);
    json_put_int(doc, "exit", s->exit);
    json_put_bool(doc, "error", s->flags & STEP_ERROR);
    json_put_bool(doc, "edit", s->flags & STEP_EDIT);
    json_put_bool(doc, "demo", s->flags & STEP_DEMO);
    return doc;
}

static void print_json(const struct attempt_row *r)
{
    json_t *doc = json_object(), *steps = json_array();
    const struct {
        const char *key, *text;
    } texts[] = { { "instance_id", r->instance_id },
                  { "run", r->run },
                  { "scaffold", r->scaffold },
                  { "model", r->model },
                  { "format", r->format->name },
                  { "exit_status", r->exit_status },
                  { "outcome", r->outcome },
                  { "outcome_source", r->outcome_source },
                  { "trajectory_id", r->trajectory_id },
                  { "path", r->path },
                  { "member", r->member } };
    json_put_int(doc, "trajectory", r->id);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        json_put_text(doc, texts[i].key, texts[i].text);
    json_put_int(doc, "attempt", r->attempt);
    json_put_int(doc, "turns", r->turns);
    json_put_int(doc, "tokens_in", r->tokens_in);
    json_put_int(doc, "tokens_out", r->tokens_out);
    json_object_set_new(doc, "cost_usd", json_real(r->cost_usd));
    for (size_t i = 0; i < r->steps.n; i++)
        json_array_append_new(steps, step_json(r, i));
    json_object_set_new(doc, "steps", steps);
    char *line = json_short_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
}

/* ---- the verb ---- */

static int show_one(struct invocation *inv, const struct attempt_row *r, struct error *err)
{
    const struct args *a = inv->args;
    struct str patch = STR_INIT;
    int64_t step = 0;
    int rc = args_int(a, "step", 1, &step, err);
    if (rc < 0)
        return rc;
    if (step > (int64_t)r->steps.n)
        return error_set(err, E_NOTFOUND, "%s has %zu steps", r->instance_id, r->steps.n);
    if (step)
        return args_flag(a, "raw") ? print_raw(r, (size_t)step - 1, err)
                                   : print_step(r, (size_t)step - 1, err);
    if (args_text(a, "as", NULL))
        return show_as(r, args_text(a, "as", ""), err);
    if (args_flag(a, "flags"))
        return show_flags(inv, r, err);
    if (args_flag(a, "patch")) {
        rc = attempt_patch(r, &patch, err);
        if (rc == 0)
            fwrite(patch.s, 1, patch.len, stdout);
        str_release(&patch);
        return rc;
    }
    if (inv->json)
        print_json(r);
    return inv->json ? 0 : print_text(r, err);
}

int show_trajectory(struct invocation *inv, struct index *idx, const char *name, struct error *err)
{
    uint32_t *ids = NULL;
    size_t n = 0;
    int rc = attempt_find(idx, name, &ids, &n, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct attempt_row r;
        rc = attempt_get(idx, ids[i], &r, err);
        if (rc == 0)
            rc = show_one(inv, &r, err);
        attempt_row_release(&r);
    }
    free(ids);
    return rc;
}
