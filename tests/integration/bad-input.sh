#!/bin/sh
# Rows that cannot become environments end by themselves, each with a class and a sentence.
. "$(dirname "$0")/../lib.sh"
. "$BOTTEGA_TOP/tools/sample.sh"

ws=$tmp/ws
status "the sample becomes a workspace" 0 sample_workspace "$ws"

# A repository without Python, and rows that are the first of the sample but for one thing.
words=$ws/sample/bottega-samples/words.git
git init -q --bare "$words"
blob=$(echo 'one word' | git -C "$words" hash-object -w --stdin)
tree=$(printf '100644 blob %s\tREADME\n' "$blob" | git -C "$words" mktree)
commit=$(GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a \
    GIT_COMMITTER_EMAIL=a@example.org git -C "$words" commit-tree -m words "$tree")
git -C "$words" update-ref refs/heads/main "$commit"
python3 - "$BOTTEGA_TOP/data/sample/tasks.jsonl" "$commit" >"$tmp/bad.jsonl" <<'END'
import json, sys
first = json.loads(open(sys.argv[1]).readline())
nowhere = "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n@@ -1,2 +1,2 @@\n not there\n-old\n+new\n"
def row(name, **other):
    print(json.dumps(dict(first, instance_id="bad-" + name, end_commit=None) | other))
row("commit", base_commit="0123456789" * 4)
row("repo", repo="bottega-samples/nobody")
row("fix", patch=nowhere % (("src/pigment/colour.py",) * 4))
row("tests", test_patch=nowhere % (("tests/test_colour.py",) * 4))
row("nofix", patch="", end_commit=first["base_commit"])
row("words", repo="bottega-samples/words", base_commit=sys.argv[2])
END
status "the rows are imported" 0 "$BOTTEGA" -C "$ws" import -q "$tmp/bad.jsonl"
"$BOTTEGA" -C "$ws" -c dispatch.retries=0 synthesize -q --run bad --jobs 2 bad-commit bad-repo \
    bad-fix bad-tests bad-nofix bad-words >"$tmp/out" 2>&1

# end_of ID WANT REGEX: state, class and reason.
end_of() {
    got=$(python3 -c 'import glob, json, sys
for f in glob.glob(sys.argv[1] + "/runs/bad/*/" + sys.argv[2] + "/status.json"):
    d = json.load(open(f))
    print(d["state"], d["failure_class"], d["reason"])' "$ws" "$1")
    like "$1 ends as $2" "^$2 .*$3" "$got"
}
end_of bad-commit "failed fetch" "commit 0123456789.* is not in the mirror"
end_of bad-repo "failed fetch" "bottega-samples/nobody"
end_of bad-fix "failed patch-apply-fix" "fix"
end_of bad-tests "failed patch-apply-test" "test"
end_of bad-nofix "failed patch-split" "outside its tests"
end_of bad-words "failed none-collected" "no Python file"

# A disk that is full is no verdict. It takes root to make one.
small=$tmp/small
mkdir "$small"
if mount -t tmpfs -o size=3m tmpfs "$small" 2>/dev/null; then
    sample_workspace "$small/ws"
    head -c 3000000 /dev/zero >"$small/fill" 2>/dev/null
    status "a full disk is said" 1 "$BOTTEGA" -C "$small/ws" -c dispatch.retries=0 \
        -c dispatch.min-disk=0 synthesize -q --run bad bottega-samples__pigment-3
    like "… by its name" "[Nn]o space left" "$out"
    umount "$small"
else
    skip "a full disk is said" "no tmpfs can be mounted"
fi
finish
