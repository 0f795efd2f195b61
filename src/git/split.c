#include "git/private.h"

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
    for (const char *slash; (slash = strchr(path, '/')); path = slash + 1)
        if (is_one_of(path, (size_t)(slash - path), folders))
            return true;
    if (strcmp(path, "conftest.py") == 0 || str_ends(path, "_test.py"))
        return true;
    return str_starts(path, "test_") && str_ends(path, ".py");
}

/* Django's app/tests.py holds tests, jinja2/tests.py the tests of its template language. */
bool split_may_be_test(const char *path)
{
    const char *base = path_base(path);
    return strcmp(base, "tests.py") == 0 || strcmp(base, "test.py") == 0;
}

bool split_reads_as_test(const char *bytes, size_t n)
{
    static const char *const signs[] = { "import unittest", "from unittest",  "import pytest",
                                         "from pytest",     "import doctest", "import nose",
                                         "from nose",       "TestCase" };
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (memmem(bytes, n, signs[i], strlen(signs[i])))
            return true;
    return false;
}
