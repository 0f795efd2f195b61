#include "dispatch/guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_EVERY_MS = 1000 };

void guard_init(struct guard *g)
{
    *g = (struct guard){ .why = STR_INIT };
}

void guard_release(struct guard *g)
{
    str_release(&g->why);
    free(g->engine_root);
}

int64_t guard_parse_meminfo(const char *text)
{
    long long kib;
    const char *line = strstr(text, "MemAvailable:");
    if (!line || sscanf(line, "MemAvailable: %lld kB", &kib) != 1)
        return -1;
    return (int64_t)kib * 1024;
}

static int64_t number_in(const char *path)
{
    struct str text = STR_INIT;
    int64_t n = -1;
    if (file_read(path, &text, NULL) == 0 && text.s[0] >= '0' && text.s[0] <= '9')
        n = strtoll(text.s, NULL, 10);
    str_release(&text);
    return n;
}

/* What the host has free, or what our own control group still may take, if that is less. */
static int64_t free_memory(void)
{
    struct str text = STR_INIT;
    int64_t host = file_read("/proc/meminfo", &text, NULL) == 0 ? guard_parse_meminfo(text.s) : -1;
    int64_t most = number_in("/sys/fs/cgroup/memory.max");
    int64_t used = number_in("/sys/fs/cgroup/memory.current");
    str_release(&text);
    if (most < 0 || used < 0)
        return host;
    int64_t own = most > used ? most - used : 0;
    return host < 0 || own < host ? own : host;
}

static void say_short(struct guard *g, const char *what, int64_t is, const char *key, int64_t least)
{
    if (g->why.len)
        return;
    str_addf(&g->why, "free %s is ", what);
    text_add_bytes(&g->why, is);
    str_addf(&g->why, ", %s is ", key);
    text_add_bytes(&g->why, least);
}

static bool disk_is_short(struct guard *g, const char *path, const char *what, int64_t least)
{
    int64_t disk = 0, total = 0;
    bool is_short = path && disk_space(path, &disk, &total) && disk < least;
    if (is_short)
        say_short(g, what, disk, "dispatch.min-disk", least);
    return is_short;
}

static void look(struct guard *g, const struct workspace *ws)
{
    int64_t least_disk = config_int(&ws->config, "dispatch.min-disk");
    int64_t least_memory = config_int(&ws->config, "dispatch.min-memory");
    int64_t memory = free_memory();
    str_clear(&g->why);
    bool own = disk_is_short(g, ws->root, "disk", least_disk);
    g->engine_short = disk_is_short(g, g->engine_root, "disk of the engine", least_disk);
    g->disk_short = own || g->engine_short;
    g->memory_short = memory >= 0 && memory < least_memory;
    if (g->memory_short)
        say_short(g, "memory", memory, "dispatch.min-memory", least_memory);
}

bool guard_allows(struct guard *g, const struct workspace *ws, int64_t running, int64_t now)
{
    if (!g->looked_at || now - g->looked_at >= LOOK_EVERY_MS) {
        g->looked_at = now;
        look(g, ws);
    }
    return !g->disk_short && !(g->memory_short && running > 0);
}
