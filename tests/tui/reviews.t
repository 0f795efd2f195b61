# The queue of what nobody has decided on: one key each, taken back by u; labels and notes; the
# words complete; filters of screens that one is not on come back with the session.
size 100 24
env USER=ada
run printf '[review]\n\tcurator = ada\n' >>$W/bottega.conf
keys 8
screen
 lab   1 Over  2 Repo  3 Inst  4 Fail  5 Traj  6 Diff  7 Pipe  8 Reviews
 decided: you are ada; nobody has decided on anything yet
 filter: state:accepted -mark:accept,drop,unsure                                            23 of 60
  instance▴                                     state       class  F2P  P2P  round    time  ended  →
▸ Instagram__MonkeyType-296                     ● accepted  –        1   56      1    23 s     4d
  a-rather-long-owner-name__wit…never-ends-149  ● accepted  –        2   29      3    39 s     4d
  agronholm__anyio-128                          ● accepted  –        1    8      2    15 s     4d
  agronholm__anyio-212                          ● accepted  –        1   32      2    35 s     3d
  pallets__click-100                            ● accepted  –        1   40      1  1m 17s     4d
  pallets__click-107                            ● accepted  –        4   47      3    31 s     4d
  pallets__click-233                            ● accepted  –        2   53      2    24 s     3d
  pallets__click-261                            ● accepted  –        2   21      1    40 s     4d
────────────────────────────────────────────────────────────────────────────────────────────────────
  Instagram__MonkeyType-296
  ● accepted in round 1
  reason    all clauses hold
› issue     TypeError: unhashable type: 'list' in cache key
› tests     F2P 1 · P2P 56 · 58 in all
› built     python 3.6 · lock 5 packages · image 201 MiB
  run       dev-1 · rules · 23 s · ended 2023-11-14T22:34:13Z
  phases    lock 1.5 s · build 11 s · evaluate 7.7 s

 Reviews                                                                                row 1 of 23
 Enter open  / filter  space mark  S sort  r re-run  a accept  d drop  U unsure  v verify  ? help
end
keys a
await accept: 1 decided; u takes it back
await ada (you): 1 accept, 0 drop, 0 unsure
keys d
await drop: 1 decided
await row 1 of 21
keys u
await 1 of a curator's words taken back
await 1 accept, 0 drop, 0 unsure
type :label odd one
keys <Enter>
await label on 1: odd one
type :note looks like the other
keys <Enter>
await note on 1
keys /
type  label:
await "odd one"
keys <Esc><Esc>
keys 2
keys /
type pal
keys <Enter>
await 2 of 8
keys 1
keys Q
status 0
again
size 100 24
await collected
keys 2
await 2 of 8
run rm $W/reviews/ada.jsonl && $BOTTEGA -C $W reindex -q
keys Q
status 0
