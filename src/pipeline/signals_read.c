#define PCRE2_CODE_UNIT_WIDTH 8
#include "pipeline/signals_read.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

static void add_trimmed(const char *line, size_t n, struct strv *out)
{
    while (n && isspace((unsigned char)*line))
        line++, n--;
    while (n && isspace((unsigned char)line[n - 1]))
        n--;
    if (!n)
        return;
    char *text = xstrndup(line, n);
    strv_add(out, text);
    free(text);
}

void patch_lines(const struct str *patch, char sign, struct strv *out)
{
    bool in_hunk = false;
    for (const char *line = patch->s; *line;) {
        size_t n = strcspn(line, "\n");
        if (str_starts(line, "diff --git "))
            in_hunk = false;
        else if (str_starts(line, "@@ "))
            in_hunk = true;
        else if (in_hunk && *line == sign)
            add_trimmed(line + 1, n - 1, out);
        line += n + (line[n] == '\n');
    }
}

struct found {
    struct strv *all;
    struct str *first;
    int n;
};

static void take(struct found *f, const char *text, const PCRE2_SIZE *at, int groups)
{
    int g = groups > 1 && at[2] != PCRE2_UNSET ? 1 : 0;
    char *word = xstrndup(text + at[(size_t)2 * (size_t)g],
                          at[(size_t)2 * (size_t)g + 1] - at[(size_t)2 * (size_t)g]);
    if (f->all)
        strv_add_once(f->all, word);
    if (f->first && !f->n)
        str_set(f->first, word);
    f->n++;
    free(word);
}

static void search(const char *pattern, const char *text, struct found *f)
{
    int why;
    PCRE2_SIZE where, from = 0, len = strlen(text);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                     PCRE2_MULTILINE | PCRE2_CASELESS, &why, &where, NULL);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    for (int n; (n = pcre2_match(code, (PCRE2_SPTR)text, len, from, 0, data, NULL)) > 0;) {
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
        take(f, text, at, n);
        from = at[1] > from ? at[1] : from + 1;
        if (from >= len)
            break;
    }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
}

int prose_count(const char *pattern, const char *text, struct str *first)
{
    struct found f = { NULL, first, 0 };
    search(pattern, text, &f);
    return f.n;
}

void prose_each(const char *pattern, const char *text, struct strv *out)
{
    struct found f = { out, NULL, 0 };
    search(pattern, text, &f);
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

bool prose_has_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = text; n && (p = strstr(p, word)); p++)
        if ((p == text || !in_name(p[-1]) || !in_name(*word)) &&
            (!in_name(p[n]) || !in_name(word[n - 1])))
            return true;
    return false;
}

static bool goes_on(const char *text, const char *line)
{
    while (*line) {
        if (isspace((unsigned char)*line)) {
            if (!isspace((unsigned char)*text))
                return false;
            while (isspace((unsigned char)*line))
                line++;
            while (isspace((unsigned char)*text))
                text++;
        } else if (*line++ != *text++) {
            return false;
        }
    }
    return true;
}

bool prose_has_line(const char *text, const char *line)
{
    if (!*line)
        return false;
    for (const char *p = text; (p = strchr(p, *line)); p++)
        if (goes_on(p, line))
            return true;
    return false;
}

void prose_measure(const char *text, int64_t *chars, int64_t *foreign)
{
    *chars = *foreign = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        *chars += (*p & 0xc0) != 0x80;
        *foreign += *p >= 0xc0;
    }
}

static bool has_suffix(const char *path, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        if (str_ends(path, *suffixes))
            return true;
    return false;
}

bool path_is_code(const char *path)
{
    static const char *const suffixes[] = { ".py", ".pyi", ".pyx", ".pxd",  ".c",  ".h",
                                            ".cc", ".cpp", ".hpp", ".rs",   ".j2", ".html",
                                            ".js", ".sh",  ".sql", ".lark", NULL };
    return has_suffix(path, suffixes);
}

bool path_is_prose(const char *path)
{
    static const char *const suffixes[] = { ".md",  ".rst",  ".txt",  ".yml", ".yaml", ".cfg",
                                            ".ini", ".toml", ".lock", ".in",  ".adoc", NULL };
    static const char *const folders[] = { "doc/",     "docs/",      ".github/",     "changelog/",
                                           "changes/", ".circleci/", "changelog.d/", NULL };
    static const char *const versions[] = { "version.py", "_version.py", "__version__.py",
                                            "__about__.py" };
    for (const char *const *f = folders; *f; f++)
        if (str_starts(path, *f))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(versions); i++)
        if (strcmp(path_base(path), versions[i]) == 0)
            return true;
    return has_suffix(path, suffixes) || !strchr(path_base(path), '.');
}
