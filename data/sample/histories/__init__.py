"""One module or two a repository; each fills a Repository called REPO."""
from . import gesso, maulstick, pigment_later, spolvero

HISTORIES = [module.REPO for module in (pigment_later, gesso, spolvero, maulstick)]
