# A log: search, wrap, colours of its own, control characters shown.
size 80 24
keys 3
type /id:*373
keys <Enter>
keys <Enter> gb
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-…-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   →
▸ #8 [4/6] RUN uv pip install
  #8 1.204 Installed 6 packages in 38ms


















 dev-1 › Build log · round 3 of 3 · build.log                       line 1 of 2
 Enter open  t tab  / search  } error  w wrap  F follow  e edit  q back  ? help
end
keys /
type mark
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-…-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   →
▸ #8 [4/6] RUN uv pip install
  #8 1.204 Installed 6 packages in 38ms


















 dev-1 › Build log · round 3 of 3 · build.log                       line 1 of 2
 search: mark
end
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 a-rather-…-373 ✕ rejected  ← Dockerfile   Script   Lock   Build log   Tests   →
▸ #8 [4/6] RUN uv pip install
  #8 1.204 Installed 6 packages in 38ms


















 dev-1 › Build log · round 3 of 3 · build.log                       line 1 of 2
 nothing matches mark
end
