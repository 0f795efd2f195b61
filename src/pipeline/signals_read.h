/* signals_read.h: what signals.c reads in patches and statements. */
#ifndef BOTTEGA_PIPELINE_SIGNALS_READ_H
#define BOTTEGA_PIPELINE_SIGNALS_READ_H

#include "base/base.h"

/* The lines that a patch adds ('+') or takes away ('-'), trimmed; empty ones left out. */
void patch_lines(const struct str *patch, char sign, struct strv *out);
/* How often a pattern matches; `first` (may be NULL) gets the first match, or its group. */
int prose_count(const char *pattern, const char *text, struct str *first);
/* Each match (or its first group) once. */
void prose_each(const char *pattern, const char *text, struct strv *out);
/* Whether `word` stands in `text` and no letter goes on from it. */
bool prose_has_word(const char *text, const char *word);
/* Whether the text has these words in this order, whatever blanks are between. */
bool prose_has_line(const char *text, const char *line);
/* Characters, and how many of them are not ASCII. */
void prose_measure(const char *text, int64_t *chars, int64_t *foreign);
bool path_is_prose(const char *path); /* documentation, notes of changes, settings of CI */
bool path_is_code(const char *path);  /* or what is compiled for it */

#endif
