#include "index/store.h"

#include <string.h>

#define SHOWN   COL_SHOWN
#define RIGHT   COL_RIGHT
#define INDEXED COL_INDEXED
#define COUNT   (COL_SHOWN | COL_RIGHT)

static const struct list_column repository_columns[] = {
    { "repo", "repository", COL_TEXT, 32, SHOWN | INDEXED, "t.repo", "owner/name" },
    { "instances", "instances", COL_INT, 9, COUNT, "t.instances", "tasks of the repository" },
    { "accepted", "accepted", COL_INT, 8, COUNT, "t.accepted", "latest run accepted" },
    { "rejected", "rejected", COL_INT, 8, COUNT, "t.rejected", "latest run rejected" },
    { "failed", "failed", COL_INT, 6, COUNT, "t.failed", "no environment could be built" },
    { "error", "error", COL_INT, 5, COUNT, "t.error", "infrastructure failed; tried again" },
    { "running", "running", COL_INT, 7, COUNT, "t.running", "being worked on" },
    { "new", "new", COL_INT, 6, COUNT, "t.new", "never tried" },
    { "screened", "screened", COL_INT, 8, RIGHT, "t.screened", "dropped by screening" },
    { "last_activity", "last", COL_TIME, 5, SHOWN | RIGHT,
      "coalesce((SELECT max(ended) FROM environments WHERE repository = t.id), 0)",
      "end of the latest run of any of its tasks" },
};

/* The words of all curators; one of each. */
#define REVIEWED(kind)                                                                             \
    "coalesce((SELECT group_concat(DISTINCT r.text) FROM reviews r WHERE r.instance_id = "         \
    "t.instance_id AND r.kind = '" kind "'), '')"

static const struct list_column instance_columns[] = {
    { "instance_id", "instance", COL_TEXT, 30, SHOWN | INDEXED, "t.instance_id", "the task" },
    { "repo", "repository", COL_TEXT, 24, INDEXED, "t.repo", "owner/name" },
    { "state", "state", COL_TEXT, 10, SHOWN | INDEXED, "t.state",
      "new screened running accepted rejected failed error" },
    { "failure_class", "class", COL_TEXT, 16, SHOWN | INDEXED, "t.failure_class",
      "what went wrong, one of the failure classes" },
    { "round", "round", COL_INT, 5, COUNT | INDEXED, "t.round", "rounds of the synthesis loop" },
    { "phase", "phase", COL_TEXT, 9, 0, "t.phase", "where it stands or ended" },
    { "f2p", "F2P", COL_INT, 5, COUNT | INDEXED, "t.f2p", "tests that fail before, pass after" },
    { "p2p", "P2P", COL_INT, 6, COUNT | INDEXED, "t.p2p", "tests that pass before and after" },
    { "seconds", "time", COL_SECONDS, 7, COUNT | INDEXED, "t.seconds", "spent in all phases" },
    { "cost_usd", "cost", COL_MONEY, 7, RIGHT | INDEXED, "t.cost_usd", "spent on a model" },
    { "python", "python", COL_TEXT, 6, INDEXED, "t.python", "interpreter of the environment" },
    { "agent", "agent", COL_TEXT, 6, 0, "t.agent", "who decided: rules, llm, auto" },
    { "run", "run", COL_TEXT, 12, INDEXED, "t.run", "the run that the row is of" },
    { "verified", "verified", COL_INT, 8, RIGHT | INDEXED, "t.verified", "times proved again" },
    { "verify_failed", "unverified", COL_INT, 10, RIGHT, "t.verify_failed",
      "times that a proof failed" },
    { "image_bytes", "image", COL_BYTES, 9, RIGHT, "t.image_bytes", "size of the image" },
    { "pull_number", "pull", COL_INT, 6, RIGHT, "t.pull_number", "number of the pull request" },
    { "created_at", "created", COL_TIME, 7, RIGHT | INDEXED, "t.created_at",
      "date of the pull request" },
    { "started", "started", COL_TIME, 7, RIGHT, "t.started", "begin of the run of it" },
    { "ended", "ended", COL_TIME, 5, RIGHT | INDEXED, "t.ended", "end of the run of it" },
    { "log", "log", COL_TEXT, 24, 0, "t.log", "where the evidence stands, in its folder" },
    { "line", "line", COL_INT, 6, RIGHT, "t.line", "line of that log" },
    { "title", "title", COL_TEXT, 40, INDEXED, "t.title", "first line of the problem statement" },
    { "signature", "signature", COL_TEXT, 40, INDEXED, "t.signature",
      "what its evidence says, as equal failures share it" },
    { "rule", "rule", COL_TEXT, 24, INDEXED, "t.rule", "playbook rule or move that fired last" },
    { "mark", "mark", COL_TEXT, 16, 0, REVIEWED("mark"), "what curators marked it with" },
    { "label", "label", COL_TEXT, 16, 0, REVIEWED("label"), "what curators labelled it" },
    { "signals", "signals", COL_TEXT, 24, 0,
      "coalesce((SELECT group_concat(s.name) FROM signals s WHERE s.instance = t.instance AND "
      "s.run_id = t.run_id AND s.flag = 1), '')",
      "what hints that the task is easy, broad, not to be guessed, costly" },
    { "reason", "reason", COL_TEXT, 50, SHOWN | INDEXED, "t.reason",
      "why it stands so, in a sentence" },
};

static const struct list_column run_columns[] = {
    { "run", "run", COL_TEXT, 20, SHOWN | INDEXED, "t.run", "name of the run" },
    { "instances", "instances", COL_INT, 9, COUNT, "t.instances", "tasks tried in it" },
    { "accepted", "accepted", COL_INT, 8, COUNT, "t.accepted", "proven environments" },
    { "rejected", "rejected", COL_INT, 8, COUNT, "t.rejected", "ran, and were refused" },
    { "failed", "failed", COL_INT, 6, COUNT, "t.failed", "no environment could be built" },
    { "error", "error", COL_INT, 5, COUNT, "t.error", "infrastructure failed" },
    { "running", "running", COL_INT, 7, COUNT, "t.running", "not ended" },
    { "seconds", "time", COL_SECONDS, 8, COUNT, "t.ms / 1000.0", "spent on all of them" },
    { "cost_usd", "cost", COL_MONEY, 7, RIGHT, "t.microusd / 1000000.0", "spent on a model" },
    { "started", "started", COL_TIME, 7, RIGHT,
      "coalesce((SELECT min(started) FROM environments WHERE run_id = t.id AND started > 0), 0)",
      "first begin" },
    { "ended", "ended", COL_TIME, 5, SHOWN | RIGHT,
      "coalesce((SELECT max(ended) FROM environments WHERE run_id = t.id), 0)", "last end" },
};

static const struct list_column batch_columns[] = {
    { "batch", "batch", COL_TEXT, 20, SHOWN | INDEXED, "t.batch", "id of the batch" },
    { "stage", "stage", COL_TEXT, 11, SHOWN, "t.stage", "synthesize, verify, …" },
    { "run", "run", COL_TEXT, 16, SHOWN, "t.run", "the run that it works on" },
    { "state", "state", COL_TEXT, 9, SHOWN, "t.state", "running paused cancelled done" },
    { "total", "total", COL_INT, 7, COUNT, "t.total", "jobs in it" },
    { "queued", "queued", COL_INT, 7, COUNT, "t.queued", "not begun" },
    { "running", "running", COL_INT, 7, COUNT, "t.running", "being worked on" },
    { "done", "done", COL_INT, 7, COUNT, "t.done", "ended, however" },
    { "failed", "failed", COL_INT, 6, COUNT, "t.failed", "ended in failed or error" },
    { "agent", "agent", COL_TEXT, 6, 0, "t.agent", "rules, llm, auto" },
    { "jobs", "jobs", COL_INT, 4, RIGHT, "t.jobs", "worked on at a time" },
    { "created", "created", COL_TIME, 7, SHOWN | RIGHT, "t.created", "when it was submitted" },
};

static const struct list_column round_columns[] = {
    { "instance_id", "instance", COL_TEXT, 30, SHOWN, "e.instance_id", "the task" },
    { "run", "run", COL_TEXT, 12, 0, "e.run", "the run" },
    { "repo", "repository", COL_TEXT, 24, 0, "e.repo", "owner/name" },
    { "round", "round", COL_INT, 5, COUNT, "t.round", "1 is the first" },
    { "phase", "phase", COL_TEXT, 9, SHOWN, "t.phase", "the phase that ended it" },
    { "failure_class", "class", COL_TEXT, 16, SHOWN, "t.failure_class", "what went wrong" },
    { "rule", "rule", COL_TEXT, 24, SHOWN, "t.rule", "playbook rule or move that fired" },
    { "remedy", "remedy", COL_TEXT, 28, SHOWN, "t.remedy", "what the next round changes" },
    { "f2p", "F2P", COL_INT, 5, RIGHT, "t.f2p", "tests that fail before, pass after" },
    { "p2p", "P2P", COL_INT, 6, RIGHT, "t.p2p", "tests that pass before and after" },
    { "log", "log", COL_TEXT, 20, 0, "t.log", "where the evidence stands, in the round" },
    { "line", "line", COL_INT, 6, RIGHT, "t.line", "line of that log" },
    { "reason", "reason", COL_TEXT, 50, SHOWN, "t.reason", "what was seen, in a sentence" },
};

static const struct list_column failure_columns[] = {
    { "signature", "signature", COL_TEXT, 50, SHOWN, "t.signature",
      "what the evidence says, without numbers, paths and names" },
    { "instances", "n", COL_INT, 5, COUNT, "t.instances", "instances that ended so" },
    { "phase", "phase", COL_TEXT, 9, SHOWN, "t.phase", "where they ended" },
    { "failure_class", "class", COL_TEXT, 16, SHOWN, "t.failure_class", "what went wrong" },
    { "seconds", "time", COL_SECONDS, 7, COUNT, "t.ms / 1000.0", "spent on all of them" },
    { "last", "last", COL_TIME, 5, SHOWN | RIGHT,
      "coalesce((SELECT max(ended) FROM environments WHERE latest = 1 AND signature = t.signature "
      "AND failure_class = t.failure_class AND phase = t.phase), 0)",
      "latest end among them" },
};

#define FLAG(bit, word) "iif(t.flags & " #bit ", '" word " ', '') || "
static const struct list_column trajectory_columns[] = {
    { "instance_id", "instance", COL_TEXT, 30, SHOWN | INDEXED, "t.instance_id", "the task" },
    { "run", "run", COL_TEXT, 18, SHOWN | INDEXED, "t.run",
      "the run, or the folder, that it is of" },
    { "attempt", "try", COL_INT, 3, COUNT, "t.attempt", "which attempt at the task; 0 unknown" },
    { "outcome", "outcome", COL_TEXT, 10, SHOWN | INDEXED, "t.outcome",
      "what graders say, else what the file says" },
    { "exit_status", "exit", COL_TEXT, 14, SHOWN | INDEXED, "t.exit_status",
      "why the agent stopped" },
    { "steps", "steps", COL_INT, 5, COUNT | INDEXED, "t.turns", "turns of the model" },
    { "messages", "messages", COL_INT, 8, RIGHT, "t.steps", "steps as the file has them" },
    { "edits", "edits", COL_INT, 5, RIGHT, "t.edits", "steps that change a file" },
    { "errors", "errors", COL_INT, 6, COUNT | INDEXED, "t.errors", "steps that failed" },
    { "files", "files", COL_INT, 5, COUNT | INDEXED, "t.files", "files that its patch changes" },
    { "tokens_in", "in", COL_INT, 8, RIGHT, "t.tokens_in",
      "prompt tokens, as the file counts them" },
    { "tokens_out", "out", COL_INT, 7, COUNT | INDEXED, "t.tokens_out", "completion tokens" },
    { "cost_usd", "cost", COL_MONEY, 7, COUNT | INDEXED, "t.cost_usd", "spent on a model" },
    { "scaffold", "scaffold", COL_TEXT, 14, SHOWN | INDEXED, "t.scaffold", "the agent program" },
    { "model", "model", COL_TEXT, 24, SHOWN | INDEXED, "t.model", "its model" },
    { "format", "format", COL_TEXT, 14, 0, "t.format", "what kind of file it stands in" },
    { "solved", "solved", COL_INT, 6, RIGHT,
      "(SELECT count(*) FROM attempts o WHERE o.instance_id = t.instance_id AND o.outcome = "
      "'resolved')",
      "attempts at its task that resolved it" },
    { "solved_alike", "solved alike", COL_INT, 12, RIGHT,
      "(SELECT count(*) FROM attempts o WHERE o.instance_id = t.instance_id AND o.outcome = "
      "'resolved' AND o.scaffold = t.scaffold AND o.model = t.model)",
      "those of them with the same scaffold and model" },
    { "graded", "graded", COL_INT, 6, RIGHT,
      "(SELECT count(*) FROM attempts o WHERE o.instance_id = t.instance_id AND o.outcome IN "
      "('resolved', 'unresolved', 'partial', 'no-patch'))",
      "attempts at its task that somebody graded" },
    { "flags", "flags", COL_TEXT, 20, 0,
      "rtrim(" FLAG(1, "error") FLAG(2, "format") FLAG(4, "edit") FLAG(8, "submit")
          FLAG(128, "reasoning") FLAG(256, "masked") FLAG(512, "branch") "t.rule_flags)",
      "what happens in it: error format edit submit reasoning masked branch, and rules it meets" },
    { "outcome_source", "source", COL_TEXT, 30, 0, "t.outcome_source", "who says the outcome" },
    { "trajectory", "id", COL_INT, 7, RIGHT, "t.id", "its number in this index" },
    { "bytes", "bytes", COL_BYTES, 9, RIGHT, "t.length", "of its document" },
    { "path", "file", COL_TEXT, 40, 0, "(SELECT path FROM sources WHERE id = t.source)",
      "the file that it stands in" },
};

#define STATES         "new|screened|running|accepted|rejected|failed|error"
#define PHASES         "fetch|explore|image|lock|build|evaluate|analyze"
#define OUTCOMES_WORDS "unknown|running|no-patch|unresolved|partial|resolved|eval-error|infra"
#define CLASSES                                                                                    \
    "patch-split|patch-apply-test|patch-apply-fix|fetch|base-image|interpreter|resolve|"           \
    "sdist-build|project-install|import|collect|none-collected|plugin-args|wrong-copy|no-f2p|"     \
    "fix-fails|p2p-broken|flaky|timeout|oom|disk|engine|leak|script-dishonest|needs-network|"      \
    "budget"

#define SIGNALS                                                                                    \
    "trivial|broad|hidden|unclear|no-task|costly|late|overlap|named-line|tiny|many-f2p|f2p-files|" \
    "wide-fix|many-issues|hidden-words|hidden-names|data-tests|short-issue|long-issue|images|"     \
    "bare-links|non-ascii|no-code|slow-tests|sleeps|network|hindsight"

static const struct query_key repository_keys[] = {
    { "repo", "repo", KEY_TEXT, NULL, "owner/name" },
    { "instances", "instances", KEY_NUMBER, NULL, "tasks of the repository" },
    { "accepted", "accepted", KEY_NUMBER, NULL, "accepted ones" },
    { "rejected", "rejected", KEY_NUMBER, NULL, "rejected ones" },
    { "failed", "failed", KEY_NUMBER, NULL, "failed ones" },
    { "error", "error", KEY_NUMBER, NULL, "ones in error" },
    { "running", "running", KEY_NUMBER, NULL, "ones being worked on" },
    { "new", "new", KEY_NUMBER, NULL, "ones never tried" },
    { "last", "last_activity", KEY_TIME, NULL, "end of the latest run" },
};

static const struct query_key instance_keys[] = {
    { "state", "state", KEY_TEXT, STATES, "where the instance stands" },
    { "class", "failure_class", KEY_TEXT, CLASSES, "what went wrong" },
    { "repo", "repo", KEY_TEXT, NULL, "owner/name" },
    { "id", "instance_id", KEY_TEXT, NULL, "the instance" },
    { "run", "run", KEY_TEXT, NULL, "rows of this run instead of the latest" },
    { "round", "round", KEY_NUMBER, NULL, "rounds of the loop" },
    { "phase", "phase", KEY_TEXT, PHASES, "where it stands or ended" },
    { "f2p", "f2p", KEY_NUMBER, NULL, "fail-to-pass tests" },
    { "p2p", "p2p", KEY_NUMBER, NULL, "pass-to-pass tests" },
    { "seconds", "seconds", KEY_SECONDS, NULL, "time spent (60, 90s, 2m, 1h)" },
    { "cost", "cost_usd", KEY_NUMBER, NULL, "dollars spent on a model" },
    { "python", "python", KEY_TEXT, NULL, "interpreter" },
    { "agent", "agent", KEY_TEXT, "rules|llm|auto", "who decided" },
    { "verified", "verified", KEY_NUMBER, NULL, "times proved again" },
    { "unverified", "verify_failed", KEY_NUMBER, NULL, "times that a proof failed" },
    { "image", "image_bytes", KEY_BYTES, NULL, "size of the image (500m, 2g)" },
    { "pull", "pull_number", KEY_NUMBER, NULL, "number of the pull request" },
    { "created", "created_at", KEY_TIME, NULL, "date of the pull request" },
    { "started", "started", KEY_TIME, NULL, "begin of its run" },
    { "ended", "ended", KEY_TIME, NULL, "end of its run (2024-03, or 24h: that long ago)" },
    { "title", "title", KEY_TEXT, NULL, "first line of the statement" },
    { "signature", "signature", KEY_TEXT, NULL, "what its evidence says" },
    { "rule", "rule", KEY_TEXT, NULL, "playbook rule or move that fired last" },
    { "mark", "mark", KEY_REVIEW, NULL, "marked by a curator: needs-attention" },
    { "label", "label", KEY_REVIEW, NULL, "labelled by a curator" },
    { "reason", "reason", KEY_TEXT, NULL, "why it stands so" },
    { "signal", "signals", KEY_SIGNAL, SIGNALS, "a quality signal, or what it hints at" },
    { "overlap", "overlap", KEY_MEASURE, NULL, "share of the fix that the statement has (0..1)" },
    { "gold_lines", "tiny", KEY_MEASURE, NULL, "lines that the fix changes" },
    { "f2p_files", "f2p-files", KEY_MEASURE, NULL, "files of F2P tests" },
    { "fix_dirs", "wide-fix", KEY_MEASURE, NULL, "top folders that the fix touches" },
    { "closes", "many-issues", KEY_MEASURE, NULL, "issues that it closes" },
    { "hidden_words", "hidden-words", KEY_MEASURE, NULL, "asserted texts that only the fix has" },
    { "hidden_names", "hidden-names", KEY_MEASURE, NULL, "names that only fix and tests have" },
    { "issue_chars", "short-issue", KEY_MEASURE, NULL, "characters of the statement" },
    { "f2p_seconds", "slow-tests", KEY_MEASURE, NULL, "seconds that the F2P tests take" },
};

static const struct query_key run_keys[] = {
    { "run", "run", KEY_TEXT, NULL, "name of the run" },
    { "instances", "instances", KEY_NUMBER, NULL, "tasks tried in it" },
    { "accepted", "accepted", KEY_NUMBER, NULL, "accepted ones" },
    { "rejected", "rejected", KEY_NUMBER, NULL, "rejected ones" },
    { "failed", "failed", KEY_NUMBER, NULL, "failed ones" },
    { "error", "error", KEY_NUMBER, NULL, "ones in error" },
    { "running", "running", KEY_NUMBER, NULL, "not ended" },
    { "seconds", "seconds", KEY_SECONDS, NULL, "time spent on all" },
    { "started", "started", KEY_TIME, NULL, "first begin" },
    { "ended", "ended", KEY_TIME, NULL, "last end" },
};

static const struct query_key batch_keys[] = {
    { "id", "batch", KEY_TEXT, NULL, "the batch" },
    { "stage", "stage", KEY_TEXT, NULL, "what it does" },
    { "run", "run", KEY_TEXT, NULL, "the run that it works on" },
    { "state", "state", KEY_TEXT, "running|paused|cancelled|done", "where it stands" },
    { "total", "total", KEY_NUMBER, NULL, "jobs in it" },
    { "done", "done", KEY_NUMBER, NULL, "jobs ended" },
    { "failed", "failed", KEY_NUMBER, NULL, "jobs failed" },
    { "created", "created", KEY_TIME, NULL, "when it was submitted" },
};

static const struct query_key round_keys[] = {
    { "class", "failure_class", KEY_TEXT, CLASSES, "what went wrong" },
    { "rule", "rule", KEY_TEXT, NULL, "playbook rule or move that fired" },
    { "remedy", "remedy", KEY_TEXT, NULL, "what the next round changes" },
    { "repo", "repo", KEY_TEXT, NULL, "owner/name" },
    { "id", "instance_id", KEY_TEXT, NULL, "the instance" },
    { "run", "run", KEY_TEXT, NULL, "rows of this run instead of the latest" },
    { "round", "round", KEY_NUMBER, NULL, "1 is the first" },
    { "phase", "phase", KEY_TEXT, PHASES, "the phase that ended it" },
    { "f2p", "f2p", KEY_NUMBER, NULL, "fail-to-pass tests" },
    { "p2p", "p2p", KEY_NUMBER, NULL, "pass-to-pass tests" },
    { "reason", "reason", KEY_TEXT, NULL, "what was seen" },
};

static const struct query_key failure_keys[] = {
    { "signature", "signature", KEY_TEXT, NULL, "what the evidence says" },
    { "class", "failure_class", KEY_TEXT, CLASSES, "what went wrong" },
    { "phase", "phase", KEY_TEXT, PHASES, "where they ended" },
    { "instances", "instances", KEY_NUMBER, NULL, "instances that ended so" },
    { "seconds", "seconds", KEY_SECONDS, NULL, "time spent on all of them" },
    { "last", "last", KEY_TIME, NULL, "latest end among them" },
};

static const struct query_key trajectory_keys[] = {
    { "id", "instance_id", KEY_TEXT, NULL, "the task" },
    { "run", "run", KEY_TEXT, NULL, "the run, or the folder, that it is of" },
    { "outcome", "outcome", KEY_TEXT, OUTCOMES_WORDS, "how it stands" },
    { "exit", "exit_status", KEY_TEXT, NULL, "why the agent stopped" },
    { "solved", "solved", KEY_NUMBER, NULL, "attempts at its task that resolved it (1..2)" },
    { "solved-alike", "solved_alike", KEY_NUMBER, NULL, "… with the same scaffold and model" },
    { "graded", "graded", KEY_NUMBER, NULL, "attempts at its task that somebody graded" },
    { "steps", "steps", KEY_NUMBER, NULL, "turns of the model" },
    { "edits", "edits", KEY_NUMBER, NULL, "steps that change a file" },
    { "errors", "errors", KEY_NUMBER, NULL, "steps that failed" },
    { "files", "files", KEY_NUMBER, NULL, "files that its patch changes" },
    { "tokens", "tokens_out", KEY_NUMBER, NULL, "completion tokens" },
    { "cost", "cost_usd", KEY_NUMBER, NULL, "dollars" },
    { "attempt", "attempt", KEY_NUMBER, NULL, "which attempt" },
    { "scaffold", "scaffold", KEY_TEXT, NULL, "the agent program" },
    { "model", "model", KEY_TEXT, NULL, "its model" },
    { "format", "format", KEY_TEXT, NULL, "what kind of file" },
    { "flag", "flags", KEY_TEXT, NULL, "flag:*edit*: what happens in it" },
    { "size", "bytes", KEY_BYTES, NULL, "of its document (500k, 2m)" },
    { "trajectory", "trajectory", KEY_NUMBER, NULL, "its number in this index" },
};

static const struct {
    const char *name, *from;
    const struct list_column *columns;
    size_t n_columns;
    const struct query_key *keys;
    size_t n_keys;
} kinds[LIST_KINDS] = {
    [LIST_REPOSITORIES] = { "repositories", "FROM repositories t", repository_columns,
                            ARRAY_LEN(repository_columns), repository_keys,
                            ARRAY_LEN(repository_keys) },
    [LIST_INSTANCES] = { "instances", "FROM environments t", instance_columns,
                         ARRAY_LEN(instance_columns), instance_keys, ARRAY_LEN(instance_keys) },
    [LIST_RUNS] = { "runs", "FROM runs t", run_columns, ARRAY_LEN(run_columns), run_keys,
                    ARRAY_LEN(run_keys) },
    [LIST_BATCHES] = { "batches", "FROM batches t", batch_columns, ARRAY_LEN(batch_columns),
                       batch_keys, ARRAY_LEN(batch_keys) },
    [LIST_ROUNDS] = { "rounds",
                      "FROM rounds t JOIN environments e "
                      "ON e.instance = t.instance AND e.run_id = t.run_id",
                      round_columns, ARRAY_LEN(round_columns), round_keys, ARRAY_LEN(round_keys) },
    [LIST_FAILURES] = { "failures", "FROM signatures t", failure_columns,
                        ARRAY_LEN(failure_columns), failure_keys, ARRAY_LEN(failure_keys) },
    [LIST_TRAJECTORIES] = { "trajectories", "FROM attempts t", trajectory_columns,
                            ARRAY_LEN(trajectory_columns), trajectory_keys,
                            ARRAY_LEN(trajectory_keys) },
};

const struct list_column *list_columns(enum list_kind kind, size_t *n)
{
    *n = kinds[kind].n_columns;
    return kinds[kind].columns;
}

const struct query_key *query_keys(enum list_kind kind, size_t *n)
{
    *n = kinds[kind].n_keys;
    return kinds[kind].keys;
}

int list_column_find(enum list_kind kind, const char *name)
{
    for (size_t i = 0; i < kinds[kind].n_columns; i++)
        if (strcmp(kinds[kind].columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

const char *list_kind_name(enum list_kind kind)
{
    return kinds[kind].name;
}

enum list_kind list_kind_by_name(const char *name)
{
    enum list_kind kind = 0;
    while (kind < LIST_KINDS && strcmp(kinds[kind].name, name) != 0)
        kind++;
    return kind;
}

int list_sort_usual(enum list_kind kind, bool *desc)
{
    *desc = kind == LIST_FAILURES; /* the most costly first */
    return kind == LIST_FAILURES ? list_column_find(kind, "seconds") : 0;
}

const char *list_from(enum list_kind kind)
{
    return kinds[kind].from;
}
