/* Attempts at one task stand beside each other by what they did. */
#include "unit.h"

#include "ui/views/align.h"

static void lay(const char *const texts[], size_t count, const char *want)
{
    struct strv words[ALIGN_MOST];
    const char *const *keys[ALIGN_MOST];
    size_t n[ALIGN_MOST];
    struct align_rows rows = { NULL, 0, 0 };
    struct str got = STR_INIT;
    for (size_t k = 0; k < count; k++) {
        strv_init(&words[k]);
        strv_split(&words[k], texts[k], " ");
        keys[k] = (const char *const *)words[k].v;
        n[k] = words[k].n;
    }
    align(keys, n, count, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        for (size_t k = 0; k < count; k++)
            str_add(&got, rows.v[i].at[k] < 0 ? "." : words[k].v[rows.v[i].at[k]]);
        str_add(&got, rows.v[i].same ? "= " : " ");
    }
    str_rtrim(&got);
    assert_string_equal(got.s, want);
    for (size_t k = 0; k < count; k++)
        strv_release(&words[k]);
    align_rows_release(&rows);
    str_release(&got);
}

static void two(void **state UNUSED)
{
    lay((const char *const[]){ "a b c", "a b c" }, 2, "aa= bb= cc=");
    lay((const char *const[]){ "a b c", "a c" }, 2, "aa= b. cc=");
    lay((const char *const[]){ "a c", "a b c" }, 2, "aa= .b cc=");
    lay((const char *const[]){ "a x c", "a y c" }, 2, "aa= x. .y cc=");
    lay((const char *const[]){ "a", "b c" }, 2, "a. .b .c");
    lay((const char *const[]){ "", "b" }, 2, ".b");
}

static void more(void **state UNUSED)
{
    lay((const char *const[]){ "a b c", "a c", "b c d" }, 3, "aa. b.b ccc= ..d");
    lay((const char *const[]){ "a c", "a x c", "a y z c" }, 3, "aaa= .xy ..z ccc=");
}

static void divergences(void **state UNUSED)
{
    struct align_row v[6] = { { .same = true }, { .same = false }, { .same = false },
                              { .same = true }, { .same = false }, { .same = true } };
    struct align_rows r = { v, 6, 6 };
    assert_int_equal(align_divergence(&r, 0, 1), 1);
    assert_int_equal(align_divergence(&r, 2, 1), 4);
    assert_int_equal(align_divergence(&r, 5, 1), 6);
    assert_int_equal(align_divergence(&r, 3, -1), 1);
    assert_int_equal(align_divergence(&r, 0, -1), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two),
        cmocka_unit_test(more),
        cmocka_unit_test(divergences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
