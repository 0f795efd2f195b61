#!/bin/sh
# Trajectories of other tools: imported by content, listed, shown, graded, and made again by reindex.
. "$(dirname "$0")/../lib.sh"

ws=$tmp/ws
in=$tmp/in
"$BOTTEGA" init -q "$ws"
check() { is "$1" "$3" "$2"; }
b() { "$BOTTEGA" -C "$ws" "$@"; }

mkdir -p "$in/run_a/o__n-1" "$in/run_a/o__n-2" "$in/logs/run_evaluation/r1/m/o__n-1"
cat >"$in/run_a/o__n-1/o__n-1.traj" <<'EOT'
{"environment":"e","trajectory":[{"action":"ls\n","observation":"a.py","response":"r","thought":"look","state":"{}"},
{"action":"edit 1:2\nx","observation":"done","response":"","thought":"mend\u001b[31m","state":"{}"}],
"history":[{"role":"system","content":"sys"},{"role":"user","content":"the issue"},{"role":"assistant","content":"r"}],
"info":{"exit_status":"submitted","submission":"\ndiff --git a/a.py b/a.py\n+x\n","model_stats":{"instance_cost":0.5,"tokens_sent":10,"tokens_received":3}}}
EOT
printf '%s' '{"info":{},"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"half' >"$in/run_a/o__n-2/o__n-2.traj.json"
printf '%s\n' '{"o__n-1":{"patch_is_None":false,"patch_exists":true,"patch_successfully_applied":true,"resolved":true}}' \
    >"$in/logs/run_evaluation/r1/m/o__n-1/report.json"
printf '%s\n' '{"o__n-1":{"model_name_or_path":"m","model_patch":"diff --git a/a b/a\n"},"o__n-2":{"model_name_or_path":"m","model_patch":""}}' >"$in/preds.json"
printf 'no json\n' >"$in/notes.txt"

check "a folder is walked and counted" "$(b import "$in" 2>/dev/null)" \
    "$in: 4 files, 2 trajectories, 2 predictions, 1 verdicts, 0 already, 1 unknown, 0 failed"
check "what is not known is named" "$(b import -v "$in" 2>&1 >/dev/null | grep notes)" "$in/notes.txt: skipped: nothing that is known here"
check "again: nothing is read twice" "$(b import "$in" 2>/dev/null | grep -c ' 4 already')" 1
check "a grader's word is the outcome" "$(b list trajectories --where id:o__n-1 --columns outcome,steps,edits,cost_usd --json)" \
    '{"outcome":"resolved","steps":2,"edits":1,"cost_usd":0.5}'
check "a torn file is running" "$(b list trajectories --where id:o__n-2 --columns outcome --json)" '{"outcome":"running"}'
check "flags and numbers are asked for" "$(b list trajectories --where 'flag:*edit* steps:2' --columns instance_id --json)" '{"instance_id":"o__n-1"}'
check "steps are shown, escapes as text" "$(b show --trajectory o__n-1 --step 4 | grep -c 'mend.*\[31m')" 1
check "no escape goes out" "$(b show --trajectory o__n-1 --step 4 | tr -dc '\033' | wc -c)" 0
check "a step as its bytes" "$(b show --trajectory o__n-1 --step 3 --raw | head -c 17)" '{"action":"ls\n",'
check "the patch" "$(b show --trajectory o__n-1 --patch | sed -n 2p)" "diff --git a/a.py b/a.py"
b list trajectories --json --columns instance_id,run,outcome,steps >"$tmp/before"
b reindex -q
b list trajectories --json --columns instance_id,run,outcome,steps >"$tmp/after"
check "reindex makes it again" "$(cmp "$tmp/before" "$tmp/after" && echo same)" same
printf '%s' ' done"}],"trajectory_format":"mini-swe-agent-1"}' >>"$in/run_a/o__n-2/o__n-2.traj.json"
check "a file that went on is read again" "$(b list trajectories --where id:o__n-2 --columns outcome --json)" '{"outcome":"unknown"}'
status "no such trajectory" 1 b show --trajectory nothing
finish
