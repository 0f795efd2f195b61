#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

static int remember_entry(void *payload, const struct mirror_entry *e, struct error *err UNUSED)
{
    struct context *c = payload;
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 256;
        c->files = xrealloc(c->files, c->cap * sizeof(*c->files));
    }
    struct file_ref *f = &c->files[c->n++];
    f->path = str_format("repo/%s", e->path);
    f->kind = e->kind;
    memcpy(f->oid, e->oid, sizeof(f->oid));
    return 0;
}

static int add_entry(struct context *c, const struct file_ref *f, struct tar *tar,
                     struct error *err)
{
    struct mirror_entry e = { f->path, f->kind, f->oid };
    struct str bytes = STR_INIT;
    int rc;
    if (f->kind == ENTRY_DIR || f->kind == ENTRY_SUBMODULE)
        return tar_add_dir(tar, f->path, err);
    rc = mirror_entry_read(c->s->mirror, &e, &bytes, err);
    if (rc == 0 && f->kind == ENTRY_LINK)
        rc = tar_add_link(tar, f->path, bytes.s, err);
    else if (rc == 0)
        rc = tar_add_file(tar, f->path, f->kind == ENTRY_EXECUTABLE ? 0755 : 0644, bytes.s,
                          bytes.len, err);
    str_release(&bytes);
    return rc;
}

int context_next(void *payload, struct tar *tar, bool *done, struct error *err)
{
    struct context *c = payload;
    *done = false;
    if (!c->lock_done) {
        c->lock_done = true;
        return tar_add_file(tar, "requirements.lock", 0644, c->s->lock.s, c->s->lock.len, err);
    }
    if (c->next == c->n) {
        *done = true;
        return 0;
    }
    return add_entry(c, &c->files[c->next++], tar, err);
}

int context_init(struct context *c, struct synthesis *s, struct error *err)
{
    memset(c, 0, sizeof(*c));
    c->s = s;
    return mirror_walk(s->mirror, s->in.base_commit, remember_entry, c, err);
}

void context_release(struct context *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->files[i].path);
    free(c->files);
}

char *tag_new(const struct synthesis *s)
{
    const struct str *parts[] = { &s->dockerfile, &s->lock, &s->base };
    struct str tag = STR_INIT;
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        for (size_t k = 0; k <= parts[i]->len; k++)
            h = (h ^ (unsigned char)parts[i]->s[k]) * 1099511628211u;
    str_addf(&tag, "bottega-%s/%s:%.12s-%012llx", s->verifying ? "verify" : "env",
             s->in.instance_id, s->in.base_commit, (unsigned long long)(h & 0xffffffffffffu));
    for (char *p = tag.s; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 32);
    return str_detach(&tag);
}

static int send_build(struct synthesis *s, struct error *err)
{
    struct context c;
    struct build_result res = { 0 };
    char *log = round_path(s, "build.log");
    struct strv labels = STRV_INIT;
    char *base = str_format("BASE=%s", s->base.s);
    const char *const args[] = { base, NULL };
    job_labels(s, &labels);
    struct build_spec spec = { .dockerfile = s->dockerfile.s,
                               .context = context_next,
                               .payload = &c,
                               .tag = s->tag,
                               .labels = (const char *const *)labels.v,
                               .build_args = args,
                               .log = log,
                               .limit_ms = config_int(&s->job->ws->config, "image.build-limit"),
                               .network = true,
                               .no_cache = s->verifying,
                               .stop = s->job->stop };
    int rc = context_init(&c, s, err);
    if (rc == 0)
        rc = image_build(s->job->engine, &spec, &res, err);
    build_result_release(&res);
    free(base);
    strv_release(&labels);
    free(log);
    context_release(&c);
    return rc;
}

bool image_stays(const char *keep, bool accepted, bool environment)
{
    return strcmp(keep, "all") == 0 || (strcmp(keep, "accepted") == 0 && accepted && environment);
}

/* The layers of an image that is gone stay in the builder's cache while it has room. */
void images_drop(struct synthesis *s, bool accepted)
{
    const char *keep = config_text(&s->job->ws->config, "image.keep");
    for (size_t i = 0; i < s->built.n; i++)
        if (!image_stays(keep, accepted, strcmp(s->built.v[i], s->tag) == 0))
            (void)!image_remove(s->job->engine, s->built.v[i], NULL);
}

int build_image(struct synthesis *s, struct error *err)
{
    struct image_info info = { 0 };
    int rc = 0;
    free(s->tag);
    s->tag = tag_new(s);
    if (s->verifying || !image_exists(s->job->engine, s->tag)) {
        strv_add_once(&s->built, s->tag);
        rc = send_build(s, err);
    }
    if (rc == 0)
        rc = image_inspect(s->job->engine, s->tag, &info, err);
    if (rc == 0) {
        free(s->image_id);
        s->image_id = xstrdup(info.id);
        s->image_size = info.size;
    }
    image_info_release(&info);
    return rc;
}
