package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PatroniCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import legacy.failover.Desk;

/**
 * An application under the agent on a cluster of Patroni: its leader's machine dies, and comes
 * back; later Patroni is told to move the leadership.
 */
final class PatroniRun {
  /** Port and timeline: the third leader may be the first again. */
  private static final String SERVER =
      "inet_server_port() + "
          + DeskRun.TERM
          + " * ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int";

  private final PatroniCluster cluster;
  private final Path log;
  private final String title;

  /** When the first and the second new leader took a write of the test's own. */
  private long failedOver;

  private long switchedOver;
  private int leader;

  PatroniRun(PatroniCluster cluster, Path log, String title) {
    this.cluster = cluster;
    this.log = log;
    this.title = title;
  }

  /** The application's JVM, with servers as Patroni names them. */
  ForkedJvm start(String url) throws Exception {
    ForkedJvm app =
        new ForkedJvm.Builder()
            .agent()
            .property("rwsplit.master", url)
            .property("rwsplit.patroni", cluster.restUrls())
            .property("rwsplit.failover", "follow")
            .main(Desk.class, url, SERVER, log)
            .start();
    try {
      app.awaitOut("started"::equals, 120);
      return app;
    } catch (InterruptedException | AssertionError e) {
      app.close();
      throw e;
    }
  }

  /** All of it; the agent must call the old leader {@code oldLeader} once it is a replica. */
  DeskLog play(ForkedJvm app, String oldLeader) throws Exception {
    DeskRun run = new DeskRun(cluster, app);
    run.awaitRows(0, 100);
    final long killed = DeskRun.now();
    cluster.kill(0);
    failedOver = awaitWritable(0, "failover");
    final int second = leader;
    run.awaitRows(second, 200);
    cluster.restart(0);
    cluster.await("the old leader is a standby", () -> cluster.isComplete(2));
    app.awaitErr(line -> line.contains(oldLeader + ": in service"), 120);
    run.rest(2000);
    final long asked = DeskRun.now();
    Future<?> switching =
        ForkJoinPool.commonPool()
            .submit(
                () -> {
                  switchOver(second);
                  return null;
                });
    switchedOver = awaitWritable(second, "switchover");
    switching.get(120, TimeUnit.SECONDS);
    long before = run.rows(leader);
    cluster.await("rows on the third leader", () -> run.rows(leader) > before + 100);
    cluster.await("all nodes are back", () -> cluster.isComplete(2));
    run.rest(1000);
    DeskLog desk =
        run.end(log, new DeskRun.Moves(title, killed, failedOver, asked, switchedOver), leader);
    assertEquals(0, desk.ends("O", 0, Long.MAX_VALUE).getOrDefault("lost", 0));
    checkOneLeaderAtATime(desk);
    return desk;
  }

  /**
   * Hands over to the synchronous standby, which is the only one that may take over. Patroni
   * refuses while that is not known to be healthy, or is just becoming another.
   */
  private void switchOver(int from) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        cluster.switchover(from, cluster.synchronous());
        return;
      } catch (IOException e) {
        if (cluster.leader() != from) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
  }

  /** Waits for another leader that takes a write of the test's own; microseconds of the epoch. */
  private long awaitWritable(int old, String what) throws Exception {
    long begin = DeskRun.now();
    cluster.await(
        "another leader",
        () -> {
          for (int i = 0; i < 3; i++) {
            if (i != old && cluster.isAlive(i) && cluster.isWritable(i)) {
              leader = i;
              return true;
            }
          }
          return false;
        });
    long promoted = DeskRun.now();
    cluster.execute(leader, "SET lock_timeout = 0", "INSERT INTO probes VALUES (" + begin + ")");
    long writable = DeskRun.now();
    System.out.println(
        title
            + ", "
            + what
            + ": promoted after "
            + (promoted - begin) / 1000
            + " ms, writable after "
            + (writable - begin) / 1000
            + " ms");
    return promoted;
  }

  private Map<String, Integer> servers() throws SQLException {
    Map<String, Integer> servers = new HashMap<>();
    try (Connection connection = cluster.admin(leader);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT worker, n, server FROM acts")) {
      while (row.next()) {
        servers.put(row.getInt(1) + "/" + row.getInt(2), row.getInt(3));
      }
    }
    return servers;
  }

  /** Once a leader has acknowledged a row, no row that was begun later is an earlier leader's. */
  private void checkOneLeaderAtATime(DeskLog desk) throws SQLException {
    Map<String, Integer> servers = servers();
    Map<Integer, Long> first = new HashMap<>();
    Predicate<DeskLog.Act> written = a -> a.kind.equals("W") && a.isOk();
    desk.acts(written)
        .forEach(a -> first.merge(servers.get(a.worker + "/" + a.n), a.ended, Math::min));
    assertEquals(3, first.size(), "leaders");
    desk.acts(written)
        .forEach(
            a -> {
              int server = servers.get(a.worker + "/" + a.n);
              for (Map.Entry<Integer, Long> other : first.entrySet()) {
                boolean later = other.getValue() > first.get(server);
                assertTrue(
                    !later || a.began < other.getValue(),
                    () -> a.worker + "/" + a.n + " went to " + server);
              }
            });
  }
}
