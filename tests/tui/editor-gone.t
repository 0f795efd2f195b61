# An editor that fails is said in one line.
size 80 24
env EDITOR=no-such-editor
keys 3
keys jjj<Enter>
keys gd
keys e
await the editor ended with status 127
