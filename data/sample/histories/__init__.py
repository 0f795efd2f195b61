"""One module a repository; each fills a Repository called REPO."""
from . import pigment

HISTORIES = [pigment.REPO]
