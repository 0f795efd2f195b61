"""maulstick: commands for a drawing arm. One module, and no word on which Python. 2022."""
from history import Repository, append, change, ends, write

TOMAS = "Tomas Keel <tomas@pigment.example>"
NOOR = "Noor Saleh <noor@spolvero.example>"

SETUP = '''\
from setuptools import setup

setup(name="bottega-maulstick", version="0.2", py_modules=["maulstick"])
'''

MODULE = '''\
"""Commands for the arm that steadies the hand."""


class Arm:
    def __init__(self):
        self.x = self.y = 0

    def do(self, command):
        """Run one command, such as "go 10 -3"."""
        match command.split():
            case ["home"]:
                self.x = self.y = 0
            case ["go", x, y]:
                self.x += int(x)
                self.y += int(y)
            case [word, *_]:
                raise ValueError(f"no such command: {word}")
'''

TESTS = '''\
import pytest

from maulstick import Arm


def test_go():
    arm = Arm()
    arm.do("go 10 -3")
    arm.do("go 1 1")
    assert (arm.x, arm.y) == (11, -2)


def test_unknown():
    with pytest.raises(ValueError, match="jump"):
        Arm().do("jump 3")
'''

REPO = Repository("bottega-samples", "maulstick")

REPO.commit(
    "2022-01-10 22:15 +0100", TOMAS, "An arm that goes",
    write("README", "maulstick steadies the hand.\n"),
    write("setup.py", SETUP),
    write("maulstick.py", MODULE),
    write("test_maulstick.py", TESTS),
)
REPO.tag("0.2")

REPO.pull(
    2, branch="nsaleh/to", title="Add the command to", author=NOOR, merger=TOMAS,
    merged="2022-01-24 20:30 +0100",
    issue=(1, "Go to a place, not by a distance", """
A command `to 10 4` that moves the arm to that place, wherever it is now.
"""),
    commits=[("2022-01-23 15:10 +0100", "Add the command to", [
        change("maulstick.py", '''\
            case [word, *_]:
''', '''\
            case ["to", x, y]:
                self.x, self.y = int(x), int(y)
            case [word, *_]:
'''),
        append("test_maulstick.py", '''

def test_to():
    arm = Arm()
    arm.do("go 10 -3")
    arm.do("to 4 4")
    assert (arm.x, arm.y) == (4, 4)
'''),
    ])],
    expect=ends("accepted", why=(
        "The module has a match statement, which Python 3.9, the choice by date alone, cannot "
        "read; 3.10 can.")),
)
