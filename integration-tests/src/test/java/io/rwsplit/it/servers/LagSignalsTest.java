package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import legacy.servers.Reader;
import org.junit.jupiter.api.Test;

/** What replicas say of their replication beside positions, and what users may not ask. */
class LagSignalsTest {
  /** The heartbeat of the replica says another thing than its position. */
  @Test
  void mariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(1)) {
      cluster.make("CREATE TABLE beat(ts VARCHAR(26))", "INSERT INTO beat VALUES (NOW(6))");
      try (ForkedJvm app = start(cluster, "app.beat.ts")) {
        app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
        app.awaitErr(line -> line.contains("the state of its replication is not known"), 120);
        cluster.execute(
            1, "SET sql_log_bin=0", "UPDATE app.beat SET ts = NOW(6) - INTERVAL 1 HOUR");
        app.awaitErr(line -> line.contains("out of service: lags: behind by 3"), 120);
        cluster.execute(1, "SET sql_log_bin=0", "UPDATE app.beat SET ts = NOW(6) + INTERVAL 1 DAY");
        int[] in = {0};
        app.awaitErr(line -> line.endsWith("replica1: in service") && ++in[0] == 2, 120);
        assertEquals(
            1,
            app.err().stream()
                .filter(line -> line.contains("the state of its replication is not known"))
                .count(),
            app::transcript);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }

  /**
   * Where nothing is replayed the log says why there is a lag; the replica's user is an ordinary
   * one.
   */
  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      cluster.make("CREATE TABLE beat(ts TIMESTAMPTZ)", "INSERT INTO beat VALUES (now())");
      try (ForkedJvm app = start(cluster, "public.beat.ts")) {
        app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
        // The master's user may see that there is a standby, not what it does.
        app.awaitErr(line -> line.matches(".* the master sends to [^( ]+"), 120);
        cluster.execute(ServerCluster.MASTER, "GRANT pg_read_all_stats TO app");
        app.awaitErr(
            line -> line.matches(".* the master sends to [^( ]+ \\(streaming, async\\)"), 120);
        cluster.pauseReplay(1);
        cluster.execute(ServerCluster.MASTER, "CREATE TABLE later(a INT)");
        app.awaitErr(line -> line.contains("out of service: lags"), 120);
        cluster.resumeReplay(1);
        int[] in = {0};
        app.awaitErr(line -> line.endsWith("replica1: in service") && ++in[0] == 2, 120);
        assertTrue(
            app.err().stream().noneMatch(line -> line.contains("it is done without")),
            app::transcript);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }

  private static ForkedJvm start(ServerCluster cluster, String heartbeat) throws Exception {
    return cluster
        .split(new ForkedJvm.Builder())
        .property("rwsplit.lag.heartbeat", heartbeat)
        .property("rwsplit.lag.max", "2s")
        .property("rwsplit.health.interval", "200ms")
        .main(Reader.class, cluster.appUrl(), "app", "app")
        .start();
  }
}
