# The log stands at the test also where pytest writes its headings in red.
size 80 24
run sed -i.kept 's/^_________ /\x1b[31m\x1b[1m&/' $W/runs/dev-1/*/*-373/round-3/test_only-1.log
keys 3
keys jjj<Enter>
keys gt
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-…-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   →
  test                                verdict  base     test only  with fix    →
▸ tests/test_core.py::test_new_0      F2P      missing  failed     passed ×3
  tests/test_core.py::test_new_1      F2P      missing  failed     passed ×3
  tests/test_other.py::test_broken_0  blocks   passed   passed     failed ×3
  tests/test_other.py::test_broken_1  blocks   passed   passed     failed ×3




──────────────────────────────────────────────────────────── test_only-1.log ───
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
 dev-1 › Tests · round 3 of 3            test 1 of 4 · 14 unchanged ones hidden
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  ? help
end
run mv $W/runs/dev-1/*/*-373/round-3/test_only-1.log.kept $(ls $W/runs/dev-1/*/*-373/round-3/test_only-1.log)
