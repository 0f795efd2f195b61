# Attempts at one task beside each other, from where they part.
size 140 40
keys 5
keys / p a n e l - 1 <Space> f o r m a t : s w e - a g e n t <Enter>
keys * c
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
     ● 1.0 brush-1  ● 1.1
  =  3 ls           3 ls
  =  4 ls           4 ls
▸ ≠  5 submit
  ≠                 5 ls
  ≠                 6 I look.












────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
  step 5 of 5 · assistant · 0.2 s · submits                          │  It does nothing of this kind here.
                                                                     │
  thought                                                            │
  I look.                                                            │
                                                                     │
  action                                                             │
  submit                                                             │
                                                                     │
  observation                                                        │
  diff --git a/panel.py b/panel.py                                   │
  --- a/panel.py                                                     │
  +++ b/panel.py                                                     │
  @@ -1 +1 @@                                                        │
  -ground = 1                                                        │
  +ground = 2                                                        │
                                                                     │
                                                                     │
                                                                     │
 bottega__panel-1 · ● 1.0 · ● 1.1                                                                                 2 of 5 rows equal · row 3
 Enter open  > next difference  o other  q back  Tab pane  : command  ? help
end
keys > o <Tab>
screen
 lab   1 Overview   2 Repositories   3 Instances   4 Failures   5 Trajectories   6 Difficulty   7 Pipeline   8 Reviews
     ● 1.0 brush-1  ● 1.1
  =  3 ls           3 ls
  =  4 ls           4 ls
▸ ≠  5 submit
  ≠                 5 ls
  ≠                 6 I look.












────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
▸ step 5 of 5 · assistant · 0.2 s · submits                          │  It does nothing of this kind here.
                                                                     │
  thought                                                            │
  I look.                                                            │
                                                                     │
  action                                                             │
  submit                                                             │
                                                                     │
  observation                                                        │
  diff --git a/panel.py b/panel.py                                   │
  --- a/panel.py                                                     │
  +++ b/panel.py                                                     │
  @@ -1 +1 @@                                                        │
  -ground = 1                                                        │
  +ground = 2                                                        │
                                                                     │
                                                                     │
                                                                     │
 bottega__panel-1 · ● 1.0 · ● 1.1                                                                                 2 of 5 rows equal · row 3
 Enter open  / search  w wrap  > next difference  o other  q back  Tab pane  : command  ? help
end
