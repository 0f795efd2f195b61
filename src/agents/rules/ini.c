#include "agents/rules/read.h"

#include <ctype.h>
#include <string.h>

struct ini {
    json_t *root, *section;
    struct str key, value;
};

static void flush(struct ini *in)
{
    if (in->key.len) {
        struct str clean = STR_INIT;
        str_rtrim(&in->value);
        text_add_utf8(&clean, in->value.s, in->value.len);
        json_object_set_new(in->section, in->key.s, json_string(clean.s));
        str_release(&clean);
    }
    str_clear(&in->key);
    str_clear(&in->value);
}

static void open_section(struct ini *in, const char *name, size_t len)
{
    struct str section = STR_INIT;
    flush(in);
    while (len && isspace((unsigned char)*name)) {
        name++;
        len--;
    }
    str_addn(&section, name, len);
    str_rtrim(&section);
    in->section = json_object_get(in->root, section.s);
    if (!in->section) {
        in->section = json_object();
        json_object_set_new(in->root, section.s, in->section);
    }
    str_release(&section);
}

static void open_key(struct ini *in, const char *line, size_t len)
{
    size_t n = 0;
    flush(in);
    while (n < len && line[n] != '=' && line[n] != ':')
        n++;
    for (size_t i = 0; i < n; i++)
        str_addc(&in->key, line[i] == '-' ? '_' : (char)tolower((unsigned char)line[i]));
    str_rtrim(&in->key);
    for (n += n < len; n < len && isspace((unsigned char)line[n]);)
        n++;
    str_addn(&in->value, line + n, len - n);
    str_rtrim(&in->value);
}

static void one_line(struct ini *in, const char *line, size_t len)
{
    size_t blanks = 0;
    while (blanks < len && isspace((unsigned char)line[blanks]))
        blanks++;
    const char *text = line + blanks;
    size_t n = len - blanks;
    if (n == 0 || *text == '#' || *text == ';')
        return;
    if (blanks && in->key.len) {
        str_addc(&in->value, '\n');
        str_addn(&in->value, text, n);
        str_rtrim(&in->value);
    } else if (*text == '[') {
        const char *end = memchr(text, ']', n);
        open_section(in, text + 1, end ? (size_t)(end - text - 1) : n - 1);
    } else {
        open_key(in, text, n);
    }
}

json_t *ini_read(const char *text)
{
    struct ini in = { json_object(), NULL, STR_INIT, STR_INIT };
    open_section(&in, "", 0);
    while (*text) {
        size_t n = strcspn(text, "\n");
        one_line(&in, text, n);
        text += n + (text[n] == '\n');
    }
    flush(&in);
    str_release(&in.key);
    str_release(&in.value);
    return in.root;
}

const char *ini_get(const json_t *ini, const char *section, const char *key)
{
    return json_get_str(json_object_get(ini, section), key, "");
}
