#!/bin/sh
# Batches under faults: killed workers and supervisors, Ctrl-C, pause, poison. Items of the stage
# `command` wait at a gate (a lock that this test holds), so nothing here depends on time.
. "$(dirname "$0")/../../lib.sh"

ws=$tmp/w
export G=$tmp/g
mkdir "$G"
"$BOTTEGA" init -q "$ws"
b() { "$BOTTEGA" -C "$ws" "$@"; }

close_gate() { exec 9>"$G/gate"; flock 9; }
open_gate() { exec 9>&-; }
# One line when it begins, one when it ends; between them it waits at the gate.
work='echo %{instance_id} >>$G/began; flock -s $G/gate true && echo %{instance_id} >>$G/ended'
: >"$G/gate"

# watch BATCH, then until_event REGEX reads on to the first event that matches; it is in $line.
watch() {
    exec 3>&-
    rm -f "$tmp/events"
    mkfifo "$tmp/events"
    timeout 120 "$BOTTEGA" -C "$ws" batch watch "$1" --json >"$tmp/events" 3>&- 9>&- &
    exec 3<"$tmp/events"
    IFS= read -r line <&3 # the reply: from here on no event is missed
}
until_event() {
    while IFS= read -r line <&3; do
        printf '%s\n' "$line" | grep -qE -- "$1" && return 0
    done
    say_bad "an event $1 comes" "the watch ended first"
    return 1
}
in_command() { b batch status "$1" --json | grep -o '"phase":"command"' | wc -l; }
until_in_command() { until [ "$(in_command "$1")" = "$2" ]; do until_event '"event":"phase"' || break; done; }
# All of the batch's processes are gone when its lock is free.
wait_gone() { flock "$ws/batches/$1/lock" true; }
field() { sed -n 's/.*"'"$2"'":\("[^"]*"\|[^,}]*\).*/\1/p' <<X | tr -d '"'
$1
X
}
supervisor_of() { field "$(b batch status "$1" --json | sed 's/"workers".*//')" pid; }
worker_pids() { b batch status "$1" --json | grep -o '"worker":"[^"]*","pid":[0-9]*' | sed 's/.*://'; }
once() { sort "$G/ended" | uniq -c | awk '$1 != 1 { bad++ } END { print NR - bad, bad + 0 }'; }
fresh() { rm -f "$G/began" "$G/ended"; }
ids() { seq -f "$1__x-%g" "$2"; }

# --- a worker and the supervisor are killed in the middle ---
close_gate
id=$(ids kill 50 | b batch run --command "$work" --ids - --jobs 4 --detach -q)
watch "$id"
until_in_command "$id" 4
victim=$(worker_pids "$id" | shuf -n 1)
kill -9 "$victim"
until_event '"event":"phase".*"try":2'
again=$(field "$line" instance_id)
is "a killed worker's item begins again, its try counted" 2 "$(field "$(cat "$ws/batches/$id/state/"*.json | grep "\"$again\"")" tries)"
like "… and the log says who died" "died of signal 9 while working on $again" "$(cat "$ws/batches/$id/supervisor.log")"
kill -9 "$(supervisor_of "$id")"
wait_gone "$id"
is "nothing has ended" "" "$(cat "$G/ended" 2>/dev/null)"
like "a batch without its supervisor is called interrupted" '"state":"interrupted"' "$(b batch status "$id" --json)"
open_gate
status "the same command resumes" 0 sh -c 'seq -f "kill__x-%g" 50 | "$0" -C "$1" batch run --command "$2" --ids - --jobs 4' "$BOTTEGA" "$ws" "$work"
like "… the same batch" "^$id: resumed" "$out"
is "every item ended once" "50 0" "$(once)"
is "every state file says done" 50 "$(cat "$ws/batches/$id"/state/*.json | grep -c '"state":"done","tries"')"

# --- the supervisor is killed when some are done: those stay done ---
fresh
part='case %{instance_id} in *-[12]?) flock -s $G/gate true;; esac; echo %{instance_id} >>$G/ended'
close_gate
id=$(ids half 29 | b batch run --command "$part" --ids - --jobs 2 --detach -q)
watch "$id"
until [ "$(field "$(b batch status "$id" --json | sed 's/"workers".*//')" done)" = 9 ]; do
    until_event '"event":"done"' || break
done
kill -9 "$(supervisor_of "$id")"
wait_gone "$id"
open_gate
status "batch resume starts a new supervisor" 0 b batch resume "$id"
b batch watch "$id" -q >/dev/null 2>&1
wait_gone "$id"
is "what was done was not done again" "29 0" "$(once)"

# --- Ctrl-C ---
fresh
close_gate
ids int 6 >"$tmp/ids"
mkfifo "$tmp/said"
"$BOTTEGA" -C "$ws" batch run --command "$work" --ids "$tmp/ids" --jobs 2 2>"$tmp/said" 3>&- 9>&- &
pid=$!
exec 4<"$tmp/said"
IFS= read -r begun <&4
id=${begun%%:*}
watch "$id"
until_in_command "$id" 2
kill -INT $pid
wait $pid
is "Ctrl-C ends with 130" 130 $?
like "… says how to go on" 'go on with: the same command' "$(cat <&4)"
exec 4<&-
wait_gone "$id"
is "… nothing half done" "" "$(cat "$G/ended" 2>/dev/null)"
like "… and no try is counted" '"tries":0' "$(cat "$ws/batches/$id/state/1.json")"
open_gate
status "the same command goes on" 0 b batch run --command "$work" --ids "$tmp/ids"
is "… to the end" "6 0" "$(once)"

# --- pause, resume, jobs ---
fresh
close_gate
id=$(ids pause 8 | b batch run --command "$work" --ids - --jobs 2 --detach -q)
watch "$id"
until_in_command "$id" 2
status "pause" 0 b batch pause "$id"
open_gate
until_event '"state":"paused".*"running":0'
is "paused: what ran has ended, no more began" 2 "$(wc -l <"$G/ended" | tr -d ' ')"
close_gate
status "jobs changes while it runs" 0 b batch jobs 4 "$id"
status "resume" 0 b batch resume "$id"
until_in_command "$id" 4
status "jobs down: nobody is stopped" 0 b batch jobs 1 "$id"
is "… " 4 "$(field "$(b batch status "$id" --json | sed 's/"workers".*//')" running)"
open_gate
until_event '"event":"state","state":"done"'
is "all ended once" "8 0" "$(once)"

# --- errors are tried again; poison is set aside ---
fresh
status "an item in error is named; exit 1" 1 b -c dispatch.retries=2 -c dispatch.backoff=0s \
    batch run --command 'echo x >>$G/%{instance_id}; [ %{instance_id} != e__x-2 ] || exit 75' e__x-1 e__x-2 e__x-3
like "… " 'e__x-2 ended in error' "$out"
is "tried again as often as dispatch.retries says" 3 "$(grep -c x "$G/e__x-2")"
is "the others once" 1 "$(grep -c x "$G/e__x-1")"
status "an item that kills its worker is set aside" 1 b -c dispatch.retries=1 \
    batch run --command '[ %{instance_id} != p__x-1 ] || kill -9 $PPID' p__x-1 p__x-2 p__x-3
like "… with the reason" 'p__x-1 +error .*worker died of signal 9' "$out"
like "… and the others end" 'error 1, done 2' "$out"
id=$(b batch list | tail -n 1 | cut -d' ' -f1)
b batch retry "$id" -q
b batch watch "$id" -q >/dev/null 2>&1
wait_gone "$id"
like "retry tries again" '"tries":2' "$(cat "$ws/batches/$id/state/1.json")"

# --- held back ---
id=$(b -c dispatch.min-disk=900t batch run --command true h__x-1 --detach -q)
watch "$id"
case $line in *"free disk"*) ;; *) until_event '"why":"free disk' ;; esac
like "short disk holds items back and says so" 'free disk is .* dispatch.min-disk is' "$(b batch status "$id")"
status "cancel" 0 b batch cancel "$id"
wait_gone "$id"
like "… leaves a resumable state" '"state":"cancelled"' "$(b batch status "$id" --json)"

# --- two at once ---
close_gate
id=$(ids two 4 | b batch run --command "$work" --ids - --detach -q)
status "the same instances in another batch are refused" 1 b batch run --command "$work" two__x-1
like "… and the batch is named" "$id is at work on some of these" "$out"
status "a socket only for its owner" 0 test "$(stat -c %a "$ws/batches/$id/control.sock")" = 600
open_gate
wait_gone "$id"

# --- a workspace deeper than a socket's path may be; the hook at the end ---
deep=$tmp/$(printf 'd%.0s' $(seq 100))/$(printf 'e%.0s' $(seq 100))
"$BOTTEGA" init -q "$deep"
status "a deep workspace" 0 "$BOTTEGA" -C "$deep" -c "batch.on_end=echo \$BOTTEGA_BATCH \$BOTTEGA_STATE" \
    batch run --command true d__x-1
flock "$deep/batches/command-1/lock" true
is "batch.on_end has run" "command-1 done" "$(cat "$deep/batches/command-1/on_end.log")"
is "its socket is gone" no "$([ -e "$deep/batches/command-1/control.sock" ] && echo yes || echo no)"
finish
