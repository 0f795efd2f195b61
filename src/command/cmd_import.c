#include "command/command.h"

#include "formats/formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(void *payload UNUSED, const char *sentence)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, sentence, strlen(sentence));
    fprintf(stderr, "%s\n", shown.s);
    str_release(&shown);
}

static void print_count(const struct invocation *inv, const char *file,
                        const struct import_count *c)
{
    if (inv->json) {
        json_t *row = json_object();
        json_put_text(row, "file", file);
        json_put_int(row, "imported", c->imported);
        json_put_int(row, "already", c->already);
        json_put_int(row, "skipped", c->skipped);
        char *line = json_line_new(row);
        puts(line);
        free(line);
        json_decref(row);
    } else if (!inv->quiet) {
        printf("%s: %lld imported, %lld already there, %lld skipped\n", file,
               (long long)c->imported, (long long)c->already, (long long)c->skipped);
    }
}

int cmd_import(struct invocation *inv, struct error *err)
{
    const struct strv *files = &inv->args->names;
    const struct import_words words = { say, NULL };
    struct tasks_import *t = NULL;
    bool some_skipped = false;
    if (!files->n)
        return error_set(err, E_USAGE, "import wants files of task rows (JSON lines or an array)");
    int rc = tasks_import_new(inv->workspace, inv->stop, &t, err);
    for (size_t i = 0; rc == 0 && i < files->n; i++) {
        struct import_count count = { 0, 0, 0 };
        rc = tasks_import_file(t, files->v[i], &words, &count, err);
        if (rc == 0)
            print_count(inv, files->v[i], &count);
        some_skipped = some_skipped || count.skipped;
    }
    tasks_import_free(t);
    return rc < 0 ? rc : some_skipped ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}
