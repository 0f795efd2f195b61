# The first key of a sequence shows what may follow; what is bound to nothing says so.
size 80 24
keys 3
keys <Enter> g
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 Instagram…-296 ● accepted   Summary   Dockerfile   Script   Lock   Build log  →
▸ Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rule┌─ g ──────────────────────────────────────────────────┐
  phases    lock 1.5 s ·│ s     why it stands as it does                       │
                        │ d     the Dockerfile                                 │
  acceptance, clause by │ e     the evaluation script                          │
› ● 1 engine, marker and│ l     what is installed, by exact version and hash   │
› ● 2 test_only fails by│ b     what the build said                            │
› ● 3 test_with_fix pass│ t     each test under each condition                 │
› ● 4 the script is hone│ r     what each round changed, and what came of it   │
› ● 5 the test patch app│ i     the problem statement, the tests and the fix   │
› ● 6 nothing of the fix│ k     keep what is open here as a tab of the first … │
                        │ n     to the next tab                                │
  one round             │ N     to the tab before                              │
›  1 accepted: all claus│ g     to the first row                               │
                        └──────────────────────────────────────────────────────┘
 dev-1 › Summary                                                   line 1 of 19
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  q back  ? help
end
keys <Esc>
keys gZ
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 Instagram…-296 ● accepted   Summary   Dockerfile   Script   Lock   Build log  →
▸ Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ● 3 test_with_fix passes three times, no P2P broken
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  one round
›  1 accepted: all clauses hold

 dev-1 › Summary                                                   line 1 of 19
 gZ does nothing here; ? lists what does
end
