# Names in any script, with marks that combine, controls in titles, a file name with a line end.
size 80 24
keys 2
screen
 lab   1 Over  2 Repositories  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  repository▴                      instances  accepted  rejected  failed  error→
▸ Instagram/MonkeyType                     1         1         0       0      0
  a-rather-long-owner-…never-ends          3         1         1       1      0
  agronholm/anyio                          4         2         0       1      0
  combine/á̂̃ë                               1         0         0       0      0
  controls/tab                             1         0         0       0      0
  pallets/click                           22         9         3       3      2
  pallets/jinja                           12         5         3       2      0
  pytest-dev/pytest-asyncio                1         0         0       0      0
  python-attrs/attrs                      11         4         0       1      0
  tobymao/sqlglot                          6         1         0       1      0
────────────────────────────────────────────────────────────────────────────────
  Instagram/MonkeyType
›   instances      1
› ● accepted       1






 Repositories                                                       row 1 of 12
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys 3
keys G
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
  tobymao__sqlglot-499             ○ new       –                  0    0      0
  wide__全角文字-3                 ○ new       –                  0    0      0
▸ שלום__עולם-1                     ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  שלום__עולם-1
  ○ new
› issue     כותרת מימין לשמאל (<U+202E>override<U+202C>) and back

  Never tried. r does.




 Instances                                                         row 64 of 64
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys /
type state:new id:c*
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:new id:c*                                                 2 of 64
  instance▴        state  class  F2P  P2P  round  time  ended  reason          →
▸ combine__á̂̃ë-2    ○ new  –        0    0      0     –      –  –
  controls__tab-4  ○ new  –        0    0      0     –      –  –







────────────────────────────────────────────────────────────────────────────────
  combine__á̂̃ë-2
  ○ new
› issue     z̵̡a̶l̷g̸o̴ éééééééééééééééééééééééééééééééééééééééé

  Never tried. r does.




 Instances                                                           row 1 of 2
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 combine__á̂̃ë-2 ○ new   Summary   Dockerfile   Script   Lock   Build log   Tests→
▸ combine__á̂̃ë-2
  ○ new
› issue     z̵̡a̶l̷g̸o̴ éééééééééééééééééééééééééééééééééééééééé

  Never tried. r does.















 latest › Summary                                                   line 1 of 5
 Enter open  t tab  / search  w wrap  r re-run  v verify  q back  ? help
end
keys <Esc> /
type <Backspace>
keys <Esc>
keys Q
status 0
