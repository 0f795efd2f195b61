# The first key of a sequence shows what may follow; what is bound to nothing says so.
size 80 24
keys 3
keys <Enter> g
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories
 Instagram…-296 ● accepted   Summary   Dockerfile   Script   Build log   Tests →
▸ Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

  acceptance, clause by clause
› ● 1 engine, marker and┌─ g ──────────────────────────────────────────────────┐
› ● 2 test_only fails by│ s     why it stands as it does                       │
› ● 3 test_with_fix pass│ d     the Dockerfile                                 │
› ● 4 the script is hone│ e     the evaluation script                          │
› ● 5 the test patch app│ b     what the build said                            │
› ● 6 nothing of the fix│ t     each test under each condition                 │
                        │ r     what each round changed, and what came of it   │
  one round             │ i     the problem statement, the tests and the fix   │
›  1 accepted: all claus│ g     to the first row                               │
                        └──────────────────────────────────────────────────────┘
 dev-1 › Summary                                                   line 1 of 19
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  q back  ? help
end
keys <Esc>
keys gZ
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories
 Instagram…-296 ● accepted   Summary   Dockerfile   Script   Build log   Tests →
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
