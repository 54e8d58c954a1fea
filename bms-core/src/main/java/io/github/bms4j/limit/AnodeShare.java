package io.github.bms4j.limit;

import io.github.bms4j.num.Check;

/**
 * Which part of each voltage drop of the equivalent circuit lies on the negative electrode, 0…1.
 *
 * @param ohmic of the series resistance: of electrolyte, films and contacts about a third
 * @param fast of the first RC pair, mostly charge transfer
 * @param slow of the second pair, mostly diffusion
 * @param diffusion of the third pair
 * @param sigma relative standard deviation of all of these together
 */
public record AnodeShare(double ohmic, double fast, double slow, double diffusion, double sigma) {
    /** Checks every figure. */
    public AnodeShare {
        Check.fraction("ohmic", ohmic);
        Check.fraction("fast", fast);
        Check.fraction("slow", slow);
        Check.fraction("diffusion", diffusion);
        Check.fraction("sigma", sigma);
        if (!(ohmic + fast + slow + diffusion > 0.0)) {
            throw new IllegalArgumentException("shares must not all be 0");
        }
    }

    /** 35 % of the series resistance, half of the first two pairs, 60 % of the third; known to 10 %. Our judgement. */
    public static AnodeShare usual() {
        return new AnodeShare(0.35, 0.5, 0.5, 0.6, 0.10);
    }

    /** Share of RC pair k, the fastest being 0. */
    double ofPair(int k) {
        return k == 0 ? fast : k == 1 ? slow : diffusion;
    }
}
