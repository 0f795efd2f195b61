/* keymap.h: which keys do what, where.
 *
 * Defaults come from the action table. The user's file (<config home>/bottega/keys) says in
 * git-config syntax, section [keys], "action = sequence"; the first line for an action drops
 * its defaults, further lines add, "none" leaves it without a key. Two actions may share a
 * sequence only where they never meet; a clash names both, file and line.
 */
#ifndef BOTTEGA_UI_KEYMAP_H
#define BOTTEGA_UI_KEYMAP_H

#include "ui/action.h"
#include "ui/key.h"

struct binding {
    keycode keys[KEYS_MAX];
    size_t n;
    const struct action *action;
    bool own; /* from the user's file */
};

struct keymap {
    struct binding *v;
    size_t n, cap;
};

/* Defaults, then the file at `path` if it exists. E_PARSE names file and line. */
WARN_UNUSED int keymap_load(struct keymap *m, const char *path, struct error *err);
void keymap_release(struct keymap *m);

/* What the sequence does in the contexts `live` (most particular first, ended by 0). Returns
 * NULL when nothing; *more says whether longer sequences begin with it. */
const struct action *keymap_find(const struct keymap *m, const unsigned *live, const keycode *keys,
                                 size_t n, bool *more);
/* The first sequence of an action, as people read it; appends nothing when it has none. */
void keymap_add_label(const struct keymap *m, const struct action *a, struct str *out);
/* All of them, blanks between. */
void keymap_add_labels(const struct keymap *m, const struct action *a, struct str *out);

#endif
