package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows of no failover, on MariaDB, while replicas are promoted. */
class FollowMariadbTest {
  @TempDir Path directory;

  @Test
  void theApplicationWritesToWhoeverIsTheMaster() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      cluster.make(DeskRun.TABLE, DeskRun.WAYS);
      for (int node = 0; node <= 2; node++) {
        cluster.execute(node, "SET GLOBAL rpl_semi_sync_slave_enabled = " + (node == 1));
      }
      // Whatever the application was told is committed has reached replica 1.
      cluster.execute(1, "STOP SLAVE IO_THREAD", "START SLAVE IO_THREAD");
      cluster.execute(
          0,
          "SET GLOBAL rpl_semi_sync_master_timeout = 60000",
          "SET GLOBAL rpl_semi_sync_master_enabled = ON");
      Path log = directory.resolve("desk.log");
      try (ForkedJvm app = DeskRun.app(cluster, cluster.appUrl(), "@@port", log)) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);

        // The master dies; after a while somebody promotes a replica. A commit that is on its way
        // must
        // not be on the other one alone, which could not follow the new master then.
        cluster.execute(2, "STOP SLAVE IO_THREAD");
        long killed = DeskRun.now();
        cluster.kill(0);
        run.awaitGap(log, killed);
        String fork = promote(cluster, 1);
        long writable = DeskRun.now();
        cluster.execute(2, "STOP SLAVE", "RESET SLAVE ALL");
        cluster.follow(2, 1);
        run.awaitRows(1, 100);
        run.waysLeadTo(1, "mariadb", cluster.appUrl(), "@@port");

        // The dead one returns, and nobody tells it that it is no master any more.
        cluster.restart(0);
        long stray = run.rows(0);
        app.awaitErr(line -> line.contains("several nodes claim to be the master"), 120);
        run.rest(1500);
        assertEquals(stray, run.rows(0), "rows that the stray master has taken");

        // Now somebody does.
        cluster.execute(0, "SET GLOBAL read_only = 1");
        run.forgetOrphans(0, 1);
        cluster.execute(0, "RESET MASTER", "SET GLOBAL gtid_slave_pos = '" + fork + "'");
        cluster.follow(0, 1);
        app.awaitErr(line -> line.contains("first-master: in service"), 120);
        run.rest(1000);
        long returned = DeskRun.now();

        // A switchover back: the master is demoted and stays up.
        cluster.execute(1, "SET GLOBAL read_only = 1");
        String reached = cluster.ask(1, "SELECT @@gtid_binlog_pos");
        cluster.await(
            "all is there",
            () -> "0".equals(cluster.ask(0, "SELECT MASTER_GTID_WAIT('" + reached + "', 0.1)")));
        promote(cluster, 0);
        long writableAgain = DeskRun.now();
        cluster.execute(1, "SET GLOBAL gtid_slave_pos = '" + reached + "'");
        cluster.follow(1, 0);
        cluster.execute(2, "STOP SLAVE", "RESET SLAVE ALL");
        cluster.follow(2, 0);
        long before = run.rows(0);
        cluster.await("rows on the old master", () -> run.rows(0) > before + 50);
        run.rest(1000);

        run.end(log, new DeskRun.Moves("mariadb", killed, writable, returned, writableAgain), 0);
        assertTrue(run.served("first-master") > 0, app::transcript);
      }
    }
  }

  @Test
  void aMasterThatTheOthersHaveLeftGetsNoMoreWrites() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      cluster.make(DeskRun.TABLE);
      Path log = directory.resolve("desk.log");
      try (ForkedJvm app =
          DeskRun.app(
              cluster,
              cluster.appUrl(),
              "@@port",
              log,
              "rwsplit.failover.user=admin",
              "rwsplit.failover.password=admin")) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);
        // Nobody fences the old master: it stays up, and writable.
        String unused = promote(cluster, 1);
        cluster.execute(2, "STOP SLAVE", "RESET SLAVE ALL");
        cluster.follow(2, 1);
        app.awaitErr(line -> line.contains("replica1 is the master now"), 120);
        run.awaitRows(1, 50);
        long stray = run.rows(0);
        run.rest(1500);
        assertEquals(stray, run.rows(0), "rows that the stray master has taken");
        run.stop();
      }
    }
  }

  /** As an operator does; returns the last position of the time before. */
  private static String promote(MariadbCluster cluster, int node) throws Exception {
    cluster.execute(node, "STOP SLAVE IO_THREAD");
    cluster.await(
        "everything received is applied",
        () ->
            "1"
                .equals(
                    cluster.ask(
                        node,
                        "SELECT count(*) FROM information_schema.processlist"
                            + " WHERE state LIKE 'Slave has read all relay log%'")));
    cluster.execute(node, "STOP SLAVE", "RESET SLAVE ALL");
    String fork = cluster.ask(node, "SELECT @@gtid_binlog_pos");
    cluster.execute(node, "SET GLOBAL read_only = 0");
    return fork;
  }
}
