package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.SteeredCluster;
import java.util.List;
import legacy.history.Overtaken;
import org.junit.jupiter.api.Test;

/**
 * What an application with many threads can see of a server's replicas while each of them is 0 to 2
 * s behind, by turns.
 */
abstract class HistoryOnServers {
  static SteeredCluster cluster;

  private final String dialect;

  HistoryOnServers(String dialect) {
    this.dialect = dialect;
  }

  final HistoryRun run(
      String consistency, String wait, String transactions, int readers, int writers, long millis)
      throws Exception {
    HistoryRun.Load load =
        new HistoryRun.Load(cluster.appUrl(), "app", "app", dialect, readers, writers, millis);
    HistoryRun.create(load);
    cluster.awaitReplicas();
    ForkedJvm.Builder agent =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.consistency", consistency)
            .property("rwsplit.consistency.wait", wait)
            .property("rwsplit.transactions", transactions);
    String name = dialect + ", " + consistency + ", wait " + wait + ", " + transactions;
    long seed = HistoryRun.seed();
    RandomDelays delays =
        consistency.equals("eventual")
            ? RandomDelays.standstill(cluster)
            : RandomDelays.inTurns(cluster, seed);
    try {
      return HistoryRun.of(name, agent, load, seed);
    } finally {
      delays.end();
    }
  }

  static void assertSession(Verdict verdict) {
    assertEquals(0, verdict.staleOwn, verdict::toString);
    assertEquals(0, verdict.backward, verdict::toString);
  }

  @Test
  void sessionReadsSeeTheirWritesAndNeverGoBack() throws Exception {
    HistoryRun done = run("session", "0ms", "master", 3, 3, 2500);
    assertSession(done.verdict);
    assertTrue(done.share > 0, () -> "share " + done.share);
  }

  @Test
  void jvmReadsMissNothing() throws Exception {
    HistoryRun done = run("jvm", "100ms", "master", 3, 2, 2500);
    assertSession(done.verdict);
    assertEquals(0, done.verdict.stale, done.verdict::toString);
    assertTrue(done.share > 0, () -> "share " + done.share);
  }

  /** By table, over tables that triggers, views and cascades change. */
  @Test
  void sessionHoldsByTable() throws Exception {
    cluster.allowRoutines();
    HistoryRun.Load load = new HistoryRun.Load(cluster.appUrl(), "app", "app", dialect, 3, 3, 2500);
    HistoryRun.createLinked(load);
    cluster.awaitReplicas();
    ForkedJvm.Builder agent =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.consistency.by-table", "true")
            .property("legacy.history.linked", "true");
    long seed = HistoryRun.seed();
    RandomDelays delays = RandomDelays.inTurns(cluster, seed);
    try {
      HistoryRun done = HistoryRun.of(dialect + ", session by table", agent, load, seed);
      assertSession(done.verdict);
      assertTrue(done.share > 0, () -> "share " + done.share);
    } finally {
      delays.end();
    }
  }

  /** A commit reaches a replica's readers before the master's own. */
  @Test
  void theMasterShowsWhatAReplicaHasShown() throws Exception {
    HistoryRun.create(new HistoryRun.Load(cluster.appUrl(), "app", "app", dialect, 0, 0, 0));
    cluster.awaitReplicas();
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            // So that replicas of a slow machine, which lag all the time, serve some reads.
            .property("rwsplit.consistency.wait", "5s")
            .main(Overtaken.class, cluster.appUrl(), "app", "app", 4, 120)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("backward: 0"), app.out(), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
    }
  }

  /** The judge can find what there is. */
  @Test
  void eventualReadsAreStaleAndGoBack() throws Exception {
    Verdict verdict = run("eventual", "0ms", "master", 2, 4, 1000).verdict;
    assertTrue(verdict.staleOwn > 0, verdict::toString);
    assertTrue(verdict.stale > 0, verdict::toString);
    assertTrue(verdict.backward > 0, verdict::toString);
  }
}
