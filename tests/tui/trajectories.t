# Trajectories of other tools: the list, one opened on its steps, folded, a step's bytes, its patch.
size 140 40
keys 5
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  instance▴          run        try  outcome                                      →│  ○ unknown 0.x
▸ 0.x                swe-agent    0  ○ unknown                                     │  run       swe-agent
  7                  openhands    0  ○ unknown                                     │  scaffold  swe-agent
  atif               s            0  ○ unknown                                     │  exit      submitted
  atif               s            0  ○ unknown                                     │  turns     3
  bare               mini         0  ○ unknown                                     │  edits     1
  bottega__panel-1   v1           0  ● resolved                                    │  files     1
  bottega__panel-1   mini         0  ● resolved                                    │  tokens in 1200
  bottega__panel-1   agents       0  ● resolved                                    │  tokens out 80
  bottega__panel-1   openhands    0  ● resolved                                    │  cost      $0.25
  bottega__panel-1   openhands    2  ● resolved                                    │  format    swe-agent
  bottega__panel-1   1.0          0  ● resolved                                    │  file      agents/swe-agent/0.x.traj
  bottega__panel-1   1.1          0  ● resolved                                    │
  bottega__panel-2   mini         0  ✕ unresolved                                  │
  bottega__panel-2   agents       0  ✕ unresolved                                  │
  bottega__panel-3   agents       0  ! eval-error                                  │
  demo               swe-agent    0  ○ unknown                                     │
  gui                openhands    0  ○ unknown                                     │
  retry              swe-agent    1  – no-patch                                    │
  retry              swe-agent    2  ○ unknown                                     │
  retry-killed       swe-agent    0  – no-patch                                    │
  running            swe-agent    0  ◐ running                                     │
  trajectory.cont-1  s            0  ○ unknown                                     │
  v1-events          openhands    0  ○ unknown                                     │
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
 Trajectories                                                                                                                   row 1 of 23
 Enter open  / filter  space mark  S sort  t matrix  c compare  q back  Tab pane  : command  ? help
end
keys / p a n e l - 1 <Space> f o r m a t : s w e - a g e n t <Enter>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
 filter: panel-1 format:swe-agent                                           2 of 23│  ● resolved bottega__panel-1
  instance▴         run  try  outcome     exit                   steps  errors    →│  says so   agents/harness/v1.json
▸ bottega__panel-1  1.0    0  ● resolved  submitted                  3       0     │  run       1.0
  bottega__panel-1  1.1    0  ● resolved  submitted (exit_cost)      4       0     │  scaffold  swe-agent
                                                                                   │  model     brush-1
                                                                                   │  exit      submitted
                                                                                   │  turns     3
                                                                                   │  files     1
                                                                                   │  tokens in 2000
                                                                                   │  tokens out 90
                                                                                   │  cost      $0.50
                                                                                   │  format    swe-agent
                                                                                   │  file      agents/swe-agent/1.0/bottega__panel-1.traj
                                                                                   │
                                                                                   │  attempts at it (7)
                                                                                   │› ● 1.0 · brush-1 · 3 turns
                                                                                   │› ● 1.1 ·  · 4 turns
                                                                                   │› ● agents · brush-1 · 3 turns
                                                                                   │› ● mini · brush-1 · 4 turns
                                                                                   │› ● openhands · brush-1 · 3 turns
                                                                                   │› ● openhands · brush-1 · 2 turns
                                                                                   │› ● v1 · brush-1 · 3 turns
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
 Trajectories                                                                                                                    row 1 of 2
 Enter open  / filter  space mark  S sort  t matrix  c compare  q back  Tab pane  : command  ? help
end
keys <Enter>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  #  kind       what              exit                                             │▸ step 1 of 5 · system
▸ 1  system     You mend panels.                                                   │
  2  user       mend it — café 🖌                                                   │  said
  3  assistant  ls                                                                 │  You mend panels.
  4  assistant  ls                                                                 │
  5  assistant  submit                  submit                                     │
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
 bottega__panel-1 · ● resolved · 1.0 · brush-1 · attempt 1 of 7                                                          step · step 1 of 5
 Enter open  e failed step  d edit  f fold  J raw  p patch  L attempt  c compare  q back  Tab pane  : command  ? help
end
keys G f
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  #  kind       what    exit                                                       │▸ step 5 of 5 · assistant · 0.2 s · submits
  3  assistant  ls                                                                 │
  4  assistant  ls                                                                 │  thought
▸ 5  assistant  submit        submit                                               │  I look.
                                                                                   │
                                                                                   │  action
                                                                                   │  submit
                                                                                   │
                                                                                   │  observation
                                                                                   │  diff --git a/panel.py b/panel.py
                                                                                   │  --- a/panel.py
                                                                                   │  +++ b/panel.py
                                                                                   │  @@ -1 +1 @@
                                                                                   │  -ground = 1
                                                                                   │  +ground = 2
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
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
                                                                                   │
 bottega__panel-1 · ● resolved · 1.0 · brush-1 · attempt 1 of 7                                                          step · step 5 of 5
 Enter open  e failed step  d edit  f fold  J raw  p patch  L attempt  c compare  q back  Tab pane  : command  ? help
end
keys J
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  #  kind       what    exit                                                       │▸ {
  3  assistant  ls                                                                 │        "action": "submit",
  4  assistant  ls                                                                 │        "observation": "diff --git a/panel.py
▸ 5  assistant  submit        submit                                               │  b/panel.py\n--- a/panel.py\n+++ b/panel.py\n@@ -1 +1
                                                                                   │  @@\n-ground = 1\n+ground = 2\n",
                                                                                   │        "response": "I look.\n```\nsubmit```",
                                                                                   │        "thought": "I look.\n",
                                                                                   │        "state": {
                                                                                   │          "working_dir": "/panel",
                                                                                   │          "open_file": ""
                                                                                   │        },
                                                                                   │        "execution_time": 0.25,
                                                                                   │        "extra_info": {},
                                                                                   │        "messages": [
                                                                                   │          {
                                                                                   │            "role": "system",
                                                                                   │            "content": "You mend panels.",
                                                                                   │            "agent": "main",
                                                                                   │            "message_type": "system_prompt"
                                                                                   │          },
                                                                                   │          {
                                                                                   │            "role": "user",
                                                                                   │            "agent": "main",
                                                                                   │            "message_type": "observation",
                                                                                   │            "content": [
                                                                                   │              {
                                                                                   │                "type": "text",
                                                                                   │                "text": "mend it \u2014 caf\u00e9
                                                                                   │  \ud83d\udd8c",
                                                                                   │                "cache_control": {
                                                                                   │                  "type": "ephemeral"
                                                                                   │                }
                                                                                   │              }
                                                                                   │            ]
                                                                                   │          },
                                                                                   │          {
                                                                                   │            "role": "assistant",
 bottega__panel-1 · ● resolved · 1.0 · brush-1 · attempt 1 of 7                                      step, as its file has it · step 5 of 5
 Enter open  e failed step  d edit  f fold  J raw  p patch  L attempt  c compare  q back  Tab pane  : command  ? help
end
keys p
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
  #  kind       what    exit                                                       │▸ diff --git a/panel.py b/panel.py
  3  assistant  ls                                                                 │  --- a/panel.py
  4  assistant  ls                                                                 │  +++ b/panel.py
▸ 5  assistant  submit        submit                                               │  @@ -1 +1 @@
                                                                                   │  -ground = 1
                                                                                   │  +ground = 2
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
 bottega__panel-1 · ● resolved · 1.0 · brush-1 · attempt 1 of 7                                               submitted patch · step 5 of 5
 Enter open  e failed step  d edit  f fold  J raw  p patch  L attempt  c compare  q back  Tab pane  : command  ? help
end
keys q
size 80 24
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Trajectories  6 Diff  7 Pipe  8 Revi
 filter: panel-1 format:swe-agent                                        2 of 23
  instance▴         run  try  outcome     exit                   steps  errors →
▸ bottega__panel-1  1.0    0  ● resolved  submitted                  3       0
  bottega__panel-1  1.1    0  ● resolved  submitted (exit_cost)      4       0







────────────────────────────────────────────────────────────────────────────────
  ● resolved bottega__panel-1
  says so   agents/harness/v1.json
  run       1.0
  scaffold  swe-agent
  model     brush-1
  exit      submitted
  turns     3
  files     1
  tokens in 2000
 Trajectories                                                        row 1 of 2
 Enter open  / filter  space mark  S sort  t matrix  c compare  q back  ? help
end
