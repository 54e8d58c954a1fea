#!/usr/bin/env bash
# The multi-stage fast charge against constant current and voltage in the same time, on true packs with true plating maps:
# docs/theory/fast-charge.md says how to read it.
#
#   docs/fast-charge-trial.sh          5 seeds (about 2 minutes)
#   docs/fast-charge-trial.sh 2        2 seeds
set -euo pipefail
exec "$(dirname "$0")/trial.sh" io.github.bms4j.sim.detect.FastChargeTrial "$@"
