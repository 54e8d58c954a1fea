package io.github.bms4j.charge;

import java.util.List;

/**
 * The price of energy, which may rise with the power: at 15 kW under blocks from 0 and from 11 kW, 11 kW cost the first price
 * and 4 kW the second.
 *
 * <p>Prices must not fall with the power: only then is the cheapest plan found for certain (docs/theory/charge-planner.md).
 *
 * @param blocks at least one, the first from 0 W, by rising power and price
 */
public record PowerPrice(List<PriceBlock> blocks) {
    private static final int MOST_BLOCKS = 16;

    /** @throws IllegalArgumentException when the blocks do not fit each other */
    public PowerPrice {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty() || blocks.size() > MOST_BLOCKS) {
            throw new IllegalArgumentException("blocks must be 1 to " + MOST_BLOCKS + " but are " + blocks.size());
        }
        if (blocks.get(0).fromW() != 0.0) {
            throw new IllegalArgumentException(
                    "blocks must begin at 0 W but begin at " + blocks.get(0).fromW() + " W");
        }
        for (int i = 1; i < blocks.size(); i++) {
            PriceBlock before = blocks.get(i - 1);
            PriceBlock block = blocks.get(i);
            if (!(block.fromW() > before.fromW() && block.pricePerKwh() >= before.pricePerKwh())) {
                throw new IllegalArgumentException("blocks must rise in power and must not fall in price but "
                        + block.pricePerKwh() + " from " + block.fromW() + " W follows " + before.pricePerKwh()
                        + " from " + before.fromW() + " W");
            }
        }
    }

    /** One price whatever the power. */
    public static PowerPrice flat(double pricePerKwh) {
        return new PowerPrice(List.of(new PriceBlock(0.0, pricePerKwh)));
    }

    /** Price of the first watt. */
    public double firstPerKwh() {
        return blocks.get(0).pricePerKwh();
    }
}
