#!/usr/bin/env python3
"""names.py LAB: names as nobody wants them, and a log full of what a terminal would obey."""
import glob
import json
import os
import sys

lab = sys.argv[1]
ROWS = [("שלום/עולם", 1, "כותרת מימין לשמאל (\u202eoverride\u202c) and back"),
        ("combine/a\u0301\u0302\u0303\u0304e\u0308", 2, "z\u0335\u0321a\u0336l\u0337g\u0338o\u0334 " + "e\u0301" * 40),
        ("wide/全角文字", 3, "👩\u200d👩\u200d👧\u200d👦 family, 🇩🇪 flag, \ufeff mark, \u2028 line"),
        ("controls/tab", 4, "a\ttab, a bell \u0007, an escape \u001b[2J\u001b[31m and a \u009b1m\u0085")]
with open(lab + "/tasks/odd\nname.jsonl", "w", encoding="utf-8") as f:
    for repo, n, title in ROWS:
        f.write(json.dumps({"instance_id": repo.replace("/", "__") + "-%d" % n, "repo": repo, "pull_number": n, "base_commit": "0" * 40,
                            "created_at": "2023-11-14T22:13:20Z", "problem_statement": title + "\n", "patch": "diff --git a/a b/a\n",
                            "test_patch": "diff --git a/t b/t\n", "language": "python"}, ensure_ascii=False) + "\n")
dir = sorted(glob.glob(lab + "/runs/dev-1/*/*/round-1"))[0]
with open(dir + "/build.log", "wb") as f:
    f.write(b"\x1b[2J\x1b[H\x1b]0;a title of its own\x07\x1b[?1049l\x1b[?25h\x1b[31mred\x1b[0m and \x1b[1;1Hhome\n")
    f.write(b"\x1bc reset \x1b#8 \x1b(0 lines \x0e shifted \x0f \x90dcs\x9c \x9b31m c1\n")
    f.write(b"invalid \xff\xfe\x80 bytes, nul \x00, bell \x07, back\x08space, tab\there, cr\rover\n")
    f.write(b"\x1b[38;5;196mcolour\x1b[48;2;1;2;3m rgb \x1b[7mreverse\x1b[0m plain\n")
    f.write("right to left: שלום \u202eevil\u202c done, combining e\u0301\u0301\u0301\u0301\n".encode())
    f.write(b"\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\ \x1b]52;c;aGk=\x07 \x1b[6n \x1b[c\n")
    f.write(b"x" * 100000 + b"\n" + b"last line")
print(dir)
