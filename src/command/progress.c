#include "command/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_CELLS = 24, MOST_WORKERS = 8, RATE_AFTER_MS = 2000 };

static void worker_free(void *payload)
{
    struct progress_worker *w = payload;
    free(w->instance_id);
    free(w->phase);
    free(w);
}

void progress_init(struct progress *p, bool quiet)
{
    const char *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    memset(p, 0, sizeof(*p));
    p->style = quiet ? PROGRESS_NONE : terminal ? PROGRESS_BAR : PROGRESS_LINES;
    p->colour = terminal && !getenv("NO_COLOR");
    p->started = clock_ms();
    p->done_before = -1;
    map_init(&p->workers, worker_free);
}

void progress_release(struct progress *p)
{
    free(p->why);
    map_release(&p->workers);
}

/* ---- hearing ---- */

static void hear_counts(struct progress *p, const json_t *doc)
{
    const char *why = json_get_str(doc, "why", NULL);
    snprintf(p->state, sizeof(p->state), "%s", json_get_str(doc, "state", ""));
    p->total = json_get_int(doc, "total", 0);
    p->done = json_get_int(doc, "done", 0);
    p->running = json_get_int(doc, "running", 0);
    p->jobs = json_get_int(doc, "jobs", 0);
    for (int i = 0; i < RESULT_DONE; i++)
        p->results[i] = json_get_int(doc, result_name(i), 0);
    if (p->done_before < 0)
        p->done_before = p->done;
    if (why && p->style == PROGRESS_LINES && (!p->why || strcmp(why, p->why) != 0))
        fprintf(stderr, "%s: %s\n", p->state, why);
    free(p->why);
    p->why = why ? xstrdup(why) : NULL;
}

static void hear_worker(struct progress *p, const json_t *doc)
{
    const char *id = json_get_str(doc, "instance_id", NULL);
    const char *phase = json_get_str(doc, "phase", NULL);
    struct progress_worker *w = xcalloc(1, sizeof(*w));
    struct progress_worker *old = map_get(&p->workers, json_get_str(doc, "worker", "?"));
    w->instance_id = id ? xstrdup(id) : NULL;
    w->phase = phase ? xstrdup(phase) : NULL;
    w->round = json_get_int(doc, "round", 0);
    w->since = clock_ms() - (int64_t)(1000 * json_get_num(doc, "seconds", 0));
    if (old && old->instance_id && id && strcmp(old->instance_id, id) == 0)
        w->since = old->since;
    map_put(&p->workers, json_get_str(doc, "worker", "?"), w);
}

static void hear_done(struct progress *p, const json_t *doc)
{
    struct item_result r = { .state = (char *)(uintptr_t)json_get_str(doc, "state", "") };
    r.failure_class = (char *)(uintptr_t)json_get_str(doc, "failure_class", NULL);
    r.reason = (char *)(uintptr_t)json_get_str(doc, "reason", NULL);
    r.seconds = json_get_num(doc, "seconds", 0);
    r.f2p = json_get_int(doc, "f2p", 0);
    r.p2p = json_get_int(doc, "p2p", 0);
    progress_line(p, json_get_str(doc, "instance_id", ""), &r);
    map_remove(&p->workers, json_get_str(doc, "worker", "?"));
}

static void hear_retry(const struct progress *p, const json_t *doc)
{
    if (p->style != PROGRESS_LINES)
        return;
    struct str line = STR_INIT;
    const char *reason = json_get_str(doc, "reason", "");
    str_addf(&line, "%s  error, try %lld; again in ", json_get_str(doc, "instance_id", ""),
             (long long)json_get_int(doc, "tries", 0));
    text_add_seconds(&line, json_get_num(doc, "wait", 0));
    str_add(&line, ": ");
    text_add_shown(&line, reason, strlen(reason));
    fprintf(stderr, "%s\n", line.s);
    str_release(&line);
}

void progress_event(struct progress *p, const json_t *doc)
{
    const char *event = json_get_str(doc, "event", "");
    size_t i;
    json_t *worker;
    if (strcmp(event, "state") == 0 || strcmp(json_get_str(doc, "reply", ""), "watch") == 0)
        hear_counts(p, doc);
    json_array_foreach(json_object_get(doc, "workers"), i, worker)
    {
        if (json_get_str(worker, "instance_id", NULL))
            hear_worker(p, worker);
    }
    if (strcmp(event, "phase") == 0)
        hear_worker(p, doc);
    else if (strcmp(event, "done") == 0)
        hear_done(p, doc);
    else if (strcmp(event, "retry") == 0)
        hear_retry(p, doc);
}

/* ---- saying ---- */

void progress_add_counts(struct str *out, const int64_t *results)
{
    for (int i = 0; i < RESULTS; i++)
        if (results[i])
            str_addf(out, "%s%s %lld", out->len ? ", " : "", result_name(i), (long long)results[i]);
}

void progress_line(const struct progress *p, const char *instance_id, const struct item_result *r)
{
    struct str line = STR_INIT;
    if (p->style != PROGRESS_LINES)
        return;
    str_addf(&line, "%s  %s", instance_id, r->state);
    if (r->failure_class)
        str_addf(&line, " %s", r->failure_class);
    if (r->f2p || r->p2p)
        str_addf(&line, "  F2P %lld P2P %lld", (long long)r->f2p, (long long)r->p2p);
    str_add(&line, "  ");
    text_add_seconds(&line, r->seconds);
    if (r->reason && strcmp(r->state, "accepted") != 0) { /* its counts say it all */
        str_add(&line, "  ");
        text_add_shown(&line, r->reason, strlen(r->reason));
    }
    fprintf(stderr, "%s\n", line.s);
    str_release(&line);
}

static void add_bar(struct str *out, const struct progress *p)
{
    int64_t full = p->total ? p->done * BAR_CELLS / p->total : 0;
    str_addf(out, "%lld/%lld ", (long long)p->done, (long long)p->total);
    for (int64_t i = 0; i < BAR_CELLS; i++)
        str_add(out, i < full ? "█" : "░");
}

static void add_rate(struct str *out, const struct progress *p)
{
    int64_t ms = clock_ms() - p->started, n = p->done - p->done_before;
    if (n <= 0 || ms < RATE_AFTER_MS)
        return;
    str_addf(out, "  %.0f/h", (double)n * 3600000 / (double)ms);
    if (p->done < p->total) {
        str_add(out, ", left ");
        text_add_seconds(out, (double)(p->total - p->done) * (double)ms / (double)n / 1000);
    }
}

static int screen_width(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 2)
        return 80;
    return size.ws_col;
}

static void put_line(struct str *out, struct progress *p, const char *line)
{
    str_add(out, "\r\033[K");
    text_add_clipped(out, line, strlen(line), screen_width() - 1);
    str_add(out, "\n");
    p->drawn++;
}

static void put_worker(struct str *out, struct progress *p, const char *name,
                       const struct progress_worker *w)
{
    struct str line = STR_INIT;
    str_addf(&line, "  %-3s ", name);
    text_add_seconds(&line, (double)(clock_ms() - w->since) / 1000);
    str_addf(&line, "  %s", w->instance_id ? w->instance_id : "");
    if (w->phase)
        str_addf(&line, "  %s", w->phase);
    if (w->round > 1)
        str_addf(&line, ", round %lld", (long long)w->round);
    put_line(out, p, line.s);
    str_release(&line);
}

void progress_draw(struct progress *p)
{
    struct str out = STR_INIT, line = STR_INIT, counts = STR_INIT;
    int shown = 0;
    if (p->style != PROGRESS_BAR || !p->total)
        return;
    if (p->drawn)
        str_addf(&out, "\033[%dA", p->drawn);
    str_add(&out, "\033[J");
    p->drawn = 0;
    add_bar(&line, p);
    progress_add_counts(&counts, p->results);
    str_addf(&line, "%s%s", counts.len ? "  " : "", counts.s);
    add_rate(&line, p);
    if (strcmp(p->state, "running") != 0)
        str_addf(&line, "  [%s]", p->state);
    put_line(&out, p, line.s);
    if (p->why) {
        str_setf(&line, "  %s", p->why);
        put_line(&out, p, line.s);
    }
    for (struct map_entry *e = NULL; (e = map_next(&p->workers, e)) && shown < MOST_WORKERS;
         shown++)
        put_worker(&out, p, e->key, e->value);
    fputs(out.s, stderr);
    fflush(stderr);
    str_release(&out);
    str_release(&line);
    str_release(&counts);
}
