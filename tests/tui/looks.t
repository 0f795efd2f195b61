# The user's files of keys and colours are read again when they change; a wrong line is named,
# and what was read before stays.
size 80 24
run mkdir -p $XDG_CONFIG_HOME/bottega/themes && cp $BOTTEGA_TOP/themes/mono.theme $XDG_CONFIG_HOME/bottega/themes/own.theme
keys 3
type :theme own
keys <Enter>
run printf '[mono]\n\ttext = bold\n\tselected = reverse\n' >$W/new && mv $W/new $XDG_CONFIG_HOME/bottega/themes/own.theme
await the theme has changed
look 5 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb        bbbbbbbbbbbbbbbbbbb bbbb bbbbbbbb
run printf '[keys]\n\tdown = X\n' >$W/new && mv $W/new $XDG_CONFIG_HOME/bottega/keys
await the keys have changed
keys XX
await row 3 of
run printf '[keys]\n\tdown = X\n\tup = X\n' >$W/new && mv $W/new $XDG_CONFIG_HOME/bottega/keys
await keys:3: up = X: 
keys X
await row 4 of
run rm $XDG_CONFIG_HOME/bottega/keys
await the keys have changed
keys k
await row 3 of
keys Q
status 0
