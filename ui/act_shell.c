/* Other programs: a command for each row of the selection, a pager for a text. */
#include "ui/fields.h"
#include "ui/handlers.h"
#include "ui/input.h"
#include "ui/views/target.h"
#include "ui/widgets/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- files of this session ---- */

/* The path of a new file that goes when the workbench ends: free() it. */
static char *scratch_new(struct app *a, const char *name, struct error *err)
{
    const char *tmp = getenv("TMPDIR");
    if (!a->scratch) {
        char *folder = str_format("%s/bottega-XXXXXX", tmp && *tmp ? tmp : "/tmp");
        if (!mkdtemp(folder)) {
            error_set(err, E_IO, "cannot make %s: %s", folder, strerror(errno));
            free(folder);
            return NULL;
        }
        a->scratch = folder;
    }
    char *path = str_format("%s/%s-%zu.log", a->scratch, name, ++a->n_scratch);
    if (file_write_unsynced(path, "", 0, err) == 0)
        return path;
    free(path);
    return NULL;
}

/* ---- a command for each row ---- */

struct shell_job {
    struct job job;
    const struct workspace *ws;
    struct target target;
    char *command, *log;
    size_t n, failed;
    struct strv env;
};

static int run_one(struct shell_job *j, const struct row *row, struct error *err)
{
    struct str command = STR_INIT, line = STR_INIT;
    struct process_result res;
    fields_fill(j->ws, j->target.kind, row, j->command, &command);
    const char *argv[] = { "sh", "-c", command.s, NULL };
    struct process_spec spec = { .argv = argv,
                                 .env = (const char *const *)j->env.v,
                                 .out_path = j->log,
                                 .append = true,
                                 .stop = &j->job.stop };
    str_addf(&line, "$ %s", command.s);
    int rc = file_append_line(j->log, line.s, err);
    if (rc == 0)
        rc = process_run(&spec, &res, err);
    bool well = rc == 0 && res.exit_code == 0;
    j->n++;
    j->failed += !well;
    if (rc == 0 && !well) {
        str_setf(&line, res.signal ? "[signal %d]" : "[status %d]",
                 res.signal ? res.signal : res.exit_code);
        rc = file_append_line(j->log, line.s, err);
    }
    str_release(&command);
    str_release(&line);
    return rc;
}

static int run_id(struct shell_job *j, struct index *idx, uint32_t id, struct error *err)
{
    struct row row;
    int rc = list_rows(idx, j->target.kind, &id, 1, &row, err);
    if (rc == 0 && row.id)
        rc = run_one(j, &row, err);
    if (rc == 0)
        row_release(&row);
    return rc;
}

static int run_rows(struct shell_job *j, struct index *idx, struct error *err)
{
    struct id_vec ids = { 0 };
    struct str text = STR_INIT;
    struct query *q = NULL;
    struct list_spec spec = { .kind = j->target.kind };
    int rc = 0;
    if (j->target.id) {
        query_add_word(&text, "id", j->target.id);
        rc = query_parse(text.s, spec.kind, &q, NULL, err);
        spec.query = q;
        if (rc == 0)
            rc = list_ids(idx, &spec, &j->job.stop, &ids, err);
    }
    for (size_t i = 0; rc == 0 && i < ids.n; i++)
        rc = run_id(j, idx, ids.v[i], err);
    for (size_t i = 0; rc == 0 && i < j->target.n; i++)
        rc = run_id(j, idx, j->target.rows[i], err);
    if (rc == 0 && !ids.n && !j->target.n)
        rc = error_set(err, E_USAGE, "no row is under the cursor");
    id_vec_release(&ids);
    query_free(q);
    str_release(&text);
    return rc;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct shell_job *j = (struct shell_job *)job;
    struct index *idx;
    if (!fields_any(j->command))
        return run_one(j, NULL, err);
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : run_rows(j, idx, err);
}

static void shell_free(struct shell_job *j)
{
    target_release(&j->target);
    strv_release(&j->env);
    free(j->command);
    free(j->log);
    free(j);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct shell_job *j = (struct shell_job *)job;
    struct app *a = job->owner;
    if (a)
        a->shell = NULL;
    if (a && rc == E_CANCELLED)
        app_complain(a, "run: given up in the middle of command %zu", j->n);
    else if (a && rc < 0)
        app_complain(a, "run: %s", error_text(err));
    else if (a && j->failed)
        app_complain(a, "run: %zu of %zu failed", j->failed, j->n);
    else if (a)
        app_say(a, j->n == 1 ? "run: ended well" : "run: all %zu ended well", j->n);
    shell_free(j);
}

static struct shell_job *shell_new(struct app *a, const char *command, const char *log)
{
    struct shell_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = a };
    j->ws = a->ws;
    j->command = xstrdup(command);
    j->log = xstrdup(log);
    strv_init(&j->env);
    strv_addf(&j->env, "BOTTEGA_WORKSPACE=%s", a->ws->root);
    if (a->view->ops->target)
        a->view->ops->target(a->view, &j->target);
    return j;
}

static int check(struct app *a, const char *command, struct error *err)
{
    struct target target = { 0 };
    if (a->view->ops->target)
        a->view->ops->target(a->view, &target);
    int rc = fields_check(target.kind, command, err);
    if (rc == 0 && fields_any(command) && !target.n && !target.id)
        rc = error_set(err, E_USAGE, "no row is under the cursor to take %%{…} from");
    target_release(&target);
    return rc;
}

int act_run(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    if (!*arg) {
        palette_open(a, "run ");
        return 0;
    }
    if (a->shell)
        return error_set(err, E_USAGE, "run: a command runs already; ^C gives it up");
    int rc = check(a, arg, err);
    char *log = rc == 0 ? scratch_new(a, "run", err) : NULL;
    if (!log)
        return E_USAGE;
    struct shell_job *j = shell_new(a, arg, log);
    char *door = str_format("file 0 %s", log);
    a->shell = &j->job;
    lane_push(&a->loop, LANE_OUTSIDE, &j->job);
    view_follow(a, door);
    free(door);
    free(log);
    if (text_of(a->view->focus))
        text_follow(text_of(a->view->focus), true);
    return 0;
}

void run_preview(struct app *a, const char *arg, struct str *out)
{
    struct target target = { 0 };
    struct error err = ERROR_INIT;
    if (a->view->ops->target)
        a->view->ops->target(a->view, &target);
    if (check(a, arg, &err) < 0)
        str_add(out, error_text(&err));
    else if (!fields_any(arg))
        str_add(out, "would run it once; with %{instance_id} and kin once for each row");
    else {
        str_add(out, "would run it for ");
        target_add_words(&target, out);
        str_add(out, ", one after the other");
    }
    target_release(&target);
    error_release(&err);
}

void run_complete(struct app *a, const char *word, struct strv *out)
{
    struct target target = { 0 };
    size_t n;
    const char *at = strstr(word, "%{");
    if (!at || strchr(at, '}'))
        return;
    if (a->view->ops->target)
        a->view->ops->target(a->view, &target);
    const struct list_column *columns = list_columns(target.kind, &n);
    for (size_t i = 0; i < n; i++)
        if (str_starts(columns[i].name, at + 2))
            strv_addf(out, "%.*s%%{%s}", (int)(at - word), word, columns[i].name);
    target_release(&target);
}

/* ---- pager ---- */

static char *dump_doc(struct app *a, const struct text *t, struct error *err)
{
    char *path = scratch_new(a, "text", err);
    struct str all = STR_INIT;
    struct shown line = { .text = STR_INIT };
    for (size_t i = 0; path && i < text_count(t); i++) {
        if (text_line(t, i, &line))
            str_addn(&all, line.text.s, line.text.len);
        str_addc(&all, '\n');
    }
    if (path && file_write_unsynced(path, all.s, all.len, err) < 0) {
        free(path);
        path = NULL;
    }
    shown_release(&line);
    str_release(&all);
    return path;
}

int act_pager(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    const struct text *t = text_of(a->view->focus);
    const char *pager = getenv("PAGER");
    char *path = t->file ? xstrdup(textfile_path(t->file)) : dump_doc(a, t, err);
    struct str command = STR_INIT;
    if (!path)
        return E_IO;
    str_addf(&command, "%s ", pager && *pager ? pager : "less -R");
    str_add_quoted(&command, path);
    int rc = input_hand_over(a, command.s, err);
    free(path);
    str_release(&command);
    return rc;
}
