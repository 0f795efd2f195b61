# A search in a log: the line, which match it is and of how many, forward and backward.
size 80 24
keys 3
keys <Enter>
keys <Enter> gb
keys / # 8 <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 Instagram…-296 ● accepted  ← Dockerfile   Script   Lock   Build log   Tests   →
  #8 [4/6] RUN uv pip install
▸ #8 1.204 Installed 4 packages in 38ms


















 dev-1 › Build log · round 1 of 1 · build.log                       line 2 of 2
 line 2 · match 2 of 2
end
keys n
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 Instagram…-296 ● accepted  ← Dockerfile   Script   Lock   Build log   Tests   →
▸ #8 [4/6] RUN uv pip install
  #8 1.204 Installed 4 packages in 38ms


















 dev-1 › Build log · round 1 of 1 · build.log                       line 1 of 2
 line 1 · match 1 of 2
end
keys ? <Esc> gs / b o t t e g a <Enter>
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
 Instagram…-296 ● accepted   Summary   Dockerfile   Script   Lock   Build log  →
▸ Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

  acceptance, clause by clause
› ● 1 engine, marker and report agree
› ● 2 test_only fails by assertion
› ● 3 test_with_fix passes three times, no P2P broken
› ● 4 the script is honest
› ● 5 the test patch applied; no runner file added
› ● 6 nothing of the fix is in the image

  one round
›  1 accepted: all clauses hold

 dev-1 › Summary                                                   line 1 of 19
 nothing matches bottega
end
