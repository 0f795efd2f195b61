# Everything that can be done, with its keys; narrowing it; doing what is picked.
size 80 24
keys 3
keys ?
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
type bottom
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
┌─ What can be done here ──────────────────────────────────────────────────────┐
│ G End       to the last row                                                  │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
│                                                                              │
└─ bottom · 1 of 65 ───────────────────────────────────────────────────────────┘
 Instances                                                          row 1 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  tobymao__sqlglot-499
  ○ new
› issue     Zero-width joiner 👩‍ breaks column alignment

  Never tried. r does.




 Instances                                                         row 60 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys g
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  tobymao__sqlglot-499
  ○ new
› issue     Zero-width j┌─ g ──────────────────────────────────────────────────┐
                        │ u     select none                                    │
  Never tried. r does.  │ k     keep what is open here as a tab of the first … │
                        │ n     to the next tab                                │
                        │ N     to the tab before                              │
                        │ g     to the first row                               │
                        └──────────────────────────────────────────────────────┘
 Instances                                                         row 60 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
keys <Esc> :
type scr
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
──┌─ 8 of 9 ───────────────────────────────────────────────────────────────────┐
  │ screen-difficulty    6 · how many tasks are solved how often               │
  │ screen-failures      4 · what failed: equal causes together, the most cos… │
› │ screen-instances     3 · instances and their environments                  │
  │ screen-overview      1 · from pull request to training data, what needs a… │
  │ screen-pipeline      7 · stages, batches, workers and their logs           │
  │ screen-repositories  2 · repositories, with how many of their instances s… │
  │ screen-reviews       8 · what waits for a curator's decision, one key each │
  │ screen-trajectories  5 · attempts of agents: what they did, step by step   │
  └────────────────────────────────────────────────────────────────────────────┘
 Instances                                                         row 60 of 60
 :scr
end
keys <Tab>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
──┌─ 8 of 9 ───────────────────────────────────────────────────────────────────┐
  │ screen-difficulty    6 · how many tasks are solved how often               │
  │ screen-failures      4 · what failed: equal causes together, the most cos… │
› │ screen-instances     3 · instances and their environments                  │
  │ screen-overview      1 · from pull request to training data, what needs a… │
  │ screen-pipeline      7 · stages, batches, workers and their logs           │
  │ screen-repositories  2 · repositories, with how many of their instances s… │
  │ screen-reviews       8 · what waits for a curator's decision, one key each │
  │ screen-trajectories  5 · attempts of agents: what they did, step by step   │
  └────────────────────────────────────────────────────────────────────────────┘
 how many tasks are solved how often
 :screen-difficulty
end
keys <Esc> x
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  tobymao__sqlglot-499
  ○ new
› issue     Zero-width joiner 👩‍ breaks column alignment

  Never tried. r does.




 Instances                                                         row 60 of 60
 x does nothing here; ? lists what does
end
keys :
type cancel
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  python-attrs__attrs-422          ○ new       –                  0    0      0
  python-attrs__attrs-443          ○ new       –                  0    0      0
  python-attrs__attrs-478          ○ new       –                  0    0      0
  python-attrs__attrs-513          ○ new       –                  0    0      0
  tobymao__sqlglot-114             ● accepted  –                  3   54      2
  tobymao__sqlglot-240             ! failed    project-install    0    0      2
  tobymao__sqlglot-464             ○ new       –                  0    0      0
  tobymao__sqlglot-471             ○ new       –                  0    0      0
  tobymao__sqlglot-492             ○ new       –                  0    0      0
▸ tobymao__sqlglot-499             ○ new       –                  0    0      0
────────────────────────────────────────────────────────────────────────────────
  tobymao__sqlglot-499
  ○ new
› issue     Zero-width joiner 👩‍ breaks column alignment

  Never tried. r does.




 Instances                                                         row 60 of 60
 cancel: not on this screen
end
