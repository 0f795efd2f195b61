# The mouse: rows, titles of columns, the wheel, keys of the footer, help, tabs. Off, the terminal's.
size 80 24
keys 3
mouse press 10 5
await row 3 of 60
mouse down 10 5
await row 6 of 60
mouse up 10 5
await row 3 of 60
mouse press 66 2
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance                 state       class F2P▾  P2P  round   time  ended    →
▸ pallets__click-331       ● accepted  –        4   31      1   21 s     4d
  python-attrs__attrs-303  ● accepted  –        4    3      3   11 s     4d
  pallets__click-275       ● accepted  –        4   35      2   48 s     4d
  pallets__jinja-163       ● accepted  –        4   43      2   22 s     4d
  python-attrs__attrs-135  ● accepted  –        4   15      2   22 s     4d
  pallets__click-107       ● accepted  –        4   47      3   31 s     4d
  pallets__click-366       ● accepted  –        3    6      3   19 s     4d
  pallets__jinja-310       ● accepted  –        3   10      3  7.9 s     4d
  pallets__jinja-142       ● accepted  –        3   22      2   15 s     4d
  tobymao__sqlglot-114     ● accepted  –        3   54      2   22 s     3d
────────────────────────────────────────────────────────────────────────────────
  pallets__click-331
  ● accepted in round 1
  reason    all clauses hold
› issue     Support 日本語 identifiers in the tokenizer
› tests     F2P 4 · P2P 31 · 36 in all
› built     python 3.12 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 21 s · ended 2023-11-14T22:35:38Z
  phases    lock 1.5 s · build 11 s · evaluate 7.0 s

 Instances · by F2P ▾                                               row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
mouse press 6 2
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
mouse press 69 24
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
┌─ What can be done here ──────────────────────────────────────────────────────┐
│ Here                                                                         │
│ Enter       go into what is under the cursor                                 │
│ Lists                                                                        │
│ /           show only what matches, as you type: state:failed repo:pallets*… │
│ save        keep the filter as it stands under a name: @NAME in a query mea… │
│ forget      take the name of a saved query away                              │
│ space       take this row into the selection, or out of it, and go to the n… │
│ S           order by a column; the same one again turns it round             │
│ V           select all rows from the one that was marked last to this one    │
│ *           select every row that the filter shows                           │
│ gu          select none                                                      │
│ Work                                                                         │
│ n           make a playbook rule of this signature, in $EDITOR (not now: no… │
│ r           make it anew from a round on, or try files of one's own; nothin… │
│ note        words of your own on the instances here                          │
│ L           a label on the instances here: label:LABEL finds them            │
│ m           mark the instances here as in need of a person, or with a word:… │
│ M           take that mark away again                                        │
│ s           build and prove environments for the marked instances, else for… │
└─ type to narrow · Enter picks · Esc closes ──────────────────────────────────┘
 Instances                                                          row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
mouse down 20 10
mouse press 80 1
mouse press 10 8
mouse press 10 8
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 agronholm…-212 ● accepted   Summary   Dockerfile   Script   Lock   Build log  →
▸ agronholm__anyio-212
  ● accepted in round 2
  reason    all clauses hold
› issue     Drop deprecated loop argument
› tests     F2P 1 · P2P 32 · 34 in all
› built     python 3.6 · lock 6 packages · image 200 MiB
  run       dev-2 · rules · 35 s · ended 2023-11-15T22:16:05Z
  phases    lock 1.5 s · build 18 s · evaluate 12 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ● 3 test_with_fix passes three times, no P2P broken
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  rounds
›  1 project-install: the legacy backend has no build_editable ·
  build-editable-legacy → rung no-isolation
 dev-2 › Summary                                                   line 1 of 20
 Enter open  t tab  / search  w wrap  e edit  r re-run  s shell  q back  ? help
end
mouse press 50 2
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 agronholm…-212 ● accepted   Summary   Dockerfile   Script   Lock   Build log  →
▸ ARG BASE=python:3.6-slim
  FROM ${BASE}
  WORKDIR /testbed
  COPY requirements.lock /tmp/
  RUN uv pip install --require-hashes -r /tmp/requirements.lock
  COPY . /testbed
  RUN uv pip install --no-deps -e .













 dev-2 › Dockerfile · round 2 of 2                                  line 1 of 7
 Enter open  t tab  / search  } error  w wrap  F follow  e edit  q back  ? help
end
mouse press 18 1
mouse press 10 15
mouse press 10 15
screen
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:Instagram/MonkeyType                                       1 of 60
  instance▴                  state       class  F2P  P2P  round  time  ended   →
▸ Instagram__MonkeyType-296  ● accepted  –        1   56      1  23 s     4d








────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

 Instances                                                           row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
again -c ui.mouse=off
size 80 24
mouse press 10 5
screen
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: repo:Instagram/MonkeyType                                       1 of 60
  instance▴                  state       class  F2P  P2P  round  time  ended   →
▸ Instagram__MonkeyType-296  ● accepted  –        1   56      1  23 s     4d








────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

 Instances                                                           row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
