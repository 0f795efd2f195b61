#include "command/list_sql.h"

#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int on_row(void *payload UNUSED, const char *const *names, const struct sql_value *values,
                  size_t n)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        if (i)
            str_addc(&line, '\t');
        if (values)
            sql_value_add_text(&line, &values[i]);
        else
            text_add_shown(&line, names[i], strlen(names[i]));
    }
    puts(line.s);
    str_release(&line);
    return ferror(stdout) ? E_IO : 0;
}

static int on_json_row(void *payload UNUSED, const char *const *names,
                       const struct sql_value *values, size_t n)
{
    if (!values)
        return 0;
    json_t *doc = json_object();
    for (size_t i = 0; i < n; i++)
        json_object_set_new(doc, names[i], sql_value_to_json(&values[i]));
    char *line = json_short_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
    return ferror(stdout) ? E_IO : 0;
}

int list_sql(const struct invocation *inv, const char *text, struct error *err)
{
    struct index *idx;
    int rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (rc < 0)
        return rc;
    rc = sql_each(idx, text, inv->stop, inv->json ? on_json_row : on_row, NULL, err);
    index_close(idx);
    return rc;
}
