#include "git/private.h"

#include <stdlib.h>
#include <string.h>

int error_from_git(struct error *err, int code, const char *fmt, ...)
{
    const git_error *why = git_error_last();
    struct str what = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&what, fmt, ap);
    va_end(ap);
    error_set(err, code, "%s: %s", what.s, why ? why->message : "no reason given");
    str_release(&what);
    return code;
}

int mirror_open(const struct workspace *ws, const char *repo, struct mirror **out,
                struct error *err)
{
    char *path = mirror_path_new(ws, repo);
    struct mirror *m = NULL;
    int rc = 0;
    /* It stays up: to take it down while another thread uses it leaks what that thread holds. */
    git_libgit2_init();
    /* A mirror may be a colleague's, and nothing of it is ever executed. */
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    if (!path) {
        rc = error_set(err, E_USAGE, "%s is no owner/name", repo);
        goto out;
    }
    m = xcalloc(1, sizeof(*m));
    m->repo = xstrdup(repo);
    if (git_repository_open_bare(&m->git, path) < 0)
        rc = path_exists(path)
                 ? error_from_git(err, E_FAIL, "%s is no mirror; remove it and clone again", path)
                 : error_set(err, E_NOTFOUND, "%s has no mirror; `bottega mirror` makes it", repo);
out:
    free(path);
    if (rc < 0) {
        if (m)
            free(m->repo);
        free(m);
        m = NULL;
    }
    *out = m;
    return rc;
}

void mirror_close(struct mirror *m)
{
    if (!m)
        return;
    git_repository_free(m->git);
    free(m->repo);
    free(m);
}

static git_commit *find_commit(struct mirror *m, const char *commit)
{
    git_oid oid;
    git_commit *c = NULL;
    if (strlen(commit) != GIT_OID_HEXSZ || git_oid_fromstr(&oid, commit) < 0)
        return NULL;
    return git_commit_lookup(&c, m->git, &oid) < 0 ? NULL : c;
}

int mirror_commit(struct mirror *m, const char *commit, git_commit **out, struct error *err)
{
    *out = find_commit(m, commit);
    return *out ? 0 : error_set(err, E_NOTFOUND, "%s has no commit %s", m->repo, commit);
}

bool mirror_has_commit(struct mirror *m, const char *commit)
{
    git_commit *c = find_commit(m, commit);
    git_commit_free(c);
    return c != NULL;
}

int mirror_commit_time(struct mirror *m, const char *commit, int64_t *utc, struct error *err)
{
    git_commit *c;
    int rc = mirror_commit(m, commit, &c, err);
    if (rc == 0)
        *utc = git_commit_time(c);
    git_commit_free(c);
    return rc;
}

int mirror_describe(struct mirror *m, const char *commit, struct str *out, struct error *err)
{
    git_describe_options how;
    git_describe_result *found = NULL;
    git_commit *c;
    git_buf text = { 0 };
    git_describe_options_init(&how, GIT_DESCRIBE_OPTIONS_VERSION);
    how.describe_strategy = GIT_DESCRIBE_TAGS;
    int rc = mirror_commit(m, commit, &c, err);
    if (rc == 0 && git_describe_commit(&found, (git_object *)c, &how) == 0 &&
        git_describe_format(&text, found, NULL) == 0)
        str_add(out, text.ptr);
    git_buf_dispose(&text);
    git_describe_result_free(found);
    git_commit_free(c);
    return rc;
}

int mirror_tree(struct mirror *m, const char *commit, git_tree **out, struct error *err)
{
    git_commit *c;
    int rc = mirror_commit(m, commit, &c, err);
    if (rc == 0 && git_commit_tree(out, c) < 0)
        rc = error_from_git(err, E_FAIL, "%s: tree of %s", m->repo, commit);
    git_commit_free(c);
    return rc;
}

static git_tree_entry *find_entry(struct mirror *m, const char *commit, const char *path)
{
    git_tree *tree = NULL;
    git_tree_entry *e = NULL;
    if (mirror_tree(m, commit, &tree, NULL) == 0 && git_tree_entry_bypath(&e, tree, path) < 0)
        e = NULL;
    git_tree_free(tree);
    return e;
}

static int add_blob(struct mirror *m, const git_oid *oid, const char *path, struct str *out,
                    struct error *err)
{
    git_blob *blob;
    if (git_blob_lookup(&blob, m->git, oid) < 0)
        return error_from_git(err, E_FAIL, "the mirror of %s lacks the content of %s", m->repo,
                              path);
    str_addn(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return 0;
}

int mirror_read(struct mirror *m, const char *commit, const char *path, struct str *out,
                struct error *err)
{
    git_tree_entry *e = find_entry(m, commit, path);
    int rc = e && git_tree_entry_type(e) == GIT_OBJECT_BLOB
                 ? add_blob(m, git_tree_entry_id(e), path, out, err)
                 : error_set(err, E_NOTFOUND, "%s has no file %s at %.12s", m->repo, path, commit);
    git_tree_entry_free(e);
    return rc;
}

int mirror_entry_read(struct mirror *m, const struct mirror_entry *e, struct str *out,
                      struct error *err)
{
    return add_blob(m, e->oid, e->path, out, err);
}

static bool has_type(struct mirror *m, const char *commit, const char *path, git_object_t type)
{
    git_tree_entry *e = find_entry(m, commit, path);
    bool found = e && git_tree_entry_type(e) == type;
    git_tree_entry_free(e);
    return found;
}

bool mirror_has_file(struct mirror *m, const char *commit, const char *path)
{
    return has_type(m, commit, path, GIT_OBJECT_BLOB);
}

bool mirror_has_dir(struct mirror *m, const char *commit, const char *path)
{
    return has_type(m, commit, path, GIT_OBJECT_TREE);
}
