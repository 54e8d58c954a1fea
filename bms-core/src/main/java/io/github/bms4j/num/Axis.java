package io.github.bms4j.num;

/**
 * A strictly increasing axis of nodes and the segment a coordinate falls into, found without a search loop.
 *
 * <p>The span is cut into equal buckets and each bucket remembers the segment at its lower edge, so a look-up is one
 * division and rarely a step or two. There is no cached position: an axis is immutable and may be shared by threads.
 */
final class Axis {
    private static final int BUCKETS_PER_SEGMENT = 4;
    private static final int MOST_BUCKETS = 1024;

    private final double[] nodes;
    private final int[] segmentOfBucket;
    private final double bucketsPerUnit;

    /** Copies the nodes. At least {@code leastNodes} of them, finite, strictly increasing. */
    Axis(String name, double[] nodes, int leastNodes) {
        if (nodes.length < leastNodes) {
            throw new IllegalArgumentException(
                    name + " must have at least " + leastNodes + " nodes but has " + nodes.length);
        }
        for (int i = 0; i < nodes.length; i++) {
            Check.finite(name + "[" + i + "]", nodes[i]);
            if (i > 0 && nodes[i] <= nodes[i - 1]) {
                throw new IllegalArgumentException(name + " must be strictly increasing but " + name + "[" + i + "] = "
                        + nodes[i] + " follows " + nodes[i - 1]);
            }
        }
        this.nodes = nodes.clone();
        int segments = Math.max(1, nodes.length - 1);
        int buckets = Math.min(MOST_BUCKETS, BUCKETS_PER_SEGMENT * segments);
        double span = nodes[nodes.length - 1] - nodes[0];
        bucketsPerUnit = span > 0.0 ? buckets / span : 0.0;
        segmentOfBucket = new int[buckets + 1];
        for (int b = 0; b <= buckets; b++) {
            // One bucket early, so that rounding in bucket() can never start past the wanted segment.
            double edge = nodes[0] + (b - 1) * span / buckets;
            int k = 0;
            while (k < segments - 1 && nodes[k + 1] <= edge) {
                k++;
            }
            segmentOfBucket[b] = k;
        }
    }

    int size() {
        return nodes.length;
    }

    double node(int i) {
        return nodes[i];
    }

    double first() {
        return nodes[0];
    }

    double last() {
        return nodes[nodes.length - 1];
    }

    double[] toArray() {
        return nodes.clone();
    }

    /** The segment k with node(k) <= x < node(k + 1), the first below the axis, the last above; 0 for NaN. */
    int segment(double x) {
        int bucket = (int) ((x - nodes[0]) * bucketsPerUnit);
        int k = segmentOfBucket[Math.min(segmentOfBucket.length - 1, Math.max(0, bucket))];
        while (k < nodes.length - 2 && x >= nodes[k + 1]) {
            k++;
        }
        return k;
    }
}
