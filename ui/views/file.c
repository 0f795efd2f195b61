#include "ui/app.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

/* Places in the log of a run that have a name instead of a line. */
static const struct {
    const char *name, *pattern;
} places[] = {
    { "@status", "OPENSWE_EXIT_CODE=" },
    { "@result",
      "(passed|failed|errors?|no tests ran|deselected).* in [0-9.]+ ?s|OPENSWE_EXIT_CODE=" },
    { "@error", "ERROR|[Ee]rror:|FAILED|Traceback|fatal:|not found" },
    { "@leak", "^bottega-leak" },
    { "@patch", "error: |patch" },
};

static const char *pattern_of(const char *arg, const char **path)
{
    size_t n = strcspn(arg, " ");
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (strlen(places[i].name) == n && strncmp(arg, places[i].name, n) == 0) {
            *path = arg + n + (arg[n] == ' ');
            return places[i].pattern;
        }
    return NULL;
}

/* One file alone; its argument is "LINE PATH", LINE 0 for the start, or "@PLACE PATH". */
static int on_open(struct view *v, const char *arg, struct error *err UNUSED)
{
    const char *path = NULL, *pattern = pattern_of(arg, &path);
    char *end;
    long line = strtol(arg, &end, 10);
    struct text *t = text_new(v->app, v->win);
    if (!pattern)
        path = end + (*end == ' ');
    ink_fn ink = str_ends(path, ".log") ? ink_of_log : ink_of_script;
    v->data = t;
    v->focus = t->win;
    v->title = xstrdup(path_base(path));
    if (pattern)
        text_set_file_at(t, path, ink, pattern);
    else
        text_set_file(t, path, ink, line > 0 ? (size_t)line : 0);
    return 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct text *t = v->data;
    const char *root = v->app->ws->root, *path = textfile_path(t->file);
    size_t n = strlen(root);
    text_add_shown(left, strncmp(path, root, n) == 0 ? path + n + 1 : path,
                   strlen(strncmp(path, root, n) == 0 ? path + n + 1 : path));
    str_add(right, "line ");
    text_add_count(right, (int64_t)t->cursor + 1);
    str_add(right, " of ");
    text_add_count(right, (int64_t)text_count(t));
    str_add(right, textfile_whole(t->file) ? " · " : "+ · ");
    text_add_bytes(right, textfile_size(t->file));
}

const struct view_ops file_view = {
    .name = "file",
    .title = "File",
    .context = IN_ANY,
    .open = on_open,
    .state = state,
};
