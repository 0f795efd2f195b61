/* doc.h: a text in memory with inks and doors: summaries, diffs, statements.
 *
 * It is written from top to bottom: doc_add and kin append to the last line, doc_end ends it.
 * Everything added is made safe to show. A door makes its whole line lead somewhere on Enter.
 */
#ifndef BOTTEGA_UI_DOC_H
#define BOTTEGA_UI_DOC_H

#include "ui/widgets/ansi.h"

struct doc_line {
    size_t start, len, span, n_spans;
    char *link; /* owned; NULL */
};

struct doc {
    struct shown all; /* lines, one after the other */
    struct doc_line *lines;
    size_t n, cap; /* finished lines; the open one stands at lines[n] */
};

struct doc *doc_new(void);
void doc_free(struct doc *d);

void doc_add(struct doc *d, ink_t ink, const char *text);
void doc_addf(struct doc *d, ink_t ink, const char *fmt, ...) PRINTF(3, 4);
void doc_door(struct doc *d, const char *fmt, ...) PRINTF(2, 3);
void doc_end(struct doc *d);
/* One line in one ink. */
void doc_line(struct doc *d, ink_t ink, const char *text);
/* "name      text", dimmed name; nothing when the text is empty. */
void doc_field(struct doc *d, const char *name, ink_t ink, const char *text);
/* Every line of `bytes`; `ink_of` (may be NULL) chooses by the line. */
typedef ink_t (*ink_fn)(const char *line, size_t n);
void doc_text(struct doc *d, ink_fn ink_of, const char *bytes, size_t n);

/* Inks of common texts, by the line. */
ink_t ink_of_diff(const char *line, size_t n);
ink_t ink_of_log(const char *line, size_t n);
ink_t ink_of_script(const char *line, size_t n);

void doc_show(const struct doc *d, size_t i, struct shown *out);

#endif
