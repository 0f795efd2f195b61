"""pigment: colours and their mixtures. pyproject.toml, src layout, 2022 to 2025."""
from history import Repository, append, change, ends, write

LENA = "Lena Moretti <lena@pigment.example>"
TOMAS = "Tomas Keel <tomas@pigment.example>"
INES = "Ines Vidal <ines@gesso.example>"

PYPROJECT = """\
[build-system]
requires = ["setuptools>=64"]
build-backend = "setuptools.build_meta"

[project]
name = "bottega-pigment"
version = "0.1.0"
description = "Colours by name, and what comes of mixing them"
readme = "README.md"
requires-python = ">=3.8"
classifiers = [
    "Programming Language :: Python :: 3.8",
    "Programming Language :: Python :: 3.9",
]

[project.optional-dependencies]
test = ["pytest"]

[tool.setuptools.packages.find]
where = ["src"]

[tool.setuptools.package-data]
pigment = ["data/*"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"""

README = """\
# pigment

Colours as painters name them, and what comes of mixing them.

    >>> from pigment import Colour, mix
    >>> mix(Colour(255, 0, 0), Colour(0, 0, 255)).to_hex()
    '#800080'

Tests: `pip install -e .[test] && pytest`
"""

INIT = '''\
"""Colours by name, and what comes of mixing them."""
from .colour import Colour, parse
from .mix import mix

__all__ = ["Colour", "mix", "parse"]
'''

COLOUR = '''\
"""One colour, and how it is written."""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    red: int
    green: int
    blue: int

    def to_hex(self):
        return "#%02X%02X%02X" % (self.red, self.green, self.blue)

    def luminance(self):
        """How bright it looks, 0 to 1."""
        return (self.red + self.green + self.blue) / (3 * 255)


def parse(text):
    """Read "#8a3324"."""
    match = re.fullmatch(r"#([0-9a-fA-F]{6})", text.strip())
    if not match:
        raise ValueError(f"not a colour: {text!r}")
    digits = match.group(1)
    return Colour(*(int(digits[i : i + 2], 16) for i in (0, 2, 4)))
'''

MIX = '''\
"""Mixtures of colours."""
from .colour import Colour


def mix(one, other, part=0.5):
    """`part` of the other colour in one; halves are rounded up."""

    def channel(a, b):
        return int(a + (b - a) * part + 0.5)

    return Colour(
        channel(one.red, other.red),
        channel(one.green, other.green),
        channel(one.blue, other.blue),
    )
'''

TEST_COLOUR = '''\
import pytest

from pigment import Colour, parse


def test_parse_hex():
    assert parse("#8a3324") == Colour(138, 51, 36)


def test_parse_trims():
    assert parse("  #FFFFFF\\n") == Colour(255, 255, 255)


@pytest.mark.parametrize("text", ["", "#12", "#12345g", "8a3324"])
def test_parse_refuses(text):
    with pytest.raises(ValueError):
        parse(text)


def test_hex_round_trip():
    assert parse("#8A3324").to_hex() == "#8A3324"
'''

TEST_MIX = '''\
from pigment import Colour, mix

RED = Colour(255, 0, 0)
BLUE = Colour(0, 0, 255)


def test_half_and_half():
    assert mix(RED, BLUE) == Colour(128, 0, 128)


def test_nothing_of_the_other():
    assert mix(RED, BLUE, 0) == RED
'''

REPO = Repository("bottega-samples", "pigment")

REPO.commit(
    "2022-09-05 09:30 +0200", LENA, "Start with a colour and a mixture",
    write(".gitignore", "__pycache__/\n*.egg-info/\n"),
    write("README.md", README),
    write("pyproject.toml", PYPROJECT),
    write("src/pigment/__init__.py", INIT),
    write("src/pigment/colour.py", COLOUR),
    write("src/pigment/mix.py", MIX),
    write("tests/test_colour.py", TEST_COLOUR),
    write("tests/test_mix.py", TEST_MIX),
)
REPO.tag("0.1.0")

REPO.pull(
    3, branch="tkeel/names", title="Read rgb() and pigment names", author=TOMAS, merger=LENA,
    merged="2022-10-11 18:20 +0200",
    issue=(2, "parse() should read what is written on the tube", """
`parse("burnt umber")` and `parse("rgb(138, 51, 36)")` raise `ValueError: not a colour`. Labels
carry the name, sometimes with the shade in brackets (`raw sienna [light]`), and upper case as the
maker pleases. It would be good to read these too, with any blanks inside `rgb( ... )`.
"""),
    commits=[
        ("2022-10-10 21:02 +0200", "Read rgb(r, g, b)", [
            change("src/pigment/colour.py", '''\
    """Read "#8a3324"."""
    match = re.fullmatch(r"#([0-9a-fA-F]{6})", text.strip())
''', '''\
    """Read "#8a3324" or "rgb(138, 51, 36)"."""
    match = re.fullmatch(r"rgb\\( *(\\d+) *, *(\\d+) *, *(\\d+) *\\)", text.strip().lower())
    if match:
        return Colour(*map(int, match.groups()))
    match = re.fullmatch(r"#([0-9a-fA-F]{6})", text.strip())
'''),
        ]),
        ("2022-10-11 08:45 +0200", "Read names of pigments", [
            change("src/pigment/colour.py", '''\


def parse(text):
    """Read "#8a3324" or "rgb(138, 51, 36)"."""
''', '''\


NAMES = {
    "burnt umber": Colour(138, 51, 36),
    "raw sienna": Colour(214, 138, 89),
    "raw sienna [light]": Colour(230, 176, 140),
    "terre verte::deep": Colour(62, 86, 65),
    "davy's grey": Colour(85, 85, 85),
}


def parse(text):
    """Read "#8a3324", "rgb(138, 51, 36)" or a name such as "burnt umber"."""
    name = " ".join(text.lower().split())
    if name in NAMES:
        return NAMES[name]
'''),
            append("tests/test_colour.py", '''

@pytest.mark.parametrize(
    "text, channels",
    [
        ("rgb(255, 0, 0)", (255, 0, 0)),
        ("RGB( 12,34 ,56 )", (12, 34, 56)),
        ("burnt umber", (138, 51, 36)),
        ("Burnt  Umber ", (138, 51, 36)),
        ("raw sienna [light]", (230, 176, 140)),
        ("terre verte::deep", (62, 86, 65)),
        ("Davy's grey", (85, 85, 85)),
    ],
)
def test_parse_labels(text, channels):
    assert parse(text) == Colour(*channels)
'''),
        ]),
    ],
    expect=ends("accepted", round=1, why=(
        "The names are read only with the fix; the ids hold blanks, brackets, colons and quotes.")),
)

REPO.pull(
    5, branch="ividal/complement", title="Add complement()", author=INES, merger=LENA, squash=True,
    merged="2022-11-21 11:05 +0100",
    issue=(4, "Complementary colours", """
For shadows I need the complement of a colour: a function `complement(colour)` beside `mix`, so
that a colour mixed with its complement by halves gives a neutral grey.
"""),
    commits=[("2022-11-20 16:40 +0100", "Add complement()", [
        change("src/pigment/__init__.py", "from .mix import mix\n",
               "from .mix import complement, mix\n"),
        change("src/pigment/__init__.py", '"Colour", "mix"', '"Colour", "complement", "mix"'),
        append("src/pigment/mix.py", '''

def complement(colour):
    """The colour across the wheel: mixed by halves they give grey."""
    return Colour(255 - colour.red, 255 - colour.green, 255 - colour.blue)
'''),
        change("tests/test_mix.py", "from pigment import Colour, mix\n",
               "from pigment import Colour, complement, mix\n"),
        append("tests/test_mix.py", '''

def test_complement():
    assert complement(RED) == Colour(0, 255, 255)


def test_complement_makes_grey():
    assert mix(Colour(10, 200, 77), complement(Colour(10, 200, 77))) == Colour(128, 128, 128)
'''),
    ])],
    expect=ends("accepted", round=1, why=(
        "The test file imports a name that only the fix has, so before it no test of the file can "
        "be collected; that is a missing symbol, not a broken environment.")),
)

REPO.pull(
    8, branch="tkeel/mix-ends", title="Make mix() exact at its ends", author=TOMAS, merger=LENA,
    merged="2023-01-17 09:12 +0100",
    issue=(7, "mix(a, b, 1) may be off by one", """
Reading `mix` I fear that `int(a + (b - a) * part + 0.5)` is not exact for `part=1`. Please make
sure that all of the other colour gives the other colour.
"""),
    commits=[("2023-01-16 22:31 +0100", "Return the colours themselves at the ends", [
        change("src/pigment/mix.py", '''\
    def channel(a, b):
''', '''\
    if part == 0:
        return one
    if part == 1:
        return other

    def channel(a, b):
'''),
        append("tests/test_mix.py", '''

def test_all_of_the_other():
    assert mix(RED, BLUE, 1) == BLUE
'''),
    ])],
    expect=ends("rejected", "no-f2p", why=(
        "The fear was unfounded: the new test passes before the fix too.")),
)

REPO.pull(
    10, branch="ividal/luminance", title="Weigh the channels in luminance()", author=INES,
    merger=LENA, squash=True, merged="2023-03-06 14:55 +0100",
    issue=(9, "luminance() finds blue as bright as green", """
`Colour(0, 0, 255).luminance()` and `Colour(0, 255, 0).luminance()` are both 1/3, but green looks
much brighter. The weights of the standard are 0.2126, 0.7152 and 0.0722.
"""),
    commits=[("2023-03-05 19:18 +0100", "Weigh the channels", [
        change("src/pigment/colour.py",
               "        return (self.red + self.green + self.blue) / (3 * 255)\n",
               "        weighed = 0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue\n"
               "        return weighed / 256\n"),
        append("tests/test_colour.py", '''

def test_white_is_as_bright_as_can_be():
    assert Colour(255, 255, 255).luminance() == pytest.approx(1, abs=1e-6)


def test_green_is_brighter_than_blue():
    assert Colour(0, 255, 0).luminance() == pytest.approx(0.7152, abs=1e-6)
'''),
    ])],
    expect=ends("rejected", "fix-fails", why=(
        "The fix divides by 256, so both new tests fail with it as without it.")),
)

REPO.commit(
    "2023-03-20 10:00 +0100", LENA, "Divide by 255: white is as bright as can be",
    change("src/pigment/colour.py", "weighed / 256", "weighed / 255"),
)
REPO.tag("0.2.0")
REPO.commit(
    "2023-04-28 17:30 +0200", LENA, "Say in the README how to ask for a pigment",
    append("README.md", "\nA pigment is missing? Open an issue with a photograph of the tube.\n"),
)

REPO.pull(
    13, branch="tkeel/lower-hex", title="Write hex digits in lower case", author=TOMAS, merger=LENA,
    merged="2023-05-09 12:00 +0200", behind=1,
    issue=(12, "to_hex() shouts", """
Style sheets here are all in lower case, but `to_hex()` gives `#8A3324`. Lower case, please.
"""),
    commits=[("2023-04-27 20:15 +0200", "Write hex digits in lower case", [
        change("src/pigment/colour.py", "#%02X%02X%02X", "#%02x%02x%02x"),
        append("tests/test_colour.py", '''

def test_hex_is_lower_case():
    assert Colour(138, 51, 36).to_hex() == "#8a3324"
'''),
    ])],
    expect=ends("rejected", "p2p-broken", why=(
        "test_hex_round_trip of the same file wants upper case: it passed before and fails with "
        "the fix.")),
)

REPO.commit(
    "2023-05-09 12:40 +0200", LENA, "The round trip is in lower case too",
    change("tests/test_colour.py", 'parse("#8A3324").to_hex() == "#8A3324"',
           'parse("#8A3324").to_hex() == "#8a3324"'),
)
REPO.commit(
    "2023-09-01 08:30 +0200", LENA, "Note where the names come from",
    append("README.md", "The names are those of the makers' charts of 2022.\n"),
)

REPO.pull(
    16, branch="ividal/stipple", title="Add stipple()", author=INES, merger=LENA, squash=True,
    merged="2023-09-12 15:20 +0200",
    issue=(15, "Stippled grounds", """
For grounds I would like `stipple(width, height, part)`: rows of dots, `True` where the brush
touches, `part` of them on the whole, and evenly spread.
"""),
    commits=[("2023-09-11 18:00 +0200", "Add stipple()", [
        write("src/pigment/stipple.py", '''\
"""Grounds made of dots."""
import random


def stipple(width, height, part):
    """Rows of dots, each laid or not by chance; `part` of them are laid on the whole."""
    return [[random.random() < part for _ in range(width)] for _ in range(height)]
'''),
        write("tests/test_stipple.py", '''\
import pytest

from pigment.stipple import stipple


@pytest.mark.parametrize("row", range(20))
def test_dots_are_evenly_spread(row):
    assert sum(stipple(20, 20, 0.5)[row]) >= 10
'''),
    ])],
    expect=ends("rejected", "flaky", why=(
        "With the fix each of the 20 new tests passes 3 times in 5, by chance, without a seed.")),
)
