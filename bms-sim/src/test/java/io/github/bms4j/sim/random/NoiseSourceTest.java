package io.github.bms4j.sim.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseSourceTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
    void theBitsAreThoseOfSplitMix64(long seed) {
        NoiseSource ours = new NoiseSource(seed);
        SplittableRandom theirs = new SplittableRandom(seed);
        for (int k = 0; k < 1000; k++) {
            assertEquals(theirs.nextLong(), ours.bits());
        }
    }

    @Test
    void firstNumbersArePinned() {
        NoiseSource random = new NoiseSource(0);
        assertEquals(0xE220A8397B1DCDAFL, random.bits());
        assertEquals(0x6E789E6AA1B965F4L, random.bits());
        // from the bits above: 0xE220A8397B1DCDAF / 2^64 rounded down to 53 bits
        assertEquals(0.8833108082136426, new NoiseSource(0).uniform());
        // (0xE220 + 0xA839 + 0x7B1D + 0xCDAF - 2 x 65535) / sqrt((2^32 - 1) / 3)
        assertEquals(
                (0xE220 + 0xA839 + 0x7B1D + 0xCDAF - 131070) / Math.sqrt((0x1p32 - 1) / 3),
                new NoiseSource(0).bell(),
                1e-12);
    }

    @Test
    void uniformNumbersFillTheUnitIntervalEvenly() {
        NoiseSource random = new NoiseSource(7);
        int n = 200_000;
        int[] share = new int[20];
        for (int k = 0; k < n; k++) {
            double u = random.uniform();
            assertTrue(u >= 0.0 && u < 1.0);
            share[(int) (20 * u)]++;
        }
        for (int s : share) {
            assertEquals(n / 20.0, s, 4.0 * Math.sqrt(n / 20.0));
        }
    }

    @Test
    void bellNumbersHaveTheMomentsOfFourUniformOnesAndAnEnd() {
        NoiseSource random = new NoiseSource(7);
        int n = 400_000;
        double[] moment = new double[5];
        double most = 0.0;
        for (int k = 0; k < n; k++) {
            double x = random.bell();
            most = Math.max(most, Math.abs(x));
            for (int m = 1; m <= 4; m++) {
                moment[m] += Math.pow(x, m) / n;
            }
        }
        assertEquals(0.0, moment[1], 4.0 / Math.sqrt(n));
        assertEquals(1.0, moment[2], 0.01);
        assertEquals(0.0, moment[3], 0.02);
        assertEquals(2.7, moment[4], 0.04); // 3 - 1.2 / 4
        assertTrue(most > 3.0 && most < Math.sqrt(12.0), "largest " + most);
    }
}
