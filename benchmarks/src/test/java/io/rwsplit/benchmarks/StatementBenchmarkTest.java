package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Programs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every case under every contender, too short for the figures to mean anything but the counts. */
class StatementBenchmarkTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyCaseUnderEveryContender(Engine engine) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Report report = new Report(new PrintStream(text, true, "UTF-8"));
    Settings settings =
        Settings.parse("--smoke", "--agent=../agent/target/rwsplit.jar", "--dir=" + directory);
    StatementBenchmark benchmark = new StatementBenchmark(settings, report, engine);
    benchmark.run(settings.programs(), new Budget(0, 1));
    String printed = new String(text.toByteArray(), StandardCharsets.UTF_8);
    for (String leftOut : report.leftOut()) {
      // Loud already; a machine may lack a JDK or be none that PostgreSQL runs on.
      System.out.println("left out: " + leftOut);
      assertFalse(leftOut.contains(StatementBenchmark.FAILED + ":"), leftOut);
    }
    if (benchmark.figures().isEmpty()) {
      assertTrue(report.leftOut().toString().contains("PostgreSQL"), printed);
      return;
    }
    for (Map.Entry<Case, Rounds> each : benchmark.figures().entrySet()) {
      for (Contender contender : Contender.values()) {
        if (contender.runsOn(engine) && settings.measures(contender)) {
          judge(each.getKey(), contender, each.getValue());
        }
      }
    }
    for (Case each : Programs.on(engine, settings.programs())) {
      boolean leftOut =
          report.leftOut().stream().anyMatch(line -> line.contains(" " + each.name() + ":"));
      assertTrue(leftOut || printed.contains("| `" + each.name() + "` |"), printed);
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(Collections.emptyList(), left.collect(Collectors.toList()));
    }
  }

  private static void judge(Case which, Contender contender, Rounds figures) {
    String title = contender.title();
    String where = which.name() + " under " + title;
    if (!contender.runs(which)) {
      assertFalse(figures.contenders().contains(title), where);
      return;
    }
    boolean routes = contender == Contender.ROUTE || contender == Contender.ONE_REPLICA;
    assertTrue(figures.of(title, StatementRound.OPERATIONS).min() > 0, where);
    assertTrue(figures.of(title, StatementRound.WALL).min() > 0, where);
    if (routes && which.route() == Case.Route.REPLICA) {
      assertTrue(figures.of(title, StatementRound.ROUTED).min() > 0, where);
    } else if (contender.isAgent() && figures.has(title, StatementRound.ROUTED)) {
      assertEquals(0, figures.of(title, StatementRound.ROUTED).max(), where);
    } else {
      assertTrue(!figures.has(title, StatementRound.ROUTED) || contender.isAgent(), where);
    }
    if (figures.has(title, StatementRound.SERVED)) {
      // Of all cases together, as the servers have counted them.
      double served = figures.of(title, StatementRound.SERVED).median();
      boolean splits =
          routes || contender == Contender.SHARDINGSPHERE || contender == Contender.IN_TURN;
      assertEquals(splits, served > 0, where + ": " + served);
    }
  }
}
