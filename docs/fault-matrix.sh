#!/usr/bin/env bash
# The fault table, every fault against its detector in the simulator, and what trips without a fault:
# docs/theory/protection.md says how to read it.
#
#   docs/fault-matrix.sh            the fault table and the matrix (about 10 seconds)
#   docs/fault-matrix.sh HOURS      the same, then so many hours of driving without a fault (1000: about a minute)
#
# Exit code 1 when a fault is missed, late or without its reaction, or when anything trips without one.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/bms" --version >/dev/null
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC \
    -cp "$root/examples/target/examples-0.1.0-SNAPSHOT.jar:$root/examples/target/lib/*" \
    io.github.bms4j.examples.FaultMatrixExample "$@"
