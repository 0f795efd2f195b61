/* prompt.h: one line to type into, on the screen's last line.
 *
 * Its owner gives a table of what happens: while typing, at the end, and what completes a word.
 * Above it stands a note: where the text is wrong, or what it would touch.
 */
#ifndef BOTTEGA_UI_PROMPT_H
#define BOTTEGA_UI_PROMPT_H

#include "ui/draw.h"
#include "ui/key.h"
#include "ui/lane.h"

struct app;
struct prompt;

struct prompt_ops {
    const char *label;                               /* "/" */
    int kind;                                        /* whose history; below PROMPT_KINDS */
    void (*changed)(struct prompt *p);               /* after every change; may be NULL */
    void (*accept)(struct app *a, const char *text); /* the prompt is gone */
    void (*cancel)(struct prompt *p);                /* it is about to go; may be NULL */
    void (*complete)(struct prompt *p);              /* may call prompt_offer; may be NULL */
};

struct prompt {
    struct app *app;
    const struct prompt_ops *ops;
    struct str text;
    size_t cursor;   /* bytes */
    struct str note; /* above the line */
    bool note_is_error;
    size_t bad, bad_len; /* bytes of the text that are wrong */
    long past;           /* place in the history; its length: what is being typed */
    struct str draft;
    size_t word;              /* where the candidates' word begins */
    struct strv words, helps; /* candidates */
    long chosen;              /* -1: none yet */
    struct str typed;         /* the word before a candidate took its place */
    void *payload;            /* of the owner */
    struct str saved;         /* likewise */
    struct job *completing;   /* candidates that a lane looks for */
};

struct prompt *prompt_open(struct app *a, const struct prompt_ops *ops, const char *text);
void prompt_free(struct prompt *p); /* NULL is no error */
void prompt_key(struct prompt *p, keycode key);

/* For `changed`: what stands above the line. */
void prompt_note(struct prompt *p, const char *text);
void prompt_wrong(struct prompt *p, size_t at, size_t len, const char *why);
/* For `complete`: candidates (copied) for the word that begins at `word`; `helps` has one for
 * each or is empty. */
void prompt_offer(struct prompt *p, size_t word, const struct strv *words,
                  const struct strv *helps);

void prompt_paint(struct prompt *p, const struct canvas *c);
/* False when there is nothing to note. */
bool prompt_paint_note(struct prompt *p, const struct canvas *c);
bool prompt_has_list(const struct prompt *p);
void prompt_paint_list(struct prompt *p);
void prompt_place_cursor(struct prompt *p);

#endif
