package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class J1939IdTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0x1826F456, 6, 0x2600, 0xF4, 0x56", // GB/T 27930 CHM, charger to BMS
        "0x1CEC56F4, 7, 0xEC00, 0x56, 0xF4",
        "0x081E56F4, 2, 0x1E00, 0x56, 0xF4",
        "0x18FEF100, 6, 0xFEF1, 0xFF, 0x00", // PDU2
        "0x18F00417, 6, 0xF004, 0xFF, 0x17",
        "0x0CEF2233, 3, 0xEF00, 0x22, 0x33", // the last PDU1 format
        "0x19FF0102, 6, 0x1FF01, 0xFF, 0x02", // data page 1
        "0x03000000, 0, 0x30000, 0x00, 0x00", // both page bits
        "0x1FFFFFFF, 7, 0x3FFFF, 0xFF, 0xFF",
    })
    void takesApartAndPutsTogether(String id, int priority, String pgn, String destination, String source) {
        int number = Integer.decode(id);
        assertEquals(priority, J1939Id.priority(number));
        assertEquals(Integer.decode(pgn), J1939Id.pgn(number));
        assertEquals(Integer.decode(destination), J1939Id.destination(number));
        assertEquals(Integer.decode(source), J1939Id.source(number));
        assertEquals(
                number, J1939Id.of(priority, Integer.decode(pgn), Integer.decode(destination), Integer.decode(source)));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "8, 0, 0, 0, 'priority must be within [0x0, 0x7] but is 0x8'",
        "-1, 0, 0, 0, 'priority must be within [0x0, 0x7] but is 0xFFFFFFFF'",
        "0, 0x40000, 0, 0, 'pgn must be within [0x0, 0x3FFFF] but is 0x40000'",
        "0, 0, 256, 0, 'destination must be within [0x0, 0xFF] but is 0x100'",
        "0, 0, 0, 256, 'source must be within [0x0, 0xFF] but is 0x100'",
        "0, 0xF001, 1, 0, 'destination of PDU2 group 0xF001 must be 0xFF but is 0x1'",
        "0, 0xEC01, 1, 0, 'pgn of PDU1 must end in 00 but is 0xEC01'",
    })
    void refusesPartsThatDoNotFit(int priority, String pgn, int destination, int source, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> J1939Id.of(priority, Integer.decode(pgn), destination, source))
                        .getMessage());
    }
}
