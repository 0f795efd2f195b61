/* private.h: what the files of formats/ share: rows as bytes, before anybody parses them. */
#ifndef BOTTEGA_FORMATS_PRIVATE_H
#define BOTTEGA_FORMATS_PRIVATE_H

#include "formats/formats.h"

/* One row of a file; borrowed. In a file of JSON lines `s` is the line without blanks around it;
 * in an array, or where an object spreads over lines, blanks between its tokens are one blank. */
struct row_text {
    const char *s;
    size_t n;       /* 0: the file ends in the middle of its array */
    size_t line;    /* where it begins, from 1 */
    size_t number;  /* in an array: which one, from 1; else 0 */
    int64_t offset; /* of `s` in a file of lines; -1 elsewhere */
};

/* Calls `fn` for every row that is not blank; a return other than 0 ends it and is returned. The
 * file is read as a stream. E_PARSE when it is compressed or otherwise no JSON text. */
typedef int (*row_text_fn)(void *payload, const struct row_text *row, struct error *err);
WARN_UNUSED int rows_each(const char *path, const struct cancel *stop, row_text_fn fn,
                          void *payload, struct error *err);

/* Finds the value of "instance_id" without parsing, at a fraction of the cost. False when the row
 * has none, is no object, or only a parser can tell. */
bool row_id(const char *s, size_t n, const char **id, size_t *len);

/* Calls `fn` with the path of every task file of the workspace, sorted. */
typedef int (*task_file_fn)(void *payload, const char *path, struct error *err);
WARN_UNUSED int task_files_each(const struct workspace *ws, task_file_fn fn, void *payload,
                                struct error *err);
/* Parses a row of a task file; the error names file and line. */
WARN_UNUSED int task_row_parse(const char *path, const struct row_text *row, json_t **out,
                               struct error *err);

enum { MENDED_NAN = 1, MENDED_NUMBER = 2 };
/* Writes the row with NaN and Infinity as null and numbers beyond 64 bits as texts; says which it
 * met, 0 for neither. */
unsigned row_mend(const char *s, size_t n, struct str *out);

#endif
