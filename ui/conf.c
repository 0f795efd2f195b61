#include "ui/conf.h"

#include <ctype.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const char *path;
    conf_fn fn;
    void *payload;
    struct str text; /* of the file, to find lines in */
    size_t at;       /* entries come in the order of the file */
    int line;
    struct error *err;
};

static bool line_sets(const char *line, const char *name)
{
    size_t n = strlen(name);
    line += strspn(line, " \t");
    if (*line == '[') /* "[section] name = value" */
        line = strchr(line, ']') ? strchr(line, ']') + 1 : line;
    line += strspn(line, " \t");
    return strncasecmp(line, name, n) == 0 && !isalnum((unsigned char)line[n]) && line[n] != '-';
}

/* libgit2 does not say where an entry stands; the next line that sets the name is it. */
static int find_line(struct reading *r, const char *name)
{
    while (r->at < r->text.len) {
        const char *line = r->text.s + r->at;
        size_t n = strcspn(line, "\n");
        r->at += n + 1;
        r->line++;
        if (line_sets(line, name))
            break;
    }
    return r->line;
}

static int on_entry(const git_config_entry *e, void *payload)
{
    struct reading *r = payload;
    const char *dot = strchr(e->name, '.');
    char *section = xstrndup(e->name, dot ? (size_t)(dot - e->name) : strlen(e->name));
    struct conf_entry c = { section, dot ? strrchr(e->name, '.') + 1 : "", e->value ? e->value : "",
                            0 };
    c.line = find_line(r, c.name);
    int rc = r->fn(r->payload, &c, r->err);
    if (rc < 0)
        error_prefix(r->err, "%s:%d", r->path, c.line);
    free(section);
    return rc;
}

static int each_entry(git_config *file, struct reading *r)
{
    git_config_iterator *it = NULL;
    git_config_entry *e;
    int rc = git_config_iterator_new(&it, file) < 0 ? E_IO : 0;
    while (rc == 0 && git_config_next(&e, it) == 0)
        rc = on_entry(e, r);
    git_config_iterator_free(it);
    return rc;
}

int conf_each(const char *path, conf_fn fn, void *payload, struct error *err)
{
    struct reading r = { .path = path, .fn = fn, .payload = payload, .text = STR_INIT, .err = err };
    git_config *file = NULL;
    git_libgit2_init();
    int rc = file_read(path, &r.text, err);
    if (rc == 0 && git_config_open_ondisk(&file, path) < 0)
        rc = error_set(err, E_PARSE, "%s", git_error_last() ? git_error_last()->message : path);
    if (rc == 0)
        rc = each_entry(file, &r);
    git_config_free(file);
    git_libgit2_shutdown();
    str_release(&r.text);
    return rc;
}

char *conf_user_path_new(const char *name)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (base && *base)
        return str_format("%s/bottega/%s", base, name);
    return str_format("%s/.config/bottega/%s", home ? home : "", name);
}
