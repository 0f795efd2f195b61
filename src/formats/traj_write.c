#include "formats/traj_write.h"

#include <stdlib.h>
#include <string.h>

struct traj_writer {
    bool is_atif;
    json_t *items;   /* steps or messages */
    json_t *results; /* of the last call; borrowed, NULL without one */
    char *call;      /* its id */
    int64_t calls;
    bool copied; /* the step at hand, from an earlier segment */
};

bool traj_write_knows(const char *as)
{
    return strcmp(as, "atif") == 0 || strcmp(as, "messages") == 0;
}

struct traj_writer *traj_writer_new(const char *as)
{
    struct traj_writer *w = xcalloc(1, sizeof(*w));
    w->is_atif = strcmp(as, "atif") == 0;
    w->items = json_array();
    w->call = xstrdup("");
    return w;
}

void traj_writer_free(struct traj_writer *w)
{
    if (!w)
        return;
    json_decref(w->items);
    free(w->call);
    free(w);
}

static json_t *text_json(const struct str *text)
{
    struct str out = STR_INIT;
    text_add_utf8(&out, text->s, text->len);
    json_t *value = json_stringn_nocheck(out.s, out.len);
    str_release(&out);
    return value;
}

static void put_if(json_t *doc, const char *key, const char *text)
{
    if (*text)
        json_put_text(doc, key, text);
}

/* What was called, with what: its own arguments where the file has them. */
static json_t *arguments_json(const struct step_body *b)
{
    const char *brace = strchr(b->command.s, '{');
    json_t *args = NULL;
    if (brace && (brace == b->command.s || brace[-1] == '\n') &&
        json_parse(brace, b->command.len - (size_t)(brace - b->command.s), &args, NULL) == 0 &&
        json_is_object(args))
        return args;
    json_decref(args);
    args = json_object();
    json_object_set_new(args, "command", text_json(&b->command));
    if (b->path.len)
        json_object_set_new(args, "path", text_json(&b->path));
    return args;
}

static const char *tool_name(const struct step_body *b, struct str *out)
{
    str_clear(out);
    text_add_utf8(out, b->tool.s, strcspn(b->tool.s, "\n"));
    return out->len ? out->s : "bash";
}

static bool is_call(const struct step *step, const struct step_body *b)
{
    return (step->flags & STEP_ACTION) && b->command.len;
}

static const struct str *said(const struct step_body *b)
{
    return b->thought.len ? &b->thought : &b->text;
}

static const struct str *answered(const struct step_body *b)
{
    return b->observation.len ? &b->observation : &b->text;
}

static void next_call(struct traj_writer *w)
{
    free(w->call);
    w->call = str_format("call_%lld", (long long)++w->calls);
}

/* ---- messages ---- */

static json_t *message(struct traj_writer *w, const char *role, const struct str *content)
{
    json_t *m = json_object();
    json_put_text(m, "role", role);
    json_object_set_new(m, "content", text_json(content));
    if (w->copied)
        json_put_bool(m, "is_copied_context", true);
    json_array_append_new(w->items, m);
    return m;
}

static void message_answer(struct traj_writer *w, const struct str *content)
{
    json_t *m = message(w, "tool", content);
    put_if(m, "tool_call_id", w->call);
}

static void message_call(struct traj_writer *w, json_t *m, const struct step_body *b)
{
    struct str name = STR_INIT;
    json_t *call = json_object(), *function = json_object(), *calls = json_array();
    json_t *args = arguments_json(b);
    char *text = json_line_new(args);
    next_call(w);
    json_put_text(function, "name", tool_name(b, &name));
    json_put_text(function, "arguments", text);
    json_put_text(call, "id", w->call);
    json_put_text(call, "type", "function");
    json_object_set_new(call, "function", function);
    json_array_append_new(calls, call);
    json_object_set_new(m, "tool_calls", calls);
    free(text);
    json_decref(args);
    str_release(&name);
}

static void message_step(struct traj_writer *w, const struct step *step, const struct step_body *b)
{
    if (step->kind == STEP_SYSTEM || step->kind == STEP_USER) {
        message(w, step_kind_name((enum step_kind)step->kind), answered(b));
    } else if (step->kind == STEP_ASSISTANT) {
        json_t *m = message(w, "assistant", said(b));
        if (b->reasoning.len)
            json_object_set_new(m, "reasoning_content", text_json(&b->reasoning));
        if (step->flags & STEP_MASKED)
            json_put_int(m, "step_loss_mask", 0);
        if (is_call(step, b))
            message_call(w, m, b);
        if (b->observation.len)
            message_answer(w, &b->observation);
    } else if (step->kind == STEP_OBSERVATION) {
        message_answer(w, answered(b));
    }
}

/* ---- ATIF ---- */

static json_t *atif_item(struct traj_writer *w, const char *source, const struct str *text)
{
    json_t *s = json_object();
    json_put_int(s, "step_id", (int64_t)json_array_size(w->items) + 1);
    json_put_text(s, "source", source);
    json_object_set_new(s, "message", text_json(text));
    if (w->copied)
        json_put_bool(s, "is_copied_context", true);
    json_array_append_new(w->items, s);
    w->results = NULL;
    return s;
}

static void atif_answer(struct traj_writer *w, json_t *step, const struct str *content)
{
    json_t *result = json_object();
    if (!w->results) {
        json_t *observation = json_object();
        w->results = json_array();
        json_object_set_new(observation, "results", w->results);
        json_object_set_new(step, "observation", observation);
    }
    put_if(result, "source_call_id", json_object_get(step, "tool_calls") ? w->call : "");
    json_object_set_new(result, "content", text_json(content));
    json_array_append_new(w->results, result);
}

static void atif_call(struct traj_writer *w, json_t *s, const struct step_body *b)
{
    struct str name = STR_INIT;
    json_t *call = json_object(), *calls = json_array();
    next_call(w);
    json_put_text(call, "tool_call_id", w->call);
    json_put_text(call, "function_name", tool_name(b, &name));
    json_object_set_new(call, "arguments", arguments_json(b));
    json_array_append_new(calls, call);
    json_object_set_new(s, "tool_calls", calls);
    str_release(&name);
}

static void atif_turn(struct traj_writer *w, const struct step *step, const struct step_body *b)
{
    json_t *s = atif_item(w, "agent", said(b));
    if (b->reasoning.len)
        json_object_set_new(s, "reasoning_content", text_json(&b->reasoning));
    if (is_call(step, b))
        atif_call(w, s, b);
    if (step->tokens) {
        json_t *metrics = json_object();
        json_put_int(metrics, "completion_tokens", step->tokens);
        json_object_set_new(s, "metrics", metrics);
    }
    if (b->observation.len)
        atif_answer(w, s, &b->observation);
}

/* What a tool answered goes to the turn that asked; without one it is told by the system. */
static void atif_observed(struct traj_writer *w, const struct step_body *b)
{
    size_t n = json_array_size(w->items);
    json_t *last = n ? json_array_get(w->items, n - 1) : NULL;
    bool asked = last && strcmp(json_get_str(last, "source", ""), "agent") == 0;
    if (asked && answered(b)->len)
        atif_answer(w, last, answered(b));
    else if (!asked)
        atif_item(w, "system", answered(b));
}

static void atif_step(struct traj_writer *w, const struct step *step, const struct step_body *b)
{
    if (step->kind == STEP_ASSISTANT) {
        atif_turn(w, step, b);
    } else if (step->kind == STEP_OBSERVATION) {
        atif_observed(w, b);
    } else if (step->kind == STEP_SYSTEM || step->kind == STEP_USER) {
        atif_item(w, step_kind_name((enum step_kind)step->kind), answered(b));
    }
}

void traj_writer_step(struct traj_writer *w, const struct step *step, const struct step_body *body)
{
    if (step->flags & STEP_DEMO)
        return;
    w->copied = (step->flags & STEP_COPIED) != 0;
    if (w->is_atif)
        atif_step(w, step, body);
    else
        message_step(w, step, body);
}

static json_t *atif_extra(const struct traj_about *about)
{
    enum outcome o = outcome_by_name(about->outcome);
    json_t *extra = json_object();
    put_if(extra, "instance_id", about->instance_id);
    put_if(extra, "exit_status", about->exit_status);
    if (about->patch && about->patch->len)
        json_object_set_new(extra, "model_patch", text_json(about->patch));
    if (o == OUTCOME_RESOLVED || o == OUTCOME_UNRESOLVED)
        json_put_bool(extra, "resolved", o == OUTCOME_RESOLVED);
    return extra;
}

json_t *traj_writer_end(struct traj_writer *w, const struct traj_about *about)
{
    if (!w->is_atif)
        return json_incref(w->items);
    json_t *doc = json_object(), *agent = json_object(), *metrics = json_object();
    json_put_text(doc, "schema_version", "ATIF-v1.7");
    put_if(doc, "session_id", about->run);
    json_put_text(agent, "name", *about->scaffold ? about->scaffold : "unknown");
    json_put_text(agent, "version", "unknown");
    put_if(agent, "model_name", about->model);
    json_object_set_new(doc, "agent", agent);
    json_object_set(doc, "steps", w->items);
    json_put_int(metrics, "total_prompt_tokens", about->tokens_in);
    json_put_int(metrics, "total_completion_tokens", about->tokens_out);
    json_object_set_new(metrics, "total_cost_usd", json_real(about->cost_usd));
    json_put_int(metrics, "total_steps", (int64_t)json_array_size(w->items));
    json_object_set_new(doc, "final_metrics", metrics);
    json_object_set_new(doc, "extra", atif_extra(about));
    return doc;
}
