# How often tasks are solved, tasks by runs, and the doors from both to the attempts.
size 80 24
keys 6
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Traj  6 Difficulty  7 Pipe  8 Revi
▸ solved by any scaffold and model · 11 graded attempts, at most 7 at a task

›     0  ████████████                                  3
      1                                                0
      2                                                0
      3                                                0
      4                                                0
      5                                                0
      6                                                0
›     7  ████                                          1
›     ?  ████████████████████████████████████████     10

  Tasks by the number of attempts that resolved them; ? nobody graded. Enter
  opens a bar's attempts.







 Difficulty                                                        group 1 of 8
 Enter open  / search  w wrap  t other scaffold  q back  : command  ? help
end
keys t
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Traj  6 Difficulty  7 Pipe  8 Revi
▸ solved by no known agent with no known model · 0 graded attempts, at most 0
  at a task

      0                                                0
›     ?  ████████████████████████████████████████      1

  Tasks by the number of attempts that resolved them; ? nobody graded. Enter
  opens a bar's attempts.













 Difficulty                                                        group 2 of 8
 Enter open  / search  w wrap  t other scaffold  q back  : command  ? help
end
keys 5 t
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Trajectories  6 Diff  7 Pipe  8 Revi
  instance           1.0  1.1  agents  mini  openhands   s  swe-agent  v1
▸ 0.x                ·    ·    ·       ·     ·          ·   ○          ·
  7                  ·    ·    ·       ·     ○          ·   ·          ·
  atif               ·    ·    ·       ·     ·          ○2  ·          ·
  bare               ·    ·    ·       ○     ·          ·   ·          ·
  bottega__panel-1   ●    ●    ●       ●     2/2        ·   ·          ●
  bottega__panel-2   ·    ·    ✕       ✕     ·          ·   ·          ·
  bottega__panel-3   ·    ·    ○       ·     ·          ·   ·          ·
  demo               ·    ·    ·       ·     ·          ·   ○          ·
  gui                ·    ·    ·       ·     ○          ·   ·          ·
  retry              ·    ·    ·       ·     ·          ·   0/2        ·
  retry-killed       ·    ·    ·       ·     ·          ·   ✕          ·
  running            ·    ·    ·       ·     ·          ·   ○          ·
  trajectory.cont-1  ·    ·    ·       ·     ·          ○   ·          ·
  v1-events          ·    ·    ·       ·     ○          ·   ·          ·






 Tasks by runs: resolved of attempts                                row 1 of 14
 Enter open  q back  : command  ? help
end
keys j j j j j <Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Trajectories  6 Diff  7 Pipe  8 Revi
 filter: id:bottega__panel-2                                             2 of 23
  instance▴         run     try  outcome       exit            steps  errors   →
▸ bottega__panel-2  mini      0  ✕ unresolved  TimeoutExpired      1       0
  bottega__panel-2  agents    0  ✕ unresolved  –                   2       1







────────────────────────────────────────────────────────────────────────────────
  ✕ unresolved bottega__panel-2
  says so   agents/harness/v5.json
  run       mini
  scaffold  mini-swe-agent
  model     brush-1
  exit      TimeoutExpired
  turns     1
  cost      $0.12
  format    mini-swe-agent
 Trajectories                                                        row 1 of 2
 Enter open  / filter  space mark  S sort  t matrix  c compare  q back  ? help
end
