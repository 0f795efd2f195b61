#!/bin/sh
# What `synthesize` refuses before any batch is made of it.
. "$(dirname "$0")/../lib.sh"

"$BOTTEGA" init -q "$tmp/w"
b() { "$BOTTEGA" -C "$tmp/w" synthesize "$@"; }
row() { printf '{"instance_id":"o__n-%s","repo":"o/n","base_commit":"%040d","patch":"diff --git a/a b/a\\n","test_patch":"","problem_statement":"x"}\n' "$1" "$1"; }
{ row 1; row 2; } >"$tmp/rows.jsonl"
"$BOTTEGA" -C "$tmp/w" import -q "$tmp/rows.jsonl"
echo 'FROM x' >"$tmp/D"

status "from a round of everything" 2 b --from-round 1
like "… asks of which" 'of which instances' "$out"
status "from round 0" 2 b --from-round 0 o__n-1
status "one file on two instances" 2 b --dockerfile "$tmp/D" o__n-1 o__n-2
like "… wants one" 'a file is tried on one instance' "$out"
status "a file that is not there" 2 b --dockerfile "$tmp/none" o__n-1
like "… is named" 'none: no such file' "$out"
printf 'FROM \377\n' >"$tmp/bad"
status "a file that is no text" 2 b --dockerfile "$tmp/bad" o__n-1
like "… is named, too" 'bad: not UTF-8' "$out"
: >"$tmp/empty"
status "an empty script" 2 b --eval "$tmp/empty" o__n-1
status "an unknown instance" 2 b --from-round 1 o__n-3
is "nothing of it made a batch" "" "$(ls "$tmp/w/batches" 2>/dev/null)"
status "what it would do is said" 0 b --dry-run --from-round 1 o__n-1
like "… of that instance" 'would synthesize 1 in the run main' "$out"
finish
