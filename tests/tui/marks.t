# Marks: one, a range, all that match; what would be touched is said before; u takes back.
size 80 24
keys 3
keys <Space> jjj V
await 5 marked
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                            state       class        F2P  P2P  round→
 +Instagram__MonkeyType-296            ● accepted  –              1   56      1
 +a-rather-long-owner-nam…er-ends-149  ● accepted  –              2   29      3
 +a-rather-long-owner-nam…er-ends-338  ! failed    collect        0    0      3
 +a-rather-long-owner-nam…er-ends-373  ✕ rejected  p2p-broken     2   13      3
▸+agronholm__anyio-128                 ● accepted  –              1    8      2
  agronholm__anyio-212                 ● accepted  –              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 ◐ running   –              0    0      1
  pallets__click-100                   ● accepted  –              1   40      1
  pallets__click-107                   ● accepted  –              4   47      3
────────────────────────────────────────────────────────────────────────────────
  agronholm__anyio-128
  ● accepted in round 2
  reason    all clauses hold
› issue     Fix deadlock when the event loop is closed twice
› tests     F2P 1 · P2P 8 · 10 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-1 · rules · 15 s · ended 2023-11-14T22:15:48Z
  phases    lock 1.5 s · build 7.7 s · evaluate 5.1 s

 Instances · 5 marked                                               row 5 of 60
 5 marked
end
look 3  B                                     cccccccccc  c
keys u
await 1 marked again, as before; it was 5
keys u
await 0 marked again
keys u
await undo: nothing was done here that could be taken back
keys /
type state:rejected
keys <Enter>
type :mark-all
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected                                                  7 of 60
  instance▴                          state       class          F2P  P2P  round→
▸ a-rather-long-owner-n…er-ends-373  ✕ rejected  p2p-broken       2   13      3
  pallets__click-254                 ✕ rejected  fix-fails        0   14      2
  pallets__click-268                 ✕ rejected  no-f2p           0   28      1
  pallets__click-282                 ✕ rejected  fix-fails        0   42      1
  pallets__jinja-156                 ✕ rejected  flaky            1   36      2
  pallets__jinja-191                 ✕ rejected  needs-network    0   11      2
  pallets__jinja-317                 ✕ rejected  fix-fails        0   17      3


────────────────────────────────────────────────────────────────────────────────
  a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
  ✕ rejected in round 3: p2p-broken
  reason    2 tests that passed fail with the fix
› evidence  round-3/test_with_fix-1.log line 2
› issue     Add Path type with exists=True
› ┌────────────────────────────────────────────────────────┐
› │ mark-all    * · select every row that the filter shows │
  │ unmark-all  gu · select none                           │Z
  └────────────────────────────────────────────────────────┘
 would mark 7 rows (0 are); u takes it back
 :mark-all
end
keys <Enter>
await  marked
keys <Esc>
type :undo
await would take back the last: marks 0 again, 
keys <Esc>
type :synthesize jobs=1
await marked instances
keys <Esc>
keys gu
keys u
await marked again, as before; it was 0
keys gu
keys /
type state:failed
keys <Enter>
type :save broken
keys <Enter>
await @broken now means state:failed
keys /<C-u>
type state:accepted
keys <Enter>
type :save broken
keys <Enter> u
await @broken means state:failed again
keys u
await @broken is forgotten again
keys Q
status 0
