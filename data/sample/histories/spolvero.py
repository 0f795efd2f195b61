"""spolvero: pouncing patterns, read by a small C extension over libyaml. 2024."""
from history import Repository, append, change, ends, write

PIET = "Piet Haan <piet@gesso.example>"
NOOR = "Noor Saleh <noor@spolvero.example>"

PYPROJECT = """\
[build-system]
requires = ["setuptools>=64"]
build-backend = "setuptools.build_meta"

[project]
name = "bottega-spolvero"
version = "1.0"
description = "Patterns to pounce through"
requires-python = ">=3.9"
classifiers = [
    "Programming Language :: Python :: 3.9",
    "Programming Language :: Python :: 3.10",
    "Programming Language :: Python :: 3.11",
    "Programming Language :: Python :: 3.12",
]

[dependency-groups]
test = ["pytest>=8"]

[tool.setuptools]
packages = ["spolvero"]
"""

SETUP = '''\
from setuptools import Extension, setup

setup(ext_modules=[Extension("spolvero._scalars", ["spolvero/_scalars.c"], libraries=["yaml"])])
'''

SCALARS = r'''
/* scalars(text): the scalars of a YAML text, in order, as a list of str. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <yaml.h>

static int add(PyObject *list, const yaml_event_t *event)
{
    PyObject *s = PyUnicode_DecodeUTF8((const char *)event->data.scalar.value,
                                       (Py_ssize_t)event->data.scalar.length, NULL);
    int rc = s ? PyList_Append(list, s) : -1;
    Py_XDECREF(s);
    return rc;
}

static int collect(yaml_parser_t *parser, PyObject *list)
{
    yaml_event_t event;
    int done = 0, rc = 0;
    while (!done && rc == 0) {
        if (!yaml_parser_parse(parser, &event)) {
            PyErr_Format(PyExc_ValueError, "line %zu: %s", parser->problem_mark.line + 1,
                         parser->problem ? parser->problem : "not YAML");
            return -1;
        }
        if (event.type == YAML_SCALAR_EVENT)
            rc = add(list, &event);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return rc;
}

static PyObject *scalars(PyObject *self, PyObject *args)
{
    const char *text;
    Py_ssize_t size;
    yaml_parser_t parser;
    (void)self;
    if (!PyArg_ParseTuple(args, "s#", &text, &size))
        return NULL;
    PyObject *list = PyList_New(0);
    if (!list || !yaml_parser_initialize(&parser)) {
        Py_XDECREF(list);
        return PyErr_NoMemory();
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, (size_t)size);
    if (collect(&parser, list) < 0)
        Py_CLEAR(list);
    yaml_parser_delete(&parser);
    return list;
}

static PyMethodDef methods[] = {
    { "scalars", scalars, METH_VARARGS, "The scalars of a YAML text, in order." },
    { NULL, NULL, 0, NULL },
};

static struct PyModuleDef module = { PyModuleDef_HEAD_INIT, "_scalars", NULL, -1, methods,
                                     NULL, NULL, NULL, NULL };

PyMODINIT_FUNC PyInit__scalars(void)
{
    return PyModule_Create(&module);
}
'''.lstrip("\n")

PATTERN = '''\
"""Patterns: a name, and where the holes are pricked."""
from dataclasses import dataclass

from ._scalars import scalars


@dataclass
class Pattern:
    name: str
    holes: list


def load(text):
    """Read "name: lily" and "holes:" with a list of "x y"."""
    words = scalars(text)
    if words[:1] != ["name"] or words[2:3] != ["holes"]:
        raise ValueError("a pattern begins with its name, then has its holes")
    return Pattern(words[1], [tuple(map(float, hole.split())) for hole in words[3:]])
'''

TEST_PATTERN = '''\
import pytest

from spolvero import Pattern, load

LILY = """\\
name: lily   # from the sketchbook
holes:
  - 3 4
  - "5.5 6"
"""


def test_load():
    assert load(LILY) == Pattern("lily", [(3, 4), (5.5, 6)])


def test_not_yaml():
    with pytest.raises(ValueError, match="line 2"):
        load("name: [lily")


def test_no_holes():
    with pytest.raises(ValueError, match="holes"):
        load("name: lily")
'''

REPO = Repository("bottega-samples", "spolvero")

REPO.commit(
    "2024-11-04 10:00 +0100", NOOR, "Read patterns",
    write(".gitignore", "*.egg-info/\n*.so\nbuild/\n__pycache__/\n"),
    write("README.md", "# spolvero\n\nReads patterns to pounce through. Needs libyaml.\n"),
    write("pyproject.toml", PYPROJECT),
    write("setup.py", SETUP),
    write("spolvero/__init__.py", '''\
"""Patterns to pounce through."""
from .pattern import Pattern, load

__all__ = ["Pattern", "load"]
'''),
    write("spolvero/_scalars.c", SCALARS),
    write("spolvero/pattern.py", PATTERN),
    write("tests/test_pattern.py", TEST_PATTERN),
)
REPO.tag("1.0")

REPO.pull(
    6, branch="phaan/commas", title="Read holes with commas", author=PIET, merger=NOOR,
    merged="2024-11-19 09:50 +0100",
    issue=(5, "Holes with commas", """
The plotter writes holes as `3, 4`, which `load` refuses: `could not convert string to float: '3,'`.
A hole that is not two numbers should be named in the error.
"""),
    commits=[("2024-11-18 23:00 +0100", "Read holes with commas", [
        change("spolvero/pattern.py", '''\


def load(text):
''', '''\


def _hole(text):
    numbers = text.replace(",", " ").split()
    if len(numbers) != 2:
        raise ValueError(f"not a hole: {text!r}")
    return tuple(map(float, numbers))


def load(text):
'''),
        change("spolvero/pattern.py", "[tuple(map(float, hole.split())) for hole in words[3:]]",
               "[_hole(word) for word in words[3:]]"),
        append("tests/test_pattern.py", '''

def test_commas():
    assert load("name: a\\nholes: ['3, 4', '5,6']").holes == [(3, 4), (5, 6)]


def test_not_a_hole():
    with pytest.raises(ValueError, match="not a hole: '3'"):
        load("name: a\\nholes: ['3']")
'''),
    ])],
    expect=ends("accepted", round=2, why=(
        "The C extension includes yaml.h, which the base image lacks; Debian's libyaml-dev has "
        "it.")),
)
