/* rule_data.h: what a rule's page shows, read on a lane as finished texts. */
#ifndef BOTTEGA_UI_VIEWS_RULE_DATA_H
#define BOTTEGA_UI_VIEWS_RULE_DATA_H

#include "ui/app.h"
#include "ui/widgets/doc.h"

/* The rule itself, how often it fired, and the instances in which it did. */
struct rule_facts {
    struct doc *rule, *instances; /* owned */
    struct str text;              /* as a file has it */
};
/* `draft` (NULL: none) is a file that only a trial reads. E_USAGE: what is wrong in a playbook. */
WARN_UNUSED int rule_facts_load(struct index *idx, const char *name, const char *draft,
                                const struct cancel *stop, struct rule_facts *out,
                                struct error *err);
void rule_facts_release(struct rule_facts *f);

/* Which stored logs it would match. */
struct rule_matches {
    struct doc *doc;   /* owned */
    struct strv ids;   /* of `run`, not accepted: what would be made anew */
    struct str run;    /* the run that has most of them */
    size_t other_runs; /* not accepted, in other runs */
};
/* What E_CANCELLED leaves is shown as far as it came. */
WARN_UNUSED int rule_matches_load(const struct workspace *ws, const char *name, const char *draft,
                                  const struct cancel *stop, struct rule_matches *out,
                                  struct error *err);
void rule_matches_release(struct rule_matches *m);

#endif
