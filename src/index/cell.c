#include "index/store.h"

#include <string.h>

static void add_number(struct str *out, const struct list_column *col, const struct cell *cell)
{
    if (col->type == COL_INT)
        text_add_count(out, cell->n);
    else if (col->type == COL_BYTES && cell->n)
        text_add_bytes(out, cell->n);
    else if (col->type == COL_SECONDS && cell->x > 0)
        text_add_seconds(out, cell->x);
    else if (col->type == COL_MONEY && cell->x > 0)
        str_addf(out, "$%.2f", cell->x);
    else
        str_add(out, "–");
}

void cell_add_text(struct str *out, const struct list_column *col, const struct cell *cell,
                   int64_t now)
{
    if (col->type == COL_TEXT && *cell->text)
        text_add_shown(out, cell->text, strlen(cell->text));
    else if (col->type == COL_TIME && cell->n && now)
        text_add_ago(out, now, cell->n);
    else if (col->type == COL_TIME && cell->n)
        clock_format(cell->n, out);
    else if (col->type == COL_TEXT || col->type == COL_TIME)
        str_add(out, "–");
    else
        add_number(out, col, cell);
}

static json_t *text_or_null(const char *text)
{
    if (!*text)
        return json_null();
    struct str clean = STR_INIT;
    text_add_utf8(&clean, text, strlen(text));
    json_t *v = json_stringn(clean.s, clean.len);
    str_release(&clean);
    return v;
}

static json_t *cell_to_json(const struct list_column *col, const struct cell *cell)
{
    struct str time = STR_INIT;
    json_t *v;
    switch (col->type) {
    case COL_TEXT:
        return text_or_null(cell->text);
    case COL_SECONDS:
    case COL_MONEY:
        return json_real(cell->x);
    case COL_TIME:
        if (cell->n)
            clock_format(cell->n, &time);
        v = text_or_null(time.s);
        str_release(&time);
        return v;
    default:
        return json_integer(cell->n);
    }
}

json_t *row_to_json(enum list_kind kind, const struct row *row, const int *chosen, size_t n)
{
    size_t all;
    const struct list_column *cols = list_columns(kind, &all);
    json_t *doc = json_object();
    for (size_t i = 0; i < (chosen ? n : all); i++) {
        int c = chosen ? chosen[i] : (int)i;
        json_object_set_new(doc, cols[c].name, cell_to_json(&cols[c], &row->cells[c]));
    }
    return doc;
}
