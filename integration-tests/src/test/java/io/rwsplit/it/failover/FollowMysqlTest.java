package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MysqlCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows of no failover, on MySQL with GTIDs, while replicas are promoted. */
@Tag("mysql")
class FollowMysqlTest {
  /** Replication is asynchronous: what was committed just before the end may be gone. */
  private static final long MAY_BE_LOST_MICROS = 3_000_000;

  @TempDir Path directory;

  @Test
  void theApplicationWritesToWhoeverIsTheMaster() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.start(2)) {
      cluster.make(DeskRun.TABLE, DeskRun.WAYS);
      Path log = directory.resolve("desk.log");
      try (ForkedJvm app = DeskRun.app(cluster, cluster.appUrl(), "@@port", log)) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);

        long killed = DeskRun.now();
        cluster.kill(0);
        run.awaitGap(log, killed);
        promote(cluster, 1);
        long writable = DeskRun.now();
        cluster.execute(2, "STOP REPLICA", "RESET REPLICA ALL");
        cluster.follow(2, 1);
        run.awaitRows(1, 100);
        run.waysLeadTo(1, "mysql", cluster.appUrl(), "@@port");
        app.awaitErr(line -> line.contains("replica2: in service"), 120);

        // A switchover: the master is demoted and stays up.
        cluster.execute(1, "SET GLOBAL super_read_only = 1");
        String reached = cluster.ask(1, "SELECT @@GLOBAL.gtid_executed");
        cluster.await(
            "all is there",
            () ->
                "0"
                    .equals(
                        cluster.ask(2, "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + reached + "', 1)")));
        promote(cluster, 2);
        long writableAgain = DeskRun.now();
        cluster.follow(1, 2);
        run.awaitRows(2, 50);
        app.awaitErr(line -> line.contains("replica1: in service"), 120);
        run.rest(1000);

        run.stop();
        DeskLog desk = new DeskLog(log);
        System.out.println("mysql: " + desk.summary(killed, Long.MAX_VALUE));
        run.check(desk, 2, killed - MAY_BE_LOST_MICROS, killed + MAY_BE_LOST_MICROS);
        run.checkGap(desk, killed, writable);
        run.checkFirstWrite("mysql, failover", desk, writable);
        run.checkFirstWrite("mysql, switchover", desk, writableAgain);
        assertTrue(run.served("replica1") > 0, app::transcript);
      }
    }
  }

  private static void promote(MysqlCluster cluster, int node) throws Exception {
    cluster.execute(
        node,
        "STOP REPLICA",
        "RESET REPLICA ALL",
        "SET GLOBAL super_read_only = 0",
        "SET GLOBAL read_only = 0");
  }
}
