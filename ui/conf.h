/* conf.h: files of the user in git-config syntax, line by line: themes and keys.
 *
 * Unlike config/, order and repetition matter here and errors name the line.
 */
#ifndef BOTTEGA_UI_CONF_H
#define BOTTEGA_UI_CONF_H

#include "base/base.h"

struct conf_entry {
    const char *section; /* "rgb", lower case */
    const char *name;    /* "tab-active", lower case */
    const char *value;   /* "" when there is none */
    int line;
};

/* Calls `fn` for every entry in order; what it returns negative is returned with file and line
 * in front. */
typedef int (*conf_fn)(void *payload, const struct conf_entry *e, struct error *err);
WARN_UNUSED int conf_each(const char *path, conf_fn fn, void *payload, struct error *err);

/* "<config home>/bottega/<name>": free() it. */
char *conf_user_path_new(const char *name);

#endif
