/* handlers.h: what the rows of the action table call; one file per group, act_<group>.c. */
#ifndef BOTTEGA_UI_HANDLERS_H
#define BOTTEGA_UI_HANDLERS_H

#include "ui/app.h"

#define HANDLER(name) int name(struct app *a, int value, const char *arg, struct error *err)

/* act_move.c */
HANDLER(act_move);
HANDLER(act_screen);
HANDLER(act_enter);
HANDLER(act_back);
HANDLER(act_step);
HANDLER(act_keep);
HANDLER(act_kept);
HANDLER(act_pane);
HANDLER(act_zoom);
HANDLER(act_turn);

/* act_list.c */
HANDLER(act_filter);
HANDLER(act_sort);
HANDLER(act_mark);
HANDLER(act_mark_all);
HANDLER(act_mark_range);
HANDLER(act_unmark);
HANDLER(act_save);
HANDLER(act_forget);
void mark_all_preview(struct app *a, const char *arg, struct str *out);
void unmark_preview(struct app *a, const char *arg, struct str *out);
void saved_complete(struct app *a, const char *word, struct strv *out);
void sort_complete(struct app *a, const char *word, struct strv *out);

/* act_text.c */
HANDLER(act_search);
HANDLER(act_match);
HANDLER(act_error_line);
HANDLER(act_wrap);
HANDLER(act_follow);
HANDLER(act_line);

/* act_app.c */
HANDLER(act_help);
HANDLER(act_command);
HANDLER(act_redraw);
HANDLER(act_refresh);
HANDLER(act_suspend);
HANDLER(act_stop);
HANDLER(act_screenshot);
HANDLER(act_theme);
HANDLER(act_quit);
HANDLER(act_undo);
void undo_preview(struct app *a, const char *arg, struct str *out);
void theme_complete(struct app *a, const char *word, struct strv *out);

/* act_shell.c */
HANDLER(act_run);
HANDLER(act_pager);
void run_preview(struct app *a, const char *arg, struct str *out);
void run_complete(struct app *a, const char *word, struct strv *out);

/* act_work.c */
HANDLER(act_synthesize);
HANDLER(act_verify);
HANDLER(act_rerun);
void rerun_preview(struct app *a, const char *arg, struct str *out);
void rerun_complete(struct app *a, const char *word, struct strv *out);
void synthesize_preview(struct app *a, const char *arg, struct str *out);
void verify_preview(struct app *a, const char *arg, struct str *out);
void work_complete(struct app *a, const char *word, struct strv *out);

/* act_copy.c */
HANDLER(act_copy);
void copy_complete(struct app *a, const char *word, struct strv *out);

/* act_review.c */
HANDLER(act_review);
HANDLER(act_decide);
HANDLER(act_say);
void review_preview(struct app *a, const char *arg, struct str *out);
void say_preview(struct app *a, const char *arg, struct str *out);
/* Takes back what a job of it did. */
void review_take_back(struct app *a, const struct strv *said);

/* act_env.c */
HANDLER(act_edit);
/* A file of a folder of its own: the name in it is what editors go by. free() it; NULL: `err`. */
char *edit_draft_new(const char *name, const struct str *text, struct error *err);
WARN_UNUSED int edit_run(struct app *a, const char *path, struct error *err);
/* Removes what edit_draft_new made, once it is tried; no other file. */
void edit_drop_draft(const char *path);
HANDLER(act_shell);
void edit_complete(struct app *a, const char *word, struct strv *out);

/* views/environment.c */
HANDLER(act_tab);
HANDLER(act_tab_step);
HANDLER(act_round);
HANDLER(act_all_tests);
HANDLER(act_sibling);

/* views/instances.c */
HANDLER(act_alike);

/* act_rule.c */
HANDLER(act_rule_draft);
HANDLER(act_rule_edit);
HANDLER(act_rule_try);
HANDLER(act_rule_keep);
HANDLER(act_rule_run);
void rule_run_preview(struct app *a, const char *arg, struct str *out);

/* views/failures.c */
HANDLER(act_grouping);
/* Signature, class and phase of the cluster under the cursor; only with NEEDS_CLUSTER. Borrowed. */
void failures_cluster(const struct app *a, const char *key[3]);

/* views/matrix.c, views/difficulty.c */
HANDLER(act_matrix);
HANDLER(act_group);

/* views/compare.c */
HANDLER(act_divergence);
HANDLER(act_other);

/* views/trajectories.c */
HANDLER(act_compare);
/* The attempts at the task of the one that is open; borrowed. */
size_t trajectory_others(const struct app *a, const uint32_t **ids, uint32_t *here);

/* views/trajectory.c */
HANDLER(act_step_flag);
HANDLER(act_fold);
HANDLER(act_terse);
HANDLER(act_side);
HANDLER(act_find_step);
HANDLER(act_attempt);
HANDLER(act_trajectory_of_list);

/* views/sql.c */
HANDLER(act_sql);
void sql_complete(struct app *a, const char *word, struct strv *out);

/* views/pipeline.c */
HANDLER(act_pause);
HANDLER(act_cancel);
HANDLER(act_jobs);

#endif
