#!/usr/bin/env bash
# Nanoseconds per cell and step of the estimators, beside EJML filters and, where a C compiler is and a C program is named,
# beside that program, all in one run: docs/theory/vector-kernels.md says how to read it.
#
#   docs/estimator-speed.sh                          our figures and EJML's, fleet replay and rest (about 5 minutes)
#   docs/estimator-speed.sh EKF_C                    the same with the C program whose source EKF_C is
#   docs/estimator-speed.sh EKF_C -p cells=96,400 -p filter=PLAIN_EKF,CELL_EKF
#                                                    some of it: JMH parameters of PackEstimatorBenchmark
#
# The environment variable BMS4J_EKF_C names the C program, too. Its options: VARIANT CELLS REPETITIONS with the variants
# aos, soa and ukfr_soa; it prints "med NANOSECONDS".
set -euo pipefail
args=("$@")
if [[ -n "${args[0]:-}" && "${args[0]}" != -* ]]; then
    args[0]=$(realpath -- "${args[0]}")
fi
cd "$(dirname "$0")/.."
exec mvn -q -P bench -pl bms-core test-compile exec:exec \
    -Dbench.main=io.github.bms4j.bench.EstimatorTable "-Dbench.args=${args[*]:-}"
