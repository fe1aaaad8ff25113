package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.differential.RandomCalls;
import legacy.differential.RandomProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs print the same on the bare driver and under an agent whose own methods throw,
 * hang and run out of memory.
 *
 * <p>{@code -Drwsplit.it.chaos.runs} has more runs, {@code -Drwsplit.it.chaos.seed} others.
 */
class SameCallsInChaosTest {
  private static final int RUNS = Integer.getInteger("rwsplit.it.chaos.runs", 1);
  private static final long FIRST = Long.getLong("rwsplit.it.chaos.seed", 11);
  private static final String ALL =
      "sql|catalog|route|session|consistency|pool|replication|core|jdbc|topology|report";

  /** Programs of one run. */
  private static final int SEEDS = 5;

  @TempDir Path directory;
  private int runs;

  @Test
  void whereItThrows() throws Exception {
    program(Chaos.of(FIRST, "throw,sql,oom", 500).in(ALL), FIRST);
    calls(Chaos.of(FIRST, "throw,sql,oom", 500).in(ALL), FIRST);
    for (int i = 1; i < RUNS; i++) {
      int rate = i % 2 == 0 ? 500 : 5000;
      calls(Chaos.of(FIRST + i, "throw,sql,oom", rate), FIRST + i);
      program(Chaos.of(~FIRST - i, "throw,sql,oom", rate), FIRST + i);
    }
  }

  @Test
  void whereItHangs() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      program(Chaos.of(FIRST + i, "block", 2000).in(ALL), FIRST + i);
    }
  }

  /** Where the heap is full in earnest the application may meet that, too: not in every build. */
  @Test
  void whereMemoryRunsOut() throws Exception {
    program(Chaos.of(FIRST, "oom", 1000).in(ALL), FIRST);
    for (int i = 1; i < RUNS; i++) {
      program(Chaos.of(FIRST + i, "fill", 20_000), FIRST + i, "-Xmx64m");
    }
  }

  private void calls(Chaos chaos, long seed) throws Exception {
    Path bare = run();
    Path split = run();
    String[] tables = {"PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)"};
    Databases.make(file(bare, "program.db"), tables);
    Databases.make(file(split, "program.db"), tables);
    compare(
        new ForkedJvm.Builder()
            .property("legacy.differential.known", "false")
            .main(RandomCalls.class, callsOf(bare, seed)),
        chaos
            .on(splitOf(split), Chaos.jar(directory))
            .property("legacy.differential.known", "false")
            .main(RandomCalls.class, callsOf(split, seed)),
        chaos);
  }

  private Object[] callsOf(Path run, long seed) {
    String url = "jdbc:sqlite:" + file(run, "program.db");
    return new Object[] {"SQLITE", url, seed, SEEDS, 400, file(run, "counts")};
  }

  private void program(Chaos chaos, long seed, String... options) throws Exception {
    Path bare = run();
    Path split = run();
    String[] tables = {"PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)"};
    Databases.make(file(bare, "program.db"), tables);
    Databases.make(file(split, "program.db"), tables);
    ForkedJvm.Builder agent = chaos.on(splitOf(split), Chaos.jar(directory));
    for (String option : options) {
      agent.option(option);
    }
    compare(
        new ForkedJvm.Builder().main(RandomProgram.class, bare, seed, SEEDS, 300),
        agent.main(RandomProgram.class, split, seed, SEEDS, 300),
        chaos);
  }

  /** The path is part of some outcomes. */
  private static List<String> masked(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("/run[0-9]+/", "/run/")).toList();
  }

  private void compare(ForkedJvm.Builder bare, ForkedJvm.Builder split, Chaos chaos)
      throws Exception {
    List<String> expected;
    try (ForkedJvm app = bare.start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      expected = masked(app.out());
    }
    try (ForkedJvm app = split.property("legacy.differential.tells", "true").start()) {
      int code = app.exitCode(300);
      if (app.err().stream().anyMatch(line -> line.contains("Cleaner terminated abnormally"))) {
        // The JDK itself ends a JVM in which a buffer cannot be freed for want of memory.
        System.out.println("ended by the JDK: " + chaos);
        expected = expected.subList(0, Math.min(expected.size(), app.out().size()));
        code = 0;
      }
      try {
        Transcripts.assertSame(expected, masked(app.out()), chaos.toString());
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n--- err\n" + String.join("\n", app.err()));
      }
      int ended = code;
      assertEquals(0, ended, () -> chaos + app.transcript());
    }
  }

  private ForkedJvm.Builder splitOf(Path run) {
    return new ForkedJvm.Builder()
        .split(file(run, "program.db"), file(run, "replica1.db"), file(run, "replica2.db"));
  }

  private Path run() throws Exception {
    return Files.createDirectory(directory.resolve("run" + runs++));
  }

  private static File file(Path run, String name) {
    return run.resolve(name).toFile();
  }
}
