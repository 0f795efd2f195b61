# Other programs: a command for each marked row, with its fields quoted; a pager.
size 80 24
run rm -f $W/run-4.log
env PAGER=cp -t $W
keys 3
keys /
type state:rejected
keys <Enter>
keys <Space><Space>
keys !
type echo %{instance_id} in %{repo}: %{reason}
await would run it for 2 marked instances, one after the other
keys <Enter>
await run: all 2 ended well
keys gg
await $ echo pallets__click-254 in pallets/click: '1 test still fails with the fix'
await   pallets__click-254 in pallets/click: 1 test still fails with the fix
await line 1 of 4
keys <Esc>
type :run echo %{colour}
await %{colour}: these rows have
keys <Esc>
type :run test -d %{folder} && echo there; test %{f2p} -lt 1
keys <Enter>
await run: 1 of 2 failed
await [status 1]
keys <Esc>
type :run sleep 100 && echo slept
press <Enter>
await $ sleep 100
press <C-c>
await run: given up in the middle
keys <Esc>
type !exit 3
keys <Enter>
await run: 1 of 1 failed
keys P
await $ exit 3
run test "$(cat $W/run-4.log)" = "$(printf '$ exit 3\n[status 3]')"
keys Q
status 0
