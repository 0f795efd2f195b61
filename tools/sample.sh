# sample.sh: sourced by ./bootstrap demo and by tests: makes a workspace from data/sample.
# sample_workspace DIR: repositories from the streams, mirror.url to them, tasks imported.
sample_workspace() {
    "$BOTTEGA" init -q "$1" || return
    for stream in "$BOTTEGA_TOP"/data/sample/*.fi; do
        sample_repo="$1/sample/bottega-samples/$(basename "$stream" .fi).git"
        [ -d "$sample_repo" ] && continue
        git init -q --bare "$sample_repo.tmp" &&
            git -C "$sample_repo.tmp" fast-import --quiet <"$stream" &&
            mv "$sample_repo.tmp" "$sample_repo" || return
    done
    git config -f "$1/bottega.conf" mirror.url "$(cd "$1" && pwd)/sample/{owner}/{name}.git"
    "$BOTTEGA" -C "$1" import -q "$BOTTEGA_TOP/data/sample/tasks.jsonl"
}

# sample_compare DIR: says each instance whose state or class is not the expected one.
sample_compare() {
    "$BOTTEGA" -C "$1" list instances --json | python3 -c '
import json, sys
want = json.load(open(sys.argv[1]))
got = {r["instance_id"]: r for r in map(json.loads, sys.stdin)}
bad = 0
for name, w in want.items():
    g = got.get(name, {})
    if (g.get("state"), g.get("failure_class")) != (w["state"], w["failure_class"]):
        print("%s: expected %s %s, is %s %s" % (name, w["state"], w["failure_class"], g.get("state"), g.get("failure_class")))
        bad = 1
sys.exit(bad)' "$BOTTEGA_TOP/data/sample/expected.json"
}
