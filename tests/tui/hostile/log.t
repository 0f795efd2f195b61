# A log full of what a terminal would obey: shown, and not obeyed.
size 80 24
keys 3
keys <Enter>
keys gb
await ^[[2J^[[H^[]0;a title of its own^G
await ^[c reset ^[#8 ^[(0 lines ^N shifted ^O <90>dcs<9c> <9b>31m c1
await <U+202E>evil<U+202C> done
await ^[]52;c;aGk=^G ^[[6n ^[[c
await 1 Over
keys G
await last line
keys h l w
await 1 Over
keys Q
status 0
