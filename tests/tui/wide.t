# List and preview side by side; right shows the columns that are cut off.
size 140 40
keys 3
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  instance▴                           state       class            F2P  P2P  round→│  Instagram__MonkeyType-296
▸ Instagram__MonkeyType-296           ● accepted  –                  1   56      1 │  ● accepted in round 1
  a-rather-long-owner-na…er-ends-149  ● accepted  –                  2   29      3 │  reason    all clauses hold
  a-rather-long-owner-na…er-ends-338  ! failed    collect            0    0      3 │› issue     TypeError: unhashable type: 'list' in cache
  a-rather-long-owner-na…er-ends-373  ✕ rejected  p2p-broken         2   13      3 │  key
  agronholm__anyio-128                ● accepted  –                  1    8      2 │› tests     F2P 1 · P2P 56 · 58 in all
  agronholm__anyio-212                ● accepted  –                  1   32      2 │› built     python 3.6 · lock 5 packages · image 201 MiB
  agronholm__anyio-324                ! failed    sdist-build        0    0      3 │  run       dev-1 · rules · 23 s · ended
  agronholm__anyio-387                ◐ running   –                  0    0      1 │  2023-11-14T22:34:13Z
  pallets__click-100                  ● accepted  –                  1   40      1 │  phases    lock 1.5 s · build 11 s · evaluate 7.7 s
  pallets__click-107                  ● accepted  –                  4   47      3 │
  pallets__click-170                  ! failed    project-install    0    0      2 │  acceptance, clause by clause
  pallets__click-198                  ~ error     engine             0    0      2 │› ● 1 engine, marker and report agree
  pallets__click-226                  ~ error     fetch              0    0      2 │› ● 2 test_only fails by assertion
  pallets__click-233                  ● accepted  –                  2   53      2 │› ● 3 test_with_fix passes three times, no P2P broken
  pallets__click-254                  ✕ rejected  fix-fails          0   14      2 │› ● 4 the script is honest
  pallets__click-261                  ● accepted  –                  2   21      1 │› ● 5 the test patch applied; no runner file added
  pallets__click-268                  ✕ rejected  no-f2p             0   28      1 │› ● 6 nothing of the fix is in the image
  pallets__click-275                  ● accepted  –                  4   35      2 │
  pallets__click-282                  ✕ rejected  fix-fails          0   42      1 │  one round
  pallets__click-289                  ● accepted  –                  2   49      3 │›  1 accepted: all clauses hold
  pallets__click-331                  ● accepted  –                  4   31      1 │
  pallets__click-345                  ! failed    timeout            0    0      2 │
  pallets__click-359                  ! failed    sdist-build        0    0      1 │
  pallets__click-366                  ● accepted  –                  3    6      3 │
  pallets__click-380                  ● accepted  –                  1   20      1 │
  pallets__click-408                  ○ new       –                  0    0      0 │
  pallets__click-429                  ○ new       –                  0    0      0 │
  pallets__click-450                  ○ new       –                  0    0      0 │
  pallets__click-485                  ○ new       –                  0    0      0 │
  pallets__click-506                  ○ new       –                  0    0      0 │
  pallets__jinja-121                  ● accepted  –                  2    1      1 │
  pallets__jinja-142                  ● accepted  –                  3   22      2 │
  pallets__jinja-156                  ✕ rejected  flaky              1   36      2 │
  pallets__jinja-163                  ● accepted  –                  4   43      2 │
  pallets__jinja-177                  ● accepted  –                  2   57      2 │
  pallets__jinja-191                  ✕ rejected  needs-network      0   11      2 │
 Instances                                                                                                                      row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
keys llllll
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
 ←instance▴                                     ended  reason                     →│  Instagram__MonkeyType-296
▸ Instagram__MonkeyType-296                        4d  all clauses hold            │  ● accepted in round 1
  a-rather-long-owner-name__wit…never-ends-149     4d  all clauses hold            │  reason    all clauses hold
  a-rather-long-owner-name__wit…never-ends-338     4d  conftest.py cannot be read… │› issue     TypeError: unhashable type: 'list' in cache
  a-rather-long-owner-name__wit…never-ends-373     4d  2 tests that passed fail w… │  key
  agronholm__anyio-128                             4d  all clauses hold            │› tests     F2P 1 · P2P 56 · 58 in all
  agronholm__anyio-212                             3d  all clauses hold            │› built     python 3.6 · lock 5 packages · image 201 MiB
  agronholm__anyio-324                             4d  lxml needs libxml2 headers  │  run       dev-1 · rules · 23 s · ended
  agronholm__anyio-387                              –  –                           │  2023-11-14T22:34:13Z
  pallets__click-100                               4d  all clauses hold            │  phases    lock 1.5 s · build 11 s · evaluate 7.7 s
  pallets__click-107                               4d  all clauses hold            │
  pallets__click-170                               3d  the legacy backend has no … │  acceptance, clause by clause
  pallets__click-198                               3d  docker: no daemon answers … │› ● 1 engine, marker and report agree
  pallets__click-226                               3d  the mirror lacks the commi… │› ● 2 test_only fails by assertion
  pallets__click-233                               3d  all clauses hold            │› ● 3 test_with_fix passes three times, no P2P broken
  pallets__click-254                               4d  1 test still fails with th… │› ● 4 the script is honest
  pallets__click-261                               4d  all clauses hold            │› ● 5 the test patch applied; no runner file added
  pallets__click-268                               4d  no test fails before the f… │› ● 6 nothing of the fix is in the image
  pallets__click-275                               4d  all clauses hold            │
  pallets__click-282                               4d  1 test still fails with th… │  one round
  pallets__click-289                               4d  all clauses hold            │›  1 accepted: all clauses hold
  pallets__click-331                               4d  all clauses hold            │
  pallets__click-345                               4d  the evaluation took longer… │
  pallets__click-359                               4d  lxml needs libxml2 headers  │
  pallets__click-366                               4d  all clauses hold            │
  pallets__click-380                               2d  all clauses hold            │
  pallets__click-408                                –  –                           │
  pallets__click-429                                –  –                           │
  pallets__click-450                                –  –                           │
  pallets__click-485                                –  –                           │
  pallets__click-506                                –  –                           │
  pallets__jinja-121                               4d  all clauses hold            │
  pallets__jinja-142                               4d  all clauses hold            │
  pallets__jinja-156                               3d  tests/test_core.py::test_t… │
  pallets__jinja-163                               4d  all clauses hold            │
  pallets__jinja-177                               3d  all clauses hold            │
  pallets__jinja-191                               3d  tests resolve host names    │
 Instances                                                                                                                      row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
keys hhhhhh | |
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  instance▴                                     state       class            F2P  P2P  round    time  ended  reason                        →
▸ Instagram__MonkeyType-296                     ● accepted  –                  1   56      1    23 s     4d  all clauses hold
  a-rather-long-owner-name__wit…never-ends-149  ● accepted  –                  2   29      3    39 s     4d  all clauses hold
  a-rather-long-owner-name__wit…never-ends-338  ! failed    collect            0    0      3    18 s     4d  conftest.py cannot be read by…
  a-rather-long-owner-name__wit…never-ends-373  ✕ rejected  p2p-broken         2   13      3    38 s     4d  2 tests that passed fail with…
  agronholm__anyio-128                          ● accepted  –                  1    8      2    15 s     4d  all clauses hold
  agronholm__anyio-212                          ● accepted  –                  1   32      2    35 s     3d  all clauses hold
  agronholm__anyio-324                          ! failed    sdist-build        0    0      3    32 s     4d  lxml needs libxml2 headers
  agronholm__anyio-387                          ◐ running   –                  0    0      1       –      –  –
  pallets__click-100                            ● accepted  –                  1   40      1  1m 17s     4d  all clauses hold
  pallets__click-107                            ● accepted  –                  4   47      3    31 s     4d  all clauses hold
  pallets__click-170                            ! failed    project-install    0    0      2    34 s     3d  the legacy backend has no bui…
  pallets__click-198                            ~ error     engine             0    0      2    22 s     3d  docker: no daemon answers at …
  pallets__click-226                            ~ error     fetch              0    0      2    29 s     3d  the mirror lacks the commit; …
  pallets__click-233                            ● accepted  –                  2   53      2    24 s     3d  all clauses hold
  pallets__click-254                            ✕ rejected  fix-fails          0   14      2  1m 15s     4d  1 test still fails with the f…
  pallets__click-261                            ● accepted  –                  2   21      1    40 s     4d  all clauses hold
  pallets__click-268                            ✕ rejected  no-f2p             0   28      1  2m 11s     4d  no test fails before the fix …
  pallets__click-275                            ● accepted  –                  4   35      2    48 s     4d  all clauses hold
  pallets__click-282                            ✕ rejected  fix-fails          0   42      1    53 s     4d  1 test still fails with the f…
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
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
 Instances                                                                                                                      row 1 of 60
 list and preview: one above the other
end
# a cursor move costs little
size 140 40
keys |
keys j
bytes 0
keys j
bytes 300
keys k
bytes 300
