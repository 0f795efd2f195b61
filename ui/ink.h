/* ink.h: how a run of text looks: a role of the theme, or a colour that a log asked for.
 *
 * Code never names colours; it names roles, and the theme says what they are at each depth of
 * colour. The one exception are texts that bring colours of their own (logs), as 256-colour
 * numbers and attributes.
 */
#ifndef BOTTEGA_UI_INK_H
#define BOTTEGA_UI_INK_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t ink_t;

enum role {
    ROLE_TEXT,
    ROLE_DIM,
    ROLE_STRONG,
    ROLE_HEADER,
    ROLE_BORDER,
    ROLE_TAB,
    ROLE_TAB_ACTIVE,
    ROLE_STATUS,
    ROLE_KEY,
    ROLE_LINK,
    ROLE_SELECTED,
    ROLE_SELECTED_AWAY,
    ROLE_MARKED,
    ROLE_MATCH,
    ROLE_PROMPT,
    ROLE_ERROR,
    ROLE_WARNING,
    ROLE_ACCEPTED,
    ROLE_RUNNING,
    ROLE_NEW,
    ROLE_REJECTED,
    ROLE_FAILED,
    ROLE_SCREENED,
    ROLE_ADDED,
    ROLE_REMOVED,
    ROLE_HUNK,
    ROLE_CONTROL,
    ROLE_BAR,
    ROLES
};

/* Log colours: bit 31, then which parts are set, attributes, background, foreground. */
#define INK_ANSI      0x80000000u
#define INK_FG        0x40000000u
#define INK_BG        0x20000000u
#define INK_BOLD      0x01000000u
#define INK_DIM       0x02000000u
#define INK_UNDERLINE 0x04000000u
#define INK_REVERSE   0x08000000u
#define INK_ITALIC    0x10000000u

static inline bool ink_is_ansi(ink_t ink)
{
    return ink & INK_ANSI;
}
static inline int ink_fg(ink_t ink) /* -1: the text's own */
{
    return ink & INK_FG ? (int)(ink & 0xff) : -1;
}
static inline int ink_bg(ink_t ink)
{
    return ink & INK_BG ? (int)(ink >> 8 & 0xff) : -1;
}

#endif
