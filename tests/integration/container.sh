#!/bin/sh
# Real containers: limits, logs, copies, builds, clean-up.
exec "$BOTTEGA_BUILD/tests/integration/container"
