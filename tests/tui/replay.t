# A recorded session of more than 60 actions replays to the same screens.
run rm -rf $W/session $W/replay && mkdir $W/session $W/replay
args --record $W/session/rec
size 80 24
keys 3
keys jjkG
snap $W/session
keys gg <C-d><C-u> ll h
snap $W/session
keys <Space><Space> jj V
snap $W/session
keys u
keys /
type state:rejected repo:pal
keys <Tab><Tab>
snap $W/session
keys <Enter>
keys *
type :sort -sec
keys <Tab>
snap $W/session
keys <Enter>
snap $W/session
keys gu
keys <Enter>
snap $W/session
keys tt
keys gt
snap $W/session
keys a jj
keys gr j
snap $W/session
keys gb
keys /
type ERROR|Installed
keys <Enter>
snap $W/session
keys nN w
keys gd >
snap $W/session
keys J
keys gs
snap $W/session
keys q
keys <Esc>
keys 2
keys jj
snap $W/session
keys <Tab> j
keys <Enter>
snap $W/session
size 120 30
snap $W/session
keys [
keys ]
keys 4
snap $W/session
keys t
keys j
snap $W/session
keys 7
snap $W/session
keys 1
keys 3
keys ?
type mark every
keys <Down>
snap $W/session
keys <Enter>
snap $W/session
keys uu
type :theme light
keys <Enter>
keys |
snap $W/session
keys ||| z
keys z <Tab>
keys jj <S-Tab>
mouse press 10 6
snap $W/session
mouse press 18 1
mouse down 10 10
snap $W/session
size 80 24
snap $W/session
keys Q
status 0
run test "$(grep -cE '^(action|key|mouse|type)' $W/session/rec)" -ge 60
run awk -v to=$W/replay 'NR == FNR { at[$1] = at[$1] " " $2; next } { print } FNR in at { n = split(at[FNR], k, " "); for (i = 1; i <= n; i++) print "wait\nscreen " to "/" k[i] }' $W/session/at $W/session/rec >$W/replay.script
again --script $W/replay.script
size 80 24
status 0
run cd $W && rm session/rec session/at && diff -r -I 'GiB free of' session replay
