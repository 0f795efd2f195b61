# Pages of the index hold nonsense.
run "$BOTTEGA" -C $W list repositories >/dev/null; rm -f $W/index.db-wal $W/index.db-shm; python3 -c "f=open('$W/index.db','r+b'); n=f.seek(0,2)//4096; [(f.seek(4096*i),f.write(b'damage!!'*512)) for i in range(2,n)]"
size 80 24
await it is damaged; `bottega reindex`
await It cannot be counted.
keys 3
await it is damaged; `bottega reindex`
keys 4
await it is damaged; `bottega reindex`
keys Q
status 0
# One page of many: what needs it says so, the rest shows.
run "$BOTTEGA" -C $W reindex -q 2>/dev/null || { rm -f $W/index.db*; "$BOTTEGA" -C $W reindex -q; }
run python3 -c "import sqlite3; c=sqlite3.connect('$W/index.db'); p=c.execute('SELECT rootpage FROM sqlite_master WHERE name = ?', ('latest_seconds',)).fetchone()[0]; c.execute('PRAGMA wal_checkpoint(TRUNCATE)'); c.close(); f=open('$W/index.db','r+b'); f.seek(4096*(p-1)); f.write(b'damage!!'*512)"
again
size 80 24
keys 3
await row 1 of 60
type :sort -seconds
keys <Enter>
await it is damaged; `bottega reindex`
type :sort instance_id
keys <Enter>
await row 1 of 60
keys Q
status 0
