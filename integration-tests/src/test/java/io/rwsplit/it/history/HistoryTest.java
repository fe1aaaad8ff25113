package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application with many threads can see of SQLite replicas that are behind. */
class HistoryTest {
  @TempDir Path directory;

  /** Of all statements of the newest run, those that replicas served. */
  private double share;

  private Verdict run(String consistency, String delay, String wait, int readers, int writers)
      throws Exception {
    ForkedJvm.Builder agent =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.consistency", consistency)
            .property("rwsplit.consistency.wait", wait)
            .property("rwsplit.replication.delay", delay);
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    HistoryRun.Load load = new HistoryRun.Load(url, "", "", "sqlite", readers, writers, 700);
    HistoryRun.create(load);
    HistoryRun done =
        HistoryRun.of(
            consistency + ", delay " + delay + ", wait " + wait, agent, load, HistoryRun.seed());
    share = done.share;
    return done.verdict;
  }

  /** By table, over tables that triggers, views and cascades change. */
  private Verdict runByTable(String consistency, String delay) throws Exception {
    ForkedJvm.Builder agent =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.consistency", consistency)
            .property("rwsplit.consistency.by-table", "true")
            .property("legacy.history.linked", "true")
            .property("rwsplit.replication.delay", delay);
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    HistoryRun.Load load = new HistoryRun.Load(url, "", "", "sqlite", 3, 4, 1000);
    HistoryRun.createLinked(load);
    String name = consistency + " by table, delay " + delay;
    return HistoryRun.of(name, agent, load, HistoryRun.seed()).verdict;
  }

  @Test
  void sessionHoldsByTable() throws Exception {
    assertSession(runByTable("session", "5ms,50ms"));
  }

  @Test
  void jvmReadsMissNothingByTable() throws Exception {
    Verdict verdict = runByTable("jvm", "0ms,20ms");
    assertSession(verdict);
    assertEquals(0, verdict.stale, verdict::toString);
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
