# Stages, batches, and what became of them.
size 120 30
keys 7
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  stage       todo  running  done  failed                              │ trial-3 does not run
▸ collect        –        –    60       –                              │  worker  instance  phase  age  round
  screen         –        –    60       –                              │  Nothing runs here. s starts a batch.
  synthesize    18        1    30      11                              │
─────────────────────────────────────────────────────────── batches ───│
  batch    state        done  total  failed  running  run             →│
▸ trial-3  ✕ cancelled     1      8       0        1  trial-3          │
  dev-2    ● done         12     12       6        0  dev-2            │
  dev-1    ● done         40     40      12        0  dev-1            │────────────────────── supervisor of trial-3 ───
                                                                       │  Its supervisor left no words.
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
                                                                       │
                                                                       │
                                                                       │
 Pipeline · by created ▾                                                                                     row 1 of 3
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
keys j<Enter>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
 filter: run:dev-2                                             12 of 60│  agronholm__anyio-212
  instance▴             state       class            F2P  P2P  round  →│  ● accepted in round 2
▸ agronholm__anyio-212  ● accepted  –                  1   32      2   │  reason    all clauses hold
  pallets__click-170    ! failed    project-install    0    0      2   │› issue     Drop deprecated loop argument
  pallets__click-198    ~ error     engine             0    0      2   │› tests     F2P 1 · P2P 32 · 34 in all
  pallets__click-226    ~ error     fetch              0    0      2   │› built     python 3.6 · lock 6 packages ·
  pallets__click-233    ● accepted  –                  2   53      2   │  image 200 MiB
  pallets__jinja-156    ✕ rejected  flaky              1   36      2   │  run       dev-2 · rules · 35 s · ended
  pallets__jinja-177    ● accepted  –                  2   57      2   │  2023-11-15T22:16:05Z
  pallets__jinja-191    ✕ rejected  needs-network      0   11      2   │  phases    lock 1.5 s · build 18 s · evaluate
  pallets__jinja-219    ! failed    import             0    0      2   │  12 s
  pallets__jinja-247    ! failed    import             0    0      2   │
  tobymao__sqlglot-114  ● accepted  –                  3   54      2   │  acceptance, clause by clause
  tobymao__sqlglot-240  ! failed    project-install    0    0      2   │› ● 1 engine, marker and report agree
                                                                       │› ● 2 test_only fails by assertion
                                                                       │› ● 3 test_with_fix passes three times, no P2P
                                                                       │  broken
                                                                       │› ● 4 the script is honest
                                                                       │› ● 5 the test patch applied; no runner file
                                                                       │  added
                                                                       │› ● 6 nothing of the fix is in the image
                                                                       │
                                                                       │  rounds
                                                                       │›  1 project-install: the legacy backend has no
                                                                       │  build_editable · build-editable-legacy → rung
                                                                       │  no-isolation
                                                                       │›  2 accepted: all clauses hold
 Instances                                                                                                  row 1 of 12
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  v verify  q back  Tab pane  : command  ? help
end
