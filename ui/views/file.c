#include "ui/app.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

/* One file alone; its argument is "LINE PATH", LINE 0 for the start. */
static int on_open(struct view *v, const char *arg, struct error *err UNUSED)
{
    char *path;
    long line = strtol(arg, &path, 10);
    struct text *t = text_new(v->app, v->win);
    path += *path == ' ';
    v->data = t;
    v->focus = t->win;
    v->title = xstrdup(path_base(path));
    text_set_file(t, path, str_ends(path, ".log") ? ink_of_log : ink_of_script,
                  line > 0 ? (size_t)line : 0);
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
