# A locale without UTF-8 gets signs of ASCII.
env LC_ALL=C
size 80 24
keys 3
keys jjj
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance^                            state       class        F2P  P2P  round>
  Instagram__MonkeyType-296            * accepted  -              1   56      1
  a-rather-long-owner-nam~er-ends-149  * accepted  -              2   29      3
  a-rather-long-owner-nam~er-ends-338  ! failed    collect        0    0      3
> a-rather-long-owner-nam~er-ends-373  x rejected  p2p-broken     2   13      3
  agronholm__anyio-128                 * accepted  -              1    8      2
  agronholm__anyio-212                 * accepted  -              1   32      2
  agronholm__anyio-324                 ! failed    sdist-build    0    0      3
  agronholm__anyio-387                 % running   -              0    0      1
  pallets__click-100                   * accepted  -              1   40      1
  pallets__click-107                   * accepted  -              4   47      3
-------------------------------------------------------------------------------
  a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
  x rejected in round 3: p2p-broken
  reason    2 tests that passed fail with the fix
> evidence  round-3/test_with_fix-1.log line 2
> issue     Add Path type with exists=True
> tests     F2P 2 . P2P 13 . 18 in all
> built     python 3.8 . lock 7 packages . image 201 MiB
  run       dev-1 . rules . 38 s . ended 2023-11-14T22:39:06Z
  phases    lock 1.5 s . build 19 s . evaluate 13 s
 Instances                                                          row 4 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
