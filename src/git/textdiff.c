#include "git/private.h"

int text_diff(const char *name, const struct str *old, const struct str *new, struct str *out,
              struct error *err)
{
    git_patch *patch = NULL;
    git_buf text = { 0 };
    int rc = 0;
    git_libgit2_init();
    if (git_patch_from_buffers(&patch, old->s, old->len, name, new->s, new->len, name, NULL) < 0 ||
        git_patch_to_buf(&text, patch) < 0)
        rc = error_from_git(err, E_FAIL, "%s: diff", name);
    else
        str_addn(out, text.ptr, text.size);
    git_buf_dispose(&text);
    git_patch_free(patch);
    git_libgit2_shutdown();
    return rc;
}
