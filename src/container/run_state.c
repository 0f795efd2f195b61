#include "container/private.h"

#include <stdlib.h>
#include <string.h>

/* Engines write nanoseconds: "2026-01-02T03:04:05.678901234Z". */
static int64_t milliseconds_of(const char *when)
{
    int64_t utc = 0;
    const char *dot = strchr(when, '.');
    if (!clock_parse(when, &utc))
        return 0;
    return utc * 1000 + (dot ? (int64_t)(strtod(dot, NULL) * 1000) : 0);
}

int run_state_parse(const char *json, struct run_state *out, struct error *err)
{
    json_t *doc = NULL;
    int rc = json_parse(json, strlen(json), &doc, err);
    if (rc < 0)
        return rc;
    memset(out, 0, sizeof(*out));
    str_init(&out->error);
    out->created_only = strcmp(json_get_str(doc, "Status", ""), "created") == 0;
    out->running = json_get_bool(doc, "Running", false);
    out->oom_killed = json_get_bool(doc, "OOMKilled", false);
    out->exit_code = (int)json_get_int(doc, "ExitCode", -1);
    int64_t start = milliseconds_of(json_get_str(doc, "StartedAt", ""));
    int64_t end = milliseconds_of(json_get_str(doc, "FinishedAt", ""));
    out->ms = end > start && start > 0 ? end - start : 0;
    engine_last_words(json_get_str(doc, "Error", ""), &out->error);
    json_decref(doc);
    return 0;
}
