#include "formats/traj_private.h"

#include <stdlib.h>
#include <string.h>

/* Parts of a path from its end, without what only says which kind of file it is. */
struct names {
    struct strv parts;
    struct str stem;
};

static void cut_ends(struct str *name)
{
    static const char *const ends[] = { ".gz",   ".zst",        ".json", ".jsonl", ".traj",
                                        ".eval", ".trajectory", ".log",  NULL };
    for (bool again = true; again;) {
        again = false;
        for (const char *const *e = ends; *e; e++) {
            if (name->len > strlen(*e) && str_ends(name->s, *e)) {
                str_truncate(name, name->len - strlen(*e));
                again = true;
            }
        }
    }
}

static void names_of(const struct document *doc, struct names *n)
{
    strv_init(&n->parts);
    str_init(&n->stem);
    strv_split(&n->parts, doc->path, "/");
    if (doc->member)
        strv_split(&n->parts, doc->member, "/");
    str_set(&n->stem, n->parts.n ? n->parts.v[n->parts.n - 1] : "");
    cut_ends(&n->stem);
}

static const char *folder(const struct names *n, size_t up)
{
    return n->parts.n > up + 1 ? n->parts.v[n->parts.n - 2 - up] : "";
}

static bool is_generic(const char *stem)
{
    static const char *const words[] = { "output",       "trajectory", "trajectories", "events",
                                         "conversation", "preds",      "results",      "train",
                                         "all_preds",    "traj",       "messages",     "data" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(words[i], stem) == 0)
            return true;
    return false;
}

static void put(char **to, const char *text, size_t len)
{
    if (**to || !len)
        return;
    free(*to);
    *to = xstrndup(text, len);
}

/* "gpt4__swe-bench-lite__default__t-0.00__…": SWE-agent names its folders by its settings. */
static void model_of_folder(struct attempt *a, const char *name)
{
    const char *end = strstr(name, "__");
    if (end && strstr(name, "__t-"))
        put(&a->model, name, (size_t)(end - name));
}

void attempt_name(struct attempt *a, const struct document *doc)
{
    struct names n;
    names_of(doc, &n);
    bool own_folder = strcmp(folder(&n, 0), n.stem.s) == 0 || is_generic(n.stem.s);
    const char *id = is_generic(n.stem.s) && *folder(&n, 0) ? folder(&n, 0) : n.stem.s;
    const char *run = folder(&n, own_folder && strcmp(id, folder(&n, 0)) == 0 ? 1 : 0);
    put(&a->instance_id, id, strlen(id));
    put(&a->run, run, strlen(run));
    if (strcmp(a->format->name, "swe-agent") == 0)
        model_of_folder(a, a->run);
    put(&a->scaffold, a->format->scaffold, strlen(a->format->scaffold));
    strv_release(&n.parts);
    str_release(&n.stem);
}
