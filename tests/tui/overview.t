# Where the workspace stands; each count is a door. The machine differs and is out of sight.
size 80 24
keys 1
screen
 lab   1 Overview  2 Repo  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  From pull request to training data
▸ collected          60 ██████████████████████████
› screened in        60 ██████████████████████████ 100%
› built              30 █████████████               50%
› proven             23 █████████▉                  76%
  rolled out          0  no attempts are in the workspace
  kept                0  follows from attempts
  exported            0  follows from what is kept

  Needs a person
›       1  tests are flaky
›       1  tests want the network
›       1  no test fails without the fix
›       2  failed, and no rule knew a move
›       2  the machine failed: s tries again

  Last 24 hours, hour by hour
  nothing ended; the last did 2d ago

  Running
  No batch runs. s starts one over what has no end yet.
 Overview · ↓ 5 more lines below                                   60 instances
 Enter open  / search  w wrap  r re-run  s synthesize  v verify  q back  ? help
end
look 3 ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss
keys jjj<Enter>
screen
 lab   1 Overview  2 Repo  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:accepted                                                 23 of 60
  instance▴                          state       class  F2P  P2P  round    time→
▸ Instagram__MonkeyType-296          ● accepted  –        1   56      1    23 s
  a-rather-long-owner-n…er-ends-149  ● accepted  –        2   29      3    39 s
  agronholm__anyio-128               ● accepted  –        1    8      2    15 s
  agronholm__anyio-212               ● accepted  –        1   32      2    35 s
  pallets__click-100                 ● accepted  –        1   40      1  1m 17s
  pallets__click-107                 ● accepted  –        4   47      3    31 s
  pallets__click-233                 ● accepted  –        2   53      2    24 s
  pallets__click-261                 ● accepted  –        2   21      1    40 s
  pallets__click-275                 ● accepted  –        4   35      2    48 s
────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

 Instances                                                          row 1 of 23
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys q <C-d><Enter>
screen
 lab   1 Overview  2 Repo  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 filter: state:error                                                     2 of 60
  instance▴           state    class   F2P  P2P  round  time  ended            →
▸ pallets__click-198  ~ error  engine    0    0      2  22 s     3d
  pallets__click-226  ~ error  fetch     0    0      2  29 s     3d







────────────────────────────────────────────────────────────────────────────────
  pallets__click-198
  ~ error in round 2: engine
  reason    docker: no daemon answers at unix:///var/run/docker.sock; start it
› evidence  round-2/build.log line 2
› issue     Fix deadlock when the event loop is closed twice
› built     python 3.9 · lock 6 packages · image 200 MiB
  run       dev-2 · rules · 22 s · ended 2023-11-15T22:15:30Z
  phases    lock 1.5 s · build 11 s · evaluate 7.3 s
› next      no rule has a move left: e changes a file and tries it, s looks
 Instances                                                           row 1 of 2
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
size 118 9
keys 1<Tab>j<Enter>
screen
 filter: class:flaky state:failed,rejected,error               1 of 60│  pallets__jinja-156
  instance▴           state       class  F2P  P2P  round  time  ended→│  ✕ rejected in round 2: flaky
▸ pallets__jinja-156  ✕ rejected  flaky    1   36      2  23 s     3d │  reason    tests/test_core.py::test_timing
                                                                      │  passed once in three runs
                                                                      │› evidence  round-2/test_with_fix-2.log line 2
                                                                      │› issue     TypeError: unhashable type: 'list'
                                                                      │  in cache key
 Instances                                                                                                 row 1 of 1
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
keys q
screen
  exported            0  follows from what is kept                    │  Needs a person
                                                                      │▸       1  tests are flaky
  Last 24 hours, hour by hour                                         │›       1  tests want the network
  nothing ended; the last did 2d ago                                  │›       1  no test fails without the fix
                                                                      │›       2  failed, and no rule knew a move
  Running                                                             │›       2  the machine failed: s tries again
  No batch runs. s starts one over what has no end yet.               │
 Overview                                                                                                60 instances
 Enter open  / search  w wrap  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
size 40 9
screen
        0 exported

  Needs a person
›       1  tests are flaky
›       1  tests want the network
›       1  no test fails without the fix
▸       2  failed, and no rule knew a m…
 Overview · ↓ 12 more li…  60 instances
 Enter open  / search  w wrap  ? help
end
size 20 5
screen
›       1  tests ar…
›       1  tests wa…
›       1  no test …
▸       2  failed, …
 Enter open  ? help
end
