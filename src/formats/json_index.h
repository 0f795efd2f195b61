/* json_index.h: libsimdjson's first pass behind C; private to json_scan.c. */
#ifndef BOTTEGA_JSON_INDEX_H
#define BOTTEGA_JSON_INDEX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct json_indexer;
struct json_indexer *json_indexer_new(void); /* NULL without memory */
void json_indexer_free(struct json_indexer *x);
/* 1 with the offsets of all tokens, borrowed until the next run; 0 when it refuses the text. */
int json_indexer_run(struct json_indexer *x, const char *text, size_t len, const uint32_t **at,
                     size_t *n);

#ifdef __cplusplus
}
#endif

#endif
