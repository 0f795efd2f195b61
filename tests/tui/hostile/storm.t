# Five hundred sizes, one after the other.
size 80 24
keys 3
keys jjj
storm 500
await row 4 of 60
press 1
await collected
storm 500
press 3 G
await row 60 of 60
press Q
status 0
