# An editor that fails, and one that changes nothing, try nothing.
size 80 24
env EDITOR=test -s
keys 3
keys jjj<Enter>
keys gd
keys e
await nothing was changed, so nothing is tried
keys :
type edit lock
keys <Enter>
await nothing was changed
