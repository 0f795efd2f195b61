/* tabs.h: one line with a title, a state, and tabs of which one is open. */
#ifndef BOTTEGA_UI_TABS_H
#define BOTTEGA_UI_TABS_H

#include "ui/window.h"

struct tabs;

/* A window of one line under `parent`, which frees it. */
struct tabs *tabs_new(struct window *parent, size_t n);
void tabs_set_title(struct tabs *t, const char *text, ink_t ink);
void tabs_set_state(struct tabs *t, const char *text, ink_t ink);
void tabs_set(struct tabs *t, size_t i, const char *text);
void tabs_select(struct tabs *t, size_t i);
/* A tab was pressed. */
typedef void (*tabs_fn)(void *payload, size_t i);
void tabs_on_press(struct tabs *t, tabs_fn fn, void *payload);

#endif
