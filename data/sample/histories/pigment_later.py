"""pigment from 2024 on, when it names Python 3.12."""
import hashlib

from history import EXECUTABLE, append, change, chmod, crlf, ends, move, remove, write

from .pigment import INES, LENA, REPO, TOMAS


def noise(word, size):
    """Bytes that do not compress, always the same for a word."""
    blocks = (hashlib.sha256(f"{word} {n}".encode()).digest() for n in range(size // 32 + 1))
    return b"".join(blocks)[:size]


def swatches(version, count, word):
    return b"PAL\0" + bytes([version, count]) + noise(word, count * (3 if version == 1 else 4))


REPO.commit(
    "2024-05-02 09:00 +0200", LENA, "Say that 3.10 to 3.12 work, and find palette servers",
    change("pyproject.toml", '''\
    "Programming Language :: Python :: 3.9",
''', '''\
    "Programming Language :: Python :: 3.9",
    "Programming Language :: Python :: 3.10",
    "Programming Language :: Python :: 3.11",
    "Programming Language :: Python :: 3.12",
'''),
    change("pyproject.toml", 'version = "0.1.0"', 'version = "0.3.0"'),
    remove("src/pigment/stipple.py"),
    remove("tests/test_stipple.py"),
    write("src/pigment/remote.py", '''\
"""Palettes that others keep."""
import socket


def parse_listing(text):
    """Host names, one a line; "#" begins a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def addresses(host):
    """Where a palette server answers."""
    return [found[4] for found in socket.getaddrinfo(host, 80)]
'''),
    write("tests/test_remote.py", '''\
from pigment.remote import parse_listing


def test_remarks_are_no_hosts():
    assert parse_listing("# ours\\nexample.com  # main\\n\\n") == ["example.com"]
'''),
)
REPO.tag("0.3.0")

REPO.pull(
    19, branch="tkeel/addresses", title="Give plain addresses, each once", author=TOMAS,
    merger=LENA, merged="2024-05-14 21:45 +0200",
    issue=(18, "addresses() gives tuples, and gives them thrice", """
`addresses("example.com")` returns pairs of address and port, every one three times (once for each
kind of socket). I expected a sorted list of strings.
"""),
    commits=[("2024-05-13 23:10 +0200", "Give plain addresses, each once", [
        change("src/pigment/remote.py",
               "return [found[4] for found in socket.getaddrinfo(host, 80)]",
               "return sorted({found[4][0] for found in socket.getaddrinfo(host, 80)})"),
        change("tests/test_remote.py", "from pigment.remote import parse_listing",
               "from pigment.remote import addresses, parse_listing"),
        append("tests/test_remote.py", '''

def test_addresses_are_texts_and_differ():
    found = addresses("example.com")
    assert found and all(isinstance(address, str) for address in found)
    assert len(found) == len(set(found))
'''),
    ])],
    expect=ends("rejected", "needs-network", why=(
        "The only new test asks the name service for example.com, and an evaluation has no "
        "network.")),
)

PALFILE = '''\
"""Swatch files: "PAL", a zero, a version, how many, then the colours."""
import pathlib

from .colour import Colour, parse


class BadSwatches(ValueError):
    """A file that is no swatch file, or is cut short."""


def read_swatches(path):
    """The version of a swatch file, and its colours."""
    content = pathlib.Path(path).read_bytes()
    if len(content) < 6 or content[:4] != b"PAL\\0":
        raise BadSwatches(f"{path}: not a swatch file")
    version, count = content[4], content[5]
    if version != 1:
        raise BadSwatches(f"{path}: version {version} is not known")
    body = content[6:]
    if len(body) != count * 3:
        raise BadSwatches(f"{path}: {len(body)} bytes do not make {count} colours")
    return version, [Colour(*body[i : i + 3]) for i in range(0, len(body), 3)]


def studio_swatches():
    """The studio's own, which come with the library."""
    return read_swatches(pathlib.Path(__file__).parent / "data" / "studio.pal")


def read_listing(path):
    """Colours by name, from lines such as "#8a3324,burnt umber"."""
    lines = pathlib.Path(path).read_bytes().decode().split("\\n")
    pairs = (line.split(",", 1) for line in lines if line)
    return {name: parse(colour) for colour, name in pairs}
'''

RAL = crlf('''\
"""RAL colours that the shop stocks. The table comes from its spreadsheet."""
from .colour import Colour

\f
# Yellows
RAL = {
    1003: Colour(249, 168, 0),
    1021: Colour(243, 218, 11),
    1023: Colour(247, 181, 0),
}
\f
# Reds
RAL.update({
    3000: Colour(167, 41, 32),
    3020: Colour(187, 30, 16),
})
''')

TEST_SWATCHES = '''\
import os
import pathlib

import pytest

from pigment import BadSwatches, Colour, read_listing, read_swatches, studio_swatches
from pigment.ral import RAL

HERE = pathlib.Path(__file__).parent
DATA = HERE / "data"


def test_version_one():
    version, colours = read_swatches(DATA / "first.pal")
    assert version == 1
    assert len(colours) == 20


def test_cut_short(tmp_path):
    cut = tmp_path / "cut.pal"
    cut.write_bytes((DATA / "first.pal").read_bytes()[:-1])
    with pytest.raises(BadSwatches):
        read_swatches(cut)


def test_listing(tmp_path):
    path = tmp_path / "listing.csv"
    path.write_text("#8a3324,burnt umber\\n")
    assert read_listing(path) == {"burnt umber": Colour(138, 51, 36)}


def test_reds():
    assert RAL[3020] == Colour(187, 30, 16)
'''

REPO.commit(
    "2024-06-03 10:15 +0200", LENA, "Read swatch files and the shop's listings",
    write("src/pigment/__init__.py", '''\
"""Colours by name, and what comes of mixing them."""
from .colour import Colour, parse
from .mix import complement, mix
from .swatchfile import BadSwatches, read_listing, read_swatches, studio_swatches

__all__ = [
    "BadSwatches",
    "Colour",
    "complement",
    "mix",
    "parse",
    "read_listing",
    "read_swatches",
    "studio_swatches",
]
'''),
    write("src/pigment/swatchfile.py", PALFILE),
    write("src/pigment/ral.py", RAL),
    write("src/pigment/data/studio.pal", swatches(1, 60, "studio")),
    write("scripts/swatches", '''\
#!/usr/bin/env python3
"""Print the colours of a swatch file."""
import sys

from pigment import read_swatches

for path in sys.argv[1:]:
    for colour in read_swatches(path)[1]:
        print(colour.to_hex())
'''),
    write("tests/data/first.pal", swatches(1, 20, "first")),
    write("tests/data/draft.pal", swatches(1, 5, "draft")),
    write("tests/test_swatches.py", TEST_SWATCHES),
)

REPO.pull(
    22, branch="ividal/second-version", title="Read what the Windows machine writes", author=INES,
    merger=LENA, merged="2024-06-18 16:30 +0200",
    issue=(21, "Swatches and listings from the shop's Windows machine", """
Since the shop has a new machine:

* its swatch files say version 2 and are refused (each colour now has a fourth byte, the cover,
  which we may ignore); please ship the studio's swatches in that version too;
* names from its listings end in a carriage return: `read_listing` gives `'burnt umber\\r'`;
* RAL 1021 is not the yellow on its chart, which says 238, 201, 0;
* `scripts/swatches` cannot be run: it is not executable.
"""),
    commits=[
        ("2024-06-16 11:20 +0200", "Call the module palfile, as the files are", [
            move("src/pigment/swatchfile.py", "src/pigment/palfile.py"),
            change("src/pigment/__init__.py", "from .swatchfile import", "from .palfile import"),
        ]),
        ("2024-06-16 12:05 +0200", "Read version 2, and ship it", [
            change("src/pigment/palfile.py", '''\
    if version != 1:
        raise BadSwatches(f"{path}: version {version} is not known")
    body = content[6:]
    if len(body) != count * 3:
''', '''\
    if version not in (1, 2):
        raise BadSwatches(f"{path}: version {version} is not known")
    body, size = content[6:], version + 2
    if len(body) != count * size:
'''),
            change("src/pigment/palfile.py", "len(body), 3)]", "len(body), size)]"),
            write("src/pigment/data/studio.pal", swatches(2, 60, "studio")),
            write("tests/data/second.pal", swatches(2, 30, "second")),
            remove("tests/data/draft.pal"),
        ]),
        ("2024-06-17 09:00 +0200", "Take line ends of any machine", [
            change("src/pigment/palfile.py", '.decode().split("\\n")', ".decode().splitlines()"),
            change("src/pigment/ral.py", "1021: Colour(243, 218, 11)", "1021: Colour(238, 201, 0)"),
            write("tests/data/shelf.csv", crlf("#8a3324,burnt umber\n#d68a59,raw sienna\n")),
            chmod("scripts/swatches", EXECUTABLE),
            append("tests/test_swatches.py", '''

def test_version_two():
    version, colours = read_swatches(DATA / "second.pal")
    assert version == 2
    assert len(colours) == 30
    assert not (DATA / "draft.pal").exists()


def test_studio_is_version_two():
    version, colours = studio_swatches()
    assert version == 2
    assert len(colours) == 60


def test_listing_of_windows():
    path = DATA / "shelf.csv"
    assert path.read_bytes().count(b"\\r\\n") == 2
    assert list(read_listing(path)) == ["burnt umber", "raw sienna"]


def test_yellows():
    assert RAL[1021] == Colour(238, 201, 0)


def test_script_can_be_run():
    assert os.access(HERE.parent / "scripts" / "swatches", os.X_OK)
'''),
        ]),
    ],
    expect=ends("accepted", round=1, why=(
        "The patches rename a module, change a mode, a file with CRLF ends and form feeds, and "
        "binary files in the library and in the test data; each new test needs one of these.")),
)

REPO.commit(
    "2024-07-01 09:20 +0200", LENA, "Name the profiles of presses",
    write("src/pigment/icc.py", '''\
"""Profiles of presses and scanners."""


def profile_name(press):
    """"Plate press 2" has plate-press-2.icc."""
    return "-".join(press.lower().split()) + ".icc"
'''),
    write("tests/test_icc.py", '''\
import pytest

from pigment import icc


def test_profile_name():
    assert icc.profile_name("Plate press 2") == "plate-press-2.icc"
'''),
)

REPO.pull(
    24, branch="tkeel/transform", title="Convert colours for a press", author=TOMAS, merger=LENA,
    squash=True, merged="2024-07-15 13:05 +0200",
    issue=(23, "Convert a colour for a press", """
`icc.transform(colour, press)` should give the colour as the press must print it, by the program
`bottega-cms` where that is installed. `icc.engine()` should say where it is, or `None`.
"""),
    commits=[("2024-07-14 15:50 +0200", "Convert colours for a press", [
        change("src/pigment/icc.py", '''\
"""Profiles of presses and scanners."""
''', '''\
"""Profiles of presses and scanners."""
import shutil
import subprocess

from .colour import parse


def engine():
    """Where the colour engine is, or None."""
    return shutil.which("bottega-cms")


def transform(colour, press):
    """The colour as the press must print it."""
    command = [engine(), profile_name(press), colour.to_hex()]
    return parse(subprocess.check_output(command, text=True))
'''),
        change("tests/test_icc.py", "from pigment import icc\n",
               "from pigment import Colour, icc\n"),
        append("tests/test_icc.py", '''

def test_transform():
    if icc.engine() is None:
        pytest.skip("needs the program bottega-cms")
    assert icc.transform(Colour(0, 0, 0), "Plate press 2") == Colour(0, 0, 0)
'''),
    ])],
    expect=ends("rejected", "no-f2p", why=(
        "The only new test fails before the fix and is skipped with it, as the program it needs is "
        "nowhere to be had; a skipped test has not passed.")),
)

REPO.commit(
    "2024-10-01 08:50 +0200", LENA, "Find scanners by their label",
    write("src/pigment/scanner.py", '''\
"""Scanners of the studio."""
import pathlib

PROFILES = pathlib.Path("/opt/bottega-studio/profiles")


def slug(label):
    """The label as it stands in file names."""
    return label.lower().replace(" ", "-")


def profile(label):
    return PROFILES / (slug(label) + ".icc")
'''),
    write("tests/test_scanner.py", '''\
import pytest

from pigment.scanner import profile, slug


@pytest.mark.parametrize("label", ["Flat bed", "Plate camera [old]", "Drum $2"])
def test_slug_has_no_blanks(label):
    assert " " not in slug(label)


@pytest.mark.parametrize("label", ["Flat bed", "Plate camera [old]"])
def test_profile_is_installed(label):
    assert profile(label).read_bytes().startswith(b"ICC")
'''),
)

REPO.pull(
    27, branch="ividal/slug", title="Keep only letters and digits in slugs", author=INES,
    merger=LENA, merged="2024-10-08 10:10 +0200",
    issue=(26, "Slugs keep brackets", """
`slug("Plate camera [old]")` gives `plate-camera-[old]`, which the shell takes for a pattern. It
should be `plate-camera-old`: letters and digits, one dash between words.
"""),
    commits=[("2024-10-07 20:30 +0200", "Keep only letters and digits in slugs", [
        change("src/pigment/scanner.py", "import pathlib\n", "import pathlib\nimport re\n"),
        change("src/pigment/scanner.py", 'return label.lower().replace(" ", "-")',
               'return "-".join(re.findall(r"[a-z0-9]+", label.lower()))'),
        append("tests/test_scanner.py", '''

@pytest.mark.parametrize(
    "label, expected",
    [
        ("Plate camera [old]", "plate-camera-old"),
        ("Drum $2", "drum-2"),
        (" Flat  bed ", "flat-bed"),
    ],
)
def test_slug(label, expected):
    assert slug(label) == expected
'''),
    ])],
    expect=ends("accepted", why=(
        "Two tests of the file need a folder of the studio and fail under every condition; they "
        "are deselected by their ids, which hold blanks and brackets.")),
)

REPO.commit(
    "2025-01-07 11:00 +0100", LENA, "Lay glazes over a ground",
    write("src/pigment/glaze.py", '''\
"""Thin layers, one over the other."""
from .mix import mix


def lay(ground, glazes):
    """The ground under all glazes; each is a colour and how much it covers."""
    for colour, cover in reversed(glazes):
        ground = mix(ground, colour, cover)
    return ground
'''),
    write("tests/conftest.py", '''\
import pytest

from pigment import Colour


@pytest.fixture
def ground():
    return Colour(255, 255, 255)
'''),
    write("tests/test_glaze.py", '''\
from pigment import Colour
from pigment.glaze import lay


def test_no_glaze(ground):
    assert lay(ground, []) == ground


def test_one_glaze(ground):
    assert lay(ground, [(Colour(0, 0, 0), 0.2)]) == Colour(204, 204, 204)
'''),
)
REPO.tag("0.4.0")

REPO.pull(
    29, branch="tkeel/glaze-order", title="Lay the first glaze first", author=TOMAS, merger=LENA,
    squash=True, merged="2025-01-21 17:35 +0100",
    issue=(28, "lay() lays the last glaze first", """
With `lay(white, [red, blue])` I expect red on the white and blue on top of it, so mostly blue. It
comes out the other way round.
"""),
    commits=[("2025-01-20 21:15 +0100", "Lay the first glaze first", [
        change("src/pigment/glaze.py", "in reversed(glazes):", "in glazes:"),
        append("tests/conftest.py", '''

@pytest.fixture
def thick():
    """Makes a glaze that covers nearly all."""
    return lambda red, green, blue: (Colour(red, green, blue), 0.9)
'''),
        append("tests/test_glaze.py", '''

def test_the_last_is_on_top(ground, thick):
    colour = lay(ground, [thick(255, 0, 0), thick(0, 0, 255)])
    assert colour.blue > colour.red
'''),
    ])],
    expect=ends("accepted", round=1, why=(
        "The test patch adds a fixture to conftest.py, which belongs to the tests and must be "
        "there under both later conditions.")),
)

REPO.commit(
    "2025-03-03 09:40 +0100", LENA, "Ask the shop for prices",
    write("src/pigment/shop.py", '''\
"""What pigments cost."""


def ask_price(name):
    """Asks at the counter. Slow."""
    raise ConnectionError(f"nobody at the counter to ask for {name}")


class Shop:
    def price(self, name):
        """The price of a tube in cents."""
        return ask_price(name.strip().lower())
'''),
    write("tests/test_shop.py", '''\
import pytest

from pigment.shop import Shop


def test_nobody_there():
    with pytest.raises(ConnectionError):
        Shop().price("burnt umber")
'''),
)

REPO.pull(
    31, branch="ividal/ask-once", title="Ask for each price once", author=INES, merger=LENA,
    merged="2025-03-11 14:25 +0100",
    issue=(30, "Shop.price() asks again and again", """
Reckoning a recipe of three tubes of the same pigment asks at the counter three times. Once should
do for as long as the `Shop` lives.
"""),
    commits=[("2025-03-10 19:55 +0100", "Ask for each price once", [
        change("src/pigment/shop.py", '''\
class Shop:
    def price(self, name):
        """The price of a tube in cents."""
        return ask_price(name.strip().lower())
''', '''\
class Shop:
    def __init__(self):
        self._prices = {}

    def price(self, name):
        """The price of a tube in cents."""
        name = name.strip().lower()
        if name not in self._prices:
            self._prices[name] = ask_price(name)
        return self._prices[name]
'''),
        append("tests/test_shop.py", '''

def test_asks_once(mocker):
    ask = mocker.patch("pigment.shop.ask_price", return_value=950)
    shop = Shop()
    assert [shop.price("Burnt umber"), shop.price("burnt umber ")] == [950, 950]
    ask.assert_called_once_with("burnt umber")
'''),
    ])],
    expect=ends("accepted", round=2, why=(
        "The new test wants the fixture mocker of pytest-mock, which the project declares nowhere; "
        "the first round's log says so, and the second has it.")),
)
