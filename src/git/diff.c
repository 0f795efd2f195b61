#include "git/private.h"

#include <string.h>

/* One file's diff, as git writes it. */
static int add_delta(struct mirror *m, git_diff *diff, size_t i, struct str *out, struct error *err)
{
    git_patch *patch = NULL;
    git_buf text = { 0 };
    int rc = 0;
    if (git_patch_from_diff(&patch, diff, i) < 0 || git_patch_to_buf(&text, patch) < 0)
        rc = error_from_git(err, E_FAIL, "%s: diff of file %zu", m->repo, i + 1);
    else
        str_addn(out, text.ptr, text.size);
    git_buf_dispose(&text);
    git_patch_free(patch);
    return rc;
}

/* A file that becomes a link is told as one deleted and one added, the only form that applies. */
static int diff_trees(struct mirror *m, const char *base, const char *end, git_diff **out,
                      struct error *err)
{
    git_diff_options how;
    git_diff_find_options renames;
    git_tree *from = NULL, *to = NULL;
    git_diff_options_init(&how, GIT_DIFF_OPTIONS_VERSION);
    git_diff_find_options_init(&renames, GIT_DIFF_FIND_OPTIONS_VERSION);
    how.flags = GIT_DIFF_SHOW_BINARY | GIT_DIFF_INDENT_HEURISTIC;
    how.id_abbrev = GIT_OID_HEXSZ;
    renames.flags = GIT_DIFF_FIND_RENAMES;
    int rc = mirror_tree(m, base, &from, err);
    if (rc == 0)
        rc = mirror_tree(m, end, &to, err);
    if (rc == 0 && (git_diff_tree_to_tree(out, m->git, from, to, &how) < 0 ||
                    git_diff_find_similar(*out, &renames) < 0))
        rc = error_from_git(err, E_FAIL, "%s: diff of %.12s and %.12s", m->repo, base, end);
    git_tree_free(from);
    git_tree_free(to);
    return rc;
}

static bool file_is_test(struct mirror *m, const git_diff_file *f)
{
    git_blob *blob;
    if (split_is_test(f->path))
        return true;
    if (!split_may_be_test(f->path) || git_blob_lookup(&blob, m->git, &f->id) < 0)
        return false;
    bool is_test = split_reads_as_test(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return is_test;
}

/* A file that moves out of the tests takes the fix with it: both names must be tests. */
static bool delta_is_test(struct mirror *m, const git_diff_delta *d)
{
    return (d->status == GIT_DELTA_ADDED || file_is_test(m, &d->old_file)) &&
           (d->status == GIT_DELTA_DELETED || file_is_test(m, &d->new_file));
}

static bool is_path_of(const char *path, const git_diff_file *f, bool absent)
{
    return absent ? path == NULL : path && strcmp(path, f->path) == 0;
}

/* Reads both texts back: each file of the whole diff stands in one of them, in its order, and
 * nothing else does. */
static int assert_whole(struct mirror *m, git_diff *diff, const struct str *fix,
                        const struct str *test, struct error *err)
{
    struct patch_files side[2] = { { 0 }, { 0 } };
    size_t at[2] = { 0, 0 };
    int rc = fix->len ? patch_files_read(fix, &side[0], err) : 0;
    if (rc == 0 && test->len)
        rc = patch_files_read(test, &side[1], err);
    for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *d = git_diff_get_delta(diff, i);
        int s = delta_is_test(m, d);
        const struct patch_file *f = at[s] < side[s].n ? &side[s].v[at[s]++] : NULL;
        if (!f || !is_path_of(f->old_path, &d->old_file, d->status == GIT_DELTA_ADDED) ||
            !is_path_of(f->new_path, &d->new_file, d->status == GIT_DELTA_DELETED))
            rc = error_set(err, E_FAIL, "%s: the split diff lost %s", m->repo, d->new_file.path);
    }
    if (rc == 0 && (at[0] != side[0].n || at[1] != side[1].n))
        rc = error_set(err, E_FAIL, "%s: the split diff has a file too many", m->repo);
    patch_files_release(&side[0]);
    patch_files_release(&side[1]);
    return rc;
}

int mirror_diff_split(struct mirror *m, const char *base, const char *end, struct str *fix,
                      struct str *test, struct error *err)
{
    git_diff *diff = NULL;
    int rc = diff_trees(m, base, end, &diff, err);
    for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++) {
        bool is_test = delta_is_test(m, git_diff_get_delta(diff, i));
        rc = add_delta(m, diff, i, is_test ? test : fix, err);
    }
    if (rc == 0)
        rc = assert_whole(m, diff, fix, test, err);
    git_diff_free(diff);
    return rc;
}
