#!/bin/sh
# The sample: the committed streams and rows are what their script writes, byte for byte.
. "$(dirname "$0")/../lib.sh"
sample=$BOTTEGA_TOP/data/sample

if ! command -v python3 >/dev/null; then
    skip "the sample is what make-sample.py writes" "no python3"
    finish
fi
status "the sample is what make-sample.py writes" 0 python3 "$sample/make-sample.py" --check

cp -R "$sample" "$tmp/sample"
printf '\n' >>"$tmp/sample/expected.json"
status "a changed file is found" 1 python3 "$tmp/sample/make-sample.py" --check
like "… and named" 'expected\.json: not what make-sample\.py writes' "$out"
status "and mended" 0 python3 "$tmp/sample/make-sample.py"
is "… to the byte" "" "$(diff -r "$sample" "$tmp/sample" 2>&1)"

# A bare repository made from a stream has every commit that the rows name.
for stream in "$sample"/*.fi; do
    repo=$(basename "$stream" .fi)
    git init -q --bare "$tmp/$repo.git"
    status "$repo: git reads the stream" 0 sh -c "git -C '$tmp/$repo.git' fast-import --quiet <'$stream'"
    git -C "$tmp/$repo.git" rev-list --all | sort >"$tmp/have"
    grep "\"repo\": \"bottega-samples/$repo\"" "$sample/tasks.jsonl" |
        grep -oE '"(base|end)_commit": "[0-9a-f]{40}"' | cut -d'"' -f4 | sort -u >"$tmp/want"
    like "$repo: it has rows" '^[0-9a-f]{40}$' "$(cat "$tmp/want")"
    is "$repo: their commits are there" "" "$(comm -13 "$tmp/have" "$tmp/want")"
done
finish
