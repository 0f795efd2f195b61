/* report.h: what `bottega report yield` has counted, and the ways to print it. */
#ifndef BOTTEGA_COMMAND_REPORT_H
#define BOTTEGA_COMMAND_REPORT_H

#include "pipeline/funnel.h"

struct report {
    char *scope;      /* "run y1, state:failed" */
    int64_t selected; /* instances that the query chose, tried or not */
    struct yield yield;
    struct strv skipped; /* "runs/y1/…/cost.json: why" */
};

/* One table of it, as texts that are safe on a terminal. */
enum { REPORT_COLUMNS = 6 };
struct report_table {
    const char *title;
    const char *heads[REPORT_COLUMNS + 1]; /* ended by NULL */
    size_t n_heads;
    unsigned left;     /* bit i: column i stands to the left */
    struct strv cells; /* n_heads a row */
    double *bars;      /* 0..1, one a row … */
    double *parts;     /* … and how much of it is of the better kind */
    size_t n_rows;
};
enum { REPORT_TABLES = 6 };
void report_tables_init(const struct report *r, struct report_table out[REPORT_TABLES]);
void report_tables_release(struct report_table tables[REPORT_TABLES]);
/* "78 instances, 76 attempted, 59 accepted (77.6 %)" and what is to be known beside the tables. */
void report_add_summary(const struct report *r, struct str *out);

void report_print_text(const struct report *r);
void report_print_json(const struct report *r);
/* One page that needs nothing else and runs nothing. */
void report_add_html(const struct report *r, struct str *out);

#endif
