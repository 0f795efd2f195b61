# A workspace on a disk that is full.
run dd if=/dev/zero of=$W/ballast bs=4096 status=none 2>/dev/null; true
size 80 24
keys 3
keys jj
await row 3 of 60
keys m
await cannot append to 
await row 3 of 60
keys Q
status 0
