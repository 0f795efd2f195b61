/* recipe.h: what worked for a repository, and the nearest of it for a new instance.
 *
 * recipes/<owner>__<name>.jsonl has a line for each acceptance that other plans than it do not say
 * already: the difference between the first plan and the accepted one, never a test or its id. The
 * first round of an instance takes the one nearest in time, of an equal manifest before others;
 * what is not accepted by it starts over with the plain plan, as if nothing had been tried.
 */
#ifndef BOTTEGA_RECIPE_H
#define BOTTEGA_RECIPE_H

#include "agents/agent.h"

/* What of `accepted` is not in `first`, as a new object: "python" "rung" "date_slack_days" where
 * they differ, "add" (list -> lines) and "remove" (lines of `require`). */
json_t *recipe_delta(const struct plan *first, const struct plan *accepted);
/* Carries a delta into a first plan; an interpreter that the project does not know stays away.
 * False: it changes nothing. */
bool recipe_apply(struct findings *f, const json_t *delta);
/* 16 hex digits of what the manifests ask for. free() it. */
char *recipe_manifest_new(const struct findings *f);
/* The line of the file that is nearest to `f`, a new reference; NULL: none. A torn line or one of a
 * later format is no line. */
json_t *recipe_nearest(const char *path, const struct findings *f);

#endif
