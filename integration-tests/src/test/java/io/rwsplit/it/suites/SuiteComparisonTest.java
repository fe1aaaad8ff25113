package io.rwsplit.it.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code driver-suites} makes of two sets of XML reports. */
class SuiteComparisonTest {
  private static final String PASSED = "";
  private static final String FAILED =
      "<failure message=\"1\" type=\"a.B\"><![CDATA[x]]></failure>";
  private static final String ERROR = "<error type=\"java.sql.SQLException\"/>";
  private static final String SKIPPED = "<skipped><![CDATA[not today]]></skipped>";

  @TempDir private Path directory;

  private static String test(String id, String outcome) {
    return "<testcase name=\"same()\" classname=\"a.B\" time=\"0\">"
        + outcome
        + "<system-out><![CDATA[\nunique-id: "
        + id
        + "\ndisplay-name: same()\n]]></system-out></testcase>";
  }

  private static String method(String name) {
    return "[engine:junit-jupiter]/[class:a.B]/[method:" + name + "(int[])]";
  }

  private Map<String, Outcome> read(String run, String... tests) throws IOException {
    Path reports = Files.createDirectory(directory.resolve(run));
    Files.writeString(
        reports.resolve("TEST-junit-jupiter.xml"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuite name=\"x\"><properties/>"
            + String.join("", tests)
            + "</testsuite>");
    return SuiteReports.read(reports);
  }

  @Test
  void testsAreToldApartByTheirUniqueIds() throws IOException {
    String template =
        "[engine:junit-jupiter]/[class:a.B]/[test-template:p(int)]/[test-template-invocation:#";
    Map<String, Outcome> outcomes =
        read(
            "ids",
            test(method("passes"), PASSED),
            test(method("fails"), FAILED),
            test(method("breaks"), ERROR),
            test(method("skips"), SKIPPED),
            test(template + "1]", PASSED),
            test(template + "2]", FAILED),
            "<testcase name=\"old\" classname=\"a.B\"/>");
    Map<String, Outcome> expected = new TreeMap<>();
    expected.put("a.B#old", Outcome.PASSED);
    expected.put("a.B/passes(int[])", Outcome.PASSED);
    expected.put("a.B/fails(int[])", Outcome.FAILED);
    expected.put("a.B/breaks(int[])", Outcome.FAILED);
    expected.put("a.B/skips(int[])", Outcome.SKIPPED);
    expected.put("a.B/p(int)/#1", Outcome.PASSED);
    expected.put("a.B/p(int)/#2", Outcome.FAILED);
    assertEquals(expected, outcomes);
  }

  @Test
  void everyPairOfOutcomesHasItsVerdict() {
    for (Outcome bare : Outcome.values()) {
      for (Outcome agent : Outcome.values()) {
        boolean broken = bare == Outcome.PASSED && agent != Outcome.PASSED;
        SuiteComparison comparison = new SuiteComparison(Map.of("t", bare), Map.of("t", agent));
        assertEquals(broken ? List.of("t") : List.of(), comparison.broken(), bare + " " + agent);
        assertEquals(!broken, comparison.isClean(), bare + " " + agent);
      }
    }
  }

  @Test
  void aTestThatDidNotRunIsNotTakenForOneThatPassed() {
    Map<String, Outcome> both = Map.of("t", Outcome.PASSED, "u", Outcome.PASSED);
    Map<String, Outcome> one = Map.of("t", Outcome.PASSED);
    SuiteComparison comparison = new SuiteComparison(both, one);
    assertFalse(comparison.isClean());
    assertTrue(comparison.lines().contains("RAN BARE ONLY: u"), comparison.lines()::toString);
    assertTrue(new SuiteComparison(one, both).isClean());
    assertFalse(new SuiteComparison(Map.of(), Map.of()).isClean(), "nothing ran");
  }

  @Test
  void theCountsAreThoseOfTheReports() throws IOException {
    Map<String, Outcome> bare =
        read(
            "bare",
            test(method("a"), PASSED),
            test(method("b"), PASSED),
            test(method("c"), FAILED),
            test(method("d"), SKIPPED));
    Map<String, Outcome> agent =
        read(
            "agent",
            test(method("a"), PASSED),
            test(method("b"), FAILED),
            test(method("c"), PASSED),
            test(method("d"), SKIPPED));
    assertEquals(
        List.of(
            "bare:  4 tests, 2 passed, 1 failed, 1 skipped",
            "agent: 4 tests, 2 passed, 1 failed, 1 skipped",
            "PASSES BARE, NOT UNDER THE AGENT: a.B/b(int[])",
            "fails bare, passes under the agent: a.B/c(int[])",
            "VERDICT: differs"),
        new SuiteComparison(bare, agent).lines());
  }
}
