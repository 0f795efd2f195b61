#include "dispatch/line.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 4 << 20 };

void lines_init(struct lines *l)
{
    str_init(&l->rest);
}

void lines_release(struct lines *l)
{
    str_release(&l->rest);
}

static void emit(const char *line, size_t n, lines_fn fn, void *payload)
{
    json_t *doc = NULL;
    if (!n)
        return;
    if (json_parse(line, n, &doc, NULL) < 0 || !json_is_object(doc)) {
        json_decref(doc);
        doc = NULL;
    }
    fn(payload, doc);
    json_decref(doc);
}

bool lines_feed(struct lines *l, const char *bytes, size_t n, lines_fn fn, void *payload)
{
    const char *end = bytes + n, *nl;
    while (bytes < end && (nl = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        size_t len = (size_t)(nl - bytes);
        if (l->rest.len) {
            str_addn(&l->rest, bytes, len);
            emit(l->rest.s, l->rest.len, fn, payload);
            str_clear(&l->rest);
        } else {
            emit(bytes, len, fn, payload);
        }
        bytes = nl + 1;
    }
    str_addn(&l->rest, bytes, (size_t)(end - bytes));
    return l->rest.len <= LINE_MAX_BYTES;
}

struct pending {
    uv_write_t write;
    char text[];
};

static void on_written(uv_write_t *w, int status UNUSED)
{
    free(w->data);
}

void line_send_text(uv_stream_t *s, const char *line)
{
    size_t n = strlen(line);
    if (uv_is_closing((uv_handle_t *)s))
        return;
    struct pending *p = xmalloc(sizeof(*p) + n + 1);
    memcpy(p->text, line, n);
    p->text[n] = '\n';
    p->write.data = p;
    uv_buf_t buf = uv_buf_init(p->text, (unsigned)n + 1);
    if (uv_write(&p->write, s, &buf, 1, on_written) < 0)
        free(p);
}

void line_send(uv_stream_t *s, const json_t *doc)
{
    char *line = json_line_new(doc);
    if (line)
        line_send_text(s, line);
    free(line);
}
