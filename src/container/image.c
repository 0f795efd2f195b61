#include "container/private.h"

#include <stdlib.h>
#include <string.h>

void image_info_release(struct image_info *i)
{
    free(i->id);
    free(i->tag);
    free(i->workspace);
    free(i->job);
    free(i->source);
    memset(i, 0, sizeof(*i));
}

void image_list_release(struct image_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        image_info_release(&l->v[i]);
    free(l->v);
    l->v = NULL;
    l->n = 0;
}

static void image_info_read(struct image_info *i, const json_t *doc)
{
    const json_t *labels = json_object_get(json_object_get(doc, "Config"), "Labels");
    const char *tag = json_string_value(json_array_get(json_object_get(doc, "RepoTags"), 0));
    i->id = xstrdup(json_get_str(doc, "Id", ""));
    i->tag = xstrdup(tag ? tag : "");
    i->size = json_get_int(doc, "Size", 0);
    i->created = 0;
    if (!clock_parse(json_get_str(doc, "Created", ""), &i->created))
        i->created = 0;
    i->workspace = xstrdup(json_get_str(labels, "bottega.workspace", ""));
    i->job = xstrdup(json_get_str(labels, "bottega.job", ""));
    i->source = xstrdup(json_get_str(labels, "bottega.source", ""));
}

/* Adds what `image inspect` says of every reference; one that went away meanwhile is skipped by
 * the engine with a status, and its JSON has the others. */
static int inspect(const struct engine *e, const struct strv *refs, struct image_list *out,
                   struct error *err)
{
    struct strv argv = STRV_INIT;
    struct str text = STR_INIT;
    json_t *doc = NULL;
    strv_add_all(&argv, "image", "inspect", NULL);
    strv_add_list(&argv, refs);
    int rc = engine_ask(e, (const char *const *)argv.v, &text, err);
    if (rc == 0 || (rc == E_NOTFOUND && refs->n > 1))
        rc = json_parse(text.s, text.len, &doc, err);
    if (rc == 0) {
        out->v = xcalloc(json_array_size(doc), sizeof(*out->v));
        for (size_t i = 0; i < json_array_size(doc); i++)
            image_info_read(&out->v[out->n++], json_array_get(doc, i));
    }
    json_decref(doc);
    str_release(&text);
    strv_release(&argv);
    return rc;
}

int image_inspect(const struct engine *e, const char *ref, struct image_info *out,
                  struct error *err)
{
    struct strv refs = STRV_INIT;
    struct image_list l = { NULL, 0 };
    strv_add(&refs, ref);
    int rc = inspect(e, &refs, &l, err);
    if (rc == 0 && l.n != 1)
        rc = error_set(err, E_NOTFOUND, "no image is called %s", ref);
    if (rc == 0) {
        *out = l.v[0];
        l.n = 0;
    }
    strv_release(&refs);
    image_list_release(&l);
    return rc;
}

bool image_exists(const struct engine *e, const char *ref)
{
    struct image_info i = { 0 };
    struct error ignored = ERROR_INIT;
    bool there = image_inspect(e, ref, &i, &ignored) == 0;
    image_info_release(&i);
    error_release(&ignored);
    return there;
}

int image_remove(const struct engine *e, const char *ref, struct error *err)
{
    const char *const argv[] = { "image", "rm", ref, NULL };
    struct error why = ERROR_INIT;
    int rc = engine_ask(e, argv, NULL, &why);
    if (rc == E_NOTFOUND)
        rc = 0;
    if (rc < 0)
        error_set(err, rc, "%s", error_text(&why));
    error_release(&why);
    return rc;
}

int images_where(const struct engine *e, const char *filter, struct image_list *out,
                 struct error *err)
{
    const char *const argv[] = { "images", "--quiet", "--no-trunc", "--filter", filter, NULL };
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT, ids = STRV_INIT;
    int rc = engine_ask(e, argv, &text, err);
    strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++)
        strv_add_once(&ids, lines.v[i]); /* an image with two tags is listed twice */
    if (rc == 0 && ids.n)
        rc = inspect(e, &ids, out, err);
    str_release(&text);
    strv_release(&lines);
    strv_release(&ids);
    return rc;
}

int image_list(const struct engine *e, const char *pattern, struct image_list *out,
               struct error *err)
{
    char *filter = str_format("reference=%s", pattern);
    int rc = images_where(e, filter, out, err);
    free(filter);
    return rc;
}
