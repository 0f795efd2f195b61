"""again.py WRONG COUNT SECONDS REPORT ARGS...: the tests of ARGS alone, again and again in one process.
again.py WRONG FILE: ends with 1 when the report FILE has a test that does WRONG.

WRONG is "fails" or "passes". Prints nothing of its own; REPORT.n gets how many repetitions there were
within the time, and 1 when the last of them did WRONG, else 0. It may be the fault of what the one
before left in memory: who calls then asks processes of their own. Runs on Python 2.7 and later.
"""
import sys
import time
import xml.etree.ElementTree as tree


def is_wrong(wrong, report):
    """Whether the report holds what may not be seen; none at all is as bad as a failure."""
    try:
        cases = [set(c.tag for c in case) for case in tree.parse(report).getroot().iter("testcase")]
    except (IOError, OSError, ValueError, tree.ParseError):
        cases = []
    if wrong == "passes":
        return any(not tags & set(["failure", "error", "skipped"]) for tags in cases)
    return not cases or any(tags & set(["failure", "error"]) for tags in cases)


def repeat(wrong, count, seconds, report, args):
    end, n, bad = time.time() + seconds, 0, 0
    import pytest
    while n < count and not bad and (n == 0 or time.time() < end):
        path = "%s.%d.xml" % (report, n)
        pytest.main(["-q", "-p", "no:cacheprovider", "--junitxml=" + path] + args)
        bad = 1 if is_wrong(wrong, path) else 0
        n += 1
    with open(report + ".n", "w") as f:
        f.write("%d %d\n" % (n, bad))


if len(sys.argv) == 3:
    sys.exit(1 if is_wrong(sys.argv[1], sys.argv[2]) else 0)
repeat(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5:])
