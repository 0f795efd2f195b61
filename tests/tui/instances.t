# The list of instances, its preview, marks and history at the usual size.
size 80 24
keys 3
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
────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

 Instances                                                          row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
look 3 sssssssssssssssssssssssssssssssssssss  cccccccccc  c
keys jjj
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                            state       class        F2P  P2P  round→
  Instagram__MonkeyType-296            ● accepted  –              1   56      1
  a-rather-long-owner-nam…er-ends-149  ● accepted  –              2   29      3
  a-rather-long-owner-nam…er-ends-338  ! failed    collect        0    0      3
▸ a-rather-long-owner-nam…er-ends-373  ✕ rejected  p2p-broken     2   13      3
  agronholm__anyio-128                 ● accepted  –              1    8      2
  agronholm__anyio-212                 ● accepted  –              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 ◐ running   –              0    0      1
  pallets__click-100                   ● accepted  –              1   40      1
  pallets__click-107                   ● accepted  –              4   47      3
────────────────────────────────────────────────────────────────────────────────
  a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
  ✕ rejected in round 3: p2p-broken
  reason    2 tests that passed fail with the fix
› evidence  round-3/test_with_fix-1.log line 2
› issue     Add Path type with exists=True
› tests     F2P 2 · P2P 13 · 18 in all
› built     python 3.8 · lock 7 packages · image 201 MiB
  run       dev-1 · rules · 38 s · ended 2023-11-14T22:39:06Z
  phases    lock 1.5 s · build 19 s · evaluate 13 s
 Instances                                                          row 4 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
# marks move on; the line of state counts them
keys <Space><Space>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                            state       class        F2P  P2P  round→
  Instagram__MonkeyType-296            ● accepted  –              1   56      1
  a-rather-long-owner-nam…er-ends-149  ● accepted  –              2   29      3
  a-rather-long-owner-nam…er-ends-338  ! failed    collect        0    0      3
 +a-rather-long-owner-nam…er-ends-373  ✕ rejected  p2p-broken     2   13      3
 +agronholm__anyio-128                 ● accepted  –              1    8      2
▸ agronholm__anyio-212                 ● accepted  –              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 ◐ running   –              0    0      1
  pallets__click-100                   ● accepted  –              1   40      1
  pallets__click-107                   ● accepted  –              4   47      3
────────────────────────────────────────────────────────────────────────────────
  agronholm__anyio-212
  ● accepted in round 2
  reason    all clauses hold
› issue     Drop deprecated loop argument
› tests     F2P 1 · P2P 32 · 34 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-2 · rules · 35 s · ended 2023-11-15T22:16:05Z
  phases    lock 1.5 s · build 18 s · evaluate 12 s

 Instances · 2 marked                                               row 6 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
# back where one was
keys 2 [
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                            state       class        F2P  P2P  round→
  Instagram__MonkeyType-296            ● accepted  –              1   56      1
  a-rather-long-owner-nam…er-ends-149  ● accepted  –              2   29      3
  a-rather-long-owner-nam…er-ends-338  ! failed    collect        0    0      3
 +a-rather-long-owner-nam…er-ends-373  ✕ rejected  p2p-broken     2   13      3
 +agronholm__anyio-128                 ● accepted  –              1    8      2
▸ agronholm__anyio-212                 ● accepted  –              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 ◐ running   –              0    0      1
  pallets__click-100                   ● accepted  –              1   40      1
  pallets__click-107                   ● accepted  –              4   47      3
────────────────────────────────────────────────────────────────────────────────
  agronholm__anyio-212
  ● accepted in round 2
  reason    all clauses hold
› issue     Drop deprecated loop argument
› tests     F2P 1 · P2P 32 · 34 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-2 · rules · 35 s · ended 2023-11-15T22:16:05Z
  phases    lock 1.5 s · build 18 s · evaluate 12 s

 Instances · 2 marked                                               row 6 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys G
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  tobymao__sqlglot-499
  ○ new
› issue     Zero-width joiner 👩‍ breaks column alignment

  Never tried. r does.




 Instances · 2 marked                                              row 60 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
