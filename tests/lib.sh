# lib.sh: what every shell test sources. A test is a script in tests/<group>/ that prints TAP.
#
#   is NAME WANT GOT        the two texts are equal
#   like NAME REGEX TEXT    the text has a line that matches (grep -E)
#   status NAME WANT CMD…   the command ends with this status; its output is in $out (both streams)
#   skip NAME WHY
# $tmp is a folder of this test, removed at its end; $BOTTEGA is the program under test.
set -u
tmp=$(mktemp -d)
trap 'cleanup' EXIT
cleanup() { rm -rf "$tmp"; }
bad=0
say_ok() { printf 'ok %s\n' "$1"; }
say_bad() { bad=1; printf 'not ok %s\n' "$1"; shift; printf '# %s\n' "$@"; }
is() { if [ "$2" = "$3" ]; then say_ok "$1"; else say_bad "$1" "wanted: $2" "got:    $3"; fi; }
like() { if printf '%s\n' "$3" | grep -qE -- "$2"; then say_ok "$1"; else say_bad "$1" "wanted a line like: $2" "got: $3"; fi; }
status() {
    name=$1 want=$2
    shift 2
    out=$("$@" 2>&1)
    got=$?
    if [ "$got" = "$want" ]; then say_ok "$name"; else say_bad "$name" "wanted status $want, got $got" "$out"; fi
}
skip() { printf 'ok %s # SKIP %s\n' "$1" "$2"; }
finish() { exit $bad; }
