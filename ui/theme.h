/* theme.h: what each role looks like, read from a theme file (the folder themes).
 *
 * A theme is a file in git-config syntax with one section per depth of colour and one line per
 * role: [rgb], [color256] (optional: the nearest of [rgb] otherwise), [color16], [mono]. A role
 * that a section leaves out looks like plain text; without any line for a depth, [mono] serves.
 * Errors name file, line and word.
 */
#ifndef BOTTEGA_UI_THEME_H
#define BOTTEGA_UI_THEME_H

#include "ui/color.h"
#include "ui/ink.h"

struct theme {
    enum depth depth;
    struct style roles[ROLES];
};

/* The role that a file calls "tab-active"; ROLES when there is none of this name. */
enum role role_by_name(const char *name);

/* `name`: "dark", or a path. Roles are resolved for `depth`. */
WARN_UNUSED int theme_load(struct theme *t, const char *name, enum depth depth, struct error *err);

/* The look of `ink` on top of the role `over` (ROLE_TEXT: nothing below): colours that `ink`
 * leaves open come from `over`, and all that `over` has of its own. */
struct style theme_style(const struct theme *t, ink_t ink, enum role over);

#endif
