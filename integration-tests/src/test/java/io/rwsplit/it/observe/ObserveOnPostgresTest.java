package io.rwsplit.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import legacy.servers.Turns;
import org.junit.jupiter.api.Test;

/** Decisions of an observer are those of routing on a server, too, and no replica hears of it. */
class ObserveOnPostgresTest {
  private static final int STEADY = 4;
  private static final int CONNECTIONS = 3;

  private static final String WOULD_MOVE =
      " <- only observed: a replica would serve it (proven to be a read) [SELECT ";

  @Test
  void decidesAsRoutingDoesAndCallsNobody() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    Map<String, String> routes;
    ForkedJvm.Builder routing = configured(cluster.split(new ForkedJvm.Builder()));
    try (ToldApp app = ToldApp.served(routing, cluster.appUrl(), "app", "app")) {
      routes = routesOf(app);
      app.end();
    }
    cluster.execute(ServerCluster.MASTER, "DROP TABLE item", "DROP TABLE note");
    try (ServerSocket replica = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ForkedJvm.Builder observing =
          configured(new ForkedJvm.Builder().agent())
              .property("rwsplit.master", cluster.url())
              .property("rwsplit.replicas", elsewhere(replica.getLocalPort()))
              .property("rwsplit.mode", "observe")
              .property("rwsplit.observe.lag", "0ms");
      try (ToldApp app = ToldApp.served(observing, cluster.appUrl(), "app", "app")) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        Map<String, String> decisions = Decisions.ofRound(app, true);
        while (!decisions.equals(routes)) {
          if (System.nanoTime() - deadline > 0) {
            assertEquals(routes, decisions);
          }
          decisions = Decisions.ofRound(app, true);
        }
        app.end();
      }
      replica.setSoTimeout(1);
      assertTrue(isUncalled(replica));
    }
  }

  /** The next number may follow from what another thread has committed, long ago or not. */
  @Test
  void transactionsThatMayWriteAreTakenToSeeWhatOthersHaveCommitted() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.make("CREATE TABLE turns (n INT)", "INSERT INTO turns VALUES (0)");
    ForkedJvm.Builder observing =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.mode", "observe")
            .property("rwsplit.observe.lag", "1h")
            .property("rwsplit.transactions", "until-write")
            .property("rwsplit.log.routes", "true");
    try (ForkedJvm app = observing.main(Turns.class, cluster.appUrl(), "app", "app").start()) {
      app.awaitErr(line -> line.endsWith(WOULD_MOVE + "n FROM turns]"), 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      List<String> routes = app.err();
      assertEquals(CONNECTIONS, count(routes, WOULD_MOVE + "n AS before FROM turns]"));
      int written = 0;
      while (!routes.get(written).contains("[UPDATE turns")) {
        written++;
      }
      List<String> after = routes.subList(written, routes.size());
      assertTrue(count(after, " [SELECT n FROM turns]") > CONNECTIONS, app::transcript);
      assertEquals(0, count(after, WOULD_MOVE + "n FROM turns]"), app::transcript);
    }
  }

  private static long count(List<String> lines, String end) {
    return lines.stream().filter(line -> line.endsWith(end)).count();
  }

  private static ForkedJvm.Builder configured(ForkedJvm.Builder builder) {
    return builder
        .property("rwsplit.report.interval", "off")
        .property("rwsplit.consistency.wait", "1m")
        .property("rwsplit.transactions", "until-write");
  }

  private static String elsewhere(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/app";
  }

  /** Whatever was called has left its connection in the queue of the listening socket. */
  private static boolean isUncalled(ServerSocket replica) throws IOException {
    try {
      replica.accept().close();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /**
   * What replicas serve of a round when nothing of the moment keeps a read on the master: of each
   * statement the most that was seen, until that has not changed for some rounds.
   */
  private static Map<String, String> routesOf(ToldApp app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    Map<String, String> most = new TreeMap<>();
    int same = 0;
    while (same < STEADY || most.values().stream().noneMatch("3 of 3"::equals)) {
      assertTrue(System.nanoTime() - deadline < 0, () -> most + "\n" + app.transcript());
      boolean grown = false;
      for (Map.Entry<String, String> each : Decisions.ofRound(app, false).entrySet()) {
        String known = most.get(each.getKey());
        if (known == null || moved(each.getValue()) > moved(known)) {
          most.put(each.getKey(), each.getValue());
          grown = true;
        }
      }
      same = grown ? 0 : same + 1;
    }
    return most;
  }

  private static int moved(String decision) {
    return Integer.parseInt(decision.substring(0, decision.indexOf(' ')));
  }
}
