#!/usr/bin/env python3
"""run.py BOTTEGA DIR: takes a folder of trajectories in by bottega, by ingest.py and by jq, one after
the other, from page cache, and says what each cost. CPU time is what a core is paid for; all do the
same: which format, which instance, how many steps, turns and tokens."""
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JQ = """if type == "array" then [length] else [.instance_id, .environment, .info.exit_status, .info.model_stats.tokens_sent,
((.trajectory // .steps // .history // .messages // .traj) | length)] end"""


def warm(top):
    size = 0
    for folder, _, names in os.walk(top):
        for name in names:
            with open(os.path.join(folder, name), "rb") as f:
                while block := f.read(1 << 22):
                    size += len(block)
    return size


def measure(what, argv, size, **more):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    p = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    said = p.stdout.read().strip().splitlines()[-3:]
    _, status, own = os.wait4(p.pid, 0)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    mb = size / 1e6
    print("| %s | %.1f | %.1f | %.0f | %.0f | %d |" % (what, wall, cpu, mb / wall, mb / cpu, own.ru_maxrss // 1024))
    if status:
        print("%s ended with %d: %s" % (what, status, said))


def counts(path, columns):
    return sqlite3.connect(path).execute("SELECT %s FROM attempts" % columns).fetchone()


def main(bottega, top):
    size = warm(top)
    print("%.0f MB\n\n| what | wall s | CPU s | MB/s | MB/s a core | peak MB |\n| --- | --- | --- | --- | --- | --- |" % (size / 1e6))
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([bottega, "init", tmp + "/w"], check=True, stdout=subprocess.DEVNULL)
        measure("bottega import", [bottega, "-C", tmp + "/w", "import", "-q", top], size)
        measure("json and sqlite3", [sys.executable, HERE + "/ingest.py", top, tmp + "/db"], size)
        jq = "find %s -type f -print0 | xargs -0 jq -c '%s' >%s/jq" % (top, JQ, tmp)
        measure("jq", ["sh", "-c", jq], size)
        for what, words in (("search, words", ["no such words"]), ("search, pcre2", ["-e", "no [a-z]+ words"]),
                            ("search, words that are there", ["Traceback (most recent"])):
            measure(what, [bottega, "-C", tmp + "/w", "search", "-q", *words], size)
        ours, theirs = (counts(tmp + p, "count(*), sum(steps), sum(turns), sum(tokens_in)") for p in ("/w/index.db", "/db"))
        print("\nattempts, steps, turns, tokens: %s, by the script %s" % (ours, theirs))
        sys.exit(ours != theirs)


if __name__ == "__main__":
    main(sys.argv[1], os.path.abspath(sys.argv[2]))
