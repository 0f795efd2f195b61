#include "ui/action.h"

#include "formats/trajectory.h"
#include "ui/handlers.h"
#include "ui/script.h"
#include "ui/views/environment.h"
#include "ui/views/trajectory.h"

#include <stdlib.h>
#include <string.h>

#define HERE   "Here"
#define MOVING "Moving"
#define PLACES "Places"
#define LISTS  "Lists"
#define TEXTS  "Texts"
#define ENV    "Environment"
#define STEPS  "Trajectory"
#define WORK   "Work"
#define OTHER  "Everything else"

#define IN_BOTH    (IN_TABLE | IN_TEXT)
#define ENV_NEEDS  NEEDS_ENVIRONMENT
#define ROUND_NEED (NEEDS_ENVIRONMENT | NEEDS_ROUNDS)

/* clang-format off */
static const struct action actions[] = {
    { "enter", IN_ANY, HERE, 0, "<Enter>", act_enter, 0, "open", NULL,
      "go into what is under the cursor", NULL, NULL },
    { "next-tab", IN_ENVIRONMENT, HERE, 0, "t", act_tab_step, 1, "tab", NULL,
      "the next tab", NULL, NULL },
    { "grouping", IN_FAILURES, HERE, 0, "t", act_grouping, 0, "other counts", NULL,
      "the same failures by class and phase, by repository, by rule, by signature", NULL, NULL },

    { "filter", IN_TABLE, LISTS, NEEDS_FILTER, "/", act_filter, 0, "filter", "QUERY",
      "show only what matches, as you type: state:failed repo:pallets* some words", NULL, NULL },
    { "save", IN_TABLE, LISTS, NEEDS_FILTER | NEEDS_WRITABLE, NULL, act_save, 0, NULL, "NAME",
      "keep the filter as it stands under a name: @NAME in a query means it from then on",
      saved_complete, NULL },
    { "forget", IN_TABLE, LISTS, NEEDS_FILTER | NEEDS_WRITABLE, NULL, act_forget, 0, NULL, "NAME",
      "take the name of a saved query away", saved_complete, NULL },
    { "mark", IN_TABLE, LISTS, NEEDS_ROW | NEEDS_FILTER, "<Space>", act_mark, 0, "mark", NULL,
      "take this row into the selection, or out of it, and go to the next", NULL, NULL },
    { "sort", IN_TABLE, LISTS, NEEDS_SORT, "S", act_sort, 0, "sort", "[-]COLUMN",
      "order by a column; the same one again turns it round", sort_complete, NULL },
    { "mark-range", IN_TABLE, LISTS, NEEDS_ROW | NEEDS_FILTER, "V", act_mark_range, 0, NULL, NULL,
      "select all rows from the one that was marked last to this one", NULL, NULL },
    { "mark-all", IN_TABLE, LISTS, NEEDS_ROW | NEEDS_FILTER, "*", act_mark_all, 0, NULL, NULL,
      "select every row that the filter shows", NULL, mark_all_preview },
    { "unmark-all", IN_TABLE, LISTS, NEEDS_FILTER, "gu", act_unmark, 0, NULL, NULL,
      "select none", NULL, unmark_preview },

    { "search", IN_TEXT, TEXTS, NEEDS_TEXT, "/", act_search, 0, "search", "PATTERN",
      "look for a pattern, from the cursor on", NULL, NULL },
    { "next-match", IN_TEXT, TEXTS, NEEDS_TEXT | NEEDS_SEARCH, "n", act_match, 1, "next", NULL,
      "the next line that matches", NULL, NULL },
    { "previous-match", IN_TEXT, TEXTS, NEEDS_TEXT | NEEDS_SEARCH, "N", act_match, -1, NULL, NULL,
      "the line before that matches", NULL, NULL },
    { "next-error", IN_TEXT, TEXTS, NEEDS_FILE, "}", act_error_line, 1, "error", NULL,
      "the next line that looks like an error", NULL, NULL },
    { "previous-error", IN_TEXT, TEXTS, NEEDS_FILE, "{", act_error_line, -1, NULL, NULL,
      "the line before that looks like an error", NULL, NULL },
    { "wrap", IN_TEXT, TEXTS, NEEDS_TEXT, "w", act_wrap, 0, "wrap", NULL,
      "break long lines, or cut them", NULL, NULL },
    { "follow", IN_TEXT, TEXTS, NEEDS_FILE, "F", act_follow, 0, "follow", NULL,
      "stay at the end while the file grows", NULL, NULL },
    { "line", IN_TEXT, TEXTS, NEEDS_TEXT, NULL, act_line, 0, NULL, "N",
      "go to a line by its number", NULL, NULL },

    { "rule-draft", IN_TABLE, WORK, NEEDS_CLUSTER | NEEDS_WRITABLE, "n",
      act_rule_draft, 0, "new rule", NULL,
      "make a playbook rule of this signature, in $EDITOR", NULL, NULL },
    { "edit", IN_ENVIRONMENT, WORK, ENV_NEEDS | NEEDS_WRITABLE, "e",
      act_edit, 0, "edit", "[dockerfile|script|lock]",
      "change it in $EDITOR, and try that as a new round", edit_complete, NULL },
    { "rerun", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "r",
      act_rerun, 0, "re-run", "[from=ROUND] [dockerfile=FILE] [script=FILE] [lock=FILE] [run=NAME]",
      "make it anew from a round on, or try files of one's own; nothing of before is lost",
      rerun_complete, rerun_preview },
    { "rerun-round", IN_ENVIRONMENT, WORK, ENV_NEEDS | NEEDS_WRITABLE, "R",
      act_rerun, 1, NULL, NULL,
      "make it anew from the round that shows here on", NULL, NULL },
    { "decide-accept", IN_REVIEWS, WORK, NEEDS_ROW | NEEDS_WRITABLE, "a", act_decide, 0, "accept", NULL,
      "worth keeping: marks accept, and takes another decision of yours away", NULL, review_preview },
    { "decide-drop", IN_REVIEWS, WORK, NEEDS_ROW | NEEDS_WRITABLE, "d", act_decide, 1, "drop", NULL,
      "not worth keeping: marks drop", NULL, review_preview },
    { "decide-unsure", IN_REVIEWS, WORK, NEEDS_ROW | NEEDS_WRITABLE, "U", act_decide, 2, "unsure", NULL,
      "seen, and not decided: marks unsure", NULL, review_preview },
    { "note", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, NULL, act_say, 1, NULL,
      "TEXT", "words of your own on the instances here", NULL, say_preview },
    { "label", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "L", act_say, 0, NULL,
      "LABEL", "a label on the instances here: label:LABEL finds them", NULL, say_preview },
    { "attention", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "m",
      act_review, 1, NULL, "[WORD]",
      "mark the instances here as in need of a person, or with a word: mark:needs-attention finds them",
      NULL, review_preview },
    { "no-attention", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "M",
      act_review, 0, NULL, "[WORD]",
      "take that mark away again", NULL, review_preview },
    { "shell", IN_ENVIRONMENT, WORK, ENV_NEEDS, "s",
      act_shell, 0, "shell", NULL,
      "a shell in the image of the round that shows, as an evaluation finds it", NULL, NULL },
    { "synthesize", IN_LISTS, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "s",
      act_synthesize, 0, "synthesize", "[run=NAME] [jobs=N] [agent=rules|auto]",
      "build and prove environments for the marked instances, else for the one here",
      work_complete, synthesize_preview },
    { "verify", IN_LISTS | IN_ENVIRONMENT, WORK, NEEDS_INSTANCES | NEEDS_WRITABLE, "v",
      act_verify, 0, "verify", "[run=NAME] [jobs=N]",
      "prove accepted environments again: the marked ones, else the one here",
      work_complete, verify_preview },
    { "rule-try", IN_RULE, WORK, 0, "x", act_rule_try, 0, "try dry", NULL,
      "which stored logs it would match; nothing is run", NULL, NULL },
    { "rule-run", IN_RULE, WORK, NEEDS_MATCHES | NEEDS_WRITABLE, "s",
      act_rule_run, 0, "keep and run", "[run=NAME] [jobs=N]",
      "keep the rule, and make the instances anew that it would match and that are not accepted",
      work_complete, rule_run_preview },
    { "rule-keep", IN_RULE, WORK, NEEDS_DRAFT | NEEDS_WRITABLE, "a", act_rule_keep, 0, "keep", NULL,
      "put it into the workspace's own playbook, before the shipped rules", NULL, NULL },
    { "rule-edit", IN_RULE, WORK, 0, "e", act_rule_edit, 0, "edit", NULL,
      "change the draft in $EDITOR, or make one of this rule", NULL, NULL },
    { "pause", IN_PIPELINE, WORK, NEEDS_LIVE, "p", act_pause, 0, "pause", NULL,
      "begin nothing new in this batch, or go on", NULL, NULL },
    { "cancel", IN_PIPELINE, WORK, NEEDS_LIVE, "x", act_cancel, 0, "cancel", NULL,
      "stop this batch; the same work resumes it", NULL, NULL },
    { "more-workers", IN_PIPELINE, WORK, NEEDS_LIVE, "+", act_jobs, 1, "workers", NULL,
      "one more instance of this batch at a time", NULL, NULL },
    { "fewer-workers", IN_PIPELINE, WORK, NEEDS_LIVE, "-", act_jobs, -1, NULL, NULL,
      "one instance of this batch fewer at a time", NULL, NULL },

    { "previous-tab", IN_ENVIRONMENT, ENV, 0, "T", act_tab_step, -1, NULL, NULL,
      "the tab before", NULL, NULL },
    { "tab-summary", IN_ENVIRONMENT, ENV, 0, "gs", act_tab, TAB_SUMMARY, NULL, NULL,
      "why it stands as it does", NULL, NULL },
    { "tab-dockerfile", IN_ENVIRONMENT, ENV, 0, "gd", act_tab, TAB_DOCKERFILE, NULL, NULL,
      "the Dockerfile", NULL, NULL },
    { "tab-script", IN_ENVIRONMENT, ENV, 0, "ge", act_tab, TAB_SCRIPT, NULL, NULL,
      "the evaluation script", NULL, NULL },
    { "tab-lock", IN_ENVIRONMENT, ENV, 0, "gl", act_tab, TAB_LOCK, NULL, NULL,
      "what is installed, by exact version and hash", NULL, NULL },
    { "tab-build-log", IN_ENVIRONMENT, ENV, 0, "gb", act_tab, TAB_BUILD, NULL, NULL,
      "what the build said", NULL, NULL },
    { "tab-tests", IN_ENVIRONMENT, ENV, 0, "gt", act_tab, TAB_TESTS, NULL, NULL,
      "each test under each condition", NULL, NULL },
    { "tab-rounds", IN_ENVIRONMENT, ENV, 0, "gr", act_tab, TAB_ROUNDS, NULL, NULL,
      "what each round changed, and what came of it", NULL, NULL },
    { "tab-issue", IN_ENVIRONMENT, ENV, 0, "gi", act_tab, TAB_ISSUE, NULL, NULL,
      "the problem statement, the tests and the fix", NULL, NULL },
    { "all-tests", IN_ENVIRONMENT, ENV, NEEDS_ENVIRONMENT | NEEDS_TESTS, "a", act_all_tests, 0, "all tests", NULL,
      "also the tests that the fix does not change, or only those it does", NULL, NULL },
    { "next-round", IN_ENVIRONMENT, ENV, ROUND_NEED, "> .", act_round, 1, "round", NULL,
      "files and tests of the next round", NULL, NULL },
    { "previous-round", IN_ENVIRONMENT, ENV, ROUND_NEED, "<lt> ,", act_round, -1, NULL, NULL,
      "files and tests of the round before", NULL, NULL },
    { "next-instance", IN_ENVIRONMENT, ENV, 0, "J", act_sibling, 1, NULL, NULL,
      "the next environment of the list that this one was opened from", NULL, NULL },
    { "previous-instance", IN_ENVIRONMENT, ENV, 0, "K", act_sibling, -1, NULL, NULL,
      "the environment before in that list", NULL, NULL },

    { "next-failed-step", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "e", act_step_flag, STEP_ERROR, "failed step", NULL,
      "the next step that failed", NULL, NULL },
    { "previous-failed-step", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "E", act_step_flag, -STEP_ERROR, NULL, NULL,
      "the step before that failed", NULL, NULL },
    { "next-edit", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "d", act_step_flag, STEP_EDIT, "edit", NULL,
      "the next step that changes a file", NULL, NULL },
    { "previous-edit", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "D", act_step_flag, -STEP_EDIT, NULL, NULL,
      "the step before that changes a file", NULL, NULL },
    { "submission", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "gs", act_step_flag, STEP_SUBMIT, NULL, NULL,
      "the step that hands the patch in", NULL, NULL },
    { "fold", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "f", act_fold, 0, "fold", NULL,
      "the turns of the model alone, or every step", NULL, NULL },
    { "reasoning", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "t", act_terse, 0, NULL, NULL,
      "hide what the model thought to itself, or show it", NULL, NULL },
    { "raw-step", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "J", act_side, SIDE_RAW, "raw", NULL,
      "the step as its file has it, or as it is read", NULL, NULL },
    { "patch", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "p", act_side, SIDE_PATCH, "patch", NULL,
      "the patch that it ends with, or the step", NULL, NULL },
    { "gold-patch", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "gp", act_side, SIDE_GOLD, NULL, NULL,
      "the fix of the pull request, or the step", NULL, NULL },
    { "find-step", IN_TRAJECTORY, STEPS, NEEDS_STEPS, ">", act_find_step, 1, NULL, "WORDS",
      "the next step of which a text holds the words; without them those of before", NULL, NULL },
    { "find-step-back", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "<lt>", act_find_step, -1, NULL, "WORDS",
      "the step before of which a text holds the words", NULL, NULL },
    { "next-attempt", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "L", act_attempt, 1, "attempt", NULL,
      "the next attempt at the same task", NULL, NULL },
    { "previous-attempt", IN_TRAJECTORY, STEPS, NEEDS_STEPS, "H", act_attempt, -1, NULL, NULL,
      "the attempt before at the same task", NULL, NULL },
    { "matrix", IN_TRAJECTORIES, STEPS, 0, "t", act_matrix, 0, "matrix", NULL,
      "tasks by runs: how many of the attempts resolved each", NULL, NULL },
    { "group", IN_DIFFICULTY, STEPS, 0, "t", act_group, 1, "other scaffold", NULL,
      "all attempts together, or those of one scaffold and model", NULL, NULL },
    { "compare", IN_TRAJECTORIES | IN_TRAJECTORY, STEPS, 0, "c", act_compare, 0, "compare", NULL,
      "the marked attempts beside each other, else all at this task, from where they part", NULL, NULL },
    { "next-divergence", IN_COMPARE, STEPS, NEEDS_STEPS, ">", act_divergence, 1, "next difference", NULL,
      "the next place where they part", NULL, NULL },
    { "previous-divergence", IN_COMPARE, STEPS, NEEDS_STEPS, "<lt>", act_divergence, -1, NULL, NULL,
      "the place before where they part", NULL, NULL },
    { "other-attempt", IN_COMPARE, STEPS, NEEDS_STEPS, "o", act_other, 0, "other", NULL,
      "another one stands beside the first", NULL, NULL },
    { "next-trajectory", IN_TRAJECTORY, STEPS, 0, ")", act_trajectory_of_list, 1, NULL, NULL,
      "the next one of the list that this one was opened from", NULL, NULL },
    { "previous-trajectory", IN_TRAJECTORY, STEPS, 0, "(", act_trajectory_of_list, -1, NULL, NULL,
      "the one before in that list", NULL, NULL },

    { "back", IN_ANY, PLACES, 0, "q <Esc>", act_back, 0, "back", NULL,
      "take back the filter, else come back from where one went", NULL, NULL },
    { "screen-overview", IN_ANY, PLACES, 0, "1", act_screen, 1, NULL, NULL,
      "from pull request to training data, what needs a person, what runs", NULL, NULL },
    { "screen-repositories", IN_ANY, PLACES, 0, "2", act_screen, 2, NULL, NULL,
      "repositories, with how many of their instances stand where", NULL, NULL },
    { "screen-instances", IN_ANY, PLACES, 0, "3", act_screen, 3, NULL, NULL,
      "instances and their environments", NULL, NULL },
    { "screen-failures", IN_ANY, PLACES, 0, "4", act_screen, 4, NULL, NULL,
      "what failed: equal causes together, the most costly first", NULL, NULL },
    { "screen-trajectories", IN_ANY, PLACES, 0, "5", act_screen, 5, NULL, NULL,
      "attempts of agents: what they did, step by step", NULL, NULL },
    { "screen-difficulty", IN_ANY, PLACES, 0, "6", act_screen, 6, NULL, NULL,
      "how many tasks are solved how often", NULL, NULL },
    { "screen-pipeline", IN_ANY, PLACES, 0, "7", act_screen, 7, NULL, NULL,
      "stages, batches, workers and their logs", NULL, NULL },
    { "screen-reviews", IN_ANY, PLACES, 0, "8", act_screen, 8, NULL, NULL,
      "what waits for a curator's decision, one key each", NULL, NULL },
    { "keep", IN_ANY, PLACES, 0, "gk", act_keep, 0, NULL, NULL,
      "keep what is open here as a tab of the first line, or let it go", NULL, NULL },
    { "next-kept", IN_ANY, PLACES, NEEDS_KEPT, "gn", act_kept, 1, NULL, NULL,
      "to the next tab", NULL, NULL },
    { "previous-kept", IN_ANY, PLACES, NEEDS_KEPT, "gN", act_kept, -1, NULL, NULL,
      "to the tab before", NULL, NULL },
    { "earlier", IN_ANY, PLACES, NEEDS_EARLIER, "[", act_step, -1, NULL, NULL,
      "the place where one was before", NULL, NULL },
    { "later", IN_ANY, PLACES, NEEDS_LATER, "]", act_step, 1, NULL, NULL,
      "forward again after going back", NULL, NULL },
    { "next-pane", IN_ANY, PLACES, NEEDS_PANES, "<Tab>", act_pane, 1, "pane", NULL,
      "the keys go to the next pane", NULL, NULL },
    { "previous-pane", IN_ANY, PLACES, NEEDS_PANES, "<S-Tab>", act_pane, -1, NULL, NULL,
      "the keys go to the pane before", NULL, NULL },
    { "zoom", IN_ANY, PLACES, NEEDS_PANES, "z", act_zoom, 0, NULL, NULL,
      "one pane alone, and back", NULL, NULL },
    { "turn", IN_ANY, PLACES, NEEDS_SPLIT, "|", act_turn, 0, NULL, NULL,
      "list and preview side by side, one above the other, or the list alone", NULL, NULL },
    { "alike", IN_INSTANCES, PLACES, NEEDS_ROW, "=", act_alike, 0, NULL, NULL,
      "all instances whose evidence says the same as this one's", NULL, NULL },

    { "down", IN_ANY, MOVING, 0, "j <Down>", act_move, MOVE_DOWN, NULL, NULL,
      "one row down", NULL, NULL },
    { "up", IN_ANY, MOVING, 0, "k <Up>", act_move, MOVE_UP, NULL, NULL,
      "one row up", NULL, NULL },
    { "page-down", IN_ANY, MOVING, 0, "<PgDn> <C-f>", act_move, MOVE_PAGE_DOWN, NULL, NULL,
      "a page down", NULL, NULL },
    { "page-up", IN_ANY, MOVING, 0, "<PgUp> <C-b>", act_move, MOVE_PAGE_UP, NULL, NULL,
      "a page up", NULL, NULL },
    { "half-page-down", IN_ANY, MOVING, 0, "<C-d>", act_move, MOVE_HALF_DOWN, NULL, NULL,
      "half a page down", NULL, NULL },
    { "half-page-up", IN_ANY, MOVING, 0, "<C-u>", act_move, MOVE_HALF_UP, NULL, NULL,
      "half a page up", NULL, NULL },
    { "top", IN_ANY, MOVING, 0, "gg <Home>", act_move, MOVE_TOP, NULL, NULL,
      "to the first row", NULL, NULL },
    { "bottom", IN_ANY, MOVING, 0, "G <End>", act_move, MOVE_BOTTOM, NULL, NULL,
      "to the last row", NULL, NULL },
    { "left", IN_ANY, MOVING, 0, "h <Left>", act_move, MOVE_LEFT, NULL, NULL,
      "show what is to the left", NULL, NULL },
    { "right", IN_ANY, MOVING, 0, "l <Right>", act_move, MOVE_RIGHT, NULL, NULL,
      "show what is cut off at the right", NULL, NULL },

    { "command", IN_ANY, OTHER, 0, ":", act_command, 0, "command", NULL,
      "type the name of any action; Tab completes", NULL, NULL },
    { "help", IN_ANY, OTHER, 0, "?", act_help, 0, "help", NULL,
      "what can be done here, with its keys; Enter does it", NULL, NULL },
    { "run", IN_ANY, OTHER, 0, "!", act_run, 0, NULL, "COMMAND",
      "a shell command: with %{instance_id} and kin once for each marked row, else the one here",
      run_complete, run_preview },
    { "pager", IN_TEXT, OTHER, NEEDS_TEXT, "P", act_pager, 0, NULL, NULL,
      "read this text in $PAGER", NULL, NULL },
    { "undo", IN_ANY, OTHER, NEEDS_UNDO, "u", act_undo, 0, NULL, NULL,
      "take back the last marks, words of a curator, name of a query, or batch that was begun",
      NULL, undo_preview },
    { "copy", IN_ANY, OTHER, 0, "y", act_copy, 0, NULL, "[line|name|id|path|command]",
      "put what is under the cursor, or its path or command, into the clipboard of the terminal",
      copy_complete, NULL },
    { "stop", IN_ANY, OTHER, 0, "<C-c>", act_stop, 0, NULL, NULL,
      "give up what this screen is looking for", NULL, NULL },
    { "refresh", IN_ANY, OTHER, 0, "<C-r> <F5>", act_refresh, 0, NULL, NULL,
      "look at the workspace's files again", NULL, NULL },
    { "redraw", IN_ANY, OTHER, 0, "<C-l>", act_redraw, 0, NULL, NULL,
      "paint the whole screen anew", NULL, NULL },
    { "sql", IN_ANY, OTHER, 0, NULL, act_sql, 0, NULL, "SELECT …",
      "the result of any SELECT over the index (environments, rounds, signatures …) as a table",
      sql_complete, NULL },
    { "theme", IN_ANY, OTHER, 0, NULL, act_theme, 0, NULL, "NAME",
      "other colours: dark, light, contrast, mono, or one of your own", theme_complete, NULL },
    { "screenshot", IN_ANY, OTHER, 0, NULL, act_screenshot, 0, NULL, "FILE.svg",
      "draw what is on the screen into a picture", NULL, NULL },
    { "suspend", IN_ANY, OTHER, 0, "<C-z>", act_suspend, 0, NULL, NULL,
      "back to the shell; fg comes back", NULL, NULL },
    { "quit", IN_ANY, OTHER, 0, "Q", act_quit, 0, NULL, NULL,
      "leave; batches go on", NULL, NULL },
};
/* clang-format on */

static const struct {
    unsigned need;
    const char *sentence;
} lacks[] = {
    { NEEDS_ROW, "no row is under the cursor" },
    { NEEDS_MANY, "the list is empty" },
    { NEEDS_FILTER, "this pane is no list to filter or mark; Tab goes to the next pane" },
    { NEEDS_SORT, "this list has its own order" },
    { NEEDS_INSTANCES, "no instance is here: `bottega import FILE` brings tasks" },
    { NEEDS_ENVIRONMENT, "this instance was never tried; `r` does" },
    { NEEDS_TESTS, "no tests are here; gt shows them" },
    { NEEDS_ROUNDS, "this tab is of no round; Dockerfile, Script, Lock, Build log and Tests are" },
    { NEEDS_TEXT, "no text is in this pane; Tab goes to the next pane" },
    { NEEDS_FILE, "no file is in this pane" },
    { NEEDS_SEARCH, "nothing was looked for yet; / does" },
    { NEEDS_PANES, "there is no other pane" },
    { NEEDS_SPLIT, "nothing is split here" },
    { NEEDS_EARLIER, "this is where it all began" },
    { NEEDS_LATER, "there is nothing later; one has not gone back" },
    { NEEDS_KEPT, "nothing is kept as a tab; gk does" },
    { NEEDS_BATCH, "no batch is under the cursor" },
    { NEEDS_LIVE, "no batch that runs is under the cursor" },
    { NEEDS_UNDO, "nothing was done here that could be taken back" },
    { NEEDS_CLUSTER, "no signature of failures is under the cursor; 4 shows them" },
    { NEEDS_DRAFT, "it stands in a playbook already" },
    { NEEDS_STEPS, "the trajectory is still being read" },
    { NEEDS_MATCHES, "no instance is known that it would mend; x tries it on the stored logs" },
    { NEEDS_WRITABLE, "the workspace cannot be written by you" },
};

const struct action *action_table(size_t *n)
{
    *n = ARRAY_LEN(actions);
    return actions;
}

const struct action *action_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(actions); i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

static bool meets(unsigned x, unsigned y)
{
    const unsigned panes = IN_BOTH;
    return (x & y) || ((x & panes) && (y & ~panes)) || (x & IN_ANY);
}

bool action_meets(const struct action *a, const struct action *b)
{
    return meets(a->where, b->where) || meets(b->where, a->where);
}

const char *action_lacks(unsigned needs, unsigned held)
{
    for (size_t i = 0; i < ARRAY_LEN(lacks); i++)
        if (needs & ~held & lacks[i].need)
            return lacks[i].sentence;
    return NULL;
}

static bool works_here(const struct app *a, const struct action *act)
{
    unsigned live[4], all = 0;
    app_contexts(a, live);
    for (size_t i = 0; live[i]; i++)
        all |= live[i];
    return act->where & all;
}

void action_run(struct app *a, const struct action *act, const char *arg)
{
    struct error err = ERROR_INIT;
    const char *lack = action_lacks(act->needs, app_holds(a));
    script_record_action(a, act->name, arg);
    if (!works_here(a, act))
        app_complain(a, "%s: not on this screen", act->name);
    else if (lack)
        app_complain(a, "%s: %s", act->name, lack);
    else if (act->run(a, act->value, arg ? arg : "", &err) < 0)
        app_complain(a, "%s", error_text(&err));
    error_release(&err);
}

bool action_run_line(struct app *a, const char *line)
{
    size_t n = strcspn(line, " ");
    char *name = xstrndup(line, n);
    const struct action *act = action_find(name);
    free(name);
    if (act)
        action_run(a, act, line + n + strspn(line + n, " "));
    return act != NULL;
}
