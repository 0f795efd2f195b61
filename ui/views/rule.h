/* rule.h: a playbook rule's page, for the actions that work on it. Each is of the view that shows;
 * the door to it is "rule NAME", or "rule /PATH" for the rules of a file that is not kept yet. */
#ifndef BOTTEGA_UI_VIEWS_RULE_H
#define BOTTEGA_UI_VIEWS_RULE_H

#include "ui/app.h"

/* The file of the draft; NULL: the rule stands in a playbook. */
const char *rule_view_draft(const struct app *a);
const char *rule_view_name(const struct app *a);
/* The rule's text as it was read; "" until then, and for a move that is no rule. */
const char *rule_view_text(const struct app *a);
/* The run that most of the instances to be made anew are in. */
const char *rule_view_run(const struct app *a);
/* Tries it on every stored log, off the loop. */
void rule_view_try(struct app *a);
/* The draft is kept: it is the rule `name` from now on. */
void rule_view_kept(struct app *a, const char *name);
/* The file was changed. */
void rule_view_changed(struct app *a);

#endif
