/* files.h: the files of a batch, as the supervisor writes them (dispatch.h reads them).
 * One writer: the supervisor, or a command while no supervisor lives. */
#ifndef BOTTEGA_DISPATCH_FILES_H
#define BOTTEGA_DISPATCH_FILES_H

#include "dispatch/dispatch.h"

/* batches/<id>/<name>, a fresh string. */
char *batch_path(const struct workspace *ws, const char *id, const char *name);

/* The text of state/<n>.json. */
json_t *item_to_json(const struct item *i, size_t n, const char *instance_id);
WARN_UNUSED int item_write(const struct workspace *ws, const char *batch, size_t n,
                           const json_t *doc, struct error *err);
/* Reads the keys of `result`; missing ones are empty. */
void item_result_from_json(struct item_result *r, const json_t *doc);
json_t *item_result_to_json(const struct item_result *r);

/* supervisor.json. */
WARN_UNUSED int batch_status_write(const struct workspace *ws, const char *id,
                                   const struct batch_status *s, struct error *err);

#endif
