# Changing an environment's files: the editor, what it would try, and what is said when it fails.
size 100 24
env EDITOR=sed -i s/WORKDIR/RUN-true/
keys 3
keys jjj<Enter>
keys e
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected   Summary   Dockerfile   Script   Lock   Build log   Tests       →
▸ a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
  ✕ rejected in round 3: p2p-broken
  reason    2 tests that passed fail with the fix
› evidence  round-3/test_with_fix-1.log line 2
› issue     Add Path type with exists=True
› tests     F2P 2 · P2P 13 · 18 in all
› built     python 3.8 · lock 7 packages · image 201 MiB
  run     ┌─ Change which file of the round that shows? ─────────────────────────────────┐
  phases  │ Dockerfile         Dockerfile                                                │
› next    │ eval_skeleton.sh   evaluation script (the test patch goes where its line is) │
          │ requirements.lock  lock: the versions that are installed                     │
  acceptan└─ type to narrow · Enter picks · Esc closes ──────────────────────────────────┘
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ✕ 3 2 tests that passed fail with the fix
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  rounds
 dev-1 › Summary                                                                       line 1 of 23
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  ? help
end
keys <Esc>
keys gd
keys e
await would try your Dockerfile as a new round, the rest as in round 3
keys <Esc>
keys r
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected   Summary   Dockerfile   Script   Lock   Build log   Tests       →
▸ ARG BASE=python:3.8-slim
  FROM ${BASE}
  RUN apt-get install -y libxml2-dev
  WORKDIR /testbed
  COPY requirements.lock /tmp/
  RUN uv pip install --require-hashes -r /tmp/requirements.lock
  COPY . /testbed
  RUN uv pip install --no-deps -e .












 would make anew from round 1 on, what was is kept aside (run dev-1): a-rather-long-owner-name__wit…
 :rerun from=1 run=dev-1
end
keys <Esc> gr jj R
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   Rounds 3     →
  round  what fired                                 Dockerfile  lock   script  result
      1  first try                                  new         new    –       project-install: th…
      2  build-editable-legacy → rung no-isolation  same        +1 −0  –       sdist-build: lxml n…
▸     3  missing-header → apt libxml2-dev           changed     +1 −0  new     p2p-broken: 2 tests…





────────────────────────────────────────────────────────────────────────────── round 2 → round 3 ───
  ── Dockerfile
  @@ -1,5 +1,6 @@
   ARG BASE=python:3.8-slim
   FROM ${BASE}
  +RUN apt-get install -y libxml2-dev
   WORKDIR /testbed
   COPY requirements.lock /tmp/
   RUN uv pip install --require-hashes -r /tmp/requirements.lock
  ── lock
  @@ -10,3 +10,5 @@ pytest==8.0.0 \
 would make anew from round 3 on, what was is kept aside (run dev-1): a-rather-long-owner-name__wit…
 :rerun from=3 run=dev-1
end
keys <Esc>
type :edit nothing
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   Rounds 3     →
  round  what fired                                 Dockerfile  lock   script  result
      1  first try                                  new         new    –       project-install: th…
      2  build-editable-legacy → rung no-isolation  same        +1 −0  –       sdist-build: lxml n…
▸     3  missing-header → apt libxml2-dev           changed     +1 −0  new     p2p-broken: 2 tests…





────────────────────────────────────────────────────────────────────────────── round 2 → round 3 ───
  ── Dockerfile
  @@ -1,5 +1,6 @@
   ARG BASE=python:3.8-slim
   FROM ${BASE}
  +RUN apt-get install -y libxml2-dev
   WORKDIR /testbed
   COPY requirements.lock /tmp/
   RUN uv pip install --require-hashes -r /tmp/requirements.lock
  ── lock
  @@ -10,3 +10,5 @@ pytest==8.0.0 \
 dev-1 › Rounds                                                                        round 3 of 3
 edit what? dockerfile, script or lock
end
# A clause leads to the bytes that it speaks of.
keys gsgg/
type test_only fails
keys <Enter><Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  tests/test_core.py::TestOld::test_kept_4[4] PASSED
  tests/test_core.py::TestOld::test_kept_5[a b] PASSED
  tests/test_core.py::TestOld::test_kept_6[6] PASSED
  tests/test_core.py::TestOld::test_kept_7[7] PASSED
  tests/test_core.py::TestOld::test_kept_8[8] PASSED
  tests/test_core.py::TestOld::test_kept_9[9] PASSED
  tests/test_core.py::TestOld::test_kept_10[a b] PASSED
  tests/test_core.py::TestOld::test_kept_11[11] PASSED
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
▸ OPENSWE_EXIT_CODE=1
 runs/dev-1/a-rather-long-owner-name__with-a-repository-name-that-never-e…  line 28 of 28 · 1.3 KiB
 Enter open  / search  n next  } error  w wrap  F follow  q back  : command  ? help
end
