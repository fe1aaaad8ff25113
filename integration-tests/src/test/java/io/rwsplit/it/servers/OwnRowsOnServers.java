package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import legacy.servers.Marked;
import legacy.servers.OwnRows;
import org.junit.jupiter.api.Test;

/** Nobody misses his own writes on servers, however replication lags, and replicas do serve. */
abstract class OwnRowsOnServers {
  private static final int THREADS = 4;
  private static final int MILLIS = Integer.getInteger("rwsplit.it.own-rows.millis", 4000);
  private static final int MARKED_ROUNDS = 20;

  static SteeredCluster cluster;

  @Test
  void noReadIsStaleWhileReplayPauses() throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("own rows: seed " + seed);
    Random random = new Random(seed);
    try (ForkedJvm app = app(seed).start()) {
      app.awaitOut("started"::equals, 120);
      while (app.process().isAlive()) {
        int replica = 1 + random.nextInt(cluster.replicas());
        cluster.pauseReplay(replica);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
        cluster.resumeReplay(replica);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(600)));
      }
      check(app);
    }
  }

  @Test
  void noReadFailsWhenAReplicaDies() throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("own rows with a death: seed " + seed);
    try (ForkedJvm app = app(seed).start()) {
      app.awaitOut("started"::equals, 120);
      awaitWork(app, "replica1");
      cluster.kill(1);
      awaitOutOfService(app, "replica1");
      cluster.restart(1);
      check(app);
    }
  }

  @Test
  void noReadHangsWhenAReplicaFreezes() throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("own rows with a frozen replica: seed " + seed);
    try (ForkedJvm app = app(seed).start()) {
      app.awaitOut("started"::equals, 120);
      awaitWork(app, "replica2");
      cluster.freeze(2);
      awaitOutOfService(app, "replica2");
      check(app);
    } finally {
      cluster.thaw(2);
      cluster.awaitReplicas();
    }
  }

  /** The program can find what it looks for. */
  @Test
  void withoutReadAfterWriteReadsAreStale() throws Exception {
    cluster.make("DROP TABLE IF EXISTS marked", "CREATE TABLE marked(id INT PRIMARY KEY)");
    for (int i = 1; i <= cluster.replicas(); i++) {
      cluster.pauseReplay(i);
    }
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.read-after-write", "false")
            // Replay stands still while the JVM starts, on a slow machine for long.
            .property("rwsplit.lag.max", "1h")
            .main(Marked.class, cluster.appUrl(), "app", "app", MARKED_ROUNDS, 10)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.out().contains("missing 0"), app::transcript);
    } finally {
      for (int i = 1; i <= cluster.replicas(); i++) {
        cluster.resumeReplay(i);
      }
      cluster.awaitReplicas();
    }
  }

  /**
   * Writes are run by the master and by nobody else, reads by replicas, a little after the write
   * that they must see: by the servers' own word.
   */
  @Test
  void replicasServeSoonAfterAWrite() throws Exception {
    for (int i = 0; i <= cluster.replicas(); i++) {
      cluster.logStatements(i);
    }
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            // For replicas of a slow machine, which may be later than the read is.
            .property("rwsplit.consistency.wait", "5s")
            .main(Marked.class, cluster.appUrl(), "app", "app", MARKED_ROUNDS, 200)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.out().contains("missing 0"), app::transcript);
      int onReplicas = 0;
      for (int node = 0; node <= cluster.replicas(); node++) {
        String log = cluster.statements(node);
        for (int round = 0; round < MARKED_ROUNDS; round++) {
          boolean wrote = log.contains("INSERT INTO marked VALUES (" + (770_000 + round) + ")");
          assertEquals(node == ServerCluster.MASTER, wrote, "node " + node + ", round " + round);
          boolean read = log.contains("read_" + (880_000 + round));
          onReplicas += read && node != ServerCluster.MASTER ? 1 : 0;
        }
      }
      System.out.println(onReplicas + " of " + MARKED_ROUNDS + " reads on replicas");
      assertTrue(onReplicas > MARKED_ROUNDS / 4, app::transcript);
    }
  }

  /** The replica serves, and each thread has written several times, by the master's rows. */
  private static void awaitWork(ForkedJvm app, String replica) throws Exception {
    app.awaitErr(line -> line.contains(replica + ": in service"), 120);
    cluster.await("all threads write", OwnRowsOnServers::haveAllWritten);
  }

  private static boolean haveAllWritten() throws SQLException {
    try (Connection connection = cluster.app(ServerCluster.MASTER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM own WHERE v > 10")) {
      return rows.next() && rows.getInt(1) == THREADS;
    }
  }

  /** Or until the application has ended, which a slow machine may let it do first. */
  private static void awaitOutOfService(ForkedJvm app, String replica) {
    while (app.process().isAlive()
        && app.err().stream().noneMatch(line -> line.contains(replica + ": out of service"))) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static ForkedJvm.Builder app(long seed) {
    return cluster
        .split(new ForkedJvm.Builder())
        .fullSpeed()
        .main(OwnRows.class, cluster.appUrl(), "app", "app", seed, THREADS, MILLIS);
  }

  private static void check(ForkedJvm app) throws Exception {
    assertEquals(0, app.exitCode(120), app::transcript);
    assertTrue(app.out().contains("stale reads: 0"), app::transcript);
    assertTrue(app.out().contains("backward reads: 0"), app::transcript);
    assertTrue(app.out().contains("failed: 0"), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    ExitTable table = ExitTable.of(app);
    System.out.println(String.join("\n", app.out()) + "\n" + table);
    assertTrue(table.onReplicas() > 0, app::transcript);
  }
}
