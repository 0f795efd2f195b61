/* sql.h: one SELECT of a person's own over the index. It reads and nothing else: no other
 * statement, no second one, no pragma, no file, and only so much memory for one value.
 */
#ifndef BOTTEGA_INDEX_SQL_H
#define BOTTEGA_INDEX_SQL_H

#include "base/base.h"

struct index;

enum sql_type { SQL_NULL, SQL_INT, SQL_REAL, SQL_TEXT, SQL_BLOB };
struct sql_value {
    enum sql_type type;
    int64_t n; /* SQL_INT; SQL_BLOB: its bytes */
    double x;
    const char *text; /* SQL_TEXT; borrowed until the next row */
    size_t len;
};

/* Called once with the names alone (`values` NULL), then for each row. A result other than 0
 * ends it and is returned. */
typedef int (*sql_row_fn)(void *payload, const char *const *names, const struct sql_value *values,
                          size_t n);
/* E_USAGE: it is no SELECT, or SQLite's own words on what is wrong with it. */
WARN_UNUSED int sql_each(struct index *idx, const char *text, const struct cancel *stop,
                         sql_row_fn fn, void *payload, struct error *err);

/* Appends a value as people read it; text is made safe for a terminal. */
void sql_value_add_text(struct str *out, const struct sql_value *v);
json_t *sql_value_to_json(const struct sql_value *v); /* a new value */

#endif
