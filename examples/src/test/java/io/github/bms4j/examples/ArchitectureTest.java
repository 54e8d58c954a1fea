package io.github.bms4j.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package map of docs/decisions/001-house.md, kept: who may use whom, and what nobody may use. */
class ArchitectureTest {
    private static final String ROOT = "io.github.bms4j.";
    private static final String CAN = ROOT + "can..";
    private static final String V2G = ROOT + "v2g..";
    private static final String SIM = ROOT + "sim..";
    private static final String EXAMPLES = ROOT + "examples..";

    private static final DescribedPredicate<JavaClass> CORE = resideInAPackage(ROOT + ".")
            .and(resideOutsideOfPackages(CAN, V2G, SIM, EXAMPLES))
            .as("bms-core");
    private static final DescribedPredicate<JavaClass> LIBRARY =
            resideInAPackage(ROOT + ".").and(resideOutsideOfPackage(EXAMPLES)).as("the library");

    /** The way of the data through one control cycle; a package uses only what is left of it. */
    private static final List<String> FLOW =
            List.of("num", "cell", "measure", "estimate", "limit", "thermal", "charge", "config", "control");

    /** Core packages beside the flow, each with all that it may use. */
    private static final Map<String, List<String>> BESIDE_THE_FLOW = Map.of(
            "protect", List.of("num", "cell", "measure"),
            "contactor", List.of("num", "cell", "measure", "protect"),
            "detect", List.of("num", "cell", "measure", "estimate"),
            "balance", List.of("num", "cell", "measure", "estimate"),
            "journal", List.of("num", "cell", "measure", "estimate", "protect", "contactor", "limit", "charge"));

    /** What Math may answer differently on another CPU; StrictMath does not. */
    private static final Set<String> INEXACT = Set.of(
            "exp", "log", "log10", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
            "expm1", "log1p", "cbrt", "hypot");

    private static JavaClasses main;

    @BeforeAll
    static void read() {
        String tests = ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        ImportOption withoutTests = location -> !location.contains(tests);
        main = new ClassFileImporter().withImportOption(withoutTests).importPackages("io.github.bms4j");
    }

    @Test
    void everyModuleIsLookedAt() {
        Set<String> found = main.stream()
                .map(c -> CORE.test(c) ? "core" : firstName(c.getPackageName()))
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of("core", "can", "v2g", "sim", "examples"), found);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(main);
    }

    @Test
    void coreKnowsNoOtherModule() {
        noClasses()
                .that(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CAN, V2G, SIM, EXAMPLES)
                .check(main);
    }

    @Test
    void protocolModulesKnowNeitherEachOtherNorTheSimulator() {
        noClasses()
                .that()
                .resideInAPackage(CAN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(V2G, SIM, EXAMPLES)
                .check(main);
        noClasses()
                .that()
                .resideInAPackage(V2G)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CAN, SIM, EXAMPLES)
                .check(main);
    }

    @Test
    void simulatorKnowsNoExample() {
        noClasses()
                .that()
                .resideInAPackage(SIM)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXAMPLES)
                .check(main);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"num", "cell", "config", "measure", "estimate", "limit", "thermal", "charge"})
    void coreFollowsTheDataFromLeftToRight(String name) {
        String[] right = FLOW.stream()
                .skip(FLOW.indexOf(name) + 1L)
                .map(p -> ROOT + p + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(right)
                .allowEmptyShould(true)
                .check(main);
    }

    @Test
    void onlyTheControlCycleMayLoadFiles() {
        noClasses()
                .that(CORE)
                .and(resideOutsideOfPackages(ROOT + "config..", ROOT + "control.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "config..")
                .check(main);
    }

    @Test
    void everyCorePackageHasItsPlaceInTheMap() {
        Set<String> unplaced = main.stream()
                .filter(CORE)
                .map(c -> firstName(c.getPackageName()))
                .filter(p -> !FLOW.contains(p) && !BESIDE_THE_FLOW.containsKey(p))
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of(), unplaced, "core packages that docs/decisions/001-house.md does not place");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"protect", "contactor", "detect", "balance", "journal"})
    void besideTheFlowEachUsesItsOwnListOnly(String name) {
        String[] allowed = Stream.concat(Stream.of(name), BESIDE_THE_FLOW.getOrDefault(name, List.of()).stream())
                .map(p -> ROOT + p + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".").and(resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true)
                .check(main);
    }

    @Test
    void frameBusLogAndTransportNeedNothingOfBatteries() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "can.frame..", ROOT + "can.bus..", ROOT + "can.log..", ROOT + "can.j1939..")
                .should()
                .dependOnClassesThat(CORE.and(resideOutsideOfPackage(ROOT + "num..")))
                .check(main);
    }

    @Test
    void timeIsGiven() {
        noClasses()
                .that(LIBRARY)
                .should()
                .accessTargetWhere(member(type(System.class), Set.of("nanoTime", "currentTimeMillis")))
                .orShould()
                .accessTargetWhere(member(resideInAPackage("java.time.."), Set.of("now")))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Clock.class, Date.class))
                .check(main);
    }

    @Test
    void libraryPrintsNothing() {
        noClasses()
                .that(LIBRARY)
                .should()
                .accessTargetWhere(member(type(System.class), Set.of("out", "err")))
                .orShould()
                .accessTargetWhere(member(assignableTo(Throwable.class), Set.of("printStackTrace")))
                .check(main);
    }

    @Test
    void sameInputsGiveTheSameBits() {
        noClasses()
                .that(LIBRARY)
                .should()
                .accessTargetWhere(member(type(Math.class), INEXACT))
                .orShould()
                .accessTargetWhere(member(resideInAPackage("java.util.."), Set.of("parallel", "parallelStream")))
                .check(main);
    }

    @Test
    void chanceHasASeedOfOurOwn() {
        noClasses()
                .should()
                .dependOnClassesThat(assignableTo(RandomGenerator.class))
                .orShould()
                .accessTargetWhere(member(type(Math.class), Set.of("random")))
                .orShould()
                .accessTargetWhere(member(type(UUID.class), Set.of("randomUUID")))
                .check(main);
    }

    @Test
    void coreOpensFilesInItsLoadersOnly() {
        noClasses()
                .that(CORE)
                .and(resideOutsideOfPackages(ROOT + "config..", ROOT + "journal.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                        .or(belongToAnyOf(
                                File.class,
                                FileInputStream.class,
                                FileOutputStream.class,
                                FileReader.class,
                                FileWriter.class,
                                RandomAccessFile.class)))
                .check(main);
    }

    @Test
    void coreReadsNoPropertyAndNoEnvironment() {
        noClasses()
                .that(CORE)
                .should()
                .accessTargetWhere(member(type(System.class), Set.of("getProperty", "getProperties", "getenv")))
                .check(main);
    }

    @Test
    void coreAndSimulatorStartNoThread() {
        noClasses()
                .that(CORE.or(resideInAPackage(SIM)))
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                        .or(belongToAnyOf(Thread.class, ThreadLocal.class, Timer.class)))
                .check(main);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(main);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        Set<String> unmarked = main.stream()
                .map(JavaClass::getPackage)
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of(), unmarked, "packages without @NullMarked");
    }

    private static DescribedPredicate<JavaAccess<?>> member(DescribedPredicate<JavaClass> owner, Set<String> names) {
        return DescribedPredicate.describe(
                "the target is one of " + new TreeSet<>(names) + " of a class that is " + owner.getDescription(),
                access -> names.contains(access.getTarget().getName())
                        && owner.test(access.getTarget().getOwner()));
    }

    /** {@code cell} of {@code io.github.bms4j.cell}, {@code can} of {@code io.github.bms4j.can.frame}. */
    private static String firstName(String packageName) {
        String rest = packageName.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
