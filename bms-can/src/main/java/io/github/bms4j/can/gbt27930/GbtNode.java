package io.github.bms4j.can.gbt27930;

/** The two nodes on the charging bus with their J1939 addresses. */
public enum GbtNode {
    /** The battery's side. */
    VEHICLE(0xF4),
    /** The station's side. */
    CHARGER(0x56);

    private final int address;

    GbtNode(int address) {
        this.address = address;
    }

    /** The node's J1939 source address. */
    public int address() {
        return address;
    }

    /** The node at the other end of the cable. */
    public GbtNode peer() {
        return this == VEHICLE ? CHARGER : VEHICLE;
    }
}
