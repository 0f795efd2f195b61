#!/bin/sh
# review: words of curators are appended, found by queries, and taken back by another line.
. "$(dirname "$0")/../lib.sh"

"$BOTTEGA" init -q "$tmp/w"
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }
found() { b list instances -q --json -w "$1" | grep -oE '"instance_id":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' '; }
for n in 1 2 3; do
    printf '{"instance_id":"o__n-%s","repo":"o/n","base_commit":"%040d","patch":"diff --git a/a b/a\\n","test_patch":"","problem_statement":"x"}\n' $n $n
done >"$tmp/rows.jsonl"
b import -q "$tmp/rows.jsonl"

status "two are marked" 0 b review --as ada --mark needs-attention o__n-1 o__n-3
status "one is labelled" 0 b review --as ben --label 'nice one' o__n-1
is "marks are found" "o__n-1 o__n-3 " "$(found mark:needs-attention)"
is "… by a pattern, and with others" "o__n-1 " "$(found 'mark:needs* label:"nice one"')"
is "… and those without" "o__n-2 " "$(found -mark:needs-attention)"
like "a row has its words" '"label":"nice one"' "$(b list instances --json -w id:o__n-1)"
like "show says who marked it" 'needs-attention \(ada\)' "$(b show o__n-1)"
status "one is taken back" 0 b review --as ada --mark needs-attention --retract o__n-3
is "… and no longer found" "o__n-1 " "$(found mark:needs-attention)"
status "another curator takes back nothing of hers" 0 b review --as ben --mark needs-attention --retract o__n-1
is "… it still stands" "o__n-1 " "$(found mark:needs-attention)"
is "nothing was removed from the files" "3 2" "$(echo $(grep -c . "$tmp/w/reviews/ada.jsonl") $(grep -c . "$tmp/w/reviews/ben.jsonl"))"
b reindex -q
is "a new index says the same" "o__n-1 " "$(found mark:needs-attention)"
rm "$tmp/w/reviews/ada.jsonl"
is "a file that is gone takes its words along" "" "$(found mark:needs-attention)"

status "without a word" 2 b review o__n-1
status "two at once" 2 b review --mark a --label b o__n-1
status "a curator that is no name" 2 b review --as ../x --mark a o__n-1
status "an unknown instance" 1 b review --as ada --mark a o__n-1 o__n-9
is "… and nothing was written for the others" "" "$(ls "$tmp/w/reviews" | grep ada)"
finish
