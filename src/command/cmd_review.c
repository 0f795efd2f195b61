#include "command/command.h"
#include "formats/formats.h"
#include "index/index.h"

#include <stdio.h>
#include <string.h>

const struct arg_def review_args[] = {
    { "mark", 'm', ARG_VALUE, "WORD", "needs-attention, or another word: mark:WORD finds it" },
    { "label", 'l', ARG_VALUE, "WORD", "a label of yours: label:WORD finds it" },
    { "note", 0, ARG_VALUE, "TEXT", "a sentence that stands with the instance" },
    { "retract", 0, ARG_FLAG, NULL, "take that mark, label or note back; the line of it stays" },
    { "as", 0, ARG_VALUE, "NAME", "the curator (review.curator, else who you are here)" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static int take_what(const struct args *a, struct review *r, struct error *err)
{
    static const char *const kinds[] = { "mark", "label", "note" };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const char *text = args_text(a, kinds[i], NULL);
        if (text && r->kind)
            return error_set(err, E_USAGE, "one of --mark, --label and --note at a time");
        if (text && !*text)
            return error_set(err, E_USAGE, "--%s wants a word", kinds[i]);
        if (text) {
            r->kind = kinds[i];
            r->text = text;
        }
    }
    return r->kind ? 0 : error_set(err, E_USAGE, "review how? --mark, --label or --note");
}

/* All ids are looked up before the first line is written. */
static int check_ids(const struct workspace *ws, const struct strv *ids, struct error *err)
{
    int rc = ids->n ? 0 : error_set(err, E_USAGE, "review which instance?");
    for (size_t i = 0; rc == 0 && i < ids->n; i++) {
        struct instance in = { 0 };
        rc = tasks_find(ws, ids->v[i], &in, err);
        instance_release(&in);
    }
    return rc;
}

int cmd_review(struct invocation *inv, struct error *err)
{
    const struct args *a = inv->args;
    struct review r = { .retracted = args_flag(a, "retract") };
    struct str curator = STR_INIT;
    struct index *idx = NULL;
    const char *as = args_text(a, "as", "");
    int rc = take_what(a, &r, err);
    if (rc == 0)
        rc = check_ids(inv->workspace, &a->names, err);
    if (*as)
        str_add(&curator, as);
    else
        review_curator(&inv->workspace->config, &curator);
    r.curator = curator.s;
    for (size_t i = 0; rc == 0 && i < a->names.n; i++) {
        r.instance_id = a->names.v[i];
        rc = review_add(inv->workspace, &r, err);
    }
    if (rc == 0)
        rc = index_open_current(inv->workspace, inv->stop, &idx, err);
    if (idx)
        index_close(idx);
    str_release(&curator);
    return rc;
}
