/* syntax.h: colours of a language, by patterns in data/syntax/<name>.syntax.
 *
 * git-config syntax: [syntax] files = globs of file names; [paint] COLOUR = PATTERN, a colour of
 * the theme and a pcre2 pattern, in order: the first that takes a byte paints it. Only lines that
 * show are painted, and only their first SYNTAX_BYTES. One thread.
 */
#ifndef BOTTEGA_UI_SYNTAX_H
#define BOTTEGA_UI_SYNTAX_H

#include "ui/widgets/ansi.h"

enum { SYNTAX_BYTES = 4096 };

struct syntax;
struct syntax_set;

/* All of a folder; what is wrong with a file is told by the first error, and the others are there
 * all the same. */
WARN_UNUSED int syntax_set_new(const char *folder, struct syntax_set **out, struct error *err);
void syntax_set_free(struct syntax_set *s); /* NULL is no error */
/* That of a file's name; NULL: none. Lives as long as the set. */
const struct syntax *syntax_of(const struct syntax_set *s, const char *path);
/* Paints what has no ink of its own yet. */
void syntax_paint(const struct syntax *x, struct shown *line);

#endif
