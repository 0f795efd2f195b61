#include "container/private.h"

#include <string.h>

void tail_add(struct str *tail, const char *bytes, size_t n)
{
    if (n > TAIL_BYTES) {
        bytes += n - TAIL_BYTES;
        n = TAIL_BYTES;
    }
    str_addn(tail, bytes, n);
    if (tail->len < (size_t)2 * TAIL_BYTES)
        return;
    memmove(tail->s, tail->s + tail->len - TAIL_BYTES, TAIL_BYTES);
    str_truncate(tail, TAIL_BYTES);
}
