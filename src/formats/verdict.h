/* verdict.h: what graders say, and what was handed to them.
 *
 * Predictions in every container (JSON lines, a list, a dict by id, Multi-SWE-bench's), and
 * verdicts: SWE-bench's per-instance reports and summaries of all versions, SWE-smith's, sb-cli's,
 * terminal-bench's and Harbor's (anchors/trajectories.md A5, A7). Strings of a finding are borrowed
 * for the call; "" when nobody says. One thread per scan.
 */
#ifndef BOTTEGA_VERDICT_H
#define BOTTEGA_VERDICT_H

#include "formats/trajectory.h"

enum finding_kind { FINDING_PREDICTION, FINDING_VERDICT };

struct finding {
    enum finding_kind kind;
    const char *instance_id, *model, *run;
    enum outcome outcome;               /* of a verdict */
    bool single;                        /* from a report of one instance, not from a summary */
    int64_t patch_offset, patch_length; /* of a prediction: the value in the document; 0: empty */
};
typedef int (*finding_fn)(void *payload, const struct finding *f, struct error *err);

/* What a document is beside a trajectory: "predictions", "report", "summary", "task rows", or
 * NULL. The text is open in `scan`. */
const char *report_sniff(const struct json_scan *scan);
/* Gives what a document so named holds. A return of `fn` other than 0 ends it. */
WARN_UNUSED int report_read(const struct json_scan *scan, const struct document *doc, finding_fn fn,
                            void *payload, struct error *err);

#endif
