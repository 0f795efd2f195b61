# Nothing is lost when the terminal changes its size.
size 80 24
keys 3
keys jj
size 140 24
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  instance▴                           state       class            F2P  P2P  round→│  a-rather-long-owner-name__with-a-repository-name-that-
  Instagram__MonkeyType-296           ● accepted  –                  1   56      1 │  never-ends-338
  a-rather-long-owner-na…er-ends-149  ● accepted  –                  2   29      3 │  ! failed in round 3: collect
▸ a-rather-long-owner-na…er-ends-338  ! failed    collect            0    0      3 │  reason    conftest.py cannot be read by pytest 8
  a-rather-long-owner-na…er-ends-373  ✕ rejected  p2p-broken         2   13      3 │› evidence  round-3/test_only-1.log line 2
  agronholm__anyio-128                ● accepted  –                  1    8      2 │› issue     Fix deadlock when the event loop is closed
  agronholm__anyio-212                ● accepted  –                  1   32      2 │  twice
  agronholm__anyio-324                ! failed    sdist-build        0    0      3 │› built     python 3.9 · lock 7 packages · image 201 MiB
  agronholm__anyio-387                ◐ running   –                  0    0      1 │  run       dev-1 · rules · 18 s · ended
  pallets__click-100                  ● accepted  –                  1   40      1 │  2023-11-14T22:35:56Z
  pallets__click-107                  ● accepted  –                  4   47      3 │  phases    lock 1.5 s · build 9.1 s · evaluate 6.1 s
  pallets__click-170                  ! failed    project-install    0    0      2 │› next      no rule has a move left: e changes a file
  pallets__click-198                  ~ error     engine             0    0      2 │  and tries it, s looks inside
  pallets__click-226                  ~ error     fetch              0    0      2 │
  pallets__click-233                  ● accepted  –                  2   53      2 │  rounds
  pallets__click-254                  ✕ rejected  fix-fails          0   14      2 │›  1 project-install: the legacy backend has no
  pallets__click-261                  ● accepted  –                  2   21      1 │  build_editable · build-editable-legacy → rung
  pallets__click-268                  ✕ rejected  no-f2p             0   28      1 │  no-isolation
  pallets__click-275                  ● accepted  –                  4   35      2 │›  2 sdist-build: lxml needs libxml2 headers ·
  pallets__click-282                  ✕ rejected  fix-fails          0   42      1 │  missing-header → apt libxml2-dev
  pallets__click-289                  ● accepted  –                  2   49      3 │›  3 collect: conftest.py cannot be read by pytest 8 ·
 Instances                                                                                                                      row 3 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
size 60 14
screen
 lab   1 Ov  2 Re  3 Instances  4 Fa  5 Tr  6 Di  7 Pi  8 R…
  instance▴                state       class            F2P→
  Instagram__Monk…ype-296  ● accepted  –                  1
  a-rather-long-o…nds-149  ● accepted  –                  2
▸ a-rather-long-o…nds-338  ! failed    collect            0
  a-rather-long-o…nds-373  ✕ rejected  p2p-broken         2
  agronholm__anyio-128     ● accepted  –                  1
  agronholm__anyio-212     ● accepted  –                  1
  agronholm__anyio-324     ! failed    sdist-build        0
  agronholm__anyio-387     ◐ running   –                  0
  pallets__click-100       ● accepted  –                  1
  pallets__click-107       ● accepted  –                  4
 Instances                                      row 3 of 60
 Enter open  / filter  space mark  S sort  r re-run  ? help
end
size 80 24
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  Instagram__MonkeyType-296        ● accepted  –                  1   56      1
  a-rather-long-owner-…r-ends-149  ● accepted  –                  2   29      3
▸ a-rather-long-owner-…r-ends-338  ! failed    collect            0    0      3
  a-rather-long-owner-…r-ends-373  ✕ rejected  p2p-broken         2   13      3
  agronholm__anyio-128             ● accepted  –                  1    8      2
  agronholm__anyio-212             ● accepted  –                  1   32      2
  agronholm__anyio-324             ! failed    sdist-build        0    0      3
  agronholm__anyio-387             ◐ running   –                  0    0      1
  pallets__click-100               ● accepted  –                  1   40      1
  pallets__click-107               ● accepted  –                  4   47      3
────────────────────────────────────────────────────────────────────────────────
  a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
  ! failed in round 3: collect
  reason    conftest.py cannot be read by pytest 8
› evidence  round-3/test_only-1.log line 2
› issue     Fix deadlock when the event loop is closed twice
› built     python 3.9 · lock 7 packages · image 201 MiB
  run       dev-1 · rules · 18 s · ended 2023-11-14T22:35:56Z
  phases    lock 1.5 s · build 9.1 s · evaluate 6.1 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                          row 3 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys Q
status 0
