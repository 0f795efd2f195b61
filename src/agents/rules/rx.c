#define PCRE2_CODE_UNIT_WIDTH 8
#include "agents/rules/rules.h"

#include <pcre2.h>

static long match(pcre2_code *code, const char *text, size_t len, size_t from, struct strv *groups)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    long end = -1;
    pcre2_set_match_limit(limits, 2000000);
    int n = pcre2_match(code, (PCRE2_SPTR)text, len, from, 0, data, limits);
    if (n > 0) {
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
        uint32_t all = pcre2_get_ovector_count(data);
        strv_clear(groups);
        for (uint32_t i = 0; i < all; i++) {
            bool set = (int)i < n && at[2 * i] != PCRE2_UNSET;
            strv_addn(groups, set ? text + at[2 * i] : "", set ? at[2 * i + 1] - at[2 * i] : 0);
        }
        end = (long)(at[1] > at[0] ? at[1] : at[1] + 1);
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(data);
    return end;
}

long rx_find(const char *pattern, const char *text, size_t len, size_t from, struct strv *groups)
{
    int why;
    PCRE2_SIZE at;
    if (from > len)
        return -1;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &why, &at, NULL);
    if (!code)
        return -1;
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    long end = match(code, text, len, from, groups);
    pcre2_code_free(code);
    return end;
}

bool rx_has(const char *pattern, const struct str *text)
{
    struct strv groups = STRV_INIT;
    bool found = rx_find(pattern, text->s, text->len, 0, &groups) >= 0;
    strv_release(&groups);
    return found;
}
