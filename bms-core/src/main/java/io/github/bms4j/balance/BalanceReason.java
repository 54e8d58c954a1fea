package io.github.bms4j.balance;

/** Why a cell is bled, or why it is not. */
public enum BalanceReason {
    /** It is bled. */
    BLEEDING,
    /** It holds no more than the cell that holds least, as far as one would act on it. */
    AT_TARGET,
    /** It seems to hold more, but not by more than the estimate may be wrong. */
    NOT_SURE,
    /** Its channel would be too many, too much heat, or beside one that is on. */
    WAITING_TURN,
    /** All channels are off so that voltages are read undisturbed. */
    MEASURING,
    /** Its SOC, taken for worse by its standard deviation, is below the lowest at which cells are bled. */
    LOW_SOC,
    /** Its voltage was not read for long, so nobody could count what is bled. */
    NO_VOLTAGE,
    /** The board has become too hot and has not cooled down yet. */
    HOT,
    /** Nobody knows how hot the board is. */
    BOARD_UNKNOWN,
    /** A fault stands, or the vehicle does not want it now. */
    FORBIDDEN,
    /** Nothing is known of the cells yet. */
    UNKNOWN
}
