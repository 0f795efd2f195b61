#include "git/git.h"

#include <string.h>

static bool is_one_of(const char *s, size_t n, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == n && memcmp(s, *words, n) == 0)
            return true;
    return false;
}

bool split_is_test(const char *path)
{
    static const char *const folders[] = { "test", "tests", NULL };
    static const char *const names[] = { "conftest.py", "test.py", "tests.py", NULL };
    for (const char *slash; (slash = strchr(path, '/')); path = slash + 1)
        if (is_one_of(path, (size_t)(slash - path), folders))
            return true;
    if (is_one_of(path, strlen(path), names))
        return true;
    return str_ends(path, "_test.py") || (str_starts(path, "test_") && str_ends(path, ".py"));
}
