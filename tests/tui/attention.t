# Instances in need of a person: marked, found, and the mark taken away again.
size 100 24
env USER=ada
run printf '[review]\n\tcurator = ada\n' >>$W/bottega.conf
keys 3
keys <Space><Space> m
await needs-attention: 2 marked
keys <Esc> /
type mark:needs-attention
keys <Enter>
await 2 of 60
keys <Enter>
await curators  needs-attention (ada)
keys q
keys M
await needs-attention: taken away from 2
await Nothing matches
run grep -c retraction $W/reviews/ada.jsonl >/dev/null && rm $W/reviews/ada.jsonl && $BOTTEGA -C $W reindex -q
