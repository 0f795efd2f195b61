#include "pipeline/private.h"

#include <string.h>

static bool has_both_commits(const struct synthesis *s)
{
    return s->in.end_commit && mirror_has_commit(s->mirror, s->in.end_commit);
}

/* A row's own patches stand when they are whole: binary files without their content are not. */
static bool is_torn(const struct str *patch)
{
    return memmem(patch->s, patch->len, "\nBinary files ", 14) != NULL;
}

/* The split of the row stays (it says what its author calls a test); what it lacks comes from the
 * mirror. */
int patches_settle(struct synthesis *s, struct error *err)
{
    struct str fix = STR_INIT, test = STR_INIT;
    bool want = !s->in.patch.len || !s->in.test_patch.len || is_torn(&s->in.patch) ||
                is_torn(&s->in.test_patch);
    int rc = 0;
    if (want && has_both_commits(s)) {
        rc = mirror_diff_split(s->mirror, s->in.base_commit, s->in.end_commit, &fix, &test, err);
        if (rc == 0) {
            str_swap(&s->in.patch, &fix);
            str_swap(&s->in.test_patch, &test);
        }
    }
    if (rc == 0 && !s->in.patch.len)
        rc = error_set(err, E_FAIL, "the change has no file outside its tests");
    if (rc == 0 && !s->in.test_patch.len)
        rc = error_set(err, E_FAIL, "the change touches no test file");
    str_release(&fix);
    str_release(&test);
    return rc;
}

char *runner_file_new(const struct str *fix)
{
    static const char *const names[] = { "conftest.py", "sitecustomize.py", "usercustomize.py" };
    struct patch_files files = { NULL, 0 };
    char *found = NULL;
    if (patch_files_read(fix, &files, NULL) < 0)
        files.n = 0;
    for (size_t i = 0; i < files.n && !found; i++) {
        const char *path = files.v[i].old_path ? NULL : files.v[i].new_path;
        bool bad = path && str_ends(path, ".pth");
        for (size_t k = 0; path && k < ARRAY_LEN(names); k++)
            bad = bad || strcmp(path_base(path), names[k]) == 0;
        if (bad)
            found = xstrdup(path);
    }
    patch_files_release(&files);
    return found;
}
