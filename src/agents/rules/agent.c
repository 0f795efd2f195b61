#include "agents/rules/rules.h"

#include <stdlib.h>

static void rules_free(struct agent *a)
{
    struct rules_agent *r = (struct rules_agent *)a;
    playbook_free(r->playbook);
    strv_release(&r->wider);
    free(r->best.reason);
    free(r->best.log);
    free(r);
}

int agent_rules_new(const char *playbook_dir, struct agent **out, struct error *err)
{
    static const struct agent table = {
        .name = "rules",
        .explore = rules_explore,
        .dockerfile = rules_dockerfile,
        .evalscript = rules_evalscript,
        .analyze = rules_analyze,
        .free = rules_free,
    };
    struct rules_agent *r = xcalloc(1, sizeof(*r));
    r->base = table;
    strv_init(&r->wider);
    int rc = playbook_load(playbook_dir, &r->playbook, err);
    if (rc < 0) {
        free(r);
        r = NULL;
    }
    *out = (struct agent *)r;
    return rc;
}
