# Equal causes together, the most costly first; every count opens what it counts.
size 80 24
keys 4
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  signature                          n  phase     class             time▾  last
▸ Failed: DID NOT RAISE <class 'ji…  3  analyze   fix-fails        2m 23s    4d
  no test fails before the fix and…  1  analyze   no-f2p           2m 11s    4d
  fatal error: <path>: No such fil…  2  build     sdist-build      1m 33s    4d
  ModuleNotFoundError: No module n…  2  evaluate  import             55 s    3d
  AttributeError: '_BuildMetaLegac…  2  build     project-install    54 s    3d
  the evaluation took longer than …  1  evaluate  timeout            42 s    4d
  AssertionError: assert <n> == <n>  1  analyze   p2p-broken         38 s    4d
  no version of numpy<<n> has a wh…  1  lock      resolve            34 s    4d
  the mirror lacks the commit; `bo…  1  fetch     fetch              29 s    3d
  socket.gaierror: [Errno -<n>] Te…  1  analyze   needs-network      25 s    3d
────────────────────────────────────────────────────────────────────────────────
  Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
›       3  instances in 2 repositories
────────────────────────── pallets__jinja-317 round-3/test_with_fix-1.log:24 ───
  _________ tests/test_security.py::TestSandbox::test_immutable_environment ___…
      def test_immutable_environment():
  >       check()
  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
  OPENSWE_EXIT_CODE=1
 Failures · by signature · by time ▾                                row 1 of 13
 Enter open  t other counts  / filter  space mark  S sort  n new rule  ? help
end
look 3 sssssssssssssssssssssssssssssssssss
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signature:"Failed: DID NOT RAISE <class 'jinja2.excepti…        3 of 60
  instance▴           state       class      F2P  P2P  round    time  ended    →
▸ pallets__click-254  ✕ rejected  fix-fails    0   14      2  1m 15s     4d
  pallets__click-282  ✕ rejected  fix-fails    0   42      1    53 s     4d
  pallets__jinja-317  ✕ rejected  fix-fails    0   17      3    15 s     4d






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
keys q t
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  class            all  fetch  lock  build  evaluate  analyze    time
▸ fix-fails          3      –     –      –         –        3  2m 23s
  no-f2p             1      –     –      –         –        1  2m 11s
  sdist-build        2      –     –      2         –        –  1m 33s
  import             2      –     –      –         2        –    55 s
  project-install    2      –     –      2         –        –    54 s
  timeout            1      –     –      –         1        –    42 s
  p2p-broken         1      –     –      –         –        1    38 s
  resolve            1      –     1      –         –        –    34 s
  fetch              1      1     –      –         –        –    29 s
  needs-network      1      –     –      –         –        1    25 s
────────────────────────────────────────────────────────────────────────────────
  fix-fails
›       3  analyze







 Failures · class × phase                                           row 1 of 13
 Enter open  t other counts  q back  Tab pane  : command  ? help
end
keys jj<Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: class:sdist-build state:failed,rejected,error                   2 of 60
  instance▴             state     class        F2P  P2P  round    time  ended  →
▸ agronholm__anyio-324  ! failed  sdist-build    0    0      3    32 s     4d
  pallets__click-359    ! failed  sdist-build    0    0      1  1m 01s     4d







────────────────────────────────────────────────────────────────────────────────
  agronholm__anyio-324
  ! failed in round 3: sdist-build
  reason    lxml needs libxml2 headers
› evidence  round-3/build.log line 2
› issue     make evolve() work with inheritance
› built     python 3.6 · lock 7 packages · image 201 MiB
  run       dev-1 · rules · 32 s · ended 2023-11-14T22:35:17Z
  phases    lock 1.5 s · build 16 s · evaluate 11 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                           row 1 of 2
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys q t
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  repository                                 all  failed  rejected  error  time
▸ pallets/click                                8       3         3      2     –
  pallets/jinja                                5       2         3      –     –
  a-rather-long-owner-name/with-a-reposito…    2       1         1      –     –
  agronholm/anyio                              1       1         –      –     –
  python-attrs/attrs                           1       1         –      –     –
  tobymao/sqlglot                              1       1         –      –     –




────────────────────────────────────────────────────────────────────────────────
  pallets/click
›       3  failed
›       3  rejected
›       2  error





 Failures · by repository                                            row 1 of 6
 Enter open  t other counts  q back  Tab pane  : command  ? help
end
keys t
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  rule                   all  accepted  rejected  failed  error    time
▸ build-editable-legacy   18        10         2       4      2  9m 41s
  missing-header          10         6         2       2      –  4m 25s
  missing-module           2         –         –       2      –    55 s
  needs-network            1         –         1       –      –    25 s
  pytest-too-new           1         –         –       1      –    18 s





────────────────────────────────────────────────────────────────────────────────
  build-editable-legacy
›      10  accepted
›       2  rejected
›       4  failed
›       2  error




 Failures · by rule                                                  row 1 of 5
 Enter open  t other counts  q back  Tab pane  : command  ? help
end
keys <Tab>jj<Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: rule:build-editable-legacy state:rejected                       2 of 60
  instance▴           state       class      F2P  P2P  round    time  ended    →
▸ pallets__click-254  ✕ rejected  fix-fails    0   14      2  1m 15s     4d
  pallets__jinja-156  ✕ rejected  flaky        1   36      2    23 s     3d







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
 Instances                                                           row 1 of 2
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys qq
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  signature                          n  phase     class             time▾  last
▸ Failed: DID NOT RAISE <class 'ji…  3  analyze   fix-fails        2m 23s    4d
  no test fails before the fix and…  1  analyze   no-f2p           2m 11s    4d
  fatal error: <path>: No such fil…  2  build     sdist-build      1m 33s    4d
  ModuleNotFoundError: No module n…  2  evaluate  import             55 s    3d
  AttributeError: '_BuildMetaLegac…  2  build     project-install    54 s    3d
  the evaluation took longer than …  1  evaluate  timeout            42 s    4d
  AssertionError: assert <n> == <n>  1  analyze   p2p-broken         38 s    4d
  no version of numpy<<n> has a wh…  1  lock      resolve            34 s    4d
  the mirror lacks the commit; `bo…  1  fetch     fetch              29 s    3d
  socket.gaierror: [Errno -<n>] Te…  1  analyze   needs-network      25 s    3d
────────────────────────────────────────────────────────────────────────────────
  Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
›       3  instances in 2 repositories
────────────────────────── pallets__jinja-317 round-3/test_with_fix-1.log:24 ───
  _________ tests/test_security.py::TestSandbox::test_immutable_environment ___…
      def test_immutable_environment():
  >       check()
  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.SecurityError'>
  OPENSWE_EXIT_CODE=1
 Failures · by signature · by time ▾                                row 1 of 13
 Enter open  t other counts  / filter  space mark  S sort  n new rule  ? help
end
size 140 40
keys gg<Tab>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  signature                             n  phase     class             time▾  last │▸ Failed: DID NOT RAISE <class
▸ Failed: DID NOT RAISE <class 'jinja…  3  analyze   fix-fails        2m 23s    4d │  'jinja2.exceptions.SecurityError'>
  no test fails before the fix and pa…  1  analyze   no-f2p           2m 11s    4d │›       3  instances in 2 repositories
  fatal error: <path>: No such file o…  2  build     sdist-build      1m 33s    4d │  the rule that fired last
  ModuleNotFoundError: No module name…  2  evaluate  import             55 s    3d │›       1  no rule fired
  AttributeError: '_BuildMetaLegacyBa…  2  build     project-install    54 s    3d │›       1  build-editable-legacy
  the evaluation took longer than <n>m  1  evaluate  timeout            42 s    4d │›       1  missing-header
  AssertionError: assert <n> == <n>     1  analyze   p2p-broken         38 s    4d │  repositories
  no version of numpy<<n> has a wheel…  1  lock      resolve            34 s    4d │›       2  pallets/click
  the mirror lacks the commit; `botte…  1  fetch     fetch              29 s    3d │›       1  pallets/jinja
  socket.gaierror: [Errno -<n>] Tempo…  1  analyze   needs-network      25 s    3d │  the latest
  TimeoutError: waited <n> s            1  analyze   flaky              23 s    3d │›   pallets__jinja-317
  Cannot connect to the Docker daemon   1  build     engine             22 s    3d │── pallets__jinja-317 round-3/test_with_fix-1.log:24 ───
  pytest.PytestRemovedIn9Warning: The…  1  evaluate  collect            18 s    4d │  tests/test_core.py::TestOld::test_kept_1[1] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_2[2] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_3[3] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_4[4] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_5[a b] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_6[6] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_7[7] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_8[8] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_9[9] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_10[a b] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_11[11] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_12[12] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_13[13] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_14[14] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_15[a b] PASSED
                                                                                   │  tests/test_core.py::TestOld::test_kept_16[16] PASSED
                                                                                   │  tests/test_security.py::TestSandbox::test_immutable_e…
                                                                                   │  tests/test_windows.py::test_only_there SKIPPED
                                                                                   │  _________ tests/test_security.py::TestSandbox::test_i…
                                                                                   │      def test_immutable_environment():
                                                                                   │  >       check()
                                                                                   │  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.S…
                                                                                   │  E   Failed: DID NOT RAISE <class 'jinja2.exceptions.S…
                                                                                   │  OPENSWE_EXIT_CODE=1
 Failures · by signature · by time ▾                                                                                            row 1 of 13
 Enter open  t other counts  / search  w wrap  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
keys jjj<Enter>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
 filter: signature:"Failed: DID NOT RAISE <class 'jinja2.exceptions…        1 of 60│  pallets__click-282
  instance▴           state       class      F2P  P2P  round  time  ended         →│  ✕ rejected in round 1: fix-fails
▸ pallets__click-282  ✕ rejected  fix-fails    0   42      1  53 s     4d          │  reason    1 test still fails with the fix
                                                                                   │› evidence  round-1/test_with_fix-1.log line 2
                                                                                   │› issue     Drop deprecated loop argument
                                                                                   │› tests     F2P 0 · P2P 42 · 44 in all
                                                                                   │› built     python 3.9 · lock 5 packages · image 201 MiB
                                                                                   │  run       dev-1 · rules · 53 s · ended
                                                                                   │  2023-11-14T22:33:39Z
                                                                                   │  phases    lock 1.5 s · build 26 s · evaluate 18 s
                                                                                   │› next      no rule has a move left: e changes a file
                                                                                   │  and tries it, s looks inside
                                                                                   │
                                                                                   │  acceptance, clause by clause
                                                                                   │› ● 1 engine, marker and report agree
                                                                                   │› ● 2 test_only fails by assertion
                                                                                   │› ✕ 3 1 test still fails with the fix
                                                                                   │› ● 4 the script is honest
                                                                                   │› ● 5 the test patch applied; no runner file added
                                                                                   │› ● 6 nothing of the fix is in the image
                                                                                   │
                                                                                   │  one round
                                                                                   │›  1 fix-fails: 1 test still fails with the fix
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
 Instances                                                                                                                       row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
