#include "pipeline/private.h"

#include <stdlib.h>

/* A journal that cannot be written is noticed by the next file that matters. */
static void append(struct synthesis *s, json_t *line)
{
    struct str t = STR_INIT;
    char *path = str_format("%s/journal.jsonl", s->verifying ? s->round_dir : s->dir);
    clock_format(clock_utc(), &t);
    json_put_text(line, "t", t.s);
    json_put_int(line, "round", s->round);
    char *text = json_line_new(line);
    (void)!file_append_line(path, text, NULL);
    free(text);
    free(path);
    json_decref(line);
    str_release(&t);
}

void phase_begin(struct synthesis *s, enum phase p)
{
    json_t *line = json_object();
    s->phase_began = clock_ms();
    json_put_text(line, "phase", phase_name(p));
    json_put_text(line, "event", "begin");
    append(s, line);
    if (s->job->on_phase)
        s->job->on_phase(s->job->payload, s->round, p);
}

void phase_end(struct synthesis *s, enum phase p, bool ok)
{
    json_t *line = json_object();
    int64_t ms = clock_ms() - s->phase_began;
    s->phase_seconds[p] += (double)ms / 1000;
    json_put_text(line, "phase", phase_name(p));
    json_put_text(line, "event", "end");
    json_put_bool(line, "ok", ok);
    json_put_int(line, "ms", ms);
    append(s, line);
}
