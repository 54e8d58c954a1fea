package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedDataTest {
    /** Capacity and resistance at half charge and 25 °C as the fits found them; a new fit changes them on purpose. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "panasonic-ncr18650pf.fitted, NCA, 2.997, 0.029, CC BY 4.0",
        "dmegc-inr18650, NMC, 2.752, 0.026, MIT",
        "lg-m50, NMC, 4.945, 0.024, BSD-3-Clause",
        "nissan-leaf-2013, LMO, 31.24, 0.0014, MIT",
        "maxamps-lipo-5450, LCO, 4.976, 0.0034, Apache-2.0"
    })
    void everyFittedCellIsThereWithItsLicence(String name, String chemistry, double ah, double ohm, String licence) {
        assertTrue(ShippedData.cells().contains(name));
        CellType cell = ShippedData.cell(name);
        assertEquals(chemistry, cell.chemistry().name());
        assertEquals(ah, cell.rating().capacityAh(), 0.001 * ah);
        assertEquals(ohm, cell.circuit().r0().ohm(0.5, 25.0), 0.25 * ohm);
        assertEquals(licence, cell.provenance().licence());
        assertEquals(3, cell.circuit().branches().size());
        assertTrue(cell.error().sigmaV(25.0) < 0.03);
    }

    @Test
    void everyChemistryButTwoHasAGenericCellAndOtherNamesAreRefused() {
        List<String> generic = ShippedData.cells().stream()
                .filter(n -> n.startsWith("generic-"))
                .toList();
        assertEquals(
                List.of("NMC", "NCA", "LFP", "LTO", "NA_ION", "SOLID_STATE"),
                generic.stream()
                        .map(n -> ShippedData.cell(n).chemistry().name())
                        .toList());
        assertEquals(12, ShippedData.cells().size());
        assertEquals(
                ShippedData.cell("panasonic-ncr18650pf").ocv().v(0.4, 25.0),
                ShippedData.cell().ocv().v(0.4, 25.0));
        assertEquals(
                "found cell 'other', expected one of " + ShippedData.cells(),
                assertThrows(IllegalArgumentException.class, () -> ShippedData.cell("other"))
                        .getMessage());
    }
}
