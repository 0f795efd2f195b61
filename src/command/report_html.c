#include "command/report.h"

#include <string.h>

enum { BAR_WIDTH = 160, BAR_HEIGHT = 12 };

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:64em;padding:0 1em}\n"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin-top:2em}\n"
    "table{border-collapse:collapse}th,td{padding:.15em .8em;text-align:right}\n"
    "th{font-weight:600;border-bottom:1px solid}.l{text-align:left}\n"
    "td{font-variant-numeric:tabular-nums;white-space:nowrap}td.l{white-space:normal}\n"
    "</style>\n";

/* Text becomes text, whatever it holds. */
static void add_escaped(struct str *out, const char *text)
{
    static const struct {
        char byte;
        const char *entity;
    } entities[] = {
        { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" }
    };
    struct str shown = STR_INIT;
    text_add_shown(&shown, text, strlen(text));
    for (const char *p = shown.s; *p; p++) {
        size_t i = 0;
        while (i < ARRAY_LEN(entities) && entities[i].byte != *p)
            i++;
        if (i < ARRAY_LEN(entities))
            str_add(out, entities[i].entity);
        else
            str_addc(out, *p);
    }
    str_release(&shown);
}

static void add_cell(struct str *out, const char *tag, bool left, const char *text)
{
    str_addf(out, "<%s%s>", tag, left ? " class=\"l\"" : "");
    add_escaped(out, text);
    str_addf(out, "</%s>", tag);
}

static void add_rect(struct str *out, const char *fill, double share)
{
    str_addf(out, "<rect fill=\"%s\" width=\"%.1f\" height=\"%d\"/>", fill, share * BAR_WIDTH,
             BAR_HEIGHT);
}

/* Of a rule: its instances, and before them those that were accepted. */
static void add_bar(struct str *out, double share, double better)
{
    str_addf(out, "<td><svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%.1f %%\">",
             BAR_WIDTH, BAR_HEIGHT, 100 * share);
    add_rect(out, "#dddddd", 1);
    add_rect(out, "#cc8844", share);
    add_rect(out, "#33aa77", better);
    str_add(out, "</svg></td>");
}

/* The bar stands behind the name. */
static void add_row(struct str *out, const struct report_table *t, size_t row)
{
    str_add(out, "<tr>");
    for (size_t i = 0; i < t->n_heads; i++) {
        add_cell(out, "td", t->left & 1u << i, t->cells.v[row * t->n_heads + i]);
        if (i == 0)
            add_bar(out, t->bars[row], t->parts[row]);
    }
    str_add(out, "</tr>\n");
}

static void add_table(struct str *out, const struct report_table *t)
{
    str_add(out, "<h2>");
    add_escaped(out, t->title);
    str_add(out, "</h2>\n<table>\n<tr>");
    for (size_t i = 0; i < t->n_heads; i++) {
        add_cell(out, "th", t->left & 1u << i, t->heads[i]);
        if (i == 0)
            str_add(out, "<th></th>");
    }
    str_add(out, "</tr>\n");
    for (size_t i = 0; i < t->n_rows; i++)
        add_row(out, t, i);
    str_add(out, "</table>\n");
}

static void add_skipped(struct str *out, const struct strv *skipped)
{
    if (!skipped->n)
        return;
    str_add(out, "<h2>skipped files</h2>\n<ul>\n");
    for (size_t i = 0; i < skipped->n; i++)
        add_cell(out, "li", false, skipped->v[i]);
    str_add(out, "\n</ul>\n");
}

void report_add_html(const struct report *r, struct str *out)
{
    struct report_table tables[REPORT_TABLES];
    struct str summary = STR_INIT;
    report_add_summary(r, &summary);
    report_tables_init(r, tables);
    str_add(out, head);
    str_add(out, "<title>yield of ");
    add_escaped(out, r->scope);
    str_add(out, "</title>\n</head>\n<body>\n<h1>yield of ");
    add_escaped(out, r->scope);
    str_add(out, "</h1>\n<p>");
    add_escaped(out, summary.s);
    str_add(out, "</p>\n");
    for (size_t i = 0; i < REPORT_TABLES; i++)
        if (tables[i].n_rows)
            add_table(out, &tables[i]);
    add_skipped(out, &r->skipped);
    str_add(out, "</body>\n</html>\n");
    report_tables_release(tables);
    str_release(&summary);
}
