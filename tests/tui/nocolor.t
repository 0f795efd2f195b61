# NO_COLOR: signs and words carry everything; attributes only.
env NO_COLOR=1
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
look 1  bbb                  rrrrrrrrrrrrr
look 2   uuuuuuuuu                            uuuuu       uuuuu        uuu  uuu  uuuuub
look 3 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
look 24  bbbbb       b         bbbbb       b       b         b             b
