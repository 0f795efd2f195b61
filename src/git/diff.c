#include "git/private.h"

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

static int diff_trees(struct mirror *m, const char *base, const char *end, git_diff **out,
                      struct error *err)
{
    git_diff_options how;
    git_diff_find_options renames;
    git_tree *from = NULL, *to = NULL;
    git_diff_options_init(&how, GIT_DIFF_OPTIONS_VERSION);
    git_diff_find_options_init(&renames, GIT_DIFF_FIND_OPTIONS_VERSION);
    how.flags = GIT_DIFF_SHOW_BINARY | GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_INDENT_HEURISTIC;
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

/* A file that moves out of the tests takes the fix with it: both names must be tests. */
static bool delta_is_test(const git_diff_delta *d)
{
    return split_is_test(d->old_file.path) && split_is_test(d->new_file.path);
}

int mirror_diff_split(struct mirror *m, const char *base, const char *end, struct str *fix,
                      struct str *test, struct error *err)
{
    git_diff *diff = NULL;
    int rc = diff_trees(m, base, end, &diff, err);
    for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++) {
        bool is_test = delta_is_test(git_diff_get_delta(diff, i));
        rc = add_delta(m, diff, i, is_test ? test : fix, err);
    }
    git_diff_free(diff);
    return rc;
}
