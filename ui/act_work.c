/* Work that is begun from the screen: the same selection and submission as on the command line. */
#include "dispatch/dispatch.h"
#include "ui/data.h"
#include "ui/handlers.h"
#include "ui/undo.h"
#include "ui/views/environment.h"
#include "ui/views/target.h"

#include <stdlib.h>
#include <string.h>

enum work_kind { WORK_SYNTHESIZE, WORK_VERIFY, WORK_AGAIN };

static const struct {
    const char *stage;
    int (*select)(const struct select_spec *want, struct selection *out, struct error *err);
    const char *verb, *of_run; /* of the preview */
    const char *nothing;       /* why there can be nothing to do */
} works[] = {
    [WORK_SYNTHESIZE] = { "synthesize", select_unfinished, "would synthesize ",
                          ": what has no end in the run %s",
                          "all of them have ended in the run %s; run=NAME does them afresh" },
    [WORK_VERIFY] = { "verify", select_accepted, "would prove again ",
                      ": what is accepted in the run %s",
                      "none of them is accepted in the run %s" },
    [WORK_AGAIN] = { "synthesize", select_again, "would make anew ", " in the run %s",
                     "no such instance is in the run %s" },
};

struct work_job {
    struct job job;
    enum work_kind kind;
    struct workspace *ws;
    const struct strv *overrides;
    struct target target;
    char *run, *agent;
    int64_t jobs;
    struct asked_spec asked;
    char *files[3];  /* that `asked` names; owned */
    struct str said; /* what came of it */
    char *batch;
    bool resumed;
};

/* ---- the words after the name ---- */

/* "from=2", "dockerfile=PATH" and kin, of what is made anew. */
static bool take_asked(struct work_job *j, const char *word)
{
    const struct {
        const char *word;
        const char **to;
    } files[] = { { "dockerfile=", &j->asked.dockerfile },
                  { "script=", &j->asked.script },
                  { "lock=", &j->asked.lock } };
    if (j->kind != WORK_AGAIN)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (str_starts(word, files[i].word)) {
            free(j->files[i]);
            *files[i].to = j->files[i] = xstrdup(word + strlen(files[i].word));
            return true;
        }
    if (!str_starts(word, "from=") || atoi(word + 5) < 1)
        return false;
    j->asked.from_round = atoi(word + 5);
    return true;
}

static int take_word(struct work_job *j, const char *word, struct error *err)
{
    if (take_asked(j, word))
        return 0;
    if (str_starts(word, "run=") && path_is_safe(word + 4)) {
        free(j->run);
        j->run = xstrdup(word + 4);
    } else if (str_starts(word, "jobs=") && atoll(word + 5) > 0) {
        j->jobs = atoll(word + 5);
    } else if (strcmp(word, "agent=rules") == 0 || strcmp(word, "agent=auto") == 0) {
        free(j->agent);
        j->agent = xstrdup(word + 6);
    } else {
        return error_set(err, E_USAGE, "%s: must be %srun=NAME, jobs=N or agent=rules|auto", word,
                         j->kind == WORK_AGAIN ? "from=ROUND, a file (dockerfile= script= lock=), "
                                               : "");
    }
    return 0;
}

static int take_words(struct work_job *j, const char *arg, struct error *err)
{
    struct strv words = STRV_INIT;
    int rc = 0;
    strv_split(&words, arg, " ");
    for (size_t i = 0; rc == 0 && i < words.n; i++)
        rc = take_word(j, words.v[i], err);
    strv_release(&words);
    return rc;
}

static void work_release(struct work_job *j)
{
    target_release(&j->target);
    free(j->run);
    free(j->agent);
    free(j->batch);
    for (size_t i = 0; i < ARRAY_LEN(j->files); i++)
        free(j->files[i]);
    str_release(&j->said);
}

static void work_init(struct work_job *j, struct app *a, enum work_kind kind)
{
    memset(j, 0, sizeof(*j));
    j->kind = kind;
    j->ws = a->ws;
    j->overrides = a->options->overrides;
    j->agent = xstrdup(kind == WORK_VERIFY ? "" : "auto");
    j->jobs = config_int(&a->ws->config, "dispatch.jobs");
    str_init(&j->said);
    if (a->view->ops->target)
        a->view->ops->target(a->view, &j->target);
    j->run = xstrdup(j->target.run ? j->target.run : "main");
}

/* ---- on the lane ---- */

static int launch(struct work_job *j, const struct selection *s, struct error *err)
{
    json_t *options = json_object();
    struct batch_spec spec = { works[j->kind].stage, j->run, j->agent, j->jobs, &s->ids, options };
    struct str id = STR_INIT;
    bool resumed = false;
    if (j->overrides && j->overrides->n)
        json_object_set_new(options, "config", json_from_strv(j->overrides));
    if (j->kind == WORK_VERIFY)
        json_put_int(options, "times", 1);
    int rc = asked_to_options(&j->asked, options, err);
    if (rc == 0)
        rc = stage_ready(j->ws, spec.stage, err);
    if (rc == 0)
        rc = batch_submit(j->ws, &spec, &id, &resumed, err);
    if (rc == 0)
        rc = batch_launch(j->ws, id.s, j->overrides, err);
    if (rc == 0)
        str_addf(&j->said, "%s %s: %zu %s in the run %s; 7 shows it", id.s,
                 resumed ? "goes on" : "has begun", s->ids.n,
                 s->ids.n == 1 ? "instance" : "instances", j->run);
    if (rc == 0)
        j->batch = xstrdup(id.s);
    j->resumed = resumed;
    if (rc == 0 && s->finished)
        str_addf(&j->said, " (%lld had ended before)", (long long)s->finished);
    str_release(&id);
    json_decref(options);
    return rc;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct work_job *j = (struct work_job *)job;
    struct selection s = { .ids = STRV_INIT };
    struct strv ids = STRV_INIT;
    struct select_spec want = { .named = &ids, .run = j->run, .stop = &job->stop };
    int rc = lane_index(lane, &want.idx, err);
    if (rc == 0)
        rc = target_ids(&j->target, want.idx, &ids, err);
    if (rc == 0 && !ids.n && !j->target.all)
        rc = error_set(err, E_USAGE, "no instance is under the cursor");
    if (rc == 0 && asked_by_hand(&j->asked) && ids.n != 1)
        rc = error_set(err, E_USAGE, "a file is tried on one instance, not on %zu", ids.n);
    if (rc == 0)
        rc = works[j->kind].select(&want, &s, err);
    if (rc == 0 && s.ids.n)
        rc = launch(j, &s, err);
    else if (rc == 0) {
        str_add(&j->said, "nothing to do: ");
        char *why = str_format(works[j->kind].nothing, j->run);
        str_add(&j->said, why);
        free(why);
    }
    selection_release(&s);
    strv_release(&ids);
    return rc;
}

/* ---- back on the loop ---- */

static void done(struct job *job, int rc, const struct error *err)
{
    struct work_job *j = (struct work_job *)job;
    struct app *a = job->owner;
    if (a && rc < 0)
        app_complain(a, "%s: %s", works[j->kind].stage, error_text(err));
    else if (a) {
        app_say(a, "%s", j->said.s);
        if (j->batch && !j->resumed)
            undo_keep_batch(a, j->batch);
        for (size_t i = 0; j->batch && i < ARRAY_LEN(j->files); i++)
            if (j->files[i]) /* the batch has the text */
                edit_drop_draft(j->files[i]);
        if (j->batch && j->target.id && j->kind != WORK_VERIFY)
            environment_watch(a, j->target.id, j->batch);
        data_catch_up(a->data);
    }
    work_release(j);
    free(j);
}

static int begin(struct app *a, enum work_kind kind, const char *arg, struct error *err)
{
    struct work_job *j = xcalloc(1, sizeof(*j));
    work_init(j, a, kind);
    j->job = (struct job){ .work = work, .done = done, .owner = a };
    int rc = take_words(j, arg, err);
    if (rc < 0) {
        work_release(j);
        free(j);
        return rc;
    }
    app_say(a, "%s: starting …", works[kind].stage);
    lane_push(&a->loop, LANE_FILE, &j->job);
    return 0;
}

/* The key only opens the line: what it would do stands above it, Enter does it. */
static int ask(struct app *a, enum work_kind kind)
{
    struct work_job j;
    struct str line = STR_INIT;
    work_init(&j, a, kind);
    str_addf(&line, "%s run=%s jobs=%lld", works[kind].stage, j.run, (long long)j.jobs);
    palette_open(a, line.s);
    str_release(&line);
    work_release(&j);
    return 0;
}

int act_synthesize(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    return *arg ? begin(a, WORK_SYNTHESIZE, arg, err) : ask(a, WORK_SYNTHESIZE);
}

/* Without a word: all of it, from its first round on. */
int act_rerun(struct app *a, int value, const char *arg, struct error *err)
{
    struct work_job j;
    struct str line = STR_INIT;
    if (*arg)
        return begin(a, WORK_AGAIN, arg, err);
    int round = value ? environment_round(a) : 1;
    work_init(&j, a, WORK_AGAIN);
    str_addf(&line, "rerun from=%d run=%s", round, j.run);
    palette_open(a, line.s);
    str_release(&line);
    work_release(&j);
    return 0;
}

int act_verify(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    return *arg ? begin(a, WORK_VERIFY, arg, err) : ask(a, WORK_VERIFY);
}

static void preview(struct app *a, enum work_kind kind, const char *arg, struct str *out)
{
    struct work_job j;
    struct error err = ERROR_INIT;
    work_init(&j, a, kind);
    if (take_words(&j, arg, &err) < 0) {
        str_add(out, error_text(&err));
    } else {
        str_add(out, works[kind].verb);
        target_add_words(&j.target, out);
        str_addf(out, works[kind].of_run, j.run);
        str_addf(out, ", %lld at a time", (long long)j.jobs);
    }
    error_release(&err);
    work_release(&j);
}

static void add_files(const struct work_job *j, struct str *out)
{
    static const char *const names[] = { "Dockerfile", "evaluation script", "lock" };
    const char *sign = "";
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (j->files[i]) {
            str_addf(out, "%s%s", sign, names[i]);
            sign = ", ";
        }
}

void rerun_preview(struct app *a, const char *arg, struct str *out)
{
    struct work_job j;
    struct error err = ERROR_INIT;
    work_init(&j, a, WORK_AGAIN);
    if (take_words(&j, arg, &err) < 0) {
        str_add(out, error_text(&err));
    } else if (asked_by_hand(&j.asked)) {
        str_add(out, "would try your ");
        add_files(&j, out);
        str_add(out, " as a new round, the rest as in ");
        if (j.asked.from_round)
            str_addf(out, "round %lld: ", (long long)j.asked.from_round);
        else
            str_add(out, "the last: ");
        target_add_words(&j.target, out);
    } else {
        str_addf(out, "would make anew from round %lld on, what was is kept aside (run %s): ",
                 (long long)(j.asked.from_round ? j.asked.from_round : 1), j.run);
        target_add_words(&j.target, out);
    }
    error_release(&err);
    work_release(&j);
}

void rerun_complete(struct app *a, const char *word, struct strv *out)
{
    static const char *const words[] = { "from=", "dockerfile=", "script=", "lock=" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(words[i], word))
            strv_add(out, words[i]);
    work_complete(a, word, out);
}

void synthesize_preview(struct app *a, const char *arg, struct str *out)
{
    preview(a, WORK_SYNTHESIZE, arg, out);
}

void verify_preview(struct app *a, const char *arg, struct str *out)
{
    preview(a, WORK_VERIFY, arg, out);
}

void work_complete(struct app *a UNUSED, const char *word, struct strv *out)
{
    static const char *const words[] = { "run=", "jobs=", "agent=rules", "agent=auto" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(words[i], word))
            strv_add(out, words[i]);
}
