package io.github.bms4j.detect;

/** What a finding is about, and the unit its figures are in. */
public enum Suspect {
    /** A cell loses charge that no sensor sees: leak current of the group, mA. */
    CELL_LEAK("cell", "leaks", 1e3, "mA"),
    /** A cell's relaxation has a stripping plateau: by how much it bulges, mV. */
    CELL_PLATING("cell", "shows a stripping plateau of", 1e3, "mV"),
    /** A cell's voltage sensor: what it shows too much, mV. */
    CELL_VOLTAGE_SENSOR("voltage sensor of cell", "is off by", 1e3, "mV"),
    /** The pack's voltage sensor: what it shows too much, mV. */
    PACK_VOLTAGE_SENSOR("pack voltage sensor", "is off by", 1e3, "mV"),
    /** The pack's current sensor: what it shows too much, positive discharging, A. */
    CURRENT_SENSOR("current sensor", "is off by", 1.0, "A"),
    /** A temperature sensor: what it shows too much, K. */
    TEMPERATURE_SENSOR("temperature sensor", "is off by", 1.0, "K");

    private final String subject;
    private final String predicate;
    private final double shownPerUnit;
    private final String shownUnit;

    Suspect(String subject, String predicate, double shownPerUnit, String shownUnit) {
        this.subject = subject;
        this.predicate = predicate;
        this.shownPerUnit = shownPerUnit;
        this.shownUnit = shownUnit;
    }

    String subject() {
        return subject;
    }

    String predicate() {
        return predicate;
    }

    /** Shown figures over those kept inside, which are in A, V and K. */
    double shownPerUnit() {
        return shownPerUnit;
    }

    String shownUnit() {
        return shownUnit;
    }
}
