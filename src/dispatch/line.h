/* line.h: JSON lines over a libuv stream, one object a line. */
#ifndef BOTTEGA_DISPATCH_LINE_H
#define BOTTEGA_DISPATCH_LINE_H

#include "base/base.h"

#include <uv.h>

struct lines {
    struct str rest; /* bytes of a line whose end has not come */
};

/* `doc` is NULL when the line is no object; it is borrowed. */
typedef void (*lines_fn)(void *payload, const json_t *doc);

void lines_init(struct lines *l);
void lines_release(struct lines *l);
/* Calls `fn` for every whole line. False when a line passes 4 MiB: the other side is not one
 * of ours, hang up. */
WARN_UNUSED bool lines_feed(struct lines *l, const char *bytes, size_t n, lines_fn fn,
                            void *payload);

/* Writes the document and a newline; a stream that is gone is no error: its reader tells. */
void line_send(uv_stream_t *s, const json_t *doc);
void line_send_text(uv_stream_t *s, const char *line);

#endif
