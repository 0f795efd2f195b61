# again.sh ARGS…: sourced where the tests and the fix are applied; runs tests again and again, for
# chance shows itself late. Read beside it: f2p (ids; empty: nothing is repeated), unfixed (not
# empty: the fix is taken away for a while; then no F2P test may pass), others (files of which no
# test may fail). Says bottega-again, bottega-unfixed or bottega-others<TAB>REPEATS<TAB>BAD.
#
# One process repeats them, for a start costs more than most tests. Where that does not do well,
# each repetition is a process. The report tells, not the status: a floor of coverage is not
# reached by a few.
again_args=("$@")

# What a project's own options bring beside the named tests (a folder, another file) is not run.
again_run() { # LIST COMMAND…
    (
        if [ "$1" = f2p ]; then
            export PYTHONPATH="/bottega${PYTHONPATH:+:$PYTHONPATH}"
            export PYTEST_ADDOPTS="-p bottega_only ${PYTEST_ADDOPTS:-}"
        fi
        tr '\n' '\0' <"/bottega/$1" | xargs -0 "${@:2}" ${again_args[@]+"${again_args[@]}"} >/tmp/bottega-again.log 2>&1
    )
}

again() { # LIST NAME WRONG PROCESSES: WRONG (passes, fails) is what may not be seen
    local n=0 bad=1 end=$(($(date +%s) + 30))
    [ -s "/bottega/$1" ] || return 0
    rm -f /tmp/bottega-again.*
    again_run "$1" python /bottega/again.py "$3" 10 15 /tmp/bottega-again
    [ ! -s /tmp/bottega-again.n ] || read -r n bad </tmp/bottega-again.n
    if [ "$bad" = 0 ]; then
        printf 'bottega-%s\t%d\t0\n' "$2" "$n"
        return 0
    fi
    n=0
    while [ $n -lt "$4" ] && [ "$(date +%s)" -lt $end ]; do
        n=$((n + 1)) bad=0
        rm -f /tmp/bottega-again.xml
        again_run "$1" python -m pytest -q -p no:cacheprovider --junitxml=/tmp/bottega-again.xml
        [ -s /tmp/bottega-again.xml ] || break
        python /bottega/again.py "$3" /tmp/bottega-again.xml || bad=1
        [ $bad = 0 ] || cat /tmp/bottega-again.log
        printf 'bottega-%s\t%d\t%d\n' "$2" $n $bad
        [ $bad = 0 ] || break
    done
}

if [ -s /bottega/unfixed ] && git apply -R --whitespace=nowarn /bottega/fix.patch 2>/dev/null; then
    export PYTHONDONTWRITEBYTECODE=1 # what is compiled now must not be taken for the fix
    again f2p unfixed passes 10
    unset PYTHONDONTWRITEBYTECODE
    git apply --whitespace=nowarn /bottega/fix.patch || exit 98
fi
again f2p again fails 10
again others others fails 5
