# Another process holds the index.
run rm -f $W/held $W/free; mkfifo $W/held $W/free; python3 -c "import sqlite3,sys; c=sqlite3.connect('$W/index.db', isolation_level=None); c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('BEGIN EXCLUSIVE'); open('$W/held','w').write('x'); open('$W/free').read(); c.execute('ROLLBACK')" >/dev/null 2>&1 & cat $W/held >/dev/null
size 80 24
keys 3
await another process holds it locked; try
run echo >$W/free
keys <C-r>
await row 1 of 60
keys Q
status 0
