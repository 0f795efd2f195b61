#define PCRE2_CODE_UNIT_WIDTH 8
#include "ui/widgets/pattern.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>

enum { MATCH_LIMIT = 10000000 };

struct pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
};

static bool has_capital(const char *text)
{
    for (; *text; text++) {
        if (*text == '\\' && text[1])
            text++;
        else if (isupper((unsigned char)*text))
            return true;
    }
    return false;
}

static struct pattern *of_code(pcre2_code *code)
{
    struct pattern *p = xcalloc(1, sizeof(*p));
    p->code = code;
    p->match = pcre2_match_data_create_from_pattern(code, NULL);
    p->context = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(p->context, MATCH_LIMIT);
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return p;
}

int pattern_new(const char *text, struct pattern **out, struct error *err)
{
    int code;
    PCRE2_SIZE at;
    uint32_t options = PCRE2_MULTILINE | PCRE2_NEVER_UTF | (has_capital(text) ? 0 : PCRE2_CASELESS);
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &code, &at, NULL);
    if (!compiled) {
        PCRE2_UCHAR why[128];
        pcre2_get_error_message(code, why, sizeof(why));
        return error_set(err, E_USAGE, "%s: %s at character %zu", text, (char *)why, at + 1);
    }
    *out = of_code(compiled);
    return 0;
}

struct pattern *pattern_share(const struct pattern *p)
{
    return of_code(pcre2_code_copy(p->code));
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    pcre2_match_data_free(p->match);
    pcre2_match_context_free(p->context);
    pcre2_code_free(p->code);
    free(p);
}

bool pattern_find(const struct pattern *p, const char *bytes, size_t n, size_t from, size_t *start,
                  size_t *len)
{
    if (from > n || pcre2_match(p->code, (PCRE2_SPTR)bytes, n, from, 0, p->match, p->context) < 0)
        return false;
    PCRE2_SIZE *v = pcre2_get_ovector_pointer(p->match);
    *start = v[0];
    *len = v[1] - v[0];
    return *len > 0;
}
