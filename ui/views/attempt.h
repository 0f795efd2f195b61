/* attempt.h: one attempt on the screen: its row, shared with jobs, and what they read of it.
 *
 * Made and dropped on the loop's thread; in between a job of LANE_FILE may read its files. The
 * text of an archive's member is unpacked once, by that lane.
 */
#ifndef BOTTEGA_UI_ATTEMPT_H
#define BOTTEGA_UI_ATTEMPT_H

#include "index/index.h"
#include "ui/widgets/doc.h"

struct attempt_ref {
    struct attempt_row row;
    int refs;
    bool unpacked; /* of LANE_FILE only, as is `text` */
    struct attempt_text text;
};
/* Takes the row over. */
struct attempt_ref *attempt_ref_new(struct attempt_row *row);
struct attempt_ref *attempt_hold(struct attempt_ref *a);
void attempt_drop(struct attempt_ref *a); /* NULL is no error */

/* What a list says of a step. */
struct step_line {
    char *what; /* NULL: not read */
    char *tool;
};

/* On LANE_FILE: reads the lines of the steps [from, to). */
WARN_UNUSED int attempt_lines(struct attempt_ref *a, size_t from, size_t to,
                              const struct cancel *stop, struct step_line *out, struct error *err);
/* On LANE_FILE: the whole step; `raw`: as the bytes of its file; else without its reasoning when
 * `terse`. */
WARN_UNUSED int attempt_body(struct attempt_ref *a, size_t step, bool raw, bool terse,
                             struct doc **out, struct error *err);
/* On LANE_FILE: the next step from `from` on, in the direction, of which a text holds `needle`
 * (upper and lower case are one); steps.n: none. */
WARN_UNUSED int attempt_search(struct attempt_ref *a, size_t from, int step, const char *needle,
                               const struct cancel *stop, size_t *found, struct error *err);

/* What is known of it without its steps; files below `root` are named from there. */
void attempt_add_summary(const struct attempt_row *r, const char *root, struct doc *doc);

#endif
