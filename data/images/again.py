"""again.py COUNT SECONDS REPORT ARGS...: the tests of ARGS alone, again and again in one process.

Prints nothing of its own; REPORT.n gets how many there were within the time, and 1 when the last of
them did not pass, else 0. A repetition that fails here may be the fault of what the one before left
in memory: who calls then asks processes of their own. Runs on Python 2.7 and later.
"""
import re
import sys
import time


def passed(report):
    """Whether the report holds tests and none that failed."""
    try:
        with open(report) as f:
            text = f.read()
    except (IOError, OSError, ValueError):
        return False
    return "<testcase" in text and not re.search(r"<(failure|error)[ >]", text)


def main():
    count, seconds, report = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    end, n, bad = time.time() + seconds, 0, 0
    import pytest
    while n < count and not bad and (n == 0 or time.time() < end):
        path = "%s.%d.xml" % (report, n)
        pytest.main(["-q", "-p", "no:cacheprovider", "--junitxml=" + path] + sys.argv[4:])
        bad = 0 if passed(path) else 1
        n += 1
    with open(report + ".n", "w") as f:
        f.write("%d %d\n" % (n, bad))


main()
