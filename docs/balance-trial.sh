#!/usr/bin/env bash
# Balancing by charge beside balancing by voltage on a true iron phosphate pack in daily use: docs/theory/balancing.md says how to read
# it. The same arguments print the same figures.
#
#   docs/balance-trial.sh               60 days, mean of 4 packs (about half a minute after the build)
#   docs/balance-trial.sh DAYS PACKS    other numbers
set -euo pipefail
cd "$(dirname "$0")/.."
./bms --help >/dev/null                # builds what is older than its sources, with examples/target/lib
mvn -B -q -pl bms-sim -am test-compile -Dspotless.check.skip=true
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "bms-sim/target/test-classes:examples/target/lib/*" io.github.bms4j.sim.balance.BalanceTrial "$@"
