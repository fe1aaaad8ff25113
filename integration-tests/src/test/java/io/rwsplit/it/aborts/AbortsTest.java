package io.rwsplit.it.aborts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.util.Collections;
import java.util.List;
import legacy.aborts.EarlyAborts;
import legacy.aborts.StreamAborts;
import org.junit.jupiter.api.Test;

/**
 * Found with the driver tests of MariaDB's: a connection was aborted after its read had been found
 * a replica, and before it waited for that. Nobody ended the read then, which went on until its
 * rows had filled the heap.
 */
class AbortsTest {
  private static final int ROUNDS = Integer.getInteger("rwsplit.it.aborts", 60);

  /**
   * A connection was aborted after its read had been found a replica, and before it waited for
   * that: nobody ended the read then, which went on until its rows had filled the heap.
   */
  @Test
  void endReadsThatAreAboutToBegin() throws Exception {
    long seed = Long.getLong("rwsplit.it.aborts.seed", System.nanoTime());
    System.out.println("rwsplit.it.aborts.seed=" + seed);
    // Servers end what nobody waits for any more.
    List<String> settings = List.of("client_connection_check_interval=20ms");
    try (PostgresCluster cluster = PostgresCluster.start(1, settings)) {
      cluster.make(
          "CREATE TABLE marker (who TEXT)",
          "INSERT INTO marker VALUES ('r')",
          "CREATE TABLE wide (n INT)",
          "INSERT INTO wide SELECT generate_series(1, 2000)");
      cluster.pauseReplay(1);
      cluster.execute(ServerCluster.MASTER, "UPDATE marker SET who = 'm'");
      try (ForkedJvm app =
          cluster
              .split(new ForkedJvm.Builder())
              .property("rwsplit.read-after-write", "false")
              .property("rwsplit.lag.max", "1h")
              .property("rwsplit.pool.replica.min-idle", "3")
              .main(EarlyAborts.class, cluster.url(), "app", "app", ROUNDS, seed)
              .start()) {
        assertEquals(0, app.exitCode(600), app::transcript);
        assertEquals(List.of("ended: " + ROUNDS), app.out(), app::transcript);
        assertFalse(app.saysFault(), app::transcript);
      } finally {
        cluster.resumeReplay(1);
      }
    }
  }

  /** The driver reads a result to its end when it is closed: so long the abort took. */
  @Test
  void doNotReadResultsToTheirEnd() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.make("CREATE TABLE wide (n INT)", "INSERT INTO wide SELECT seq FROM seq_1_to_500");
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.log.routes", "true")
            .main(StreamAborts.class, cluster.appUrl(), "app", "app", 5)
            .start()) {
      app.awaitErr(line -> line.contains("replica1 <- "), 180);
      app.tell("go");
      assertEquals(0, app.exitCode(600), app::transcript);
      assertEquals(Collections.nCopies(5, "true closed"), app.out(), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      assertTrue(
          app.err().stream().anyMatch(line -> line.matches(".* replica\\d <- .*SELECT a\\.n.*")),
          app::transcript);
    }
  }
}
