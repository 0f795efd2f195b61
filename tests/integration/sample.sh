#!/bin/sh
# The whole path on the sample: import, synthesize, index, verify; every end is the expected one.
. "$(dirname "$0")/../lib.sh"
. "$BOTTEGA_TOP/tools/sample.sh"

ws=$tmp/ws
status "the sample becomes a workspace" 0 sample_workspace "$ws"
status "synthesize ends well" 0 "$BOTTEGA" -C "$ws" synthesize -q --run first --jobs 2
status "every end is the expected one" 0 sample_compare "$ws"
status "synthesize again has nothing to do" 0 "$BOTTEGA" -C "$ws" synthesize -q --run first --jobs 2
"$BOTTEGA" -C "$ws" list instances --json >"$tmp/before"
rm -f "$ws"/index.db*
status "the index is rebuilt from the files" 0 "$BOTTEGA" -C "$ws" reindex -q
"$BOTTEGA" -C "$ws" list instances --json >"$tmp/after"
status "… and lists the same rows" 0 cmp "$tmp/before" "$tmp/after"
first=$("$BOTTEGA" -C "$ws" list instances --where state:accepted --json --limit 1 |
    python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["instance_id"])')
status "an accepted environment is proved again" 0 "$BOTTEGA" -C "$ws" verify -q --run first "$first"
like "its evaluation script is the whole script" 'OPENSWE_EXIT_CODE' "$("$BOTTEGA" -C "$ws" show "$first" --file eval.sh)"
"$BOTTEGA" -C "$ws" gc -q >/dev/null 2>&1
finish
