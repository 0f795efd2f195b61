/* ui.h: the terminal workbench (DESIGN 8): the one door from the command line.
 *
 *   file              what it does
 *   ui.c              opens everything, turns the loop, closes everything
 *   app.c             what all parts share: messages, focus, keys to actions
 *   loop.c lane.c     the libuv loop, idle counter, timers, watches; worker threads
 *   input.c           keys, resizes and signals from the terminal
 *   mouse.c           presses and the wheel, as actions
 *   screen.c draw.c   ncurses: on and off, size, flush; text and lines into rectangles
 *   key.c             codes and names of keys
 *   color.c theme.c   colours at four depths; roles from themes/<name>.theme
 *   conf.c            the user's files in git-config syntax, line by line
 *   window.c          the window tree: reflow, focus, dirty flags
 *   frame.c           tab line, state line, keys that work here
 *   action.c          the one table of actions; act_*.c has the handlers
 *   looks.c           reads both again when the user changes them
 *   keymap.c          keys from the table, the user's file over it, sequences
 *   view.c            views, screens, history
 *   prompt.c          one line to type into: `/` and `:` and questions
 *   palette.c         `:` names of actions, completed
 *   help.c chooser.c  `?` and other lists to pick from
 *   fields.c          %{repo} and kin in commands, from a row
 *   session.c         where one was, from one time to the next
 *   undo.c            marks, names of queries and batches taken back
 *   listing.c         a list of the index as rows of a table
 *   script.c          --script and --record
 *   dump.c            the screen as text, as cells, as SVG
 *   widgets/          table, grid, text, doc, tabs, bar, spark
 *   views/            one file per view, each ending in its ops table
 */
#ifndef BOTTEGA_UI_H
#define BOTTEGA_UI_H

#include "base/base.h"
#include "config/config.h"

struct ui_options {
    const char *script;           /* replay this file, then end; NULL: none */
    const char *record;           /* write what is done into this file; NULL */
    const struct strv *overrides; /* of -c, for the batches that are started */
};

/* Runs until the user leaves. 0, or E_MISSING without a terminal, or what the script met. */
WARN_UNUSED int ui_main(struct workspace *ws, const struct ui_options *options, struct error *err);

/* Calls `fn` for each action in the order of help: its heading, its keys ("" for none), its name
 * with what may follow, its sentence. `own`: the keys of the user's file. */
typedef void (*ui_action_fn)(void *payload, const char *group, const char *keys, const char *name,
                             const char *help);
WARN_UNUSED int ui_each_action(bool own, ui_action_fn fn, void *payload, struct error *err);

#endif
