#!/bin/sh
# import and mirror: rows as no one wants them, and the repositories of the sample.
. "$(dirname "$0")/../lib.sh"
sample=$BOTTEGA_TOP/data/sample
rows=$BOTTEGA_TOP/tests/fixtures/bad-rows.jsonl
"$BOTTEGA" init "$tmp/w" >/dev/null
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }

# The table of the fixture says what each line must give.
refused=$(sed -n 's/^| \([0-9]*\) | refused.*/\1/p' "$BOTTEGA_TOP/tests/fixtures/README.md")
status "bad rows: some were skipped" 1 b import "$rows"
is "… each that must be is named with its line" "$refused" "$(printf '%s\n' "$out" | sed -n 's/^bad-rows\.jsonl:\([0-9]*\): .*; the row was skipped$/\1/p')"
like "… the good ones are in" '^.*: 8 imported, 1 already there, 20 skipped$' "$out"
like "… an escape sequence is shown, not sent" 'instance_id panel-\^\[\[31m16 is no safe folder name' "$out"
like "… a second version names the first" ':25: .*(bad-rows\.jsonl:23; what differs: problem_statement)' "$out"
like "… what is no JSON has its column" ':6: not JSON \(column 90: ' "$out"
is "lines are kept to the byte" "$(sed -n 3p "$rows" | cksum)" "$(sed -n 3p "$tmp/w/tasks/bad-rows.jsonl" | cksum)"
sum=$(cksum <"$tmp/w/tasks/bad-rows.jsonl")
status "again: the same are skipped" 1 b import --json "$rows"
like "… and nothing is new" '"imported":0,"already":9,"skipped":20' "$out"
is "… and nothing changed" "$sum" "$(cksum <"$tmp/w/tasks/bad-rows.jsonl")"
is "nothing else is left there" "bad-rows.jsonl" "$(ls "$tmp/w/tasks")"

status "a missing file is named" 1 b import "$tmp/none.jsonl"
like "… with its path" "cannot read $tmp/none.jsonl" "$out"
mkdir "$tmp/empty"
status "a folder of nothing is an error" 1 b import "$tmp/empty"
like "… that says so" 'nothing that is known here' "$out"
status "… and of a workspace alone too" 1 b import "$tmp"
cp "$rows" "$tmp/empty/again.jsonl"
status "a folder has its task rows taken" 1 b import "$tmp/empty"
like "… once" 'again.jsonl: 0 imported, 9 already there' "$out"
printf 'PAR1\025' >"$tmp/rows.parquet"
status "a Parquet file is refused" 1 b import "$tmp/rows.parquet"
like "… as what it is" 'is a Parquet file; make JSON lines of it first' "$out"
sed 's/panel-/panel-more-/' "$rows" >"$tmp/more.jsonl"
status "a file system that refuses is an error" 1 sh -c "ulimit -f 1; trap '' XFSZ; '$BOTTEGA' -C '$tmp/w' import '$tmp/more.jsonl'"
is "… and leaves what was there" "bad-rows.jsonl" "$(ls "$tmp/w/tasks")"
rm "$tmp/w/tasks/bad-rows.jsonl"

# The sample's repositories, from streams.
for stream in "$sample"/*.fi; do
    repo=$tmp/src/$(basename "$stream" .fi)
    git init -q --bare "$repo" && git -C "$repo" fast-import --quiet <"$stream"
done
status "the sample is imported" 0 b import "$sample/tasks.jsonl"
status "its repositories are brought" 0 b -c "mirror.url=$tmp/src/{name}" mirror --json
is "… all of them" "$(ls "$tmp/src" | wc -l)" "$(printf '%s\n' "$out" | grep -c '"ok":true,"commits_lacking":0')"
status "again there is nothing to do, not even a remote" 0 b -c mirror.url=/nonexistent mirror --quiet
is "… and nothing to say" "" "$out"
status "a repository that is not there is named" 1 b -c "mirror.url=$tmp/src/{name}" mirror no/such
like "… with the mend" '^no/such: git: .*mirror\.url says where to look$' "$out"

row='{"instance_id":"x-1","repo":"bottega-samples/gesso","base_commit":"0123456789012345678901234567890123456789","patch":"x"}'
printf '%s\n' "$row" >"$tmp/lost.jsonl"
b import "$tmp/lost.jsonl" >/dev/null
status "a commit that no one has is named" 1 b -c "mirror.url=$tmp/src/{name}" mirror
like "… with its repository" '^commit 012345678901 is not in the mirror and cannot be fetched: bottega-samples/gesso: ' "$out"
finish
