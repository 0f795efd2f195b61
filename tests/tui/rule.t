# From a failure's signature to a rule: drafted in $EDITOR, tried dry, kept, and run.
size 100 26
env EDITOR=sed -i s/^#\(.remedy.=.python\)/\1/
keys 4
keys jj
keys n
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
▸ own-fatal-error-no-such
› file      rule.conf:2, a draft: not kept yet
  phase     build
  class     sdist-build
  pattern   fatal +error: +[^\s:'"]+: +No +such +file +or +directory
  remedy    python older






────────────────────────────────────────────────────────────────────────────────────────────────────
  x tries it on every stored log; nothing is run or written by that









 Rule · a draft
 Enter open  / search  w wrap  x try dry  a keep  e edit  q back  Tab pane  : command  ? help
end
keys x
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
▸ own-fatal-error-no-such
› file      rule.conf:2, a draft: not kept yet
  phase     build
  class     sdist-build
  pattern   fatal +error: +[^\s:'"]+: +No +such +file +or +directory
  remedy    python older






────────────────────────────────────────────────────────────────────────────────────────────────────
  14 of 100 logs match, of 13 environments
  7 not accepted in the run dev-1: s makes them anew with the rule
› accepted   a-rather-long-owner-name__with-a-repository-name-that-never-ends-149
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› failed     a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› rejected   a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
 Rule · a draft · what it would match
 Enter open  / search  w wrap  x try dry  s keep and run  a keep  e edit  q back  Tab pane  ? help
end
keys <Tab>jjj<Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  #8 [4/6] RUN uv pip install
  #8 1.204 Installed 5 packages in 38ms
▸ fatal error: libxml/xpath.h: No such file or directory
  ERROR: failed to solve



















 runs/dev-1/a-rather-long-owner-name__with-a-repository-name-that-never-ends/…  line 3 of 4 · 144 B
 Enter open  / search  } error  w wrap  F follow  q back  : command  ? help
end
keys [
keys s
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  own-fatal-error-no-such
› file      rule.conf:2, a draft: not kept yet
  phase     build
  class     sdist-build
  pattern   fatal +error: +[^\s:'"]+: +No +such +file +or +directory
  remedy    python older






────────────────────────────────────────────────────────────────────────────────────────────────────
  14 of 100 logs match, of 13 environments
  7 not accepted in the run dev-1: s makes them anew with the rule
› accepted   a-rather-long-owner-name__with-a-repository-name-that-never-ends-149
▸   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› failed     a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› rejected   a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
 would keep the rule and make 7 instances anew (run=dev-1), what was is kept aside
 :rule-run run=dev-1
end
keys <Esc>
keys a
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
  own-fatal-error-no-such
› file      playbook.conf:2, of this workspace
  fired     never yet in the latest runs
  phase     build
  class     sdist-build
  pattern   fatal +error: +[^\s:'"]+: +No +such +file +or +directory
  remedy    python older





────────────────────────────────────────────────────────────────────────────────────────────────────
  14 of 100 logs match, of 13 environments
  7 not accepted in the run dev-1: s makes them anew with the rule
› accepted   a-rather-long-owner-name__with-a-repository-name-that-never-ends-149
▸   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› failed     a-rather-long-owner-name__with-a-repository-name-that-never-ends-338
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
›   would  python older
› rejected   a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
›   round-2/build.log:3  fatal error: libxml/xpath.h: No such file or directory
 Rule · own-fatal-error-no-such · what it would match
 own-fatal-error-no-such is kept in playbook.conf, before the shipped rules
end
keys e
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
▸ own-fatal-error-no-such
› file      rule.conf:2, a draft: not kept yet
  phase     build
  class     sdist-build
  pattern   fatal +error: +[^\s:'"]+: +No +such +file +or +directory
  remedy    python older






────────────────────────────────────────────────────────────────────────────────────────────────────
  x tries it on every stored log; nothing is run or written by that









 Rule · a draft
 Enter open  / search  w wrap  x try dry  a keep  e edit  q back  Tab pane  : command  ? help
end
keys q
keys q
keys ttt
keys <Enter>
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
▸ build-editable-legacy
› file      python.conf:216, shipped
  fired     33 times in 31 instances: 16 accepted in the end
›           in 10 of the accepted it was the last move
  phase     build
  class     project-install
  pattern   has no attribute '?\"?build_editable
            (?:lacks|missing|does not support) .*build_editable
            build_editable.{0,40}(?:missing|not found)
            requires? a setuptools-based build
            missing the '?build_editable
  remedy    rung no-isolation
────────────────────────────────────────────────────────────────────────────────────────────────────
  it fired in, what ended last first
› failed     pallets__jinja-247                   round 1  rung no-isolation
› failed     tobymao__sqlglot-240                 round 1  rung no-isolation
› accepted   pallets__click-233                   round 1  rung no-isolation
› error      pallets__click-226                   round 1  rung no-isolation
› failed     pallets__jinja-219                   round 1  rung no-isolation
› accepted   agronholm__anyio-212                 round 1  rung no-isolation
› error      pallets__click-198                   round 1  rung no-isolation
› rejected   pallets__jinja-191                   round 1  rung no-isolation
› accepted   pallets__jinja-177                   round 1  rung no-isolation
 Rule · build-editable-legacy
 Enter open  / search  w wrap  x try dry  e edit  q back  Tab pane  : command  ? help
end
keys a
screen
 lab   1 Over  2 Repo  3 Inst  4 Failures  5 Traj  6 Diff  7 Pipe  8 Revi
▸ build-editable-legacy
› file      python.conf:216, shipped
  fired     33 times in 31 instances: 16 accepted in the end
›           in 10 of the accepted it was the last move
  phase     build
  class     project-install
  pattern   has no attribute '?\"?build_editable
            (?:lacks|missing|does not support) .*build_editable
            build_editable.{0,40}(?:missing|not found)
            requires? a setuptools-based build
            missing the '?build_editable
  remedy    rung no-isolation
────────────────────────────────────────────────────────────────────────────────────────────────────
  it fired in, what ended last first
› failed     pallets__jinja-247                   round 1  rung no-isolation
› failed     tobymao__sqlglot-240                 round 1  rung no-isolation
› accepted   pallets__click-233                   round 1  rung no-isolation
› error      pallets__click-226                   round 1  rung no-isolation
› failed     pallets__jinja-219                   round 1  rung no-isolation
› accepted   agronholm__anyio-212                 round 1  rung no-isolation
› error      pallets__click-198                   round 1  rung no-isolation
› rejected   pallets__jinja-191                   round 1  rung no-isolation
› accepted   pallets__jinja-177                   round 1  rung no-isolation
 Rule · build-editable-legacy
 rule-keep: it stands in a playbook already
end
