package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PatroniCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows of nothing, on a cluster under Patroni in synchronous mode. */
@Tag("patroni")
class PatroniFailoverTest {
  @TempDir Path directory;

  private static void prepare(PatroniCluster cluster) throws Exception {
    cluster.make(DeskRun.TABLE);
    cluster.execute(
        0, "CREATE TABLE probes(a BIGINT)", "GRANT pg_read_all_stats, pg_monitor TO app");
    cluster.awaitReplicas();
  }

  /** The application's URL names the first leader; the others are found by Patroni's word. */
  @Test
  void theApplicationFollowsTheLeader() throws Exception {
    try (PatroniCluster cluster = PatroniCluster.start()) {
      prepare(cluster);
      PatroniRun run = new PatroniRun(cluster, directory.resolve("desk.log"), "patroni");
      try (ForkedJvm app = run.start(cluster.url())) {
        run.play(app, "first-master");
        assertTrue(
            app.err().stream().anyMatch(line -> line.contains("Patroni names these replicas")),
            app::transcript);
        DeskRun desk = new DeskRun(cluster, app);
        assertTrue(desk.served("replica1") + desk.served("replica2") > 0, app::transcript);
        assertTrue(desk.served("first-master") > 0, app::transcript);
      }
    }
  }

  /**
   * The application's URL is the proxy's, which leads to whoever leads; one node takes no reads.
   */
  @Test
  void theApplicationFollowsTheProxy() throws Exception {
    try (PatroniCluster cluster = PatroniCluster.start("", "", "noloadbalance: true")) {
      prepare(cluster);
      PatroniRun run = new PatroniRun(cluster, directory.resolve("desk.log"), "haproxy");
      try (ForkedJvm app = run.start(cluster.proxyUrl())) {
        run.play(app, "replica1");
        DeskRun desk = new DeskRun(cluster, app);
        assertTrue(desk.served("replica1") > 0, app::transcript);
        assertTrue(desk.served("replica2") > 0, app::transcript);
        assertEquals(0, desk.served("replica3"), app::transcript);
        assertTrue(
            app.err().stream()
                .anyMatch(
                    line ->
                        line.contains("Patroni says of replica3: ")
                            && line.endsWith("noloadbalance=true")),
            app::transcript);
      }
    }
  }

  /** Patroni does nothing; an operator promotes, and is followed. */
  @Test
  void theApplicationFollowsAnOperatorDuringAPause() throws Exception {
    try (PatroniCluster cluster = PatroniCluster.start()) {
      prepare(cluster);
      Path log = directory.resolve("desk.log");
      PatroniRun patroni = new PatroniRun(cluster, log, "paused");
      try (ForkedJvm app = patroni.start(cluster.url())) {
        DeskRun run = new DeskRun(cluster, app);
        run.awaitRows(0, 100);
        cluster.pause(true);
        app.awaitErr(line -> line.contains("Patroni is paused"), 120);
        int synchronous = cluster.synchronous();
        cluster.kill(0);
        cluster.execute(synchronous, "SELECT pg_promote(true, 60)");
        final long writable = DeskRun.now();
        run.awaitRows(synchronous, 100);
        run.stop();
        DeskLog desk = new DeskLog(log);
        System.out.println("paused: " + desk.summary(writable, Long.MAX_VALUE));
        run.check(desk, synchronous);
        run.checkFirstWrite("paused", desk, writable);
      }
    }
  }
}
