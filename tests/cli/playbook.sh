#!/bin/sh
# playbook: rules of the workspace's own: tried dry on stored logs, kept, told of with file and line.
. "$(dirname "$0")/../lib.sh"

"$BOTTEGA" init -q "$tmp/w"
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }
dir="$tmp/w/runs/main/o__n/o__n-1/round-1"
mkdir -p "$dir"
printf '{"format":1,"instance_id":"o__n-1","repo":"o/n","run":"main","state":"failed"}\n' >"$dir/../status.json"
printf 'a\nE   OSError: cannot load library libfoo\nb\n' >"$dir/test_only-1.log"
printf 'E   OSError: cannot load library libbar\n' >"$dir/build.log"

cat >"$tmp/draft.conf" <<'E'
#: help that goes
[rule "own-foo"]
	phase = evaluate
	class = import
	pattern = cannot load library (\\w+)
	remedy = apt %1-dev
E
like "what it would match, and what it would do" 'o__n-1  failed  round-1/test_only-1.log:2' "$(b playbook test "$tmp/draft.conf" 2>&1)"
like "… only in logs of its phase" '1 of 1 logs match, of 1 environment$' "$(b playbook test "$tmp/draft.conf" 2>&1)"
like "… with the match filled in" '→ apt libfoo-dev' "$(b playbook test "$tmp/draft.conf" 2>&1)"
like "… as JSON" '"line":2,"logs":1,"words":"cannot load library libfoo","remedy":"apt libfoo-dev"' "$(b playbook test --json -q "$tmp/draft.conf")"
is "nothing was written" "" "$(ls "$tmp/w" | grep playbook.conf)"

is "it is kept" "own-foo" "$(b playbook add "$tmp/draft.conf")"
is "… without the help" "" "$(grep '#:' "$tmp/w/playbook.conf")"
is "… before the shipped ones" "own-foo" "$(b playbook list -q | head -1 | cut -d' ' -f1)"
like "… and says where it stands" '# .*/playbook.conf:2 \(the workspace.s own\)' "$(b playbook show own-foo)"
sed -i 's/own-foo/own-bar/' "$tmp/draft.conf"
b playbook add "$tmp/draft.conf" >"$tmp/out"
sed -i 's/libfoo/x/; s/%1-dev/other/' "$tmp/draft.conf"
b playbook add "$tmp/draft.conf" >"$tmp/out"
is "a rule of the same name goes, the others stay" "own-bar own-foo" "$(b playbook list -q | head -2 | cut -d' ' -f1 | tr '\n' ' ' | sed 's/ $//')"
like "… as it was written last" 'remedy = apt other' "$(b playbook show own-bar)"
cat >"$tmp/shipped.conf" <<'E'
[rule "missing-module"]
	pattern = never
	remedy = retry
E
b playbook add "$tmp/shipped.conf" >"$tmp/out"
is "one of a shipped name stands in its place" "1" "$(b playbook list -q | grep -c '^missing-module ')"
like "… alone" 'pattern = never' "$(b playbook show missing-module)"

bad() { # description, words wanted, the file's second line on
    printf '[rule "bad"]\n%s\n' "$3" >"$tmp/bad.conf"
    status "$1" 2 b playbook add "$tmp/bad.conf"
    like "… told with file and line" "$2" "$(b playbook test "$tmp/bad.conf" 2>&1)"
}
bad "a pattern that is none" 'bad.conf:2: rule "bad": pattern "\(", byte 1' '	pattern = ('
bad "an unknown remedy" 'bad.conf:3: rule "bad": no remedy is called "dance' '	pattern = a
	remedy = dance'
bad "an unknown phase" 'bad.conf:4: rule "bad": no phase is called "lunch"' '# a comment
	pattern = a
	phase = lunch'
bad "an unknown class" 'bad.conf:2: rule "bad": no failure class is called "x"' '	class = x'
bad "an unknown field" 'bad.conf:2: rule "bad" has no field color' '	color = red'
bad "no remedy" 'bad.conf:2: rule "bad" has no remedy' '	pattern = a'
bad "no syntax" 'bad.conf' '[rule "x'
status "a folder" 2 b playbook test "$tmp"
status "a file that is not there" 1 b playbook test "$tmp/none"
printf '[rule "bad"]\n\tpattern = (\n' >"$tmp/w/playbook.conf"
like "a torn file of the workspace's own is told too" 'playbook.conf:2: rule "bad": pattern' "$(b playbook list 2>&1)"
status "no word" 2 b playbook
status "an unknown rule" 2 b playbook show nothing
finish
