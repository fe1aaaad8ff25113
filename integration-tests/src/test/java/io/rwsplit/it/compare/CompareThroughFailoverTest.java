package io.rwsplit.it.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.alert.Alerted;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import legacy.compare.Turnover;
import org.junit.jupiter.api.Test;

/**
 * Two applications change the same rows to and fro and compare their reads, while the master is
 * killed and a replica promoted: neither finds a difference, before or after, and both go on with
 * the new master.
 */
class CompareThroughFailoverTest {
  private static final int SOME = Integer.getInteger("rwsplit.it.compare.some", 6);

  private static ForkedJvm.Builder app(ServerCluster cluster) {
    return Alerted.often(cluster.split(new ForkedJvm.Builder()))
        .property("rwsplit.read.compare", "100")
        .property("rwsplit.read.compare.rate", "100")
        .property("rwsplit.read.compare.timeout", "30s")
        .property("rwsplit.alert.raise", "0ms")
        .property("rwsplit.alert.cooldown", "0ms")
        .property("rwsplit.failover", "promote")
        .property("rwsplit.failover.user", "admin")
        .property("rwsplit.failover.password", "admin")
        .property("rwsplit.failover.observation", "1s")
        .property("rwsplit.failover.freeze", "1s")
        .property("rwsplit.report.interval", "off");
  }

  private static int same(Alerted app) throws Exception {
    return app.await("/api/compare", compared -> true).at("/groups/0/report/same").asInt();
  }

  private static void awaitMore(Alerted app) throws Exception {
    int before = same(app);
    app.await(
        "/api/compare", compared -> compared.at("/groups/0/report/same").asInt() >= before + SOME);
  }

  private static String master(Alerted app) throws Exception {
    return app.await("/api/status", status -> true).at("/groups/0/master").asText();
  }

  private static void agrees(Alerted app) throws Exception {
    JsonNode report = app.await("/api/compare", compared -> true).at("/groups/0/report");
    assertEquals(0, report.get("different").asInt(), report::toString);
    assertEquals(0, report.get("differences").size(), report::toString);
    for (JsonNode each : app.await("/api/alerts", alerts -> true).get("alerts")) {
      assertEquals(false, each.get("kind").asText().equals("data-mismatch"), each::toString);
    }
    assertEquals(
        0, app.jvm().err().stream().filter(line -> line.contains("data-mismatch")).count());
  }

  @Test
  void noFalseAlarm() throws Exception {
    try (ServerCluster cluster = MariadbCluster.start(2)) {
      Object[] way = {cluster.appUrl(), ServerCluster.APP, ServerCluster.APP};
      try (Alerted one = Alerted.start(app(cluster), Turnover.class, way);
          Alerted two =
              Alerted.start(app(cluster), Turnover.class, way[0], way[1], way[2], "there")) {
        awaitMore(one);
        awaitMore(two);
        agrees(one);
        agrees(two);

        cluster.kill(ServerCluster.MASTER);
        cluster.await(
            "both know the new master",
            () -> {
              try {
                return !master(one).equals("first-master")
                    && !master(one).equals("null")
                    && master(one).equals(master(two));
              } catch (Exception e) {
                throw new java.io.IOException(e);
              }
            });
        awaitMore(one);
        awaitMore(two);
        agrees(one);
        agrees(two);
        one.end();
        two.end();
      }
    }
  }
}
