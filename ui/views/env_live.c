#include "ui/app.h"
#include "ui/views/environment.h"
#include "ui/views/live.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOK_MS = 1000 };

struct env_live {
    struct app *app;
    struct live *live;  /* NULL: it has ended */
    struct timer *look; /* a log begins without a word of the supervisor */
    char *id;
    char *phase; /* that was told last */
    int round;
    int64_t since;
    bool over;
    env_live_fn changed;
    void *payload;
};

static const struct live_worker *worker_of(const struct env_live *l)
{
    for (size_t i = 0; l->live && i < l->live->n_workers; i++)
        if (strcmp(l->live->workers[i].instance_id, l->id) == 0)
            return &l->live->workers[i];
    return NULL;
}

static bool is_over(const struct live *l)
{
    return strcmp(l->state, "done") == 0 || strcmp(l->state, "cancelled") == 0;
}

static void on_live(void *payload)
{
    struct env_live *l = payload;
    const struct live_worker *w = worker_of(l);
    if (is_over(l->live)) { /* told when the supervisor's words are read: the owner frees us */
        l->over = true;
        timer_start(l->look, 0);
        return;
    }
    if (!w || (strcmp(w->phase, l->phase) == 0 && w->round == l->round))
        return;
    free(l->phase);
    l->phase = xstrdup(w->phase);
    l->round = (int)w->round;
    l->since = w->since;
    l->changed(l->payload, LIVE_PHASE);
}

static void on_look(void *payload)
{
    struct env_live *l = payload;
    l->changed(l->payload, l->over ? LIVE_END : LIVE_LOOK);
}

struct env_live *env_live_new(struct app *a, const char *batch, const char *instance_id,
                              env_live_fn changed, void *payload)
{
    struct env_live *l = xcalloc(1, sizeof(*l));
    l->app = a;
    l->id = xstrdup(instance_id);
    l->phase = xstrdup("");
    l->changed = changed;
    l->payload = payload;
    l->look = timer_new(&a->loop, false, on_look, l);
    l->live = live_new(a, batch, on_live, l);
    if (!l->live) {
        env_live_free(l);
        return NULL;
    }
    timer_repeat(l->look, LOOK_MS);
    return l;
}

void env_live_free(struct env_live *l)
{
    if (!l)
        return;
    timer_free(l->look);
    live_free(l->live);
    free(l->id);
    free(l->phase);
    free(l);
}

void env_live_add_words(const struct env_live *l, struct str *out)
{
    str_add(out, *l->phase ? l->phase : "waits for a worker");
    if (l->round)
        str_addf(out, ", round %d", l->round);
    if (l->since) {
        int64_t seconds = (clock_ms() - l->since) / 1000;
        str_add(out, ", ");
        text_add_seconds(out, (double)seconds);
    }
}

int env_live_round(const struct env_live *l)
{
    return l->round;
}

void env_live_add_log(const char *dir, struct str *out)
{
    struct strv names = STRV_INIT;
    struct timespec newest = { 0, 0 };
    size_t keep = out->len;
    if (dir_list(dir, &names, NULL) < 0)
        strv_clear(&names);
    for (size_t i = 0; i < names.n; i++) {
        struct stat st;
        char *path = str_format("%s/%s", dir, names.v[i]);
        if (str_ends(path, ".log") && stat(path, &st) == 0 && st.st_size > 0 &&
            (st.st_mtim.tv_sec > newest.tv_sec ||
             (st.st_mtim.tv_sec == newest.tv_sec && st.st_mtim.tv_nsec > newest.tv_nsec))) {
            newest = st.st_mtim;
            str_truncate(out, keep);
            str_add(out, path);
        }
        free(path);
    }
    strv_release(&names);
}
