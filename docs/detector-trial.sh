#!/usr/bin/env bash
# What the detectors find in the simulator, how soon and how true, and what they find that is not there:
# docs/theory/detectors.md says how to read it.
#
#   docs/detector-trial.sh             4 seeds of each of five kinds of packs, 20 of them for 60 days without a fault (about 6 minutes)
#   docs/detector-trial.sh 1 20        1 seed, 5 of them for 20 days
set -euo pipefail
exec "$(dirname "$0")/trial.sh" io.github.bms4j.sim.detect.DetectorTrial "$@"
