package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GbtClockTest {

    @ParameterizedTest
    @CsvSource({
        "36240816051520, 2015-05-16T08:24:36",
        "59592331129920, 2099-12-31T23:59:59",
        "00000001010020, 2000-01-01T00:00:00",
        "00000029022420, 2024-02-29T00:00:00"
    })
    void readsAndWritesDecimalDigits(String payload, LocalDateTime time) {
        GbtBody cts = new GbtBody(GbtMessage.CTS);
        cts.load(HexFormat.of().parseHex(payload), 7);
        assertEquals(Optional.of(time), GbtClock.read(cts));

        GbtBody written = new GbtBody(GbtMessage.CTS);
        GbtClock.write(written, time);
        assertEquals(payload, GbtBodyTest.hex(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffffffffff", // nothing available, seen
                "20150516082436", // swapped, seen
                "24180810050fdf", // binary, seen
                "60240816051520",
                "36600816051520",
                "36242416051520",
                "36240832051520",
                "36240800051520",
                "36240816131520",
                "36240816001520",
                "00000029022320",
                "59592331129919",
                "00000001010021",
                "3a240816051520",
                "3624081605a520"
            })
    void takesNothingThatIsNoDate(String payload) {
        GbtBody cts = new GbtBody(GbtMessage.CTS);
        cts.load(HexFormat.of().parseHex(payload), 7);
        assertEquals(Optional.empty(), GbtClock.read(cts));
    }
}
