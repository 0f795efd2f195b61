#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/rx.h"

#include <pcre2.h>
#include <stdlib.h>

struct rx {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

enum { MATCH_LIMIT = 2000000 };

static int compile(const char *pattern, uint32_t options, struct rx **out, struct error *err)
{
    int why;
    PCRE2_SIZE at;
    *out = NULL;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                     PCRE2_MULTILINE | options, &why, &at, NULL);
    if (!code) {
        PCRE2_UCHAR words[120];
        pcre2_get_error_message(why, words, sizeof(words));
        return error_set(err, E_USAGE, "pattern \"%s\", byte %zu: %s", pattern, (size_t)at,
                         (char *)words);
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    struct rx *rx = xcalloc(1, sizeof(*rx));
    rx->code = code;
    rx->data = pcre2_match_data_create_from_pattern(code, NULL);
    rx->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(rx->limits, MATCH_LIMIT);
    *out = rx;
    return 0;
}

int rx_new(const char *pattern, struct rx **out, struct error *err)
{
    return compile(pattern, 0, out, err);
}

int rx_new_any_case(const char *pattern, struct rx **out, struct error *err)
{
    return compile(pattern, PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, out, err);
}

void rx_free(struct rx *rx)
{
    if (!rx)
        return;
    pcre2_match_context_free(rx->limits);
    pcre2_match_data_free(rx->data);
    pcre2_code_free(rx->code);
    free(rx);
}

long rx_find(const struct rx *rx, const struct str *text, size_t from, struct strv *groups)
{
    if (from > text->len)
        return -1;
    int n = pcre2_match(rx->code, (PCRE2_SPTR)text->s, text->len, from, 0, rx->data, rx->limits);
    if (n <= 0)
        return -1;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(rx->data);
    size_t all = pcre2_get_ovector_count(rx->data);
    strv_clear(groups);
    for (size_t i = 0; i < all; i++) {
        bool set = (int)i < n && at[2 * i] != PCRE2_UNSET;
        strv_addn(groups, set ? text->s + at[2 * i] : "", set ? at[2 * i + 1] - at[2 * i] : 0);
    }
    return (long)(at[1] > at[0] ? at[1] : at[1] + 1);
}

bool rx_span(const struct rx *rx, const struct str *text, size_t from, size_t *begin, size_t *end)
{
    if (from > text->len ||
        pcre2_match(rx->code, (PCRE2_SPTR)text->s, text->len, from, 0, rx->data, rx->limits) < 0)
        return false;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(rx->data);
    *begin = at[0];
    *end = at[1];
    return true;
}

bool rx_has(const char *pattern, const struct str *text)
{
    struct strv groups = STRV_INIT;
    struct rx *rx;
    bool found = rx_new(pattern, &rx, NULL) == 0 && rx && rx_find(rx, text, 0, &groups) >= 0;
    rx_free(rx);
    strv_release(&groups);
    return found;
}
