#include "agents/rules/project.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { NESTED = 16 };

/* "dir/of/file" + "name", "../" undone. */
static char *beside_new(const char *path, const char *name)
{
    size_t n = strlen(path) - strlen(path_base(path));
    while (str_starts(name, "./"))
        name += 2;
    while (str_starts(name, "../") && n) {
        name += 3;
        for (n--; n && path[n - 1] != '/';)
            n--;
    }
    return str_format("%.*s%s", (int)n, path, name);
}

/* x.txt and x37.txt are compiled from an x.in beside them: the loose one is enough, the date pins
 * it. A fresh string: that file, or `path`. */
static char *loose_new(const struct project *p, const char *path)
{
    size_t n = strlen(path) - (str_ends(path, ".txt") ? 4 : 0);
    for (size_t cut = n; n && path[n] && cut > 0; cut--) {
        char *loose = str_format("%.*s.in", (int)cut, path);
        if (project_has(p, loose))
            return loose;
        free(loose);
        if (!isdigit((unsigned char)path[cut - 1]))
            break;
    }
    return xstrdup(path);
}

void requirement_file_read(struct project *p, const char *path, enum origin origin)
{
    struct strv todo = STRV_INIT, notes = STRV_INIT;
    strv_add(&todo, path);
    for (size_t i = 0; i < todo.n && i < NESTED; i++) {
        struct str text = STR_INIT;
        struct strv lines = STRV_INIT, nested = STRV_INIT, bounds = STRV_INIT;
        char *file = loose_new(p, todo.v[i]);
        if (project_read(p, file, &text))
            requirements_read(text.s, &lines, &nested, &bounds, &notes);
        for (size_t k = 0; k < lines.n; k++)
            project_wish(p, origin, lines.v[k], file);
        for (size_t k = 0; k < nested.n; k++) {
            char *next = beside_new(file, nested.v[k]);
            strv_add_once(&todo, next);
            free(next);
        }
        for (size_t k = 0; k < notes.n; k++)
            project_note(p, "%s: %s", file, notes.v[k]);
        strv_clear(&notes);
        free(file);
        strv_release(&bounds);
        strv_release(&nested);
        strv_release(&lines);
        str_release(&text);
    }
    strv_release(&todo);
    strv_release(&notes);
}

/* File names of requirements, the most telling first. */
static const char *const kinds[] = {
    "*requirements*/*test*.in", "*requirements*/*test*.txt", "*requirement*test*.in",
    "*requirement*test*.txt",   "*test*requirement*.in",     "*test*requirement*.txt",
    "test*/requirements*.txt",  "*requirements*/*ci*.txt",   "*requirements*/*dev*.in",
    "*requirements*/*dev*.txt", "*requirement*dev*.in",      "*requirement*dev*.txt",
    "*dev*requirement*.in",     "*dev*requirement*.txt",     "*requirement*ci*.txt",
    "requirements/pytest.txt",  "*requirements*/develop*",
};

/* What other jobs of the project need. */
static const char *const others[] = { "*doc*",   "*lint*",    "*typing*", "*mypy*",   "*release*",
                                      "*style*", "*bench*",   "*build*",  "*rtd*",    "*format*",
                                      "*wheel*", "*publish*", "*deploy*", "*example*" };

static bool is_other(const char *path)
{
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (fnmatch(others[i], path, FNM_CASEFOLD) == 0)
            return true;
    }
    return false;
}

static int depth_of(const char *path)
{
    int n = 0;
    for (; *path; path++)
        n += *path == '/';
    return n;
}

static bool read_kind(struct project *p, const char *kind)
{
    bool any = false;
    for (size_t i = 0; i < p->paths.n; i++) {
        const char *path = p->paths.v[i];
        if (depth_of(path) > 1 || fnmatch(kind, path, FNM_CASEFOLD) != 0 || is_other(path))
            continue;
        requirement_file_read(p, path, ORIGIN_FILE);
        any = true;
    }
    return any;
}

void requirement_files_read(struct project *p)
{
    static const char *const base[] = { "requirements.txt", "requirements/base.txt",
                                        "requirements/requirements.txt", "requirements/main.txt" };
    bool tests = false;
    for (size_t i = 0; i < ARRAY_LEN(kinds) && !tests; i++)
        tests = read_kind(p, kinds[i]);
    for (size_t i = 0; i < ARRAY_LEN(base); i++) {
        if (project_has(p, base[i]))
            requirement_file_read(p, base[i], ORIGIN_FILE);
    }
}
