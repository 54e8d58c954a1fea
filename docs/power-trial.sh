#!/usr/bin/env bash
# Is the promised power really there? Grants every promise of the limits to true packs in random states and prints, by
# direction and horizon, how many broke a bound by more than 1 % and how tight they were: docs/theory/current-limits.md.
#
#   docs/power-trial.sh           10 000 states (five to ten minutes)
#   docs/power-trial.sh 1000      fewer
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/bms" --version >/dev/null # builds what is stale
exec java -XX:+UseSerialGC -cp "$root/examples/target/examples-0.1.0-SNAPSHOT.jar:$root/examples/target/lib/*" \
    io.github.bms4j.examples.PowerTrialExample "$@"
