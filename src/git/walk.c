#define PCRE2_CODE_UNIT_WIDTH 8
#include "git/private.h"

#include <fnmatch.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

static enum entry_kind kind_of(const git_tree_entry *e)
{
    switch (git_tree_entry_filemode(e)) {
    case GIT_FILEMODE_TREE:
        return ENTRY_DIR;
    case GIT_FILEMODE_COMMIT:
        return ENTRY_SUBMODULE;
    case GIT_FILEMODE_LINK:
        return ENTRY_LINK;
    case GIT_FILEMODE_BLOB_EXECUTABLE:
        return ENTRY_EXECUTABLE;
    default:
        return ENTRY_FILE;
    }
}

struct visit {
    struct mirror *m;
    mirror_entry_fn fn;
    void *payload;
    struct error *err;
    bool deep;
};

static int visit_tree(struct visit *v, git_tree *tree, const char *folder);

static int visit_below(struct visit *v, const git_tree_entry *e, const char *path)
{
    git_tree *below;
    if (git_tree_lookup(&below, v->m->git, git_tree_entry_id(e)) < 0)
        return error_from_git(v->err, E_FAIL, "%s: folder %s", v->m->repo, path);
    int rc = visit_tree(v, below, path);
    git_tree_free(below);
    return rc;
}

static int visit_tree(struct visit *v, git_tree *tree, const char *folder)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *e = git_tree_entry_byindex(tree, i);
        char *path = str_format("%s%s%s", folder, *folder ? "/" : "", git_tree_entry_name(e));
        struct mirror_entry entry = { path, kind_of(e), git_tree_entry_id(e) };
        rc = v->fn(v->payload, &entry, v->err);
        if (rc == 0 && v->deep && entry.kind == ENTRY_DIR)
            rc = visit_below(v, e, path);
        free(path);
    }
    return rc;
}

static int subtree(struct mirror *m, git_tree **tree, const char *dir, struct error *err)
{
    git_object *found = NULL;
    if (!*dir)
        return 0;
    if (git_object_lookup_bypath(&found, (git_object *)*tree, dir, GIT_OBJECT_TREE) < 0)
        return error_set(err, E_NOTFOUND, "%s has no folder %s", m->repo, dir);
    git_tree_free(*tree);
    *tree = (git_tree *)found;
    return 0;
}

int mirror_list(struct mirror *m, const char *commit, const char *dir, mirror_entry_fn fn,
                void *payload, struct error *err)
{
    struct visit v = { m, fn, payload, err, false };
    git_tree *tree = NULL;
    int rc = mirror_tree(m, commit, &tree, err);
    if (rc == 0)
        rc = subtree(m, &tree, dir, err);
    if (rc == 0)
        rc = visit_tree(&v, tree, dir);
    git_tree_free(tree);
    return rc;
}

int mirror_walk(struct mirror *m, const char *commit, mirror_entry_fn fn, void *payload,
                struct error *err)
{
    struct visit v = { m, fn, payload, err, true };
    git_tree *tree = NULL;
    int rc = mirror_tree(m, commit, &tree, err);
    if (rc == 0)
        rc = visit_tree(&v, tree, "");
    git_tree_free(tree);
    return rc;
}

struct hunt {
    struct mirror *m;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
    const char *glob;
    int64_t left;
    mirror_match_fn fn;
    void *payload;
    int rc; /* what `fn` returned */
};

static void hunt_lines(struct hunt *h, const char *path, const struct str *text)
{
    const char *p = text->s, *end = text->s + text->len;
    for (int64_t line = 1; p < end && h->left > 0 && h->rc == 0; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl ? nl : end) - p);
        if (pcre2_match(h->code, (PCRE2_SPTR)p, n, 0, 0, h->data, h->limits) >= 0) {
            h->left--;
            h->rc = h->fn(h->payload, path, line, p, n);
        }
        p += n + 1;
    }
}

static int hunt_entry(void *payload, const struct mirror_entry *e, struct error *err)
{
    enum { LARGEST = 1 << 20 };
    struct hunt *h = payload;
    struct str text = STR_INIT;
    if (e->kind != ENTRY_FILE && e->kind != ENTRY_EXECUTABLE)
        return 0;
    if (h->glob && fnmatch(h->glob, e->path, 0) != 0)
        return 0;
    int rc = mirror_entry_read(h->m, e, &text, err);
    if (rc == 0 && text.len <= LARGEST && !memchr(text.s, 0, text.len))
        hunt_lines(h, e->path, &text);
    str_release(&text);
    return rc < 0 ? rc : h->rc != 0 || h->left <= 0;
}

static void hunt_release(struct hunt *h)
{
    pcre2_match_context_free(h->limits);
    pcre2_match_data_free(h->data);
    pcre2_code_free(h->code);
}

static int hunt_init(struct hunt *h, const char *pattern, struct error *err)
{
    enum { MATCH_LIMIT = 1000000 };
    PCRE2_SIZE at;
    int why;
    h->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &why, &at, NULL);
    if (!h->code)
        return error_set(err, E_USAGE, "pattern %s: wrong at character %zu", pattern, at + 1);
    pcre2_jit_compile(h->code, PCRE2_JIT_COMPLETE);
    h->data = pcre2_match_data_create_from_pattern(h->code, NULL);
    h->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(h->limits, MATCH_LIMIT);
    return 0;
}

int mirror_search(struct mirror *m, const struct tree_search *q, mirror_match_fn fn, void *payload,
                  struct error *err)
{
    struct hunt h = { .m = m, .glob = q->glob, .left = q->limit, .fn = fn, .payload = payload };
    int rc = hunt_init(&h, q->pattern, err);
    if (rc < 0)
        return rc;
    rc = mirror_walk(m, q->commit, hunt_entry, &h, err);
    hunt_release(&h);
    return rc < 0 ? rc : h.rc;
}
