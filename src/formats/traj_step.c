#include "formats/traj_private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const kind_names[STEP_KINDS] = {
    [STEP_SYSTEM] = "system",           [STEP_USER] = "user",   [STEP_ASSISTANT] = "assistant",
    [STEP_OBSERVATION] = "observation", [STEP_EVENT] = "event", [STEP_EXIT] = "exit",
};

const char *step_kind_name(enum step_kind k)
{
    return kind_names[k];
}

/* What the formats call who speaks, and what they call their events. */
static const struct {
    const char *word;
    enum step_kind kind;
} roles[] = {
    { "system", STEP_SYSTEM },
    { "developer", STEP_SYSTEM },
    { "SystemPromptEvent", STEP_SYSTEM },
    { "user", STEP_USER },
    { "human", STEP_USER },
    { "assistant", STEP_ASSISTANT },
    { "agent", STEP_ASSISTANT },
    { "gpt", STEP_ASSISTANT },
    { "ai", STEP_ASSISTANT },
    { "model", STEP_ASSISTANT },
    { "function_call", STEP_ASSISTANT },
    { "ActionEvent", STEP_ASSISTANT },
    { "ACPToolCallEvent", STEP_ASSISTANT },
    { "tool", STEP_OBSERVATION },
    { "observation", STEP_OBSERVATION },
    { "function", STEP_OBSERVATION },
    { "function_response", STEP_OBSERVATION },
    { "environment", STEP_OBSERVATION },
    { "ObservationEvent", STEP_OBSERVATION },
    { "AgentErrorEvent", STEP_OBSERVATION },
    { "UserRejectObservation", STEP_OBSERVATION },
    { "exit", STEP_EXIT },
    { "finish", STEP_ASSISTANT },
    { "recall", STEP_EVENT },
    { "change_agent_state", STEP_EVENT },
    { "agent_state_changed", STEP_EVENT },
    { "null", STEP_EVENT },
    { "condensation", STEP_EVENT },
    { "Condensation", STEP_EVENT },
    { "CondensationRequest", STEP_EVENT },
    { "CondensationSummaryEvent", STEP_EVENT },
    { "ConversationStateUpdateEvent", STEP_EVENT },
    { "ConversationErrorEvent", STEP_EVENT },
    { "LLMCompletionLogEvent", STEP_EVENT },
    { "TokenEvent", STEP_EVENT },
    { "PauseEvent", STEP_EVENT },
    { "InterruptEvent", STEP_EVENT },
    { "HookExecutionEvent", STEP_EVENT },
    { "StreamingDeltaEvent", STEP_EVENT },
};

static int role_kind(struct json_span value)
{
    if (!json_span_is_string(value))
        return -1;
    struct json_span word = { value.s + 1, value.n - 2 };
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        if (json_is(word, roles[i].word))
            return (int)roles[i].kind;
    return -1;
}

static bool holds(struct json_span v, const char *needle)
{
    return memmem(v.s, v.n, needle, strlen(needle)) != NULL;
}

static bool holds_any(struct json_span v, const char *const *needles)
{
    size_t most = v.n < 4096 ? v.n : 4096;
    struct json_span head = { v.s, most };
    for (; *needles; needles++)
        if (holds(head, *needles))
            return true;
    return false;
}

static bool is_nothing(struct json_span v)
{
    return !v.n || (v.n == 2 && (*v.s == '"' || *v.s == '[' || *v.s == '{')) ||
           (v.n == 4 && memcmp(v.s, "null", 4) == 0);
}

/* ---- what a step is, without its texts ---- */

static const char *const edits[] = { "str_replace",    "\"create\"", "\\\"create\\\"",
                                     "\\\"insert\\\"", "create ",    "edit ",
                                     "sed -i",         "cat >",      "apply_patch",
                                     "insert ",        "cat <<",     "tee ",
                                     "git apply",      "patch -p",   NULL };
static const char *const submits[] = { "submit", "COMPLETE_TASK_AND_SUBMIT", "finish", NULL };

static void see_action(struct step_seen *seen, struct json_span v)
{
    if (is_nothing(v))
        return;
    seen->flags |= STEP_ACTION;
    if (seen->flagger) {
        seen->did |= flagger_value(seen->flagger, FLAG_COMMAND, v);
        seen->action = flagger_mix(seen->action, v);
    }
    if (holds_any(v, edits))
        seen->flags |= STEP_EDIT;
    if (holds_any(v, submits) && v.n < 200)
        seen->flags |= STEP_SUBMIT;
}

static void see_exit(struct step_seen *seen, struct json_span v)
{
    double x = json_span_number(v, -1e9);
    if (x <= -1e9)
        return;
    seen->exit = x > 127 || x < -1 ? 127 : (int)x;
    if (x != 0)
        seen->flags |= STEP_ERROR;
}

/* mini-swe-agent writes the status into the text that the model reads. */
static void see_observation(struct step_seen *seen, struct json_span v)
{
    static const char mark[] = "<returncode>";
    size_t most = v.n < 256 ? v.n : 256;
    const char *p = memmem(v.s, most, mark, sizeof(mark) - 1);
    if (!seen->text.n)
        seen->text = v;
    if (p && seen->exit < 0) {
        int code = atoi(p + sizeof(mark) - 1);
        seen->exit = code > 127 || code < 0 ? 127 : code;
        seen->flags |= code ? STEP_ERROR : 0;
    }
}

/* OpenHands: "action" and "observation" name the event; in V1 they are objects. */
static void see_event(struct step_seen *seen, struct json_span v)
{
    int kind = role_kind(v);
    if (json_span_is_string(v)) {
        seen->event = kind >= 0 ? kind : seen->event;
        struct json_span word = { v.s + 1, v.n - 2 };
        if (json_is(word, "error") || json_is(word, "AgentErrorEvent") ||
            json_is(word, "ConversationErrorEvent"))
            seen->flags |= STEP_ERROR;
        if (json_is(word, "finish"))
            seen->flags |= STEP_SUBMIT | STEP_ACTION;
        if (json_is(word, "edit") || json_is(word, "write"))
            seen->flags |= STEP_EDIT;
    } else if (!is_nothing(v)) {
        see_action(seen, v);
    }
}

/* OpenHands V0 names here what answers; in V1 the answer itself stands here. */
static void see_answer(struct step_seen *seen, struct json_span v)
{
    if (!json_span_is_string(v))
        return;
    see_event(seen, v);
    if (seen->event != STEP_EVENT)
        seen->event = STEP_OBSERVATION;
}

/* Agents without tool calls write their action into what they say. */
void step_seen_text(struct step_seen *seen)
{
    static const char *const marks[] = { "```", "<function=", "<execute", NULL };
    struct json_span v = seen->text;
    for (const char *const *m = marks; *m && !(seen->flags & STEP_ACTION); m++) {
        const char *p = memmem(v.s, v.n, *m, strlen(*m));
        if (!p)
            continue;
        struct flagger *flagger = seen->flagger;
        seen->flagger = NULL; /* from the middle of a string: no value of its own */
        see_action(seen, (struct json_span){ p, v.n - (size_t)(p - v.s) });
        seen->flagger = flagger;
        if (flagger) {
            seen->did |= flagger_said(flagger, v);
            seen->action = flagger_mix(0, v);
        }
    }
}

int step_see(void *payload, const struct traj_hit *hit)
{
    struct step_seen *seen = payload;
    struct json_span v = hit->value;
    switch ((int)hit->field) {
    case S_ROLE:
        seen->role = seen->role < 0 ? role_kind(v) : seen->role;
        break;
    case S_EVENT:
        see_event(seen, v);
        break;
    case S_ANSWER:
        see_answer(seen, v);
        break;
    case S_TOOL:
    case S_ARGUMENTS:
        seen->called = seen->called || !is_nothing(v);
        see_action(seen, v);
        break;
    case S_COMMAND:
        see_action(seen, v);
        break;
    case S_TEXT:
    case S_OBSERVATION:
        see_observation(seen, v);
        break;
    case S_PATH:
        if (seen->flagger)
            seen->touched |= flagger_value(seen->flagger, FLAG_PATH, v);
        break;
    case S_REASONING:
        seen->flags |= is_nothing(v) ? 0 : STEP_REASONING;
        break;
    case S_EXIT:
        see_exit(seen, v);
        break;
    case S_FAILED:
        seen->flags |= is_nothing(v) || json_span_truth(v) == 0 ? 0 : STEP_ERROR;
        break;
    case S_FORMAT:
        seen->flags |= holds(v, "FormatError") ? STEP_FORMAT | STEP_ERROR : 0;
        break;
    case S_DEMO:
        seen->flags |= json_span_truth(v) == 1 ? STEP_DEMO : 0;
        break;
    case S_COPIED:
        seen->flags |= json_span_truth(v) == 1 ? STEP_COPIED : 0;
        break;
    case S_MASK:
        seen->flags |= json_span_truth(v) == 0 ? STEP_MASKED : 0;
        break;
    case S_TOKENS:
        seen->tokens = json_span_number(v, 0);
        break;
    case S_NODE:
        seen->node = json_span_number(v, -1);
        break;
    case S_PARENT:
        seen->parent = json_span_number(v, -1);
        break;
    }
    return 0;
}

void step_seen_init(struct step_seen *seen)
{
    *seen = (struct step_seen){
        .role = -1, .event = -1, .exit = -1, .text = { "", 0 }, .node = -1, .parent = -1
    };
}

/* ---- its texts ---- */

void step_body_init(struct step_body *b)
{
    struct str *all[] = { &b->role, &b->text,    &b->thought,     &b->reasoning,
                          &b->tool, &b->command, &b->observation, &b->path };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_init(all[i]);
    b->exit = -1;
    b->seconds = 0;
}

void step_body_release(struct step_body *b)
{
    struct str *all[] = { &b->role, &b->text,    &b->thought,     &b->reasoning,
                          &b->tool, &b->command, &b->observation, &b->path };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        str_release(all[i]);
}

struct reading_body {
    struct step_body *out;
    size_t most;
    bool in_arguments; /* of a call */
    bool commanded;    /* a command was met */
};

static void add_text(struct str *to, struct json_span v, size_t most)
{
    bool more = to->len > 0;
    if (is_nothing(v) || to->len >= most)
        return;
    if (more && to->s[to->len - 1] != '\n')
        str_addc(to, '\n');
    json_span_head(v, most - to->len, to);
}

/* Arguments are JSON, in a string or not: the command among them is what people look for. */
static void add_arguments(struct step_body *b, struct json_span v, size_t most)
{
    static const struct path_rule wanted[] = {
        { "command", S_COMMAND },    { "cmd", S_COMMAND },  { "code", S_COMMAND },
        { "keystrokes", S_COMMAND }, { "path", S_PATH },    { "file_path", S_PATH },
        { "thought", S_THOUGHT },    { "message", S_TEXT }, { NULL, T_NONE },
    };
    struct str text = STR_INIT;
    struct json_scan scan;
    json_scan_init(&scan);
    json_span_text(v, &text);
    struct reading_body r = { b, most, true, false };
    if (*text.s == '{' && json_scan_open(&scan, text.s, text.len, NULL) == 0)
        traj_walk(json_begin(&scan), wanted, step_text, &r);
    if (!r.commanded || b->path.len)
        add_text(&b->command, (struct json_span){ text.s, text.len }, most);
    json_scan_release(&scan);
    str_release(&text);
}

static struct str *place_of(struct step_body *b, enum traj_field field)
{
    switch ((int)field) {
    case S_ROLE:
        return &b->role;
    case S_TEXT:
        return &b->text;
    case S_THOUGHT:
        return &b->thought;
    case S_REASONING:
        return &b->reasoning;
    case S_ANSWER:
    case S_EVENT:
    case S_TOOL:
        return &b->tool;
    case S_COMMAND:
        return &b->command;
    case S_OBSERVATION:
        return &b->observation;
    case S_PATH:
        return &b->path;
    default:
        return NULL;
    }
}

/* Some files say a thing as the model said or called it, and again as it was run. */
static void add_once(struct str *to, struct json_span v, size_t most)
{
    struct str text = STR_INIT;
    json_span_head(v, most, &text);
    const char *p = memmem(to->s, to->len, text.s, text.len);
    bool whole = p && (p == to->s || p[-1] == '\n') && (!p[text.len] || p[text.len] == '\n');
    if (!whole)
        add_text(to, v, most);
    str_release(&text);
}

int step_text(void *payload, const struct traj_hit *hit)
{
    struct reading_body *r = payload;
    struct json_span v = hit->value;
    struct str *to = place_of(r->out, hit->field);
    bool is_container = v.n && (*v.s == '{' || *v.s == '[');
    if (hit->field == S_ARGUMENTS)
        add_arguments(r->out, v, r->most);
    else if (hit->field == S_EXIT)
        r->out->exit = (int)json_span_number(v, -1);
    else if (hit->field == S_SECONDS)
        r->out->seconds = json_span_number(v, 0);
    else if (hit->field == S_FAILED && json_span_is_string(v))
        add_text(&r->out->observation, v, r->most);
    else if (to && !is_container && (r->in_arguments || hit->field == S_COMMAND))
        add_once(to, v, r->most);
    else if (to && !is_container)
        add_text(to, v, r->most);
    r->commanded = r->commanded || (hit->field == S_COMMAND && !is_container);
    return 0;
}

int step_read(const struct traj_format *f, const char *raw, size_t len, size_t most,
              struct step_body *out, struct error *err)
{
    struct json_scan scan;
    struct reading_body r = { out, most, false, false };
    json_scan_init(&scan);
    int rc = json_scan_open(&scan, raw, len, err);
    if (rc == 0)
        traj_walk(json_begin(&scan), f->step, step_text, &r);
    json_scan_release(&scan);
    return rc;
}
