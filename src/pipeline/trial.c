#include "pipeline/trial.h"

#include <stdlib.h>
#include <string.h>

struct trial {
    const struct workspace *ws;
    const struct playbook *book;
    const struct cancel *stop;
    trial_fn fn;
    void *payload;
    struct trial_counts *counts;
    struct findings plain; /* a plan in which nothing was tried */
};

/* The first match of an instance. */
struct found {
    char *log;
    struct playbook_hit hit;
    size_t logs;
};

/* The phase whose log this is; PHASES: no log that rules read. */
static enum phase phase_of_log(const char *name)
{
    if (strcmp(name, "lock.log") == 0)
        return PHASE_LOCK;
    if (strcmp(name, "build.log") == 0)
        return PHASE_BUILD;
    if (strcmp(name, "controls.log") == 0)
        return PHASE_EVALUATE;
    for (enum condition c = 0; c < CONDITIONS && str_ends(name, ".log"); c++)
        if (str_starts(name, condition_name(c)))
            return PHASE_EVALUATE;
    return PHASES;
}

static bool is_read(const struct playbook *book, enum phase phase)
{
    for (size_t i = 0; i < book->n && phase != PHASES; i++)
        if (book->rules[i].phase == PHASES || book->rules[i].phase == phase)
            return true;
    return false;
}

static void try_log(struct trial *t, const char *dir, const char *round, const char *name,
                    struct found *out)
{
    enum phase phase = phase_of_log(name);
    struct playbook_hit hit;
    struct log log;
    if (!is_read(t->book, phase))
        return;
    char *folder = str_format("%s/%s", dir, round);
    log_read(folder, name, &log);
    t->counts->logs++;
    if (log.text.len && playbook_find(t->book, phase, &log, &t->plain, &hit)) {
        t->counts->matched++;
        if (!out->logs++) {
            out->log = str_format("%s/%s", round, name);
            out->hit = hit;
        } else {
            playbook_hit_release(&hit);
        }
    }
    log_release(&log);
    free(folder);
}

/* Names in a folder, as far as there is one. */
static void list(const char *dir, struct strv *names)
{
    (void)!dir_list(dir, names, NULL);
}

static void try_rounds(struct trial *t, const char *dir, struct found *out)
{
    struct strv rounds = STRV_INIT, names = STRV_INIT;
    list(dir, &rounds);
    for (size_t i = 0; i < rounds.n && !cancel_raised(t->stop); i++) {
        if (!str_starts(rounds.v[i], "round-"))
            continue;
        char *folder = str_format("%s/%s", dir, rounds.v[i]);
        strv_clear(&names);
        list(folder, &names);
        for (size_t k = 0; k < names.n && !cancel_raised(t->stop); k++)
            try_log(t, dir, rounds.v[i], names.v[k], out);
        free(folder);
    }
    strv_release(&rounds);
    strv_release(&names);
}

static void try_instance(struct trial *t, const char *run, const char *dir)
{
    struct found found = { 0 };
    try_rounds(t, dir, &found);
    if (found.logs) {
        char *path = str_format("%s/status.json", dir);
        json_t *status = NULL;
        (void)!json_read_file(path, &status, NULL);
        t->counts->instances++;
        t->fn(t->payload, &(struct trial_match){ .run = run,
                                                 .instance_id = path_base(dir),
                                                 .state = json_get_str(status, "state", ""),
                                                 .dir = dir,
                                                 .log = found.log,
                                                 .line = found.hit.line,
                                                 .words = found.hit.words,
                                                 .remedy = found.hit.remedy,
                                                 .logs = found.logs });
        json_decref(status);
        free(path);
        playbook_hit_release(&found.hit);
    }
    free(found.log);
}

static void try_repositories(struct trial *t, const char *run)
{
    struct strv repos = STRV_INIT, ids = STRV_INIT;
    char *runs = workspace_path(t->ws, "runs/%s", run);
    list(runs, &repos);
    for (size_t i = 0; i < repos.n && !cancel_raised(t->stop); i++) {
        char *repo = str_format("%s/%s", runs, repos.v[i]);
        strv_clear(&ids);
        list(repo, &ids);
        for (size_t k = 0; k < ids.n && !cancel_raised(t->stop); k++) {
            char *dir = str_format("%s/%s", repo, ids.v[k]);
            try_instance(t, run, dir);
            free(dir);
        }
        free(repo);
    }
    strv_release(&repos);
    strv_release(&ids);
    free(runs);
}

int trial_run(const struct workspace *ws, const struct playbook *book, const struct cancel *stop,
              trial_fn fn, void *payload, struct trial_counts *out, struct error *err)
{
    struct trial t = {
        .ws = ws, .book = book, .stop = stop, .fn = fn, .payload = payload, .counts = out
    };
    struct strv runs = STRV_INIT;
    char *root = workspace_path(ws, "runs");
    memset(out, 0, sizeof(*out));
    findings_init(&t.plain);
    list(root, &runs);
    for (size_t i = 0; i < runs.n && !cancel_raised(stop); i++)
        try_repositories(&t, runs.v[i]);
    findings_release(&t.plain);
    strv_release(&runs);
    free(root);
    return cancel_raised(stop) ? error_set(err, E_CANCELLED, "stopped after %zu logs", out->logs)
                               : 0;
}
