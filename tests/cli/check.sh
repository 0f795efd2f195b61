#!/bin/sh
# check --leaks: what it wants, and what the part of it that reads Python finds in a folder.
. "$(dirname "$0")/../lib.sh"

"$BOTTEGA" init -q "$tmp/w"
status "check of nothing" 2 "$BOTTEGA" -C "$tmp/w" check
like "… it says what there is" 'check what\? --leaks' "$out"
status "nothing is accepted" 0 "$BOTTEGA" -C "$tmp/w" check --leaks
like "… it says so" 'no environment of the run main is accepted' "$out"
status "a run that is no name" 2 "$BOTTEGA" -C "$tmp/w" check --leaks --run ../x

if ! command -v python3 >/dev/null || ! command -v git >/dev/null; then
    skip "python and git" "not here"
    finish
fi
mkdir -p "$tmp/t/src/paint" "$tmp/in"
cd "$tmp/t" || exit 1
git init -q .
printf 'def mix(a, b):\n    return a + b\n' >src/paint/mix.py
printf 'WELL = 1\n' >src/paint/well.py
git add -A
git -c user.name=t -c user.email=t@t commit -q -m base
printf 'return (a + b) / 2  # the mean\n' >"$tmp/in/added"
audit() { BOTTEGA_IN="$tmp/in" python3 "$BOTTEGA_DATA/images/audit.py"; }
compile() { python3 -c 'import py_compile, sys
mode = getattr(py_compile.PycInvalidationMode, sys.argv[2])
py_compile.compile(sys.argv[1], invalidation_mode=mode, doraise=True)' "$1" "$2"; }

is "a clean checkout" "" "$(audit)"
compile src/paint/mix.py TIMESTAMP
compile src/paint/well.py UNCHECKED_HASH
is "compiled from what is there" "" "$(audit)"
printf 'def mix(a, b):\n    return (a + b) / 2  # the mean\n' >src/paint/mix.py
compile src/paint/mix.py UNCHECKED_HASH
git checkout -q -- .
like "compiled from another source" 'bytecode	src/paint/__pycache__/mix\..*another source	2' "$(audit)"
rm -r src/paint/__pycache__
mkdir -p build/lib/paint
cp src/paint/mix.py build/lib/paint/
is "a copy of what is there" "" "$(audit)"
printf 'def mix(a, b):\n    return (a + b) / 2  # the mean\n' >build/lib/paint/mix.py
like "a later copy" 'build	build/lib/paint/mix.py	it is a later src/paint/mix.py	return \(a' "$(audit)"
rm -r build
python3 -m py_compile src/paint/well.py
rm src/paint/well.py
like "compiled, and its source is gone" 'bytecode	src/paint/__pycache__/well.*not here' "$(audit)"

# Repeats: which reports are wrong.
again() { printf '<testsuite>%s</testsuite>' "$2" >"$tmp/r.xml"; python3 "$BOTTEGA_DATA/images/again.py" "$1" "$tmp/r.xml"; echo $?; }
is "all pass, none may fail" 0 "$(again fails '<testcase name="a"/><testcase name="b"><skipped/></testcase>')"
is "one fails, none may" 1 "$(again fails '<testcase name="a"/><testcase name="b"><failure/></testcase>')"
is "no test, none may fail" 1 "$(again fails '')"
is "all fail, none may pass" 0 "$(again passes '<testcase name="a"><error/></testcase><testcase name="b"><skipped/></testcase>')"
is "one passes, none may" 1 "$(again passes '<testcase name="a"><failure/></testcase><testcase name="b"/>')"
is "no test, none may pass" 0 "$(again passes '')"
finish
