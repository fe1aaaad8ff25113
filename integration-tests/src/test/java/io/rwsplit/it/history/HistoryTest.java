package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import legacy.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application with many threads can see of replicas that are behind.
 *
 * <p>{@code -Drwsplit.it.history.seed} and {@code -Drwsplit.it.history.millis} repeat and prolong.
 */
class HistoryTest {
  private static final long MILLIS = Long.getLong("rwsplit.it.history.millis", 700);

  @TempDir Path directory;

  /** Of all statements of the newest run, those that replicas served. */
  private double share;

  private Verdict run(String consistency, String delay, String wait, int readers, int writers)
      throws Exception {
    long seed = Long.getLong("rwsplit.it.history.seed", System.nanoTime() % 1_000_000);
    Path journal = directory.resolve("journal");
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      History.create(connection);
    }
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.consistency", consistency)
            .property("rwsplit.consistency.wait", wait)
            .property("rwsplit.replication.delay", delay)
            .main(History.class, url, "", "", "sqlite", seed, MILLIS, readers, writers, journal)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(0, app.out().size(), app::transcript);
      Verdict verdict = Verdict.of(journal);
      ExitTable table = ExitTable.of(app);
      System.out.printf(
          "%s, delay %s, wait %s, seed %d: %s; %.1f %% of all statements on replicas%n",
          consistency,
          delay,
          wait,
          seed,
          verdict.figures(),
          100.0 * table.onReplicas() / (table.onReplicas() + table.onMaster()));
      if (Boolean.getBoolean("rwsplit.it.history.tables")) {
        System.out.println(table);
      }
      assertTrue(verdict.reads > 1000, verdict::toString);
      assertTrue(verdict.writes > 20, verdict::toString);
      assertEquals(0, verdict.torn, verdict::toString);
      assertEquals(0, verdict.phantoms, verdict::toString);
      share = (double) table.onReplicas() / (table.onReplicas() + table.onMaster());
      return verdict;
    }
  }

  private static void assertSession(Verdict verdict) {
    assertEquals(0, verdict.staleOwn, verdict::toString);
    assertEquals(0, verdict.backward, verdict::toString);
  }

  @Test
  void sessionReadsSeeTheirWritesAndNeverGoBack() throws Exception {
    assertSession(run("session", "0ms", "0ms", 2, 6));
  }

  @Test
  void sessionHoldsBetweenReplicasOfDifferentAge() throws Exception {
    assertSession(run("session", "0ms,2s", "0ms", 2, 6));
  }

  @Test
  void sessionHoldsWhereAllReplicasAreOld() throws Exception {
    assertSession(run("session", "700ms,2s", "0ms", 3, 3));
  }

  /** Of some 60 % that are reads outside of transactions. */
  @Test
  void sessionHoldsWithAWaitAndReadsLeaveTheMaster() throws Exception {
    assertSession(run("session", "5ms", "10s", 2, 6));
    assertTrue(share > 0.3, () -> "share " + share);
  }

  @Test
  void jvmReadsMissNothing() throws Exception {
    Verdict verdict = run("jvm", "0ms", "0ms", 4, 2);
    assertSession(verdict);
    assertEquals(0, verdict.stale, verdict::toString);
  }

  @Test
  void jvmHoldsWithDelayAndWait() throws Exception {
    Verdict verdict = run("jvm", "5ms,500ms", "10s", 4, 3);
    assertSession(verdict);
    assertEquals(0, verdict.stale, verdict::toString);
    assertTrue(share > 0.3, () -> "share " + share);
  }

  /** The judge can find what there is. */
  @Test
  void eventualReadsAreStaleAndGoBack() throws Exception {
    Verdict verdict = run("eventual", "0ms,300ms", "0ms", 2, 6);
    assertTrue(verdict.staleOwn > 0, verdict::toString);
    assertTrue(verdict.stale > 0, verdict::toString);
    assertTrue(verdict.backward > 0, verdict::toString);
  }
}
