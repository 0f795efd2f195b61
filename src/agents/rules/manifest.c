#include "agents/rules/rules.h"

#include <ctype.h>
#include <string.h>

void requirement_clean(const char *line, size_t n, struct str *out)
{
    str_clear(out);
    while (n && isspace((unsigned char)*line)) {
        line++;
        n--;
    }
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '#' && (i == 0 || isspace((unsigned char)line[i - 1]))) {
            n = i;
            break;
        }
    }
    str_addn(out, line, n);
    char *hash = strstr(out->s, " --hash");
    if (hash)
        str_truncate(out, (size_t)(hash - out->s));
    str_rtrim(out);
    if (out->len && out->s[out->len - 1] == '\\')
        str_truncate(out, out->len - 1);
    str_rtrim(out);
    if (!isalpha((unsigned char)out->s[0]) || strstr(out->s, "://"))
        str_clear(out); /* an option, a folder or a URL: none of them has a date */
}

void requirement_name(const char *line, struct str *out)
{
    str_clear(out);
    bool gap = false;
    for (; isalnum((unsigned char)*line) || strchr("-_.", *line); line++) {
        if (!*line)
            break;
        if (!isalnum((unsigned char)*line)) {
            gap = out->len > 0;
            continue;
        }
        if (gap)
            str_addc(out, '-');
        gap = false;
        str_addc(out, (char)tolower((unsigned char)*line));
    }
}

bool requirement_is_tool(const char *name)
{
    static const char *const exact[] = {
        "autoflake",
        "autopep8",
        "bandit",
        "black",
        "blacken-docs",
        "build",
        "bump2version",
        "bumpversion",
        "check-manifest",
        "codecov",
        "codespell",
        "commitizen",
        "coveralls",
        "darglint",
        "detox",
        "docutils-stubs",
        "flit",
        "furo",
        "hatch",
        "interrogate",
        "invoke",
        "isort",
        "mkdocs",
        "mypy",
        "nox",
        "pep8",
        "pip-tools",
        "pre-commit",
        "prospector",
        "pur",
        "pycodestyle",
        "pydocstyle",
        "pyflakes",
        "pylint",
        "pyright",
        "pyroma",
        "pyupgrade",
        "readme-renderer",
        "recommonmark",
        "releases",
        "restructuredtext-lint",
        "ruff",
        "safety",
        "scriv",
        "seed-isort-config",
        "sphinx",
        "towncrier",
        "tox",
        "tox-travis",
        "twine",
        "ty",
        "vermin",
        "watchdog",
        "wheel",
        "yapf",
        "zest-releaser",
        "pdbpp",
        "ipdb",
        "ipython",
        "jupyter",
        "myst-parser",
        "pallets-sphinx-themes",
        "tox-uv",
        "tox-gh-actions",
    };
    static const char *const prefixes[] = { "sphinx",       "flake8",       "mkdocs",
                                            "types-",       "pylint",       "pytest-flake8",
                                            "pytest-black", "pytest-isort", "pytest-pylint",
                                            "pytest-mypy",  "pytest-pep8",  "pytest-ruff",
                                            "tox-" };
    for (size_t i = 0; i < ARRAY_LEN(exact); i++)
        if (strcmp(exact[i], name) == 0)
            return true;
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (str_starts(name, prefixes[i]))
            return true;
    return false;
}

void section_body(const struct str *text, const char *name, struct str *out)
{
    struct str head = STR_INIT;
    str_clear(out);
    str_setf(&head, "\n[%s]", name);
    const char *at = strncmp(text->s, head.s + 1, head.len - 1) == 0 ? text->s + head.len - 1
                                                                     : strstr(text->s, head.s);
    if (at) {
        at += at[0] == '\n' ? head.len : 0;
        const char *end = strstr(at, "\n[");
        str_addn(out, at, end ? (size_t)(end - at) + 1 : strlen(at));
    }
    str_release(&head);
}

/* The end of a quoted string that starts at `p`. */
static const char *string_end(const char *p)
{
    char quote = *p;
    for (p++; *p && *p != quote && *p != '\n'; p++)
        if (*p == '\\' && p[1])
            p++;
    return p;
}

void array_strings(const struct str *body, const char *key, struct strv *out)
{
    struct strv groups = STRV_INIT;
    struct str pattern = STR_INIT;
    str_setf(&pattern, "^[ \\t]*['\"]?%s['\"]?[ \\t]*=[ \\t]*\\[", key);
    long at = rx_find(pattern.s, body->s, body->len, 0, &groups);
    const char *p = at < 0 ? "" : body->s + at;
    for (int depth = 1; *p && depth > 0; p++) {
        if (*p == '#') {
            p += strcspn(p, "\n");
            if (!*p)
                break;
        } else if (*p == '[') {
            depth++;
        } else if (*p == ']') {
            depth--;
        } else if (*p == '"' || *p == '\'') {
            const char *end = string_end(p);
            strv_addn(out, p + 1, (size_t)(end - p) - 1);
            p = *end ? end : end - 1;
        }
    }
    str_release(&pattern);
    strv_release(&groups);
}

void ini_lines(const struct str *body, const char *key, struct strv *out)
{
    struct strv groups = STRV_INIT;
    struct str pattern = STR_INIT;
    str_setf(&pattern, "^%s[ \\t]*=((?:.*\\n)(?:[ \\t]+.*\\n|[ \\t]*\\n|#.*\\n)*)", key);
    if (rx_find(pattern.s, body->s, body->len, 0, &groups) >= 0)
        strv_split(out, groups.v[1], "\n");
    str_release(&pattern);
    strv_release(&groups);
}
