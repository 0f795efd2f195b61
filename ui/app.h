/* app.h: the one context of the screen, passed down to everything in ui/.
 *
 * Only the loop's thread touches it. Messages live until the next key.
 */
#ifndef BOTTEGA_UI_APP_H
#define BOTTEGA_UI_APP_H

#include "ui/keymap.h"
#include "ui/lane.h"
#include "ui/screen.h"
#include "ui/theme.h"
#include "ui/ui.h"
#include "ui/view.h"
#include "ui/window.h"

struct chooser;
struct input;
struct looks;
struct prompt;
struct script;
struct syntax_set;
struct undo;

enum { PROMPT_KINDS = 4, HINTS_MAX = 16, SCREENS_MAX = 9 };

/* A key of the footer, where it was painted. */
struct hint {
    int x, w;
    const struct action *action;
};

struct app {
    struct workspace *ws;
    const struct ui_options *options;
    struct loop loop;
    struct screen screen;
    struct theme theme;
    struct keymap keymap;
    struct looks *looks;         /* where these two come from */
    struct syntax_set *syntaxes; /* colours of languages; NULL: none */
    struct input *input;
    struct script *script;   /* NULL: a person drives */
    struct recorder *record; /* NULL */
    struct window *root;     /* of the frame */
    struct window *tabs, *body, *state, *keys;
    struct views views;
    struct view *view; /* that shows */
    struct prompt *prompt;
    struct chooser *chooser;
    struct strv typed[PROMPT_KINDS]; /* what was entered before, oldest first */
    int tab_x[SCREENS_MAX + 1];      /* where the tabs of view_screens were painted */
    int kept_x[KEPT_MAX + 1];        /* and those of kept views */
    struct hint hints[HINTS_MAX];
    size_t n_hints;
    struct str message;
    enum role message_role;
    keycode pending[KEYS_MAX]; /* of a sequence that is not complete */
    size_t n_pending;
    struct data *data; /* watches the index and batches */
    struct job *shell; /* a command that runs; NULL */
    char *scratch;     /* folder of this session's own files; NULL until needed */
    size_t n_scratch;
    struct undo *undo; /* NULL until something can be taken back */
    bool read_only;
    bool reader; /* for a screen reader: the real cursor on what is here, nothing beside it */
    bool overlay_dirty, had_overlay;
    bool pasting, quit_asked, quit;
    int rc;
    struct error err;
};

WARN_UNUSED int app_init(struct app *a, struct workspace *ws, const struct ui_options *options,
                         struct error *err);
void app_release(struct app *a);

/* One key, wherever it goes: prompt, chooser, or the keymap. */
void app_key(struct app *a, keycode key);
/* The terminal's size changed. */
void app_resized(struct app *a);
/* Paints and sends what is dirty. */
void app_paint(struct app *a);
void app_touch_all(struct app *a);

/* The contexts whose keys work now, most particular first, ended by 0. */
void app_contexts(const struct app *a, unsigned out[4]);
/* Which needs are met now: bits of enum need. */
unsigned app_holds(const struct app *a);

/* The message line. */
void app_say(struct app *a, const char *fmt, ...) PRINTF(2, 3);
/* Takes away what was said: something else is done now. */
void app_hush(struct app *a);
void app_complain(struct app *a, const char *fmt, ...) PRINTF(2, 3);

/* UTC seconds; $BOTTEGA_NOW where a test wants the same ages every day. */
int64_t app_now(void);
/* The focused pane; moving to another. */
void app_focus(struct app *a, struct window *pane);

#endif
