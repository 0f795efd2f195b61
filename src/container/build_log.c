#include "container/private.h"

#include <stdlib.h>
#include <string.h>

/* The last words of each builder before the status of a failed step. */
static const char *const status_words[] = {
    "exit code: ",                /* BuildKit */
    "returned a non-zero code: ", /* the old builder */
    "exit status ",               /* buildah */
};

/* The start of the last line that begins with `mark` (blanks before it allowed), or NULL. */
static const char *last_line_with(const char *text, const char *mark)
{
    const char *found = NULL;
    for (const char *line = text; line && *line;) {
        const char *p = line + strspn(line, " ");
        if (str_starts(p, mark))
            found = p;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return found;
}

/* How each builder heads a step: "> [stage-1 2/5] RUN …", "Step 2/5 : RUN …", "STEP 2/5: RUN …";
 * the number ends at `ends`. */
static const struct {
    const char *mark, *ends;
} step_heads[] = { { "> [", "]" }, { "Step ", " :" }, { "STEP ", " :" } };

static void add_step(const char *tail, struct str *out)
{
    const char *line = NULL;
    size_t i = 0;
    while (i < ARRAY_LEN(step_heads) && !(line = last_line_with(tail, step_heads[i].mark)))
        i++;
    if (!line)
        return;
    line += strlen(step_heads[i].mark);
    size_t n = strcspn(line, "\r\n");
    while (n && line[n - 1] == ':')
        n--;
    size_t head = strcspn(line, step_heads[i].ends);
    size_t rest = head + strspn(line + head, " :]");
    str_addf(out, " %.*s", (int)head, line);
    if (rest < n) {
        struct str shown = STR_INIT;
        text_add_shown(&shown, line + rest, n - rest);
        str_add(out, " (");
        text_add_clipped(out, shown.s, shown.len, 80);
        str_addc(out, ')');
        str_release(&shown);
    }
}

static const char *failed_status(const char *line)
{
    for (size_t i = 0; i < ARRAY_LEN(status_words); i++) {
        const char *at = strstr(line, status_words[i]);
        if (at)
            return at + strlen(status_words[i]);
    }
    return NULL;
}

/* The client's own last line; what follows "failed to solve" is shortened to what matters. */
static void final_words(const char *tail, struct str *out)
{
    static const char *const frames[] = {
        "failed to solve: ",
        "failed to solve with frontend dockerfile.v0: ",
        "failed to create LLB definition: ",
    };
    struct str words = STR_INIT;
    engine_last_words(tail, &words);
    const char *p = words.s, *end = NULL;
    for (size_t i = 0; i < ARRAY_LEN(frames); i++)
        if (str_starts(p, frames[i]))
            p += strlen(frames[i]);
    if (str_starts(p, "executor failed running ["))
        end = strstr(p, "]: "); /* the command itself may be pages long */
    if (end)
        str_addf(out, "executor failed running a step: %s", end + 3);
    else
        str_add(out, p);
    str_release(&words);
}

int build_log_reason(const char *tail, struct str *reason)
{
    struct str words = STR_INIT;
    int code = E_FAIL;
    final_words(tail, &words);
    const char *status = failed_status(words.s);
    if (status) {
        str_add(reason, "step");
        add_step(tail, reason);
        str_addf(reason, " ended with status %d", atoi(status));
    } else {
        code = engine_words_class(words.s);
        str_add(reason, words.len ? words.s : "the builder ended without a word");
    }
    if (code == E_FAIL && strcasestr(tail, "no space left on device")) {
        str_add(reason, ": no space left on device");
        code = E_DISK;
    }
    str_release(&words);
    return code;
}
