/* An environment's files in an editor, and a shell in its image. */
#include "ui/chooser.h"
#include "ui/handlers.h"
#include "ui/input.h"
#include "ui/views/environment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *word, *file, *title;
    enum env_tab tab; /* that shows it */
} editables[] = {
    { "dockerfile", "Dockerfile", "Dockerfile", TAB_DOCKERFILE },
    { "script", "eval_skeleton.sh", "evaluation script (the test patch goes where its line is)",
      TAB_SCRIPT },
    { "lock", "requirements.lock", "lock: the versions that are installed", TAB_LOCK },
};

/* ---- the editor ---- */

/* As the round had it, else as it stands in the folder. */
static int read_file(const struct app *a, const char *name, int round, struct str *out,
                     struct error *err)
{
    const struct detail *d = environment_detail(a);
    const struct detail_round *r = detail_round(d, round);
    char *path = str_format("%s/%s", r ? r->dir : d->dir, name);
    if (!path_exists(path)) {
        free(path);
        path = str_format("%s/%s", d->dir, name);
    }
    int rc = path_exists(path) ? file_read(path, out, err)
                               : error_set(err, E_NOTFOUND,
                                           "there is no %s: round %d ended before it", name, round);
    free(path);
    return rc;
}

char *edit_draft_new(const char *name, const struct str *text, struct error *err)
{
    const char *tmp = getenv("TMPDIR");
    char *folder = str_format("%s/bottega-edit-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    char *path = NULL;
    if (!mkdtemp(folder)) {
        (void)error_errno(err, errno, "cannot make %s", folder);
    } else {
        path = str_format("%s/%s", folder, name);
        if (file_write(path, text->s, text->len, err) < 0) {
            free(path);
            path = NULL;
        }
    }
    free(folder);
    return path;
}

int edit_run(struct app *a, const char *path, struct error *err)
{
    struct str command = STR_INIT;
    struct error why = ERROR_INIT;
    str_add(&command, "${VISUAL:-${EDITOR:-vi}} ");
    str_add_quoted(&command, path);
    int rc = input_hand_over(a, command.s, &why);
    if (rc < 0)
        rc = error_set(err, E_FAIL,
                       "the editor ended with %.10s: nothing is tried ($EDITOR names one)",
                       error_text(&why));
    error_release(&why);
    str_release(&command);
    return rc;
}

void edit_drop_draft(const char *path)
{
    if (!strstr(path, "/bottega-edit-")) /* a person's own file */
        return;
    char *folder = xstrndup(path, (size_t)(path_base(path) - path) - 1);
    (void)!tree_remove(folder, NULL);
    free(folder);
}

static int edit(struct app *a, size_t which, struct error *err)
{
    struct str before = STR_INIT, after = STR_INIT, line = STR_INIT;
    int round = environment_round(a);
    int rc = read_file(a, editables[which].file, round, &before, err);
    char *path = rc == 0 ? edit_draft_new(editables[which].file, &before, err) : NULL;
    rc = path ? edit_run(a, path, err) : E_FAIL;
    if (rc == 0)
        rc = file_read(path, &after, err);
    bool changed = rc == 0 && strcmp(before.s, after.s) != 0;
    if (changed) {
        const char *run = environment_detail(a)->run;
        str_addf(&line, "rerun from=%d %s=%s run=%s", round, editables[which].word, path, run);
        palette_open(a, line.s);
    } else if (path) {
        edit_drop_draft(path);
    }
    if (rc == 0 && !changed)
        app_say(a, "%s: nothing was changed, so nothing is tried", editables[which].file);
    free(path);
    str_release(&before);
    str_release(&after);
    str_release(&line);
    return rc;
}

static void on_picked(struct app *a, size_t picked)
{
    struct error err = ERROR_INIT;
    if (edit(a, picked, &err) < 0)
        app_complain(a, "%s", error_text(&err));
    error_release(&err);
}

static int check_read(const struct app *a, struct error *err)
{
    const struct detail *d = environment_detail(a);
    return d && d->dir ? 0 : error_set(err, E_USAGE, "it is still being read");
}

int act_edit(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    if (check_read(a, err) < 0)
        return E_USAGE;
    for (size_t i = 0; i < ARRAY_LEN(editables); i++)
        if (*arg ? strcmp(arg, editables[i].word) == 0 : editables[i].tab == environment_tab(a))
            return edit(a, i, err);
    if (*arg)
        return error_set(err, E_USAGE, "edit what? dockerfile, script or lock");
    struct chooser *c = chooser_open(a, "Change which file of the round that shows?", on_picked);
    for (size_t i = 0; i < ARRAY_LEN(editables); i++)
        chooser_add(c, editables[i].file, editables[i].title, editables[i].word);
    return 0;
}

void edit_complete(struct app *a UNUSED, const char *word, struct strv *out)
{
    for (size_t i = 0; i < ARRAY_LEN(editables); i++)
        if (str_starts(editables[i].word, word))
            strv_add(out, editables[i].word);
}

/* ---- the shell ---- */

/* The verb's own words stay readable when it could not open one. */
int act_shell(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    const struct detail *d = environment_detail(a);
    struct str command = STR_INIT;
    if (check_read(a, err) < 0)
        return E_USAGE;
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    self[n > 0 ? n : 0] = '\0';
    str_add_quoted(&command, n > 0 ? self : "bottega");
    str_add(&command, " -C ");
    str_add_quoted(&command, a->ws->root);
    for (size_t i = 0; a->options->overrides && i < a->options->overrides->n; i++) {
        str_add(&command, " -c ");
        str_add_quoted(&command, a->options->overrides->v[i]);
    }
    str_add(&command, " show --shell --run ");
    str_add_quoted(&command, d->run);
    if (environment_tab(a) != TAB_SUMMARY)
        str_addf(&command, " --round %d", environment_round(a));
    str_addc(&command, ' ');
    str_add_quoted(&command, d->instance_id);
    str_add(&command, " || { printf 'Enter goes back to the workbench '; read -r line; }");
    int rc = input_hand_over(a, command.s, err);
    str_release(&command);
    return rc;
}
