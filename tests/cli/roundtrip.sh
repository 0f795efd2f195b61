#!/bin/sh
# show --as atif and --as messages: what was written is read back as the same model, and written again
# it is the same bytes.
. "$(dirname "$0")/../lib.sh"
files=$BOTTEGA_TOP/tests/fixtures/trajectories

# The rows of a workspace that must be the same, by the number of the attempt: "N turns outcome exit in out".
# What is no verdict (unknown, running, no patch) is no part of it, nor is a share of the tests.
rows() {
    "$BOTTEGA" -C "$1" list trajectories --json | python3 -c '
import json, os, sys
for line in sys.stdin:
    r = json.loads(line)
    stem = os.path.basename(r["path"])[:-5]
    n = int(stem) if sys.argv[1] == "file" else r["trajectory"]
    graded = r["outcome"] if r["outcome"] in ("resolved", "unresolved") else "-"
    told = (graded, r["exit_status"] or "-", r["tokens_in"], r["tokens_out"], r["files"]) if sys.argv[2] == "atif" else ()
    print("%04d" % n, r["steps"], *told)' "$2" "$3" | sort
}
export_all() {
    mkdir -p "$3"
    for n in $numbers; do
        "$BOTTEGA" -C "$1" show -t "$n" --as "$2" >"$3/$(printf %04d "$n").json"
    done
}

"$BOTTEGA" init -q "$tmp/w"
cp -R "$files" "$tmp/files" && rm -rf "$tmp/files/harness" "$tmp/files/smith" "$tmp/files/hostile" "$tmp/files/preds"
"$BOTTEGA" -C "$tmp/w" import -q "$tmp/files" >/dev/null 2>&1
numbers=$("$BOTTEGA" -C "$tmp/w" list trajectories --json | sed 's/.*"trajectory":\([0-9]*\).*/\1/')
like "there are trajectories of every format" '^[4-9][0-9]$' "$(echo "$numbers" | wc -l)"
for as in atif messages; do
    export_all "$tmp/w" $as "$tmp/$as"
    "$BOTTEGA" init -q "$tmp/w-$as"
    status "$as: what was written is known" 0 "$BOTTEGA" -C "$tmp/w-$as" import -q "$tmp/$as"
    is "… and read as the same" "$(rows "$tmp/w" id $as)" "$(rows "$tmp/w-$as" file $as)"
    again=0
    for row in $("$BOTTEGA" -C "$tmp/w-$as" list trajectories --json | sed 's/.*"trajectory":\([0-9]*\).*"path":"\([^"]*\)".*/\1:\2/'); do
        "$BOTTEGA" -C "$tmp/w-$as" show -t "${row%%:*}" --as $as | cmp -s - "${row#*:}" || { again=1; printf '# %s\n' "$row"; }
    done
    is "… and written again, the same bytes" 0 $again
done
status "another format is refused" 2 "$BOTTEGA" -C "$tmp/w" show -t 1 --as yaml
like "… with those there are" '^bottega: --as yaml: atif or messages$' "$out"
finish
