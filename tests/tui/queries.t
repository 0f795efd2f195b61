# Values complete, also those with blanks; a filter has a name; a SELECT is a table.
size 80 24
keys 3 /
type -class:fl
keys <Tab>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: -class:flaky                                                   59 of 60
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
────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  ┌───────┐ dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  │ flaky │ lock 1.5 s · build 11 s · evaluate 7.7 s
  └───────┘
 Instances                                                          row 1 of 59
 /-class:flaky
end
keys <C-u>
type signature:"No ver
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signature:"No ver                                               0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “signature:"No ver”. / changes the filter, Esc takes it
  away.







────────────────────────────────────────────────────────────────────────────────









 Instances
 /signature:"No ver
end
keys <C-u>
type signature:"no ver
keys <Tab><Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signature:"no version of numpy<<n> has a wheel for Pyth…        1 of 60
  instance▴                state     class    F2P  P2P  round  time  ended     →
▸ python-attrs__attrs-352  ! failed  resolve    0    0      2  34 s     4d








────────────────────────────────────────────────────────────────────────────────
  python-attrs__attrs-352
  ! failed in round 2: resolve
  reason    no version of numpy<1.8 has a wheel for Python 3.8
› evidence  round-2/lock.log line 2
› issue     Drop deprecated loop argument
› built     python 3.6 · image 201 MiB
  run       dev-1 · rules · 34 s · ended 2023-11-14T22:37:11Z
  phases    lock 1.5 s · build 17 s · evaluate 11 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                           row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys :
type save resolver
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signature:"no version of numpy<<n> has a wheel for Pyth…        1 of 60
  instance▴                state     class    F2P  P2P  round  time  ended     →
▸ python-attrs__attrs-352  ! failed  resolve    0    0      2  34 s     4d








────────────────────────────────────────────────────────────────────────────────
  python-attrs__attrs-352
  ! failed in round 2: resolve
  reason    no version of numpy<1.8 has a wheel for Python 3.8
› evidence  round-2/lock.log line 2
› issue     Drop deprecated loop argument
› built     python 3.6 · image 201 MiB
  run       dev-1 · rules · 34 s · ended 2023-11-14T22:37:11Z
  phases    lock 1.5 s · build 17 s · evaluate 11 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                           row 1 of 1
 @resolver now means signature:"no version of numpy<<n> has a wheel for Python …
end
keys /<C-u>
type repo:pal*,ton* @
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:pal*,ton* @                                                0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “repo:pal*,ton* @”. / changes the filter, Esc takes it away.








────────────────────────────────────────────────────────────────────────────────






  ┌───────────────────────────────────────────────────────────────────────────┐
  │ @resolver  signature:"no version of numpy<<n> has a wheel for Python <n>" │
  └───────────────────────────────────────────────────────────────────────────┘
 Instances
 /repo:pal*,ton* @
end
keys <Tab>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:pal*,ton* @resolver                                        0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “repo:pal*,ton* @resolver”. / changes the filter, Esc takes
  it away.







────────────────────────────────────────────────────────────────────────────────






  ┌───────────────────────────────────────────────────────────────────────────┐
  │ @resolver  signature:"no version of numpy<<n> has a wheel for Python <n>" │
  └───────────────────────────────────────────────────────────────────────────┘
 Instances
 /repo:pal*,ton* @resolver
end
type x
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:pal*,ton* @resolver                                        0 of 60
  instance▴ state  class  F2P  P2P  round  time  ended  reason  repository     →
  Nothing matches “repo:pal*,ton* @resolver”. / changes the filter, Esc takes
  it away.







────────────────────────────────────────────────────────────────────────────────









                 ↓ no query is saved as @resolverx
 /repo:pal*,ton* @resolverx
end
keys <Esc><Esc> :
type forget resolver
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                state       class            F2P  P2P  round  time  →
▸ python-attrs__attrs-352  ! failed    resolve            0    0      2  34 s
  python-attrs__attrs-401  ○ new       –                  0    0      0     –
  python-attrs__attrs-415  ○ new       –                  0    0      0     –
  python-attrs__attrs-422  ○ new       –                  0    0      0     –
  python-attrs__attrs-443  ○ new       –                  0    0      0     –
  python-attrs__attrs-478  ○ new       –                  0    0      0     –
  python-attrs__attrs-513  ○ new       –                  0    0      0     –
  tobymao__sqlglot-114     ● accepted  –                  3   54      2  22 s
  tobymao__sqlglot-240     ! failed    project-install    0    0      2  20 s
  tobymao__sqlglot-464     ○ new       –                  0    0      0     –
────────────────────────────────────────────────────────────────────────────────
  python-attrs__attrs-352
  ! failed in round 2: resolve
  reason    no version of numpy<1.8 has a wheel for Python 3.8
› evidence  round-2/lock.log line 2
› issue     Drop deprecated loop argument
› built     python 3.6 · image 201 MiB
  run       dev-1 · rules · 34 s · ended 2023-11-14T22:37:11Z
  phases    lock 1.5 s · build 17 s · evaluate 11 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                         row 48 of 60
 @resolver is forgotten
end
keys :
type sql SELECT instance_id, round FROM environments WHERE round = 3 AND latest = 1 ORDER BY 1
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 SELECT instance_id, round FROM environments WHERE round = 3 AND latest = 1 OR…
  instance_id                                   round
▸ a-rather-long-owner-name__with-a-repository…      3
  a-rather-long-owner-name__with-a-repository…      3
  a-rather-long-owner-name__with-a-repository…      3
  agronholm__anyio-324                              3
  pallets__click-107                                3
  pallets__click-289                                3
  pallets__click-366                                3
  pallets__jinja-310                                3
  pallets__jinja-317                                3
  python-attrs__attrs-303                           3









 SQL                                                                row 1 of 10
 Enter open  q back  : command  ? help
end
keys j<Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-l…s-338 ! failed   Summary   Dockerfile   Script   Lock   Build log  →
▸ a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
  ! failed in round 3: collect
  reason    conftest.py cannot be read by pytest 8
› evidence  round-3/test_only-1.log line 2
› issue     Fix deadlock when the event loop is closed twice
› built     python 3.9 · lock 7 packages · image 201 MiB
  run       dev-1 · rules · 18 s · ended 2023-11-14T22:35:56Z
  phases    lock 1.5 s · build 9.1 s · evaluate 6.1 s
› next      no rule has a move left: e changes a file and tries it, s looks
  inside

  rounds
›  1 project-install: the legacy backend has no build_editable ·
  build-editable-legacy → rung no-isolation
›  2 sdist-build: lxml needs libxml2 headers · missing-header → apt libxml2-dev
›  3 collect: conftest.py cannot be read by pytest 8 · pytest-too-new →
  constraint pytest<8



 latest › Summary                                                  line 1 of 14
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  q back  ? help
end
keys qq :
type sql DROP TABLE environments
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 DROP TABLE environments

  sql: only a SELECT over the index is run


















 SQL
 Enter open  q back  : command  ? help
end
keys qq 3gg=
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
▸ Instagram__MonkeyType-296        ● accepted  –                  1   56      1
  a-rather-long-owner-…r-ends-149  ● accepted  –                  2   29      3
  a-rather-long-owner-…r-ends-338  ! failed    collect            0    0      3
  a-rather-long-owner-…r-ends-373  ✕ rejected  p2p-broken         2   13      3
  agronholm__anyio-128             ● accepted  –                  1    8      2
  agronholm__anyio-212             ● accepted  –                  1   32      2
  agronholm__anyio-324             ! failed    sdist-build        0    0      3
  agronholm__anyio-387             ◐ running   –                  0    0      1
  pallets__click-100               ● accepted  –                  1   40      1
  pallets__click-107               ● accepted  –                  4   47      3
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
 alike: this instance did not fail
end
keys jj=
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: signature:"pytest.PytestRemovedIn9Warning: The (path: p…        1 of 60
  instance▴                            state     class    F2P  P2P  round  time→
▸ a-rather-long-owner-nam…er-ends-338  ! failed  collect    0    0      3  18 s








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
 Instances                                                           row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
