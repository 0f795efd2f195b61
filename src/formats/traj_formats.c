#include "formats/trajectory.h"

#include <string.h>

#define END                                                                                        \
    {                                                                                              \
        NULL, T_NONE                                                                               \
    }

/* ---- steps ---- */

/* Messages as chat models have them, in all the dialects of training rows. */
static const struct path_rule message[] = {
    { "role", S_ROLE },
    { "from", S_ROLE },
    { "content", S_TEXT },
    { "content[].text", S_TEXT },
    { "content[].content[].text", S_TEXT },
    { "value", S_TEXT },
    { "text", S_TEXT },
    { "system_prompt", S_TEXT },
    { "thought", S_THOUGHT },
    { "reasoning_content", S_REASONING },
    { "reasoning", S_REASONING },
    { "thinking_blocks[].thinking", S_REASONING },
    { "action", S_COMMAND },
    { "extra.actions[].command", S_COMMAND },
    { "tool_calls[].function.name", S_TOOL },
    { "tool_calls[].function", S_TOOL },
    { "tool_calls[].function.arguments", S_ARGUMENTS },
    { "tool_calls[].arguments", S_ARGUMENTS },
    { "function_call.name", S_TOOL },
    { "function_call.arguments", S_ARGUMENTS },
    { "extra.returncode", S_EXIT },
    { "extra.exception_type", S_FAILED },
    { "interrupt_type", S_FORMAT },
    { "extra.interrupt_type", S_FORMAT },
    { "extra.response.usage.completion_tokens", S_TOKENS },
    { "error.message", S_FAILED },
    { "is_demo", S_DEMO },
    { "is_copied_context", S_COPIED },
    { "step_loss_mask", S_MASK },
    { "mask", S_MASK },
    { "train", S_MASK },
    { "weight", S_MASK },
    END,
};

static const struct path_rule swe_agent_step[] = {
    { "action", S_COMMAND },
    { "observation", S_OBSERVATION },
    { "thought", S_THOUGHT },
    { "response", S_TEXT },
    { "execution_time", S_SECONDS },
    { "role", S_ROLE },
    { "content", S_TEXT },
    { "content[].text", S_TEXT },
    { "is_demo", S_DEMO },
    { "tool_calls[].function.name", S_TOOL },
    { "tool_calls[].function.arguments", S_ARGUMENTS },
    { "thinking_blocks[].thinking", S_REASONING },
    END,
};

/* OpenHands V0 in its three shapes, and the events of the V1 SDK. */
static const struct path_rule event[] = {
    { "source", S_ROLE },
    { "action", S_EVENT },
    { "observation", S_ANSWER },
    { "kind", S_EVENT },
    { "content", S_OBSERVATION },
    { "args.content", S_TEXT },
    { "args.command", S_COMMAND },
    { "args.code", S_COMMAND },
    { "args.path", S_PATH },
    { "args.thought", S_THOUGHT },
    { "args.final_thought", S_THOUGHT },
    { "args.outputs", S_TEXT },
    { "command", S_COMMAND },
    { "code", S_COMMAND },
    { "path", S_PATH },
    { "thought", S_THOUGHT },
    { "thought[].text", S_THOUGHT },
    { "exit_code", S_EXIT },
    { "extras.metadata.exit_code", S_EXIT },
    { "extras.exit_code", S_EXIT },
    { "extras.error_id", S_FAILED },
    { "reasoning_content", S_REASONING },
    { "action.command", S_COMMAND },
    { "action.path", S_PATH },
    { "action.thought", S_THOUGHT },
    { "action.message", S_TEXT },
    { "tool_name", S_TOOL },
    { "tool_call.arguments", S_ARGUMENTS },
    { "observation.content[].text", S_OBSERVATION },
    { "observation.exit_code", S_EXIT },
    { "observation.is_error", S_FAILED },
    { "error", S_FAILED },
    { "detail", S_OBSERVATION },
    { "llm_message.role", S_ROLE },
    { "llm_message.content[].text", S_TEXT },
    { "system_prompt.text", S_TEXT },
    { "summary", S_TEXT },
    END,
};

static const struct path_rule atif_step[] = {
    { "source", S_ROLE },
    { "message", S_TEXT },
    { "message[].text", S_TEXT },
    { "reasoning_content", S_REASONING },
    { "tool_calls[].function_name", S_TOOL },
    { "tool_calls[].arguments.command", S_COMMAND },
    { "tool_calls[].arguments.keystrokes", S_COMMAND },
    { "tool_calls[].arguments.path", S_PATH },
    { "tool_calls[].arguments", S_ARGUMENTS },
    { "observation.results[].content", S_OBSERVATION },
    { "observation.results[].content[].text", S_OBSERVATION },
    { "metrics.completion_tokens", S_TOKENS },
    { "is_copied_context", S_COPIED },
    END,
};

static const struct path_rule r2e_step[] = {
    { "thought", S_THOUGHT },         { "action", S_COMMAND },
    { "observation", S_OBSERVATION }, { "token_usage_completion", S_TOKENS },
    { "env_exec_time", S_SECONDS },   END,
};

static const struct path_rule moatless_step[] = {
    { "node_id", S_NODE },
    { "parent_id", S_PARENT },
    { "parent.node_id", S_PARENT },
    { "user_message", S_TEXT },
    { "assistant_message", S_TEXT },
    { "thoughts", S_THOUGHT },
    { "thoughts.text", S_THOUGHT },
    { "action_steps[].action.action_name", S_TOOL },
    { "action_steps[].action.action_args_class", S_TOOL },
    { "action_steps[].action", S_ARGUMENTS },
    { "action_steps[].action.path", S_PATH },
    { "action_steps[].observation.message", S_OBSERVATION },
    { "error", S_FAILED },
    END,
};

static const struct path_rule prompt_step[] = {
    { "prompt", S_TEXT },
    { "response", S_OBSERVATION },
    { "usage.completion_tokens", S_TOKENS },
    END,
};

/* ---- documents ---- */

static const struct path_rule swe_agent[] = {
    { "history[]", T_HISTORY },
    { "trajectory[]", T_STEP },
    { "attempts[]", T_NESTED },
    { "instance_id", T_INSTANCE },
    { "replay_config", T_CONFIG },
    { "replay_config.agent.model.name", T_MODEL },
    { "info.exit_status", T_EXIT_STATUS },
    { "info.submission", T_PATCH },
    { "info.model_stats.instance_cost", T_COST },
    { "info.model_stats.tokens_sent", T_TOKENS_IN },
    { "info.model_stats.tokens_received", T_TOKENS_OUT },
    END,
};

static const struct path_rule mini[] = {
    { "instance_id", T_INSTANCE },
    { "info.exit_status", T_EXIT_STATUS },
    { "info.submission", T_PATCH },
    { "info.model_stats.instance_cost", T_COST },
    { "info.config.model.model_name", T_MODEL },
    { "messages[]", T_STEP },
    END,
};

static const struct path_rule openhands[] = {
    { "instance_id", T_INSTANCE },
    { "attempt", T_ATTEMPT },
    { "issue.number", T_INSTANCE },
    { "metadata.agent_class", T_SCAFFOLD },
    { "metadata.llm_config.model", T_MODEL },
    { "metadata.llm.model", T_MODEL },
    { "test_result.git_patch", T_PATCH },
    { "git_patch", T_PATCH },
    { "test_result.report.resolved", T_RESOLVED },
    { "report.resolved", T_RESOLVED },
    { "test_result.report.error_eval", T_UNGRADED },
    { "test_result.report.failed_apply_patch", T_UNGRADED },
    { "test_result.report.test_timeout", T_UNGRADED },
    { "report.error_eval", T_UNGRADED },
    { "report.failed_apply_patch", T_UNGRADED },
    { "report.test_timeout", T_UNGRADED },
    { "metrics.accumulated_cost", T_COST },
    { "metrics.accumulated_token_usage.prompt_tokens", T_TOKENS_IN },
    { "metrics.accumulated_token_usage.completion_tokens", T_TOKENS_OUT },
    { "error", T_RUN_ERROR },
    { "history[]", T_STEP },
    END,
};

static const struct path_rule list_of_events[] = { { "[]", T_STEP }, END };
static const struct path_rule list_of_messages[] = { { "[]", T_STEP }, END };
static const struct path_rule list_of_threads[] = { { "[]", T_NESTED }, END };

static const struct path_rule atif[] = {
    { "session_id", T_RUN },
    { "trajectory_id", T_ID },
    { "agent.name", T_SCAFFOLD },
    { "agent.model_name", T_MODEL },
    { "final_metrics.total_prompt_tokens", T_TOKENS_IN },
    { "final_metrics.total_completion_tokens", T_TOKENS_OUT },
    { "final_metrics.total_cost_usd", T_COST },
    { "extra.instance_id", T_INSTANCE },
    { "extra.exit_status", T_EXIT_STATUS },
    { "extra.model_patch", T_PATCH },
    { "extra.resolved", T_RESOLVED },
    { "steps[]", T_STEP },
    { "subagent_trajectories[]", T_NESTED },
    END,
};

static const struct path_rule r2e[] = {
    { "ds.instance_id", T_INSTANCE },
    { "exp_name", T_RUN },
    { "docker_image", T_ID },
    { "agent_args.llm_name", T_MODEL },
    { "exit_reason", T_EXIT_STATUS },
    { "output_patch", T_PATCH },
    { "reward", T_RESOLVED },
    { "trajectory_steps[]", T_STEP },
    END,
};

static const struct path_rule moatless[] = {
    { "trajectory_id", T_ID },
    { "project_id", T_RUN },
    { "metadata.instance_id", T_INSTANCE },
    { "nodes[]", T_STEP },
    { "nodes[].evaluation_result.resolved", T_RESOLVED },
    END,
};

static const struct path_rule inspect_log[] = {
    { "eval.task", T_RUN },
    { "eval.model", T_MODEL },
    { "samples[]", T_NESTED },
    END,
};

static const struct path_rule inspect_sample[] = {
    { "id", T_INSTANCE },
    { "epoch", T_ATTEMPT },
    { "uuid", T_ID },
    { "output.model", T_MODEL },
    { "scores.*.value", T_RESOLVED },
    { "error.message", T_RUN_ERROR },
    { "output.usage.input_tokens", T_TOKENS_IN },
    { "output.usage.output_tokens", T_TOKENS_OUT },
    { "messages[]", T_STEP },
    END,
};

/* Rows of datasets: nebius, SWE-smith, SWE-Gym, Open-SWE-Traces, and what trainers read. */
static const struct path_rule row[] = {
    { "instance_id", T_INSTANCE },
    { "run_id", T_RUN },
    { "trajectory_id", T_ID },
    { "traj_id", T_ID },
    { "model", T_MODEL },
    { "model_name", T_MODEL },
    { "metadata.teacher_model", T_MODEL },
    { "exit_status", T_EXIT_STATUS },
    { "model_patch", T_PATCH },
    { "generated_patch", T_PATCH },
    { "patch", T_PATCH },
    { "resolved", T_RESOLVED },
    { "target", T_RESOLVED },
    { "reward", T_RESOLVED },
    { "messages[]", T_STEP },
    { "conversations[]", T_STEP },
    { "trajectory[]", T_STEP },
    { "traj[]", T_STEP },
    { "messages", T_INNER },
    { "trajectory", T_INNER },
    END,
};

static const struct path_rule tau_bench[] = {
    { "task_id", T_INSTANCE },    { "trial", T_ATTEMPT }, { "reward", T_RESOLVED },
    { "info.user_cost", T_NONE }, { "traj[]", T_STEP },   END,
};

static const struct path_rule agentless[] = {
    { "instance_id", T_INSTANCE },
    { "traj[]", T_STEP },
    END,
};

/* The order decides: what wants more keys stands before what wants fewer. */
const struct traj_format traj_formats[] = {
    { "atif", "Harbor's ATIF, all versions", "schema_version steps agent", NULL, "object", atif,
      atif_step, false, "" },
    { "mini-swe-agent", "mini-swe-agent v1 and v2", "trajectory_format messages", NULL, "object",
      mini, message, true, "mini-swe-agent" },
    { "mini-swe-agent", "mini-swe-agent v1 and v2, written while it runs", "info messages",
      "samples", "object", mini, message, true, "mini-swe-agent" },
    { "swe-agent", "SWE-agent 0.x and 1.x", "trajectory info history", NULL, "object", swe_agent,
      swe_agent_step, true, "swe-agent" },
    { "swe-agent", "SWE-agent, a retry run", "attempts", "instance_id id", "object", swe_agent,
      swe_agent_step, true, "swe-agent" },
    { "swe-agent", "SWE-agent, an unfinished run", "trajectory",
      "instance_id trajectory_id traj_id messages model_name", "object", swe_agent, swe_agent_step,
      true, "swe-agent" },
    { "swe-agent-demo", "SWE-agent, a demonstration", "history",
      "instance_id test_result trajectory git_patch issue", "object", swe_agent, swe_agent_step,
      true, "swe-agent" },
    { "openhands", "OpenHands evaluation rows, V0 and V1",
      "history instance_id|test_result|issue|git_patch", NULL, "object", openhands, event, false,
      "openhands" },
    { "openhands-events", "OpenHands, a list of events", "source|message action|observation",
      "role", "array", list_of_events, event, false, "openhands" },
    { "openhands-sdk", "OpenHands V1, events of the SDK", "kind id source", NULL, "lines",
      list_of_events, event, false, "openhands" },
    { "openhands-sdk", "OpenHands V1, events of the SDK", "kind id source", NULL, "array",
      list_of_events, event, false, "openhands" },
    { "r2e-gym", "R2E-Gym", "trajectory_steps", NULL, "object", r2e, r2e_step, false, "r2e-gym" },
    { "moatless", "Moatless, a search tree", "nodes", NULL, "object", moatless, moatless_step,
      false, "moatless" },
    { "inspect", "Inspect AI, a log", "eval samples", NULL, "object", inspect_log, message, false,
      "inspect" },
    { "inspect-sample", "Inspect AI, a sample of a log", "id epoch messages", NULL, "object",
      inspect_sample, message, false, "inspect" },
    { "tau-bench", "tau-bench chats", "task_id traj", NULL, "object", tau_bench, message, false,
      "tau-bench" },
    { "agentless", "Agentless stages", "raw_output traj", NULL, "object", agentless, prompt_step,
      false, "agentless" },
    { "rows", "rows of messages: datasets and training data",
      "messages|conversations|trajectory|traj", NULL, "object", row, message, true, "" },
    { "messages", "a list of messages", "role|from content|value|text|tool_calls", NULL, "array",
      list_of_messages, message, true, "" },
    { "messages", "messages, one a line", "role content|tool_calls", NULL, "lines",
      list_of_messages, message, true, "" },
    { "threads", "a list of lists of messages", "[]", NULL, "array", list_of_threads, message, true,
      "" },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL },
};

const struct traj_format *traj_format_by_name(const char *name)
{
    for (const struct traj_format *f = traj_formats; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}
