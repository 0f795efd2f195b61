#define PCRE2_CODE_UNIT_WIDTH 8
#include "pipeline/private.h"

#include <pcre2.h>
#include <string.h>

void script_fill(const struct str *skeleton, const struct str *test_patch, struct str *out)
{
    static const char mark[] = "[CONTENT OF TEST PATCH]\n";
    const char *at = strstr(skeleton->s, mark);
    if (!at) {
        str_addn(out, skeleton->s, skeleton->len);
        return;
    }
    str_addn(out, skeleton->s, (size_t)(at - skeleton->s));
    str_addn(out, test_patch->s, test_patch->len);
    if (test_patch->len && test_patch->s[test_patch->len - 1] != '\n')
        str_addc(out, '\n');
    str_add(out, at + sizeof(mark) - 1);
}

bool script_unfill(struct str *script, const struct str *test_patch)
{
    static const char mark[] = "[CONTENT OF TEST PATCH]\n";
    if (strstr(script->s, mark))
        return true;
    char *at = test_patch->len ? strstr(script->s, test_patch->s) : NULL;
    if (!at)
        return false;
    struct str whole = STR_INIT;
    str_addn(&whole, script->s, (size_t)(at - script->s));
    str_add(&whole, mark);
    at += test_patch->len;
    str_add(&whole, test_patch->s[test_patch->len - 1] != '\n' && *at == '\n' ? at + 1 : at);
    str_set(script, whole.s);
    str_release(&whole);
    return true;
}

static long find(const char *pattern, const struct str *text)
{
    int why;
    PCRE2_SIZE at;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &why, &at, NULL);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    bool found = pcre2_match(code, (PCRE2_SPTR)text->s, text->len, 0, 0, data, NULL) >= 0;
    long where = found ? (long)pcre2_get_ovector_pointer(data)[0] : -1;
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return where;
}

/* The rest of a shell command, quoted words whole: an id may hold a bar or a newline. */
#define WORDS    "(?:'[^']*'|\"[^\"]*\"|\\\\[\\s\\S]|[^'\"\\\\|\\n])*"
#define TEST_RUN "^(?:[\\w./=-]+ )*pytest\\b"

size_t script_test_line(const struct str *script)
{
    long at = find(TEST_RUN, script);
    return at < 0 ? script->len : (size_t)at;
}

/* Read on the skeleton: what a test patch says is no part of the script. */
static void add_line_at(const struct str *text, size_t at, struct str *line)
{
    at += strspn(text->s + at, "\n;& \t");
    size_t begin = at;
    while (begin && text->s[begin - 1] != '\n')
        begin--;
    str_addn(line, text->s + begin, strcspn(text->s + begin, "\n"));
}

const char *script_dishonesty(const struct str *script, struct str *line)
{
    static const struct {
        const char *pattern, *what;
        bool wanted;
    } rules[] = {
        { "\\|\\|\\s*(true|:|exit 0)", "a failure is hidden by ||", false },
        { TEST_RUN WORDS "\\|\\|", "a failure of the tests is followed by something else", false },
        { "^\\s*(?:(?:export|declare|local) )?rc=[\"']?\\d", "the status is a constant", false },
        { "^rc=\\$\\?$[\\s\\S]*^\\s*(?:(?:export|declare|local) )?rc=",
          "the status is set a second time", false },
        { "(^|[;&|{]\\s*)\\s*trap\\s", "a trap may end the script otherwise", false },
        { "^\\s*(?:alias\\s|(?:function\\s+)?(?:pytest|python[\\d.]*|bash|cd|echo|exit|git)\\s*\\("
          "\\))",
          "a function or an alias may stand in a command's place", false },
        { TEST_RUN WORDS "\\|(?!\\|)", "a pipe hides the status of the tests", false },
        { "(^|;\\s*|&&\\s*)exit 0", "the script ends well whatever happened", false },
        { TEST_RUN WORDS "\\nrc=\\$\\?$", "the status is not taken from the test command", true },
        { "^echo \"OPENSWE_EXIT_CODE=\\$rc\"$", "the marker is not the status", true },
        { "^exit \"?\\$rc\"?$", "the script does not end with the status", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        long at = find(rules[i].pattern, script);
        if ((at >= 0) == rules[i].wanted)
            continue;
        if (line && at >= 0)
            add_line_at(script, (size_t)at, line);
        return rules[i].what;
    }
    return NULL;
}
