/* text.h: hostile bytes made printable; widths; numbers for people.
 *
 * Text from logs, repositories and models never reaches a terminal as it is: text_add_shown
 * turns every control byte into "^X", invalid UTF-8 into "<ff>", and drops nothing.
 */
#ifndef BOTTEGA_TEXT_H
#define BOTTEGA_TEXT_H

#include "base/str.h"

#include <stdint.h>

/* Appends `n` bytes as valid UTF-8; each byte that is none becomes U+FFFD. */
void text_add_utf8(struct str *out, const char *bytes, size_t n);
/* Appends one line fit for a terminal: control bytes as "^X" (C1, bidi and other format
 * characters as "<U+202E>"), invalid bytes as "<ff>", tabs as blanks to the next multiple of 8. */
void text_add_shown(struct str *out, const char *bytes, size_t n);

/* Columns that `n` bytes of shown UTF-8 take; by utf8proc, grapheme by grapheme. */
int text_width(const char *s, size_t n);
/* The bytes of the grapheme at `s` (n > 0), and its columns. */
size_t text_grapheme(const char *s, size_t n, int *columns);
/* Appends as much of `s` as fits in `columns`, with a final "…" when something was cut. */
void text_add_clipped(struct str *out, const char *s, size_t n, int columns);

void text_add_bytes(struct str *out, int64_t bytes);    /* "3.4 MiB" */
void text_add_seconds(struct str *out, double seconds); /* "0.4 s" "58 s" "3m 12s" "2h 05m" */
void text_add_count(struct str *out, int64_t n);        /* "12,345" */
/* "now" "3m" "2h" "5d" since `then`. */
void text_add_ago(struct str *out, int64_t now, int64_t then);

#endif
