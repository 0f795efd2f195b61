#!/bin/sh
# search: words in what agents said, did and saw, in files, archives and what was imported.
. "$(dirname "$0")/../lib.sh"
files=$BOTTEGA_TOP/tests/fixtures/trajectories
s() { "$BOTTEGA" search -q "$@"; }
# The steps of one file that have the word, by place.
steps() { s "$@" | sed 's/.* step \([0-9]*\) \([a-z]*\): .*/\1-\2/' | sort -n | tr '\n' ' '; }

is "a command is found once, though the file has it thrice" "5-command " "$(steps false "$files/mini/v2.traj.json")"
is "what a tool answered" "4-observation " "$(steps in:observation -e "^panel" "$files/swe-agent/0.x.traj")"
is "the same word elsewhere is left out" "" "$(steps in:reasoning panel.py "$files/swe-agent/0.x.traj")"
is "the model's own words" "4-thought 5-thought 6-thought " "$(steps in:assistant 'I look' "$files/swe-agent/0.x.traj")"
is "before the first turn a user is a user" "2-user " "$(steps café "$files/swe-agent/1.0")"
is "capitals or not" "2-user " "$(steps -i CAFÉ "$files/swe-agent/1.0")"
is "a pattern" "6-observation " "$(steps -e '^\d failed$' "$files/openhands/events.jsonl" | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed 's/^ //')"
is "messages in a string of JSON" "1-system " "$(steps 'mend panels' "$files/rows/smith.jsonl")"
like "… say where the string stands" '"at":[0-9]+,"length":[0-9]+,"in":"system","offset":4' "$(s --json 'mend panels' "$files/rows/smith.jsonl")"
is "no more lines than asked for" 2 "$(s --limit 2 panel "$files" | wc -l)"

mkdir "$tmp/a" && cp -R "$files/openhands" "$tmp/a/" && tar -C "$tmp/a" -czf "$tmp/all.tar.gz" openhands
is "an archive has the lines of its files" "$(s pytest "$tmp/a" | wc -l)" "$(s pytest "$tmp/all.tar.gz" | wc -l)"
like "… named by member" 'all.tar.gz!openhands/events.jsonl bottega__panel-1 step 5 command: pytest$' "$(s in:command pytest "$tmp/all.tar.gz")"

# A hit's place is the step's bytes in the file.
hit=$(s --json --limit 1 in:command pytest "$files/openhands/events.jsonl")
at=$(printf '%s' "$hit" | sed 's/.*"at":\([0-9]*\).*/\1/') len=$(printf '%s' "$hit" | sed 's/.*"length":\([0-9]*\).*/\1/')
like "the place is a step" '^\{"id": 4, .*"action": "run".*\}$' "$(tail -c +$((at + 1)) "$files/openhands/events.jsonl" | head -c "$len")"

printf '[{"role":"user","content":"a \\u001b[31m \\u0000 needle\\nsecond needle"}]' >"$tmp/esc.json"
like "control bytes are shown, not sent" 'a \^\[\[31m \^@ needle$' "$(s needle "$tmp/esc.json")"
is "each line counts once" 2 "$(s needle "$tmp/esc.json" | wc -l)"

status "nothing found is no error" 0 s no-such-word "$files"
status "a place that is none" 2 s in:nowhere x "$files"
like "… is told with those that are" 'in:nowhere: system, user' "$out"
status "a pattern with a fault" 2 s -e '(' "$files"
status "a path that is not there" 1 s x "$tmp/none"
status "no pattern" 2 s
gzip -c "$files/openhands/events.jsonl" | head -c 700 >"$tmp/broken.gz"
status "a file that cannot be read is named" 1 s x "$tmp/broken.gz"
like "… with why" 'broken.gz: ' "$out"

"$BOTTEGA" init -q "$tmp/w"
w() { "$BOTTEGA" -C "$tmp/w" "$@"; }
status "without imports there is nothing to search" 1 w search x
like "… and the mend is said" 'bottega import' "$out"
w import -q "$files/openhands" >/dev/null 2>&1
is "what was imported is searched" "$(s pytest "$files/openhands" | wc -l)" "$(w search -q pytest | wc -l)"
finish
