/* The action table and what is made of it: names, help, keys; the user's files of keys and
 * colours, refused by file and line. */
#include "unit.h"

#include "ui/keymap.h"
#include "ui/theme.h"

#include <ctype.h>
#include <unistd.h>

static void every_action_has_a_name_and_help(void **state UNUSED)
{
    size_t n;
    const struct action *table = action_table(&n);
    assert_true(n > 50);
    for (size_t i = 0; i < n; i++) {
        const struct action *a = &table[i];
        size_t help = strlen(a->help);
        assert_ptr_equal(action_find(a->name), a); /* two of one name: the second is not found */
        assert_true(strspn(a->name, "abcdefghijklmnopqrstuvwxyz-") == strlen(a->name));
        assert_true(help > 8 && a->help[help - 1] != '.');
        assert_true(a->where && a->run && *a->group);
        assert_true(a->keys || a->arg || a->hint == NULL);
    }
}

static void groups_stand_together(void **state UNUSED)
{
    size_t n;
    const struct action *table = action_table(&n);
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k < n && strcmp(table[i].group, table[i - 1].group) != 0; k++)
            assert_string_not_equal(table[k].group, table[i - 1].group);
}

static void every_need_has_a_sentence(void **state UNUSED)
{
    size_t n;
    const struct action *table = action_table(&n);
    for (size_t i = 0; i < n; i++)
        for (unsigned bit = 1; bit; bit <<= 1)
            if (table[i].needs & bit)
                assert_non_null(action_lacks(bit, 0));
    assert_null(action_lacks(NEEDS_ROW, NEEDS_ROW));
}

static void no_two_keys_collide(void **state UNUSED)
{
    struct keymap m;
    struct error err = ERROR_INIT;
    if (keymap_load(&m, "/nonexistent", &err) < 0)
        fail_msg("%s", error_text(&err));
    size_t n;
    const struct action *table = action_table(&n);
    for (size_t i = 0; i < n; i++) {
        struct str label = STR_INIT;
        keymap_add_labels(&m, &table[i], &label);
        assert_int_equal(label.len > 0, table[i].keys != NULL);
        str_release(&label);
    }
    keymap_release(&m);
}

/* ---- files ---- */

static char *file_new(const char *text)
{
    char *path = xstrdup("/tmp/bottega-keys-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

static const struct key_case {
    const char *text;
    int line;          /* 0: it is right */
    const char *words; /* of the error */
} key_cases[] = {
    { "[keys]\n\tquit = X\n", 0, NULL },
    { "[keys]\n\tmark = none\n\tzoom = <Space>\n", 0, NULL },
    { "# keys\n[keys]\n\tup = w\n\tdown = <F3>\n\twrap = <F4>\n", 0, NULL },
    { "[keys]\n\tzap = x\n", 2, "no action is called zap" },
    { "[keys]\n\n\tquit = X\n\tzoom = <Up<>\n", 4, "no such key" },
    { "[keys]\n\tquit = j\n", 2, "down has that key" },
    { "[keys]\n\tsort = g\n", 2, "has that key" },
    { "[keys]\n\tpause = S\n", 2, "sort has that key" },
    { "[colours]\n\tquit = X\n", 2, "section [keys]" },
};

static void key_files(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(key_cases); i++) {
        const struct key_case *c = &key_cases[i];
        struct keymap m;
        struct error err = ERROR_INIT;
        char *path = file_new(c->text);
        int rc = keymap_load(&m, path, &err);
        char *place = str_format("%s:%d: ", path, c->line);
        if (!c->line && rc < 0)
            fail_msg("%s", error_text(&err));
        if (c->line && (rc == 0 || !str_starts(error_text(&err), place) ||
                        !strstr(error_text(&err), c->words)))
            fail_msg("%s wanted, %s came: %s", place, rc ? "another error" : "none",
                     rc ? error_text(&err) : c->text);
        keymap_release(&m);
        error_release(&err);
        unlink(path);
        free(place);
        free(path);
    }
}

static const struct theme_case {
    const char *text;
    int line;
    const char *words;
} theme_cases[] = {
    { "[rgb]\n\ttext = ffffff on 000000\n", 0, NULL },
    { "[mono]\n\tselected = reverse\n", 0, NULL },
    { "[rgb]\n\ttext = ffffff\n\tsky = 0000ff\n", 3, "no role is called sky" },
    { "[rgb]\n\ttext = bluish\n", 2, "bluish" },
    { "[rgb]\n\ttext = ffffff\n[cmyk]\n\tdim = 808080\n", 4, "no section [cmyk]" },
};

static void theme_files(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(theme_cases); i++) {
        const struct theme_case *c = &theme_cases[i];
        struct theme t;
        struct error err = ERROR_INIT;
        char *path = file_new(c->text);
        int rc = theme_load(&t, path, DEPTH_RGB, &err);
        char *place = str_format("%s:%d: ", path, c->line);
        assert_int_equal(rc < 0, c->line != 0);
        if (c->line &&
            (!str_starts(error_text(&err), place) || !strstr(error_text(&err), c->words)))
            fail_msg("%s wanted, but: %s", place, error_text(&err));
        error_release(&err);
        unlink(path);
        free(place);
        free(path);
    }
}

/* What a role looks like that has colours of its own, where the cursor is. */
static void what_is_selected_can_be_read(void **state UNUSED)
{
    struct theme t;
    assert_int_equal(theme_load(&t, "contrast", DEPTH_RGB, NULL), 0);
    struct style s = theme_style(&t, ROLE_TEXT, ROLE_SELECTED);
    assert_int_equal(s.fg, t.roles[ROLE_SELECTED].fg);
    assert_int_equal(s.bg, t.roles[ROLE_SELECTED].bg);
    s = theme_style(&t, ROLE_MARKED, ROLE_SELECTED);
    assert_int_equal(s.fg, t.roles[ROLE_SELECTED].fg);
    assert_int_equal(theme_load(&t, "dark", DEPTH_RGB, NULL), 0);
    s = theme_style(&t, ROLE_MARKED, ROLE_SELECTED);
    assert_int_equal(s.fg, t.roles[ROLE_MARKED].fg);
}

static void four_themes_at_each_depth(void **state UNUSED)
{
    static const char *const names[] = { "dark", "light", "contrast", "mono" };
    static const enum depth depths[] = { DEPTH_MONO, DEPTH_16, DEPTH_256, DEPTH_RGB };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        for (size_t d = 0; d < ARRAY_LEN(depths); d++) {
            struct theme t;
            assert_int_equal(theme_load(&t, names[i], depths[d], NULL), 0);
            struct style plain = theme_style(&t, ROLE_TEXT, ROLE_TEXT);
            struct style selected = theme_style(&t, ROLE_TEXT, ROLE_SELECTED);
            assert_true(memcmp(&plain, &selected, sizeof(plain)) != 0);
        }
    }
    assert_int_equal(theme_load(&(struct theme){ 0 }, "puce", DEPTH_16, NULL), E_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_has_a_name_and_help),
        cmocka_unit_test(groups_stand_together),
        cmocka_unit_test(every_need_has_a_sentence),
        cmocka_unit_test(no_two_keys_collide),
        cmocka_unit_test(key_files),
        cmocka_unit_test(theme_files),
        cmocka_unit_test(what_is_selected_can_be_read),
        cmocka_unit_test(four_themes_at_each_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
