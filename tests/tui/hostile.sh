#!/bin/sh
# What a workbench must live through: a terminal that goes or changes, a workspace that cannot be
# written, an index that is held or damaged, names and logs as nobody wants them. Each is a file
# of hostile/; `hostile.sh --update [CASE]` writes what is seen into them: read the diff.
. "$(dirname "$0")/../lib.sh"
screens=$BOTTEGA_BUILD/tests/tui/screens
if [ ! -x "$screens" ] || ! command -v python3 >/dev/null; then
    skip "hostile" "it wants libvterm and python3"
    finish
fi
update=${1:-}
only=${2:-}
mounted=
cleanup() { [ -z "$mounted" ] || umount "$mounted"; rm -rf "$tmp"; }
trap 'exit 1' HUP INT TERM
export HOME="$tmp" XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state" BOTTEGA_NOW=1700400000
chmod 755 "$tmp"
python3 "$BOTTEGA_TOP/tests/fixtures/mkworkspace" "$tmp/made" >/dev/null
"$BOTTEGA" -C "$tmp/made" reindex -q
wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

# see NAME [WORDS before the program]: the case in the workspace lab; on_copy has one of its own.
see() {
    name=$1
    shift
    wanted "$name" || return 0
    rm -rf "$tmp/state" && mkdir -m 777 "$tmp/state"
    "$@" "$screens" ${update:+"$update"} "$tmp/lab" "$BOTTEGA_TOP/tests/tui/hostile/$name.t" || bad=1
}
on_copy() {
    wanted "$1" || return 0
    rm -rf "$tmp/lab" && cp -a "$tmp/made" "$tmp/lab"
    see "$@"
}
cp -a "$tmp/made" "$tmp/lab"

see hangup
is "hangup: nothing is left of it" "" "$(ps -eo args | grep -F "$tmp/lab" | grep -v grep)"
see storm

# Root may write anywhere: then somebody else looks.
if [ "$(id -u)" != 0 ]; then
    chmod -R a-w "$tmp/lab"
    see read-only
    chmod -R u+w "$tmp/lab"
elif setpriv --reuid=65534 --clear-groups test -x "$BOTTEGA" 2>/dev/null; then
    see read-only setpriv --reuid=65534 --clear-groups
else
    skip "read-only" "root writes anywhere, and nobody else can run it"
fi

on_copy locked
on_copy damaged
mkdir "$tmp/small"
if wanted full-disk && mount -t tmpfs -o size=24m bottega-test "$tmp/small" 2>/dev/null; then
    mounted=$tmp/small
    cp -a "$tmp/made/." "$tmp/small/" && rm -rf "$tmp/lab" && ln -s small "$tmp/lab"
    see full-disk
    rm -f "$tmp/lab" && umount "$mounted" && mounted=
elif wanted full-disk; then
    skip "full-disk" "a small file system can not be mounted here"
fi
rm -rf "$tmp/lab" && mv "$tmp/made" "$tmp/lab"
python3 "$BOTTEGA_TOP/tests/tui/hostile/names.py" "$tmp/lab" >/dev/null
"$BOTTEGA" -C "$tmp/lab" reindex -q
see names
see log
finish
