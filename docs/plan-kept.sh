#!/usr/bin/env bash
# Are charge plans kept? Charges simulated packs whose true cells differ from what is believed of them and prints energy and end
# beside the plan made at the plug, and whether a limit of a true cell was broken: docs/theory/charge-planner.md.
#
#   docs/plan-kept.sh             10 packs for each case (about 5 minutes)
#   docs/plan-kept.sh 3           fewer
#   docs/plan-kept.sh 20 "fast    25"    only the cases whose name begins so
set -euo pipefail
exec "$(dirname "$0")/trial.sh" io.github.bms4j.sim.run.KeptPlanTable "$@"
