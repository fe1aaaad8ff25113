package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.GroupReplicationCluster;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows of nothing, on a group of MySQL that replaces its dead primary. */
@Tag("mysql")
class FollowGroupTest {
  @TempDir Path directory;

  @Test
  void theApplicationFollowsThePrimary() throws Exception {
    try (GroupReplicationCluster cluster = GroupReplicationCluster.start()) {
      cluster.make(DeskRun.TABLE);
      Path log = directory.resolve("desk.log");
      try (ForkedJvm app = DeskRun.app(cluster, cluster.appUrl(), "@@port", log)) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);
        final long killed = DeskRun.now();
        cluster.kill(0);
        cluster.await("another primary", () -> cluster.primary() > 0);
        final long writable = DeskRun.now();
        int primary = cluster.primary();
        System.out.println("group: writable after " + (writable - killed) / 1000 + " ms");
        run.awaitRows(primary, 200);

        // Writable, and in no group: neither written to nor read from.
        cluster.restart(0);
        assertEquals("0", cluster.ask(0, "SELECT @@GLOBAL.super_read_only"));
        run.rest(TimeUnit.SECONDS.toMillis(3));
        assertEquals("OFFLINE", cluster.state(0));
        assertTrue(
            app.err().stream().noneMatch(line -> line.contains("first-master: in service")),
            app::transcript);
        long own = run.rows(0);
        run.rest(500);
        assertEquals(own, run.rows(0), "rows written past the group");

        cluster.join(0);
        app.awaitErr(line -> line.contains("first-master: in service"), 120);
        final long joined = DeskRun.now();
        run.rest(2000);
        cluster.execute(
            primary,
            "SELECT group_replication_set_as_primary('"
                + cluster.ask(0, "SELECT @@server_uuid")
                + "')");
        cluster.await("node 0 is primary again", () -> cluster.primary() == 0);
        long before = run.rows(0);
        long again = DeskRun.now();
        cluster.await("rows on node 0", () -> run.rows(0) > before + 100);
        run.rest(1000);
        DeskLog desk = run.end(log, new DeskRun.Moves("group", killed, writable, joined, again), 0);
        assertEquals(0, desk.ends("O", 0, Long.MAX_VALUE).getOrDefault("lost", 0));
        assertTrue(run.served("first-master") > 0, app::transcript);
      }
    }
  }
}
