#!/usr/bin/env bash
# The battery manager's fast charge in stages against constant current and voltage in the same time, on true packs with true plating
# maps: docs/theory/fast-charge.md says how to read it. Nothing was chosen on these seeds and temperatures.
#
#   docs/fast-charge-trial.sh          seeds 11 to 13 (about 5 minutes)
#   docs/fast-charge-trial.sh 1 21     seed 21
set -euo pipefail
exec "$(dirname "$0")/trial.sh" io.github.bms4j.sim.run.FastChargeTrial "$@"
