package io.github.bms4j.sim.cell;

/**
 * What is wrong inside cells of a true pack: charge that leaves them unseen, and voltage that a sound cell has not.
 *
 * <p>Units and sign: A (positive discharging), V, °C, s. Called by {@link SimPack#step}, cell after cell.
 */
public interface CellDefects {
    /** Sound cells. */
    CellDefects NONE = new CellDefects() {
        @Override
        public double leakA(int cell, double cellV) {
            return 0.0;
        }

        @Override
        public double extraV(int cell, double memberA, double soc, double temperatureDegC, double dtS) {
            return 0.0;
        }
    };

    /** Current that leaves a group at this voltage without passing the terminals, A of the group. */
    double leakA(int cell, double cellV);

    /**
     * Carries the defect of a cell through a step and says what it adds to the terminal voltage at its end, V.
     *
     * @param memberA current of one of the group's parallel members, A
     */
    double extraV(int cell, double memberA, double soc, double temperatureDegC, double dtS);
}
