# What is open can be kept as a tab of the first line: one goes through them, they come back with
# the session, and they are let go.
size 120 30
keys 3
keys jj <Enter>
keys gk
await kept as a tab
keys q
keys j <Enter> gt
keys gk
keys 1
keys gn
screen
 lab   1 Overview  2 Repo  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi  with-a-reposi…ds-338  with-a-reposi…ds-373
 a-rather-long-owner…r-ends-338 ! failed   Summary   Dockerfile   Script   Lock   Build log   Tests   Rounds 3         →
▸ a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
  ! failed in round 3: collect
  reason    conftest.py cannot be read by pytest 8
› evidence  round-3/test_only-1.log line 2
› issue     Fix deadlock when the event loop is closed twice
› built     python 3.9 · lock 7 packages · image 201 MiB
  run       dev-1 · rules · 18 s · ended 2023-11-14T22:35:56Z
  phases    lock 1.5 s · build 9.1 s · evaluate 6.1 s
› next      no rule has a move left: e changes a file and tries it, s looks inside

  rounds
›  1 project-install: the legacy backend has no build_editable · build-editable-legacy → rung no-isolation
›  2 sdist-build: lxml needs libxml2 headers · missing-header → apt libxml2-dev
›  3 collect: conftest.py cannot be read by pytest 8 · pytest-too-new → constraint pytest<8












 dev-1 › Summary                                                                                           line 1 of 14
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  : command  ? help
end
keys gn
await a-rather-l
keys 4
keys gN
await Tests
mouse press 1 1
keys Q
status 0
again
size 120 30
await Tests
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi  with-a-reposi…ds-338  with-a-reposi…ds-373
 a-rather-long-owne…-ends-373 ✕ rejected   Summary   Dockerfile   Script   Lock   Build log   Tests   Rounds 3         →
  test                                verdict  base     test only  with fix   message
▸ tests/test_core.py::test_new_0      F2P      missing  failed     passed ×3  AssertionError: assert 2 == 3
  tests/test_core.py::test_new_1      F2P      missing  failed     passed ×3  AssertionError: assert 2 == 3
  tests/test_other.py::test_broken_0  blocks   passed   passed     failed ×3  AssertionError: assert 3 == 4
  tests/test_other.py::test_broken_1  blocks   passed   passed     failed ×3  AssertionError: assert 3 == 4







──────────────────────────────────────────────────────────────────────────────────────────────────── test_only-1.log ───
  tests/test_core.py::TestOld::test_kept_12[12] PASSED
  tests/test_other.py::test_broken_0 PASSED
  tests/test_other.py::test_broken_1 PASSED
  tests/test_windows.py::test_only_there SKIPPED
  _________ tests/test_core.py::test_new_0 _________
      def test_new_0():
  >       check()
  E   AssertionError: assert 2 == 3
  _________ tests/test_core.py::test_new_1 _________
      def test_new_1():
  >       check()
  E   AssertionError: assert 2 == 3
  OPENSWE_EXIT_CODE=1
 dev-1 › Tests · round 3 of 3                                                    test 1 of 4 · 14 unchanged ones hidden
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  > round  q back  Tab pane  : command  ? help
end
keys gk
await no tab any more
keys gn
keys gk
await no tab any more
keys gn
await nothing is kept as a tab
keys Q
status 0
