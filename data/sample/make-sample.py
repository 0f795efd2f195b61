#!/usr/bin/env python3
"""Make the sample: repositories as fast-import streams, their task rows, and how each must end.

usage: make-sample.py [--check]     (Python 3.8 or newer, and git)

Writes <repository>.fi, tasks.jsonl and expected.json beside itself. With --check it writes
nothing, compares, names each file that differs and exits 1. The histories are in histories/, one
file a repository. For every row it is asserted that patch and test_patch together are git's diff
from base to end, whole and in order.
"""
import sys

sys.dont_write_bytecode = True

import json
import os
import pathlib
import subprocess
import tempfile

from histories import HISTORIES

HERE = pathlib.Path(__file__).resolve().parent
DIFF = ["diff", "--binary", "--full-index", "--no-color", "--no-ext-diff", "--find-renames",
        "--diff-algorithm=myers", "--src-prefix=a/", "--dst-prefix=b/"]


def git(folder, *arguments, data=None):
    plain = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C", "TZ": "UTC",
             "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", "-C", folder, *arguments], input=data, env=plain, check=True,
                          stdout=subprocess.PIPE)
    return done.stdout


def is_test(path):
    *folders, name = path.split("/")
    return (name == "conftest.py" or name.endswith("_test.py")
            or name.startswith("test_") and name.endswith(".py")
            or any(folder in ("test", "tests") for folder in folders))


def changed_files(folder, base, end):
    """(paths of one file's change, whether it is a test), in the order of git's diff."""
    words = git(folder, "diff", "--raw", "-z", "--find-renames", base, end).decode().split("\0")
    while len(words) > 1:
        status = words.pop(0).rsplit(" ", 1)[1]
        paths = [words.pop(0) for _ in range(2 if status[0] in "RC" else 1)]
        yield paths, is_test(paths[-1])


def split_diff(folder, base, end):
    parts = [(test, git(folder, *DIFF, base, end, "--", *paths).decode())
             for paths, test in changed_files(folder, base, end)]
    whole = git(folder, *DIFF, base, end).decode()
    assert "".join(text for _, text in parts) == whole, "the parts are not the whole diff"
    return ("".join(text for test, text in parts if not test),
            "".join(text for test, text in parts if test))


def row(folder, repo, pull, commits):
    base, end = commits[pull.base], commits[pull.end]
    patch, test_patch = split_diff(folder, base, end)
    assert patch and test_patch, f"{repo.name} #{pull.number} must change code and tests"
    number, title, body = pull.issue
    moment = git(folder, "show", "-s", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd",
                 end).decode().strip()
    return {
        "instance_id": f"{repo.owner}__{repo.name}-{pull.number}",
        "repo": f"{repo.owner}/{repo.name}",
        "pull_number": pull.number,
        "base_commit": base,
        "end_commit": end,
        "created_at": moment,
        "version": pull.version,
        "problem_statement": f"{title}\n\n{body.strip()}",
        "problem_statement_source": "issue",
        "patch": patch,
        "test_patch": test_patch,
        "language": "python",
        "issue_numbers": [number],
    }


def rows_of(repo):
    with tempfile.TemporaryDirectory() as folder:
        git(folder, "init", "-q", "--bare")
        marks = os.path.join(folder, "marks")
        git(folder, "fast-import", "--quiet", f"--export-marks={marks}", data=repo.stream())
        with open(marks, encoding="ascii") as lines:
            commits = {int(line.split()[0][1:]): line.split()[1] for line in lines}
        return [row(folder, repo, pull, commits) for pull in repo.pulls]


def make():
    """File name -> bytes, of everything that this script is to write."""
    files, rows, expected = {}, [], {}
    for repo in HISTORIES:
        files[f"{repo.name}.fi"] = repo.stream()
        new = rows_of(repo)
        rows += new
        expected.update({r["instance_id"]: pull.expect for r, pull in zip(new, repo.pulls)})
    lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in rows]
    files["tasks.jsonl"] = "".join(lines).encode()
    files["expected.json"] = (json.dumps(expected, indent=2) + "\n").encode()
    return files


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    differing = 0
    for name, content in make().items():
        path = HERE / name
        if not arguments:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            print(f"{path}: not what make-sample.py writes; run it again", file=sys.stderr)
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
