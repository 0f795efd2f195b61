#include "agents/rules/read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void dist_normalize(const char *name, struct str *out)
{
    bool dash = false;
    for (; *name; name++) {
        if (strchr("-_.", *name)) {
            dash = true;
            continue;
        }
        if (dash && out->len)
            str_addc(out, '-');
        dash = false;
        str_addc(out, (char)tolower((unsigned char)*name));
    }
}

static char *trimmed_new(const char *s, size_t n)
{
    while (n && isspace((unsigned char)*s)) {
        s++;
        n--;
    }
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    return xstrndup(s, n);
}

static bool is_place(const char *s)
{
    return strstr(s, "://") || *s == '.' || *s == '/' || str_starts(s, "git+") ||
           str_ends(s, ".whl") || str_ends(s, ".zip") || str_ends(s, ".tar.gz");
}

/* "git+https://…#egg=name" */
static char *egg_name_new(const char *url)
{
    struct str name = STR_INIT;
    const char *egg = strstr(url, "#egg=");
    if (egg) {
        char *word = xstrndup(egg + 5, strcspn(egg + 5, "&[ \t-=") /* versions are cut off */);
        dist_normalize(word, &name);
        free(word);
    }
    return str_detach(&name);
}

static size_t name_length(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || (n && s[n] && strchr("-_.", s[n])))
        n++;
    while (n && strchr("-_.", s[n - 1]))
        n--;
    return n;
}

void requirement_name(const char *line, struct str *out)
{
    line += strspn(line, " \t");
    char *name = xstrndup(line, name_length(line));
    str_clear(out);
    dist_normalize(name, out);
    free(name);
}

/* Options that may follow a requirement on its line. */
static size_t without_options(const char *s)
{
    const char *option = strstr(s, " --");
    const char *note = strstr(s, " #");
    const char *tab = strstr(s, "\t#");
    size_t n = strlen(s);
    const char *cuts[] = { option, note, tab };
    for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
        if (cuts[i] && (size_t)(cuts[i] - s) < n)
            n = (size_t)(cuts[i] - s);
    }
    while (n && (s[n - 1] == '\\' || isspace((unsigned char)s[n - 1])))
        n--;
    return n;
}

static void place_read(const char *s, struct requirement *out)
{
    out->name = egg_name_new(s);
    out->extras = xstrdup("");
    out->spec = xstrdup("");
    out->marker = xstrdup("");
    out->url = xstrdup(s);
}

/* "(>=1.0)" and ">=1.0 ,<2" as ">=1.0,<2". */
static char *spec_new(const char *s, size_t n)
{
    struct str spec = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        if (!isspace((unsigned char)s[i]) && s[i] != '(' && s[i] != ')')
            str_addc(&spec, s[i]);
    }
    while (spec.len && spec.s[spec.len - 1] == ',')
        str_truncate(&spec, spec.len - 1);
    return str_detach(&spec);
}

static void parts_read(const char *s, size_t n_name, struct requirement *out)
{
    struct str name = STR_INIT;
    char *word = xstrndup(s, n_name);
    dist_normalize(word, &name);
    free(word);
    out->name = str_detach(&name);
    s += n_name;
    s += strspn(s, " \t");
    size_t n = *s == '[' ? strcspn(s, "]") : 0;
    out->extras = n ? spec_new(s + 1, n - 1) : xstrdup("");
    s += n + (n && s[n] == ']');
    s += strspn(s, " \t");
    bool url = *s == '@';
    s += url;
    const char *semicolon = url ? strstr(s, " ;") : strchr(s, ';');
    n = semicolon ? (size_t)(semicolon - s) : strlen(s);
    out->spec = url ? xstrdup("") : spec_new(s, n);
    out->url = url ? trimmed_new(s, n) : xstrdup("");
    semicolon = semicolon ? strchr(semicolon, ';') : NULL;
    out->marker = semicolon ? trimmed_new(semicolon + 1, strlen(semicolon + 1)) : xstrdup("");
}

bool requirement_read(const char *line, struct requirement *out)
{
    line += strspn(line, " \t");
    char *s = xstrndup(line, without_options(line));
    size_t n = name_length(s);
    bool ok = *s && *s != '#' && *s != '-';
    if (ok && is_place(s) && !(n && strchr(" \t@", s[n]) && strchr(s, '@'))) {
        place_read(s, out);
    } else if (ok && n && (!s[n] || strchr(" \t[<>=!~;@(", s[n]))) {
        parts_read(s, n, out);
        ok = !out->spec[0] || strchr("<>=!~", out->spec[0]);
        if (!ok)
            requirement_release(out);
    } else {
        ok = false;
    }
    free(s);
    return ok;
}

void requirement_release(struct requirement *r)
{
    free(r->name);
    free(r->extras);
    free(r->spec);
    free(r->marker);
    free(r->url);
}

void requirement_write(const struct requirement *r, struct str *out)
{
    str_add(out, r->name);
    if (*r->extras)
        str_addf(out, "[%s]", r->extras);
    if (*r->url)
        str_addf(out, " @ %s", r->url);
    str_add(out, r->spec);
    if (*r->marker)
        str_addf(out, " ; %s", r->marker);
}

/* ---- requirement files ---- */

static bool option(const char *line, const char *shorter, const char *longer, struct strv *out)
{
    size_t n = str_starts(line, longer)    ? strlen(longer)
               : str_starts(line, shorter) ? strlen(shorter)
                                           : 0;
    if (!n)
        return false;
    line += n;
    line += strspn(line, " \t=");
    strv_addn(out, line, strcspn(line, " \t#"));
    return true;
}

static void one_line(const char *line, struct strv *lists[4])
{
    struct requirement r;
    struct strv editable = STRV_INIT;
    if (option(line, "-r", "--requirement", lists[1]) ||
        option(line, "-c", "--constraint", lists[2])) {
        ;
    } else if (option(line, "-e", "--editable", &editable)) {
        strv_addf(lists[3], "passed over: %s", line);
    } else if (requirement_read(line, &r)) {
        struct str text = STR_INIT;
        requirement_write(&r, &text);
        if (*r.url)
            strv_addf(lists[3], "passed over: %s", line);
        else
            strv_add(lists[0], text.s);
        str_release(&text);
        requirement_release(&r);
    }
    strv_release(&editable);
}

void requirements_read(const char *text, struct strv *lines, struct strv *nested,
                       struct strv *constraints, struct strv *notes)
{
    struct strv *lists[4] = { lines, nested, constraints, notes };
    struct str line = STR_INIT;
    while (*text) {
        size_t n = strcspn(text, "\n");
        str_addn(&line, text, n);
        str_rtrim(&line);
        text += n + (text[n] == '\n');
        if (line.len && line.s[line.len - 1] == '\\') {
            line.s[line.len - 1] = ' ';
            continue;
        }
        one_line(line.s + strspn(line.s, " \t"), lists);
        str_clear(&line);
    }
    str_release(&line);
}
