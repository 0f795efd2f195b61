#!/usr/bin/env python3
"""ingest.py DIR DB: what `bottega import` takes in, by json and sqlite3: the plain way to do it."""
import json
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fixtures/trajectories"))
import count  # noqa: E402


def kinds(d):
    if isinstance(d, list):
        items = d
    else:
        items = next((d[k] for k in ("trajectory", "steps", "history", "messages", "traj") if k in d), [])
    names = (m.get("role") or m.get("source") or "assistant" for m in items if isinstance(m, dict))
    return ",".join(str(x) for x in names)


def take(db, path, text, offset):
    d = json.loads(text)
    rows = count.of_list(d) if isinstance(d, list) else count.of_object(d)
    for r in rows:
        db.execute("INSERT INTO attempts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", [path, offset, len(text), kinds(d), *r])


def main(top, out):
    if os.path.exists(out):
        os.unlink(out)
    db = sqlite3.connect(out)
    db.execute("CREATE TABLE attempts (path, offset, length, kinds, format, instance_id, steps, turns, exit_status,"
               " outcome, patch, tokens_in, tokens_out)")
    for folder, _, names in os.walk(top):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                if not name.endswith(".jsonl"):
                    take(db, path, f.read(), 0)
                    continue
                offset = 0
                for line in f:
                    take(db, path, line, offset)
                    offset += len(line)
    db.commit()
    print(db.execute("SELECT count(*), sum(steps) FROM attempts").fetchone())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
