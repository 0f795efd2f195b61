#include "ui/key.h"

#include <string.h>
#include <utf8proc.h>

/* `name` stands between < and > in files; `label` is shown; NULL: the same. */
static const struct {
    keycode key;
    const char *name, *label;
} specials[] = {
    { KEY_TAB, "Tab", NULL },
    { KEY_RETURN, "Enter", NULL },
    { KEY_ESCAPE, "Esc", NULL },
    { KEY_SPACE, "Space", "space" },
    { KEY_ERASE, "BS", NULL },
    { '<', "lt", "<" },
    { KEY_CURSOR_UP, "Up", "↑" },
    { KEY_CURSOR_DOWN, "Down", "↓" },
    { KEY_CURSOR_LEFT, "Left", "←" },
    { KEY_CURSOR_RIGHT, "Right", "→" },
    { KEY_PAGE_UP, "PgUp", NULL },
    { KEY_PAGE_DOWN, "PgDn", NULL },
    { KEY_TO_HOME, "Home", NULL },
    { KEY_TO_END, "End", NULL },
    { KEY_INSERT, "Ins", NULL },
    { KEY_DELETE, "Del", NULL },
    { KEY_SHIFT_TAB, "S-Tab", NULL },
    { KEY_PASTE_BEGIN, "Paste", NULL },
    { KEY_PASTE_END, "PasteEnd", NULL },
};

static bool named(const char *name, size_t n, keycode *out)
{
    for (size_t i = 0; i < ARRAY_LEN(specials); i++) {
        if (strlen(specials[i].name) == n && strncmp(specials[i].name, name, n) == 0) {
            *out = specials[i].key;
            return true;
        }
    }
    if (n == 3 && name[0] == 'C' && name[1] == '-') {
        *out = KEY_CTRL(name[2]);
        return *out > 0;
    }
    int number = 0;
    for (size_t i = 1; i < n && name[i] >= '0' && name[i] <= '9'; i++)
        number = number * 10 + name[i] - '0';
    *out = KEY_F1 + (keycode)(number - 1);
    return name[0] == 'F' && n <= 3 && number >= 1 && number <= 12;
}

size_t key_parse(const char *text, keycode *out)
{
    utf8proc_int32_t cp;
    const char *end = *text == '<' ? strchr(text, '>') : NULL;
    if (end) /* a literal one is <lt> */
        return named(text + 1, (size_t)(end - text - 1), out) ? (size_t)(end - text) + 1 : 0;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)strlen(text), &cp);
    if (n <= 0)
        return 0;
    *out = (keycode)cp;
    return (size_t)n;
}

size_t keys_parse(const char *text, keycode out[KEYS_MAX])
{
    size_t n = 0, used;
    while (*text && *text != ' ') {
        if (n == KEYS_MAX || (used = key_parse(text, &out[n])) == 0)
            return 0;
        text += used;
        n++;
    }
    return n;
}

static void add_char(struct str *out, keycode key)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)key, bytes);
    str_addn(out, bytes, (size_t)n);
}

static void add(struct str *out, keycode key, bool label)
{
    for (size_t i = 0; i < ARRAY_LEN(specials); i++) {
        if (specials[i].key != key)
            continue;
        if (label)
            str_add(out, specials[i].label ? specials[i].label : specials[i].name);
        else
            str_addf(out, "<%s>", specials[i].name);
        return;
    }
    if (key >= KEY_F1 && key <= KEY_F12)
        str_addf(out, label ? "F%u" : "<F%u>", key - KEY_F1 + 1);
    else if (key < 0x20)
        str_addf(out, label ? "^%c" : "<C-%c>", (int)key + (label ? '@' : '`'));
    else
        add_char(out, key);
}

void key_add_name(struct str *out, keycode key)
{
    add(out, key, false);
}

void key_add_label(struct str *out, keycode key)
{
    add(out, key, true);
}

void keys_add_label(struct str *out, const keycode *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        key_add_label(out, keys[i]);
}

bool key_is_text(keycode key)
{
    return key >= 0x20 && key != KEY_ERASE && key < KEY_SPECIAL;
}

void key_add_text(struct str *out, keycode key)
{
    add_char(out, key);
}
