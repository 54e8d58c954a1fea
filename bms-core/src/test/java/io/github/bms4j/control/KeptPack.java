package io.github.bms4j.control;

import io.github.bms4j.balance.BleedBoard;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.journal.JournalSettings;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.limit.CurrentTimeRating;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.limit.RemoteSource;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.protect.Equipment;
import io.github.bms4j.protect.ProtectSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Four groups of two cells with contactors, bleed board, fuse, detectors and two remote sources, and what keeps their memory. */
final class KeptPack {
    static final double UTC_S = 1.8e9;
    static final PackLayout LAYOUT = new PackLayout(4, 2, 2);
    /** Written every second and not forced: a killed process loses nothing by that. */
    static final MemorySettings MEMORY =
            new MemorySettings(1.0, 5.0, MemorySettings.standard().rule(), new JournalSettings(1 << 20, 1e9));

    final BatterySettings settings = settings();
    final BatteryManager manager = new BatteryManager(settings);
    final PackSample sample = new PackSample(LAYOUT);
    final PackSignals signals = new PackSignals(LAYOUT);
    final PackKeeper keeper;
    long nanos = 7_000_000_000L;
    double soc = 0.6;
    double linkV = 0.0;

    KeptPack(Path folder) throws IOException {
        keeper = new PackKeeper(PackJournal.open(folder, settings.cell(), LAYOUT, MEMORY), manager);
    }

    static BatterySettings settings() {
        CellType type = SampleCells.straight();
        Equipment nothing = new Equipment(false, false, false, false);
        PackEquipment equipment = new PackEquipment(
                ProtectSettings.of(type, LAYOUT, nothing, 0.1),
                ContactorRating.standard(4 * type.rating().maxV()),
                BleedBoard.usual(LAYOUT),
                PackEquipment.cellsOnly(type, LAYOUT).balance(),
                PackEquipment.cellsOnly(type, LAYOUT).thermal(),
                DetectorSettings.all(),
                List.of(new RemoteSource("grid", true), new RemoteSource("house", false)));
        LimitSettings limits =
                LimitSettings.standard().withSwitchgear(List.of(CurrentTimeRating.fuse(20.0, 20_000.0, 1.0)));
        BatterySettings base = BatterySettings.standard(type, LAYOUT, equipment);
        return new BatterySettings(type, LAYOUT, base.noise(), limits, base.controller(), base.planner(), equipment);
    }

    /** One cycle of a tenth of a second; the third cell holds more than the others. */
    void cycle(double packA) {
        nanos += 100_000_000L;
        soc -= packA / 2.0 * 0.1 / 10_800.0;
        sample.begin(nanos);
        sample.readCurrent(packA);
        for (int c = 0; c < 4; c++) {
            sample.readCellVoltage(c, 3.2 + 0.9 * (soc + (c == 2 ? 0.02 : 0.0)) - packA / 2.0 * 0.020);
        }
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        signals.begin(nanos);
        manager.step(sample, signals);
        keeper.count(sample);
    }

    void seconds(double packA, int seconds) throws IOException {
        for (int s = 0; s < seconds; s++) {
            for (int k = 0; k < 10; k++) {
                cycle(packA);
            }
            keeper.step(nanos, utcS(), sample);
        }
    }

    double utcS() {
        return UTC_S + nanos * 1e-9;
    }
}
