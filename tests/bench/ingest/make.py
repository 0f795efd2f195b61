#!/usr/bin/env python3
"""make.py SAMPLES DIR [MB]: a set of trajectories made of the real ones, 2,100 MB of them.

Each copy has an instance of its own, so that nothing is the same twice. Files of one trajectory stay
files of one; rows are written behind one another into files of about 64 MB, as evaluations have them.
Samples that are small are copied more often, so that no format is lost among the great ones."""
import os
import re
import sys

# sample, its share of the bytes, and what names the instance in it
MIX = [
    ("swe-smith/1.1_pydantic__pydantic.acb0f10f.pr_8316.traj", 35, b"pydantic__pydantic.acb0f10f.pr_8316"),
    ("swe-agent/1.0_messages-per-step_marshmallow-1867.traj", 15, b"marshmallow-1867"),
    ("swe-agent/old-0.x_pydicom__pydicom-1458.traj", 8, b"/pydicom__pydicom"),
    ("openhands/event-format_multi_swe_bench_output.jsonl", 25, b"ponyc-45"),
    ("swe-smith/ft_xml_example.jsonl", 12, b".pr_"),
    ("atif/openhands_hello-world.trajectory.json", 2, b"NORMALIZED_SESSION_ID"),
    ("mini-swe-agent/bare-list_github_issue.traj.json", 1, b"GitHub Issue: "),
    ("docent/tb_airline.json", 2, b"mia_li_3668"),
]
ROWS = 64 << 20


def write_rows(folder, text, mark, want):
    done = n = part = 0
    while done < want:
        with open("%s/part-%03d.jsonl" % (folder, part), "wb") as f:
            part += 1
            while f.tell() < ROWS and done < want:
                new = text.replace(mark, mark + b"%d-" % n)
                f.write(new if new.endswith(b"\n") else new + b"\n")
                done += len(new)
                n += 1
    return n * len([x for x in text.split(b"\n") if x.strip()]), done


def write_files(folder, name, text, mark, want):
    done = n = 0
    end = re.search(r"(\.trajectory\.json|\.traj\.json|\.[a-z]+)$", name).group(1)
    while done < want:
        sub = "%s/%02d" % (folder, n % 100)
        os.makedirs(sub, exist_ok=True)
        new = text.replace(mark, mark + b"-%d" % n)
        with open("%s/copy-%06d%s" % (sub, n, end), "wb") as f:
            f.write(new)
        done += len(new)
        n += 1
    return n, done


def main(samples, out, mb):
    for name, share, mark in MIX:
        with open(os.path.join(samples, name), "rb") as f:
            text = f.read()
        assert mark in text, name
        folder = os.path.join(out, re.sub(r"[^a-z0-9]+", "-", name.lower()))
        os.makedirs(folder, exist_ok=True)
        want = mb * 1000000 * share // 100
        rows = name.endswith(".jsonl")
        n, done = write_rows(folder, text, mark, want) if rows else write_files(folder, name, text, mark, want)
        print("%-64s %7d trajectories %6d MB" % (name, n, done // 1000000))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 2100)
