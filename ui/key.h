/* key.h: keys, their codes and their names.
 *
 * A key is a Unicode character, or KEY_SPECIAL plus a number for those that have none. Files
 * and scripts write them as "j", "G", "<Enter>", "<C-d>", "<S-Tab>", "<PgDn>"; people read
 * "j", "Enter", "^D", "⇧Tab", "PgDn".
 */
#ifndef BOTTEGA_UI_KEY_H
#define BOTTEGA_UI_KEY_H

#include "base/base.h"

#include <stdint.h>

typedef uint32_t keycode;

#define KEY_SPECIAL 0x200000u

enum {
    KEY_NOTHING = 0,
    KEY_TAB = 9,
    KEY_RETURN = 13,
    KEY_ESCAPE = 27,
    KEY_SPACE = ' ',
    KEY_ERASE = 127,
    KEY_CURSOR_UP = KEY_SPECIAL,
    KEY_CURSOR_DOWN,
    KEY_CURSOR_LEFT,
    KEY_CURSOR_RIGHT,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_TO_HOME,
    KEY_TO_END,
    KEY_INSERT,
    KEY_DELETE,
    KEY_SHIFT_TAB,
    KEY_PASTE_BEGIN,
    KEY_PASTE_END,
    KEY_MOUSE_AT, /* where and what: struct screen */
    KEY_F1,       /* … F12 */
    KEY_F12 = KEY_F1 + 11
};

#define KEY_CTRL(letter) ((keycode)((letter)&0x1f))

enum { KEYS_MAX = 4 }; /* in one sequence */

/* Reads one key from the start of `text`; its bytes, or 0 when there is none. */
size_t key_parse(const char *text, keycode *out);
/* Reads a sequence ("gg", "<C-x>d") up to the end or a blank; how many, 0 when it is none. */
size_t keys_parse(const char *text, keycode out[KEYS_MAX]);

void key_add_name(struct str *out, keycode key);  /* as files write it */
void key_add_label(struct str *out, keycode key); /* as people read it */
void keys_add_label(struct str *out, const keycode *keys, size_t n);

/* Whether it stands for a character that may be typed into a line. */
bool key_is_text(keycode key);
/* Appends the character as UTF-8. */
void key_add_text(struct str *out, keycode key);

#endif
