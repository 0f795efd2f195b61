#!/bin/sh
# Real environments under faults: a worker, then the supervisor, is killed while a container runs;
# the same command ends with the expected verdicts and leaves no container behind.
. "$(dirname "$0")/../../lib.sh"
. "$BOTTEGA_TOP/tools/sample.sh"

ws=$tmp/ws
ids='bottega-samples__pigment-3 bottega-samples__pigment-13'
sample_workspace "$ws"
b() { "$BOTTEGA" -C "$ws" "$@"; }
counts() { b batch status --json | sed 's/"workers".*//'; }
pid_in() { printf '%s' "$1" | grep -o '"pid":[0-9]*' | head -n 1 | sed 's/.*://'; }
# Reads events until an item of that try is evaluated.
until_evaluate() {
    timeout 600 "$BOTTEGA" -C "$ws" batch watch --json >"$tmp/events" &
    exec 3<"$tmp/events"
    while IFS= read -r line <&3; do
        case $line in *'"event":"phase"'*'"try":'"$1"*'"phase":"evaluate"'*) break ;; esac
    done
    exec 3<&-
}
mkfifo "$tmp/events"

# shellcheck disable=SC2086
id=$(b synthesize --run faults --jobs 1 --detach -q $ids) || { skip "environments under faults" "no engine: ${id:-see doctor}"; finish; }
until_evaluate 1
victim=$(b batch status --json | grep -o '"worker":"w1","pid":[0-9]*' | sed 's/.*://')
kill -9 "$victim"
until_evaluate 2
like "a killed worker's instance is begun again" "died of signal 9" "$(cat "$ws/batches/$id/supervisor.log")"
kill -9 "$(pid_in "$(counts)")"
flock "$ws/batches/$id/lock" true
like "a killed supervisor leaves an interrupted batch" '"state":"interrupted"' "$(counts)"
# shellcheck disable=SC2086
status "the same command resumes and ends" 0 b synthesize --run faults --jobs 1 $ids
like "… the same batch" "^$id: resumed" "$out"
like "the accepted one is accepted" 'pigment-3 +accepted' "$out"
like "the rejected one is rejected" 'pigment-13 +rejected +p2p-broken' "$out"
# shellcheck disable=SC2086
id=$(b synthesize --run cancelled --jobs 1 --detach -q $ids)
until_evaluate 1
status "a batch is cancelled" 0 b batch cancel "$id"
flock "$ws/batches/$id/lock" true
is "… and none of its instances is running" "" "$(grep -l '"state": "running"' "$ws"/runs/cancelled/*/*/status.json)"
like "… one is new again" '"state": "new"' "$(cat "$ws"/runs/cancelled/*/*/status.json)"
status "gc finds no container of ours" 0 b gc --dry-run
is "… not one" "" "$(printf '%s\n' "$out" | grep ' container ')"
b gc --all -q >/dev/null 2>&1
finish
