"""gesso: grounds for panels. An old setup.py, flat layout, 2019 to 2023."""
from history import Repository, append, change, ends, write

INES = "Ines Vidal <ines@gesso.example>"
PIET = "Piet Haan <piet@gesso.example>"

SETUP = '''\
from setuptools import find_packages, setup

setup(
    name="bottega-gesso",
    version="0.3",
    description="Recipes and layers of grounds for panels",
    packages=find_packages(exclude=["tests"]),
    install_requires=["six>=1.10"],
    test_suite="tests",
    classifiers=[
        "Programming Language :: Python :: 2.7",
        "Programming Language :: Python :: 3.6",
        "Programming Language :: Python :: 3.7",
    ],
)
'''

LAYERS = '''\
"""Layers of a ground, and how long they dry."""

HOURS = {"size": 12, "gesso": 4, "bole": 6}


def drying_time(layers):
    """Hours until the last of the layers is dry."""
    return sum(HOURS[layer] for layer in layers)
'''

# Indented by tabs, and without a line end at its end, as its author's editor left it.
RECIPE = '''\
"""Recipes: how much of what."""
from collections import Mapping

import six


def scale(recipe, factor):
	"""The recipe for another size of panel; names and remarks stay."""
	if isinstance(recipe, Mapping):
		return {name: scale(amount, factor) for name, amount in recipe.items()}
	if isinstance(recipe, six.string_types):
		return recipe
	return recipe * factor


def total(recipe):
	"""Grams of everything in the recipe."""
	return sum(recipe.values())'''

TEST_LAYERS = '''\
import unittest

from gesso.layers import drying_time


class DryingTime(unittest.TestCase):
    def test_one_layer(self):
        self.assertEqual(drying_time(["size"]), 12)

    def test_layers_dry_in_turn(self):
        """Each layer wants a dry one below."""
        self.assertEqual(drying_time(["size", "gesso", "gesso"]), 20)


if __name__ == "__main__":
    unittest.main()
'''

TEST_RECIPE = '''\
from gesso.recipe import scale, total

HALF_CHALK = {"glue": 70, "water": 1000, "chalk": 500}


def test_scale():
	assert scale(HALF_CHALK, 2) == {"glue": 140, "water": 2000, "chalk": 1000}


def test_remarks_stay():
	assert scale({"glue": 70, "remark": "warm"}, 2) == {"glue": 140, "remark": "warm"}


def test_total():
	assert total(HALF_CHALK) == 1570
'''

REPO = Repository("bottega-samples", "gesso")

REPO.commit(
    "2019-03-11 19:00 +0100", PIET, "Layers of a ground",
    write(".gitignore", "*.pyc\n*.egg-info/\nbuild/\n"),
    write("README.rst", "gesso\n=====\n\nRecipes and layers of grounds for panels.\n"),
    write("setup.py", SETUP),
    write("gesso/__init__.py", ""),
    write("gesso/layers.py", LAYERS),
    write("gesso/recipe.py", RECIPE),
    write("tests/__init__.py", ""),
    write("tests/test_layers.py", TEST_LAYERS),
    write("tests/test_recipe.py", TEST_RECIPE),
)
REPO.tag("0.3")
REPO.commit(
    "2019-06-03 20:10 +0200", PIET, "Say how to run the tests",
    append("README.rst", "\nTests: ``python setup.py test``, or ``python -m pytest``.\n"),
)

REPO.pull(
    4, branch="ividal/damp", title="Let layers dry longer in damp rooms", author=INES, merger=PIET,
    merged="2019-06-12 18:45 +0200",
    issue=(3, "Drying in winter", """
In a damp room everything dries at half the speed. `drying_time(layers, damp=True)` should say so.
An unknown layer gives a bare `KeyError`; please raise a `ValueError` that names the layers known.
"""),
    commits=[
        ("2019-06-11 22:00 +0200", "Let layers dry longer in damp rooms", [
            change("gesso/layers.py", "drying_time(layers):", "drying_time(layers, damp=False):"),
            change("gesso/layers.py", "    return sum(HOURS[layer] for layer in layers)\n", '''\
    for layer in layers:
        if layer not in HOURS:
            raise ValueError("no layer %r; known: %s" % (layer, ", ".join(sorted(HOURS))))
    hours = sum(HOURS[layer] for layer in layers)
    return 2 * hours if damp else hours
'''),
        ]),
        ("2019-06-12 07:30 +0200", "Test damp rooms and unknown layers", [
            change("tests/test_layers.py", '''\


if __name__ == "__main__":
''', '''\

    def test_damp(self):
        """Half the speed is twice the time."""
        self.assertEqual(drying_time(["size"], damp=True), 24)

    def test_unknown_layer(self):
        with self.assertRaises(ValueError) as caught:
            drying_time(["varnish"])
        self.assertIn("bole, gesso, size", str(caught.exception))


if __name__ == "__main__":
'''),
        ]),
    ],
    expect=ends("accepted", why=(
        "Tests are methods of a unittest.TestCase, two with docstrings; Python 3.7 by the "
        "classifiers, pytest as of 2019; setuptools of that year cannot build_editable.")),
)

REPO.commit(
    "2020-09-28 21:00 +0200", PIET, "Note the source of the half chalk ground",
    append("README.rst", "\nThe half chalk ground is after Cennini.\n"),
)

REPO.pull(
    7, branch="ividal/total-remarks", title="Leave remarks out of the total", author=INES,
    merger=PIET, squash=True, merged="2020-10-07 12:15 +0200",
    issue=(6, "total() fails on recipes with remarks", """
`total({"glue": 70, "remark": "warm"})` raises `TypeError: unsupported operand type(s)`. What is
text is no amount and should be left out, as `scale` does.
"""),
    commits=[("2020-10-06 20:20 +0200", "Leave remarks out of the total", [
        change("gesso/recipe.py", "\treturn sum(recipe.values())", '''\
	amounts = [a for a in recipe.values() if not isinstance(a, six.string_types)]
	return sum(amounts)'''),
        append("tests/test_recipe.py", '''

def test_total_without_remarks():
	assert total({"glue": 70, "remark": "warm"}) == 70
'''),
    ])],
    expect=ends("accepted", why=(
        "The file that is mended is indented by tabs and has no line end at its end; setuptools "
        "of 2020 cannot build_editable.")),
)

REPO.commit(
    "2021-12-06 18:30 +0100", PIET, "Let 2to3 mend old spellings when building",
    change("setup.py", '    test_suite="tests",\n',
           '    test_suite="tests",\n    use_2to3=True,\n'),
    change("setup.py", '''\
        "Programming Language :: Python :: 3.7",
''', '''\
        "Programming Language :: Python :: 3.7",
        "Programming Language :: Python :: 3.8",
        "Programming Language :: Python :: 3.9",
'''),
)

REPO.pull(
    11, branch="ividal/nested-total", title="Reckon parts of recipes too", author=INES, merger=PIET,
    merged="2021-12-14 17:00 +0100",
    issue=(10, "total() of a recipe with parts", """
Recipes may hold recipes (`{"size": {"glue": 70, "water": 1000}, "chalk": 500}`) and `scale` knows
it, but `total` raises `TypeError`.
"""),
    commits=[("2021-12-13 21:40 +0100", "Reckon parts of recipes too", [
        change("gesso/recipe.py", '''\
	amounts = [a for a in recipe.values() if not isinstance(a, six.string_types)]
''', '''\
	amounts = [a for a in recipe.values() if not isinstance(a, six.string_types)]
	amounts = [total(a) if isinstance(a, Mapping) else a for a in amounts]
'''),
        append("tests/test_recipe.py", '''

def test_total_of_parts():
	assert total({"size": {"glue": 70, "water": 1000}, "chalk": 500}) == 1570
'''),
    ])],
    expect=ends("accepted", why=(
        "setup.py says use_2to3, which setuptools refuses from 58 (September 2021) on; with "
        "setuptools<58 it installs.")),
)

REPO.commit(
    "2023-01-09 19:20 +0100", PIET, "Drop 2to3, and say once which Python",
    change("setup.py", "    use_2to3=True,\n", ""),
    change("setup.py", '''\
    classifiers=[
        "Programming Language :: Python :: 2.7",
        "Programming Language :: Python :: 3.6",
        "Programming Language :: Python :: 3.7",
        "Programming Language :: Python :: 3.8",
        "Programming Language :: Python :: 3.9",
    ],
''', '    python_requires=">=3.6",\n'),
)
REPO.tag("0.4")

REPO.pull(
    14, branch="ividal/scale-lists", title="Scale lists of amounts", author=INES, merger=PIET,
    merged="2023-01-18 20:05 +0100",
    issue=(13, "scale() doubles a list instead of its amounts", """
`scale({"coats": [10, 20]}, 2)` gives `{"coats": [10, 20, 10, 20]}`. I meant 20 and 40.
"""),
    commits=[("2023-01-17 22:10 +0100", "Scale lists of amounts", [
        change("gesso/recipe.py", '''\
	return recipe * factor
''', '''\
	if isinstance(recipe, (list, tuple)):
		return [scale(amount, factor) for amount in recipe]
	return recipe * factor
'''),
        append("tests/test_recipe.py", '''

def test_scale_lists():
	assert scale({"coats": [10, 20]}, 2) == {"coats": [20, 40]}
'''),
    ])],
    expect=ends("accepted", why=(
        "Metadata and date allow Python 3.10, which has no collections.Mapping; 3.9 and older "
        "have it.")),
)
