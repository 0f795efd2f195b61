#include "ui/handlers.h"
#include "ui/prompt.h"
#include "ui/widgets/text.h"

#include <stdlib.h>

static struct text *here(const struct app *a)
{
    return text_of(a->view->focus);
}

static void on_search(struct app *a, const char *pattern)
{
    struct error err = ERROR_INIT;
    struct text *t = here(a);
    if (t && *pattern && text_search(t, pattern, true, &err) < 0)
        app_complain(a, "%s", error_text(&err));
    error_release(&err);
}

static void check_pattern(struct prompt *p)
{
    struct error err = ERROR_INIT;
    struct pattern *pattern = NULL;
    if (p->text.len && pattern_new(p->text.s, &pattern, &err) < 0)
        prompt_wrong(p, 0, p->text.len, error_text(&err));
    pattern_free(pattern);
    error_release(&err);
}

static const struct prompt_ops search_prompt = {
    .label = "search: ",
    .kind = 2,
    .changed = check_pattern,
    .accept = on_search,
};

int act_search(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    if (*arg)
        return text_search(here(a), arg, true, err);
    prompt_open(a, &search_prompt, "");
    return 0;
}

int act_match(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    return text_search(here(a), NULL, value > 0, err);
}

/* What compilers, pip, pytest and shells begin their complaints with. */
static const char error_pattern[] =
    "^(E  |E\\t|ERROR|FAILED|Traceback|fatal:|.*[Ee]rror:|.*command not found|  x )";

int act_error_line(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    return text_search(here(a), error_pattern, value > 0, err);
}

int act_wrap(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct text *t = here(a);
    t->wrap = !t->wrap;
    t->left = 0;
    t->first_row = 0;
    text_go(t, t->cursor);
    return 0;
}

int act_follow(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct text *t = here(a);
    text_follow(t, !t->follow);
    app_say(a, t->follow ? "follows the end of the file" : "stands still");
    return 0;
}

int act_line(struct app *a, int value UNUSED, const char *arg, struct error *err)
{
    char *end;
    long n = strtol(arg, &end, 10);
    if (end == arg || *end || n < 1)
        return error_set(err, E_USAGE, "line wants a number from 1 on");
    text_go(here(a), (size_t)n - 1);
    return 0;
}
