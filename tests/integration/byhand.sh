#!/bin/sh
# A person's rounds: an edit that is not accepted changes nothing, one that is becomes the
# environment, and from any round on it is made again with what was kept aside.
. "$(dirname "$0")/../lib.sh"
. "$BOTTEGA_TOP/tools/sample.sh"

ws=$tmp/ws id=bottega-samples__pigment-3
env=$ws/runs/first/bottega-samples__pigment/$id
b() { "$BOTTEGA" -C "$ws" "$@"; }
state() { b list instances --json -w "$id" | python3 -c '
import json, sys
r = json.loads(sys.stdin.readline())
print(r["state"], r["round"])'; }

status "the sample becomes a workspace" 0 sample_workspace "$ws"
status "nothing tried: nothing to start from" 0 b synthesize --run first "$id" --requirements /dev/null
like "… and that is said" 'no round was tried yet' "$out"
status "one environment is accepted" 0 b synthesize -q --run first "$id"
is "… in its first round" "accepted 1" "$(state)"

sed 's/^WORKDIR .*/RUN false\n&/' "$env/Dockerfile" >"$tmp/broken"
status "a Dockerfile that does not build is tried" 0 b synthesize --run first "$id" --dockerfile "$tmp/broken"
like "… its end is told" 'round 2, by hand.*what was accepted before stays' "$out"
is "… and the environment is what it was" "accepted 1" "$(state)"
like "… with the round kept" '"rule": "by hand"' "$(cat "$env/round-2/hand.json")"

{ cat "$env/Dockerfile"; echo '# by hand'; } >"$tmp/mended"
status "a Dockerfile that builds is tried" 0 b synthesize -q --run first "$id" --dockerfile "$tmp/mended" --eval "$env/eval.sh"
is "… and is the environment now" "accepted 3" "$(state)"
is "… to the byte" "" "$(cmp "$env/Dockerfile" "$tmp/mended" 2>&1)"

status "from round 2 on, which was by hand: that again" 0 b synthesize -q --run first "$id" --from-round 2
status "… as a round of its own" 0 cmp "$env/round-4/Dockerfile" "$env/round-2/Dockerfile"
status "from round 1 on" 0 b synthesize -q --run first "$id" --from-round 1
is "… it ends as at first" "accepted 1" "$(state)"
is "… and all four rounds are kept" 4 "$(ls -d "$env"/aside/*/round-* | wc -l)"
echo 'pwd; ls /bottega; ls /sys/class/net; exit 3' >"$tmp/keys"
status "a shell in its image" 0 sh -c "'$BOTTEGA' -C '$ws' show -q --shell '$id' <'$tmp/keys'"
is "… in the checkout, with the inputs of an evaluation, without a network" "/testbed eval.sh fix.patch test.patch lo" "$(echo $out)"
is "… and no container stays" "" "$(docker ps -aq --filter "label=bottega.job=shell/$id" 2>/dev/null)"
status "a round that never had a Dockerfile has no image" 1 b show --shell --round 9 "$id"
b list instances --json >"$tmp/before"
b reindex -q
b list instances --json >"$tmp/after"
status "the files say what the index says" 0 cmp "$tmp/before" "$tmp/after"
b gc -q >/dev/null 2>&1
finish
