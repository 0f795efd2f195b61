#!/bin/sh
# The command line itself: help, unknown words, global options, exits.
. "$(dirname "$0")/../lib.sh"

status "help lists verbs" 0 "$BOTTEGA" help
like "help names init" '^  init ' "$out"
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
