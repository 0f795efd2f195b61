# A line of the summary opens another tab; q comes back to that line, then to the list.
size 80 24
keys 3
keys <Enter>
keys jjjj<Enter>
await Tests
keys q
await line 5 of
await Summary
keys gr <Enter>
await Tests
keys q
await round 1 of
keys q
await row 1 of 60
keys Q
status 0
