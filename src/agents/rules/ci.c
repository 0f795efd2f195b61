#include "agents/rules/project.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* ---- tox ---- */

/* "py36: x", "!docs: x": the factors before a line, 0 when there are none. */
static size_t factors_length(const char *line)
{
    size_t n = strcspn(line, ":");
    if (!line[n] || !isspace((unsigned char)line[n + 1]))
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (!isalnum((unsigned char)line[i]) && !strchr("-_,{}!.", line[i]))
            return 0;
    }
    return n + 1;
}

/* ".[test,dev]" and ".": the extras that are asked for. */
static bool own_extras(struct project *p, const char *word)
{
    const char *bracket = strchr(word, '[');
    size_t n = bracket ? (size_t)(bracket - word) : strlen(word);
    bool own = (n == 1 && *word == '.') || (n >= 8 && str_starts(word, "{toxinidir}")) ||
               (n == 2 && str_starts(word, "./"));
    if (own && bracket) {
        char *list = xstrndup(bracket + 1, strcspn(bracket + 1, "]"));
        strv_split(&p->asked_extras, list, ", ");
        free(list);
    }
    return own;
}

static void file_wish(struct project *p, const char *name, enum origin origin)
{
    while (str_starts(name, "./") || str_starts(name, "{toxinidir}/"))
        name += *name == '.' ? 2 : 12;
    if (project_has(p, name))
        requirement_file_read(p, name, origin);
}

static void tox_deps(struct project *p, const char *deps, int depth);

/* "{[base]deps}" */
static void tox_reference(struct project *p, const char *line, int depth)
{
    size_t n = strcspn(line + 2, "]");
    if (depth > 4 || line[2 + n] != ']')
        return;
    char *section = xstrndup(line + 2, n);
    tox_deps(p, ini_get(p->tox, section, "deps"), depth + 1);
    free(section);
}

static void tox_line(struct project *p, const char *line, int depth)
{
    size_t factors = factors_length(line);
    if (factors && *line != '!') {
        project_wish(p, ORIGIN_OTHER, line + factors, "tox.ini deps");
        return;
    }
    line += factors;
    line += strspn(line, " \t");
    if (str_starts(line, "{["))
        tox_reference(p, line, depth);
    else if (str_starts(line, "-r"))
        file_wish(p, line + 2 + strspn(line + 2, " \t"), ORIGIN_TOX);
    else if (str_starts(line, "-e") || own_extras(p, line))
        own_extras(p, line + 2 + strspn(line + 2, " \t"));
    else
        project_wish(p, ORIGIN_TOX, line, "tox.ini deps");
}

static void tox_deps(struct project *p, const char *deps, int depth)
{
    struct strv lines = STRV_INIT;
    strv_split(&lines, deps, "\n");
    for (size_t i = 0; i < lines.n; i++)
        tox_line(p, lines.v[i], depth);
    strv_release(&lines);
}

/* "py27,py36", "py{37,38}-x", "py3.9": the interpreters of an environment list. */
static void tox_envs(struct project *p, const char *envs)
{
    for (const char *s = envs; (s = strstr(s, "py")); s++) {
        bool starts = s == envs || !isalnum((unsigned char)s[-1]);
        const char *q = s + 2;
        if (!starts)
            continue;
        if (*q != '{') {
            project_list_python(p, q);
            continue;
        }
        for (q++; *q && *q != '}'; q += strcspn(q, ",}"), q += *q == ',')
            project_list_python(p, q + strspn(q, " \t\n"));
    }
}

/* Variables that tests may need; those of coverage, pip and tox itself are theirs. */
static void tox_setenv(struct project *p, const char *lines)
{
    static const char *const theirs[] = { "COVERAGE*",   "PIP*",   "TOX*", "VIRTUALENV*",
                                          "PYTHON[!P]*", "*WARN*", "UV*",  "PY_COLORS" };
    struct strv list = STRV_INIT;
    strv_split(&list, lines, "\n");
    for (size_t i = 0; i < list.n; i++) {
        char *eq = strchr(list.v[i], '=');
        bool skip = !eq || strchr(list.v[i], '{') || factors_length(list.v[i]);
        for (size_t k = 0; k < ARRAY_LEN(theirs) && !skip; k++)
            skip = fnmatch(theirs[k], list.v[i], 0) == 0;
        if (skip)
            continue;
        char *key = xstrndup(list.v[i], (size_t)(eq - list.v[i]));
        key[strcspn(key, " \t")] = '\0';
        strv_addf(&p->f->plan.env, "%s=%s", key, eq + 1 + strspn(eq + 1, " \t"));
        free(key);
    }
    strv_release(&list);
}

static void tox_read(struct project *p)
{
    const char *section;
    const json_t *body;
    tox_envs(p, ini_get(p->tox, "tox", "envlist"));
    tox_envs(p, ini_get(p->tox, "tox", "env_list"));
    tox_deps(p, ini_get(p->tox, "testenv", "deps"), 0);
    tox_setenv(p, ini_get(p->tox, "testenv", "setenv"));
    strv_split(&p->asked_extras, ini_get(p->tox, "testenv", "extras"), ", \n");
    strv_split(&p->asked_groups, ini_get(p->tox, "testenv", "dependency_groups"), ", \n");
    json_object_foreach(p->tox, section, body)
    {
        if (fnmatch("testenv:*test*", section, 0) == 0)
            tox_deps(p, json_get_str(body, "deps", ""), 0);
    }
}

/* ---- workflows, .travis.yml, nox ---- */

/* The words of "pip install …" up to the end of the command. */
static void install_words(struct project *p, const char *words, const char *where)
{
    struct strv list = STRV_INIT;
    char *command = xstrndup(words, strcspn(words, "&|;#\n"));
    strv_split(&list, command, " \t'\"");
    for (size_t i = 0; i < list.n; i++) {
        const char *w = list.v[i];
        if (strcmp(w, "-r") == 0 && i + 1 < list.n)
            file_wish(p, list.v[++i], ORIGIN_CI);
        else if (str_starts(w, "-r") && w[2])
            file_wish(p, w + 2, ORIGIN_CI);
        else if (*w == '-' && w[1] != 'e' && w[1] != 'U' && w[1] != '-' && i + 1 < list.n)
            i++;
        else if (*w != '-' && !own_extras(p, w) && !strpbrk(w, "${}*/\\"))
            project_wish(p, ORIGIN_CI, w, where);
    }
    strv_release(&list);
    free(command);
}

static void apt_words(struct project *p, const char *words)
{
    struct strv list = STRV_INIT;
    char *command = xstrndup(words, strcspn(words, "&|;#\n"));
    strv_split(&list, command, " \t'\"");
    for (size_t i = 0; i < list.n; i++) {
        const char *w = list.v[i];
        if (islower((unsigned char)*w) &&
            strspn(w, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == strlen(w))
            strv_add_once(&p->ci_apt, w);
    }
    strv_release(&list);
    free(command);
}

/* Interpreter versions on a line that speaks of python, or in a list below such a line. */
static void version_words(struct project *p, const char *line, bool *in_list)
{
    const char *body = line + strspn(line, " \t");
    bool item = *body == '-';
    bool named = strstr(body, "python") || strstr(body, "PYTHON");
    if (!named && !(item && *in_list)) {
        *in_list = *in_list && !*body;
        return;
    }
    *in_list = true;
    for (const char *s = body; *s; s++) {
        bool starts = s == body || !(isalnum((unsigned char)s[-1]) || s[-1] == '.');
        if (starts &&
            (str_starts(s, "2.7") || (str_starts(s, "3.") && isdigit((unsigned char)s[2]))))
            project_list_python(p, s);
    }
}

static void ci_line(struct project *p, const char *line, const char *where)
{
    const char *pip = strstr(line, "pip install "), *apt = strstr(line, "apt-get install ");
    if (pip)
        install_words(p, pip + 12, where);
    apt = apt ? apt + 16 : (apt = strstr(line, "apt install ")) ? apt + 12 : NULL;
    if (apt)
        apt_words(p, apt);
}

static void ci_file(struct project *p, const char *path)
{
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT;
    bool in_list = false;
    if (project_read(p, path, &text))
        strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        if (lines.v[i][strspn(lines.v[i], " \t")] == '#')
            continue;
        version_words(p, lines.v[i], &in_list);
        ci_line(p, lines.v[i], path);
    }
    strv_release(&lines);
    str_release(&text);
}

/* session.install("pytest", "-r", "x.txt"): the strings of install calls. */
static void nox_read(struct project *p)
{
    struct str text = STR_INIT, words = STR_INIT;
    struct py_lexer lx;
    struct py_token tok;
    bool inside = false;
    if (!project_read(p, "noxfile.py", &text))
        return;
    py_lexer_init(&lx, text.s);
    while (py_next(&lx, &tok)) {
        if (tok.kind == PY_NEWLINE && words.len)
            install_words(p, words.s, "noxfile.py");
        if (tok.kind == PY_NEWLINE)
            str_clear(&words);
        inside = tok.kind != PY_NEWLINE && (inside || py_is(&tok, "install"));
        if (!inside || tok.kind != PY_STRING || tok.interpolated)
            continue;
        py_string_value(&tok, &words);
        str_addc(&words, ' ');
    }
    str_release(&words);
    str_release(&text);
}

void ci_read(struct project *p)
{
    static const char *const files[] = {
        ".github/workflows/*.y*ml", ".travis.yml",  "azure-pipelines*.yml",
        ".azure-pipelines*",        "appveyor.yml", ".circleci/config.yml"
    };
    if (p->tox)
        tox_read(p);
    nox_read(p);
    for (size_t k = 0; k < ARRAY_LEN(files); k++) {
        for (size_t i = 0; i < p->paths.n; i++) {
            if (fnmatch(files[k], p->paths.v[i], 0) == 0)
                ci_file(p, p->paths.v[i]);
        }
    }
}
