#!/bin/sh
# Screens: every *.t of this folder, in a terminal of our own. `screens.sh --update` writes what
# is seen into the files instead: read the diff.
. "$(dirname "$0")/../lib.sh"
screens=$BOTTEGA_BUILD/tests/tui/screens
if [ ! -x "$screens" ]; then
    skip "screens" "libvterm was not there when this was configured"
    finish
fi
if ! command -v python3 >/dev/null; then
    skip "screens" "no python3 to make the workspace"
    finish
fi
export HOME="$tmp" XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state" BOTTEGA_NOW=1700400000
python3 "$BOTTEGA_TOP/tests/fixtures/mkworkspace" "$tmp/lab" >/dev/null
"$BOTTEGA" -C "$tmp/lab" reindex -q
for t in "$BOTTEGA_TOP"/tests/tui/*.t; do
    rm -rf "$tmp/state"
    "$screens" ${1:+"$1"} "$tmp/lab" "$t" || bad=1
done
finish
