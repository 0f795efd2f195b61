/* Playbook rules: from a failure's signature to a rule of the workspace's own. */
#include "agents/rules/playbook.h"
#include "ui/handlers.h"
#include "ui/views/rule.h"
#include "ui/views/target.h"

#include <stdlib.h>
#include <string.h>

/* ---- drafts ---- */

static int edit_text(struct app *a, const struct str *text, struct error *err)
{
    struct str door = STR_INIT;
    char *path = edit_draft_new("rule.conf", text, err);
    int rc = path ? edit_run(a, path, err) : E_FAIL;
    if (rc == 0) {
        str_addf(&door, "rule %s", path);
        view_follow(a, door.s);
    } else if (path) {
        edit_drop_draft(path);
    }
    str_release(&door);
    free(path);
    return rc;
}

int act_rule_draft(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    struct str text = STR_INIT;
    const char *key[3];
    failures_cluster(a, key);
    rule_draft_add(&text, key[0], key[1], key[2]);
    int rc = edit_text(a, &text, err);
    str_release(&text);
    return rc;
}

/* A draft is changed where it is; a rule that stands is copied first. */
int act_rule_edit(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    const char *draft = rule_view_draft(a);
    struct str text = STR_INIT;
    int rc;
    if (draft) {
        rc = edit_run(a, draft, err);
        if (rc == 0)
            rule_view_changed(a);
        return rc;
    }
    str_add(&text, rule_view_text(a));
    rc = text.len ? edit_text(a, &text, err)
                  : error_set(err, E_USAGE, "%s is no rule of a playbook", rule_view_name(a));
    str_release(&text);
    return rc;
}

/* ---- trying and keeping ---- */

int act_rule_try(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    rule_view_try(a);
    return 0;
}

static int keep(struct app *a, struct error *err)
{
    struct strv names = STRV_INIT;
    char *draft = xstrdup(rule_view_draft(a));
    int rc = playbook_add(a->ws->root, draft, &names, err);
    if (rc == 0) {
        app_say(a, "%s is kept in playbook.conf, before the shipped rules", names.v[0]);
        rule_view_kept(a, names.v[0]);
        edit_drop_draft(draft);
    }
    free(draft);
    strv_release(&names);
    return rc;
}

int act_rule_keep(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    return keep(a, err);
}

int act_rule_run(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    struct str line = STR_INIT;
    int rc = 0;
    if (*arg) {
        str_addf(&line, "from=1 %s", arg);
        if (rule_view_draft(a))
            rc = keep(a, err);
        if (rc == 0)
            rc = act_rerun(a, 0, line.s, err);
    } else {
        str_addf(&line, "rule-run run=%s", rule_view_run(a));
        palette_open(a, line.s);
    }
    str_release(&line);
    return rc;
}

void rule_run_preview(struct app *a, const char *arg, struct str *out)
{
    struct target t = { 0 };
    a->view->ops->target(a->view, &t);
    str_addf(out, "would %smake ", rule_view_draft(a) ? "keep the rule and " : "");
    target_add_words(&t, out);
    str_addf(out, " anew (%s), what was is kept aside", *arg ? arg : "run=main");
    target_release(&t);
}
