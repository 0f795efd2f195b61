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
