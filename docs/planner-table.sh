#!/usr/bin/env bash
# How good and how fast the charge planner is: its cost beside simpler schedulers and beside linear and mixed-integer
# programmes solved by ojAlgo, and its time for 96 slots. docs/theory/charge-planner.md says how to read it.
#
#   docs/planner-table.sh          350 cases for the costs, 500 for the gaps, 200 for the times (about 2 minutes)
#   docs/planner-table.sh 50       fewer cases for costs and times
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -q -P bench -pl bms-core test-compile exec:exec \
    -Dbench.main=io.github.bms4j.charge.PlannerTable "-Dbench.args=${*:-}"
