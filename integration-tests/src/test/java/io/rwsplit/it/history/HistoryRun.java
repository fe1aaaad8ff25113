package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import legacy.history.History;

/**
 * One run of {@link History} under the agent, on any engine, and the judgement of its journal.
 * Immutable.
 *
 * <p>{@code -Drwsplit.it.history.seed} and {@code -Drwsplit.it.history.millis} repeat and prolong;
 * {@code -Drwsplit.it.history.tables=true} prints the agent's tables.
 */
final class HistoryRun {
  /** What the journal shows. */
  final Verdict verdict;

  /** Of all statements, those that replicas served. */
  final double share;

  private HistoryRun(Verdict verdict, double share) {
    this.verdict = verdict;
    this.share = share;
  }

  /** A master, and how an application of some threads uses it. */
  record Load(
      String url,
      String user,
      String password,
      String dialect,
      int readers,
      int writers,
      long millis) {}

  /** A seed for one run. */
  static long seed() {
    return Long.getLong("rwsplit.it.history.seed", System.nanoTime() % 1_000_000);
  }

  /** Makes the tables, perhaps anew. */
  static void create(Load load) throws SQLException {
    try (Connection connection = connect(load)) {
      History.create(connection);
    }
  }

  /** Makes the tables with others that show the same, by triggers, views and cascades. */
  static void createLinked(Load load) throws SQLException {
    try (Connection connection = connect(load)) {
      History.create(connection);
      History.link(connection, load.dialect);
    }
  }

  /**
   * Runs the application to its end, judges. The tables must have been made.
   *
   * @param agent with the agent's configuration
   */
  static HistoryRun of(String name, ForkedJvm.Builder agent, Load load, long seed)
      throws Exception {
    return of(name, agent, load, seed, null);
  }

  /** What is done to the application's JVM, which waits for a line before and after it. */
  interface Meanwhile {
    void act(ForkedJvm app) throws Exception;
  }

  /**
   * As {@link #of(String, ForkedJvm.Builder, Load, long)}, with something going on beside it.
   *
   * @param meanwhile null for nothing
   */
  static HistoryRun of(
      String name, ForkedJvm.Builder agent, Load load, long seed, Meanwhile meanwhile)
      throws Exception {
    Path journal = Files.createTempFile("history", ".journal");
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of(load.url, load.user, load.password, load.dialect, seed));
    arguments.add(Long.getLong("rwsplit.it.history.millis", load.millis));
    arguments.addAll(List.of(load.readers, load.writers, journal));
    if (meanwhile != null) {
      arguments.addAll(List.of(0, 0, 1));
    }
    try (ForkedJvm app = agent.main(History.class, arguments.toArray()).start()) {
      if (meanwhile != null) {
        app.awaitOut("ready"::equals, 120);
        meanwhile.act(app);
      }
      assertEquals(0, app.exitCode(120), app::transcript);
      boolean quiet = app.out().stream().allMatch(line -> line.matches("ready|so far .*"));
      assertTrue(quiet, app::transcript);
      Verdict verdict = Verdict.of(journal);
      ExitTable table = ExitTable.of(app);
      double share = (double) table.onReplicas() / (table.onReplicas() + table.onMaster());
      System.out.printf(
          "%s, seed %d: %s; %.1f %% of all statements on replicas%n",
          name, seed, verdict.figures(), 100 * share);
      if (Boolean.getBoolean("rwsplit.it.history.tables")) {
        System.out.println(table);
      }
      assertTrue(verdict.reads > 1000, verdict::toString);
      assertTrue(verdict.writes > 20, verdict::toString);
      assertEquals(0, verdict.torn, verdict::toString);
      assertEquals(0, verdict.phantoms, verdict::toString);
      return new HistoryRun(verdict, share);
    } finally {
      Files.delete(journal);
    }
  }

  private static Connection connect(Load load) throws SQLException {
    return load.user.isEmpty()
        ? DriverManager.getConnection(load.url)
        : DriverManager.getConnection(load.url, load.user, load.password);
  }
}
