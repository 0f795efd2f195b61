/* undo.h: what was done here and can be taken back, last first: marks, names of queries, batches
 * that were begun. */
#ifndef BOTTEGA_UI_UNDO_H
#define BOTTEGA_UI_UNDO_H

#include "base/base.h"

struct app;
struct table;
struct undo;
struct view;

/* The marks of a table of the shown view are about to change. */
void undo_keep_marks(struct app *a, struct table *t);
/* A saved query had this text before; "" for none. */
void undo_keep_query(struct app *a, const char *name, const char *before);
/* A curator's words, as act_review.c keeps them, about `word`. */
void undo_keep_review(struct app *a, const char *word, const struct strv *said);
/* A new batch was begun from here. */
void undo_keep_batch(struct app *a, const char *batch);

bool undo_any(const struct app *a);
/* Appends what would be taken back next. Something can be. */
void undo_add_words(const struct app *a, struct str *out);
/* Takes it back; says so, or returns why it could not be. */
WARN_UNUSED int undo_take(struct app *a, struct error *err);

/* Its tables go. */
void undo_forget_view(struct app *a, const struct view *v);
void undo_release(struct app *a);

#endif
