#!/usr/bin/env bash
# Makes the fitted cell files that are shipped in bms-sim again: docs/fit-shipped-cells.sh DATA OUT
# (diff -r OUT bms-sim/src/main/resources/io/github/bms4j/sim/cells then shows what a change of the fit does.)
# DATA holds the measured files in the folders named below; where they come from stands in NOTICE and in each cell file.
set -eu
data=$1
out=$2
bms=$(dirname "$0")/../bms

p=$data/panasonic-ncr18650pf
"$bms" fit --name "Panasonic NCR18650PF" --chemistry NCA \
    --origin "P. Kollmeyer, Panasonic 18650PF Li-ion Battery Data, Mendeley Data V1 (2018), doi:10.17632/wykht8y7tg.1" \
    --licence "CC BY 4.0" \
    --ocv 25="$p/ocv_c20_25c.csv.gz" \
    --pulse 25="$p/hppc_25c.csv.gz" --pulse 10="$p/hppc_10c.csv.gz" --pulse 0="$p/hppc_0c.csv.gz" \
    --drive 25="$p/drive_cycle1_25c.csv.gz" --drive 10="$p/drive_cycle2_10c.csv.gz" \
    --drive 0="$p/drive_cycle1_0c.csv.gz" \
    -o "$out/panasonic-ncr18650pf.fitted.yaml"

d=$data/dmegc-inr18650-2p6ah
"$bms" fit --name "DMEGC INR18650 2.6 Ah" --chemistry NMC \
    --origin "Li-ion Battery Electro-Thermal Dataset, github.com/Silencefrog9305/Digital-Twins-for-Battery-Using-CTA-MTL, cell 1" \
    --licence MIT \
    --ocv 25="$d/ocv_c20_cell1.csv.gz" --pulse 25="$d/pulse_1c_cell1.csv.gz" \
    --drive 25="$d/discharge_0p5c_cell1.csv.gz" --drive 25="$d/discharge_1c_cell1.csv.gz" \
    --drive 25="$d/discharge_2c_cell1.csv.gz" \
    -o "$out/dmegc-inr18650.yaml"

l=$data/lg-m50-21700
"$bms" fit --name "LG M50 21700" --chemistry NMC \
    --origin "PyBOP examples/data/LG_M50_ECM, github.com/pybop-team/PyBOP" --licence BSD-3-Clause \
    --ocv 25="$l/rate_0p1c_25c.csv.gz" --ocv 10="$l/rate_0p1c_10c.csv.gz" \
    --pulse 25="$l/pulses_25c.csv.gz" --pulse 10="$l/pulses_10c.csv.gz" \
    --drive 25="$l/rate_0p5c_25c.csv.gz" --drive 25="$l/rate_1c_25c.csv.gz" --drive 25="$l/rate_2c_25c.csv.gz" \
    --drive 10="$l/rate_0p5c_10c.csv.gz" --drive 10="$l/rate_1c_10c.csv.gz" --drive 10="$l/rate_2c_10c.csv.gz" \
    -o "$out/lg-m50.yaml"

n=$data/nissan-leaf-2013-cell
"$bms" fit --name "Nissan Leaf 2013 cell" --chemistry LMO \
    --origin "G. Wiggins, S. Allu, H. Wang, Battery cell data from a 2013 Nissan Leaf, doi:10.5281/zenodo.2580327" \
    --licence MIT \
    --ocv 25="$n/hppc_25c.csv.gz" \
    --drive 25="$n/thermal_1c_discharge.csv.gz" --drive 25="$n/thermal_2c_discharge.csv.gz" \
    -o "$out/nissan-leaf-2013.yaml"

m=$data/maxamps-lipo-5450
"$bms" fit --name "MaxAmps LiPo 5450 mAh" --chemistry LCO \
    --origin "uw-mad-dash Battery-SoC-Estimation, doi:10.5281/zenodo.7553043" --licence Apache-2.0 \
    --ocv 25="$m/cycle_1c_n1.csv.gz" \
    --drive 25="$m/cycle_2c_n1.csv.gz" --drive 25="$m/cycle_3c_n1.csv.gz" --drive 25="$m/cycle_4c_n1.csv.gz" \
    -o "$out/maxamps-lipo-5450.yaml"
