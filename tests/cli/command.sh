#!/bin/sh
# The command line itself: help, unknown words, global options, exits.
. "$(dirname "$0")/../lib.sh"

status "help lists verbs" 0 "$BOTTEGA" help
like "help names init" '^  init ' "$out"
status "help keys" 0 "$BOTTEGA" help keys
like "help keys: a key, a name, a sentence" '^  gg Home +top +to the first row$' "$out"
status "help man" 0 "$BOTTEGA" help man
verbs=$("$BOTTEGA" help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for verb in $verbs; do
    printf '%s\n' "$out" | grep -q "^\.SS $verb" || say_bad "the man page has $verb"
done
like "the man page has the actions" '^\.B V   mark\\-range$' "$out"
like "the man page has the options" '^\.B ui\.theme = dark$' "$out"
if command -v groff >/dev/null; then
    is "roff finds nothing wrong" "" "$(printf '%s\n' "$out" | groff -man -Tutf8 -ww -z -Kutf8 2>&1)"
else
    skip "roff finds nothing wrong" "no groff"
fi
status "an unknown verb is the command's fault" 2 "$BOTTEGA" frobnicate
like "… and is named" 'no verb is called frobnicate' "$out"
status "an unknown option is the command's fault" 2 "$BOTTEGA" init --frob "$tmp/w"
status "init makes a workspace" 0 "$BOTTEGA" init "$tmp/w"
status "init again is no error" 0 "$BOTTEGA" init "$tmp/w"
is "the layout stands" "batches bottega.conf cache decisions exports mirrors recipes reviews rollouts runs tasks" \
    "$(cd "$tmp/w" && echo *)"
status "a wrong option value is refused" 2 "$BOTTEGA" -C "$tmp/w" -c image.source=moon list instances
like "… with the words it may have" 'must be one of auto\|hub\|local' "$out"
status "a folder that is no workspace is missing something" 3 "$BOTTEGA" -C "$tmp" list instances
like "… and the mend is said" 'init. makes one' "$out"
finish
