package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows of no failover, on PostgreSQL, while standbys are promoted. */
class FollowPostgresTest {
  @TempDir Path directory;

  @Test
  void theApplicationWritesToWhoeverIsThePrimary() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      cluster.make(DeskRun.TABLE, DeskRun.WAYS);
      cluster.execute(
          0,
          "GRANT pg_read_all_stats TO app",
          "ALTER SYSTEM SET synchronous_standby_names = 'node1'",
          "SELECT pg_reload_conf()");
      Path log = directory.resolve("desk.log");
      try (ForkedJvm app = DeskRun.app(cluster, cluster.appUrl(), "inet_server_port()", log)) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);

        // The primary dies; after a while somebody promotes a standby.
        long killed = DeskRun.now();
        cluster.kill(0);
        run.awaitGap(log, killed);
        app.awaitErr(line -> line.contains("first-master, the master, does not answer"), 120);
        cluster.execute(1, "SELECT pg_promote(false)");
        cluster.await("promoted", () -> "f".equals(cluster.ask(1, "SELECT pg_is_in_recovery()")));
        long writable = DeskRun.now();
        cluster.execute(
            1, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
        cluster.follow(2, 1);
        run.awaitRows(1, 100);
        run.waysLeadTo(1, "postgresql", cluster.appUrl(), "inet_server_port()");
        app.awaitErr(line -> line.contains("replica2: in service"), 120);

        // The dead one returns as a standby.
        cluster.rebuildFrom(0, 1);
        app.awaitErr(line -> line.contains("first-master: in service"), 120);
        run.rest(1000);
        long returned = DeskRun.now();

        // A switchover back, without the loss of anything.
        cluster.shutDown(1);
        cluster.execute(0, "SELECT pg_promote(false)");
        cluster.await("promoted", () -> "f".equals(cluster.ask(0, "SELECT pg_is_in_recovery()")));
        long writableAgain = DeskRun.now();
        cluster.follow(2, 0);
        cluster.restartAsStandby(1, 0);
        long before = run.rows(0);
        cluster.await("rows on the old master", () -> run.rows(0) > before + 50);
        run.rest(1000);

        run.end(log, new DeskRun.Moves("postgres", killed, writable, returned, writableAgain), 0);
        assertTrue(run.served("first-master") > 0, app::transcript);
      }
    }
  }

  @Test
  void aSilentPrimaryIsGivenUpAndGetsNoWriteWhenItWakes() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      cluster.make(DeskRun.TABLE);
      cluster.execute(
          0,
          "GRANT pg_read_all_stats TO app",
          "ALTER SYSTEM SET synchronous_standby_names = 'node1'",
          "SELECT pg_reload_conf()");
      Path log = directory.resolve("silent.log");
      try (ForkedJvm app =
          DeskRun.app(
              cluster,
              cluster.appUrl(),
              "inet_server_port()",
              log,
              "rwsplit.failover.timeout=2s")) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);
        long frozen = DeskRun.now();
        cluster.freeze(0);
        try {
          app.awaitErr(line -> line.contains("there is no master"), 120);
          run.rest(1500);
          cluster.execute(1, "SELECT pg_promote(false)");
          cluster.await("promoted", () -> "f".equals(cluster.ask(1, "SELECT pg_is_in_recovery()")));
        } finally {
          cluster.thaw(0);
        }
        long writable = DeskRun.now();
        run.awaitRows(1, 50);
        app.awaitErr(line -> line.contains("first-master calls itself a master too"), 120);
        // What was sent to it before it fell silent it may do; nothing else.
        run.rest(1000);
        long stray = run.rows(0);
        run.awaitRows(1, 300);
        assertEquals(stray, run.rows(0), "rows that the stray primary has taken");
        run.stop();
        DeskLog desk = new DeskLog(log);
        System.out.println("postgres, silence: " + desk.summary(frozen, writable));
        run.check(desk, 1);
        run.checkFirstWrite("postgres, silence", desk, writable);
      }
    }
  }
}
