# Filter as one types: keys and values are completed, an error stands over its word.
size 80 24
keys 3
keys /
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                            state       class        F2P  P2P  round→
▸ Instagram__MonkeyType-296            ● accepted  –              1   56      1
  a-rather-long-owner-nam…er-ends-149  ● accepted  –              2   29      3
  a-rather-long-owner-nam…er-ends-338  ! failed    collect        0    0      3
  a-rather-long-owner-nam…er-ends-373  ✕ rejected  p2p-broken     2   13      3
  agronholm__anyio-128                 ● accepted  –              1    8      2
  agronholm__anyio-212                 ● accepted  –              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 ◐ running   –              0    0      1
  pallets__click-100                   ● accepted  –              1   40      1
  pallets__click-107                   ● accepted  –              4   47      3
──┌─ 8 of 36 ──────────────────────────────────────────────────────┐────────────
  │ state:         where the instance stands                       │
  │ class:         what went wrong                                 │
  │ repo:          owner/name                                      │
› │ id:            the instance                                    │
› │ run:           rows of this run instead of the latest          │
› │ round:         rounds of the loop                              │
  │ phase:         where it stands or ended                        │
  │ f2p:           fail-to-pass tests                              │
  └────────────────────────────────────────────────────────────────┘
 Instances                                                          row 1 of 60
 /
end
type state:rejected re
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected re                                               2 of 60
  instance▴                          state       class          F2P  P2P  round→
▸ a-rather-long-owner-n…er-ends-373  ✕ rejected  p2p-broken       2   13      3
  pallets__jinja-191                 ✕ rejected  needs-network    0   11      2







────────────────────────────────────────────────────────────────────────────────
  a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
  ✕ rejected in round 3: p2p-broken
  reason    2 tests that passed fail with the fix
› evidence  round-3/test_with_fix-1.log line 2
› issue     Add Path type with exists=True
› ┌───────────────────────────┐ in all
› │ repo:    owner/name       │ packages · image 201 MiB
  │ reason:  why it stands so │s · ended 2023-11-14T22:39:06Z
  └───────────────────────────┘19 s · evaluate 13 s
 Instances                                                           row 1 of 2
 /state:rejected re
end
type po:pal
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected repo:pal                                         0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “state:rejected repo:pal”. / changes the filter, Esc takes
  it away.







────────────────────────────────────────────────────────────────────────────────





  ┌───────────────┐
  │ pallets/click │
  │ pallets/jinja │
  └───────────────┘
 Instances
 /state:rejected repo:pal
end
keys <Tab>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected repo:pallets/click                               3 of 60
  instance▴           state       class      F2P  P2P  round    time  ended    →
▸ pallets__click-254  ✕ rejected  fix-fails    0   14      2  1m 15s     4d
  pallets__click-268  ✕ rejected  no-f2p       0   28      1  2m 11s     4d
  pallets__click-282  ✕ rejected  fix-fails    0   42      1    53 s     4d






────────────────────────────────────────────────────────────────────────────────
  pallets__click-254
  ✕ rejected in round 2: fix-fails
  reason    1 test still fails with the fix
› evidence  round-2/test_with_fix-1.log line 2
› issue     make evolve() work with inheritance
› ┌───────────────┐ P2P 14 · 16 in all
› │ pallets/click │3.9 · lock 6 packages · image 201 MiB
  │ pallets/jinja │ rules · 1m 15s · ended 2023-11-14T22:29:09Z
  └───────────────┘5 s · build 37 s · evaluate 25 s
 Instances                                                           row 1 of 3
 /state:rejected repo:pallets/click
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected repo:pallets/click                               3 of 60
  instance▴           state       class      F2P  P2P  round    time  ended    →
▸ pallets__click-254  ✕ rejected  fix-fails    0   14      2  1m 15s     4d
  pallets__click-268  ✕ rejected  no-f2p       0   28      1  2m 11s     4d
  pallets__click-282  ✕ rejected  fix-fails    0   42      1    53 s     4d






────────────────────────────────────────────────────────────────────────────────
  pallets__click-254
  ✕ rejected in round 2: fix-fails
  reason    1 test still fails with the fix
› evidence  round-2/test_with_fix-1.log line 2
› issue     make evolve() work with inheritance
› tests     F2P 0 · P2P 14 · 16 in all
› built     python 3.9 · lock 6 packages · image 201 MiB
  run       dev-1 · rules · 1m 15s · ended 2023-11-14T22:29:09Z
  phases    lock 1.5 s · build 37 s · evaluate 25 s
 Instances                                                           row 1 of 3
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys /
type  colour:red
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected repo:pallets/click colour                        0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “state:rejected repo:pallets/click colour”. / changes the
  filter, Esc takes it away.







────────────────────────────────────────────────────────────────────────────────









                         ↓ no key is called colour: (quote it to search for it)
 /state:rejected repo:pallets/click colour:red
end
keys <Esc>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:rejected repo:pallets/click                               3 of 60
  instance▴           state       class      F2P  P2P  round    time  ended    →
▸ pallets__click-254  ✕ rejected  fix-fails    0   14      2  1m 15s     4d
  pallets__click-268  ✕ rejected  no-f2p       0   28      1  2m 11s     4d
  pallets__click-282  ✕ rejected  fix-fails    0   42      1    53 s     4d






────────────────────────────────────────────────────────────────────────────────
  pallets__click-254
  ✕ rejected in round 2: fix-fails
  reason    1 test still fails with the fix
› evidence  round-2/test_with_fix-1.log line 2
› issue     make evolve() work with inheritance
› tests     F2P 0 · P2P 14 · 16 in all
› built     python 3.9 · lock 6 packages · image 201 MiB
  run       dev-1 · rules · 1m 15s · ended 2023-11-14T22:29:09Z
  phases    lock 1.5 s · build 37 s · evaluate 25 s
 Instances                                                           row 1 of 3
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys q
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴           state       class        F2P  P2P  round    time  ended  →
▸ pallets__click-254  ✕ rejected  fix-fails      0   14      2  1m 15s     4d
  pallets__click-261  ● accepted  –              2   21      1    40 s     4d
  pallets__click-268  ✕ rejected  no-f2p         0   28      1  2m 11s     4d
  pallets__click-275  ● accepted  –              4   35      2    48 s     4d
  pallets__click-282  ✕ rejected  fix-fails      0   42      1    53 s     4d
  pallets__click-289  ● accepted  –              2   49      3    12 s     4d
  pallets__click-331  ● accepted  –              4   31      1    21 s     4d
  pallets__click-345  ! failed    timeout        0    0      2    42 s     4d
  pallets__click-359  ! failed    sdist-build    0    0      1  1m 01s     4d
  pallets__click-366  ● accepted  –              3    6      3    19 s     4d
────────────────────────────────────────────────────────────────────────────────
  pallets__click-254
  ✕ rejected in round 2: fix-fails
  reason    1 test still fails with the fix
› evidence  round-2/test_with_fix-1.log line 2
› issue     make evolve() work with inheritance
› tests     F2P 0 · P2P 14 · 16 in all
› built     python 3.9 · lock 6 packages · image 201 MiB
  run       dev-1 · rules · 1m 15s · ended 2023-11-14T22:29:09Z
  phases    lock 1.5 s · build 37 s · evaluate 25 s
 Instances                                                         row 15 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
