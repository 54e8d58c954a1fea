package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may join whom, in which order, and what they allow together. */
class StringJoinTest {
    private static final JoinRating EXACT = new JoinRating(3.0, 50.0, 0.0, 0.0, 1.0);

    private static StringJoin strings(JoinRating rating, double[] ocvV, double[] ohm) {
        StringJoin join = new StringJoin(ocvV.length, rating);
        for (int k = 0; k < ocvV.length; k++) {
            set(join, k, ocvV[k], ohm[k], false);
        }
        return join;
    }

    private static void set(StringJoin join, int k, double ocvV, double ohm, boolean connected) {
        StringState s = join.string(k);
        s.ocvV = ocvV;
        s.ohm = ohm;
        s.maxChargeA = 100.0;
        s.maxDischargeA = 200.0;
        s.connected = connected;
        s.willing = true;
    }

    @ParameterizedTest(name = "{0} V apart, {1} + {2} Ohm: {3}, {4} A")
    @CsvSource({
        " 0.5, 0.05, 0.05, JOIN, 5.0",
        "-0.5, 0.05, 0.05, JOIN, -5.0",
        " 3.0, 0.05, 0.05, JOIN, 30.0",
        " 3.001, 0.05, 0.05, VOLTAGE_APART, 30.01",
        "-3.001, 0.05, 0.05, VOLTAGE_APART, -30.01",
        " 2.5, 0.03, 0.02, JOIN, 50.0",
        " 2.6, 0.03, 0.02, CURRENT_TOO_HIGH, 52.0",
        "-2.6, 0.03, 0.02, CURRENT_TOO_HIGH, -52.0",
        " 20, 0.05, 0.05, VOLTAGE_APART, 200"
    })
    void judgesAStringAgainstAConnectedOne(double apartV, double ohm, double busOhm, JoinVerdict verdict, double a) {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0 + apartV}, new double[] {busOhm, ohm});
        join.string(0).connected = true;
        join.step(0.0);
        assertEquals(JoinVerdict.CONNECTED, join.verdict(0));
        assertEquals(verdict, join.verdict(1));
        assertEquals(a, join.equalisingA(1), 1e-6);
        assertEquals(verdict == JoinVerdict.JOIN, join.joinAllowed(1));
        assertEquals(verdict == JoinVerdict.JOIN ? 1 : StringJoin.NONE, join.next());
        assertTrue(join.busHeld(1));
        assertFalse(join.busHeld(0));
    }

    @Test
    void swappingTheSidesChangesNothing() {
        Random random = new Random(2711L);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            JoinRating rating = new JoinRating(
                    0.5 + 5.0 * random.nextDouble(), 10.0 + 90.0 * random.nextDouble(), random.nextDouble(), 0.4, 1.0);
            double[] ocv = {400.0, 400.0 + 8.0 * (random.nextDouble() - 0.5)};
            double[] ohm = {0.01 + 0.1 * random.nextDouble(), 0.01 + 0.1 * random.nextDouble()};
            double[] charge = {100.0 * random.nextDouble(), 100.0 * random.nextDouble()};
            double[] discharge = {100.0 * random.nextDouble(), 100.0 * random.nextDouble()};
            JoinVerdict[] verdict = new JoinVerdict[2];
            for (int bus = 0; bus < 2; bus++) {
                StringJoin join = strings(rating, ocv, ohm);
                for (int k = 0; k < 2; k++) {
                    join.string(k).maxChargeA = charge[k];
                    join.string(k).maxDischargeA = discharge[k];
                    join.string(k).connected = k == bus;
                }
                join.step(0.0);
                verdict[bus] = join.verdict(1 - bus);
            }
            assertEquals(verdict[0], verdict[1], "case " + i + " of seed 2711");
            refused += verdict[0] == JoinVerdict.JOIN ? 0 : 1;
        }
        assertTrue(refused > 2_000 && refused < 18_000, "both answers occur: " + refused);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 100, 100, 100, 100, JOIN",
        "1.0, 100, 9.9, 100, 100, CURRENT_TOO_HIGH",
        "1.0, 9.9, 100, 100, 100, JOIN",
        "1.0, 100, 100, 9.9, 100, CURRENT_TOO_HIGH",
        "1.0, 100, 100, 100, 9.9, JOIN",
        "-1.0, 9.9, 100, 100, 100, CURRENT_TOO_HIGH",
        "-1.0, 100, 9.9, 100, 100, JOIN",
        "-1.0, 100, 100, 100, 9.9, CURRENT_TOO_HIGH",
        "-1.0, 100, 100, 9.9, 100, JOIN"
    })
    void theLimitsOfBothSidesBindInTheDirectionOfTheCurrent(
            double apartV,
            double charge,
            double discharge,
            double busCharge,
            double busDischarge,
            JoinVerdict verdict) {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0 + apartV}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.string(0).maxChargeA = busCharge;
        join.string(0).maxDischargeA = busDischarge;
        join.string(1).maxChargeA = charge;
        join.string(1).maxDischargeA = discharge;
        join.step(0.0);
        assertEquals(verdict, join.verdict(1));
        join.string(0).connected = false;
        join.step(0.0);
        assertEquals(
                verdict == JoinVerdict.JOIN,
                join.verdict(1) != JoinVerdict.CURRENT_TOO_HIGH && join.verdict(0) != JoinVerdict.CURRENT_TOO_HIGH,
                "the same on a dead bus");
    }

    @Test
    void toleranceAndErrorMakeThePredictionWorse() {
        JoinRating rating = new JoinRating(3.0, 50.0, 0.5, 0.3, 1.0);
        for (double apartV : new double[] {2.99, 3.01}) {
            StringJoin join = strings(rating, new double[] {400.0, 400.0 + apartV}, new double[] {0.05, 0.05});
            join.string(0).connected = true;
            join.step(0.0);
            assertEquals(apartV < 3.0 ? JoinVerdict.JOIN : JoinVerdict.VOLTAGE_APART, join.verdict(1));
        }
        for (double ohm : new double[] {0.0472, 0.0470}) {
            StringJoin join = strings(rating, new double[] {400.0, 402.9}, new double[] {ohm, 0.05});
            join.string(0).connected = true;
            join.step(0.0);
            boolean fits = 3.4 / (0.7 * (ohm + 0.05)) <= 50.0;
            assertEquals(fits ? JoinVerdict.JOIN : JoinVerdict.CURRENT_TOO_HIGH, join.verdict(1), ohm + " Ohm");
        }
    }

    @Test
    void aLoadedBusIsJoinedAtTheVoltageItHas() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.step(50.0);
        assertEquals(25.0, join.equalisingA(1), 1e-9);
        assertEquals(JoinVerdict.JOIN, join.verdict(1));
        join.step(61.0);
        assertEquals(JoinVerdict.LOAD_TOO_HIGH, join.verdict(1), "3.05 V under load");
        join.step(Double.NaN);
        assertEquals(JoinVerdict.UNKNOWN, join.verdict(1));
    }

    @Test
    void aConnectedStringAtItsLimitKeepsOthersOut() {
        StringJoin join = strings(EXACT, new double[] {400.0, 399.0}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.string(0).maxDischargeA = 109.0;
        join.step(0.0);
        assertEquals(JoinVerdict.JOIN, join.verdict(1));
        join.string(0).maxDischargeA = 9.0;
        join.step(0.0);
        assertEquals(JoinVerdict.CURRENT_TOO_HIGH, join.verdict(1));
        join.string(0).maxDischargeA = 45.0;
        join.string(1).ocvV = 399.0;
        join.step(-30.0);
        assertEquals(JoinVerdict.JOIN, join.verdict(1), "a charged bus has room: -30 A + 25 A");
    }

    @Test
    void theStringThatMostFitToBeginsAndTheNearestFollows() {
        double[] ocv = {390.0, 398.6, 400.0, 401.5, 402.4, 420.0};
        StringJoin join = strings(EXACT, ocv, new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1});
        join.step(0.0);
        assertEquals(2, join.next());
        assertEquals(JoinVerdict.JOIN, join.verdict(2));
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(0));
        assertEquals(JoinVerdict.WAIT_TURN, join.verdict(1));
        assertEquals(JoinVerdict.WAIT_TURN, join.verdict(4));
        assertEquals(0.0, join.equalisingA(2));
        assertEquals(15.0 / 2.0, join.equalisingA(3), 1e-9);
        int[] order = {2, 1, 3, 4};
        for (int expected : order) {
            join.step(0.0);
            assertEquals(expected, join.next());
            join.string(expected).connected = true;
        }
        join.step(0.0);
        assertEquals(StringJoin.NONE, join.next());
        // bus (398.6 + 400 + 401.5 + 402.4) / 4 = 400.625 V behind 0.025 Ohm
        assertEquals("string 0: voltage too far from the bus, -85.0 A predicted on joining", join.explain(0));
        assertEquals("string 2: connected", join.explain(2));
    }

    @Test
    void ofEqualStringsTheFirstBegins() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0}, new double[] {0.1, 0.1});
        join.step(0.0);
        assertEquals(0, join.next());
        join.string(0).willing = false;
        join.step(0.0);
        assertEquals(1, join.next());
        assertEquals(JoinVerdict.NOT_WILLING, join.verdict(0));
    }

    @Test
    void whoHasBegunToJoinKeepsItsTurnWhileItFits() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.5, 400.6}, new double[] {0.1, 0.1, 0.1});
        join.string(0).connected = true;
        join.step(0.0);
        assertEquals(1, join.next());
        join.string(1).ocvV = 400.7;
        join.step(0.0);
        assertEquals(1, join.next());
        join.string(1).ocvV = 404.0;
        join.step(0.0);
        assertEquals(2, join.next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ocv", "ohm", "charge", "discharge", "zero ohm"})
    void whatIsUnknownRefusesAndAllowsNothing(String what) {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0}, new double[] {0.1, 0.1});
        StringState s = join.string(1);
        s.ocvV = "ocv".equals(what) ? Double.NaN : s.ocvV;
        s.ohm = "ohm".equals(what) ? Double.NaN : "zero ohm".equals(what) ? 0.0 : s.ohm;
        s.maxChargeA = "charge".equals(what) ? Double.NaN : s.maxChargeA;
        s.maxDischargeA = "discharge".equals(what) ? Double.NaN : s.maxDischargeA;
        join.step(0.0);
        assertEquals(JoinVerdict.UNKNOWN, join.verdict(1));
        assertEquals(0, join.next());
        join.string(0).connected = true;
        join.step(0.0);
        assertEquals(JoinVerdict.UNKNOWN, join.verdict(1));
        assertEquals(200.0, join.maxDischargeA(), 1e-9);
        s.connected = true;
        join.step(0.0);
        assertEquals(0.0, join.maxDischargeA());
        assertEquals(0.0, join.maxChargeA());
        assertEquals(1, join.dischargeString());
        assertEquals(1, join.chargeString());
        assertTrue(Double.isNaN(join.currentA(0, 10.0)));
    }

    @Test
    void sharesTheCurrentByResistanceAndDifference() {
        StringJoin join = strings(EXACT, new double[] {400.0, 402.0, 390.0}, new double[] {0.05, 0.1, 0.1});
        join.string(0).connected = true;
        join.string(1).connected = true;
        join.step(0.0);
        for (double packA : new double[] {0.0, 90.0, -60.0}) {
            double a0 = join.currentA(0, packA);
            double a1 = join.currentA(1, packA);
            assertEquals(packA, a0 + a1, 1e-9);
            assertEquals(400.0 - a0 * 0.05, 402.0 - a1 * 0.1, 1e-9, "both end at one point");
        }
        assertEquals(-2.0 / 0.15, join.currentA(0, 0.0), 1e-9);
        assertEquals(0.0, join.currentA(2, 90.0));
    }

    @Test
    void limitsThePackByItsStringsAndNotByTheirSum() {
        StringJoin join = strings(EXACT, new double[] {400.0, 402.0}, new double[] {0.05, 0.1});
        join.string(0).connected = true;
        join.string(1).connected = true;
        join.step(0.0);
        double discharge = join.maxDischargeA();
        double charge = join.maxChargeA();
        assertEquals(200.0, Math.max(join.currentA(0, discharge), join.currentA(1, discharge)), 1e-9);
        assertEquals(-100.0, Math.min(join.currentA(0, -charge), join.currentA(1, -charge)), 1e-9);
        assertEquals((200.0 + 2.0 / 0.15) * 1.5, discharge, 1e-9);
        assertEquals((100.0 - 2.0 / 0.15) * 1.5, charge, 1e-9);
        assertEquals(0, join.dischargeString());
        assertEquals(0, join.chargeString());
        assertTrue(join.currentA(0, -200.0) < -140.0, "the sum of both charge limits would overload the first by 40 %");
    }

    @Test
    void aStringThatDropsOutTakesItsShareWithIt() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0, 400.0}, new double[] {0.1, 0.1, 0.1});
        for (int k = 0; k < 3; k++) {
            join.string(k).connected = true;
        }
        join.step(300.0);
        assertEquals(600.0, join.maxDischargeA(), 1e-9);
        join.string(1).connected = false;
        join.string(1).willing = false;
        join.step(300.0);
        assertEquals(400.0, join.maxDischargeA(), 1e-9);
        assertEquals(200.0, join.maxChargeA(), 1e-9);
        assertEquals(150.0, join.currentA(0, 300.0), 1e-9);
        join.string(0).connected = false;
        join.string(2).connected = false;
        join.step(0.0);
        assertEquals(0.0, join.maxDischargeA());
        assertEquals(StringJoin.NONE, join.dischargeString());
        assertEquals(StringJoin.NONE, join.chargeString());
    }

    /** The slow way: every corner of the other strings' tolerances for their common voltage. */
    @Test
    void limitsAreThoseOfTheWorstCornerOfAllTolerances() {
        double tolerance = 0.3;
        double errorV = 0.4;
        Random random = new Random(4711L);
        for (int i = 0; i < 500; i++) {
            int n = 2 + random.nextInt(3);
            StringJoin join = new StringJoin(n + 1, new JoinRating(3.0, 50.0, errorV, tolerance, 1.0));
            double[] ocv = new double[n];
            double[] ohm = new double[n];
            for (int k = 0; k < n; k++) {
                ocv[k] = 400.0 + 8.0 * random.nextDouble();
                ohm[k] = 0.05 + 0.1 * random.nextDouble();
                set(join, k, ocv[k], ohm[k], true);
                join.string(k).maxDischargeA = 150.0 + 100.0 * random.nextDouble();
                join.string(k).maxChargeA = 80.0 + 40.0 * random.nextDouble();
            }
            set(join, n, 395.0, 0.01, false);
            join.step(0.0);
            double discharge = Double.POSITIVE_INFINITY;
            double charge = Double.POSITIVE_INFINITY;
            for (int k = 0; k < n; k++) {
                double othersG = 0.0;
                for (int j = 0; j < n; j++) {
                    othersG += j == k ? 0.0 : 1.0 / ohm[j];
                }
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int corner = 0; corner < 1 << n; corner++) {
                    double sum = 0.0;
                    double weights = 0.0;
                    for (int j = 0; j < n; j++) {
                        double g = 1.0 / (ohm[j] * ((corner >> j & 1) == 1 ? 1.0 + tolerance : 1.0 - tolerance));
                        sum += j == k ? 0.0 : g * ocv[j];
                        weights += j == k ? 0.0 : g;
                    }
                    low = Math.min(low, sum / weights);
                    high = Math.max(high, sum / weights);
                }
                double loop = ohm[k] + 1.0 / othersG;
                double up = ocv[k] - low + errorV;
                double down = ocv[k] - high - errorV;
                double most = up / (loop * (up > 0.0 ? 1.0 - tolerance : 1.0 + tolerance));
                double least = down / (loop * (down < 0.0 ? 1.0 - tolerance : 1.0 + tolerance));
                double own = 1.0 / (ohm[k] * (1.0 - tolerance));
                double share = own / (own + othersG / (1.0 + tolerance));
                discharge = Math.min(discharge, (join.string(k).maxDischargeA - most) / share);
                charge = Math.min(charge, (join.string(k).maxChargeA + least) / share);
            }
            assertEquals(Math.max(0.0, discharge), join.maxDischargeA(), 1e-7, "case " + i + " of seed 4711");
            assertEquals(Math.max(0.0, charge), join.maxChargeA(), 1e-7, "case " + i + " of seed 4711");
        }
    }

    @ParameterizedTest(name = "bus of two, joining string {0} V, limit of the bus string {1} A: {2}")
    @CsvSource({
        "397.5, 25.9, CURRENT_TOO_HIGH",
        "397.5, 26.1, JOIN",
        "402.5, 25.9, JOIN",
    })
    void everyConnectedStringMustBearItsShareOfTheJoin(double ocvV, double busDischargeA, JoinVerdict verdict) {
        // bus 400 V behind 0.04 || 0.08 Ohm = 26.67 mOhm; joining 0.05 Ohm: 2.5 V / 76.67 mOhm = 32.6 A, 2/3 of it =
        // 21.7 A
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0, ocvV}, new double[] {0.04, 0.08, 0.05});
        join.string(0).connected = true;
        join.string(1).connected = true;
        join.string(0).maxDischargeA = busDischargeA - 4.2;
        join.step(0.0);
        assertEquals(verdict, join.verdict(2), join.explain(2));
    }

    @ParameterizedTest
    @CsvSource({"402.5, 21.6, CURRENT_TOO_HIGH", "402.5, 21.8, JOIN", "397.5, 21.6, JOIN"})
    void everyConnectedStringMustBearBeingCharged(double ocvV, double busChargeA, JoinVerdict verdict) {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0, ocvV}, new double[] {0.04, 0.08, 0.05});
        join.string(0).connected = true;
        join.string(1).connected = true;
        join.string(0).maxChargeA = busChargeA;
        join.step(0.0);
        assertEquals(verdict, join.verdict(2), join.explain(2));
    }

    @Test
    void onADeadBusTheOneThatMostOthersFitToWinsByCurrentToo() {
        // 0 and 1 are near each other but of so little resistance that 50 A would flow; 2 fits to both
        StringJoin join = strings(EXACT, new double[] {400.0, 401.0, 400.5}, new double[] {0.009, 0.009, 0.02});
        join.step(0.0);
        assertEquals(2, join.next());
        join.string(2).willing = false;
        join.step(0.0);
        assertEquals(1, join.next(), "the higher of two that do not fit");
        assertEquals(JoinVerdict.CURRENT_TOO_HIGH, join.verdict(0));
    }

    @Test
    void promisesNothingThatStringsWithinTheirToleranceBreak() {
        JoinRating rating = new JoinRating(3.0, 50.0, 0.5, 0.3, 1.0);
        Random random = new Random(44L);
        double tightest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 5_000; i++) {
            int n = 2 + random.nextInt(4);
            StringJoin said = new StringJoin(n, rating);
            StringJoin real = new StringJoin(n, EXACT);
            for (int k = 0; k < n; k++) {
                double ocv = 400.0 + 6.0 * random.nextDouble();
                double ohm = 0.05 + 0.1 * random.nextDouble();
                set(said, k, ocv, ohm, true);
                set(real, k, ocv + 0.5 * (random.nextDouble() - 0.5), ohm * (0.7 + 0.6 * random.nextDouble()), true);
            }
            said.step(0.0);
            real.step(0.0);
            double packA = said.maxDischargeA();
            double chargeA = said.maxChargeA();
            for (int k = 0; k < n; k++) {
                assertTrue(packA == 0.0 || real.currentA(k, packA) <= 200.0, "case " + i + " of seed 44, string " + k);
                assertTrue(chargeA == 0.0 || real.currentA(k, -chargeA) >= -100.0, "case " + i + ", string " + k);
                tightest = Math.min(tightest, 200.0 - real.currentA(k, packA));
            }
        }
        assertTrue(tightest < 60.0, "the promise is not idle: " + tightest);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 50, 0, 0, 1",
        "3, 0, 0, 0, 1",
        "3, 50, -1, 0, 1",
        "3, 50, 0, 0.91, 1",
        "NaN, 50, 0, 0, 1",
        "3, 50, 0, -0.1, 1",
        "3, 50, 0, 0, 0.4",
        "3, 50, 0, 0, 1.1"
    })
    void refusesARatingWithoutSense(double gateV, double maxJoinA, double errorV, double tolerance, double share) {
        assertThrows(IllegalArgumentException.class, () -> new JoinRating(gateV, maxJoinA, errorV, tolerance, share));
    }

    /** A bus under load is where the string is; without the load it would be elsewhere. */
    @ParameterizedTest(name = "bus {0} V higher at rest, {1} A: {2}, {3} A")
    @CsvSource({
        "0.0,   0, JOIN, 0",
        "1.0,  20, JOIN, 0",
        "1.0, -20, LOAD_TOO_HIGH, -20",
        "0.0,  45, LOAD_TOO_HIGH, 22.5",
        "0.0,  70, LOAD_TOO_HIGH, 35",
        "2.0,  40, CURRENT_TOO_HIGH, -20",
        "3.1,  62, VOLTAGE_APART, -31"
    })
    void joinsOnlyWhatFitsUnderTheLoadAndWithoutIt(double apartV, double packA, JoinVerdict verdict, double a) {
        JoinRating rating = new JoinRating(3.0, 15.0, 0.0, 0.0, 1.0);
        StringJoin join = strings(rating, new double[] {400.0 + apartV, 400.0}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.step(packA);
        assertEquals(verdict, join.verdict(1), join.explain(1));
        assertEquals(a, join.equalisingA(1), 1e-9);
        assertEquals(Math.abs(a), join.boundA(1), 1e-9);
    }

    @Test
    void polarisationThatWillGoCountsAtRest() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.string(0).restV = 403.5;
        join.step(0.0);
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(1), "it would find itself 3.5 V below");
        join.string(1).restV = 401.0;
        join.step(0.0);
        assertEquals(JoinVerdict.JOIN, join.verdict(1));
        join.string(0).connected = false;
        join.string(1).restV = 400.0;
        join.step(0.0);
        assertFalse(join.joinAllowed(0) && join.joinAllowed(1));
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(0), "on a dead bus, too");
    }

    @Test
    void beginsWithinAShareAndGoesOnWithinAll() {
        JoinRating rating = new JoinRating(3.0, 50.0, 0.0, 0.0, 0.8);
        StringJoin join = strings(rating, new double[] {400.0, 402.5}, new double[] {0.05, 0.05});
        join.string(0).connected = true;
        join.step(0.0);
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(1), "2.5 V of 80 % of 3 V");
        join.string(1).ocvV = 402.3;
        join.step(0.0);
        assertEquals(JoinVerdict.JOIN, join.verdict(1));
        assertEquals(23.0, join.boundA(1), 1e-9);
        join.string(1).ocvV = 402.9;
        join.step(0.0);
        assertEquals(JoinVerdict.JOIN, join.verdict(1), "it has begun");
        assertEquals(29.0, join.boundA(1), 1e-9);
        join.string(1).ocvV = 403.1;
        join.step(0.0);
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(1));
        join.string(1).ocvV = 402.9;
        join.step(0.0);
        assertEquals(JoinVerdict.VOLTAGE_APART, join.verdict(1), "it begins anew");
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 0"})
    void ofStringsThatDoNotFitTheHighestDrivesAndTheLowestIsCharged(boolean charge, int first) {
        StringJoin join = strings(EXACT, new double[] {390.0, 400.0, 410.0}, new double[] {0.1, 0.1, 0.1});
        join.lowestFirst(charge);
        join.step(0.0);
        assertEquals(first, join.next());
        join.lowestFirst(!charge);
        join.step(0.0);
        assertEquals(first, join.next(), "who has begun goes on");
    }

    @Test
    void aStringThatLeavesIsTakenForGoneAndNobodyJoinsMeanwhile() {
        StringJoin join = strings(EXACT, new double[] {400.0, 400.0, 400.0}, new double[] {0.1, 0.1, 0.1});
        for (int k = 0; k < 2; k++) {
            join.string(k).connected = true;
            join.string(k).currentA = 100.0;
        }
        join.step(200.0);
        assertEquals(400.0, join.maxDischargeA(), 1e-9);
        join.string(1).leaving = true;
        join.string(1).maxDischargeA = 0.0;
        join.step(0.0);
        assertEquals(200.0, join.maxDischargeA(), 1e-9);
        assertEquals(0, join.dischargeString());
        assertFalse(join.carries(1));
        assertEquals(StringJoin.NONE, join.next());
        assertEquals(JoinVerdict.WAIT_TURN, join.verdict(2));
        assertEquals(100.0, join.currentA(0, 200.0), 1e-9, "it still carries");
        join.string(1).ocvV = Double.NaN;
        join.step(0.0);
        assertEquals(200.0, join.maxDischargeA(), 1e-9, "what leaves need not be known");
        join.string(0).leaving = true;
        join.step(0.0);
        assertFalse(join.limitsKnown());
        assertEquals(0.0, join.maxDischargeA());
    }

    @ParameterizedTest(name = "{0} + {1} A flow")
    @CsvSource({"0, 0", "150, 100", "200, 180", "220, 180", "-60, -60", "-120, -80", "5, -5"})
    void whatIsMeasuredIsNotPredicted(double firstA, double secondA) {
        JoinRating rating = new JoinRating(3.0, 50.0, 0.5, 0.3, 1.0);
        StringJoin join = strings(rating, new double[] {400.0, 400.0}, new double[] {0.1, 0.1});
        join.string(0).connected = true;
        join.string(1).connected = true;
        join.string(0).currentA = firstA;
        join.string(1).currentA = secondA;
        join.step(firstA + secondA);
        double high = (1.0 / 0.7) / (1.0 / 0.7 + 1.0 / 1.3); // 0.65 of what is added, 0.35 of what is taken away
        double discharge = Double.POSITIVE_INFINITY;
        double charge = Double.POSITIVE_INFINITY;
        for (double a : new double[] {firstA, secondA}) {
            double room = 200.0 - a;
            double chargeRoom = 100.0 + a;
            discharge = Math.min(discharge, firstA + secondA + room / (room < 0.0 ? 1.0 - high : high));
            charge = Math.min(charge, -firstA - secondA + chargeRoom / (chargeRoom < 0.0 ? 1.0 - high : high));
        }
        assertEquals(Math.max(0.0, discharge), join.maxDischargeA(), 1e-9);
        assertEquals(Math.max(0.0, charge), join.maxChargeA(), 1e-9);
        assertEquals(join.maxDischargeA(), join.packDischargeA(join.dischargeString(), 200.0));
        assertEquals(join.maxChargeA(), join.packChargeA(join.chargeString(), 100.0));
    }

    @Test
    void needsAString() {
        assertThrows(IllegalArgumentException.class, () -> new StringJoin(0, EXACT));
        StringJoin join = new StringJoin(2, JoinRating.standard(400.0));
        assertEquals(2, join.size());
        assertEquals(JoinVerdict.UNKNOWN, join.verdict(0));
        assertEquals("string 0: not enough is known", join.explain(0));
    }

    @Test
    void leavesNothingOnTheHeap() {
        StringJoin join = strings(EXACT, new double[] {400.0, 401.0, 402.0}, new double[] {0.1, 0.1, 0.1});
        join.string(0).connected = true;
        assertEquals(0.0, Allocation.bytesPerCall(2_000, () -> join.step(10.0)), 0.01);
    }
}
