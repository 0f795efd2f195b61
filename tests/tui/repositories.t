# Every number is a door: a repository's counts open the instances that they count.
size 80 24
keys 2
screen
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  repository▴                      instances  accepted  rejected  failed  error→
▸ Instagram/MonkeyType                     1         1         0       0      0
  a-rather-long-owner-…never-ends          3         1         1       1      0
  agronholm/anyio                          4         2         0       1      0
  pallets/click                           22         9         3       3      2
  pallets/jinja                           12         5         3       2      0
  pytest-dev/pytest-asyncio                1         0         0       0      0
  python-attrs/attrs                      11         4         0       1      0
  tobymao/sqlglot                          6         1         0       1      0


────────────────────────────────────────────────────────────────────────────────
  Instagram/MonkeyType
›   instances      1
› ● accepted       1






 Repositories                                                        row 1 of 8
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys jjj<Tab>jjj<Enter>
screen
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:pallets/click state:rejected                               3 of 60
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
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  repository▴                      instances  accepted  rejected  failed  error→
  Instagram/MonkeyType                     1         1         0       0      0
  a-rather-long-owner-…never-ends          3         1         1       1      0
  agronholm/anyio                          4         2         0       1      0
▸ pallets/click                           22         9         3       3      2
  pallets/jinja                           12         5         3       2      0
  pytest-dev/pytest-asyncio                1         0         0       0      0
  python-attrs/attrs                      11         4         0       1      0
  tobymao/sqlglot                          6         1         0       1      0


────────────────────────────────────────────────────────────────────────────────
  pallets/click
›   instances     22
› ● accepted       9
▸ ✕ rejected       3
› ! failed         3
› ~ error          2
› ○ new            5


 Repositories                                                        row 4 of 8
 Enter open  / search  w wrap  r re-run  s synthesize  v verify  q back  ? help
end
