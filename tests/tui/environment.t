# An environment on its tabs: why it failed, its tests, what its rounds changed.
size 100 30
keys 3
keys jjj<Enter>
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
  run       dev-1 · rules · 38 s · ended 2023-11-14T22:39:06Z
  phases    lock 1.5 s · build 19 s · evaluate 13 s
› next      no rule has a move left: e changes a file and tries it, s looks inside

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ✕ 3 2 tests that passed fail with the fix
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  rounds
›  1 project-install: the legacy backend has no build_editable · build-editable-legacy → rung
  no-isolation
›  2 sdist-build: lxml needs libxml2 headers · missing-header → apt libxml2-dev
›  3 p2p-broken: 2 tests that passed fail with the fix


 dev-1 › Summary                                                                       line 1 of 23
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  ? help
end
keys gt
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected   Summary   Dockerfile   Script   Lock   Build log   Tests       →
  test                                verdict  base     test only  with fix   message
▸ tests/test_core.py::test_new_0      F2P      missing  failed     passed ×3  AssertionError: asse…
  tests/test_core.py::test_new_1      F2P      missing  failed     passed ×3  AssertionError: asse…
  tests/test_other.py::test_broken_0  blocks   passed   passed     failed ×3  AssertionError: asse…
  tests/test_other.py::test_broken_1  blocks   passed   passed     failed ×3  AssertionError: asse…







──────────────────────────────────────────────────────────────────────────────── test_only-1.log ───
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
 dev-1 › Tests · round 3 of 3                                test 1 of 4 · 14 unchanged ones hidden
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  > round  q back  ? help
end
keys a
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected   Summary   Dockerfile   Script   Lock   Build log   Tests       →
  test                                       verdict  base     test only  with fix   message
▸ tests/test_core.py::test_new_0             F2P      missing  failed     passed ×3  AssertionErro…
  tests/test_core.py::test_new_1             F2P      missing  failed     passed ×3  AssertionErro…
  tests/test_core.py::TestOld::test_kept_0…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_1…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_2…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_3…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_4…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_5…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_6…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_7…  P2P      passed   passed     passed ×3
  tests/test_core.py::TestOld::test_kept_8…  P2P      passed   passed     passed ×3
──────────────────────────────────────────────────────────────────────────────── test_only-1.log ───
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
 dev-1 › Tests · round 3 of 3                                                          test 1 of 18
 Enter open  t tab  e edit  r re-run  s shell  v verify  a all tests  > round  q back  ? help
end
keys gr
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
       --hash=sha256:08644f8f996139f561c2597e7619fa8a1ac959a634d7ddd5d716acf2512b7fe8
   trio==0.26.2 \
       --hash=sha256:b5e8731b84f1df8e8909dc2b12d53273237a2b81a799a22aea2801a28ff04e28
 dev-1 › Rounds                                                                        round 3 of 3
 Enter open  t tab  e edit  r re-run  s shell  v verify  q back  Tab pane  : command  ? help
end
keys k
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   Rounds 3     →
  round  what fired                                 Dockerfile  lock   script  result
      1  first try                                  new         new    –       project-install: th…
▸     2  build-editable-legacy → rung no-isolation  same        +1 −0  –       sdist-build: lxml n…
      3  missing-header → apt libxml2-dev           changed     +1 −0  new     p2p-broken: 2 tests…








────────────────────────────────────────────────────────────────────────────── round 1 → round 2 ───
  ── lock
  @@ -8,3 +8,5 @@ pluggy==1.4.0 \
       --hash=sha256:69bed178a50f657553f19922cc0596ea937a2792672991c1702a895f1a66d7bc
   pytest==8.0.0 \
       --hash=sha256:08644f8f996139f561c2597e7619fa8a1ac959a634d7ddd5d716acf2512b7fe8
  +trio==0.26.2 \
  +    --hash=sha256:b5e8731b84f1df8e8909dc2b12d53273237a2b81a799a22aea2801a28ff04e28






 dev-1 › Rounds                                                                        round 2 of 3
 Enter open  t tab  e edit  r re-run  s shell  v verify  q back  Tab pane  : command  ? help
end
keys gd
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


















 dev-1 › Dockerfile · round 3 of 3                                                      line 1 of 8
 Enter open  t tab  / search  } error  w wrap  F follow  e edit  r re-run  s shell  > round  ? help
end
keys gi
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-long…nds-373 ✕ rejected  ← Script   Lock   Build log   Tests   Rounds 3   Issue+patch
▸ commit    ca3512f4dfa95a03169c5a670a4c91a19b3077b4
  ── problem statement
  Add Path type with exists=True

  Steps to reproduce are in the linked issue.

  ── tests
  diff --git a/tests/test_core.py b/tests/test_core.py
  --- a/tests/test_core.py
  +++ b/tests/test_core.py
  @@ -1,2 +1,5 @@
   import core
  +
  +def test_new_0():
  +    assert core.run(2) == 3

  ── fix
  diff --git a/src/with_a_repository_name_that_never_ends/core.py
  b/src/with_a_repository_name_that_never_ends/core.py
  --- a/src/with_a_repository_name_that_never_ends/core.py
  +++ b/src/with_a_repository_name_that_never_ends/core.py
  @@ -10,3 +10,4 @@ def run(value):
       check(value)
  -    return value
  +    value = normal(value)
  +    return value
 dev-1 › Issue+patch                                                                   line 1 of 27
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  ? help
end
keys J
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 agronholm__anyio-128 ● accepted  ← Script   Lock   Build log   Tests   Rounds 2   Issue+patch
▸ commit    1b6453892473a467d07372d45eb05abc2031647a
  ── problem statement
  Fix deadlock when the event loop is closed twice

  Steps to reproduce are in the linked issue.

  ── tests
  diff --git a/tests/test_core.py b/tests/test_core.py
  --- a/tests/test_core.py
  +++ b/tests/test_core.py
  @@ -1,2 +1,5 @@
   import core
  +
  +def test_new_0():
  +    assert core.run(2) == 3

  ── fix
  diff --git a/src/anyio/core.py b/src/anyio/core.py
  --- a/src/anyio/core.py
  +++ b/src/anyio/core.py
  @@ -10,3 +10,4 @@ def run(value):
       check(value)
  -    return value
  +    value = normal(value)
  +    return value

 dev-1 › Issue+patch                                                                   line 1 of 27
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  v verify  q back  ? help
end
keys gs jj<Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 agronholm__anyio-128 ● accepted   Summary   Dockerfile   Script   Lock   Build log   Tests        →
  agronholm__anyio-128
  ● accepted in round 2
▸ reason    all clauses hold
› issue     Fix deadlock when the event loop is closed twice
› tests     F2P 1 · P2P 8 · 10 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-1 · rules · 15 s · ended 2023-11-14T22:15:48Z
  phases    lock 1.5 s · build 7.7 s · evaluate 5.1 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ● 3 test_with_fix passes three times, no P2P broken
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  rounds
›  1 project-install: the legacy backend has no build_editable · build-editable-legacy → rung
  no-isolation
›  2 accepted: all clauses hold





 dev-1 › Summary                                                                       line 3 of 20
 this line leads nowhere; those with › do
end
keys q q
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                                    state       class            F2P  P2P  round    time→
  Instagram__MonkeyType-296                    ● accepted  –                  1   56      1    23 s
  a-rather-long-owner-name__wi…never-ends-149  ● accepted  –                  2   29      3    39 s
  a-rather-long-owner-name__wi…never-ends-338  ! failed    collect            0    0      3    18 s
  a-rather-long-owner-name__wi…never-ends-373  ✕ rejected  p2p-broken         2   13      3    38 s
▸ agronholm__anyio-128                         ● accepted  –                  1    8      2    15 s
  agronholm__anyio-212                         ● accepted  –                  1   32      2    35 s
  agronholm__anyio-324                         ! failed    sdist-build        0    0      3    32 s
  agronholm__anyio-387                         ◐ running   –                  0    0      1       –
  pallets__click-100                           ● accepted  –                  1   40      1  1m 17s
  pallets__click-107                           ● accepted  –                  4   47      3    31 s
  pallets__click-170                           ! failed    project-install    0    0      2    34 s
  pallets__click-198                           ~ error     engine             0    0      2    22 s
  pallets__click-226                           ~ error     fetch              0    0      2    29 s
────────────────────────────────────────────────────────────────────────────────────────────────────
  agronholm__anyio-128
  ● accepted in round 2
  reason    all clauses hold
› issue     Fix deadlock when the event loop is closed twice
› tests     F2P 1 · P2P 8 · 10 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-1 · rules · 15 s · ended 2023-11-14T22:15:48Z
  phases    lock 1.5 s · build 7.7 s · evaluate 5.1 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
 Instances                                                                              row 5 of 60
 once more leaves bottega (what runs goes on)
end
