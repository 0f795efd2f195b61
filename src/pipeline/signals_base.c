#include "pipeline/private.h"
#include "pipeline/signals.h"
#include "pipeline/signals_read.h"

#include <stdlib.h>

enum { MOST_MATCHES = 200000 };

struct looking {
    const struct strv *wanted;
    struct strv *found;
};

static int on_match(void *payload, const char *path UNUSED, int64_t line UNUSED, const char *text,
                    size_t len)
{
    struct looking *l = payload;
    char *whole = xstrndup(text, len);
    for (size_t i = 0; i < l->wanted->n; i++)
        if (prose_has_word(whole, l->wanted->v[i]))
            strv_add_once(l->found, l->wanted->v[i]);
    free(whole);
    return l->found->n == l->wanted->n;
}

/* Those of `wanted` that stand in the base tree; false when nobody can tell. */
static bool look_in_base(struct synthesis *s, const struct strv *wanted, struct strv *found)
{
    struct str pattern = STR_INIT;
    struct looking l = { wanted, found };
    for (size_t i = 0; i < wanted->n; i++)
        str_addf(&pattern, "%s\\Q%s\\E", i ? "|" : "", wanted->v[i]);
    struct tree_search q = { s->in.base_commit, pattern.s, NULL, MOST_MATCHES };
    int rc = !s->mirror ? -1 : !wanted->n ? 0 : mirror_search(s->mirror, &q, on_match, &l, NULL);
    str_release(&pattern);
    return rc >= 0;
}

void signals_fill(struct synthesis *s, struct evaluation *ev)
{
    struct strv wanted = STRV_INIT, found = STRV_INIT;
    signals_candidates(&s->in, &wanted);
    bool known = look_in_base(s, &wanted, &found);
    struct signals_input input = { &s->in, ev, known ? &found : NULL };
    json_decref(ev->signals);
    ev->signals = signals_new(&input);
    strv_release(&wanted);
    strv_release(&found);
}
