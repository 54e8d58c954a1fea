#!/usr/bin/env bash
# Fits cells to measured data, then scores estimators on recordings those fits never saw: accuracy.sh [DATA_DIR]
# Without DATA_DIR on the data in examples/data; with one also on the sets in it that cannot be shipped (docs/estimate.md).
# Cell files, tables and reports go to out/accuracy.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bms=$here/../bms
out=$here/../out/accuracy
mkdir -p "$out"

fit() { # fit FILE NAME options…
    local file=$1 name=$2
    shift 2
    echo "fit $file"
    "$bms" fit --name "$name" "$@" -o "$out/$file.yaml" >"$out/$file.txt"
}

p=$here/data/panasonic-ncr18650pf
pulses=(--pulse 25="$p/hppc_25c.csv.gz" --pulse 10="$p/hppc_10c.csv.gz" --pulse 0="$p/hppc_0c.csv.gz")
fit panasonic-a "Panasonic NCR18650PF" --ocv 25="$p/ocv_c20_25c.csv.gz" "${pulses[@]}" \
    --drive 25="$p/drive_cycle1_25c.csv.gz" --drive 10="$p/drive_cycle2_10c.csv.gz" --drive 0="$p/drive_cycle1_0c.csv.gz"
fit panasonic-b "Panasonic NCR18650PF" --ocv 25="$p/ocv_c20_25c.csv.gz" "${pulses[@]}" \
    --drive 25="$p/drive_us06_25c.csv.gz" --drive 25="$p/drive_hwfet_25c.csv.gz" \
    --drive 10="$p/drive_us06_10c.csv.gz" --drive 0="$p/drive_us06_0c.csv.gz"
d=$here/data/dmegc-inr18650-2p6ah
for cell in 1 2; do
    fit "dmegc$cell" "DMEGC INR18650" --ocv 25="$d/ocv_c20_cell$cell.csv.gz" --pulse 25="$d/pulse_1c_cell$cell.csv.gz" \
        --drive 25="$d/discharge_0p5c_cell$cell.csv.gz" --drive 25="$d/discharge_1c_cell$cell.csv.gz" \
        --drive 25="$d/discharge_2c_cell$cell.csv.gz"
done

matrix=$here/accuracy.yaml
if [ $# -gt 0 ]; then
    data=$1
    matrix=$here/accuracy-all.yaml
    e=$data/aboutenergy-nmc111-pouch-12p5ah
    fit aboutenergy "About:Energy NMC111 12.5 Ah" --ocv 25="$e/discharge_c20_25c.csv.gz" \
        --drive 25="$e/discharge_c2_25c.csv.gz" --drive 25="$e/discharge_1c_25c.csv.gz" --drive 25="$e/discharge_2c_25c.csv.gz"
    s=$data/samsung-inr18650-30q
    fit samsung "Samsung INR18650-30Q" --ocv 25="$s/discharge_c10_s001.csv.gz" --pulse 20="$s/hppc_1c_20c_cell1.csv.gz" \
        --drive 25="$s/discharge_1c_s001.csv.gz" --drive 25="$s/discharge_2c_s001.csv.gz"
    a=$data/a123-26650-lfp
    slow=(--ocv 5="$a/ocv_c30_5c.csv.gz" --ocv 25="$a/ocv_c30_25c.csv.gz" --ocv 35="$a/ocv_c30_35c.csv.gz")
    fit a123-25 "A123 ANR26650" "${slow[@]}" --drive 5="$a/dynamic_5c.csv.gz" --drive 35="$a/dynamic_35c.csv.gz"
    fit a123-35 "A123 ANR26650" "${slow[@]}" --drive 5="$a/dynamic_5c.csv.gz" --drive 25="$a/dynamic_25c.csv.gz"
    fit a123-5 "A123 ANR26650" "${slow[@]}" --drive 25="$a/dynamic_25c.csv.gz" --drive 35="$a/dynamic_35c.csv.gz"
    set -- --data "$data"
fi
"$bms" estimate --matrix "$matrix" --cells "$out" "$@" --report "$out/accuracy.html"
