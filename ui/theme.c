#include "ui/theme.h"

#include "config/config.h"
#include "ui/conf.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_names[ROLES] = {
    [ROLE_TEXT] = "text",
    [ROLE_DIM] = "dim",
    [ROLE_STRONG] = "strong",
    [ROLE_HEADER] = "header",
    [ROLE_BORDER] = "border",
    [ROLE_TAB] = "tab",
    [ROLE_TAB_ACTIVE] = "tab-active",
    [ROLE_STATUS] = "status",
    [ROLE_KEY] = "key",
    [ROLE_LINK] = "link",
    [ROLE_SELECTED] = "selected",
    [ROLE_SELECTED_AWAY] = "selected-away",
    [ROLE_MARKED] = "marked",
    [ROLE_MATCH] = "match",
    [ROLE_PROMPT] = "prompt",
    [ROLE_ERROR] = "error",
    [ROLE_WARNING] = "warning",
    [ROLE_ACCEPTED] = "accepted",
    [ROLE_RUNNING] = "running",
    [ROLE_NEW] = "new",
    [ROLE_REJECTED] = "rejected",
    [ROLE_FAILED] = "failed",
    [ROLE_SCREENED] = "screened",
    [ROLE_ADDED] = "added",
    [ROLE_REMOVED] = "removed",
    [ROLE_HUNK] = "hunk",
    [ROLE_CONTROL] = "control",
    [ROLE_BAR] = "bar",
};

enum role role_by_name(const char *name)
{
    enum role r = 0;
    while (r < ROLES && strcmp(role_names[r], name) != 0)
        r++;
    return r;
}

/* ---- files ---- */

static const struct {
    const char *section;
    unsigned depths; /* bits of enum depth that read it */
} sections[] = {
    { "mono", 1 << DEPTH_MONO },
    { "color16", 1 << DEPTH_16 },
    { "color256", 1 << DEPTH_256 },
    { "rgb", 1 << DEPTH_256 | 1 << DEPTH_RGB },
};

struct loading {
    struct theme *theme;
    enum depth depth; /* whose sections are read */
    size_t taken;
    bool exact[ROLES]; /* set by [color256]: [rgb] does not overwrite it */
};

static void take(struct loading *l, enum role role, const char *section, struct style s)
{
    bool exact = strcmp(section, "color256") == 0;
    l->taken++;
    if (l->exact[role] && !exact)
        return;
    l->exact[role] = exact;
    s.fg = color_at_depth(s.fg, l->theme->depth);
    s.bg = color_at_depth(s.bg, l->theme->depth);
    l->theme->roles[role] = s;
}

static int on_entry(void *payload, const struct conf_entry *e, struct error *err)
{
    struct loading *l = payload;
    struct style style;
    enum role role = role_by_name(e->name);
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        if (strcmp(sections[i].section, e->section) != 0)
            continue;
        if (role == ROLES)
            return error_set(err, E_PARSE, "no role is called %s", e->name);
        int rc = style_parse(e->value, &style, err);
        if (rc == 0 && (sections[i].depths >> l->depth & 1))
            take(l, role, e->section, style);
        return rc;
    }
    return error_set(err, E_PARSE,
                     "a theme has no section [%s]; there is rgb, color256, color16 "
                     "and mono",
                     e->section);
}

static int find_file(const char *name, struct str *path, struct error *err)
{
    if (strchr(name, '/')) {
        str_set(path, name);
        return 0;
    }
    char *own = conf_user_path_new("themes");
    str_setf(path, "%s/%s.theme", own, name);
    free(own);
    if (path_exists(path->s))
        return 0;
    char *shipped = str_format("../themes/%s.theme", name);
    int rc = data_path(shipped, path, NULL);
    free(shipped);
    return rc == 0 ? 0
                   : error_set(err, E_MISSING,
                               "no theme is called %s (dark, light, contrast, mono)", name);
}

int theme_load(struct theme *t, const char *name, enum depth depth, struct error *err)
{
    struct loading l = { .theme = t, .depth = depth };
    struct str path = STR_INIT;
    t->depth = depth;
    for (enum role r = 0; r < ROLES; r++)
        t->roles[r] = (struct style){ COLOR_NONE, COLOR_NONE, 0 };
    int rc = find_file(name, &path, err);
    if (rc == 0)
        rc = conf_each(path.s, on_entry, &l, err);
    if (rc == 0 && l.taken == 0) {
        l.depth = DEPTH_MONO;
        rc = conf_each(path.s, on_entry, &l, err);
    }
    str_release(&path);
    return rc;
}

/* ---- inks ---- */

static unsigned ansi_attributes(ink_t ink)
{
    static const struct {
        ink_t bit;
        unsigned attribute;
    } map[] = { { INK_BOLD, ATTR_BOLD },
                { INK_DIM, ATTR_DIM },
                { INK_ITALIC, ATTR_ITALIC },
                { INK_UNDERLINE, ATTR_UNDERLINE },
                { INK_REVERSE, ATTR_REVERSE } };
    unsigned found = 0;
    for (size_t i = 0; i < ARRAY_LEN(map); i++)
        if (ink & map[i].bit)
            found |= map[i].attribute;
    return found;
}

struct style theme_style(const struct theme *t, ink_t ink, enum role over)
{
    struct style s;
    const struct style *below = &t->roles[over];
    if (ink_is_ansi(ink))
        s = (struct style){ color_at_depth(ink_fg(ink), t->depth),
                            color_at_depth(ink_bg(ink), t->depth), ansi_attributes(ink) };
    else
        s = t->roles[ink];
    if (over == ROLE_TEXT)
        return s;
    if (ink == ROLE_DIM) /* what is selected is not dimmed */
        s = t->roles[ROLE_TEXT];
    if (s.fg == COLOR_NONE || below->fg != COLOR_NONE) /* a ground's own colour can be read on it */
        s.fg = below->fg;
    if (s.bg == COLOR_NONE || below->bg != COLOR_NONE)
        s.bg = below->bg;
    s.attributes |= below->attributes;
    return s;
}
