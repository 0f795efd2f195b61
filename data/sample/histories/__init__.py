"""One module a repository; each fills a Repository called REPO."""
from . import pigment_later

HISTORIES = [pigment_later.REPO]
