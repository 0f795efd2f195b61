#include "git/private.h"

#include <string.h>

/* The object at `path` in a commit; all zeros where there is none. */
static int object_at(git_commit *c, const char *path, git_oid *out)
{
    git_tree *tree = NULL;
    git_tree_entry *e = NULL;
    memset(out, 0, sizeof(*out));
    int rc = git_commit_tree(&tree, c);
    if (rc == 0 && git_tree_entry_bypath(&e, tree, path) == 0)
        git_oid_cpy(out, git_tree_entry_id(e));
    git_tree_entry_free(e);
    git_tree_free(tree);
    return rc;
}

/* True when the path differs from what every parent had: a merge that took one side changed
 * nothing. */
static bool changes_path(git_commit *c, const char *path)
{
    git_oid here, there;
    if (object_at(c, path, &here) < 0)
        return false;
    for (unsigned i = 0; i < git_commit_parentcount(c); i++) {
        git_commit *parent = NULL;
        bool same = git_commit_parent(&parent, c, i) == 0 && object_at(parent, path, &there) == 0 &&
                    git_oid_equal(&here, &there);
        git_commit_free(parent);
        if (same)
            return false;
    }
    return git_commit_parentcount(c) || !git_oid_is_zero(&here);
}

static int tell(git_commit *c, mirror_change_fn fn, void *payload)
{
    char name[GIT_OID_HEXSZ + 1];
    struct mirror_change change = { git_oid_tostr(name, sizeof(name), git_commit_id(c)),
                                    git_commit_time(c), git_commit_summary(c) };
    return fn(payload, &change);
}

static int walk_back(struct mirror *m, git_revwalk *walk, const struct path_log *q,
                     mirror_change_fn fn, void *payload)
{
    enum { MOST_COMMITS = 50000 };
    git_oid at;
    int64_t left = q->limit;
    int rc = 0;
    for (int i = 0; rc == 0 && left > 0 && i < MOST_COMMITS; i++) {
        git_commit *c = NULL;
        if (git_revwalk_next(&at, walk) < 0 || git_commit_lookup(&c, m->git, &at) < 0)
            break;
        if (changes_path(c, q->path)) {
            left--;
            rc = tell(c, fn, payload);
        }
        git_commit_free(c);
    }
    return rc;
}

int mirror_path_log(struct mirror *m, const struct path_log *q, mirror_change_fn fn, void *payload,
                    struct error *err)
{
    git_revwalk *walk = NULL;
    git_commit *from = NULL;
    int rc = mirror_commit(m, q->commit, &from, err);
    if (rc == 0 && (git_revwalk_new(&walk, m->git) < 0 ||
                    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME) < 0 ||
                    git_revwalk_push(walk, git_commit_id(from)) < 0))
        rc = error_from_git(err, E_FAIL, "%s: history of %s", m->repo, q->path);
    if (rc == 0)
        rc = walk_back(m, walk, q, fn, payload);
    git_revwalk_free(walk);
    git_commit_free(from);
    return rc;
}
