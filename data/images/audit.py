# audit.py: the part of audit.sh that reads Python, for 2.7 and all of 3. Looks below the working
# directory for compiled files that come from another source than the one beside them, and for
# untracked copies of tracked files that hold a line of the fix (/bottega/added). Prints findings
# like audit.sh: bottega-leak<TAB>KIND<TAB>WHERE<TAB>WHAT<TAB>BYTES.
import io
import marshal
import os
import struct
import subprocess
import sys

IN = os.environ.get("BOTTEGA_IN", "/bottega")
try:
    from importlib.util import MAGIC_NUMBER as MAGIC
except ImportError:
    MAGIC = __import__("imp").get_magic()
HEADER = 16 if sys.version_info >= (3, 7) else 12 if sys.version_info[0] == 3 else 8


def say(kind, where, what, shown=""):
    if isinstance(shown, bytes) and sys.version_info[0] > 2:
        shown = shown.decode("utf-8", "replace")
    line = u"\t".join([u"bottega-leak", kind, text(where), what, u" ".join(text(shown).split())[:160]]) + u"\n"
    getattr(sys.stdout, "buffer", sys.stdout).write(line.encode("utf-8", "replace"))


def text(name):
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def read(path):
    with io.open(path, "rb") as f:
        return f.read()


def listed(*words):
    out = subprocess.Popen(["git", "ls-files", "-z"] + list(words), stdout=subprocess.PIPE).communicate()[0]
    return [os.fsdecode(p) if hasattr(os, "fsdecode") else p for p in out.split(b"\0") if p]


def words_of(code, into):
    """Names and constants of a code object and all below it."""
    into.update(code.co_names)
    into.update(code.co_varnames)
    for c in code.co_consts:
        if hasattr(c, "co_code"):
            words_of(c, into)
        else:
            into.add(repr(c) if isinstance(c, (int, float, complex)) else "%r" % (c,) if isinstance(c, (str, bytes)) else "")
    return into


def fits(head, source):
    """Whether the header says that this source, as it stands, was compiled."""
    if HEADER == 16 and struct.unpack("<I", head[4:8])[0]:
        return False
    at = 8 if HEADER == 16 else 4
    st = os.stat(source)
    same = struct.unpack("<I", head[at:at + 4])[0] == int(st.st_mtime) & 0xFFFFFFFF
    return same and (HEADER == 8 or struct.unpack("<I", head[at + 4:at + 8])[0] == st.st_size & 0xFFFFFFFF)


def source_of(path):
    folder, name = os.path.split(path)
    if os.path.basename(folder) == "__pycache__":
        return os.path.join(os.path.dirname(folder), name.split(".")[0] + ".py")
    return path[:-1]


def compiled(path):
    data, source = read(path), source_of(path)
    if data[:4] != MAGIC:
        return
    if not os.path.exists(source):
        say(u"bytecode", path, u"its source is not here")
        return
    if fits(data, source):
        return
    then = words_of(marshal.loads(data[HEADER:]), set())
    now = words_of(compile(read(source), source, "exec", 0, True), set())
    if "-pytest-" not in path and then - now:
        say(u"bytecode", path, u"it was compiled from another source", u", ".join(sorted(text(w) for w in then - now if w)))


def suffixes(path):
    parts = path.split("/")
    return ["/".join(parts[i:]) for i in range(len(parts) - 1)]


def copies():
    tracked = {}
    for path in listed():
        for end in suffixes(path):
            tracked.setdefault(end, []).append(path)
    added = [line for line in read(IN + "/added").split(b"\n") if line]
    for path in listed("--others"):
        twin = next((tracked[end] for end in suffixes(path)[1:] if end in tracked), None)
        if not twin or not path.endswith((".py", ".pyi", ".pyx", ".pxd", ".c", ".h", ".txt", ".json")):
            continue
        held, known = read(path), [read(t) for t in twin if os.path.isfile(t)]
        telling = [line for line in added if line in held and not any(line in k for k in known)]
        if telling:
            say(u"build", path, u"it is a later " + text(twin[0]), telling[0])


def main():
    for folder, _, names in os.walk("."):
        for name in names:
            if name.endswith(".pyc"):
                try:
                    compiled(os.path.join(folder, name)[2:])
                except (EnvironmentError, ValueError, SyntaxError, EOFError, TypeError, struct.error):
                    pass
    copies()


main()
