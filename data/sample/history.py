"""A git history told as Python data, and written as a `git fast-import` stream.

A Repository is filled from top to bottom: commit(), tag(), pull(). Each takes a list of edits; an
edit is a function that changes a tree, a dict of path -> (mode, bytes). Nothing here reads the
clock, the user's git configuration or the machine: equal calls give equal bytes.
"""
import datetime

FILE, EXECUTABLE = "100644", "100755"


def write(path, content, mode=FILE):
    """Make the file, or give it wholly new content (text, or bytes as they are)."""
    content = content.encode() if isinstance(content, str) else content
    return lambda tree: tree.__setitem__(path, (mode, content))


def change(path, old, new):
    """Replace the one place where `old` stands."""
    def edit(tree):
        mode, content = tree[path]
        before = old.encode()
        if content.count(before) != 1:
            raise ValueError(f"{path}: {content.count(before)} places hold {old!r}, not one")
        tree[path] = (mode, content.replace(before, new.encode()))
    return edit


def append(path, text):
    def edit(tree):
        mode, content = tree[path]
        tree[path] = (mode, content + text.encode())
    return edit


def move(old, new):
    return lambda tree: tree.__setitem__(new, tree.pop(old))


def remove(path):
    return lambda tree: tree.pop(path)


def chmod(path, mode):
    return lambda tree: tree.__setitem__(path, (mode, tree[path][1]))


def crlf(text):
    return text.replace("\n", "\r\n")


class Pull:
    """What tasks.jsonl and expected.json say of one merged pull request."""

    def __init__(self, number, base, end, version, issue, expect):
        self.number, self.base, self.end = number, base, end  # base, end: marks of commits
        self.version, self.issue, self.expect = version, issue, expect


def ends(state, failure_class=None, round=None, *, why):
    return {"state": state, "failure_class": failure_class, "round": round, "why": why}


class Repository:
    def __init__(self, owner, name):
        self.owner, self.name = owner, name
        self.pulls = []
        self._out = [b"feature done\n"]
        self._mark = 0
        self._blobs = {}  # bytes -> mark
        self._main = [(0, {})]  # mark and tree of each commit of main, oldest first
        self._version = ""

    def commit(self, date, author, message, *edits):
        """One commit straight on main."""
        mark, before = self._main[-1]
        after = _edited(before, edits)
        mark = self._write("refs/heads/main", date, author, message, before, after, [mark])
        self._main.append((mark, after))

    def tag(self, version):
        self._version = version
        self._out.append(f"reset refs/tags/v{version}\nfrom :{self._main[-1][0]}\n\n".encode())

    def pull(self, number, *, branch, title, author, commits, merged, merger, issue, expect,
             squash=False, behind=0):
        """A merged pull request. commits: (date, message, edits); issue: (number, title, body).

        behind: how many commits of main came after the branch was cut.
        """
        base, before = self._main[-1]
        after = _edited(before, [e for _, _, edits in commits for e in edits])
        parents = [base]
        if not squash:
            parents.append(self._branch(number, author, commits, self._main[-1 - behind]))
            message = f"Merge pull request #{number} from {branch}\n\n{title}\n"
        else:
            message = f"{title} (#{number})\n\nCloses #{issue[0]}\n"
        writer = author if squash else merger
        end = self._write("refs/heads/main", merged, writer, message, before, after, parents,
                          committer=merger)
        self._main.append((end, after))
        self.pulls.append(Pull(number, base, end, self._version, issue, expect))

    def stream(self):
        return b"".join(self._out) + b"done\n"

    def _branch(self, number, author, commits, start):
        mark, tree = start
        for date, message, edits in commits:
            after = _edited(tree, edits)
            mark = self._write(f"refs/pull/{number}/head", date, author, message, tree, after,
                               [mark])
            tree = after
        return mark

    def _next(self):
        self._mark += 1
        return self._mark

    def _blob(self, content):
        if content not in self._blobs:
            self._blobs[content] = self._next()
            head = f"blob\nmark :{self._blobs[content]}\ndata {len(content)}\n"
            self._out.append(head.encode() + content + b"\n")
        return self._blobs[content]

    def _write(self, ref, date, author, message, before, after, parents, committer=None):
        changes = _changes(before, after)
        marks = [self._blob(after[path][1]) if path in after else 0 for path in changes]
        mark = self._next()
        message = message if message.endswith("\n") else message + "\n"
        lines = [f"commit {ref}", f"mark :{mark}", f"author {author} {_seconds(date)}",
                 f"committer {committer or author} {_seconds(date)}",
                 f"data {len(message.encode())}", message.rstrip("\n")]
        lines += [f"{word} :{p}" for word, p in zip(["from"] + ["merge"] * 9, parents) if p]
        lines += [f"M {after[path][0]} :{blob} {path}" if blob else f"D {path}"
                  for path, blob in zip(changes, marks)]
        self._out.append(("\n".join(lines) + "\n\n").encode())
        return mark


def _edited(tree, edits):
    tree = dict(tree)
    for edit in edits:
        edit(tree)
    return tree


def _changes(before, after):
    return sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))


def _seconds(date):
    """"2022-10-04 18:05 +0200" as git's "1664899500 +0200"."""
    moment = datetime.datetime.strptime(date, "%Y-%m-%d %H:%M %z")
    return f"{int(moment.timestamp())} {date[-5:]}"
