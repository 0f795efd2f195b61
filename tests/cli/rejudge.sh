#!/bin/sh
# synthesize --rejudge: a round's logs and reports under the rules of now. Nothing is run.
. "$(dirname "$0")/../lib.sh"

if ! command -v python3 >/dev/null; then
    skip "rejudge" "no python3"
    finish
fi
cat >"$tmp/make.py" <<'PY'
"""make.py DIR: a workspace with instances whose runs are rows of the table below."""
import json, os, sys

SKELETON = "#!/bin/bash\ncd /testbed\ngit apply - <<'EOF'\n[CONTENT OF TEST PATCH]\nEOF\npytest -rA tests/test_a.py\nrc=$?\n" \
           "echo \"OPENSWE_EXIT_CODE=$rc\"\nexit $rc\n"
PATCH = "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n@@ -1 +1 @@\n-x\n+y\n"
GOOD = [("test_with_fix", k, "new=passed old=passed") for k in (1, 2, 3)] + \
       [("test_only", k, "new=failed old=passed") for k in (1, 2, 3)] + [("base", 1, "old=passed")]
# id: runs, what the files say of it, its lists, further keys of the evaluation
ROWS = {
    "a__a-1": (GOOD, "accepted", None, ["new"], ["old"], {}),
    "a__a-2": (GOOD, "rejected", "no-f2p", [], ["old"], {}),
    "a__a-3": (GOOD[:1] + GOOD[3:4] + GOOD[6:], "rejected", "no-f2p", [], [], {}),
    "a__a-4": ([(c, k, "new=passed old=failed" if c == "test_with_fix" and k == 2 else t) for c, k, t in GOOD],
               "accepted", None, ["new"], ["old"], {}),
    "a__a-5": (GOOD, "accepted", None, ["new"], [], {}),
    "a__a-6": (GOOD, "accepted", None, ["new"], ["old"], {"controls": {"log": "controls.log", "gutted_exit": 5}}),
    "a__a-7": ([], "failed", "resolve", [], [], {"failed": "resolve", "failed_log": "lock.log", "failed_why": "no"}),
}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def write_run(d, c, k, tests):
    tests = [t.split("=") for t in tests.split()]
    code = int(any(s == "failed" for _, s in tests))
    body = {"passed": "", "failed": "<failure message='no'/>"}
    write("%s/%s-%d.xml" % (d, c, k), "<testsuites><testsuite>%s</testsuite></testsuites>" % "".join(
        "<testcase file='tests/test_a.py' classname='tests.test_a' name='%s'>%s</testcase>" % (n, body[s]) for n, s in tests))
    write("%s/%s-%d.log" % (d, c, k), "=== short test summary info ===\n%s=== end ===\nOPENSWE_EXIT_CODE=%d\n" % (
        "".join("%s tests/test_a.py::%s\n" % (s.upper(), n) for n, s in tests), code))
    count = {w: sum(s == w for _, s in tests) for w in ("passed", "failed")}
    return dict(condition=c, k=k, exit_code=code, marker=code, patched=True, timed_out=False, oom=False, seconds=1,
                log="%s-%d.log" % (c, k), xml="%s-%d.xml" % (c, k), skipped=0, error=0, **count)


top, tasks = sys.argv[1], []
for i, (runs, state, cls, f2p, p2p, more) in ROWS.items():
    tasks.append({"instance_id": i, "repo": "a/a", "base_commit": "0" * 40, "patch": PATCH % (("a.py",) * 4),
                  "test_patch": PATCH % (("tests/test_a.py",) * 4), "problem_statement": "t"})
    d = "%s/runs/main/a__a/%s" % (top, i)
    r = d + "/round-1"
    write(r + "/findings.json", '{"format":1}')
    write(r + "/eval_skeleton.sh", SKELETON)
    write(r + "/controls.log", "nothing\n")
    ev = {"format": 1, "round": 1, "reached": "evaluate" if runs else "lock", "failed": None, "runs": [write_run(r, *x) for x in runs],
          "f2p": ["tests/test_a.py::" + t for t in f2p], "p2p": ["tests/test_a.py::" + t for t in p2p],
          "clauses": [], "accepted": state == "accepted", "verdict": cls}
    write(r + "/evaluation.json", json.dumps({**ev, **more}))
    write(r + "/analysis.json", json.dumps({"format": 1, "is_finish": True, "class": cls, "rule": ""}))
    write(d + "/status.json", json.dumps({
        "format": 1, "instance_id": i, "repo": "a/a", "run": "main", "state": state, "is_finish": True, "solvable": state == "accepted",
        "round": 1, "failure_class": cls, "reason": "of then", "phase": "evaluate", "agent": "auto", "started": "2026-01-01T00:00:00Z",
        "ended": "2026-01-01T00:01:00Z", "seconds": 60, "f2p": len(f2p), "p2p": len(p2p), "log": "round-1/lock.log" if cls else None,
        "verified": 2, "theirs": "kept"}))
    if state == "accepted":
        write(d + "/image.json", '{"format":1,"tag":"t","size":5}')
write(top + "/tasks/t.jsonl", "".join(json.dumps(t) + "\n" for t in tasks))
PY
make() { rm -rf "$tmp/w" && "$BOTTEGA" init "$tmp/w" >/dev/null 2>&1 && python3 "$tmp/make.py" "$tmp/w"; }
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }
sum() { (cd "$tmp/w/runs" && find . -type f | sort | xargs cksum | cksum); }
state() { b list instances --json -w "id:$1" | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["state"], d["failure_class"], d["f2p"])'; }
key() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get(sys.argv[2]))' "$tmp/w/runs/main/a__a/$1/$2" "$3"; }
round=$tmp/w/runs/main/a__a

make
before=$(sum)
status "a dry run tells" 0 b synthesize --rejudge --dry-run
dry=$out
like "… what is no longer accepted" '^a__a-4  accepted -> rejected: flaky  1 tests do not end equally' "$out"
like "… what is not refused any more" '^a__a-2  rejected: no-f2p -> new  round 1 says yes: F2P 1, P2P 1; synthesize builds' "$out"
like "… what was not run often enough" '^a__a-3  rejected: no-f2p -> undecided  round 1 says F2P 1 in 1 of 3 runs: synthesize --from-round 1 makes it anew' "$out"
like "… what is named otherwise" '^a__a-5  accepted  P2P 0 -> 1, new tests/test_a.py::old$' "$out"
like "… and how many stand" '6 judged again, 4 changed, 2 stand; 2 have other quality signals; 1 of them undecided, left as they are; 1 ended before any test ran; nothing was written' "$out"
is "… and writes nothing" "$before" "$(sum)"
is "… for those that are asked for" 1 "$(b synthesize --rejudge -n -q -w 'id:a__a-4' | wc -l)"
is "… by name too" 'a__a-2 new False' "$(b synthesize --rejudge -n -q --json a__a-2 a__a-1 | python3 -c 'import json, sys
for line in sys.stdin: d = json.loads(line); print(d["instance_id"], d["after"]["state"], d["written"])')"
status "an instance that is none is refused" 2 b synthesize --rejudge nothing-1
like "… and named" 'nothing-1 is no instance that ended in the run' "$out"
status "options of running have no place" 2 b synthesize --rejudge --jobs 3
like "… each is named" 'runs nothing: --jobs' "$out"
status "a run is one name" 2 b synthesize --rejudge --run ../x

mkdir "$tmp/w/batches/synthesize-1"
printf '{"format":1,"id":"synthesize-1","stage":"synthesize","run":"main","agent":"auto","jobs":1,"total":1,"options":{}}\n{"n":1,"instance_id":"a__a-1"}\n' \
    >"$tmp/w/batches/synthesize-1/manifest.jsonl"
cat >"$tmp/behind.py" <<'PY'
"""behind.py SOCKET COMMAND…: runs it while a batch seems to be at work."""
import socket, subprocess, sys
with socket.socket(socket.AF_UNIX) as s:
    s.bind(sys.argv[1])
    s.listen(5)
    sys.exit(subprocess.run(sys.argv[2:]).returncode)
PY
behind() { rm -f "$tmp/w/batches/synthesize-1/control.sock" && python3 "$tmp/behind.py" "$tmp/w/batches/synthesize-1/control.sock" "$BOTTEGA" -C "$tmp/w" "$@"; }
status "what a batch has in hand is its own" 1 behind synthesize --rejudge
like "… which is named" 'synthesize-1 is at work on the run main; wait for its end, or look with --dry-run' "$out"
is "… and nothing is written" "$before" "$(sum)"
status "… but may be looked at" 0 behind synthesize --rejudge -n
rm -r "$tmp/w/batches/synthesize-1"

is "the index says what it said" "accepted None 1" "$(state a__a-4)"
status "without --dry-run it is written" 0 b synthesize --rejudge
is "… the same was told" "$(printf '%s' "$dry" | grep -- '^a__a')" "$(printf '%s' "$out" | grep -- '^a__a')"
is "… the index follows" "rejected flaky 1" "$(state a__a-4)"
status "… in all" 0 b reindex --check
is "… what was accepted is refused, with the evidence" "flaky round-1/test_with_fix-1.log None" \
    "$(key a__a-4 status.json failure_class) $(key a__a-4 status.json log) $(key a__a-4 status.json verified)"
is "… and its image is nobody's" "" "$(ls "$round/a__a-4" | grep image.json)"
is "… what was refused is to be gone on with" "new None False None" \
    "$(key a__a-2 status.json state) $(key a__a-2 status.json failure_class) $(key a__a-2 status.json is_finish) $(key a__a-2 status.json ended)"
like "… by the next synthesize" '^a__a-2$' "$(b synthesize --dry-run)"
is "… what is undecided stays" "no-f2p of then" "$(key a__a-3 status.json failure_class) $(key a__a-3 status.json reason)"
is "… lists are those of now" "['tests/test_a.py::old']" "$(key a__a-5 round-1/evaluation.json p2p)"
is "… their proofs stand while the F2P are the same" "2 F2P 1, P2P 1" "$(key a__a-5 status.json verified) $(key a__a-5 status.json reason)"
is "… what nobody knows is kept" kept "$(key a__a-4 status.json theirs)"
status "once more changes nothing" 0 b synthesize --rejudge
like "… the signals of what stands are counted" '"tiny": *\{' "$(cat "$round/a__a-1/round-1/evaluation.json")"
is "… and found" "a__a-1" "$(b list instances -q --json -w 'id:a__a-1 gold_lines:>0' | grep -oE 'a__a-[0-9]' | head -n 1)"
like "… but the undecided is told again" '5 judged again, 1 changed, 4 stand' "$out"

# The controls' own log is read again.
make
printf 'bottega-leak\tcopy\t/usr/lib/a\tanother copy of a\n' >"$round/a__a-6/round-1/controls.log"
like "a leak in the log is a leak" '^a__a-6  accepted -> rejected: leak  /usr/lib/a: another copy of a' "$(b synthesize --rejudge -q -n a__a-6)"
printf 'bottega-again\t1\t0\nbottega-again\t2\t1\n' >"$round/a__a-6/round-1/controls.log"
like "so is a repeat that failed" '^a__a-6  accepted -> rejected: flaky  run without the others, an F2P test fails in repeat 2' \
    "$(b synthesize --rejudge -q -n a__a-6)"
sed -i 's/rc=\$?/rc=0/' "$round/a__a-1/round-1/eval_skeleton.sh"
like "a script is read again" '^a__a-1  accepted -> rejected: script-dishonest  the status is a constant' "$(b synthesize --rejudge -q -n a__a-1)"

like "more repeats than were run refuse nothing" '^a__a-5  accepted -> undecided  round 1 says F2P 1 in 3 of 5 runs' \
    "$(b -c evaluation.repeats=5 synthesize --rejudge -q -n a__a-5)"

# What a judge needs and cannot have ends nothing, changes nothing, and is named.
make
rm "$round/a__a-1/round-1/test_only-1.xml"
rm "$round/a__a-2/round-1/base-1.log"
printf '<testsuites><testcase' >"$round/a__a-3/round-1/test_with_fix-1.xml"
sed -i 's/"base-1.log"/"..\/..\/..\/x"/' "$round/a__a-4/round-1/evaluation.json"
rm "$round/a__a-5/round-1/test_only-1.log" && mkfifo "$round/a__a-5/round-1/test_only-1.log"
printf '{"format":9}' >"$round/a__a-6/round-1/evaluation.json"
before=$(sum 2>/dev/null)
status "files that are gone or torn do not end it" 1 b synthesize --rejudge
like "… a report that is gone" '^a__a-1: round 1: test_only-1.xml is gone' "$out"
like "… a log that is gone" '^a__a-2: round 1: base-1.log is gone' "$out"
like "… a torn report" '^a__a-3: round 1: test_with_fix-1.xml:1: ' "$out"
like "… a name that leads elsewhere" '^a__a-4: round 1: \.\./\.\./\.\./x is no name of a file' "$out"
like "… a pipe" '^a__a-5: round 1: test_only-1.log is no file' "$out"
like "… a later format" '^a__a-6: evaluation.json is of a later format' "$out"
like "… and counts them" '0 judged again, 0 changed, 0 stand; 1 ended before any test ran; 6 cannot be judged' "$out"
is "… and nothing is written" "$before" "$(sum 2>/dev/null)"
finish
