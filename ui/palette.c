/* `:` — the name of any action, then its argument. */
#include "ui/app.h"
#include "ui/prompt.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* How well the letters of `word` stand in `name` in their order: smaller is better, -1 not. */
static int fuzzy(const char *word, const char *name)
{
    const char *at = strstr(name, word);
    int skipped = 0;
    if (at)
        return (int)(at - name);
    for (at = name; *word; word++) {
        const char *next = strchr(at, *word);
        if (!next)
            return -1;
        skipped += (int)(next - at);
        at = next + 1;
    }
    return 100 + skipped;
}

struct offer {
    int score;
    const struct action *action;
};

static int by_score(const void *x, const void *y)
{
    const struct offer *a = x, *b = y;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    return strcmp(a->action->name, b->action->name);
}

static void offer_names(struct prompt *p)
{
    size_t all, n = 0;
    const struct action *table = action_table(&all);
    struct offer *found = xcalloc(all, sizeof(*found));
    struct strv words = STRV_INIT, helps = STRV_INIT;
    unsigned live[4], here = 0;
    app_contexts(p->app, live);
    for (size_t i = 0; live[i]; i++)
        here |= live[i];
    for (size_t i = 0; i < all; i++) {
        int score = fuzzy(p->text.s, table[i].name);
        if (score >= 0 && (table[i].where & here))
            found[n++] = (struct offer){ score, &table[i] };
    }
    qsort(found, n, sizeof(*found), by_score);
    for (size_t i = 0; i < n; i++) {
        struct str help = STR_INIT;
        keymap_add_labels(&p->app->keymap, found[i].action, &help);
        str_addf(&help, "%s%s", help.len ? " · " : "", found[i].action->help);
        strv_add(&words, found[i].action->name);
        strv_add(&helps, help.s);
        str_release(&help);
    }
    prompt_offer(p, 0, &words, &helps);
    strv_release(&words);
    strv_release(&helps);
    free(found);
}

static const struct action *named(const char *text, const char **arg)
{
    size_t n = strcspn(text, " ");
    char *name = xstrndup(text, n);
    const struct action *a = action_find(name);
    *arg = text[n] ? text + n + 1 : NULL;
    free(name);
    return a;
}

static void complete(struct prompt *p)
{
    const char *arg;
    const struct action *a = named(p->text.s, &arg);
    struct strv words = STRV_INIT;
    if (!arg) {
        offer_names(p);
        return;
    }
    const char *word = strrchr(arg, ' ') ? strrchr(arg, ' ') + 1 : arg;
    if (a && a->complete && p->cursor == p->text.len) {
        a->complete(p->app, word, &words);
        struct strv none = STRV_INIT;
        prompt_offer(p, (size_t)(word - p->text.s), &words, &none);
    }
    strv_release(&words);
}

/* Says what would be done, and to what. */
static void note(struct prompt *p)
{
    const char *arg;
    const struct action *a = named(p->text.s, &arg);
    struct str said = STR_INIT;
    if (!a) {
        if (arg)
            prompt_wrong(p, 0, strcspn(p->text.s, " "), "no action has this name");
        return;
    }
    const char *lack = action_lacks(a->needs, app_holds(p->app));
    if (lack)
        str_addf(&said, "%s: %s", a->name, lack);
    else if (a->preview)
        a->preview(p->app, arg ? arg : "", &said);
    else
        str_addf(&said, "%s%s%s", a->help, a->arg ? " · " : "", a->arg ? a->arg : "");
    if (lack)
        prompt_wrong(p, 0, strlen(a->name), said.s);
    else
        prompt_note(p, said.s);
    str_release(&said);
}

static void on_accept(struct app *a, const char *text)
{
    text += strspn(text, " :");
    if (*text && !action_run_line(a, text))
        app_complain(a, "no action is called %s; : and Tab lists them", text);
}

static const struct prompt_ops ops = {
    .label = ":",
    .kind = 1,
    .changed = note,
    .accept = on_accept,
    .complete = complete,
};

void palette_open(struct app *a, const char *text)
{
    prompt_open(a, &ops, text);
}
