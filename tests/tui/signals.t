# Hints at what a task is worth: found by a filter that completes, told on the Summary.
size 100 30
keys 3 /
type signal:ti
keys <Tab>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signal:tiny                                                                         1 of 60
  instance▴           state       class  F2P  P2P  round    time  ended  reason                    →
▸ pallets__click-100  ● accepted  –        1   40      1  1m 17s     4d  all clauses hold











────────────────────────────────────────────────────────────────────────────────────────────────────
  pallets__click-100
  ● accepted in round 1
  reason    all clauses hold
› issue     Flag options parse before their callback
› tests     F2P 1 · P2P 40 · 42 in all
› built     python 3.6 · lock 5 packages · image 200 MiB
  run       dev-1 · rules · 1m 17s · ended 2023-11-14T22:14:37Z
  phases    lock 1.5 s · build 39 s · evaluate 26 s

  ┌──────┐ce, clause by clause
› │ tiny │ne, marker and report agree
› └──────┘_only fails by assertion
 Instances                                                                               row 1 of 1
 /signal:tiny
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signal:tiny                                                                         1 of 60
  instance▴           state       class  F2P  P2P  round    time  ended  reason                    →
▸ pallets__click-100  ● accepted  –        1   40      1  1m 17s     4d  all clauses hold











────────────────────────────────────────────────────────────────────────────────────────────────────
  pallets__click-100
  ● accepted in round 1
  reason    all clauses hold
› issue     Flag options parse before their callback
› tests     F2P 1 · P2P 40 · 42 in all
› built     python 3.6 · lock 5 packages · image 200 MiB
  run       dev-1 · rules · 1m 17s · ended 2023-11-14T22:14:37Z
  phases    lock 1.5 s · build 39 s · evaluate 26 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
 Instances                                                                               row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  ? help
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 pallets__click-100 ● accepted   Summary   Dockerfile   Script   Lock   Build log   Tests          →
▸ pallets__click-100
  ● accepted in round 1
  reason    all clauses hold
› issue     Flag options parse before their callback
› tests     F2P 1 · P2P 40 · 42 in all
› built     python 3.6 · lock 5 packages · image 200 MiB
  run       dev-1 · rules · 1m 17s · ended 2023-11-14T22:14:37Z
  phases    lock 1.5 s · build 39 s · evaluate 26 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ● 3 test_with_fix passes three times, no P2P broken
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  quality signals
  trivial  tiny         2 lines change, and the statement has: return a + b
  late     hindsight    the statement is the message of the commit
  2 of 3; signal:NAME in a list finds more like it

  one round
›  1 accepted: all clauses hold


 dev-1 › Summary                                                                       line 1 of 24
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  ? help
end
keys <Esc> /
type gold_lines:3..
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signal:tinygold_lines:3..                                                           0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository  python  run  verified  →
  Nothing matches “signal:tinygold_lines:3..”. / changes the filter, Esc takes it away.











────────────────────────────────────────────────────────────────────────────────────────────────────












 Instances
 Enter open  / filter  S sort  q back  Tab pane  : command  ? help
end
