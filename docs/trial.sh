#!/usr/bin/env bash
# Compiles the simulator with its tests and runs a main class among them: docs/trial.sh CLASS [ARGUMENT]...
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q -pl bms-sim -am test-compile dependency:build-classpath -Dspotless.check.skip=true \
    -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
exec java -XX:+UseSerialGC -cp "bms-sim/target/test-classes:bms-sim/target/classes:$(cat bms-sim/target/classpath)" "$@"
