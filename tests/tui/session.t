# Where one was is taken up again: screen, filter, order, row, what was opened, what was typed.
size 80 24
keys 3
keys /
type state:failed
keys <Enter>
type :sort -seconds
keys <Enter> jj
type :theme light
keys <Enter> <Enter> gt
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 pallets__c…k-170 ! failed  ← Dockerfile   Script   Lock   Build log   Tests   →
  test  verdict  base  test only  with fix  message
  Round 2 ran no tests: it ended at build.







────────────────────────────────────────────────────────────────────────────────










 dev-2 › Tests · round 2 of 2
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  ? help
end
keys Q
status 0
again
size 80 24
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 pallets__c…k-170 ! failed  ← Dockerfile   Script   Lock   Build log   Tests   →
  test  verdict  base  test only  with fix  message
  Round 2 ran no tests: it ended at build.







────────────────────────────────────────────────────────────────────────────────










 dev-2 › Tests · round 2 of 2
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  ? help
end
look 3   cccc  ccccccc  cccc  ccccccccc  cccccccc  ccccccc
keys q
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:failed                                                    9 of 60
  instance                           state     class            F2P  P2P  round→
  pallets__click-359                 ! failed  sdist-build        0    0      1
  pallets__click-345                 ! failed  timeout            0    0      2
  pallets__jinja-247                 ! failed  import             0    0      2
▸ pallets__click-170                 ! failed  project-install    0    0      2
  python-attrs__attrs-352            ! failed  resolve            0    0      2
  agronholm__anyio-324               ! failed  sdist-build        0    0      3
  tobymao__sqlglot-240               ! failed  project-install    0    0      2
  pallets__jinja-219                 ! failed  import             0    0      2
  a-rather-long-owner-n…er-ends-338  ! failed  collect            0    0      3
────────────────────────────────────────────────────────────────────────────────
  pallets__click-170
  ! failed in round 2: project-install
  reason    the legacy backend has no build_editable
› evidence  round-2/build.log line 2
› issue     Flag options parse before their callback
› built     python 3.9 · lock 6 packages · image 200 MiB
  run       dev-2 · rules · 34 s · ended 2023-11-15T22:14:38Z
  phases    lock 1.5 s · build 17 s · evaluate 11 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances · by time ▾                                               row 4 of 9
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
type :
keys <Up>
await :theme light
keys <Up>
await :sort -seconds
keys <Esc> <Esc>
await row 15 of 60
# A terminal that goes away counts as an end.
keys 2
keys jj
await row 3 of 8
again
keys 7
await Pipeline
keys [
await row 3 of 8
keys Q
status 0
# A script begins at the beginning.
run printf 'wait\naction screen-instances\nwait\nexpect row 1 of 60\nexpect Instagram\n' >$W/script
again --script $W/script
status 0
