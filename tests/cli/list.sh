#!/bin/sh
# list, show, reindex on the workspace of tests/fixtures/mkworkspace.
. "$(dirname "$0")/../lib.sh"

if ! command -v python3 >/dev/null; then
    skip "list, show and reindex" "no python3"
    finish
fi
"$BOTTEGA_TOP/tests/fixtures/mkworkspace" "$tmp/w"
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }
all() { for k in repositories instances runs batches rounds failures; do b list $k --json; done; b list instances -w 'run:*' --json; }

is "60 instances" 60 "$(b list instances --json | wc -l)"
is "every row is one JSON object with a state" 60 "$(b list instances --json | grep -cE '^\{.*"state":"(new|running|accepted|rejected|failed|error)".*\}$')"
like "the table has titles" '^instance +state +class +round +F2P +P2P +time +reason$' "$(b list instances)"
is "columns and order can be chosen" "$(printf 'trial-3\ndev-2\ndev-1')" "$(b list runs --columns run --sort -run | tail -n +2)"
is "a limit is kept" 3 "$(b list instances --json -n 3 | wc -l)"
is "a query chooses" 4 "$(b list instances --json -w 'run:dev-2 state:accepted' | wc -l)"
is "nothing found is no error" "" "$(b list instances -q -w 'state:failed state:accepted')"
like "columns can be asked for" '^failure_class +what went wrong' "$(b list instances --columns help)"

is "failures are clusters, the most costly first" "Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'> 3" \
    "$(b list failures --json -n 1 | python3 -c 'import json,sys; r = json.load(sys.stdin); print(r["signature"], r["instances"])')"
is "… whose members can be listed" 3 "$(b list instances --json -w "signature:\"Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>\"" | wc -l)"

printf '[query "odd"]\n\twhere = state:failed class:import\n' >"$tmp/w/queries.conf"
is "a saved query stands for its text" "$(b list instances --json -w 'state:failed class:import f2p:0')" "$(b list instances --json -w '@odd f2p:0')"
status "an unknown one is the command's fault" 2 b list instances -w 'x @odder'
like "… and is marked" '^ +\^\^\^\^\^\^$' "$out"

is "a SELECT as a table" "$(printf 'state\tn\naccepted\t23')" "$(b list --sql "SELECT state, count(*) AS n FROM environments WHERE latest = 1 AND state = 'accepted' GROUP BY 1")"
is "… and as JSON" '{"a":1,"b":"x","c":null}' "$(b list --json --sql "SELECT 1 AS a, 'x' AS b, NULL AS c")"
status "anything else is refused" 2 b list --sql 'DELETE FROM environments'

status "an unknown key is the command's fault" 2 b list instances -w 'f2p:>0 stat:failed'
like "… and is marked" '^ +\^\^\^\^$' "$out"
status "so is an unknown column" 2 b list instances --columns states
like "… and those there are are named" 'there is: instance_id repo state' "$out"
status "so is an unknown kind" 2 b list things
status "so is a limit of nothing" 2 b list instances -n 0

out=$(b show pallets__jinja-317)
like "show says the state and the class" '^pallets__jinja-317 +rejected: fix-fails$' "$out"
like "… the clause that failed" '✕ 3 1 test still fails with the fix' "$out"
like "… the test that blocks" 'blocks +tests/test_security.py::TestSandbox' "$out"
like "… what fired in a round" '1 +project-install · build-editable-legacy → rung no-isolation' "$out"
like "… where the evidence stands" 'round-3/test_with_fix-1.log:2' "$out"
dir=$tmp/w/runs/dev-1/pallets__jinja/pallets__jinja-317
is "a file comes byte for byte" "$(cksum <"$dir/eval.sh")" "$(b show pallets__jinja-317 --file eval.sh | cksum)"
is "a log by its short name" "$(cksum <"$dir/round-3/test_only-1.log")" "$(b show pallets__jinja-317 --log test_only-1 | cksum)"
is "a file of an earlier round" "$(cksum <"$dir/round-1/build.log")" "$(b show pallets__jinja-317 --log build --round 1 | cksum)"
is "the first row names another run" dev-2 "$(b show pallets__jinja-156 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["run"])')"
is "--run goes back" dev-1 "$(b show pallets__jinja-156 --run dev-1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["run"])')"
like "the fix" '^diff --git a/src/jinja/core.py' "$(b show pallets__jinja-317 --patch)"
like "the statement" '^Sandbox: format_map' "$(b show pallets__jinja-317 --statement)"
status "an unknown instance" 1 b show nothing-1
like "… is named" 'no instance is called nothing-1' "$out"
status "a file that is not there" 1 b show pallets__jinja-317 --file nope
like "… and those there are are named" 'there is: .*evaluation.json' "$out"
status "no way out of the folder" 1 b show pallets__jinja-317 --file ../../../../tasks/dev.jsonl
status "an instance never tried has a page" 0 b show "$(b list instances -w state:new --json -n 1 | cut -d'"' -f4)"
like "… that says what tries it" 'never tried; .bottega synthesize' "$out"

# Hostile text is shown, never sent.
task=$(b list instances -w state:failed --json -n 1 | cut -d'"' -f4)
for f in "$tmp"/w/runs/*/*/"$task"/status.json; do
    python3 - "$f" <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
d["reason"] = "\x1b[31mred\x07 \u202egnp"
json.dump(d, open(sys.argv[1] + ".new", "w"))
PY
    mv "$f.new" "$f"
done
b reindex -q
is "no escape reaches the terminal" 0 "$( (b list instances; b show "$task") | grep -c "$(printf '\033')")"
like "… but it is shown" '\^\[\[31mred\^G <U\+202E>gnp' "$(b list instances -w "id:$task")"

all >"$tmp/before"
status "the index agrees with the files" 0 b reindex --check
rm "$tmp/w/index.db"
status "the index comes from the files alone" 0 b reindex
all >"$tmp/after"
is "… the same to the byte" "$(cksum <"$tmp/before")" "$(cksum <"$tmp/after")"
rm "$tmp"/w/index.db*
all >"$tmp/lazy"
is "… also without asking for it" "$(cksum <"$tmp/before")" "$(cksum <"$tmp/lazy")"
printf 'x' | dd of="$tmp/w/index.db" bs=1 seek=20 conv=notrunc 2>/dev/null
rm -f "$tmp"/w/index.db-*
printf 'no database' >"$tmp/w/index.db"
status "a damaged index is said" 3 b list instances
like "… with the mend" 'bottega reindex' "$out"
status "… and mended" 0 b reindex -q
is "… to the same" "$(cksum <"$tmp/before")" "$(all | cksum)"
rm -r "$tmp/w/runs/dev-2"
is "a run that is gone is gone" "dev-1 trial-3" "$(echo $(b list runs --json | cut -d'"' -f4))"
status "… and the index agrees" 0 b reindex --check
is "an index elsewhere" 60 "$(b -c "index.path=$tmp/other.db" list instances --json | wc -l)"
like "… is where it was put" 'other.db' "$(ls "$tmp")"
finish
