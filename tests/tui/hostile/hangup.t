# The terminal goes away in the middle of things: it ends, all that it began ends, and where one
# was is kept.
size 80 24
keys 3
keys jj
press :sql<Space>SELECT<Space>count(*)<Space>FROM<Space>environments<Space>a,environments<Space>b,environments<Space>c,environments<Space>d<Enter>
await reading
press !sleep<Space>999<Enter>
again
size 80 24
await row 3 of 60
