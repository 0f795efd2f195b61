#include "container/private.h"

#include <stdlib.h>
#include <string.h>

void gc_report_init(struct gc_report *r)
{
    strv_init(&r->removed);
    strv_init(&r->kept);
    r->bytes = 0;
}

void gc_report_release(struct gc_report *r)
{
    strv_release(&r->removed);
    strv_release(&r->kept);
}

static char *label_filter_new(const struct gc_spec *spec)
{
    return spec->workspace ? str_format("label=bottega.workspace=%s", spec->workspace)
                           : xstrdup("label=bottega.workspace");
}

static void removed_or_kept(struct gc_report *out, const char *what, int rc,
                            const struct error *why)
{
    if (rc == 0 || rc == E_NOTFOUND)
        strv_add(&out->removed, what);
    else
        strv_addf(&out->kept, "%s: %s", what, error_text(why));
}

/* ---- containers ---- */

/* `job_filter` may be NULL. */
static int list_containers(const struct engine *e, const char *filter, const char *job_filter,
                           struct strv *names, struct error *err)
{
    const char *const argv[] = { "ps",
                                 "--all",
                                 "--format",
                                 "{{.Names}}",
                                 "--filter",
                                 filter,
                                 job_filter ? "--filter" : NULL,
                                 job_filter,
                                 NULL };
    struct str text = STR_INIT;
    int rc = engine_ask(e, argv, &text, err);
    strv_split(names, text.s, "\n");
    str_release(&text);
    return rc;
}

static void remove_container(const struct engine *e, const char *name, const struct gc_spec *spec,
                             struct gc_report *out)
{
    const char *const argv[] = { "rm", "--force", "--volumes", name, NULL };
    struct error why = ERROR_INIT;
    char *what = str_format("container %s", name);
    int rc = spec->dry_run ? 0 : engine_ask(e, argv, NULL, &why);
    removed_or_kept(out, what, rc, &why);
    free(what);
    error_release(&why);
}

/* ---- images ---- */

static bool is_kept(const struct gc_spec *spec, const struct image_info *i)
{
    return spec->keep && (strv_has(spec->keep, i->id) || strv_has(spec->keep, i->tag));
}

static void remove_image(const struct engine *e, const struct image_info *i,
                         const struct gc_spec *spec, struct gc_report *out)
{
    struct error why = ERROR_INIT;
    char *what = str_format("image %s", *i->tag ? i->tag : i->id);
    int rc = spec->dry_run ? 0 : image_remove(e, *i->tag ? i->tag : i->id, &why);
    removed_or_kept(out, what, rc, &why);
    free(what);
    error_release(&why);
}

static int remove_images(const struct engine *e, const struct gc_spec *spec,
                         struct image_list *images, struct gc_report *out, struct error *err)
{
    for (size_t i = 0; i < images->n; i++) {
        if (cancel_raised(spec->stop))
            return error_set(err, E_CANCELLED, "cancelled; the same command goes on");
        if (is_kept(spec, &images->v[i]))
            strv_addf(&out->kept, "image %s: its environment is accepted", images->v[i].tag);
        else
            remove_image(e, &images->v[i], spec, out);
    }
    return 0;
}

static int gc_images(const struct engine *e, const struct gc_spec *spec, const char *filter,
                     struct gc_report *out, struct error *err)
{
    struct image_list images = { NULL, 0 };
    int rc = images_where(e, filter, &images, err);
    if (rc == 0)
        rc = remove_images(e, spec, &images, out, err);
    image_list_release(&images);
    return rc;
}

/* From the thin layers to the thick one: an engine refuses to remove what others stand on. */
static int gc_bases(const struct engine *e, const struct gc_spec *spec, struct gc_report *out,
                    struct error *err)
{
    static const char *const filters[] = { "reference=bottega-python", "reference=bottega-base",
                                           "reference=bottega-debian" };
    for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
        int rc = gc_images(e, spec, filters[i], out, err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* ---- both ---- */

static int64_t free_bytes(const struct engine *e)
{
    int64_t free_now = -1, total = 0;
    if (e->root_free < 0 || !disk_space(e->root, &free_now, &total))
        return 0;
    return free_now;
}

int engine_gc(const struct engine *e, const struct gc_spec *spec, struct gc_report *out,
              struct error *err)
{
    struct strv names = STRV_INIT;
    char *filter = label_filter_new(spec);
    int64_t before = free_bytes(e);
    int rc = list_containers(e, filter, NULL, &names, err);
    for (size_t i = 0; i < names.n && rc == 0; i++)
        remove_container(e, names.v[i], spec, out);
    if (rc == 0)
        rc = gc_images(e, spec, filter, out, err);
    if (rc == 0 && spec->bases)
        rc = gc_bases(e, spec, out, err);
    int64_t gained = free_bytes(e) - before;
    out->bytes = gained > 0 && !spec->dry_run ? gained : 0;
    strv_release(&names);
    free(filter);
    return rc;
}

static int by_age(const void *a, const void *b)
{
    const struct image_info *x = a, *y = b;
    return x->created != y->created ? (x->created > y->created) - (x->created < y->created)
                                    : strcmp(x->tag, y->tag);
}

void image_list_oldest_first(struct image_list *l)
{
    if (l->n)
        qsort(l->v, l->n, sizeof(*l->v), by_age);
}

int engine_make_room(const struct engine *e, const struct room_spec *spec, struct gc_report *out,
                     struct error *err)
{
    struct gc_spec remove = { .workspace = spec->workspace };
    struct image_list images = { NULL, 0 };
    char *filter = label_filter_new(&remove);
    int64_t before = free_bytes(e);
    int rc = images_where(e, filter, &images, err);
    image_list_oldest_first(&images);
    for (size_t i = 0; rc == 0 && i < images.n && free_bytes(e) < spec->want; i++)
        if (spec->may_go(spec->payload, &images.v[i]))
            remove_image(e, &images.v[i], &remove, out);
    int64_t gained = free_bytes(e) - before;
    out->bytes = gained > 0 ? gained : 0;
    image_list_release(&images);
    free(filter);
    return rc;
}

int engine_remove_leftovers(const struct engine *e, const char *workspace, const char *job,
                            struct error *err)
{
    struct gc_spec spec = { .workspace = workspace };
    struct gc_report report;
    struct strv names = STRV_INIT;
    char *filter = label_filter_new(&spec), *job_filter = str_format("label=bottega.job=%s", job);
    gc_report_init(&report);
    int rc = list_containers(e, filter, job_filter, &names, err);
    for (size_t i = 0; i < names.n && rc == 0; i++)
        remove_container(e, names.v[i], &spec, &report);
    gc_report_release(&report);
    strv_release(&names);
    free(job_filter);
    free(filter);
    return rc;
}
