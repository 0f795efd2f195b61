#include "command/where.h"
#include "command/command.h"
#include "command/list_sql.h"
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct arg_def list_args[] = {
    { "where", 'w', ARG_VALUE, "QUERY",
      "only these: state:failed repo:pallets* f2p:>0 some words @saved" },
    { "columns", 0, ARG_VALUE, "A,B", "these columns, in this order; `help` lists them" },
    { "sort", 's', ARG_VALUE, "[-]COLUMN", "in the order of a column, - downwards" },
    { "sql", 0, ARG_VALUE, "SELECT", "instead of KIND: what this SELECT over the index gives" },
    { "limit", 'n', ARG_VALUE, "N", "at most so many rows" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

/* Widths are taken from so many rows; wider ones that follow push their line out. */
enum { MEASURED_ROWS = 1000, GAP = 2, MAX_COLUMNS = 64 };

struct listing {
    struct invocation *inv;
    struct list_spec spec;
    const struct list_column *cols;
    int chosen[MAX_COLUMNS];
    size_t n;
    int widths[MAX_COLUMNS];
    struct strv held; /* cells of the first rows, n per row */
    bool streaming;   /* widths are known */
    int screen;       /* columns of the terminal; 0: no terminal, nothing is cut */
    int64_t now, rows;
};

/* ---- what was asked ---- */

static int help_columns(const struct listing *l)
{
    size_t n;
    const struct list_column *cols = list_columns(l->spec.kind, &n);
    for (size_t i = 0; i < n; i++)
        printf("%-16s %s\n", cols[i].name, cols[i].help);
    return EXIT_ALL_WELL;
}

static int refuse_column(enum list_kind kind, const char *name, struct error *err)
{
    size_t n;
    const struct list_column *cols = list_columns(kind, &n);
    struct str names = STR_INIT;
    for (size_t i = 0; i < n; i++)
        str_addf(&names, " %s", cols[i].name);
    int rc = error_set(err, E_USAGE, "%s has no column %s; there is:%s", list_kind_name(kind), name,
                       names.s);
    str_release(&names);
    return rc;
}

static int choose_columns(struct listing *l, const char *text, struct error *err)
{
    struct strv names = STRV_INIT;
    size_t all;
    int rc = 0;
    l->cols = list_columns(l->spec.kind, &all);
    strv_split(&names, text, ", ");
    for (size_t i = 0; rc == 0 && i < names.n && l->n < MAX_COLUMNS; i++) {
        int c = list_column_find(l->spec.kind, names.v[i]);
        if (c < 0)
            rc = refuse_column(l->spec.kind, names.v[i], err);
        else
            l->chosen[l->n++] = c;
    }
    for (size_t i = 0; names.n == 0 && i < all; i++)
        if (l->inv->json || (l->cols[i].flags & COL_SHOWN))
            l->chosen[l->n++] = (int)i;
    strv_release(&names);
    return rc;
}

static int choose_sort(struct listing *l, const char *text, struct error *err)
{
    if (!text) {
        l->spec.sort = list_sort_usual(l->spec.kind, &l->spec.desc);
        return 0;
    }
    l->spec.desc = *text == '-';
    text += l->spec.desc;
    l->spec.sort = list_column_find(l->spec.kind, text);
    return l->spec.sort < 0 ? refuse_column(l->spec.kind, text, err) : 0;
}

static int choose_kind(struct listing *l, struct error *err)
{
    struct str names = STR_INIT;
    const char *name = l->inv->args->names.n ? l->inv->args->names.v[0] : NULL;
    l->spec.kind = name ? list_kind_by_name(name) : LIST_KINDS;
    if (l->spec.kind < LIST_KINDS && l->inv->args->names.n == 1)
        return 0;
    for (enum list_kind k = 0; k < LIST_KINDS; k++)
        str_addf(&names, " %s", list_kind_name(k));
    int rc = error_set(err, E_USAGE, "list what? One of:%s", names.s);
    str_release(&names);
    return rc;
}

/* ---- a table ---- */

static void print_line(const struct listing *l, char *const *cells)
{
    struct str line = STR_INIT, cut = STR_INIT;
    for (size_t i = 0; i < l->n; i++) {
        int width = text_width(cells[i], strlen(cells[i]));
        int pad = l->widths[i] > width ? l->widths[i] - width : 0;
        bool right = l->cols[l->chosen[i]].flags & COL_RIGHT;
        bool last = i + 1 == l->n;
        str_addf(&line, "%*s%s%*s", right ? pad : 0, "", cells[i], right || last ? 0 : pad, "");
        if (!last)
            str_addf(&line, "%*s", GAP, "");
    }
    if (l->screen)
        text_add_clipped(&cut, line.s, line.len, l->screen);
    puts(l->screen ? cut.s : line.s);
    str_release(&line);
    str_release(&cut);
}

static void print_held(struct listing *l)
{
    struct strv titles = STRV_INIT;
    if (l->streaming)
        return;
    l->streaming = true;
    for (size_t i = 0; i < l->n; i++)
        strv_add(&titles, l->cols[l->chosen[i]].title);
    for (size_t i = 0; i < l->n; i++) {
        int width = text_width(titles.v[i], strlen(titles.v[i]));
        if (l->widths[i] < width)
            l->widths[i] = width;
    }
    if (l->held.n)
        print_line(l, titles.v);
    for (size_t at = 0; at < l->held.n; at += l->n)
        print_line(l, l->held.v + at);
    strv_clear(&l->held);
    strv_release(&titles);
}

static void add_cell(struct listing *l, const struct row *row, size_t i, struct strv *to)
{
    struct str text = STR_INIT;
    int c = l->chosen[i];
    cell_add_text(&text, &l->cols[c], &row->cells[c], l->now);
    int width = text_width(text.s, text.len);
    if (!l->streaming && width > l->widths[i])
        l->widths[i] = width;
    strv_add(to, text.s);
    str_release(&text);
}

static int on_row(void *payload, const struct row *row)
{
    struct listing *l = payload;
    if (l->streaming) {
        struct strv cells = STRV_INIT;
        for (size_t i = 0; i < l->n; i++)
            add_cell(l, row, i, &cells);
        print_line(l, cells.v);
        strv_release(&cells);
    } else {
        for (size_t i = 0; i < l->n; i++)
            add_cell(l, row, i, &l->held);
        if (l->rows + 1 == MEASURED_ROWS)
            print_held(l);
    }
    l->rows++;
    return ferror(stdout) ? E_IO : 0;
}

static int on_json_row(void *payload, const struct row *row)
{
    struct listing *l = payload;
    json_t *doc = row_to_json(l->spec.kind, row, l->chosen, l->n);
    char *line = json_short_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
    l->rows++;
    return ferror(stdout) ? E_IO : 0;
}

static int print_rows(struct listing *l, struct error *err)
{
    struct index *idx;
    int rc = index_open_current(l->inv->workspace, l->inv->stop, &idx, err);
    if (rc < 0)
        return rc;
    rc = list_each(idx, &l->spec, l->inv->stop, l->inv->json ? on_json_row : on_row, l, err);
    if (!l->inv->json)
        print_held(l);
    if (rc == 0 && l->rows == 0 && !l->inv->quiet)
        fprintf(stderr, "no %s%s\n", list_kind_name(l->spec.kind),
                l->spec.query ? " match" : "; `bottega import FILE` brings tasks");
    index_close(idx);
    return rc;
}

static int screen_width(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int cmd_list(struct invocation *inv, struct error *err)
{
    struct listing l = { .inv = inv, .held = STRV_INIT, .screen = screen_width() };
    const char *where = args_text(inv->args, "where", NULL);
    const char *columns = args_text(inv->args, "columns", "");
    struct query *q = NULL;
    const char *sql = args_text(inv->args, "sql", NULL);
    if (sql && !inv->args->names.n)
        return list_sql(inv, sql, err);
    l.now = l.screen ? clock_utc() : 0;
    int rc = choose_kind(&l, err);
    if (rc == 0 && strcmp(columns, "help") == 0)
        return help_columns(&l);
    if (rc == 0)
        rc = choose_columns(&l, columns, err);
    if (rc == 0)
        rc = choose_sort(&l, args_text(inv->args, "sort", NULL), err);
    if (rc == 0)
        rc = args_int(inv->args, "limit", 1, &l.spec.limit, err);
    if (rc == 0 && where)
        rc = where_parse(inv->workspace, where, l.spec.kind, &q, err);
    l.spec.query = q;
    if (rc == 0)
        rc = print_rows(&l, err);
    query_free(q);
    strv_release(&l.held);
    return rc;
}
