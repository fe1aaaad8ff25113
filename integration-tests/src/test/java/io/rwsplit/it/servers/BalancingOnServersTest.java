package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import legacy.proof.Shares;
import org.junit.jupiter.api.Test;

/** Weights, tags in read-only transactions, and the slow return of a server that was frozen. */
class BalancingOnServersTest {
  private static final String PLAIN = "SELECT name FROM marker";

  @Test
  void postgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    check(cluster);
  }

  @Test
  void mariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    check(cluster);
  }

  private static void check(ServerCluster cluster) throws Exception {
    cluster.make("CREATE TABLE marker(name VARCHAR(9))", "INSERT INTO marker VALUES ('some.db')");
    String url = cluster.appUrl();
    url += (url.indexOf('?') < 0 ? "?" : "&") + "user=app&password=app";
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.strategy", "weighted_round_robin")
            .property("rwsplit.replicas.weight", "1,3")
            .property("rwsplit.replicas.tags", ",reports")
            .property("rwsplit.pool.replica.min-idle", "4")
            .property("rwsplit.log.routes", "true")
            .property("rwsplit.health.interval", "100ms")
            // Two seconds: a machine with other work makes a probe late.
            .property("rwsplit.health.failures", "20")
            .property("rwsplit.health.observation", "300ms")
            .property("rwsplit.health.slow-start", "1h")
            .main(
                Shares.class,
                url,
                "until told",
                "SELECT max(name) FROM marker",
                "reads plain 1000",
                PLAIN,
                "readonly readonly 100",
                PLAIN + " /* rwsplit:replica=reports */",
                "pause 1",
                "reads back 800",
                PLAIN)
            .start()) {
      app.awaitErr(line -> line.contains("replica1 <- "), 120);
      app.awaitErr(line -> line.contains("replica2 <- "), 120);
      app.tell("go");
      app.awaitOut("paused 1"::equals, 120);
      int[] in = {0};
      cluster.freeze(1);
      try {
        app.awaitErr(line -> line.contains("replica1: out of service"), 120);
      } finally {
        cluster.thaw(1);
      }
      app.awaitErr(line -> line.endsWith("replica1: in service") && ++in[0] == 2, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      long first = served(app, "replica1");
      long second = served(app, "replica2");
      // A quarter of 1,000, and a tenth of a quarter of 800; on a slow machine a replica may have
      // been out for a moment, or no connection free.
      assertTrue(first > 150 && first < 350, app::transcript);
      assertTrue(second > 1_400, app::transcript);
      assertTrue(first + second > 1_700, app::transcript);
    }
  }

  /** Without those before both served. */
  private static long served(ForkedJvm app, String replica) {
    return app.err().stream()
        .filter(line -> line.contains(replica + " <- ") && line.contains("[" + PLAIN))
        .count();
  }
}
