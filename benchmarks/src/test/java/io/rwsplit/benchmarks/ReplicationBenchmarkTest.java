package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Its parts, and one run too short for its figures to mean anything. */
class ReplicationBenchmarkTest {
  @TempDir Path directory;

  @Test
  void printsEveryTableAndDeletesWhatItWrote() throws Exception {
    String report = run("../agent/target/rwsplit.jar", "--replicas=1,3", "--most=2m");
    for (String aim :
        Arrays.asList(
            "first copy ≤",
            "lag p50 ≤",
            "lag p99 ≤",
            "catching up ≥",
            "reader p99 ≤",
            "commit p50")) {
      assertTrue(report.contains("| " + aim), report);
    }
    assertTrue(report.contains("| 1m × 1 |"), report);
    assertTrue(
        report.contains("Left out: 1m × 3: its replicas are 3m, more than --most 2m"), report);
    assertArrayEquals(new String[0], directory.toFile().list());
  }

  @Test
  void deletesWhatItWroteWhenItFails() throws Exception {
    Path noAgent = Files.createTempFile("no-agent", ".jar");
    try {
      assertThrows(IOException.class, () -> run(noAgent.toString(), "--replicas=1"));
    } finally {
      Files.delete(noAgent);
    }
    assertArrayEquals(new String[0], directory.toFile().list());
  }

  private String run(String agent, String... options) throws Exception {
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    String[] arguments = Arrays.copyOf(options, options.length + 5);
    arguments[options.length] = "replication";
    arguments[options.length + 1] = "--smoke";
    arguments[options.length + 2] = "--sizes=1m";
    arguments[options.length + 3] = "--agent=" + agent;
    arguments[options.length + 4] = "--dir=" + directory;
    new ReplicationBenchmark(Settings.parse(arguments), new PrintStream(report, true, "UTF-8"))
        .run();
    return new String(report.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "1m, 1048576, 1m",
    "1024k, 1048576, 1m",
    "10g, 10737418240, 10g",
    "1536m, 1610612736, 1.5g"
  })
  void readsSizes(String text, long bytes, String shown) {
    assertEquals(bytes, ByteSize.parse(text).bytes());
    assertEquals(shown, ByteSize.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0m", "1t", "-1m", "1023k", "1 m"})
  void refusesOtherSizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }

  @Test
  void quantilesAreOfWhatWasMeasured() {
    Distribution hundred =
        Distribution.of(java.util.stream.LongStream.rangeClosed(1, 100).toArray());
    assertEquals(50, hundred.p50());
    assertEquals(99, hundred.p99());
    assertEquals(100, hundred.max());
    Distribution one = Distribution.of(new long[] {7});
    assertEquals(7, one.p50());
    assertEquals(7, one.p99());
  }

  @Test
  void saysWhereAnAimIsMissed() throws Exception {
    Aims aims = new Aims();
    aims.atMost("fast ≤ 2", 2, "a", 1.5);
    aims.atMost("fast ≤ 2", 2, "b", 2.5);
    aims.atLeast("much ≥ 2", 2, "a", 2);
    aims.atLeast("more ≥ 2", 2, "a", 1.99);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    aims.print(new PrintStream(out, true, "UTF-8"));
    List<String> lines =
        Arrays.asList(new String(out.toByteArray(), StandardCharsets.UTF_8).split("\n", -1));
    assertTrue(
        lines.contains("| fast ≤ 2 | **in 1 of 2** | a 1.50, **b 2.50** |"), lines::toString);
    assertTrue(lines.contains("| much ≥ 2 | yes | a 2.00 |"), lines::toString);
    assertTrue(lines.contains("| more ≥ 2 | **no** | **a 1.99** |"), lines::toString);
  }
}
