#include "tests/unit/unit.h"

#include "agents/rules/read.h"

static char *compact_new(json_t *doc)
{
    char *text = json_dumps(doc, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(doc);
    return text;
}

static void assert_json(json_t *doc, const char *wanted)
{
    char *text = compact_new(doc);
    assert_string_equal(text, wanted);
    free(text);
}

struct text_case {
    const char *in, *out;
};

/* ---- toml ---- */

static void test_toml(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "", "{}" },
        { "[a.b]\nx = 'y' # note\n", "{\"a\":{\"b\":{\"x\":\"y\"}}}" },
        { "a.b-c.\"d e\" = \"q\\\"\\n\"", "{\"a\":{\"b-c\":{\"d e\":\"q\\\"\\n\"}}}" },
        { "x = [ # one\n  'a', # two\n  \"b\",\n]\ny=1.5", "{\"x\":[\"a\",\"b\"],\"y\":\"1.5\"}" },
        { "x = {a = 'b', c = [1, {d=true}]}", "{\"x\":{\"a\":\"b\",\"c\":[\"1\",{\"d\":true}]}}" },
        { "x = \"\"\"\na\nb\"\"\"\ny = '''q''' ", "{\"x\":\"a\\nb\",\"y\":\"q\"}" },
        { "[[p]]\nn=1\n[[p]]\nn=2\n[p.q]\nr=3",
          "{\"p\":[{\"n\":\"1\"},{\"n\":\"2\",\"q\":{\"r\":\"3\"}}]}" },
        { "junk\n[t]\n= x\nk = 'v'\r\n", "{\"t\":{\"k\":\"v\"}}" },
        { "x = [[1, [2", "{\"x\":[[\"1\",[\"2\"]]]}" },
        { "x = \"\xff\"", "{\"x\":\"\xef\xbf\xbd\"}" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_json(toml_read(cases[i].in), cases[i].out);
}

static void test_ini(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "[a]\nx-y = 1\n", "{\"\":{},\"a\":{\"x_y\":\"1\"}}" },
        { "[a]\nx =\n    b\n    # note\n\n    c\nz: d",
          "{\"\":{},\"a\":{\"x\":\"\\nb\\nc\",\"z\":\"d\"}}" },
        { "[tool:pytest]\naddopts = -v\n[a]\n",
          "{\"\":{},\"tool:pytest\":{\"addopts\":\"-v\"},\"a\":{}}" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_json(ini_read(cases[i].in), cases[i].out);
}

/* ---- setup.py ---- */

static void test_setup_py(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "from setuptools import setup\nsetup(name='a', install_requires=['b>=1', \"c\"])",
          "{\"name\":\"a\",\"install_requires\":[\"b>=1\",\"c\"]}" },
        { "REQ = ('a',\n  'b' 'c',)\nsetuptools.setup(install_requires=REQ + ['d'])",
          "{\"install_requires\":[\"a\",\"bc\",\"d\"]}" },
        { "r = ['a']\nif sys.version_info < (3, 4):\n    r.append('enum34')\nelse:\n    r += "
          "['x']\n"
          "setup(install_requires=r)",
          "{\"install_requires\":[\"a\",\"enum34 ; python_version < '3.4'\",\"x ; python_version "
          ">= "
          "'3.4'\"]}" },
        { "e = {'t': ['p']}\ne['d'] = e['t'] + ['q']\nsetup(extras_require=e)",
          "{\"extras_require\":{\"t\":[\"p\"],\"d\":[\"p\",\"q\"]}}" },
        { "setup(install_requires=parse('req/base.txt'), version=find(x), use_2to3=True)",
          "{\"install_requires\":{\"files\":[\"req/"
          "base.txt\"]},\"version\":null,\"use_2to3\":true}" },
        { "setup(install_requires=[l for l in open('r.txt')], py_modules=['m'])",
          "{\"install_requires\":{\"files\":[\"r.txt\"]},\"py_modules\":[\"m\"]}" },
        { "k = dict(name='n', a=1)\nsetup(x=['y'], **k)",
          "{\"x\":[\"y\"],\"name\":\"n\",\"a\":null}" },
        { "setup(classifiers=\"\"\"A\nB\"\"\".splitlines(), z=f'{x}')",
          "{\"classifiers\":[\"A\",\"B\"],\"z\":null}" },
        { "def run():\n    if True:\n        setup(name='in' + 'ner')\nrun()",
          "{\"name\":\"inner\"}" },
        { "if sys.platform == 'win32':\n    r = ['w']\nelse:\n    r = "
          "['l']\nsetup(install_requires=r)",
          "{\"install_requires\":[\"l\"]}" },
        { "setup(name=('brackets'), a=((1,)), b=(",
          "{\"name\":\"brackets\",\"a\":[null],\"b\":null}" },
        { "setup(install_requires=['a'] + more())", "{\"install_requires\":[\"a\",null]}" },
        { "this is [not python", "{}" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_json(setup_py_read(cases[i].in), cases[i].out);
}

static void test_imports(void **state UNUSED)
{
    static const char text[] =
        "import os, numpy.linalg as la\n"
        "from yaml import load\nfrom . import x\nfrom .y import z\n"
        "try:\n    import simplejson as json\nexcept ImportError:\n    pass\n"
        "pd = pytest.importorskip('pandas.core')\n"
        "x = 'import no'\npytest_plugins = ['pytester', \"a.b\"]\n"
        "if x: import inner\n";
    struct strv modules = STRV_INIT;
    python_imports(text, &modules);
    assert_json(json_from_strv(&modules), "[\"os\",\"numpy\",\"yaml\",\"simplejson\",\"pandas\","
                                          "\"pytester\",\"a\",\"inner\"]");
    strv_release(&modules);
}

/* ---- interpreters ---- */

struct bounds_case {
    const char *text;
    int min, max;
};

static void test_bounds(void **state UNUSED)
{
    static const struct bounds_case cases[] = {
        { "print 'x'", 0, 2 },
        { "print('x')\nprint ('y')\n", 0, 99 },
        { "x = f'{y}'", 6, 99 },
        { "if (n := 1): pass", 8, 99 },
        { "def f(a, /, b): pass", 8, 99 },
        { "x = a / b", 0, 99 },
        { "match x:\n    case 1:\n        pass\n", 10, 99 },
        { "match = 1\nmatch.case()\n", 0, 99 },
        { "try:\n    pass\nexcept* E:\n    pass", 11, 99 },
        { "def f[T](x): pass", 12, 99 },
        { "type X = int", 12, 99 },
        { "type(x)", 0, 99 },
        { "async = 1", 0, 6 },
        { "async def f(): pass\nasync with x: pass\n", 0, 99 },
        { "f(async=True)", 0, 6 },
        { "from collections import OrderedDict, Mapping", 0, 9 },
        { "from collections.abc import Mapping", 0, 99 },
        { "try:\n    from collections import Mapping\nexcept ImportError:\n    pass", 0, 99 },
        { "isinstance(x, collections.Mapping)", 0, 9 },
        { "if PY2:\n    import imp\nimport imp", 0, 11 },
        { "'f(async=True)'  # print 'x'", 0, 99 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct py_bounds b = PY_BOUNDS_INIT;
        python_bounds(cases[i].text, &b);
        if (b.min != cases[i].min || b.max != cases[i].max)
            fail_msg("%s: %d..%d", cases[i].text, b.min, b.max);
    }
}

struct satisfies_case {
    const char *python, *spec;
    bool yes;
};

static void test_python_satisfies(void **state UNUSED)
{
    static const struct satisfies_case cases[] = {
        { "3.8", ">=3.6", true },
        { "3.6", ">=3.6.1", true },
        { "3.5", ">=3.6", false },
        { "3.10", ">=3.9", true },
        { "3.10", "<3.10", false },
        { "3.9", "<3.9.7", true },
        { "3.9", "!=3.9.*", false },
        { "3.9", "!=3.9.7", true },
        { "3.8", "~=3.6", true },
        { "2.7", "~=3.6", false },
        { "2.7", ">=2.7, !=3.0.*", true },
        { "3.8", ">= 3.6, <4", true },
        { "3.8", "", true },
        { "3.8", ">=3", true },
        { "2.7", ">=3", false },
        { "3.8", "junk", true },
        { "3.13", "<4.0,>=3.8", true },
        { "3.12", "==3.*", true },
        { "3.4", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (python_satisfies(cases[i].python, cases[i].spec) != cases[i].yes)
            fail_msg("%s against %s", cases[i].python, cases[i].spec);
    }
}

static void test_poetry_specifiers(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "^1.2.3", ">=1.2.3,<2" },     { "^0.2.3", ">=0.2.3,<0.3" },
        { "^0.0.3", ">=0.0.3,<0.0.4" }, { "^3", ">=3,<4" },
        { "~1.2", ">=1.2,<1.3" },       { "~1", ">=1,<2" },
        { "~1.2.3", ">=1.2.3,<1.3" },   { "*", "" },
        { "1.2.3", "==1.2.3" },         { ">=1.0, <2", ">=1.0,<2" },
        { "~=1.4", "~=1.4" },           { "1.*", "==1.*" },
        { "^2.7 || ^3.5", ">=2.7,<4" }, { ">= 1.0 , < 2", ">=1.0,<2" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str out = STR_INIT;
        poetry_specifier(cases[i].in, &out);
        assert_string_equal(out.s, cases[i].out);
        str_release(&out);
    }
}

static void test_version_of_tag(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "v1.2.3-4-gabcdef0", "1.2.3" },
        { "1.2", "1.2" },
        { "release-2.0.1", "2.0.1" },
        { "py38-1.4", "1.4" },
        { "", "" },
        { "snapshot-20200101", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str out = STR_INIT;
        version_of_tag(cases[i].in, &out);
        assert_string_equal(out.s, cases[i].out);
        str_release(&out);
    }
}

/* ---- requirements ---- */

static void test_requirement(void **state UNUSED)
{
    static const struct text_case cases[] = {
        { "Flask", "flask" },
        { "  zope.interface >= 4 , < 5  # why", "zope-interface>=4,<5" },
        { "a[x, y]>=1 ; python_version < '3'", "a[x,y]>=1 ; python_version < '3'" },
        { "pytest (>=3.0)", "pytest>=3.0" },
        { "a==1 --hash=sha256:00 \\", "a==1" },
        { "b @ https://x/y.whl ; os_name=='nt'", "b @ https://x/y.whl ; os_name=='nt'" },
        { "git+https://h/r.git#egg=My_Dist", "my-dist @ git+https://h/r.git#egg=My_Dist" },
        { "./sub", " @ ./sub" },
        { "enum34;python_version<'3.4'", "enum34 ; python_version<'3.4'" },
        { "py3-thing!=1.0,", "py3-thing!=1.0" },
        { "# note", NULL },
        { "", NULL },
        { "-r other.txt", NULL },
        { "two words", NULL },
        { "{posargs}", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct requirement r;
        struct str out = STR_INIT;
        bool ok = requirement_read(cases[i].in, &r);
        if (ok != (cases[i].out != NULL))
            fail_msg("%s: read %d", cases[i].in, ok);
        if (!ok)
            continue;
        requirement_write(&r, &out);
        assert_string_equal(out.s, cases[i].out);
        str_release(&out);
        requirement_release(&r);
    }
}

static void test_requirements_file(void **state UNUSED)
{
    struct strv lines = STRV_INIT, nested = STRV_INIT, bounds = STRV_INIT, notes = STRV_INIT;
    requirements_read(
        "-r base.txt\n--requirement=more.txt # x\n-c up.txt\n-e .\r\nA==1 \\\n  --hash=x\n"
        "\n--index-url https://x\nb\ngit+https://h/r\n",
        &lines, &nested, &bounds, &notes);
    assert_json(json_from_strv(&lines), "[\"a==1\",\"b\"]");
    assert_json(json_from_strv(&nested), "[\"base.txt\",\"more.txt\"]");
    assert_json(json_from_strv(&bounds), "[\"up.txt\"]");
    assert_json(json_from_strv(&notes), "[\"passed over: -e .\",\"passed over: git+https://h/r\"]");
    strv_release(&lines);
    strv_release(&nested);
    strv_release(&bounds);
    strv_release(&notes);
}

struct marker_case {
    const char *marker, *python;
    bool yes;
};

static void test_markers(void **state UNUSED)
{
    static const struct marker_case cases[] = {
        { "", "3.8", true },
        { "python_version < '3.4'", "3.8", false },
        { "python_version>=\"3.8\" and sys_platform=='win32'", "3.8", false },
        { "(os_name == 'nt' or python_full_version >= '3.7')", "3.8", true },
        { "sys_platform != 'win32'", "3.8", true },
        { "python_version in '2.6 2.7'", "3.8", false },
        { "python_version not in '2.6 2.7'", "3.8", true },
        { "platform_machine == 'arm'", "3.8", true },
        { "extra == 'x'", "3.8", false },
        { "((((", "3.8", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (marker_may_hold(cases[i].marker, cases[i].python) != cases[i].yes)
            fail_msg("%s on %s", cases[i].marker, cases[i].python);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_toml),
        cmocka_unit_test(test_ini),
        cmocka_unit_test(test_setup_py),
        cmocka_unit_test(test_imports),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_python_satisfies),
        cmocka_unit_test(test_poetry_specifiers),
        cmocka_unit_test(test_version_of_tag),
        cmocka_unit_test(test_requirement),
        cmocka_unit_test(test_requirements_file),
        cmocka_unit_test(test_markers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
