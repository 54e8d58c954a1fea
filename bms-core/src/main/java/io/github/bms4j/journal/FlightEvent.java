package io.github.bms4j.journal;

/** The events of a flight record and what follows each; {@link FlightWords} gives them their numbers. */
enum FlightEvent {
    /** Time and readings of a sample: varint change of the time's step, four reading blocks. */
    SAMPLE,
    /** A sensor offered once more in the cycle whose sample follows: quantity u8, sensor varint, reading f64. */
    AGAIN,
    /** The control cycle without a station. */
    STEP,
    /** The control cycle with a station: phase u8, stop u8, permitted u8, restarts varint, one reading block of eight. */
    STEP_STATION,
    /** What was decided: estimate, limits, demand, i64 each. */
    DIGEST,
    /** Start: soc f64, sigma f64. */
    START,
    /** Start from a memory: verdict u8, off time f64, offset f64, then six f64 a cell. */
    RESTORE,
    /** Capacity of a cell: cell varint, Ah f64, sigma f64. */
    CAPACITY,
    /** Plugged in: ambient f64, need text, offer text. */
    PLUG_IN,
    /** Unplugged. */
    UNPLUG,
    /** Another offer: text. */
    OFFER,
    /** A new plan was made. */
    REPLAN,
    /** Another need: text. */
    NEED,
    /** What the site spares: text. */
    SITE,
    /** Numbers about a topic: topic u8, count u8, f64 each. */
    NOTE,
    /** A cycle of signals begins: varint difference of its time to the sample's. */
    SIGNALS,
    /** Link voltage f64. */
    LINK,
    /** Insulation f64. */
    INSULATION,
    /** Contact u8, state u8. */
    CONTACT,
    /** Motion u8. */
    MOTION,
    /** Peer u8, expected u8. */
    EXPECT,
    /** Peer u8, verdict u8, skipped varint. */
    HEAR,
    /** A sensor offered after its cycle had run: quantity u8, sensor varint, reading f64. */
    LATE,
    /** The record ends in order. */
    END,
    /** What a memory holds beside the cells' states; comes before the start from it, as a chunk. */
    REMEMBERED
}
